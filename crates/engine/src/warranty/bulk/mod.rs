//! Verdicts in bulk: a release over the facts of years of verdicts, without the reasons. The same
//! arithmetic of the term as one by one, the tables by classes, of the law what holds. Tested to be
//! equal to the verdicts given one by one; whatever it cannot decide so is given one by one.

mod classes;
mod columns;
mod given;
mod law;

pub use columns::Columns;
pub use given::Given;

use super::asked::Asked;
use super::{Judge, Outcome, TermAnswer, TermFacts, facts as checks, gain, triggers};
use crate::verdict::VerdictFacts;
use crate::why::Untold;
use base::Day;
use base::time::days_between;
use classes::{Classed, Distinct, Place};
use columns::{BEFORE, Dated, Days};
use law::{BulkLaw, LawFacts, One, within};
use rulebook::table::BulkAnswer;
use std::borrow::Cow;

/// A judge prepared for columns of facts.
pub struct BulkJudge<'j, 'r> {
    judge: &'j Judge<'r>,
    columns: &'j Columns,
    /// Every day that two bytes can say.
    calendar: Vec<Day>,
    /// Of each subject whether the release knows it, and whether it is a main part.
    subjects: Vec<(bool, bool)>,
    circumstances: Vec<bool>,
    readings: Vec<bool>,
    /// `None` when the release has to be asked one by one.
    tables: Option<Tables<'r>>,
}

struct Tables<'r> {
    exclusions: Option<Classed<'r>>,
    coverage: Option<Classed<'r>>,
    law: Option<BulkLaw<'r>>,
}

/// What the company's tables say: nothing is certain yet, or an outcome and whether an exclusion
/// gave it; `Err` where no verdict can be given.
type Ruled<'r> = Result<Option<(Outcome<'r>, bool)>, ()>;

impl<'j, 'r> BulkJudge<'j, 'r> {
    /// Prepares a judge for these columns.
    pub fn new(judge: &'j Judge<'r>, columns: &'j Columns) -> Self {
        let base = VerdictFacts::default();
        let subjects: Vec<VerdictFacts> = (columns.subjects.values().iter())
            .map(|subject| VerdictFacts {
                product: subject.product.clone(),
                component: subject.component.clone(),
                fault: subject.fault.clone(),
                ..base.clone()
            })
            .collect();
        let circumstances: Vec<VerdictFacts> = (columns.circumstances.values().iter())
            .map(|stated| VerdictFacts {
                usage: stated.usage.clone(),
                sale_channel: stated.sale_channel.clone(),
                distance_sale: stated.distance_sale,
                in_scope: stated.in_scope,
                causes: stated.causes.clone(),
                evidence: stated.evidence.clone(),
                ..base.clone()
            })
            .collect();
        let readings: Vec<VerdictFacts> = (columns.readings.values().iter())
            .map(|read| VerdictFacts { measurements: read.clone(), ..base.clone() })
            .collect();
        let release = judge.release;
        let main = |id: &str| release.catalog.component(id).is_some_and(|c| c.class == "main");
        let of = LawFacts {
            base: &base,
            subjects: &subjects,
            circumstances: &circumstances,
            readings: &readings,
        };
        Self {
            judge,
            columns,
            calendar: calendar(),
            subjects: subjects
                .iter()
                .map(|of| (checks::check_subject(release, of).is_ok(), main(&of.component)))
                .collect(),
            circumstances: circumstances
                .iter()
                .map(|of| checks::check_circumstances(release, of).is_ok())
                .collect(),
            readings: readings
                .iter()
                .map(|of| {
                    checks::check_measurements(of).is_ok() && judge.check_measurements(of).is_ok()
                })
                .collect(),
            tables: tables(judge, &of),
        }
    }

    /// The verdict of a row.
    pub fn given(&self, row: usize) -> Given<'r> {
        self.fast(row).unwrap_or_else(|| Given::one_by_one(self.judge, &self.columns.facts(row)))
    }

    /// Whether the release is asked in bulk at all, and not one by one throughout: so it is where
    /// an input of its tables asks several kinds of facts at once.
    pub fn is_fast(&self) -> bool {
        self.tables.is_some()
    }

    /// `None` when the verdict has to be given one by one.
    fn fast(&self, row: usize) -> Option<Given<'r>> {
        let tables = self.tables.as_ref()?;
        let (columns, book) = (self.columns, self.judge.term()?);
        if !columns.odd.is_empty() && columns.odd.contains_key(&row) {
            return None;
        }
        let (subject, circumstance, reading) =
            (columns.subject[row], columns.circumstance[row], columns.reading[row]);
        let (known, main) = self.subjects[subject as usize];
        let days = &columns.days[row];
        let reported = days[Dated::Reported as usize];
        if !known
            || !self.circumstances[circumstance as usize]
            || !self.readings[reading as usize]
            || days.iter().any(|day| *day > reported)
        {
            return Some(Given::REFUSED);
        }
        let facts = self.dated(row, days);
        if !facts.repairs.is_empty()
            && checks::check_repairs(self.judge.release, facts.repairs).is_err()
        {
            return Some(Given::REFUSED);
        }
        let term = book.reckon(&facts, &mut Untold);
        let mut place = Place { subject, circumstance, reading, ..Place::default() };
        within(&mut place, &term);
        let Ok(ruled) = tables.rule(&place)? else { return Some(Given::REFUSED) };
        let given = self.company(&facts, &term, ruled);
        let in_scope = columns.circumstances.at(circumstance).in_scope != Some(false);
        let Some(law) = tables.law.as_ref().filter(|_| in_scope) else { return Some(given) };
        let received = self.day(days, Dated::Received);
        let one = One {
            book,
            facts,
            place,
            received_days: received.map(|day| days_between(day, facts.reported_on)),
            term,
            main,
        };
        let mut refused = false;
        let weighed = law.weigh(&one, given, |place| {
            let Ok(ruled) = tables.rule(place)? else {
                refused = true;
                return Some(None);
            };
            Some(ruled.map(|(outcome, _)| outcome))
        })?;
        Some(if refused { Given::REFUSED } else { weighed })
    }

    fn day(&self, days: &Days, which: Dated) -> Option<Day> {
        let distance = days[which as usize];
        (distance > 0).then(|| self.calendar[usize::from(distance)])
    }

    fn dated(&self, row: usize, days: &Days) -> TermFacts<'j> {
        let columns = self.columns;
        let subject = columns.subjects.at(columns.subject[row]);
        let stated = columns.circumstances.at(columns.circumstance[row]);
        TermFacts {
            component: &subject.component,
            fault: &subject.fault,
            usage: stated.usage.as_deref(),
            invoice_shown: stated.evidence.get("invoice").copied(),
            invoice_date: self.day(days, Dated::Invoice),
            registered_on: self.day(days, Dated::Registered),
            activated_on: self.day(days, Dated::Activated),
            manufactured_on: self.day(days, Dated::Manufactured),
            reported_on: self.calendar[usize::from(days[Dated::Reported as usize])],
            replaced_on: self.day(days, Dated::Replaced),
            transferred_on: self.day(days, Dated::Transferred),
            transfer_registered: stated.transfer_registered,
            measurements: columns.readings.at(columns.reading[row]),
            repairs: columns.repairs_of(row),
        }
    }

    /// What the company's own rules give.
    fn company(
        &self,
        facts: &TermFacts<'_>,
        answer: &TermAnswer,
        ruled: Option<(Outcome<'r>, bool)>,
    ) -> Given<'r> {
        let excluded = ruled.is_some_and(|(_, excluded)| excluded);
        let term = answer.term.as_ref().filter(|_| !excluded || answer.listed);
        let mut given = Given { ends: term.map(|term| term.ends), ..Given::default() };
        if let Some((outcome, _)) = ruled {
            given.covered = Some(outcome.covered);
            given.remedy = Some(Cow::Borrowed(outcome.remedy));
            given.payer = Some(Cow::Borrowed(outcome.payer));
        }
        let (Some(term), Some(book)) = (term, self.judge.term()) else { return given };
        if facts.repairs.is_empty() || term.days_left < 0 {
            return given;
        }
        let states = triggers::count(book.rules, facts, term.starts, &mut Untold);
        for trigger in &book.rules.triggers {
            let state = states.iter().find(|state| state.id == trigger.id);
            let reached = state.is_some_and(|state| state.count >= state.limit);
            let Some(remedy) = trigger.remedy.as_deref().filter(|_| reached) else { continue };
            let so_far = gain(given.covered, given.remedy.as_deref(), None);
            if given.covered == Some(true) && gain(Some(true), Some(remedy), None) > so_far {
                given.remedy = Some(Cow::Borrowed(remedy));
                given.payer = Some(Cow::Borrowed(trigger.payer.as_deref().unwrap_or("maker")));
            }
        }
        given
    }
}

impl<'r> Tables<'r> {
    /// Asks the exclusions, then the coverage; `None` when they have to be asked one by one.
    fn rule(&self, place: &Place) -> Option<Ruled<'r>> {
        for (table, excludes) in [(&self.exclusions, true), (&self.coverage, false)] {
            let Some(table) = table else { continue };
            match table.answer(place)? {
                BulkAnswer::Row(row) => {
                    return Some(table.outcome(row).map(|o| Some((o, excludes))).ok_or(()));
                }
                BulkAnswer::Open => return Some(Ok(None)),
                BulkAnswer::NoRow if excludes => {}
                BulkAnswer::NoRow | BulkAnswer::Conflict => return Some(Err(())),
            }
        }
        Some(Err(()))
    }
}

/// `None` when a table has to be asked one by one.
fn tables<'r>(judge: &Judge<'r>, of: &LawFacts<'_>) -> Option<Tables<'r>> {
    let none = TermAnswer::default();
    let asked = |facts: &VerdictFacts| Asked::new(judge, facts, &none, &mut Untold);
    let all = |facts: &[VerdictFacts]| facts.iter().map(asked).collect::<Vec<_>>();
    let (subjects, stated, readings) = (all(of.subjects), all(of.circumstances), all(of.readings));
    let base = asked(of.base);
    let distinct = Distinct {
        base: &base,
        subjects: &subjects,
        circumstances: &stated,
        readings: &readings,
        receipt: false,
    };
    let classed = |table: Option<&'r rulebook::table::Table>| match table {
        Some(table) => Classed::new(table, &distinct).map(Some),
        None => Some(None),
    };
    let law = match &judge.law {
        Some(law) => Some(BulkLaw::new(judge, law, of)?),
        None => None,
    };
    Some(Tables { exclusions: classed(judge.exclusions)?, coverage: classed(judge.coverage)?, law })
}

/// Every day that a distance of two bytes reaches; the first stands for none.
fn calendar() -> Vec<Day> {
    let mut day = BEFORE;
    let mut all = Vec::with_capacity(usize::from(u16::MAX) + 1);
    for _ in 0..=u16::MAX {
        all.push(day);
        day = day.tomorrow().unwrap_or(day);
    }
    all
}
