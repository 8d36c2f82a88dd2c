//! A draft as shown: what it changes, what is wrong with it, how its review went.

use crate::api::me::ReleaseRef;
use crate::api::rulebook::ChangeRow;
use crate::app::App;
use crate::auth::Session;
use crate::drafts::{Working, own_packs};
use crate::problem::Answer;
use crate::view::{PersonRef, Words};
use base::{PersonId, Text};
use rulebook::diff::diff;
use rulebook::model::Permission;
use rulebook::{Compiled, Finding, Level};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::draft::{DraftEvent, DraftRow, DraftState};
use utoipa::ToSchema;

/// Most changes, findings and events shown at once.
pub const MOST: usize = 500;

/// A draft in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftListRow {
    pub id: String,
    pub title: String,
    pub reason: String,
    /// `open`, `in_review`, `approved`, `published`, `withdrawn`.
    pub state: &'static str,
    pub version: i64,
    pub base: ReleaseRef,
    /// Whether a release was published since that this draft does not hold yet.
    pub behind: bool,
    pub owner: PersonRef,
    pub made_at: String,
    pub changed_at: String,
    /// The release it became.
    pub release: Option<PublishedView>,
}

/// The release a draft became.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedView {
    pub release: ReleaseRef,
    /// In force from this day (将于…生效).
    pub effective: Option<String>,
    /// Whether its day has come.
    pub in_force: bool,
}

/// A draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Draft {
    #[serde(flatten)]
    pub row: DraftListRow,
    /// Its packs, parents first.
    pub packs: Vec<DraftPack>,
    /// What it changes against its base, item by item; empty while it has errors.
    pub changes: Vec<ChangeRow>,
    /// Everything found in it.
    pub findings: Vec<FindingView>,
    /// Whether it has no errors.
    pub clean: bool,
    /// Settings without a value.
    pub unsets: Vec<UnsetView>,
    /// What happened to it, the earliest first.
    pub review: Vec<DraftEventView>,
    /// Files that differ from the base.
    pub files: Vec<ChangedFile>,
    /// Whether publishing it would take the law away.
    pub drops_law: bool,
    /// The day it takes effect when nobody says another.
    pub effective_default: String,
    /// What the asker may do now: `edit`, `submit`, `approve`, `return`, `publish`, `withdraw`,
    /// `rebase`, `take_back`.
    pub can: Vec<&'static str>,
}

/// A pack of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftPack {
    pub id: String,
    pub title: Words,
    pub version: String,
    /// Whether the draft may write it.
    pub own: bool,
}

/// A finding where it can be mended.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingView {
    /// `error`, `note`.
    pub level: &'static str,
    pub code: &'static str,
    pub sentence: Words,
    /// Pack id and file within it: `ebike-maker/tables/coverage.csv`.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// The cell of a table it is about.
    pub cell: Option<CellAt>,
}

/// A cell of a table.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DraftCellAt)]
pub struct CellAt {
    pub pack: String,
    pub table: String,
    /// Id of the row; null for the header.
    pub row: Option<String>,
    /// The column; null when it is about the whole row.
    pub column: Option<String>,
}

/// A setting without a value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnsetView {
    pub id: String,
    pub title: Words,
    /// Whether nothing is published without it.
    pub required: bool,
    pub clauses: Vec<String>,
}

/// What happened to a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftEventView {
    /// `created`, `imported`, `edited`, `rebased`, `submitted`, `approved`, `returned`,
    /// `published`, `taken_back`, `withdrawn`.
    pub event: String,
    pub by: PersonRef,
    pub at: String,
    /// What a person gave as reason.
    pub reason: Option<String>,
    /// What changed, in sentences.
    pub sentences: Vec<Words>,
}

/// A file that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedFile {
    pub pack: String,
    pub path: String,
    /// `added`, `changed`, `removed`.
    pub change: &'static str,
}

/// What a change of a draft leaves: the draft's new version, everything found, all changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DraftSaved)]
pub struct Saved {
    pub version: i64,
    pub clean: bool,
    pub findings: Vec<FindingView>,
    pub changes: Vec<ChangeRow>,
    pub unsets: Vec<UnsetView>,
}

impl Saved {
    /// What a draft holds now.
    pub fn of(working: &Working, compiled: &Compiled) -> Self {
        Self {
            version: working.row.version,
            clean: !compiled.has_errors(),
            findings: findings(&working.sources, compiled),
            changes: changes(working, compiled),
            unsets: unsets(working, compiled),
        }
    }
}

/// What a draft changes against its base.
pub fn changes(working: &Working, compiled: &Compiled) -> Vec<ChangeRow> {
    let Some(release) = &compiled.release else { return vec![] };
    diff(&working.base, release).iter().take(MOST).map(ChangeRow::from).collect()
}

/// Settings without a value, of the draft or, while it has errors, of its base.
pub fn unsets(working: &Working, compiled: &Compiled) -> Vec<UnsetView> {
    let release = compiled.release.as_ref().unwrap_or(&working.base);
    let unset = release.parameters.values().filter(|parameter| parameter.value.is_none());
    unset
        .map(|parameter| UnsetView {
            id: parameter.id.clone(),
            title: (&parameter.title).into(),
            required: parameter.required,
            clauses: parameter.clause.clone(),
        })
        .collect()
}

/// Findings with the cells they are about, errors first.
pub fn findings(sources: &[rulebook::PackSource], compiled: &Compiled) -> Vec<FindingView> {
    let mut tables: BTreeMap<String, super::located::Lines> = BTreeMap::new();
    let mut all: Vec<&Finding> = compiled.findings.iter().collect();
    all.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let view = |finding: &Finding| FindingView {
        level: if finding.level == Level::Error { "error" } else { "note" },
        code: finding.code,
        sentence: (&finding.sentence).into(),
        file: finding.at.file.clone(),
        line: finding.at.line,
        cell: super::located::cell(sources, finding, &mut tables),
    };
    all.into_iter().take(MOST).map(view).collect()
}

impl DraftListRow {
    /// Drafts with the names of their owners.
    pub async fn all(app: &App, rows: Vec<DraftRow>) -> Answer<Vec<Self>> {
        let ids: Vec<PersonId> = rows.iter().map(|row| row.owner).collect();
        let names = names(app, &ids).await?;
        rows.into_iter().map(|row| Self::of(app, row, &names)).collect()
    }

    fn of(app: &App, row: DraftRow, names: &Names) -> Answer<Self> {
        let base = app.releases().pinned(&row.base)?;
        let latest = app.releases().latest();
        let over = [DraftState::Published, DraftState::Withdrawn].contains(&row.state);
        let release = row.release.as_deref().map(|hash| app.releases().pinned(hash)).transpose()?;
        let today = app.today();
        Ok(Self {
            id: row.id.to_string(),
            title: row.title,
            reason: row.reason,
            state: row.state.word(),
            version: row.version,
            behind: !over && latest.is_some_and(|latest| latest.hash != row.base),
            base: ReleaseRef::of(&base),
            owner: names.of(row.owner),
            made_at: row.made_at.to_string(),
            changed_at: row.changed_at.to_string(),
            release: release.map(|release| PublishedView {
                release: ReleaseRef::of(&release),
                effective: release.effective.map(|day| day.to_string()),
                in_force: release.effective.is_none_or(|day| day <= today),
            }),
        })
    }
}

impl Draft {
    /// A draft with all about it.
    pub async fn of(app: &App, session: &Session, working: &Working) -> Answer<Self> {
        let compiled = working.compiled(app).await?;
        let events = app.store().draft_events(working.row.id).await?;
        let mut ids: Vec<PersonId> = events.iter().map(|event| event.person).collect();
        ids.push(working.row.owner);
        let names = names(app, &ids).await?;
        let row = DraftListRow::of(app, working.row.clone(), &names)?;
        let can = can(session, working, &row, &events);
        let own = own_packs(&working.sources);
        let packs = compiled.release.as_ref().unwrap_or(&working.base).packs.iter();
        Ok(Self {
            packs: packs
                .map(|pack| DraftPack {
                    own: own.contains(&pack.id.as_str()),
                    id: pack.id.clone(),
                    title: (&pack.title).into(),
                    version: pack.version.clone(),
                })
                .collect(),
            changes: changes(working, &compiled),
            findings: findings(&working.sources, &compiled),
            clean: !compiled.has_errors(),
            unsets: unsets(working, &compiled),
            review: events.iter().take(MOST).map(|event| event_view(event, &names)).collect(),
            files: changed_files(working),
            drops_law: crate::drafts::drops_law(&working.base.sources, &working.sources),
            effective_default: crate::drafts::effective(&working.sources, app.today()).to_string(),
            can,
            row,
        })
    }
}

fn event_view(event: &DraftEvent, names: &Names) -> DraftEventView {
    let text = |value: &Json| serde_json::from_value::<Text>(value.clone()).ok();
    let sentences = event.body["sentences"].as_array();
    DraftEventView {
        event: event.event.clone(),
        by: names.of(event.person),
        at: event.at.to_string(),
        reason: event.body["reason"].as_str().map(str::to_owned),
        sentences: sentences.into_iter().flatten().filter_map(text).map(Words::from).collect(),
    }
}

fn changed_files(working: &Working) -> Vec<ChangedFile> {
    let base = |pack: &str, path: &str| {
        let mut packs = working.base.sources.iter();
        packs.any(|known| known.dir == pack && known.files.contains_key(path))
    };
    let change = |file: &store::draft::DraftFile| match (&file.body, base(&file.pack, &file.path)) {
        (None, _) => "removed",
        (Some(_), true) => "changed",
        (Some(_), false) => "added",
    };
    let view = |file: &store::draft::DraftFile| ChangedFile {
        pack: file.pack.clone(),
        path: file.path.clone(),
        change: change(file),
    };
    working.files.iter().map(view).collect()
}

/// What somebody may do with a draft as it stands; the server refuses the rest.
fn can(
    session: &Session,
    working: &Working,
    row: &DraftListRow,
    events: &[DraftEvent],
) -> Vec<&'static str> {
    let (edit, approve, publish) = (
        session.may(Permission::RulebookEdit),
        session.may(Permission::RulebookApprove),
        session.may(Permission::RulebookPublish),
    );
    let stranger = !super::review::has_hand_in(events, session.id());
    let state = working.row.state;
    let to_come = row.release.as_ref().is_some_and(|release| !release.in_force);
    let all = [
        ("edit", edit && state == DraftState::Open),
        ("submit", edit && state == DraftState::Open && !working.files.is_empty()),
        ("approve", approve && stranger && state == DraftState::InReview),
        ("return", approve && [DraftState::InReview, DraftState::Approved].contains(&state)),
        ("publish", publish && state == DraftState::Approved && !row.behind),
        ("rebase", edit && row.behind && state == DraftState::Open),
        ("withdraw", edit && ![DraftState::Published, DraftState::Withdrawn].contains(&state)),
        ("take_back", publish && to_come),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(what, _)| what).collect()
}

/// Names of people by id.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<PersonId, String>);

impl Names {
    fn of(&self, id: PersonId) -> PersonRef {
        PersonRef::new(id, self.0.get(&id).map_or("", String::as_str))
    }
}

async fn names(app: &App, ids: &[PersonId]) -> Answer<Names> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let people = app.store().people_named(&ids).await?;
    let named = people.into_iter().map(|p| (p.id, p.name.reveal().to_owned()));
    Ok(Names(named.collect()))
}
