//! Which clauses are carried by what, which are left to people, and which by nobody.

mod called;
mod carriers;
mod kinds;
mod trace;
mod used;

pub use called::called;
pub use trace::Traces;

pub(crate) use carriers::carry;

use crate::compile::Draft;
use crate::load::Pack;
use crate::model::{Clause, ClauseKind, Release};
use crate::{Finding, Place};
use std::collections::BTreeSet;

/// The clauses of one pack, the shape of `sanbao check --json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct PackCoverage {
    /// The pack.
    pub id: String,
    /// Its version.
    pub version: String,
    /// How many clauses it has.
    pub clauses: usize,
    /// Clauses that an item carries.
    pub enforced: Vec<String>,
    /// Clauses left to people, each with a reason.
    pub people: Vec<String>,
    /// Clauses that neither an item nor a reason answers for.
    pub uncovered: Vec<String>,
    /// Enforced clauses without an example that shows them at work.
    pub without_example: Vec<String>,
    /// How many processes it has or refines.
    pub processes: usize,
    /// How many decision tables.
    pub tables: usize,
    /// How many examples.
    pub examples: usize,
}

/// Coverage of all packs, and what `--coverage` finds wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Pack by pack, parents first.
    pub packs: Vec<PackCoverage>,
    /// Findings that count only under `--coverage`: clauses nobody carries, and clauses carried by
    /// something of the wrong kind.
    pub findings: Vec<Finding>,
}

/// Coverage of a draft. Until traces say more, an example shows a clause when it names it.
pub(crate) fn of_draft(draft: &Draft, packs: &[Pack]) -> Coverage {
    let release = &draft.release;
    let named: BTreeSet<_> = release.examples.iter().flat_map(|e| &e.clause).collect();
    let mut coverage = Coverage::default();
    for info in &release.packs {
        let mut pack = PackCoverage {
            id: info.id.clone(),
            version: info.version.clone(),
            ..PackCoverage::default()
        };
        if let Some(loaded) = packs.iter().find(|loaded| loaded.id == info.id) {
            pack.processes = loaded.processes.len();
            pack.tables = loaded.tables.len();
            pack.examples = loaded.examples.len();
        }
        for clause in release.clauses.iter().filter(|c| c.pack == info.id) {
            sort_in(&mut pack, release, clause);
        }
        pack.without_example =
            pack.enforced.iter().filter(|id| !named.contains(id)).cloned().collect();
        coverage.packs.push(pack);
    }
    coverage.findings = strict(draft, &coverage.packs);
    coverage
}

fn sort_in(pack: &mut PackCoverage, release: &Release, clause: &Clause) {
    pack.clauses += 1;
    let id = clause.id.clone();
    if release.carriers.get(&id).is_some_and(|carriers| !carriers.is_empty()) {
        pack.enforced.push(id);
    } else if clause.people.as_ref().is_some_and(|why| !why.is_empty()) {
        pack.people.push(id);
    } else {
        pack.uncovered.push(id);
    }
}

/// What is always an error: fewer clauses carried than the pack promises; and one note a pack about
/// clauses nobody carries.
pub(crate) fn hold(draft: &mut Draft, coverage: &Coverage) {
    for pack in &coverage.packs {
        let info = draft.release.packs.iter().find(|info| info.id == pack.id);
        let least = info.and_then(|info| info.min_coverage).unwrap_or(0);
        let have = pack.enforced.len();
        if have < usize::try_from(least).unwrap_or(usize::MAX) {
            let at = draft.places.of(&format!("pack/{}/min_coverage", pack.id));
            draft.error(
                "min-coverage",
                at,
                format!("min_coverage 要求至少 {least} 条有承载，现在只有 {have} 条；只升不降"),
                format!(
                    "min_coverage asks for at least {least} clauses carried, now there are \
                     {have}; it may only rise"
                ),
            );
        }
        if !pack.uncovered.is_empty() {
            let count = pack.uncovered.len();
            draft.findings.push(Finding::note(
                "uncovered-clauses",
                draft.places.of(&format!("pack/{}", pack.id)),
                format!("{} 有 {count} 条还没有承载；--coverage 会逐条列出", pack.id),
                format!("{} has {count} clauses nobody carries; --coverage lists them", pack.id),
            ));
        }
    }
}

/// Packs whose `min_coverage` is lower than it was in the release before: it may only rise, so such
/// a release is not published.
pub fn lowered(before: &Release, after: &Release) -> Vec<Finding> {
    let promised = |release: &Release, id: &str| {
        release.packs.iter().find(|info| info.id == id).map(|info| info.min_coverage.unwrap_or(0))
    };
    let mut findings = Vec::new();
    for info in &after.packs {
        let now = info.min_coverage.unwrap_or(0);
        let Some(was) = promised(before, &info.id).filter(|was| *was > now) else { continue };
        let id = &info.id;
        findings.push(Finding::error(
            "min-coverage",
            Place::new(format!("{id}/rulebook.toml"), 1),
            format!("{id} 的 min_coverage 已是 {was}，不能降到 {now}；只升不降"),
            format!("min_coverage of {id} was {was} and cannot fall to {now}; it may only rise"),
        ));
    }
    findings
}

fn strict(draft: &Draft, packs: &[PackCoverage]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let uncovered: BTreeSet<_> = packs.iter().flat_map(|pack| &pack.uncovered).collect();
    for clause in &draft.release.clauses {
        let at = draft.places.of(&format!("clause/{}", clause.id));
        if let Some(carriers) = draft.release.carriers.get(&clause.id) {
            findings.extend(kinds::fits(clause, at, carriers));
            continue;
        }
        if !uncovered.contains(&clause.id) {
            continue;
        }
        let (zh, en) = if clause.kind == ClauseKind::Conduct {
            (
                "用清单、投诉原因或问卷承载它，或用 people: 一行写明为什么都不合适",
                "carry it by a checklist, a complaint reason or a survey, or say in a line \
                 `people:` why nothing fits",
            )
        } else {
            (
                "用规则、字段、时限或单据承载它，或用 people: 一行写明原因",
                "carry it by a rule, field, deadline or document, or say why not in a line \
                 `people:`",
            )
        };
        findings.push(Finding::error(
            "uncovered-clause",
            at,
            format!("条款 {} 没有任何承载；{zh}", clause.id),
            format!("nobody carries the clause {}; {en}", clause.id),
        ));
    }
    findings
}
