//! Packs in, release out: everything that is wrong is found at once.

mod calendars;
mod hash;
mod merge;
mod order;
mod reads;
mod refine;
mod settings;
mod tables;

pub(crate) use merge::Draft;

use crate::coverage::Coverage;
use crate::load::load;
use crate::model::Counting;
use crate::{Finding, Level, PackSource, Release, check, coverage};

/// What compiling gives.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// The release; `None` when there is an error among the findings.
    pub release: Option<Release>,
    /// Everything found, by file and line.
    pub findings: Vec<Finding>,
    /// What carries which clause, pack by pack; there even when there are errors.
    pub coverage: Coverage,
}

impl Compiled {
    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.level == Level::Error)
    }
}

/// Compiles packs, parents among them, into one release. Pure: the caller brings the text.
pub fn compile(packs: &[PackSource]) -> Compiled {
    let mut loaded: Vec<_> = packs.iter().map(load).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for pack in &mut loaded {
        findings.append(&mut pack.findings);
    }
    let order = order::order(&loaded, &mut findings);
    let mut draft = Draft::merge(&loaded, &order, findings);
    draft.release.hash = hash::of(&loaded, packs);
    draft.release.sources = hash::sources(&loaded, packs);
    tables::compile(&mut draft);
    settings::fill(&mut draft);
    calendars::fill(&mut draft);
    let release = &mut draft.release;
    reads::fill(release);
    release.counting = Counting::of(release.measures.values(), &release.processes);
    coverage::carry(&mut draft);
    check::check(&mut draft);
    let coverage = coverage::of_draft(&draft, &loaded);
    coverage::hold(&mut draft, &coverage);
    let mut findings = draft.findings;
    findings.sort_by(|a, b| (&a.at, a.code).cmp(&(&b.at, b.code)));
    findings.dedup();
    let broken = findings.iter().any(|f| f.level == Level::Error);
    Compiled { release: (!broken).then_some(draft.release), findings, coverage }
}

/// The parents a pack names in `extends`, for the caller who has to find them; empty where its
/// `rulebook.toml` cannot be read, which `compile` reports.
pub fn parents(pack: &PackSource) -> Vec<String> {
    load(pack).info.map_or(Vec::new(), |info| info.extends)
}
