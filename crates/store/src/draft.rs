//! Drafts of the rulebook (制度草稿): what differs from a release, who changed it and how it went.

use crate::exec::cell::{cells, parse};
use crate::exec::{Rollback, Row, Write};
use crate::journal::{Aggregate, Chain, stored_hash};
use crate::release::{StoredRelease, count, counted, release_back, release_row};
use crate::{Result, Store, StoreError};
use base::{Day, Instant, PersonId};
use serde_json::Value as Json;

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftState {
    /// Being edited (编辑中).
    Open,
    /// Submitted; somebody else reviews it (审核中).
    InReview,
    /// Reviewed; it may be published (已通过).
    Approved,
    /// It became a release (已发布).
    Published,
    /// Given up (已撤回).
    Withdrawn,
}

impl DraftState {
    const ALL: [Self; 5] =
        [Self::Open, Self::InReview, Self::Approved, Self::Published, Self::Withdrawn];

    /// The word it is stored and shown by.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn read(word: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|state| state.word() == word);
        known.ok_or_else(|| StoreError::Damaged(format!("`{word}` is no state of a draft")))
    }
}

/// A draft, without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Number.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub reason: String,
    /// How far it has come.
    pub state: DraftState,
    /// Hash of the release it was made of.
    pub base: String,
    /// Who began it.
    pub owner: PersonId,
    /// When it was begun.
    pub made_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// Rises by one with every change.
    pub version: i64,
    /// Hash of the release it became.
    pub release: Option<String>,
}

/// A file that differs from the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Id of its pack.
    pub pack: String,
    /// Name within the pack.
    pub path: String,
    /// Its text; `None` where the draft takes it away.
    pub body: Option<String>,
}

/// What happened to a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftEvent {
    /// `created`, `edited`, `submitted`, `approved`, `returned`, …
    pub event: String,
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// What, as codes and sentences.
    pub body: Json,
}

/// A draft to be.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub reason: String,
    /// Hash of the release it is made of.
    pub base: String,
    /// Files that differ at once, as an import brings them.
    pub files: Vec<DraftFile>,
    /// What its journal begins with.
    pub event: (&'static str, Json),
}

/// What becomes of the files.
#[derive(Debug, Clone)]
pub enum Files {
    /// These are written; the others stay. Those named second are again as the base has them.
    Some(Vec<DraftFile>, Vec<(String, String)>),
    /// These are all that differ.
    All(Vec<DraftFile>),
}

/// What becomes of releases with a change of a draft, in the same transaction.
#[derive(Debug, Clone)]
pub enum Release {
    /// Nothing.
    Untouched,
    /// The draft becomes this release, if nothing was published since so many publications.
    Publish(Box<StoredRelease>, i64),
    /// The release it became is taken back; today it must not be in force yet.
    TakeBack(Day),
}

/// One change of a draft.
#[derive(Debug, Clone)]
pub struct DraftChange {
    /// The version it was made on.
    pub version: i64,
    /// How far it has come then.
    pub state: DraftState,
    /// The release it is made of then.
    pub base: String,
    /// Files.
    pub files: Files,
    /// Releases.
    pub release: Release,
    /// Event and body of the journal entry.
    pub event: (&'static str, Json),
}

const COLUMNS: &str =
    "id, title, reason, state, base, owner, made_at, changed_at, version, release_hash";

fn read_draft(mut row: Row) -> Result<DraftRow> {
    Ok(DraftRow {
        id: row.int()?,
        title: row.text()?,
        reason: row.text()?,
        state: DraftState::read(&row.text()?)?,
        base: row.text()?,
        owner: PersonId(row.int()?),
        made_at: row.instant()?,
        changed_at: row.instant()?,
        version: row.int()?,
        release: row.opt_text()?,
    })
}

fn file_rows(id: i64, files: Vec<DraftFile>) -> Vec<Write> {
    let row = |file: DraftFile| cells![id, file.pack, file.path, file.body];
    Write::rows(
        "INSERT INTO draft_files (draft, pack, path, body) VALUES",
        files.into_iter().map(row).collect(),
        "ON CONFLICT (draft, pack, path) DO UPDATE SET body = excluded.body",
    )
}

impl Store {
    /// Begins a draft.
    pub async fn new_draft(
        &self,
        draft: NewDraft,
        owner: PersonId,
        now: Instant,
    ) -> Result<DraftRow> {
        let id = self.new_id(now);
        let mut chain = Chain::begin(Aggregate::Draft, id);
        let (event, body) = &draft.event;
        chain.push(self.plain_entry(event, Some(owner), body, now), now);
        let mut writes = vec![Write::one(
            "INSERT INTO drafts (id, title, reason, state, base, owner, made_at, changed_at, \
             version, journal_seq, journal_head) \
             VALUES ($1, $2, $3, 'open', $4, $5, $6, $6, 1, $7, $8)",
            cells![id, draft.title, draft.reason, draft.base, owner, now, chain.seq, chain.hash],
        )];
        writes.append(&mut chain.inserts());
        writes.append(&mut file_rows(id, draft.files));
        self.exec().write(writes).await?;
        self.draft(id).await
    }

    /// One draft.
    pub async fn draft(&self, id: i64) -> Result<DraftRow> {
        let sql = format!("SELECT {COLUMNS} FROM drafts WHERE id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        read_draft(row.ok_or(StoreError::NotFound("draft"))?)
    }

    /// The latest drafts, those that can still be changed first.
    pub async fn drafts(&self, limit: u32) -> Result<Vec<DraftRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM drafts ORDER BY CASE WHEN state IN ('published', 'withdrawn') \
             THEN 1 ELSE 0 END, id DESC LIMIT $1"
        );
        let rows = self.exec().rows(sql, cells![limit.clamp(1, 200)]).await?;
        rows.into_iter().map(read_draft).collect()
    }

    /// The files of a draft that differ from its base.
    pub async fn draft_files(&self, id: i64) -> Result<Vec<DraftFile>> {
        let sql = "SELECT pack, path, body FROM draft_files WHERE draft = $1 ORDER BY pack, path";
        let read = |mut row: Row| {
            Ok(DraftFile { pack: row.text()?, path: row.text()?, body: row.opt_text()? })
        };
        self.exec().rows(sql, cells![id]).await?.into_iter().map(read).collect()
    }

    /// What happened to a draft, the earliest first.
    pub async fn draft_events(&self, id: i64) -> Result<Vec<DraftEvent>> {
        let sql = "SELECT event, actor, recorded_at, body FROM journal \
                   WHERE aggregate = 'draft' AND aggregate_id = $1 ORDER BY seq";
        let read = |mut row: Row| {
            Ok(DraftEvent {
                event: row.text()?,
                person: PersonId(row.int()?),
                at: row.instant()?,
                body: parse(&row.text()?)?,
            })
        };
        self.exec().rows(sql, cells![id]).await?.into_iter().map(read).collect()
    }

    /// Changes a draft, all or nothing; somebody else's change meanwhile is [`StoreError::Stale`],
    /// a release published or taken back meanwhile [`StoreError::Taken`].
    pub async fn change_draft(
        &self,
        id: i64,
        change: DraftChange,
        person: PersonId,
        now: Instant,
    ) -> Result<DraftRow> {
        let sql = "SELECT version, journal_seq, journal_head, release_hash FROM drafts \
                   WHERE id = $1";
        let row = self.exec().row(sql, cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("draft"))?;
        let (current, seq, head) = (row.int()?, row.int()?, stored_hash(row.bytes()?)?);
        let became = row.opt_text()?;
        if current != change.version {
            return Err(StoreError::Stale { current });
        }
        let mut chain = Chain::at(Aggregate::Draft, id, seq, head);
        let (event, body) = &change.event;
        chain.push(self.plain_entry(event, Some(person), body, now), now);
        let mut writes = release_writes(&change.release, became.as_deref(), now);
        let guarded = writes.len();
        let release = match &change.release {
            Release::Untouched => became,
            Release::Publish(release, _) => Some(release.hash.clone()),
            Release::TakeBack(_) => None,
        };
        writes.push(Write::one(
            "UPDATE drafts SET version = version + 1, state = $2, base = $3, changed_at = $4, \
             release_hash = $5 WHERE id = $1 AND version = $6",
            cells![id, change.state.word(), change.base, now, release, change.version],
        ));
        writes.append(&mut chain.writes());
        writes.append(&mut changed_files(id, change.files));
        match self.exec().write(writes).await {
            Err(Rollback::Guard(place)) if place < guarded => Err(StoreError::Taken("release")),
            Err(Rollback::Guard(_)) => {
                Err(StoreError::Stale { current: self.draft(id).await?.version })
            }
            done => {
                done?;
                self.draft(id).await
            }
        }
    }
}

fn release_writes(release: &Release, became: Option<&str>, now: Instant) -> Vec<Write> {
    match release {
        Release::Untouched => vec![],
        Release::Publish(release, seen) => vec![counted(*seen), release_row(release)],
        Release::TakeBack(today) => {
            vec![count(), release_back(became.unwrap_or_default(), *today, now)]
        }
    }
}

fn changed_files(id: i64, files: Files) -> Vec<Write> {
    match files {
        Files::Some(put, back) => {
            let gone = back.into_iter().map(|(pack, path)| {
                Write::any(
                    "DELETE FROM draft_files WHERE draft = $1 AND pack = $2 AND path = $3",
                    cells![id, pack, path],
                )
            });
            gone.chain(file_rows(id, put)).collect()
        }
        Files::All(all) => {
            let sql = "DELETE FROM draft_files WHERE draft = $1";
            std::iter::once(Write::any(sql, cells![id])).chain(file_rows(id, all)).collect()
        }
    }
}
