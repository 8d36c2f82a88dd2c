//! Replays of drafts (历史回放): one run a draft, its progress, its totals and what changes.

use crate::exec::cell::{cells, parse, print};
use crate::exec::{Row, Write};
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Instant, PersonId};
use engine::VerdictFacts;
use engine::warranty::Given;
use serde_json::Value as Json;

/// A run that has not been heard of for so long has ended with its server.
pub const SILENCE: i64 = 20_000_000;
/// Changes written in one transaction.
const CHUNK: usize = 500;

/// A replay as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayRow {
    /// The draft.
    pub draft: i64,
    /// Which run of it.
    pub run: i64,
    /// The rules that were tried, by their text.
    pub text_hash: String,
    /// On what terms: compared with what, from when to when.
    pub terms: Json,
    /// How far it looks.
    pub scope: Scope,
    /// Who started it.
    pub person: PersonId,
    /// When it began.
    pub started_at: Instant,
    /// When it was last heard of.
    pub beat_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// `running`, `done`, `cancelled`, `failed`, `interrupted`.
    pub state: String,
    /// What it is at: `waiting`, `reading`, `judging`, `writing`.
    pub phase: String,
    /// Verdicts dealt with in this phase.
    pub done: i64,
    /// Of so many.
    pub total: i64,
    /// The totals, once it is done.
    pub report: Option<Json>,
}

/// A replay to be.
#[derive(Debug, Clone)]
pub struct NewReplay<'a> {
    /// The draft.
    pub draft: i64,
    /// The rules that are tried, by their text.
    pub text_hash: &'a str,
    /// On what terms.
    pub terms: &'a Json,
    /// How far it looks.
    pub scope: &'a Scope,
    /// Who starts it.
    pub person: PersonId,
}

/// A verdict that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReplayChange {
    /// The verdict.
    pub verdict: i64,
    /// In which direction.
    pub turn: String,
    /// Component.
    pub part: String,
    /// What it costs the maker, fen; `None` where that is not known.
    pub cost_fen: Option<i64>,
    /// Model of the vehicle; empty where it is not known.
    pub model: String,
    /// Code of the station.
    pub station: String,
    /// Month, `2026-11`.
    pub month: String,
    /// What it was.
    pub was: Given<'static>,
    /// What the draft gives.
    pub becomes: Given<'static>,
}

/// A verdict that changes, with its case.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayChange {
    /// Its place in the list.
    pub place: i64,
    /// The change.
    pub change: NewReplayChange,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// When the verdict was given.
    pub judged_at: Instant,
}

/// Which changes are looked at; empty text for all.
#[derive(Debug, Clone, Default)]
pub struct ReplayFilter {
    /// Direction.
    pub turn: String,
    /// Component.
    pub part: Option<String>,
    /// Model; the empty one where it is not known.
    pub model: Option<String>,
    /// Code of the station.
    pub station: Option<String>,
    /// Month.
    pub month: Option<String>,
}

const COLUMNS: &str = "draft, run, text_hash, terms, low, high, own, person, started_at, beat_at, \
    ended_at, state, phase, done, total, report";

fn read_replay(mut row: Row) -> Result<ReplayRow> {
    Ok(ReplayRow {
        draft: row.int()?,
        run: row.int()?,
        text_hash: row.text()?,
        terms: parse(&row.text()?)?,
        scope: Scope { low: row.text()?, high: row.text()?, own: row.opt_int()?.map(PersonId) },
        person: PersonId(row.int()?),
        started_at: row.instant()?,
        beat_at: row.instant()?,
        ended_at: row.opt_instant()?,
        state: row.text()?,
        phase: row.text()?,
        done: row.int()?,
        total: row.int()?,
        report: row.opt_text()?.map(|text| parse(&text)).transpose()?,
    })
}

impl Store {
    /// The last replay of a draft.
    pub async fn replay(&self, draft: i64) -> Result<Option<ReplayRow>> {
        let sql = format!("SELECT {COLUMNS} FROM replays WHERE draft = $1");
        self.exec().row(sql, cells![draft]).await?.map(read_replay).transpose()
    }

    /// Begins a replay and forgets the one before; the run. [`StoreError::Taken`] while another one
    /// of that draft is running.
    pub async fn begin_replay(&self, new: &NewReplay<'_>, now: Instant) -> Result<i64> {
        let run = self.new_id(now);
        let silent = Instant(now.0.saturating_sub(SILENCE));
        let begin = "INSERT INTO replays (draft, run, text_hash, terms, low, high, own, person, \
             started_at, beat_at, state, phase, done, total) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'running', 'waiting', 0, 0) \
             ON CONFLICT (draft) DO UPDATE SET run = $2, text_hash = $3, terms = $4, low = $5, \
             high = $6, own = $7, person = $8, started_at = $9, beat_at = $9, ended_at = NULL, \
             state = 'running', phase = 'waiting', done = 0, total = 0, report = NULL \
             WHERE replays.state <> 'running' OR replays.beat_at < $10";
        let params = cells![
            new.draft,
            run,
            new.text_hash,
            print(new.terms)?,
            &new.scope.low,
            &new.scope.high,
            new.scope.own,
            new.person,
            now,
            silent,
        ];
        let forget = "DELETE FROM replay_changes WHERE draft = $1 AND run <> $2";
        let writes = vec![Write::one(begin, params), Write::any(forget, cells![new.draft, run])];
        match self.exec().write(writes).await {
            Ok(_) => Ok(run),
            Err(crate::exec::Rollback::Guard(_)) => Err(StoreError::Taken("replay")),
            Err(error) => Err(error.into()),
        }
    }

    /// A run is alive and has come so far; whether it shall go on.
    pub async fn beat_replay(
        &self,
        (draft, run): (i64, i64),
        phase: &str,
        (done, total): (i64, i64),
        now: Instant,
    ) -> Result<bool> {
        let sql = "UPDATE replays SET phase = $3, done = $4, total = $5, beat_at = $6 \
                   WHERE draft = $1 AND run = $2 AND state = 'running'";
        let write = Write::one(sql, cells![draft, run, phase, done, total, now]);
        self.still(write).await
    }

    /// A run ends in a state, with its totals; whether it was still running.
    pub async fn end_replay(
        &self,
        (draft, run): (i64, i64),
        state: &str,
        report: Option<&Json>,
        now: Instant,
    ) -> Result<bool> {
        let sql = "UPDATE replays SET state = $3, report = $4, ended_at = $5, beat_at = $5 \
                   WHERE draft = $1 AND run = $2 AND state = 'running'";
        let report = report.map(print).transpose()?;
        self.still(Write::one(sql, cells![draft, run, state, report, now])).await
    }

    async fn still(&self, write: Write) -> Result<bool> {
        match self.exec().write(vec![write]).await {
            Ok(_) => Ok(true),
            Err(crate::exec::Rollback::Guard(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes changes of a run, the first of them at this place.
    pub async fn put_replay_changes(
        &self,
        (draft, run): (i64, i64),
        first: i64,
        changes: &[NewReplayChange],
    ) -> Result<()> {
        let head = "INSERT INTO replay_changes (draft, run, place, verdict, turn, part, cost_fen, \
                    model, station, month, was, becomes) VALUES";
        let mut place = first;
        for chunk in changes.chunks(CHUNK) {
            let mut rows = Vec::with_capacity(chunk.len());
            for change in chunk {
                rows.push(cells![
                    draft,
                    run,
                    place,
                    change.verdict,
                    &change.turn,
                    &change.part,
                    change.cost_fen,
                    &change.model,
                    &change.station,
                    &change.month,
                    print(&change.was)?,
                    print(&change.becomes)?,
                ]);
                place += 1;
            }
            self.exec().write(Write::rows(head, rows, "")).await?;
        }
        Ok(())
    }

    /// A page of what changes by a run, within scope, those behind `after`.
    pub async fn replay_changes(
        &self,
        (draft, run): (i64, i64),
        scope: &Scope,
        filter: &ReplayFilter,
        (after, limit): (i64, u32),
    ) -> Result<Vec<ReplayChange>> {
        let mut params = cells![
            draft,
            run,
            &scope.low,
            &scope.high,
            scope.own.map_or(0, |person| person.0),
            after,
            &filter.turn,
        ];
        let mut only = Vec::new();
        for (column, value) in [
            ("part", &filter.part),
            ("model", &filter.model),
            ("station", &filter.station),
            ("month", &filter.month),
        ] {
            if let Some(value) = value {
                params.push(value.into());
                only.push(format!(" AND r.{column} = ${}", params.len()));
            }
        }
        params.push(limit.into());
        let only = only.concat();
        let sql = format!(
            "{CHANGE} AND r.place > $6 AND ($7 = '' OR r.turn = $7){only} \
             ORDER BY r.place LIMIT ${}",
            params.len()
        );
        self.exec().rows(sql, params).await?.into_iter().map(read_change).collect()
    }

    /// One verdict that changes by a run, with its facts: `NotFound` outside the scope.
    pub async fn replay_change(
        &self,
        (draft, run): (i64, i64),
        scope: &Scope,
        verdict: i64,
    ) -> Result<(ReplayChange, Judged)> {
        let own = scope.own.map_or(0, |person| person.0);
        let sql = format!("{CHANGE} AND r.verdict = $6 LIMIT 1");
        let params = cells![draft, run, &scope.low, &scope.high, own, verdict];
        let row = self.exec().row(sql, params).await?;
        let change = read_change(row.ok_or(StoreError::NotFound("verdict"))?)?;
        let sql = "SELECT facts, release FROM verdicts WHERE id = $1";
        let row = self.exec().row(sql, cells![verdict]).await?;
        let mut row = row.ok_or(StoreError::NotFound("verdict"))?;
        let judged = Judged { facts: parse(&row.text()?)?, release: row.text()? };
        Ok((change, judged))
    }
}

/// On what a verdict was given, and by which release.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The facts.
    pub facts: VerdictFacts,
    /// Content hash of the release that judged.
    pub release: String,
}

const CHANGE: &str = "SELECT r.place, r.verdict, r.turn, r.part, r.cost_fen, r.model, r.station, \
    r.month, r.was, r.becomes, v.case_id, c.number, v.judged_at \
    FROM replay_changes r JOIN verdicts v ON v.id = r.verdict JOIN cases c ON c.id = v.case_id \
    WHERE r.draft = $1 AND r.run = $2 AND c.org_path >= $3 AND c.org_path < $4 \
    AND CAST($5 AS BIGINT) IN (0, COALESCE(c.assignee, 0), COALESCE(c.opener, 0), \
    COALESCE(c.owner, 0))";

fn read_change(mut row: Row) -> Result<ReplayChange> {
    Ok(ReplayChange {
        place: row.int()?,
        change: NewReplayChange {
            verdict: row.int()?,
            turn: row.text()?,
            part: row.text()?,
            cost_fen: row.opt_int()?,
            model: row.text()?,
            station: row.text()?,
            month: row.text()?,
            was: parse(&row.text()?)?,
            becomes: parse(&row.text()?)?,
        },
        case: CaseId(row.int()?),
        number: row.text()?,
        judged_at: row.instant()?,
    })
}
