//! Runs of schedules (定期任务): each once for a period and a subject.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::units::VISIBLE;
use crate::{Result, Scope, Store};
use base::{CaseId, CustomerId, Day, Instant, OrgId, PersonId, Text, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// Longest sentence kept of what went wrong, in characters.
const MAX_SENTENCE: usize = 500;

/// The run of a schedule for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// The schedule.
    pub schedule: String,
    /// The period.
    pub period: String,
    /// The organisation unit that owns the case.
    pub org: OrgId,
    /// The vehicle it is for, with the age it came of; `None`: the organisation unit itself.
    pub unit: Option<(UnitId, String)>,
    /// When it was to run.
    pub planned_at: Instant,
    /// Who asked for it; `None`: the calendar.
    pub actor: Option<PersonId>,
}

/// A vehicle by its day of sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// The vehicle.
    pub unit: UnitId,
    /// Its owner.
    pub owner: Option<CustomerId>,
    /// The outlet that sold it.
    pub org: Option<OrgId>,
}

/// How far a schedule has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// For all its subjects, up to there.
    pub through: Instant,
    /// Of the run after that, the day of sale and the vehicle that were looked at last.
    pub place: Option<(Day, UnitId)>,
}

/// Why a run opened nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// `failed`, tried again at `again_at`; or `skipped`, for good.
    pub status: &'static str,
    /// The problem's code.
    pub code: String,
    /// What is wrong.
    pub sentence: Text,
    /// When it is tried again.
    pub again_at: Option<Instant>,
}

/// A run as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What was to run.
    pub run: NewRun,
    /// The frame number of the vehicle it was for.
    pub frame_no: Option<String>,
    /// When it ran last.
    pub ran_at: Instant,
    /// `opened`, `failed` or `skipped`.
    pub status: String,
    /// The case it opened, with its number.
    pub case: Option<(CaseId, String)>,
    /// How often it failed.
    pub tries: i64,
    /// When it is tried again.
    pub again_at: Option<Instant>,
    /// The problem's code.
    pub code: Option<String>,
    /// What went wrong.
    pub sentence: Option<Text>,
    /// Name of who asked for it.
    pub actor_name: Option<String>,
}

/// How the latest period of a schedule went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// The period.
    pub period: String,
    /// When it was to run.
    pub planned_at: Instant,
    /// When it ran last.
    pub ran_at: Instant,
    /// Cases opened.
    pub opened: i64,
    /// Runs that failed so far.
    pub failed: i64,
    /// Runs passed over.
    pub skipped: i64,
}

impl NewRun {
    /// Whom the period is run for once: the vehicle, or the organisation unit.
    fn subject(&self) -> i64 {
        self.unit.as_ref().map_or(self.org.0, |(unit, _)| unit.0)
    }

    fn vehicle(&self) -> (Option<UnitId>, Option<&str>) {
        self.unit.as_ref().map(|(unit, age)| (*unit, age.as_str())).unzip()
    }

    /// The run opened a case; it fails when it had opened one before.
    pub(crate) fn opened(&self, case: CaseId, id: i64, now: Instant) -> Write {
        Write::one(
            "INSERT INTO schedule_runs (id, schedule, period, subject, planned_at, ran_at, \
             status, case_id, actor, org, unit, age) \
             VALUES ($1, $2, $3, $4, $5, $6, 'opened', $7, $8, $9, $10, $11) \
             ON CONFLICT (schedule, period, subject) DO UPDATE SET status = 'opened', \
             case_id = $7, ran_at = $6, actor = $8, again_at = NULL, code = NULL, zh = NULL, \
             en = NULL WHERE schedule_runs.status <> 'opened'",
            cells![
                id,
                &self.schedule,
                &self.period,
                self.subject(),
                self.planned_at,
                now,
                case,
                self.actor,
                self.org,
                self.vehicle().0,
                self.vehicle().1,
            ],
        )
    }
}

const COLUMNS: &str = "r.schedule, r.period, r.org, r.unit, r.age, u.frame_no, \
    r.planned_at, r.actor, r.ran_at, \
    r.status, r.case_id, c.number, r.tries, r.again_at, r.code, r.zh, r.en, k.id, k.wrapped, \
    p.name";

const TABLES: &str = "schedule_runs r LEFT JOIN cases c ON c.id = r.case_id \
    LEFT JOIN units u ON u.id = r.unit \
    LEFT JOIN people p ON p.id = r.actor LEFT JOIN data_keys k ON k.id = p.key_id";

impl Store {
    /// Up to which instant each schedule has run.
    pub async fn schedule_marks(&self) -> Result<BTreeMap<String, Mark>> {
        let sql = "SELECT schedule, through, sold_on, unit FROM schedule_marks";
        let read = |mut row: Row| {
            let (schedule, through) = (row.text()?, row.instant()?);
            let (sold_on, unit) = (row.opt_day()?, UnitId(row.int()?));
            Ok((schedule, Mark { through, place: sold_on.map(|day| (day, unit)) }))
        };
        self.exec().rows(sql, vec![]).await?.into_iter().map(read).collect()
    }

    /// A schedule has run for all its subjects up to there; it never goes back.
    pub async fn mark_schedule(&self, schedule: &str, through: Instant) -> Result<()> {
        let sql = "INSERT INTO schedule_marks (schedule, through) VALUES ($1, $2) \
                   ON CONFLICT (schedule) DO UPDATE SET through = $2, sold_on = NULL, unit = 0 \
                   WHERE schedule_marks.through < $2";
        self.exec().write(vec![Write::any(sql, cells![schedule, through])]).await?;
        Ok(())
    }

    /// Of the run after `mark`, vehicles up to that place were looked at. What another node has
    /// marked further on stands.
    pub async fn mark_vehicle(&self, schedule: &str, mark: Mark) -> Result<()> {
        let Some((day, unit)) = mark.place else { return Ok(()) };
        let sql = "UPDATE schedule_marks SET sold_on = $3, unit = $4 \
                   WHERE schedule = $1 AND through = $2 AND (sold_on IS NULL OR sold_on < $3 \
                   OR (sold_on = $3 AND unit < $4))";
        let params = cells![schedule, mark.through, day, unit];
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }

    /// Registered vehicles sold on that day, behind one of them, for which the schedule has not
    /// run at that age.
    pub async fn sold_on(
        &self,
        schedule: &str,
        age: &str,
        day: Day,
        after: UnitId,
        limit: u32,
    ) -> Result<Vec<Sold>> {
        let sql = format!(
            "SELECT u.id, u.owner, u.org FROM units u \
             WHERE COALESCE(u.invoice_date, u.sold_on, u.registered_on) = $1 AND u.id > $2 \
             AND u.unverified = 0 AND {VISIBLE} AND NOT EXISTS (SELECT 1 FROM schedule_runs r \
             WHERE r.unit = u.id AND r.schedule = $3 AND r.age = $4) ORDER BY u.id LIMIT $5"
        );
        let params = cells![day, after, schedule, age, limit.clamp(1, 1000)];
        let read = |mut row: Row| {
            let unit = UnitId(row.int()?);
            let owner = row.opt_int()?.map(CustomerId);
            Ok(Sold { unit, owner, org: row.opt_int()?.map(OrgId) })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// One vehicle as [`Self::sold_on`] gives it.
    pub async fn sold(&self, unit: UnitId) -> Result<Option<Sold>> {
        let sql = "SELECT u.owner, u.org FROM units u WHERE u.id = $1";
        let Some(mut row) = self.exec().row(sql, cells![unit]).await? else { return Ok(None) };
        let owner = row.opt_int()?.map(CustomerId);
        Ok(Some(Sold { unit, owner, org: row.opt_int()?.map(OrgId) }))
    }

    /// A schedule that is no longer in force is forgotten: should it come back, it begins anew.
    pub async fn forget_schedule(&self, schedule: &str) -> Result<()> {
        let sql = "DELETE FROM schedule_marks WHERE schedule = $1";
        self.exec().write(vec![Write::any(sql, cells![schedule])]).await?;
        Ok(())
    }

    /// The subjects for which a period has been dealt with, whether it opened a case or not.
    pub async fn ran_for(&self, schedule: &str, period: &str) -> Result<BTreeSet<OrgId>> {
        let sql = "SELECT subject FROM schedule_runs WHERE schedule = $1 AND period = $2";
        let rows = self.exec().rows(sql, cells![schedule, period]).await?;
        rows.into_iter().map(|mut row| row.int().map(OrgId)).collect()
    }

    /// Writes down that a run opened nothing; one that has opened a case meanwhile stands.
    pub async fn run_failed(&self, run: &NewRun, why: &Failure, now: Instant) -> Result<()> {
        let cut = |text: &str| text.chars().take(MAX_SENTENCE).collect::<String>();
        let sql = "INSERT INTO schedule_runs (id, schedule, period, subject, planned_at, ran_at, \
             status, actor, tries, again_at, code, zh, en, org, unit, age) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12, $13, $14, $15) \
             ON CONFLICT (schedule, period, subject) DO UPDATE SET ran_at = $6, status = $7, \
             tries = schedule_runs.tries + 1, again_at = $9, code = $10, zh = $11, en = $12 \
             WHERE schedule_runs.status <> 'opened'";
        let params = cells![
            self.new_id(now),
            &run.schedule,
            &run.period,
            run.subject(),
            run.planned_at,
            now,
            why.status,
            run.actor,
            why.again_at,
            &why.code,
            cut(&why.sentence.zh),
            cut(&why.sentence.en),
            run.org,
            run.vehicle().0,
            run.vehicle().1,
        ];
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }

    /// Runs that failed and are due to be tried again.
    pub async fn runs_to_repeat(&self, limit: u32, now: Instant) -> Result<Vec<Run>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE r.again_at IS NOT NULL AND r.again_at <= $1 \
             ORDER BY r.again_at, r.id LIMIT $2"
        );
        self.read_runs(sql, cells![now, limit.clamp(1, 500)]).await
    }

    /// The runs of a schedule in scope, the latest first.
    pub async fn schedule_runs(
        &self,
        schedule: &str,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<Run>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} JOIN orgs o ON o.id = r.org \
             WHERE r.schedule = $1 AND o.path >= $2 AND o.path < $3 \
             ORDER BY r.id DESC LIMIT $4"
        );
        let params = cells![schedule, &scope.low, &scope.high, limit.clamp(1, 1000)];
        self.read_runs(sql, params).await
    }

    async fn read_runs(&self, sql: String, params: Vec<crate::exec::Cell>) -> Result<Vec<Run>> {
        let read = |mut row: Row| {
            let (schedule, period, org) = (row.text()?, row.text()?, OrgId(row.int()?));
            let unit = row.opt_int()?.map(UnitId).zip(row.opt_text()?);
            let frame_no = row.opt_text()?;
            let (planned_at, actor) = (row.instant()?, row.opt_int()?.map(PersonId));
            let run = NewRun { schedule, period, org, unit, planned_at, actor };
            let (ran_at, status) = (row.instant()?, row.text()?);
            let case = row.opt_int()?.map(CaseId).zip(row.opt_text()?);
            let (tries, again_at, code) = (row.int()?, row.opt_instant()?, row.opt_text()?);
            let sentence = row.opt_text()?.zip(row.opt_text()?);
            let sentence = sentence.map(|(zh, en)| Text::new(zh, en));
            let actor_name = self.read_name(&mut row)?;
            Ok(Run {
                run,
                frame_no,
                ran_at,
                status,
                case,
                tries,
                again_at,
                code,
                sentence,
                actor_name,
            })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// How the latest period of each schedule went, for the subjects in scope.
    pub async fn last_runs(&self, scope: &Scope) -> Result<BTreeMap<String, LastRun>> {
        let sql = "SELECT r.schedule, r.period, MAX(r.planned_at), MAX(r.ran_at), \
             SUM(CASE WHEN r.status = 'opened' THEN 1 ELSE 0 END), \
             SUM(CASE WHEN r.status = 'failed' THEN 1 ELSE 0 END), \
             SUM(CASE WHEN r.status = 'skipped' THEN 1 ELSE 0 END) \
             FROM schedule_runs r JOIN orgs o ON o.id = r.org \
             JOIN (SELECT schedule, MAX(planned_at) AS latest FROM schedule_runs \
             GROUP BY schedule) l ON l.schedule = r.schedule AND l.latest = r.planned_at \
             WHERE o.path >= $1 AND o.path < $2 GROUP BY r.schedule, r.period LIMIT 1000";
        let read = |mut row: Row| {
            let schedule = row.text()?;
            let last = LastRun {
                period: row.text()?,
                planned_at: row.instant()?,
                ran_at: row.instant()?,
                opened: row.int()?,
                failed: row.int()?,
                skipped: row.int()?,
            };
            Ok((schedule, last))
        };
        let rows = self.exec().rows(sql, cells![&scope.low, &scope.high]).await?;
        rows.into_iter().map(read).collect()
    }
}
