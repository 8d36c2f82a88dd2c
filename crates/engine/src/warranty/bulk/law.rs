//! The floor of the law in bulk: only what holds, as only that decides.

use super::super::asked::Asked;
use super::super::law::LawBook;
use super::super::{Judge, Outcome, TermAnswer, TermBook, TermFacts, gain, last_day, triggers};
use super::Given;
use super::classes::{Classed, Distinct, Place};
use crate::verdict::{Term, VerdictFacts};
use crate::why::Untold;
use base::time::{add_days, days_between};
use rulebook::model::{LawTerm, Standing, WarrantyTrigger};
use rulebook::table::Policy;
use std::borrow::Cow;

/// The law of a release prepared for columns.
pub(super) struct BulkLaw<'r> {
    /// The term with the days in repair left out, where the law says so and the company does not.
    suspending: Option<TermBook<'r>>,
    terms: Vec<&'r LawTerm>,
    triggers: Vec<&'r WarrantyTrigger>,
    floor: Option<Classed<'r>>,
    /// Remedy and payer of the rows of the floor that hold.
    rows: Vec<Option<(&'r str, &'r str)>>,
}

/// The distinct facts as the law's tables read them.
pub(super) struct LawFacts<'a> {
    pub base: &'a VerdictFacts,
    pub subjects: &'a [VerdictFacts],
    pub circumstances: &'a [VerdictFacts],
    pub readings: &'a [VerdictFacts],
}

impl<'r> BulkLaw<'r> {
    /// `None` when its floor has to be asked one by one.
    pub fn new(judge: &Judge<'r>, law: &LawBook<'r>, of: &LawFacts<'_>) -> Option<Self> {
        let book = judge.term()?;
        let holds = |standing: Standing| standing == Standing::Holds;
        let suspends = law.suspension.is_some_and(|(standing, _)| holds(standing));
        let none = TermAnswer::default();
        let mut floor = None;
        let mut rows = Vec::new();
        if let Some(of_law) = &law.floor {
            let table = of_law.table;
            if table.policy != Policy::Collect {
                return None;
            }
            let asked = |facts: &VerdictFacts| {
                let asked = Asked::new(judge, facts, &none, &mut Untold);
                asked.for_law(&of_law.evidence, facts, &none)
            };
            let all = |facts: &[VerdictFacts]| facts.iter().map(asked).collect::<Vec<_>>();
            let (subjects, stated) = (all(of.subjects), all(of.circumstances));
            floor = Some(Classed::new(
                table,
                &Distinct {
                    base: &asked(of.base),
                    subjects: &subjects,
                    circumstances: &stated,
                    readings: &all(of.readings),
                    receipt: true,
                },
            )?);
            let row = |index: usize| {
                let standing = of_law.standings.get(index).copied()?;
                let row = table.row(index).filter(|_| holds(standing))?;
                let told = |name| super::super::law::text(table, row, name).as_str();
                Some((told("remedy"), told("payer")))
            };
            rows = (0..table.len()).map(row).collect();
        }
        Some(Self {
            suspending: (suspends && !book.suspends)
                .then(|| TermBook { suspends: true, ..book.clone() }),
            terms: law.terms.iter().filter(|(s, _)| holds(*s)).map(|(_, term)| *term).collect(),
            triggers: law.triggers.iter().filter(|(s, _)| holds(*s)).map(|(_, t)| *t).collect(),
            floor,
            rows,
        })
    }

    /// The better of `given` and the law; `None` when it has to be asked one by one. `rule` asks
    /// the company's tables anew within the term of the law.
    pub fn weigh(
        &self,
        one: &One<'_, 'r>,
        mut given: Given<'r>,
        rule: impl FnOnce(&Place) -> Option<Option<Outcome<'r>>>,
    ) -> Option<Given<'r>> {
        let (sure, longer) = self.lengthen(one);
        let mut place = one.place;
        within(&mut place, &sure);
        if longer {
            if one.term.in_term == Some(false) && sure.in_term == Some(true) {
                let ruled = rule(&place)?;
                if let Some(outcome) = ruled.filter(|outcome| outcome.covered) {
                    better(&mut given, outcome.remedy, outcome.payer);
                }
            }
            // The later end stands where the company's answer had a term at all.
            if given.ends.is_some() {
                given.ends = given.ends.max(sure.term.as_ref().map(|term| term.ends));
            }
        }
        let received = one.received_days;
        place.since_receipt = received.or(sure.days_since_start);
        if let Some(floor) = &self.floor {
            floor.holding(&place, |row| {
                if let Some(Some((remedy, payer))) = self.rows.get(row) {
                    better(&mut given, remedy, payer);
                }
            })?;
        }
        if one.main && !one.facts.repairs.is_empty() {
            self.repeated(one, &sure, &mut given);
        }
        Some(given)
    }

    fn lengthen(&self, one: &One<'_, 'r>) -> (TermAnswer, bool) {
        let repaired = !one.facts.repairs.is_empty();
        let mut sure = match &self.suspending {
            Some(book) if repaired => book.reckon(&one.facts, &mut Untold),
            _ => one.term.clone(),
        };
        let Some(term) = &mut sure.term else { return (sure, false) };
        let mut longer = self.suspending.is_some() && repaired && term.suspended_days > 0;
        for rule in &self.terms {
            let row = &rule.row;
            let fits = row.components.iter().any(|part| part == one.facts.component)
                && (row.faults.is_empty() || row.faults.iter().any(|f| f == one.facts.fault));
            if !fits {
                continue;
            }
            let ends = one
                .book
                .start(&one.facts, &mut Untold)
                .and_then(|start| last_day(start.day, row.duration))
                .and_then(|ends| add_days(ends, term.suspended_days));
            if let Some(ends) = ends.filter(|ends| *ends > term.ends) {
                term.ends = ends;
                longer = true;
            }
        }
        term.days_left = days_between(one.facts.reported_on, term.ends);
        sure.in_term = Some(term.days_left >= 0);
        (sure, longer)
    }

    fn repeated(&self, one: &One<'_, 'r>, sure: &TermAnswer, given: &mut Given<'r>) {
        let Some(Term { starts, .. }) = sure.term.as_ref() else { return };
        for trigger in &self.triggers {
            let state = triggers::count_one(trigger, &one.facts, *starts, "law", &mut Untold);
            let reached = state.is_some_and(|state| state.count >= state.limit);
            let Some(remedy) = trigger.remedy.as_deref().filter(|_| reached) else { continue };
            if given.covered == Some(true) && sure.in_term == Some(true) {
                better(given, remedy, trigger.payer.as_deref().unwrap_or("maker"));
            }
        }
    }
}

/// One verdict on its way through the law.
pub(super) struct One<'f, 'r> {
    pub book: &'f TermBook<'r>,
    pub facts: TermFacts<'f>,
    pub place: Place,
    /// The company's term.
    pub term: TermAnswer,
    /// Days since the goods were received, where that is known.
    pub received_days: Option<i64>,
    /// Whether it is a main part.
    pub main: bool,
}

/// The place within another term.
pub(super) fn within(place: &mut Place, term: &TermAnswer) {
    place.in_term = term.in_term;
    place.since_start = term.days_since_start;
    place.days_left = term.term.as_ref().map(|term| term.days_left);
}

/// What is better for the customer stands.
pub(super) fn better<'r>(given: &mut Given<'r>, remedy: &'r str, payer: &'r str) {
    let so_far = gain(given.covered, given.remedy.as_deref(), None);
    if gain(Some(true), Some(remedy), None) > so_far {
        given.covered = Some(true);
        given.remedy = Some(Cow::Borrowed(remedy));
        given.payer = Some(Cow::Borrowed(payer));
    }
}
