//! The three-guarantees verdict (三包判定): scope → evidence → exclusions → term → fault.
//!
//! The tables `exclusions` and `coverage` decide, `term.toml` and `tables/term.csv` give the term.
//! A missing fact that could change the answer leaves it open and is named; evidence of which
//! nothing is said counts as present and is named when it matters.

mod asked;
mod bars;
mod below;
mod bulk;
mod facts;
mod judged_by;
mod law;
mod term;
mod triggers;
mod words;

pub use bars::{BarState, Coverage, CoverageBar, axis, coverage_bars};
pub use below::below_floor;
pub use bulk::{BulkJudge, Columns, Given};
pub use facts::{FactsRefused, measured};
pub use judged_by::judge_by_sale;
pub use law::{Gain, gain};
pub use term::{ReplacedPart, Start, TermAnswer, TermBook, TermFacts, last_day};

use crate::decision::Why;
use crate::verdict::{RulebookRef, Verdict, VerdictFacts};
use crate::why::Untold;
use asked::Asked;
use base::time::Span;
use base::{Calendar, Text, Word};
use law::LawBook;
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::table::{Answer, Hit, Row, Table};
use std::collections::BTreeMap;
use words::{Evidence, Words};

/// The judge of one release: settings read and tables found once, for many verdicts.
#[derive(Debug, Clone)]
pub struct Judge<'r> {
    release: &'r Release,
    exclusions: Option<&'r Table>,
    coverage: Option<&'r Table>,
    term: Option<TermBook<'r>>,
    words: Words<'r>,
    /// Evidence the company's tables ask for.
    evidence: Evidence,
    /// Measurements the tables ask for, as keys.
    measurements: Vec<String>,
    /// Below this temperature (℃) a capacity is to be observed, not judged (G62).
    coldest: Option<f64>,
    /// The legal floor, where a law pack is part of the release.
    law: Option<LawBook<'r>>,
    by: RulebookRef,
}

/// One verdict. For many under one release make a [`Judge`] once.
///
/// # Errors
/// Facts that no verdict can be given on.
pub fn judge(
    release: &Release,
    facts: &VerdictFacts,
    calendars: &BTreeMap<String, Calendar>,
) -> Result<Verdict, FactsRefused> {
    Judge::new(release, calendars).judge(facts)
}

/// What the tables say, pointing into them.
#[derive(Debug, Clone, Copy)]
struct Ruling<'r> {
    table: &'r Table,
    row: &'r Row,
    outcome: Outcome<'r>,
}

/// Covered, remedy, payer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Outcome<'r> {
    covered: bool,
    remedy: &'r Word,
    payer: &'r Word,
}

/// A ruling, or the answer of the table that could not decide for want of a fact.
type Ruled<'r> = Result<Ruling<'r>, Box<Hit>>;

impl<'r> Judge<'r> {
    /// Prepares a release. Calendars are not pinned by it; without any its own are used.
    pub fn new(release: &'r Release, calendars: &'r BTreeMap<String, Calendar>) -> Self {
        let exclusions = release.tables.get("exclusions");
        let coverage = release.tables.get("coverage");
        let paths: Vec<Vec<String>> =
            [exclusions, coverage].into_iter().flatten().flat_map(Table::paths).collect();
        let law = release.law.as_ref().map(|law| LawBook::new(release, law));
        let mut measurements = below(&paths, "measurements");
        let limits = release.term.iter().flat_map(|rules| &rules.limits);
        measurements.extend(limits.map(|limit| limit.measurement.clone()));
        measurements.extend(law.iter().flat_map(LawBook::measurements));
        measurements.sort_unstable();
        measurements.dedup();
        let pack = release.packs.last();
        Self {
            release,
            exclusions,
            coverage,
            term: term_book(release, calendars),
            words: Words::new(release),
            evidence: Evidence::new(below(&paths, "evidence")),
            measurements,
            coldest: setting(release, "capacity_test_min_temperature")
                .and_then(serde_json::Value::as_f64),
            law,
            by: RulebookRef {
                id: pack.map(|p| Word::read(&p.id)).unwrap_or_default(),
                version: pack.map(|p| Word::read(&p.version)).unwrap_or_default(),
            },
        }
    }

    /// The same without the law: the company's rules by themselves.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.law = None;
        self
    }

    /// Measurements the tables ask for.
    pub fn measurements(&self) -> &[String] {
        &self.measurements
    }

    /// Evidence the tables ask for, those of the law among them.
    pub fn evidence(&self) -> impl Iterator<Item = &String> {
        let law = self.law.iter().flat_map(LawBook::evidence);
        let own = self.evidence.keys();
        own.iter().chain(law.filter(move |key| !own.contains(key)))
    }

    /// The rules of the term, settings applied; `None` when no pack judges.
    pub fn term(&self) -> Option<&TermBook<'r>> {
        self.term.as_ref()
    }

    /// One verdict; the sentences of `because` are left to [`Verdict::speak`].
    ///
    /// # Errors
    /// Unknown words, a component that cannot have the fault, dates that cannot be true, a gap of
    /// the tables.
    pub fn judge(&self, facts: &VerdictFacts) -> Result<Verdict, FactsRefused> {
        facts::check(self.release, facts)?;
        self.check_measurements(facts)?;
        let Some(book) = &self.term else { return Err(no_rules()) };
        let mut why = Vec::with_capacity(12);
        let term = book.answer(facts);
        let asked = Asked::new(self, facts, &term, &mut why);
        let Some(law) = &self.law else { return self.company(facts, term, &asked, why) };
        let bare = TermAnswer { why: Vec::new(), ..term.clone() };
        let mut verdict = self.company(facts, term, &asked, why)?;
        law.weigh(self, facts, &bare, asked, &mut verdict)?;
        Ok(verdict)
    }

    /// What the company's own rules say.
    fn company(
        &self,
        facts: &VerdictFacts,
        mut term: TermAnswer,
        asked: &Asked<'_>,
        mut why: Vec<Why>,
    ) -> Result<Verdict, FactsRefused> {
        let Some(book) = &self.term else { return Err(no_rules()) };
        let ruled = self.rule(asked)?;
        let excluded = ruled.as_ref().is_ok_and(|ruling| self.excludes(ruling.table));
        let mut verdict = Verdict { rulebook: self.by.clone(), ..Verdict::default() };
        if excluded && !term.listed {
            term.term = None;
            term.why.clear();
        }
        why.append(&mut term.why);
        match &ruled {
            Ok(ruling) => {
                verdict.covered = Some(ruling.outcome.covered);
                verdict.remedy = Some(ruling.outcome.remedy.clone());
                verdict.payer = Some(ruling.outcome.payer.clone());
                verdict.clauses.clone_from(&ruling.row.clauses);
                verdict.row = Some(ruling.row.id.clone());
                self.explain(&mut why, ruling, asked, &term, facts);
            }
            Err(hit) => {
                verdict.missing = named(&hit.missing, &term);
                why.push(
                    Why::new("undetermined", "coverage", &hit.clauses)
                        .with("what", verdict.missing.clone()),
                );
            }
        }
        let outcome = ruled.as_ref().ok().map(|ruling| ruling.outcome);
        self.assume_evidence(facts, asked, outcome, &mut verdict.missing, &mut why)?;
        verdict.term = term.term;
        if let Some(term) = &verdict.term {
            let dated = TermFacts::of(facts);
            verdict.triggers = triggers::count(book.rules, &dated, term.starts, &mut why);
        }
        if !verdict.triggers.is_empty() {
            next_remedy(book, &mut verdict, &mut why);
        }
        verdict.why = why;
        Ok(verdict)
    }

    fn check_measurements(&self, facts: &VerdictFacts) -> Result<(), FactsRefused> {
        let unknown = |key: &&String| !self.measurements.contains(key) && !is_condition(key);
        let Some(key) = facts.measurements.keys().find(unknown) else { return Ok(()) };
        let all = self.measurements.join(", ");
        Err(FactsRefused {
            field: format!("measurements.{key}"),
            sentence: Text::new(
                format!("没有名为“{key}”的检测项；可用的有：{all}"),
                format!("there is no measurement `{key}`; known are: {all}"),
            ),
        })
    }

    /// Asks the exclusions, then the coverage.
    fn rule(&self, asked: &Asked<'_>) -> Result<Ruled<'r>, FactsRefused> {
        for table in [self.exclusions, self.coverage].into_iter().flatten() {
            let answer = table.rule(asked);
            let row = answer.rows.first().and_then(|row| table.row(*row));
            match (answer.answer, row) {
                (Answer::Decided, Some(row)) => {
                    let outcome = outcome(table, row).ok_or_else(no_rules)?;
                    return Ok(Ok(Ruling { table, row, outcome }));
                }
                (Answer::Undetermined, _) => return Ok(Err(Box::new(table.evaluate(asked)))),
                (Answer::NoRow, _) if self.excludes(table) => {}
                _ => return Err(broken(&table.evaluate(asked))),
            }
        }
        Err(no_rules())
    }

    fn excludes(&self, table: &Table) -> bool {
        self.exclusions.is_some_and(|exclusions| std::ptr::eq(exclusions, table))
    }

    /// Evidence of which nothing is said: named when the answer would change without it.
    fn assume_evidence(
        &self,
        facts: &VerdictFacts,
        asked: &Asked<'_>,
        outcome: Option<Outcome<'_>>,
        missing: &mut Vec<String>,
        why: &mut Vec<Why>,
    ) -> Result<(), FactsRefused> {
        for (place, key) in self.evidence.keys().iter().enumerate() {
            if facts.evidence.contains_key(key) {
                continue;
            }
            let mut other = asked.without(&self.evidence, place);
            if key == "invoice" && starts_otherwise(facts) {
                let dated = TermFacts { invoice_shown: Some(false), ..TermFacts::of(facts) };
                let term = self.term.as_ref().map(|book| book.reckon(&dated, &mut Untold));
                other.within(&term.unwrap_or_default());
            }
            let without = self.rule(&other)?;
            if without.as_ref().ok().map(|ruling| ruling.outcome) != outcome {
                let path = format!("evidence.{key}");
                let clauses =
                    without.as_ref().map_or_else(|_| [].into(), |r| r.row.clauses.clone());
                why.push(
                    Why::new("evidence_assumed", "exclusions", clauses).with("what", path.as_str()),
                );
                missing.push(path);
            }
        }
        Ok(())
    }

    fn explain(
        &self,
        why: &mut Vec<Why>,
        ruling: &Ruling<'_>,
        asked: &Asked<'_>,
        term: &TermAnswer,
        facts: &VerdictFacts,
    ) {
        let Ruling { table, row, outcome: Outcome { covered, remedy, payer } } = *ruling;
        if self.excludes(table) {
            inputs(why, table, row, asked);
            why.push(Why::new("exclusion_hit", &row.path, &row.clauses));
        } else {
            if self.exclusions.is_some() {
                why.push(Why::new("no_exclusion", "exclusions", []));
            }
            if let (Some(inside), Some(of)) = (term.in_term, &term.term) {
                why.push(in_term(inside, of.days_left, facts));
            }
            inputs(why, table, row, asked);
        }
        why.push(
            Why::new("row_hit", &row.path, &row.clauses)
                .with("covered", Word::code(if covered { "yes" } else { "no" }))
                .with("remedy", remedy)
                .with("payer", payer),
        );
    }
}

/// A trigger that is reached gives what is covered the remedy it opens, where that is better.
fn next_remedy(book: &TermBook<'_>, verdict: &mut Verdict, why: &mut Vec<Why>) {
    let inside = verdict.term.as_ref().is_some_and(|term| term.days_left >= 0);
    for trigger in &book.rules.triggers {
        let state = verdict.triggers.iter().find(|state| state.id == trigger.id);
        let reached = state.is_some_and(|state| state.count >= state.limit);
        let opens = trigger.remedy.as_deref().filter(|_| reached && inside);
        let Some(remedy) = opens.map(Word::read) else { continue };
        let so_far = gain(verdict.covered, verdict.remedy.as_deref(), None);
        if verdict.covered != Some(true) || gain(Some(true), Some(&remedy), None) <= so_far {
            continue;
        }
        let payer = trigger.payer.as_deref().map_or(Word::code("maker"), Word::read);
        why.push(
            Why::new("trigger_opens", format!("term/trigger/{}", trigger.id), &trigger.clause)
                .with("remedy", &remedy)
                .with("payer", &payer),
        );
        verdict.remedy = Some(remedy);
        verdict.payer = Some(payer);
        verdict.clauses = trigger.clause.then(&verdict.clauses);
    }
}

/// The second names of the paths below a root: the keys of `evidence`, of `measurements`.
fn below(paths: &[Vec<String>], root: &str) -> Vec<String> {
    let mut keys: Vec<String> = paths
        .iter()
        .filter(|path| path.first().is_some_and(|first| first == root))
        .filter_map(|path| path.get(1).cloned())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether another date than that of the invoice could start the term.
fn starts_otherwise(facts: &VerdictFacts) -> bool {
    let others = [facts.registered_on, facts.activated_on, facts.manufactured_on];
    facts.invoice_date.is_some() && others.iter().any(Option::is_some)
}

fn in_term(inside: bool, days_left: i64, facts: &VerdictFacts) -> Why {
    let code = if inside { "in_term" } else { "out_of_term" };
    Why::new(code, "term", []).with("reported", facts.reported_on).with("days", days_left.abs())
}

/// The inputs of the deciding row beyond component and fault, which the reader chose.
fn inputs(why: &mut Vec<Why>, table: &Table, row: &Row, asked: &Asked<'_>) {
    let told = |column: &str| matches!(column, "component" | "fault" | "in_term");
    for (input, test) in table.inputs.iter().zip(row.cells()) {
        if test.is_empty() || told(&input.name) {
            continue;
        }
        why.push(
            Why::new("input", &row.path, [])
                .with("fact", &input.name)
                .with("value", &*input.expr.eval_ref(asked))
                .with("test", test),
        );
    }
}

/// Conditions of a measurement that come beside its value.
fn is_condition(key: &str) -> bool {
    matches!(key, "temperature" | "charge" | "instrument")
}

/// The facts behind the missing inputs: a missing term is a missing date.
fn named(missing: &[String], term: &TermAnswer) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(missing.len());
    for path in missing {
        let name = match (path.as_str(), term.missing, &term.unread) {
            ("in_term" | "days_since_start" | "days_left", Some(date), _) => date.to_owned(),
            ("in_term", None, Some(reading)) => reading.clone(),
            _ => path.clone(),
        };
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// What a row gives.
fn outcome<'r>(table: &'r Table, row: &'r Row) -> Option<Outcome<'r>> {
    let output = |name: &str| {
        let at = table.outputs.iter().position(|output| output.name == name)?;
        row.outputs.get(at)
    };
    let text = |name: &str| match output(name)? {
        Value::Text(text) => Some(text),
        _ => None,
    };
    let covered = match output("covered")? {
        Value::Bool(yes) => *yes,
        Value::Text(text) => *text == "yes",
        _ => return None,
    };
    Some(Outcome { covered, remedy: text("remedy")?, payer: text("payer")? })
}

fn broken(hit: &Hit) -> FactsRefused {
    let sentence = hit.problem.clone().unwrap_or_else(|| {
        Text::new("判定表没有给出结论", "the verdict tables give no answer to these facts")
    });
    FactsRefused { field: String::new(), sentence }
}

fn no_rules() -> FactsRefused {
    FactsRefused {
        field: String::new(),
        sentence: Text::new(
            "该制度没有三包判定规则（term.toml、tables/coverage.csv）",
            "this rulebook does not judge: it has no term.toml and tables/coverage.csv",
        ),
    }
}

/// The value of a setting; `None` when it is unset or unknown.
pub(crate) fn setting<'r>(release: &'r Release, id: &str) -> Option<&'r serde_json::Value> {
    release.parameters.get(id)?.value.as_ref()
}

fn term_book<'r>(
    release: &'r Release,
    calendars: &'r BTreeMap<String, Calendar>,
) -> Option<TermBook<'r>> {
    let rules = release.term.as_ref()?;
    let span = |id: &str| setting(release, id).and_then(|v| v.as_str()).and_then(Span::parse);
    let replaced = setting(release, "replaced_part_term").and_then(|v| v.as_str());
    let extends = setting(release, "holiday_extends").and_then(serde_json::Value::as_bool);
    let calendars = if calendars.is_empty() { &release.calendars } else { calendars };
    Some(TermBook {
        rules,
        rows: &release.term_rows,
        unlisted: span("unlisted_part_term").unwrap_or(rules.unlisted_part),
        replaced: ReplacedPart::from_setting(replaced.unwrap_or(&rules.replaced_part)),
        guarantee: rules.repair_guarantee,
        suspends: rules.suspends,
        half_commercial: setting(release, "usage_class_half_term")
            .and_then(serde_json::Value::as_bool)
            .unwrap_or(false),
        made_plus: span("manufactured_plus").or(rules.manufactured_plus),
        holidays: calendars.values().next().filter(|_| extends.unwrap_or(true)),
    })
}
