//! Schedules (定期任务): when a period has its run, and the command that opens its case. Pure: the
//! instants between which is asked come from outside.

use crate::command::{Actor, Command, LateEntry, Opening};
use crate::scope::{facts_record, org_record, params, to_data};
use base::calendar::UnknownYear;
use base::time::{Span, Zone, add_days, add_months, days_between};
use base::{Calendar, CustomerId, Day, Instant, OrgId, PersonId, UnitId, Word};
use jiff::civil::ISOWeekDate;
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::Schedule;
use rulebook::model::schedule::{Every, Shift, Weekday};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Longest way a day is moved to one that is worked: further than any holiday is long.
const MAX_SHIFT: i64 = 31;
/// Longest time looked back over; what lies further back is not made up for.
const MAX_BACK_DAYS: i64 = 3_660;
/// How far ahead the next run is looked for.
const MAX_AHEAD_DAYS: i64 = 800;
/// A run that comes later than this after its time is a late entry (补录) at that time.
pub const ON_TIME_SECONDS: i64 = 3_600;

/// The facts of a vehicle by which its age counts, the first that is known.
pub const SALE: &[&str] = &["invoice_date", "sold_on", "registered_on"];

/// One run of a schedule: a period and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// `2027-01`, `2027`, `2027-Q1`, `2027-W03`, `2027-01-05`.
    pub period: String,
    /// First day of the period.
    pub starts: Day,
    /// Last day of it.
    pub ends: Day,
    /// The day of the run, moved to one that is worked where the schedule says so.
    pub day: Day,
    /// The instant of the run.
    pub at: Instant,
}

/// What was found between two instants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In order of their time.
    pub runs: Vec<Occurrence>,
    /// The first period whose day is not known, as its calendar lacks that year: what follows it
    /// waits.
    pub unknown: Option<(String, UnknownYear)>,
}

/// A schedule with what its arithmetic stands on.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The schedule.
    pub schedule: &'a Schedule,
    /// The company's time zone.
    pub zone: &'a Zone,
    /// The calendar that the schedule names.
    pub calendar: Option<&'a Calendar>,
}

impl<'a> Plan<'a> {
    /// The plan of a schedule under these calendars.
    pub fn new(
        schedule: &'a Schedule,
        zone: &'a Zone,
        calendars: &'a BTreeMap<String, Calendar>,
    ) -> Self {
        let calendar = schedule.calendar.as_ref().and_then(|id| calendars.get(id));
        Self { schedule, zone, calendar }
    }

    /// The runs whose time lies after the one instant and not after the other.
    pub fn between(&self, after: Instant, until: Instant) -> Found {
        let last = self.zone.day(until);
        let back = add_days(last, -MAX_BACK_DAYS).unwrap_or(Day::MIN);
        let begin = add_days(self.zone.day(after), -MAX_SHIFT).unwrap_or(Day::MIN).max(back);
        let end = add_days(last, MAX_SHIFT).unwrap_or(Day::MAX);
        let mut found = Found::default();
        let mut at = Some(first_of(self.schedule.every, begin));
        while let Some(starts) = at.filter(|starts| *starts <= end) {
            match self.run_of(starts) {
                Ok(Some(run)) if after < run.at && run.at <= until => found.runs.push(run),
                Ok(_) => {}
                // Only a period that could lie in the time asked for is missed.
                Err(unknown) if starts <= last => {
                    found.unknown = Some((label(self.schedule.every, starts), unknown));
                    break;
                }
                Err(_) => break,
            }
            at = next(self.schedule.every, starts);
        }
        found.runs.sort_by_key(|run| (run.at, run.starts));
        found
    }

    /// The first run after an instant; nothing when none comes within two years.
    ///
    /// # Errors
    /// The year its calendar does not know.
    pub fn next_after(&self, after: Instant) -> Result<Option<Occurrence>, UnknownYear> {
        let from = self.schedule.from.map_or(after, |day| {
            let first = self.zone.minute_of(day, 0);
            Instant(after.0.max(first.0.saturating_sub(1)))
        });
        let begin = add_days(self.zone.day(from), -MAX_SHIFT).unwrap_or(Day::MIN);
        let end = add_days(begin, MAX_AHEAD_DAYS).unwrap_or(Day::MAX);
        let mut at = Some(first_of(self.schedule.every, begin));
        let mut best: Option<Occurrence> = None;
        while let Some(starts) = at.filter(|starts| *starts <= end) {
            let known = best.as_ref();
            if known.is_some_and(|run| days_between(run.day, starts) > MAX_SHIFT) {
                break;
            }
            match self.run_of(starts) {
                Ok(Some(run)) if run.at > after && known.is_none_or(|k| run.at < k.at) => {
                    best = Some(run);
                }
                Ok(_) => {}
                Err(unknown) if best.is_none() => return Err(unknown),
                Err(_) => break,
            }
            at = next(self.schedule.every, starts);
        }
        Ok(best)
    }

    /// The run of a period by its name; nothing when it is no period of this schedule.
    ///
    /// # Errors
    /// The year its calendar does not know.
    pub fn of_period(&self, period: &str) -> Result<Option<Occurrence>, UnknownYear> {
        match starts_of(self.schedule.every, period) {
            Some(starts) => self.run_of(starts),
            None => Ok(None),
        }
    }

    /// What the period is called that a day lies in; nothing before the schedule holds.
    pub fn period_of(&self, day: Day) -> Option<String> {
        let starts = first_of(self.schedule.every, day);
        let ends = next(self.schedule.every, starts)?;
        let holds = self.schedule.from.is_none_or(|from| from < ends);
        holds.then(|| label(self.schedule.every, starts))
    }

    /// The run of the period that starts on that day; none before the schedule holds, or where it
    /// skips a day that is not worked.
    fn run_of(&self, starts: Day) -> Result<Option<Occurrence>, UnknownYear> {
        let every = self.schedule.every;
        let Some(planned) = planned(self.schedule, starts) else { return Ok(None) };
        if self.schedule.from.is_some_and(|from| planned < from) {
            return Ok(None);
        }
        let Some(day) = self.shifted(planned)? else { return Ok(None) };
        let ends = next(every, starts).and_then(|next| next.yesterday().ok()).unwrap_or(Day::MAX);
        let minutes = self.schedule.time.unwrap_or_default().0;
        let at = self.zone.minute_of(day, minutes);
        Ok(Some(Occurrence { period: label(every, starts), starts, ends, day, at }))
    }

    fn shifted(&self, planned: Day) -> Result<Option<Day>, UnknownYear> {
        let (Some(shift), Some(calendar)) = (self.schedule.shift, self.calendar) else {
            return Ok(Some(planned));
        };
        let step = if shift == Shift::Previous { -1 } else { 1 };
        let mut day = planned;
        for _ in 0..MAX_SHIFT {
            if calendar.is_workday(day)? {
                return Ok(Some(day));
            }
            if shift == Shift::Skip {
                return Ok(None);
            }
            let Some(other) = add_days(day, step) else { break };
            day = other;
        }
        Ok(Some(planned))
    }
}

/// The day a period has its run on, before it is moved.
fn planned(schedule: &Schedule, starts: Day) -> Option<Day> {
    let month = |offset: i64| {
        let first = add_months(starts, offset)?;
        let day = schedule.day.as_ref().map_or(Some(1), |day| day.in_month(first.days_in_month()));
        first.with().day(day?).build().ok()
    };
    let nth = i64::from(schedule.month.unwrap_or(1)) - 1;
    match schedule.every {
        Every::Day => Some(starts),
        Every::Week => add_days(starts, schedule.weekday.map_or(0, Weekday::after_monday)),
        Every::Month => month(0),
        Every::Quarter => month(nth.clamp(0, 2)),
        Every::Year => month(nth.clamp(0, 11)),
    }
}

/// The first day of the period a day lies in.
fn first_of(every: Every, day: Day) -> Day {
    let first = |month: i8| Day::new(day.year(), month, 1).unwrap_or(day);
    match every {
        Every::Day => day,
        Every::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            add_days(day, -back).unwrap_or(day)
        }
        Every::Month => first(day.month()),
        Every::Quarter => first((day.month() - 1) / 3 * 3 + 1),
        Every::Year => first(1),
    }
}

/// The first day of the period that follows.
fn next(every: Every, starts: Day) -> Option<Day> {
    match every {
        Every::Day => add_days(starts, 1),
        Every::Week => add_days(starts, 7),
        Every::Month => add_months(starts, 1),
        Every::Quarter => add_months(starts, 3),
        Every::Year => add_months(starts, 12),
    }
    .filter(|next| *next > starts)
}

/// What a period is called.
fn label(every: Every, starts: Day) -> String {
    match every {
        Every::Day => starts.to_string(),
        Every::Week => {
            let week = starts.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Every::Month => format!("{:04}-{:02}", starts.year(), starts.month()),
        Every::Quarter => format!("{:04}-Q{}", starts.year(), (starts.month() - 1) / 3 + 1),
        Every::Year => format!("{:04}", starts.year()),
    }
}

/// The first day of a period by its name.
fn starts_of(every: Every, period: &str) -> Option<Day> {
    let year: i16 = period.get(..4)?.parse().ok()?;
    let rest = period.get(4..)?;
    let starts = match every {
        Every::Year => Day::new(year, 1, 1).ok()?,
        Every::Quarter => {
            let quarter: i8 = rest.strip_prefix("-Q")?.parse().ok()?;
            Day::new(year, quarter.checked_sub(1)?.checked_mul(3)?.checked_add(1)?, 1).ok()?
        }
        Every::Month => Day::new(year, rest.strip_prefix('-')?.parse().ok()?, 1).ok()?,
        Every::Week => {
            let week: i8 = rest.strip_prefix("-W")?.parse().ok()?;
            ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date()
        }
        Every::Day => period.parse().ok()?,
    };
    (label(every, starts) == period).then_some(starts)
}

/// For whom a run opens its case: an organisation unit, or a vehicle it looks after.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The organisation unit that owns the case.
    pub org: OrgId,
    /// What a rule may know of it.
    pub facts: &'a Map<String, Json>,
    /// The vehicle.
    pub vehicle: Option<Vehicle<'a>>,
}

/// A vehicle that came of an age.
#[derive(Debug, Clone, Copy)]
pub struct Vehicle<'a> {
    /// Its id.
    pub id: UnitId,
    /// Its owner.
    pub owner: Option<CustomerId>,
    /// The age.
    pub age: Span,
    /// What a rule may know of it.
    pub unit: Option<&'a Map<String, Json>>,
    /// What a rule may know of its owner.
    pub customer: Option<&'a Map<String, Json>>,
}

impl<'a> Subject<'a> {
    /// An organisation unit itself.
    pub const fn org(org: OrgId, facts: &'a Map<String, Json>) -> Self {
        Self { org, facts, vehicle: None }
    }
}

/// What is asked of a schedule for one subject.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The release in force.
    pub release: &'a Release,
    /// The schedule.
    pub schedule: &'a Schedule,
    /// The run.
    pub run: &'a Occurrence,
    /// The company's time zone.
    pub zone: &'a Zone,
    /// Now.
    pub now: Instant,
}

impl Asked<'_> {
    /// Whether the schedule is for that subject.
    pub fn is_for(&self, subject: Subject<'_>) -> bool {
        let filter = self.schedule.filter.as_ref();
        filter.is_none_or(|filter| filter.eval(&self.scope(subject)).is_true())
    }

    /// The command that opens the case; by hand where a person asks for it.
    pub fn command(&self, subject: Subject<'_>, by: Option<PersonId>) -> Command {
        let scope = self.scope(subject);
        let start = self.release.processes.get(&self.schedule.opens).map(|p| &p.start);
        let form = start.and_then(|start| self.release.forms.get(start.form.as_ref()?));
        let mut answers = Map::new();
        for (id, expr) in &self.schedule.form {
            let value = expr.eval(&scope);
            let field = form.and_then(|form| form.fields.iter().find(|field| field.id == *id));
            if !value.is_null() {
                answers.insert(id.clone(), to_data(&value, field));
            }
        }
        // What an outage held up happened at its time all the same: its clocks run from there.
        let late = self.now.seconds_since(self.run.at) > ON_TIME_SECONDS && by.is_none();
        let entry = || LateEntry {
            paper: format!("{} {}", self.schedule.id, self.run.period),
            reason: "系统停机后补开 / made up for after an outage".to_owned(),
            photos: Vec::new(),
        };
        Command {
            action: Some("open".to_owned()),
            opening: Some(Opening {
                process: self.schedule.opens.clone(),
                org: subject.org,
                unit: subject.vehicle.map(|vehicle| vehicle.id),
                customer: subject.vehicle.and_then(|vehicle| vehicle.owner),
                parent: None,
            }),
            form: answers,
            actor: Actor { person: by, ..Command::timer(self.now).actor },
            occurred_at: if late { self.run.at } else { self.now },
            late: late.then(entry),
            ..Command::timer(self.now)
        }
    }

    fn scope(&self, subject: Subject<'_>) -> BTreeMap<String, Value> {
        let vehicle = subject.vehicle;
        let text = |text: &str| Value::Text(Word::read(text));
        let age = vehicle.map_or(Value::Null, |vehicle| text(&vehicle.age.to_string()));
        let known = BTreeMap::from([
            ("id".to_owned(), text(&self.schedule.id)),
            ("period".to_owned(), text(&self.run.period)),
            ("starts".to_owned(), Value::Date(self.run.starts)),
            ("ends".to_owned(), Value::Date(self.run.ends)),
            ("day".to_owned(), Value::Date(self.run.day)),
            ("at".to_owned(), Value::Instant(self.run.at)),
            ("age".to_owned(), age),
        ]);
        let of = |name, facts: fn(Vehicle<'_>) -> Option<&Map<String, Json>>| {
            facts_record(name, vehicle.and_then(facts))
        };
        BTreeMap::from([
            ("schedule".to_owned(), Value::Record(known)),
            ("org".to_owned(), org_record(subject.facts)),
            ("unit".to_owned(), of("unit", |vehicle| vehicle.unit)),
            ("customer".to_owned(), of("customer", |vehicle| vehicle.customer)),
            ("params".to_owned(), params(self.release)),
            ("now".to_owned(), Value::Instant(self.now)),
            ("today".to_owned(), Value::Date(self.zone.day(self.now))),
        ])
    }
}
