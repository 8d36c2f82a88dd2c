//! What no single file can show: names that nothing answers to, states nobody reaches, conditions
//! of the wrong type.

mod batch;
mod calendars;
mod catalog;
mod charges;
mod children;
mod customers;
mod deadlines;
mod examples;
mod expressions;
mod forms;
mod grants;
mod heed;
mod late;
mod law;
mod machine;
mod measures;
mod money;
mod names;
mod offices;
mod papers;
mod parts;
mod personal;
mod postings;
mod processes;
mod roles;
mod schedules;
mod scorecards;
mod scripts;

use crate::compile::Draft;
use crate::load::Places;
use crate::model::Release;
use crate::{Finding, Level, Place};
use std::collections::BTreeSet;

/// Checks a draft; everything wrong goes to its findings.
pub(crate) fn check(draft: &mut Draft) {
    let mut checker = Checker {
        release: &draft.release,
        places: &draft.places,
        damaged: &draft.damaged,
        findings: Vec::new(),
    };
    calendars::check(&mut checker);
    roles::check(&mut checker);
    catalog::check(&mut checker);
    law::check(&mut checker);
    parts::check(&mut checker);
    papers::check(&mut checker);
    batch::check(&mut checker);
    forms::check(&mut checker);
    postings::check(&mut checker);
    for process in draft.release.processes.values() {
        let before = checker.findings.len();
        processes::check(&mut checker, process);
        children::check(&mut checker, process);
        heed::check(&mut checker, process);
        deadlines::check(&mut checker, process);
        if !checker.damaged.contains(&format!("process/{}", process.id)) {
            machine::check(&mut checker, process);
        }
        expressions::check(&mut checker, process);
        // What is proven of a process holds only where its names and conditions can be read.
        let sound = checker.findings[before..].iter().all(|found| found.level == Level::Note);
        if sound && !checker.damaged.contains(&format!("process/{}", process.id)) {
            machine::together(&mut checker, process);
        }
    }
    late::check(&mut checker);
    schedules::check(&mut checker);
    customers::check(&mut checker);
    scripts::check(&mut checker);
    measures::check(&mut checker);
    scorecards::check(&mut checker);
    expressions::unused_forms(&mut checker);
    examples::check(&mut checker);
    let found = checker.findings;
    draft.findings.extend(found);
}

/// What the checks share: the merged rulebook, where everything stands, and what was found.
struct Checker<'a> {
    release: &'a Release,
    places: &'a Places,
    damaged: &'a BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn at(&self, path: &str) -> Place {
        self.places.of(path)
    }

    fn error(
        &mut self,
        code: &'static str,
        path: &str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.findings.push(Finding::error(code, self.places.of(path), zh, en));
    }

    fn note(
        &mut self,
        code: &'static str,
        path: &str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.findings.push(Finding::note(code, self.places.of(path), zh, en));
    }
}
