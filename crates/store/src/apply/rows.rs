//! The rows of a case: itself, deadlines, offers, lines, files.

use super::Decided;
use crate::accounts::Noted;
use crate::cases::status_word;
use crate::counter::CounterAct;
use crate::exec::cell::{cells, print};
use crate::exec::{Cell, Write, places};
use crate::journal::{Chain, NewEntry};
use crate::{Result, StoreError};
use base::{CaseId, FileId, Instant, OrgId, PersonId};
use engine::{CaseState, DeadlineStatus, Decision, Entry, Offer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The case being written.
pub(crate) struct Target<'a> {
    pub(crate) id: CaseId,
    pub(crate) version: i64,
    pub(crate) path: &'a str,
    pub(crate) case: &'a CaseState,
    pub(crate) now: Instant,
}

/// The body of a journal entry: what the engine said, and what the case was after the last entry
/// of the command.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(flatten)]
    pub(super) entry: &'a Entry,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<After>,
    /// What the command posts to the ledger.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) noted: Option<&'a Noted>,
    /// At which shared counter somebody did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) counter: Option<&'a CounterAct>,
}

/// The case behind a command, so that `verify` sees whether the row was changed beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct After {
    /// Its version.
    pub(crate) version: i64,
    /// Its main state.
    pub(crate) state: String,
    /// Hash over what the row holds, see [`row_hash`].
    pub(crate) hash: String,
    /// The organisation unit that owns it; entries from before cases could move do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) org: Option<OrgId>,
}

impl After {
    pub(super) fn of(target: &Target<'_>) -> Result<Self> {
        let case = target.case;
        let (tracks, data) = (print(&case.tracks)?, print(&case.data)?);
        let grants = print(&case.grants)?;
        let assignee = case.assignee.map(|person| person.0);
        let closed = case.closed_at.map(|at| at.0);
        Ok(Self {
            version: target.version,
            state: main_state(case)?,
            hash: row_hash(target.version, [&tracks, &data, &grants], assignee, closed),
            org: Some(case.org),
        })
    }
}

/// What a case holds on which nothing stands granted: as before there were grants.
const NOTHING: &str = "{}";

/// SHA-256 over the columns that only `apply` may change, hexadecimal. Tracks, data and grants are
/// the texts.
pub(crate) fn row_hash(
    version: i64,
    [tracks, data, grants]: [&str; 3],
    assignee: Option<i64>,
    closed: Option<i64>,
) -> String {
    let mut sha = Sha256::new();
    for number in [version, assignee.unwrap_or(0), closed.unwrap_or(0)] {
        sha.update(number.to_le_bytes());
    }
    for text in [tracks, data].into_iter().chain(Some(grants).filter(|text| *text != NOTHING)) {
        sha.update((text.len() as u64).to_le_bytes());
        sha.update(text.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&sha.finalize())
}

fn main_state(case: &CaseState) -> Result<String> {
    let main = case.tracks.get("main");
    main.map(|track| track.state.clone())
        .ok_or_else(|| StoreError::Invalid("a case has a main track".into()))
}

/// The case's row: inserted, or changed where it still stands as it was loaded.
pub(super) fn case_row(decided: &Decided, target: &Target<'_>, chain: &Chain) -> Result<Write> {
    let case = target.case;
    let open = || case.deadlines.iter().filter(|d| d.status.is_open());
    let due_at = open()
        .filter(|d| d.status == DeadlineStatus::Running && d.due_at != Instant::NEVER)
        .map(|d| d.due_at)
        .min();
    let late = open().any(|d| d.status == DeadlineStatus::Breached || d.breaches > 0);
    let mut params = cells![
        target.id,
        case.unit,
        case.customer,
        case.owner,
        case.assignee,
        main_state(case)?,
        &decided.state_kind,
        case.data.get("component").and_then(Json::as_str),
        target.version,
        case.closed_at,
        due_at,
        late,
        print(&case.tracks)?,
        print(&case.data)?,
        print(&case.doers)?,
        chain.seq,
        chain.hash,
        case.org,
        target.path,
        print(&case.heard)?,
        print(&case.grants)?,
        print(&case.acts)?,
        print(&case.counted)?,
    ];
    if let Some(at) = &decided.loaded {
        let customer = at.customer.map_or(0, |customer| customer.0);
        params.extend(cells![case.version, &at.main_state, at.seq, &case.release, customer]);
        return Ok(Write::one(
            "UPDATE cases SET unit = $2, customer = $3, owner = $4, assignee = $5, \
             main_state = $6, main_kind = $7, component = $8, version = $9, closed_at = $10, \
             due_at = $11, late = $12, tracks = $13, data = $14, doers = $15, journal_seq = $16, \
             journal_head = $17, org = $18, org_path = $19, heard = $20, \
             grants = $21, acts = $22, counted = $23, release = $27 \
             WHERE id = $1 AND version = $24 AND main_state = $25 AND journal_seq = $26 \
             AND COALESCE(customer, 0) = $28",
            params,
        ));
    }
    let number = case.number.as_deref().filter(|number| !number.is_empty());
    let number = number.ok_or_else(|| StoreError::Invalid("a new case needs a number".into()))?;
    params.extend(cells![
        number,
        &case.process,
        &decided.area,
        &case.release,
        case.parent,
        case.opener,
        case.opened_at,
        case.org,
    ]);
    Ok(Write::one(
        "INSERT INTO cases (id, unit, customer, owner, assignee, main_state, main_kind, \
         component, version, closed_at, due_at, late, tracks, data, doers, journal_seq, \
         journal_head, org, org_path, heard, grants, acts, counted, number, process, area, \
         release, parent, opener, opened_at, numbered_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
         $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, \
         $31)",
        params,
    ))
}

/// All deadlines of the case, with the instant at which each next wants time to pass.
pub(super) fn deadlines(
    target: &Target<'_>,
    mut new_id: impl FnMut() -> i64,
) -> Result<Vec<Write>> {
    let mut rows = Vec::with_capacity(target.case.deadlines.len());
    for d in &target.case.deadlines {
        rows.push(cells![
            d.id.map_or_else(&mut new_id, |id| id.0),
            target.id,
            &d.deadline,
            d.round,
            status_word(d.status),
            d.started_at,
            d.due_at,
            d.warn_at,
            d.warned,
            d.paused_at,
            d.breaches,
            d.ended_at,
            d.next_at(),
            print(&d.memory)?,
        ]);
    }
    Ok(Write::rows(
        "INSERT INTO deadlines (id, case_id, deadline, round, status, started_at, due_at, \
         warn_at, warned, paused_at, breaches, ended_at, fire_at, memory) VALUES",
        rows,
        "ON CONFLICT (case_id, deadline, round) DO UPDATE SET status = excluded.status, \
         started_at = excluded.started_at, due_at = excluded.due_at, warn_at = excluded.warn_at, \
         warned = excluded.warned, paused_at = excluded.paused_at, breaches = excluded.breaches, \
         ended_at = excluded.ended_at, fire_at = excluded.fire_at, memory = excluded.memory, \
         claimed_until = 0",
    ))
}

/// To-do rows instead of the earlier ones; of a closed case none, or a head of station would be
/// asked for ever to open each case again that was ever delivered.
pub(super) fn offers(decision: &Decision, target: &Target<'_>, had: bool) -> Result<Vec<Write>> {
    let mut writes = Vec::new();
    if had {
        writes.push(Write::any("DELETE FROM offers WHERE case_id = $1", cells![target.id]));
    }
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    let open = decision.offers.iter();
    let open = open.filter(|offer| offer.todo && target.case.closed_at.is_none());
    for offer in open {
        let blocked = offer.blocked.as_ref().map(print).transpose()?;
        let deadline = deadline_of(offer, target.case);
        let approved = print(&offer.approved)?;
        for (role, person) in recipients(offer, target.case) {
            if seen.insert((offer.action.as_str(), role, person)) {
                rows.push(cells![
                    target.id,
                    &offer.action,
                    role,
                    person,
                    target.path,
                    offer.due_at,
                    deadline,
                    &blocked,
                    offer.handed.as_ref().filter(|h| h.to.0 == person).map(|h| h.from),
                    &approved,
                ]);
            }
        }
    }
    writes.extend(Write::rows(
        "INSERT INTO offers (case_id, action, role, person, org_path, due_at, deadline, blocked, \
         handed_by, approved) VALUES",
        rows,
        "",
    ));
    Ok(writes)
}

/// Role and person of an offer's rows: exactly one of the two is given.
fn recipients<'a>(offer: &'a Offer, case: &CaseState) -> Vec<(&'a str, i64)> {
    if let Some(person) = offer.person {
        return vec![("", person.0)];
    }
    let handed = offer.handed.as_ref().map(|handed| ("", handed.to.0));
    let by = offer.by.iter().filter_map(|by| match by.as_str() {
        "@assignee" => case.assignee.map(|person| ("", person.0)),
        "@opener" => case.opener.map(|person| ("", person.0)),
        "@owner" => case.owner.map(|person| ("", person.0)),
        // The customer acts by a link, the system by itself: no to-do row of staff.
        other if other.starts_with('@') => None,
        role => Some((role, 0)),
    });
    handed.into_iter().chain(by).collect()
}

fn deadline_of<'a>(offer: &Offer, case: &'a CaseState) -> Option<&'a str> {
    let due = offer.due_at?;
    let open = |d: &&engine::DeadlineState| d.status.is_open() && d.due_at == due;
    case.deadlines.iter().find(open).map(|d| d.deadline.as_str())
}

/// Lines of estimates and settlements, for each field this command touched.
pub(super) fn lines(decision: &Decision, target: &Target<'_>, new: bool) -> Vec<Write> {
    let mut writes = Vec::new();
    let mut rows = Vec::new();
    for (field, value) in &target.case.data {
        let Some(list) = value.as_array() else { continue };
        let is_lines = list.iter().any(|line| line.get("quantity").is_some());
        let touched = new || decision.entries.iter().any(|e| e.form.contains_key(field));
        if !is_lines || !touched {
            continue;
        }
        if !new {
            writes.push(Write::any(
                "DELETE FROM case_lines WHERE case_id = $1 AND field = $2",
                cells![target.id, field],
            ));
        }
        let objects = list.iter().filter_map(Json::as_object);
        rows.extend((1_i64..).zip(objects).map(|(n, line)| line_row(target.id, field, n, line)));
    }
    writes.extend(Write::rows(
        "INSERT INTO case_lines (case_id, field, line, kind, item, title, component, quantity, \
         unit_price_fen, amount_fen, payer, declined, old_serial, new_serial) VALUES",
        rows,
        "",
    ));
    writes
}

fn line_row(case: CaseId, field: &str, number: i64, line: &Map<String, Json>) -> Vec<Cell> {
    let text = |key: &str| line.get(key).and_then(Json::as_str);
    let int = |key: &str| line.get(key).and_then(Json::as_i64).unwrap_or(0);
    cells![
        case,
        field,
        number,
        text("kind").unwrap_or("part"),
        text("item"),
        text("title"),
        text("component"),
        int("quantity"),
        int("unit_price"),
        int("amount"),
        text("payer"),
        line.get("declined").and_then(Json::as_bool).unwrap_or(false),
        text("old_serial"),
        text("new_serial"),
    ]
}

/// Files the forms name belong to the case from now on.
pub(super) fn files(decision: &Decision, target: &Target<'_>) -> Option<Write> {
    let mut ids = BTreeSet::new();
    for entry in &decision.entries {
        entry.form.values().for_each(|value| collect_files(value, &mut ids));
    }
    if ids.is_empty() {
        return None;
    }
    let sql = format!(
        "INSERT INTO file_uses (file, case_id) SELECT id, $1 FROM files WHERE id IN {} \
         ON CONFLICT DO NOTHING",
        places(2, ids.len())
    );
    let mut params = cells![target.id];
    params.extend(ids.into_iter().map(Cell::from));
    Some(Write::any(sql, params))
}

/// Customers its forms name beside its own; the latest answer of a field holds.
pub(super) fn parties(decided: &Decided, target: &Target<'_>) -> Vec<Write> {
    let row = |(field, customer): &(String, base::CustomerId)| cells![target.id, field, *customer];
    Write::rows(
        "INSERT INTO case_parties (case_id, field, customer) VALUES",
        decided.parties.iter().map(row).collect(),
        "ON CONFLICT (case_id, field) DO UPDATE SET customer = excluded.customer",
    )
}

fn collect_files(json: &Json, ids: &mut BTreeSet<FileId>) {
    match json {
        Json::String(text) => ids.extend(text.parse::<FileId>()),
        Json::Array(list) => list.iter().for_each(|item| collect_files(item, ids)),
        Json::Object(map) => map.values().for_each(|item| collect_files(item, ids)),
        _ => {}
    }
}

/// A note as a journal entry; its text is sealed.
pub(super) fn note(
    id: i64,
    (actor, counter): (PersonId, Option<&CounterAct>),
    text: Json,
    now: Instant,
) -> Result<NewEntry> {
    let entry = Entry {
        event: "noted".into(),
        subject: "note".into(),
        actor: Some(actor),
        on_behalf: None,
        occurred_at: now,
        late: false,
        moves: vec![],
        form: Map::from_iter([("note".to_owned(), text)]),
        why: vec![],
        reason: None,
        counted: vec![],
    };
    Ok(NewEntry {
        id,
        occurred_at: now,
        actor: Some(actor),
        event: entry.event.clone(),
        subject: entry.subject.clone(),
        body: print(&Body { entry: &entry, after: None, noted: None, counter })?,
    })
}
