//! The warranty term (三包期): start by precedence, length by part and fault, what a replacement,
//! days in repair and a public holiday do to its last day. Each step of the arithmetic is kept.

use super::measured;
use crate::decision::Why;
use crate::verdict::{EarlierRepair, Term, VerdictFacts};
use crate::why::Steps;
use base::time::{Span, SpanUnit, add_days, add_months, days_between};
use base::{Calendar, Clauses, Day, Word};
use rulebook::model::{StartBasis, TermRow, TermRules};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// What a replacement under warranty does to the term of the new part (conflicts.md G46).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacedPart {
    /// A full new term.
    Restart,
    /// The rest of the old term, nothing more.
    Remainder,
    /// The longer of the rest and the repair guarantee.
    Max,
}

impl ReplacedPart {
    /// Reads the setting; anything unknown is the default, the longer of both.
    pub fn from_setting(text: &str) -> Self {
        match text {
            "restart" => Self::Restart,
            "remainder" => Self::Remainder,
            _ => Self::Max,
        }
    }
}

/// The rules of the term, settings applied, prepared once per release.
#[derive(Debug, Clone)]
pub struct TermBook<'r> {
    /// `term.toml`.
    pub rules: &'r TermRules,
    /// `tables/term.csv`.
    pub rows: &'r [TermRow],
    /// Term of a part that no row names.
    pub unlisted: Span,
    /// What a replacement does.
    pub replaced: ReplacedPart,
    /// How long a repair must hold.
    pub guarantee: Option<Span>,
    /// Added to the day of manufacture when nothing better is known.
    pub made_plus: Option<Span>,
    /// Days in repair do not count.
    pub suspends: bool,
    /// Half the term for commercial use (setting `usage_class_half_term`).
    pub half_commercial: bool,
    /// The calendar of public holidays, when a term that ends on one is extended (G15).
    pub holidays: Option<&'r Calendar>,
}

/// What of the facts of a verdict the term asks.
#[derive(Debug, Clone, Copy)]
pub struct TermFacts<'f> {
    /// Component key.
    pub component: &'f str,
    /// Fault key.
    pub fault: &'f str,
    /// `household` or `commercial`.
    pub usage: Option<&'f str>,
    /// What was stated of the invoice as evidence.
    pub invoice_shown: Option<bool>,
    /// Date of the valid invoice.
    pub invoice_date: Option<Day>,
    /// Date of the sale registration.
    pub registered_on: Option<Day>,
    /// Date of activation.
    pub activated_on: Option<Day>,
    /// Date of manufacture.
    pub manufactured_on: Option<Day>,
    /// The day of the report.
    pub reported_on: Day,
    /// The day this component was last replaced under warranty.
    pub replaced_on: Option<Day>,
    /// The day the vehicle changed its owner.
    pub transferred_on: Option<Day>,
    /// Whether that was registered.
    pub transfer_registered: Option<bool>,
    /// Readings, for limits of use.
    pub measurements: &'f Map<String, Json>,
    /// Earlier repairs.
    pub repairs: &'f [EarlierRepair],
}

impl<'f> TermFacts<'f> {
    /// Of one verdict.
    pub fn of(facts: &'f VerdictFacts) -> Self {
        Self {
            component: &facts.component,
            fault: &facts.fault,
            usage: facts.usage.as_deref(),
            invoice_shown: facts.evidence.get("invoice").copied(),
            invoice_date: facts.invoice_date,
            registered_on: facts.registered_on,
            activated_on: facts.activated_on,
            manufactured_on: facts.manufactured_on,
            reported_on: facts.reported_on,
            replaced_on: facts.replaced_on,
            transferred_on: facts.transferred_on,
            transfer_registered: facts.transfer_registered,
            measurements: &facts.measurements,
            repairs: &facts.repairs,
        }
    }
}

/// The term of one verdict.
#[derive(Debug, Clone, Default)]
pub struct TermAnswer {
    /// The term; `None` when its start is not known.
    pub term: Option<Term>,
    /// Whether the report lies in it.
    pub in_term: Option<bool>,
    /// Days from the original start to the report.
    pub days_since_start: Option<i64>,
    /// Whether a row of the term table names the part.
    pub listed: bool,
    /// The reading a usage limit asks for and nobody took.
    pub unread: Option<String>,
    /// The date that would give a start.
    pub missing: Option<&'static str>,
    /// The steps.
    pub why: Vec<Why>,
}

/// Where a term starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// First day; it is not counted.
    pub day: Day,
    /// By which proof.
    pub basis: &'static str,
}

/// How long a term is, and why.
#[derive(Debug, Clone, Copy)]
struct Length<'r> {
    span: Span,
    code: &'static str,
    row: Option<&'r TermRow>,
}

/// The last day of a span that begins on `day`; `None` out of the range of the calendar.
pub fn last_day(day: Day, span: Span) -> Option<Day> {
    match span.unit {
        SpanUnit::Mo => add_months(day, span.count),
        SpanUnit::D => add_days(day, span.count),
        _ => None,
    }
}

/// The name of a basis in facts and sentences.
const fn basis_key(basis: StartBasis) -> (&'static str, &'static str) {
    match basis {
        StartBasis::Invoice => ("invoice", "invoice_date"),
        StartBasis::Registration => ("registration", "registered_on"),
        StartBasis::Activation => ("activation", "activated_on"),
        StartBasis::Manufacture => ("manufacture", "manufactured_on"),
    }
}

impl<'r> TermBook<'r> {
    /// The term of these facts, with its steps.
    pub fn answer(&self, facts: &VerdictFacts) -> TermAnswer {
        let mut why = Vec::with_capacity(4);
        let answer = self.reckon(&TermFacts::of(facts), &mut why);
        TermAnswer { why, ..answer }
    }

    /// The term of these facts, its steps to whoever keeps them.
    pub fn reckon(&self, facts: &TermFacts<'_>, why: &mut impl Steps) -> TermAnswer {
        let mut out = TermAnswer::default();
        let Some(start) = self.start(facts, why) else {
            let missing = self.rules.start.first().map_or("invoice_date", |b| basis_key(*b).1);
            out.missing = Some(missing);
            return out;
        };
        out.days_since_start = Some(days_between(start.day, facts.reported_on));
        let mut length = self.length(facts.component, facts.fault, start.day);
        out.listed = length.row.is_some();
        let full = length.span;
        let share = self.share(facts);
        if let Some((share_pct, _)) = share {
            length.span.count = share_of(full.count, share_pct);
        }
        let Some(ends) = last_day(start.day, length.span) else { return out };
        if let Some((share_pct, clause)) = share {
            why.step(|| {
                Why::new("term_usage", "term/usage", clause)
                    .with("usage", facts.usage.unwrap_or_default())
                    .with("share", share_pct)
                    .with("duration", full)
                    .with("span", length.span)
            });
        }
        why.step(|| {
            let path = |row: &TermRow| Word::from(format!("term/{}", row.id));
            let clauses = length.row.map_or(&self.rules.clause, |row| &row.clause);
            Why::new(length.code, length.row.map_or(Word::code("term"), path), clauses)
                .with("component", facts.component)
                .with("duration", length.span)
                .with("ends", ends)
        });
        let mut term = Term {
            starts: start.day,
            start_basis: Cow::Borrowed(start.basis),
            ends,
            suspended_days: 0,
            days_left: 0,
        };
        self.suspend(&mut term, facts, why);
        self.replace(&mut term, facts, length.span, why);
        self.extend(&mut term, why);
        if term.start_basis == "replacement" && self.rule_for(facts) == ReplacedPart::Restart {
            out.days_since_start = Some(days_between(term.starts, facts.reported_on));
        }
        self.transfer(&mut term, facts, why);
        term.days_left = days_between(facts.reported_on, term.ends);
        out.in_term = Some(facts.reported_on <= term.ends);
        out.term = Some(term);
        if !self.rules.limits.is_empty() {
            self.limits(facts, &mut out, why);
        }
        out
    }

    /// The share of the term that this use has, where the standard has one.
    fn share(&self, facts: &TermFacts<'_>) -> Option<(u32, &'r Clauses)> {
        let usage = facts.usage?;
        let class = self.rules.usages.iter().find(|class| class.class == usage);
        let half = self.half_commercial && usage == "commercial";
        class
            .map(|class| (class.share_pct, &class.clause))
            .or_else(|| half.then_some((50, &self.rules.clause)))
            .filter(|(share_pct, _)| *share_pct < 100)
    }

    /// A change of owner keeps the term unless the standard says otherwise.
    fn transfer(&self, term: &mut Term, facts: &TermFacts<'_>, why: &mut impl Steps) {
        let Some(day) = facts.transferred_on.filter(|day| *day > term.starts) else { return };
        let ends = match self.rules.transfer.as_deref() {
            Some("ends") => true,
            Some("registered") => facts.transfer_registered != Some(true),
            _ => false,
        };
        if ends {
            term.ends = term.ends.min(day);
        }
        let code = if ends { "transfer_ends" } else { "transfer_keeps" };
        why.step(|| {
            Why::new(code, "term/transfer", &self.rules.transfer_clause)
                .with("day", day)
                .with("ends", term.ends)
        });
    }

    /// A reading above its limit ends the term; one that was not taken leaves it open.
    fn limits(&self, facts: &TermFacts<'_>, out: &mut TermAnswer, why: &mut impl Steps) {
        for limit in &self.rules.limits {
            let reading = facts.measurements.get(&limit.measurement).and_then(measured);
            let over = reading.map(|reading| reading > f64::from(limit.most));
            let code = match over {
                Some(true) => "limit_over",
                Some(false) => "limit_kept",
                None => "limit_unread",
            };
            why.step(|| {
                Why::new(code, "term/limit", &limit.clause)
                    .with("what", format!("measurements.{}", limit.measurement))
                    .with("reading", reading.map_or(serde_json::Value::Null, Into::into))
                    .with("most", limit.most)
            });
            match over {
                Some(true) => out.in_term = Some(false),
                None if out.in_term == Some(true) => {
                    out.in_term = None;
                    out.unread = Some(format!("measurements.{}", limit.measurement));
                }
                _ => {}
            }
        }
    }

    /// The start by the first proof there is; an invoice stated as not shown only when nothing else
    /// is known.
    pub fn start(&self, facts: &TermFacts<'_>, why: &mut impl Steps) -> Option<Start> {
        let no_invoice = facts.invoice_shown == Some(false);
        let mut unproven = None;
        for basis in &self.rules.start {
            let (basis_key, _) = basis_key(*basis);
            let day = match basis {
                StartBasis::Invoice if no_invoice => {
                    unproven = facts.invoice_date;
                    if let Some(day) = unproven {
                        why.step(|| {
                            Why::new("invoice_not_shown", "term", &self.rules.clause)
                                .with("day", day)
                        });
                    }
                    None
                }
                StartBasis::Invoice => facts.invoice_date,
                StartBasis::Registration => facts.registered_on,
                StartBasis::Activation => facts.activated_on,
                StartBasis::Manufacture => {
                    if let Some(start) = facts.manufactured_on.and_then(|d| self.presumed(d, why)) {
                        return Some(start);
                    }
                    None
                }
            };
            if let Some(day) = day {
                return Some(self.started(day, basis_key, why));
            }
        }
        unproven.map(|day| self.started(day, "invoice", why))
    }

    fn started(&self, day: Day, basis: &'static str, why: &mut impl Steps) -> Start {
        why.step(|| {
            Why::new("term_starts", "term", &self.rules.clause)
                .with("day", day)
                .with("basis", Word::code(basis))
        });
        Start { day, basis }
    }

    fn presumed(&self, made: Day, why: &mut impl Steps) -> Option<Start> {
        let Some(plus) = self.made_plus else {
            return Some(self.started(made, "manufacture", why));
        };
        let day = last_day(made, plus)?;
        why.step(|| {
            Why::new("term_starts_presumed", "term", &self.rules.clause)
                .with("made", made)
                .with("span", plus)
                .with("day", day)
                .with("basis", Word::code("manufacture"))
        });
        Some(Start { day, basis: "manufacture" })
    }

    /// The length by the row of part and fault, else the longest row of the part, else the setting
    /// for unlisted parts.
    fn length(&self, component: &str, fault: &str, start: Day) -> Length<'r> {
        let of_part =
            || self.rows.iter().filter(|row| row.components.iter().any(|c| c == component));
        let named = of_part().find(|row| row.faults.iter().any(|f| f == fault));
        if let Some(row) = named.or_else(|| of_part().find(|row| row.faults.is_empty())) {
            return Length { span: row.duration, code: "term_runs", row: Some(row) };
        }
        match of_part().max_by_key(|row| last_day(start, row.duration)) {
            Some(row) => Length { span: row.duration, code: "term_longest", row: Some(row) },
            None => Length { span: self.unlisted, code: "term_unlisted", row: None },
        }
    }

    /// Days in repair do not count, where a clause or the law says so.
    fn suspend(&self, term: &mut Term, facts: &TermFacts<'_>, why: &mut impl Steps) {
        if !self.suspends {
            return;
        }
        let days = self.counted(term, facts, why);
        let Some(ends) = add_days(term.ends, days).filter(|_| days > 0) else { return };
        term.suspended_days = days;
        term.ends = ends;
        why.step(|| {
            Why::new("term_suspended", "term", &self.rules.suspend_clause)
                .with("days", days)
                .with("ends", ends)
        });
    }

    /// Days in repair within the term, each repair told: `from` excluded, `to` included, overlaps
    /// counted once. A repair that begins after the end, as extended so far, no longer counts.
    fn counted(&self, term: &Term, facts: &TermFacts<'_>, why: &mut impl Steps) -> i64 {
        let mut spans: Vec<(Day, Day, &EarlierRepair)> = facts
            .repairs
            .iter()
            .map(|r| (r.from.max(term.starts), r.to.min(facts.reported_on), r))
            .filter(|(from, to, _)| from < to)
            .collect();
        spans.sort_unstable_by_key(|(from, to, _)| (*from, *to));
        let (mut total, mut counted) = (0, term.starts);
        for (from, to, repair) in spans {
            let extended = add_days(term.ends, total).unwrap_or(term.ends);
            let from = from.max(counted);
            if from >= to || from > extended {
                continue;
            }
            let days = days_between(from, to);
            total += days;
            counted = to;
            why.step(|| {
                Why::new("days_not_counted", "term", &self.rules.suspend_clause)
                    .with("component", repair.component.as_str())
                    .with("from", from)
                    .with("to", to)
                    .with("days", days)
            });
        }
        total
    }

    fn rule_for(&self, facts: &TermFacts<'_>) -> ReplacedPart {
        if facts.component == "vehicle" { ReplacedPart::Restart } else { self.replaced }
    }

    /// A part replaced under warranty; an exchanged vehicle always begins anew.
    fn replace(&self, term: &mut Term, facts: &TermFacts<'_>, span: Span, why: &mut impl Steps) {
        let Some(replaced) = facts.replaced_on.filter(|day| *day >= term.starts) else { return };
        let rule = self.rule_for(facts);
        let fresh = match rule {
            ReplacedPart::Restart => Some(span),
            ReplacedPart::Remainder => None,
            ReplacedPart::Max => self.guarantee,
        };
        let later = fresh
            .and_then(|span| last_day(replaced, span).map(|ends| (span, ends)))
            .filter(|(_, ends)| rule == ReplacedPart::Restart || *ends > term.ends);
        let (code, span) = match later {
            Some((span, ends)) => {
                term.starts = replaced;
                term.start_basis = Cow::Borrowed("replacement");
                term.ends = ends;
                let restart = rule == ReplacedPart::Restart;
                (if restart { "replaced_restart" } else { "replaced_guarantee" }, span)
            }
            None => ("replaced_remainder", span),
        };
        why.step(|| {
            Why::new(code, "term", &self.rules.clause)
                .with("replaced", replaced)
                .with("span", span)
                .with("ends", term.ends)
        });
    }

    /// A customer's term that ends on a public holiday ends on the next working day.
    fn extend(&self, term: &mut Term, why: &mut impl Steps) {
        let Some(calendar) = self.holidays else { return };
        let holiday = calendar
            .years
            .get(&term.ends.year())
            .is_some_and(|plan| plan.holidays.contains(&term.ends));
        let Some(next) = holiday.then(|| calendar.add_workdays(term.ends, 1).ok()).flatten() else {
            return;
        };
        why.step(|| {
            Why::new("term_holiday", "term", &self.rules.clause)
                .with("from", term.ends)
                .with("ends", next)
        });
        term.ends = next;
    }
}

/// A share of a length; a part of a unit counts whole.
fn share_of(count: i64, share_pct: u32) -> i64 {
    let parts = count.saturating_mul(i64::from(share_pct));
    parts / 100 + i64::from(parts % 100 > 0)
}
