//! Coverage bars (三包期一览): what of a vehicle is covered until when, one bar for each row of the
//! term table, a replaced part on its own.

use super::{Judge, TermAnswer, TermFacts};
use crate::decision::Why;
use crate::facts::Facts;
use crate::verdict::{EarlierRepair, VerdictFacts};
use crate::why::Untold;
use base::time::{Span, add_days, days_between};
use base::{Day, Text};
use rulebook::model::{Component, TermRow};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// Days before the end from which a bar says that it ends soon.
const SOON: i64 = 30;

/// How a bar stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarState {
    /// Covered (三包期内).
    Covered,
    /// Covered, and for 30 days at most (即将到期).
    Soon,
    /// Over (已过期).
    Over,
}

/// One bar: parts and faults that share a term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoverageBar {
    /// Component keys.
    pub components: Vec<String>,
    /// Their names.
    pub title: Text,
    /// The faults it is about, when not all of the parts'.
    pub fault_group: Option<Text>,
    /// First day.
    pub starts: Day,
    /// Last day, included.
    pub ends: Day,
    /// How it stands today.
    pub state: BarState,
    /// The row of the term table; `None` for parts that no row names.
    pub row: Option<String>,
    /// Clauses.
    pub clauses: Vec<String>,
    /// The arithmetic.
    pub why: Vec<Why>,
    /// Last day on which a repair of these parts must hold (修后保证), when it is not over.
    pub guarantee_until: Option<Day>,
}

/// The coverage of a vehicle today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The day it was asked.
    pub today: Day,
    /// First day of the term; `None` when no date gives a start.
    pub starts: Option<Day>,
    /// What it starts from.
    pub start_basis: Option<String>,
    /// The fact that would give a start, when there is none.
    pub missing: Option<String>,
    /// The bars, in the order of the term table.
    pub bars: Vec<CoverageBar>,
}

/// What of the vehicle in `facts` is covered until when. Unlike a verdict it knows no fault, so it
/// promises nothing that depends on cause or evidence.
pub fn coverage_bars(judge: &Judge<'_>, facts: &Facts, today: Day) -> Coverage {
    let mut coverage =
        Coverage { today, starts: None, start_basis: None, missing: None, bars: Vec::new() };
    let Some(book) = judge.term() else { return coverage };
    let asked = of_unit(facts.unit.as_ref(), facts, today);
    let Some(start) = book.start(&TermFacts::of(&asked), &mut Untold) else {
        coverage.missing = book.answer(&asked).missing.map(str::to_owned);
        return coverage;
    };
    coverage.starts = Some(start.day);
    coverage.start_basis = Some(start.basis.to_owned());
    let bench = Bench { judge, facts, asked, today };
    for row in book.rows {
        let parts: Vec<&str> = row.components.iter().map(String::as_str).collect();
        bench.group(&parts, Some(row), &mut coverage.bars);
    }
    let unlisted: Vec<&str> = bench.unlisted(book.rows);
    bench.group(&unlisted, None, &mut coverage.bars);
    coverage
}

struct Bench<'a> {
    judge: &'a Judge<'a>,
    facts: &'a Facts,
    asked: VerdictFacts,
    today: Day,
}

impl Bench<'_> {
    /// Main parts that no row names; wearing parts have no term of their own.
    fn unlisted(&self, rows: &[TermRow]) -> Vec<&str> {
        let named = |part: &Component| rows.iter().any(|row| row.components.contains(&part.id));
        let catalog = &self.judge.release.catalog;
        let counts = |part: &&Component| part.class == "main" && !catalog.is_whole(part);
        let parts = catalog.components.iter().filter(counts);
        parts.filter(|part| !named(part)).map(|part| part.id.as_str()).collect()
    }

    /// One bar for the parts as sold, and one for each part that was replaced since.
    fn group(&self, parts: &[&str], row: Option<&TermRow>, bars: &mut Vec<CoverageBar>) {
        let (replaced, sold): (Vec<&str>, Vec<&str>) =
            parts.iter().partition(|part| self.replaced_on(part).is_some());
        if !sold.is_empty() {
            bars.extend(self.bar(&sold, row));
        }
        bars.extend(replaced.iter().filter_map(|part| self.bar(&[part], row)));
    }

    fn bar(&self, parts: &[&str], row: Option<&TermRow>) -> Option<CoverageBar> {
        let book = self.judge.term()?;
        let first = *parts.first()?;
        let fault = row.and_then(|row| row.faults.first()).cloned().unwrap_or_default();
        let asked = VerdictFacts {
            component: first.to_owned(),
            fault,
            replaced_on: self.replaced_on(first),
            ..self.asked.clone()
        };
        let TermAnswer { term, mut why, .. } = book.answer(&asked);
        let term = term?;
        why.retain(|step| !matches!(&*step.code, "in_term" | "out_of_term"));
        let left = days_between(self.today, term.ends);
        let state = match left {
            ..0 => BarState::Over,
            0..=SOON => BarState::Soon,
            _ => BarState::Covered,
        };
        Some(CoverageBar {
            components: parts.iter().map(|part| (*part).to_owned()).collect(),
            title: self.titles(parts),
            fault_group: row.filter(|row| !row.faults.is_empty()).map(|row| self.faults(row)),
            starts: term.starts,
            ends: term.ends,
            state,
            row: row.map(|row| row.id.clone()),
            clauses: row.map_or(&book.rules.clause, |row| &row.clause).to_vec(),
            why,
            guarantee_until: self.guarantee(parts, book.guarantee),
        })
    }

    fn replaced_on(&self, part: &str) -> Option<Day> {
        let replaced = |h: &&crate::facts::HistoryItem| {
            h.replaced && h.covered && h.component == part && h.to <= self.today
        };
        self.facts.history.iter().filter(replaced).map(|h| h.to).max()
    }

    fn guarantee(&self, parts: &[&str], span: Option<Span>) -> Option<Day> {
        let repaired = self.facts.history.iter().filter(|h| parts.contains(&h.component.as_str()));
        let last = repaired.map(|h| h.to).max()?;
        super::last_day(last, span?).filter(|until| *until >= self.today)
    }

    fn titles(&self, parts: &[&str]) -> Text {
        let title = |part: &&str| {
            let known = self.judge.release.catalog.component(part);
            known.map_or_else(|| Text::new(*part, *part), |c| c.title.clone())
        };
        joined(parts.iter().map(title))
    }

    fn faults(&self, row: &TermRow) -> Text {
        let title = |fault: &String| {
            let known = self.judge.release.catalog.fault(fault);
            known.map_or_else(|| Text::new(fault, fault), |f| f.title.clone())
        };
        joined(row.faults.iter().map(title))
    }
}

fn joined(titles: impl Iterator<Item = Text>) -> Text {
    let (zh, en): (Vec<String>, Vec<String>) = titles.map(|t| (t.zh, t.en)).unzip();
    Text::new(zh.join("、"), en.join(", "))
}

/// The dates of the vehicle's record as facts of a verdict.
fn of_unit(unit: Option<&Map<String, Json>>, facts: &Facts, today: Day) -> VerdictFacts {
    let day = |name: &str| unit?.get(name)?.as_str()?.parse().ok();
    // A date that lies ahead is a mistake of the record; it starts nothing.
    let past = |name: &str| day(name).filter(|day: &Day| *day <= today);
    let repairs = facts.history.iter().filter(|h| h.from <= h.to).map(|h| EarlierRepair {
        component: h.component.clone(),
        from: h.from,
        to: h.to,
        waiting_parts_days: h.waiting_parts_days,
    });
    VerdictFacts {
        invoice_date: past("invoice_date"),
        registered_on: past("registered_on"),
        activated_on: past("activated_on"),
        manufactured_on: past("manufactured_on"),
        reported_on: today,
        repairs: repairs.collect(),
        ..VerdictFacts::default()
    }
}

/// From which day to which the bars of a page reach, with a month of room at both ends.
pub fn axis(coverage: &Coverage) -> (Day, Day) {
    let days = coverage.bars.iter().flat_map(|bar| [bar.starts, bar.ends]);
    let (from, to) =
        days.fold((coverage.today, coverage.today), |(from, to), day| (from.min(day), to.max(day)));
    (add_days(from, -SOON).unwrap_or(from), add_days(to, SOON).unwrap_or(to))
}
