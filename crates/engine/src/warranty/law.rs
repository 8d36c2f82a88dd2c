//! The legal floor beside the company's rules: whatever the company gives, the customer gets the
//! better of the two, and both are named.
//!
//! The law lengthens a term (days in repair, shortest terms), gives remedies by facts (the floor
//! table) and opens the next remedy after repeated repairs and long waits. A rule that is still to
//! be verified, or that hangs on a fact nobody stated, is shown and never decides.

use super::asked::Asked;
use super::words::Evidence;
use super::{
    FactsRefused, Judge, TermAnswer, TermBook, TermFacts, below, broken, last_day, triggers,
};
use crate::decision::Why;
use crate::verdict::{CompanySide, LawLine, LawSide, RulebookRef, Term, Verdict, VerdictFacts};
use crate::why::Untold;
use base::time::{add_days, days_between};
use base::{Clauses, Day, Word};
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::{Law, LawRule, LawTerm, Standing, WarrantyTrigger};
use rulebook::table::{Answer, Row, Table, Tri};

/// The law of a release, prepared once.
#[derive(Debug, Clone)]
pub(super) struct LawBook<'r> {
    pub(super) floor: Option<Floor<'r>>,
    pub(super) suspension: Option<(Standing, &'r LawRule)>,
    pub(super) triggers: Vec<(Standing, &'r WarrantyTrigger)>,
    pub(super) terms: Vec<(Standing, &'r LawTerm)>,
    by: RulebookRef,
}

/// The floor table with the standing of each row.
#[derive(Debug, Clone)]
pub(super) struct Floor<'r> {
    pub(super) table: &'r Table,
    pub(super) standings: Vec<Standing>,
    pub(super) evidence: Evidence,
    measurements: Vec<String>,
}

/// How good an answer is for the customer: covered; then refund, exchange, replace, repair; then
/// the later end.
pub type Gain = (u8, u8, Option<Day>);

/// The gain of an answer; of what is not covered no end is better than another.
pub fn gain(covered: Option<bool>, remedy: Option<&str>, ends: Option<Day>) -> Gain {
    let covered_rank = match covered {
        Some(true) => 2,
        None => 1,
        Some(false) => 0,
    };
    let remedy = match remedy {
        Some("refund") => 4,
        Some("exchange") => 3,
        Some("replace") => 2,
        Some("repair") => 1,
        _ => 0,
    };
    (covered_rank, remedy, ends.filter(|_| covered == Some(true)))
}

impl<'r> LawBook<'r> {
    /// Prepares the law of a release.
    pub fn new(release: &'r Release, law: &'r Law) -> Self {
        let standing = |status: &str| Standing::of(status, &release.parameters);
        let (id, version) = law.packs.last().cloned().unwrap_or_default();
        Self {
            floor: law.floor.as_ref().map(|table| Floor::new(table, standing)),
            suspension: law.rules.suspension.as_ref().map(|rule| (standing(&rule.status), rule)),
            triggers: law
                .rules
                .triggers
                .iter()
                .map(|t| (standing(t.status.as_deref().unwrap_or("holds")), t))
                .collect(),
            terms: law.terms.iter().map(|term| (standing(&term.status), term)).collect(),
            by: RulebookRef { id: id.into(), version: version.into() },
        }
    }

    /// Measurements its floor asks for.
    pub fn measurements(&self) -> impl Iterator<Item = String> {
        self.floor.iter().flat_map(|floor| floor.measurements.iter().cloned())
    }

    /// Evidence its floor asks for.
    pub fn evidence(&self) -> impl Iterator<Item = &String> {
        self.floor.iter().flat_map(|floor| floor.evidence.keys())
    }

    /// Sets the law beside the company's answer and lets the better of both stand.
    pub fn weigh(
        &self,
        judge: &Judge<'r>,
        facts: &VerdictFacts,
        term: &TermAnswer,
        asked: Asked<'_>,
        verdict: &mut Verdict,
    ) -> Result<(), FactsRefused> {
        let Some(book) = judge.term() else { return Ok(()) };
        let own = CompanySide {
            covered: verdict.covered,
            remedy: verdict.remedy.clone(),
            payer: verdict.payer.clone(),
            clauses: verdict.clauses.clone(),
            row: verdict.row.clone(),
            ends: verdict.term.as_ref().map(|term| term.ends),
        };
        let mut side =
            LawSide { rulebook: self.by.clone(), company: own, rows: Vec::new(), decides: None };
        if facts.in_scope != Some(false) {
            let mut weighing = Weighing { law: self, judge, book, facts, side: &mut side };
            weighing.run(term, asked, verdict)?;
        }
        let better = side.decides.is_some();
        let path = side.decides.clone().unwrap_or(Word::code("law"));
        let remedy = |remedy: &Option<Word>| remedy.clone().unwrap_or(Word::code("open"));
        verdict.why.push(
            Why::new(if better { "law_better" } else { "law_held" }, path, [])
                .with("promised", remedy(&side.company.remedy))
                .with("remedy", remedy(&verdict.remedy)),
        );
        verdict.law = Some(Box::new(side));
        Ok(())
    }
}

impl<'r> Floor<'r> {
    fn new(table: &'r Table, standing: impl Fn(&str) -> Standing) -> Self {
        let paths = table.paths();
        let rows = (0..table.len()).filter_map(|index| table.row(index));
        Self {
            standings: rows.map(|row| standing(text(table, row, "status"))).collect(),
            evidence: Evidence::new(below(&paths, "evidence")),
            measurements: below(&paths, "measurements"),
            table,
        }
    }
}

/// What a row says where it has no such output.
static NOTHING: Word = Word::code("");

/// A text output of a row; empty where there is none.
pub(super) fn text<'t>(table: &Table, row: &'t Row, name: &str) -> &'t Word {
    let at = table.outputs.iter().position(|output| output.name == name);
    match at.and_then(|at| row.outputs.get(at)) {
        Some(Value::Text(text)) => text,
        _ => &NOTHING,
    }
}

/// One weighing of the law against the company.
struct Weighing<'w, 'r> {
    law: &'w LawBook<'r>,
    judge: &'w Judge<'r>,
    book: &'w TermBook<'r>,
    facts: &'w VerdictFacts,
    side: &'w mut LawSide,
}

impl Weighing<'_, '_> {
    /// `own` is the company's term, `asked` the facts as its tables read them.
    fn run(
        &mut self,
        own: &TermAnswer,
        mut asked: Asked<'_>,
        verdict: &mut Verdict,
    ) -> Result<(), FactsRefused> {
        let sure = self.lengthen(own, Standing::Holds);
        self.within(own, &sure, &mut asked, verdict)?;
        let unsure = self.lengthen(own, Standing::Verify);
        if unsure.1.len() > sure.1.len() {
            self.within(&sure.0, &unsure, &mut asked, verdict)?;
        }
        let term = sure.0;
        asked.within(&term);
        self.rows(&term, asked, verdict)?;
        self.repeated(&term, verdict);
        Ok(())
    }

    /// The term by the law's rules of that standing or better, and which of them lengthen it.
    fn lengthen(&self, own: &TermAnswer, least: Standing) -> (TermAnswer, Vec<LawLine>) {
        let mut lines = Vec::new();
        let suspension = self.law.suspension.filter(|(s, _)| *s <= least && !self.book.suspends);
        let mut answer = match suspension {
            // Days in repair are counted anew only where there are some.
            Some(_) if !self.facts.repairs.is_empty() => {
                TermBook { suspends: true, ..self.book.clone() }.answer(self.facts)
            }
            _ => own.clone(),
        };
        let Some(term) = &mut answer.term else { return (answer, lines) };
        answer.why.retain(|step| step.code == "days_not_counted");
        if let Some((standing, rule)) = suspension.filter(|_| term.suspended_days > 0) {
            lines.push(LawLine {
                row: Word::code("law/suspension"),
                standing,
                source: rule.source.clone(),
                clauses: rule.clause.clone(),
                remedy: None,
                payer: None,
                ends: Some(term.ends),
                missing: Vec::new(),
            });
        }
        let mut start = None;
        for (standing, rule) in
            self.law.terms.iter().filter(|(s, rule)| *s <= least && self.is_for(rule))
        {
            let begun = || self.book.start(&TermFacts::of(self.facts), &mut Untold);
            let ends = (*start.get_or_insert_with(|| begun().map(|start| start.day)))
                .and_then(|start| last_day(start, rule.row.duration))
                .and_then(|ends| add_days(ends, term.suspended_days));
            let Some(ends) = ends.filter(|ends| *ends > term.ends) else { continue };
            term.ends = ends;
            lines.push(LawLine {
                row: format!("law/term/{}", rule.row.id).into(),
                standing: *standing,
                source: rule.source.clone(),
                clauses: rule.row.clause.clone(),
                remedy: None,
                payer: None,
                ends: Some(ends),
                missing: Vec::new(),
            });
        }
        term.days_left = days_between(self.facts.reported_on, term.ends);
        answer.in_term = Some(term.days_left >= 0);
        (answer, lines)
    }

    fn is_for(&self, rule: &LawTerm) -> bool {
        let row = &rule.row;
        row.components.contains(&self.facts.component)
            && (row.faults.is_empty() || row.faults.contains(&self.facts.fault))
    }

    /// A term that the law makes longer: within it the company gives what it promised. Only the
    /// lines that `before` did not have are told.
    fn within(
        &mut self,
        before: &TermAnswer,
        longer: &(TermAnswer, Vec<LawLine>),
        asked: &mut Asked<'_>,
        verdict: &mut Verdict,
    ) -> Result<(), FactsRefused> {
        let (answer, lines) = longer;
        let Some(term) = answer.term.as_ref().filter(|_| !lines.is_empty()) else {
            return Ok(());
        };
        let mut gives = None;
        if before.in_term == Some(false) && answer.in_term == Some(true) {
            asked.within(answer);
            gives = self.judge.rule(asked)?.ok().filter(|ruling| ruling.outcome.covered);
        }
        let known: Vec<Word> = self.side.rows.iter().map(|line| line.row.clone()).collect();
        let mut decides = None;
        for line in lines.iter().filter(|line| !known.contains(&line.row)) {
            let mut line = line.clone();
            if let Some(ruling) = &gives {
                line.remedy = Some(ruling.outcome.remedy.clone());
                line.payer = Some(ruling.outcome.payer.clone());
            }
            let suspension = line.row == "law/suspension";
            if suspension {
                verdict.why.extend(answer.why.iter().cloned());
            }
            let code = match (suspension, line.standing) {
                (true, Standing::Holds) => "law_suspended",
                (true, _) => "law_suspended_verify",
                (false, Standing::Holds) => "law_term",
                (false, _) => "law_term_verify",
            };
            verdict.why.push(
                Why::new(code, &line.row, &line.clauses)
                    .with("source", &line.source)
                    .with("days", term.suspended_days)
                    .with("ends", term.ends),
            );
            if line.standing == Standing::Holds {
                decides = Some(line.row.clone());
                keep(term, verdict);
            }
            self.side.rows.push(line);
        }
        if let (Some(row), Some(ruling)) = (decides, gives) {
            let clauses = self.clauses_of(&row);
            let outcome = ruling.outcome;
            self.decide(verdict, row, &clauses, outcome.remedy, outcome.payer);
        }
        Ok(())
    }

    fn clauses_of(&self, row: &str) -> Clauses {
        let line = self.side.rows.iter().find(|line| line.row == row);
        line.map(|line| line.clauses.clone()).unwrap_or_default()
    }

    /// A line that holds and is better than what stands so far decides.
    fn stands(&mut self, line: &LawLine, verdict: &mut Verdict) {
        if let (Standing::Holds, Some(remedy), Some(payer)) =
            (line.standing, &line.remedy, &line.payer)
        {
            self.decide(verdict, line.row.clone(), &line.clauses, remedy, payer);
        }
    }

    /// The law's answer stands where it is better than what stands so far.
    fn decide(
        &mut self,
        verdict: &mut Verdict,
        row: Word,
        clauses: &Clauses,
        remedy: &Word,
        payer: &Word,
    ) {
        let so_far = gain(verdict.covered, verdict.remedy.as_deref(), None);
        if gain(Some(true), Some(remedy), None) <= so_far {
            return;
        }
        verdict.covered = Some(true);
        verdict.remedy = Some(remedy.clone());
        verdict.payer = Some(payer.clone());
        verdict.clauses = clauses.then(&self.side.company.clauses);
        verdict.row = row.rsplit('/').next().map(Word::read);
        self.side.decides = Some(row);
    }

    /// The rows of the floor that fit, and those that would if a fact were known.
    fn rows(
        &mut self,
        term: &TermAnswer,
        asked: Asked<'_>,
        verdict: &mut Verdict,
    ) -> Result<(), FactsRefused> {
        let law = self.law;
        let Some(floor) = &law.floor else { return Ok(()) };
        let asked = asked.for_law(&floor.evidence, self.facts, term);
        let ruling = floor.table.rule(&asked);
        if !matches!(ruling.answer, Answer::Decided | Answer::Undetermined) {
            return Err(broken(&floor.table.evaluate(&asked)));
        }
        for index in &ruling.rows {
            let Some(row) = floor.table.row(*index) else { continue };
            let line = line(floor, *index, row);
            let so_far = gain(verdict.covered, verdict.remedy.as_deref(), None);
            if gain(Some(true), line.remedy.as_deref(), None) > so_far {
                say(&line, verdict);
            }
            self.stands(&line, verdict);
            self.side.rows.push(line);
        }
        if !ruling.maybe.is_empty() {
            let hit = floor.table.evaluate(&asked);
            self.open(floor, &ruling.maybe, &hit.considered, term, verdict);
        }
        Ok(())
    }

    /// Rows that hang on a fact nobody stated: told where they would be better, and what to ask.
    fn open(
        &mut self,
        floor: &Floor<'_>,
        maybe: &[usize],
        considered: &[rulebook::table::RowWhy],
        term: &TermAnswer,
        verdict: &mut Verdict,
    ) {
        for index in maybe {
            let Some(row) = floor.table.row(*index) else { continue };
            let mut line = line(floor, *index, row);
            let so_far = gain(verdict.covered, verdict.remedy.as_deref(), None);
            let would = gain(Some(true), line.remedy.as_deref(), None);
            if line.standing != Standing::Holds || would <= so_far {
                continue;
            }
            line.standing = Standing::Open;
            let why = considered.iter().find(|why| why.row == row.id);
            let cells = why.iter().flat_map(|why| &why.cells).filter(|c| c.holds == Tri::Unknown);
            line.missing = cells.map(|cell| fact_of(&cell.column, term)).collect();
            for name in &line.missing {
                if !verdict.missing.contains(name) {
                    verdict.missing.push(name.clone());
                }
            }
            say(&line, verdict);
            self.side.rows.push(line);
        }
    }

    /// Repeated repairs and long waits: what is covered gets the next remedy. The law speaks of the
    /// product and its main parts, not of what wears.
    fn repeated(&mut self, term: &TermAnswer, verdict: &mut Verdict) {
        let part = self.judge.release.catalog.component(&self.facts.component);
        if part.is_none_or(|part| part.class != "main") {
            return;
        }
        let Some(starts) = term.term.as_ref().map(|term| term.starts) else { return };
        let dated = TermFacts::of(self.facts);
        for (standing, trigger) in &self.law.triggers {
            let mut why = Vec::new();
            let Some(state) = triggers::count_one(trigger, &dated, starts, "law", &mut why) else {
                continue;
            };
            verdict.why.append(&mut why);
            let reached = state.count >= state.limit;
            verdict.triggers.push(state);
            let Some(remedy) = trigger.remedy.as_deref().filter(|_| reached) else { continue };
            let line = LawLine {
                row: format!("law/trigger/{}", trigger.id).into(),
                standing: *standing,
                source: trigger.source.clone().unwrap_or_default().into(),
                clauses: trigger.clause.clone(),
                remedy: Some(Word::read(remedy)),
                payer: Some(trigger.payer.as_deref().map_or(Word::code("maker"), Word::read)),
                ends: None,
                missing: Vec::new(),
            };
            if verdict.covered != Some(true) || term.in_term != Some(true) {
                continue;
            }
            say(&line, verdict);
            self.stands(&line, verdict);
            self.side.rows.push(line);
        }
    }
}

/// The later end stands.
fn keep(term: &Term, verdict: &mut Verdict) {
    if let Some(own) = &mut verdict.term
        && own.ends < term.ends
    {
        own.clone_from(term);
    }
}

fn line(floor: &Floor<'_>, index: usize, row: &Row) -> LawLine {
    let told = |name: &str| text(floor.table, row, name).clone();
    LawLine {
        row: row.path.clone(),
        standing: floor.standings.get(index).copied().unwrap_or(Standing::Verify),
        source: told("source"),
        clauses: row.clauses.clone(),
        remedy: Some(told("remedy")),
        payer: Some(told("payer")),
        ends: None,
        missing: Vec::new(),
    }
}

/// The fact behind a column of the floor that could not be answered.
fn fact_of(column: &str, term: &TermAnswer) -> String {
    match (column, term.missing) {
        ("days_since_receipt", _) => "received_on".to_owned(),
        ("distance_sale", _) => "sale_channel".to_owned(),
        ("in_term" | "days_since_start" | "days_left", Some(date)) => date.to_owned(),
        (other, _) => other.to_owned(),
    }
}

fn say(line: &LawLine, verdict: &mut Verdict) {
    let code = match line.standing {
        Standing::Holds => "law_row",
        Standing::Verify => "law_row_verify",
        Standing::Open => "law_row_open",
    };
    verdict.why.push(
        Why::new(code, &line.row, &line.clauses)
            .with("source", &line.source)
            .with("remedy", line.remedy.clone().unwrap_or_default())
            .with("payer", line.payer.clone().unwrap_or_default())
            .with("what", line.missing.clone()),
    );
}
