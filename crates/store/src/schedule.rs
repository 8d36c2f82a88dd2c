//! Runs of schedules (定期任务): each once for a period and a subject.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Scope, Store};
use base::{CaseId, Instant, OrgId, PersonId, Text};
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
    pub subject: OrgId,
    /// When it was to run.
    pub planned_at: Instant,
    /// Who asked for it; `None`: the calendar.
    pub actor: Option<PersonId>,
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
    /// The run opened a case; it fails when it had opened one before.
    pub(crate) fn opened(&self, case: CaseId, id: i64, now: Instant) -> Write {
        Write::one(
            "INSERT INTO schedule_runs (id, schedule, period, subject, planned_at, ran_at, \
             status, case_id, actor) VALUES ($1, $2, $3, $4, $5, $6, 'opened', $7, $8) \
             ON CONFLICT (schedule, period, subject) DO UPDATE SET status = 'opened', \
             case_id = $7, ran_at = $6, actor = $8, again_at = NULL, code = NULL, zh = NULL, \
             en = NULL WHERE schedule_runs.status <> 'opened'",
            cells![
                id,
                &self.schedule,
                &self.period,
                self.subject,
                self.planned_at,
                now,
                case,
                self.actor,
            ],
        )
    }
}

const COLUMNS: &str = "r.schedule, r.period, r.subject, r.planned_at, r.actor, r.ran_at, \
    r.status, r.case_id, c.number, r.tries, r.again_at, r.code, r.zh, r.en, k.id, k.wrapped, \
    p.name";

const TABLES: &str = "schedule_runs r LEFT JOIN cases c ON c.id = r.case_id \
    LEFT JOIN people p ON p.id = r.actor LEFT JOIN data_keys k ON k.id = p.key_id";

impl Store {
    /// Up to which instant each schedule has run.
    pub async fn schedule_marks(&self) -> Result<BTreeMap<String, Instant>> {
        let sql = "SELECT schedule, through FROM schedule_marks";
        let read = |mut row: Row| Ok((row.text()?, row.instant()?));
        self.exec().rows(sql, vec![]).await?.into_iter().map(read).collect()
    }

    /// A schedule has run for all its subjects up to there; it never goes back.
    pub async fn mark_schedule(&self, schedule: &str, through: Instant) -> Result<()> {
        let sql = "INSERT INTO schedule_marks (schedule, through) VALUES ($1, $2) \
                   ON CONFLICT (schedule) DO UPDATE SET through = $2 \
                   WHERE schedule_marks.through < $2";
        self.exec().write(vec![Write::any(sql, cells![schedule, through])]).await?;
        Ok(())
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
             status, actor, tries, again_at, code, zh, en) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12) \
             ON CONFLICT (schedule, period, subject) DO UPDATE SET ran_at = $6, status = $7, \
             tries = schedule_runs.tries + 1, again_at = $9, code = $10, zh = $11, en = $12 \
             WHERE schedule_runs.status <> 'opened'";
        let params = cells![
            self.new_id(now),
            &run.schedule,
            &run.period,
            run.subject,
            run.planned_at,
            now,
            why.status,
            run.actor,
            why.again_at,
            &why.code,
            cut(&why.sentence.zh),
            cut(&why.sentence.en),
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
            "SELECT {COLUMNS} FROM {TABLES} JOIN orgs o ON o.id = r.subject \
             WHERE r.schedule = $1 AND o.path >= $2 AND o.path < $3 \
             ORDER BY r.id DESC LIMIT $4"
        );
        let params = cells![schedule, &scope.low, &scope.high, limit.clamp(1, 1000)];
        self.read_runs(sql, params).await
    }

    async fn read_runs(&self, sql: String, params: Vec<crate::exec::Cell>) -> Result<Vec<Run>> {
        let read = |mut row: Row| {
            let run = NewRun {
                schedule: row.text()?,
                period: row.text()?,
                subject: OrgId(row.int()?),
                planned_at: row.instant()?,
                actor: row.opt_int()?.map(PersonId),
            };
            let (ran_at, status) = (row.instant()?, row.text()?);
            let case = row.opt_int()?.map(CaseId).zip(row.opt_text()?);
            let (tries, again_at, code) = (row.int()?, row.opt_instant()?, row.opt_text()?);
            let sentence = row.opt_text()?.zip(row.opt_text()?);
            let sentence = sentence.map(|(zh, en)| Text::new(zh, en));
            let actor_name = self.read_name(&mut row)?;
            Ok(Run { run, ran_at, status, case, tries, again_at, code, sentence, actor_name })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// How the latest period of each schedule went, for the subjects in scope.
    pub async fn last_runs(&self, scope: &Scope) -> Result<BTreeMap<String, LastRun>> {
        let sql = "SELECT r.schedule, r.period, MAX(r.planned_at), MAX(r.ran_at), \
             SUM(CASE WHEN r.status = 'opened' THEN 1 ELSE 0 END), \
             SUM(CASE WHEN r.status = 'failed' THEN 1 ELSE 0 END), \
             SUM(CASE WHEN r.status = 'skipped' THEN 1 ELSE 0 END) \
             FROM schedule_runs r JOIN orgs o ON o.id = r.subject \
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
