//! One case with its deadlines, as the engine reads it.

use crate::exec::cell::cells;
use crate::exec::{Read, Row};
use crate::journal::stored_hash;
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, CustomerId, DeadlineId, OrgId, PersonId, UnitId};
use engine::{CaseState, DeadlineState, DeadlineStatus};

/// A case and where its journal stands.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedCase {
    /// The state, deadlines included.
    pub state: CaseState,
    /// Where it stands; goes back into [`crate::Decided::loaded`].
    pub at: LoadedAt,
    /// Number of the parent, for the page.
    pub parent_number: Option<String>,
}

/// Where a case stood when it was loaded: what `apply` guards by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedAt {
    /// Path of the owning unit, also for permission checks.
    pub org_path: String,
    pub(crate) main_state: String,
    pub(crate) seq: i64,
    pub(crate) hash: [u8; 32],
    pub(crate) unit: Option<UnitId>,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) org: OrgId,
}

/// The least that names a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// Process.
    pub process: String,
    /// The release it runs under.
    pub release: String,
    /// Full name of the main state.
    pub state: String,
    /// The owning unit.
    pub org: OrgId,
}

const COLUMNS: &str = "c.id, c.number, c.process, c.release, c.org, c.version, c.opened_at, \
    c.opener, c.owner, c.assignee, c.unit, c.customer, c.parent, c.tracks, c.data, c.doers, \
    c.heard, c.grants, c.acts, c.counted, c.closed_at, c.org_path, c.main_state, \
    c.journal_seq, c.journal_head, p.number";

/// The stored word of a deadline's status.
pub(crate) const fn status_word(status: DeadlineStatus) -> &'static str {
    match status {
        DeadlineStatus::Pending => "pending",
        DeadlineStatus::Running => "running",
        DeadlineStatus::Paused => "paused",
        DeadlineStatus::Breached => "breached",
        DeadlineStatus::Met => "met",
        DeadlineStatus::Early => "early",
        DeadlineStatus::Late => "late",
        DeadlineStatus::Dropped => "dropped",
    }
}

fn read_status(word: &str) -> Result<DeadlineStatus> {
    Ok(match word {
        "pending" => DeadlineStatus::Pending,
        "running" => DeadlineStatus::Running,
        "paused" => DeadlineStatus::Paused,
        "breached" => DeadlineStatus::Breached,
        "met" => DeadlineStatus::Met,
        "early" => DeadlineStatus::Early,
        "late" => DeadlineStatus::Late,
        "dropped" => DeadlineStatus::Dropped,
        other => return Err(StoreError::Damaged(format!("`{other}` is no deadline status"))),
    })
}

fn read_deadline(mut row: Row) -> Result<DeadlineState> {
    Ok(DeadlineState {
        id: Some(DeadlineId(row.int()?)),
        deadline: row.text()?,
        round: row.count()?,
        status: read_status(&row.text()?)?,
        started_at: row.instant()?,
        due_at: row.instant()?,
        warn_at: row.opt_instant()?,
        warned: row.count()?,
        paused_at: row.opt_instant()?,
        breaches: row.count()?,
        ended_at: row.opt_instant()?,
        memory: row.json()?,
    })
}

fn read_case(mut row: Row, deadlines: Vec<DeadlineState>) -> Result<LoadedCase> {
    let state = CaseState {
        id: Some(CaseId(row.int()?)),
        number: Some(row.text()?),
        process: row.text()?,
        release: row.text()?,
        org: OrgId(row.int()?),
        version: row.int()?,
        opened_at: row.instant()?,
        opener: row.opt_int()?.map(PersonId),
        owner: row.opt_int()?.map(PersonId),
        assignee: row.opt_int()?.map(PersonId),
        unit: row.opt_int()?.map(UnitId),
        customer: row.opt_int()?.map(CustomerId),
        parent: row.opt_int()?.map(CaseId),
        tracks: row.json()?,
        data: row.json()?,
        doers: row.json()?,
        heard: row.json()?,
        grants: row.json()?,
        acts: row.json()?,
        counted: row.json()?,
        closed_at: row.opt_instant()?,
        deadlines,
    };
    let at = LoadedAt {
        org_path: row.text()?,
        main_state: row.text()?,
        seq: row.int()?,
        hash: stored_hash(row.bytes()?)?,
        unit: state.unit,
        customer: state.customer,
        org: state.org,
    };
    Ok(LoadedCase { state, at, parent_number: row.opt_text()? })
}

impl Store {
    /// A case in scope; another is [`StoreError::NotFound`].
    pub async fn case(&self, id: CaseId, scope: &Scope) -> Result<LoadedCase> {
        let sql = format!(
            "SELECT {COLUMNS} FROM cases c LEFT JOIN cases p ON p.id = c.parent WHERE c.id = $1 \
             AND c.org_path >= $2 AND c.org_path < $3 \
             AND (CAST($4 AS BIGINT) = 0 OR c.assignee = $4 OR c.opener = $4 OR c.owner = $4)"
        );
        let own = scope.own.map_or(0, |person| person.0);
        let deadlines = "SELECT id, deadline, round, status, started_at, due_at, warn_at, warned, \
             paused_at, breaches, ended_at, memory FROM deadlines \
             WHERE case_id = $1 ORDER BY id";
        let mut rows = self
            .exec()
            .read(vec![
                Read::new(sql, cells![id, &scope.low, &scope.high, own]),
                Read::new(deadlines, cells![id]),
            ])
            .await?
            .into_iter();
        let row = rows.next().and_then(|mut r| r.pop()).ok_or(StoreError::NotFound("case"))?;
        let deadlines = rows.next().unwrap_or_default();
        read_case(row, deadlines.into_iter().map(read_deadline).collect::<Result<_>>()?)
    }

    /// The cases it opened.
    pub async fn children(&self, id: CaseId) -> Result<Vec<CaseHead>> {
        let sql = "SELECT id, number, process, release, main_state, org FROM cases \
                   WHERE parent = $1 ORDER BY id LIMIT 100";
        let read = |mut row: Row| {
            Ok(CaseHead {
                id: CaseId(row.int()?),
                number: row.text()?,
                process: row.text()?,
                release: row.text()?,
                state: format!("main.{}", row.text()?),
                org: OrgId(row.int()?),
            })
        };
        self.exec().rows(sql, cells![id]).await?.into_iter().map(read).collect()
    }
}
