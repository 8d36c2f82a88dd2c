//! What happened to cases, as the journal keeps it: read forward for a subscription.

use super::{Webhook, WebhookForm};
use crate::exec::cell::cells;
use crate::exec::{Read, Row};
use crate::{Result, Store};
use base::{CaseId, Instant};
use serde::Deserialize;
use std::collections::HashMap;

/// Entries looked through at once; most are of cases and events nobody asked for.
const LOOKED_THROUGH: i64 = 500;

/// Something that happened to a case. It carries no personal data: neither the form nor who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// The entry of the journal; the same however often it is told.
    pub entry: i64,
    /// Its place in the journal.
    pub(crate) place: (i64, i64),
    /// The journal's word.
    pub event: String,
    /// The action, deadline or child it is about.
    pub subject: String,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its process.
    pub process: String,
    /// Code of the unit it is at.
    pub org: String,
    /// Where it stood behind the command; where it stands now for entries read apart from it.
    pub state: String,
    /// Moves of its tracks.
    pub moves: Vec<(String, String)>,
    /// Whether it was entered late.
    pub late: bool,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// What of an entry's body is told.
#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    moves: Vec<(String, String)>,
    #[serde(default)]
    late: bool,
    after: Option<After>,
}

#[derive(Deserialize)]
struct After {
    state: String,
}

/// What was read for a subscription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ahead {
    /// What it is told, in order.
    pub(crate) told: Vec<Happened>,
    /// How far was looked; nothing up to there is left out.
    pub(crate) through: Option<(i64, i64)>,
    /// Whether more may lie behind.
    pub(crate) more: bool,
}

const COLUMNS: &str = "j.txid, j.position, j.id, j.event, j.subject, j.aggregate_id, \
    j.occurred_at, j.recorded_at, j.body, c.number, c.process, c.main_state, c.org_path, o.code";

fn read(mut row: Row) -> Result<(Happened, String, Option<String>)> {
    let place = (row.int()?, row.int()?);
    let (entry, event, subject) = (row.int()?, row.text()?, row.text()?);
    let case = CaseId(row.int()?);
    let (occurred_at, recorded_at) = (row.instant()?, row.instant()?);
    let body: Body = row.json()?;
    let (number, process, state) = (row.text()?, row.text()?, row.text()?);
    let (path, org) = (row.text()?, row.text()?);
    let Body { moves, late, after } = body;
    let happened = Happened {
        entry,
        place,
        event,
        subject,
        case,
        number,
        process,
        org,
        state,
        moves,
        late,
        occurred_at,
        recorded_at,
    };
    Ok((happened, path, after.map(|after| after.state)))
}

/// Events about a deadline.
const OF_DEADLINES: [&str; 4] = ["warned", "breached", "escalated", "breach_annulled"];

/// Whether a subscription asked for it.
fn asked(form: &WebhookForm, happened: &Happened) -> bool {
    let Happened { event, process, subject, .. } = happened;
    form.events.contains(event)
        && (form.processes.is_empty() || form.processes.contains(process))
        && (form.rules.is_empty()
            || !OF_DEADLINES.contains(&event.as_str())
            || form.rules.contains(&format!("{process}/{subject}")))
}

impl Store {
    /// What a subscription has not been told yet; at most 500 entries are looked through.
    pub(crate) async fn ahead(
        &self,
        webhook: &Webhook,
        from: (i64, i64),
        most: usize,
    ) -> Result<Ahead> {
        let watermark = self.exec().dialect().oldest_running();
        let below = self.exec().row(watermark, vec![]).await?;
        let below = below.map_or(Ok(0), |mut row| row.int())?;
        // Entries of other things move the mark too.
        let sql = "SELECT j.txid, j.position, j.aggregate FROM journal j \
                   WHERE (j.txid, j.position) > ($1, $2) AND j.txid < $3 \
                   ORDER BY j.txid, j.position LIMIT $4";
        let rows = self.exec().rows(sql, cells![from.0, from.1, below, LOOKED_THROUGH]).await?;
        let looked = rows.len();
        let mut places = Vec::with_capacity(looked);
        for mut row in rows {
            places.push(((row.int()?, row.int()?), row.text()? == "case"));
        }
        let Some((last, _)) = places.last().copied() else { return Ok(Ahead::default()) };
        let mut ahead = Ahead {
            told: vec![],
            through: Some(last),
            more: i64::try_from(looked).unwrap_or(i64::MAX) == LOOKED_THROUGH,
        };
        if places.iter().any(|(_, case)| *case) {
            ahead.told = self.cases_between(webhook, from, last).await?;
        }
        if ahead.told.len() > most {
            ahead.told.truncate(most);
            ahead.through = ahead.told.last().map(|one| one.place);
            ahead.more = true;
        }
        Ok(ahead)
    }

    pub(crate) async fn cases_between(
        &self,
        webhook: &Webhook,
        from: (i64, i64),
        through: (i64, i64),
    ) -> Result<Vec<Happened>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM journal j JOIN cases c ON c.id = j.aggregate_id \
             JOIN orgs o ON o.id = c.org WHERE j.aggregate = 'case' \
             AND (j.txid, j.position) > ($1, $2) AND (j.txid, j.position) <= ($3, $4) \
             ORDER BY j.txid DESC, j.position DESC"
        );
        let reads = vec![
            Read::new(sql, cells![from.0, from.1, through.0, through.1]),
            Read::new("SELECT path FROM orgs WHERE id = $1", cells![webhook.org]),
        ];
        let mut rows = self.exec().read(reads).await?;
        let own = rows.pop().and_then(|mut rows| rows.pop());
        let own = own.map_or(Ok(String::new()), |mut row| row.text())?;
        // Backwards: only the last entry of a command says where the case stood behind it.
        let mut stood: HashMap<CaseId, String> = HashMap::new();
        let mut told = Vec::new();
        for row in rows.pop().unwrap_or_default() {
            let (mut happened, path, after) = read(row)?;
            if let Some(after) = after {
                stood.insert(happened.case, after);
            }
            if let Some(state) = stood.get(&happened.case) {
                happened.state.clone_from(state);
            }
            if asked(&webhook.form, &happened) && path.starts_with(&own) {
                told.push(happened);
            }
        }
        told.reverse();
        Ok(told)
    }

    /// One entry again, for a subscription that was told of it.
    pub async fn happened(&self, webhook: &Webhook, entry: i64, case: CaseId) -> Result<Happened> {
        let sql = "SELECT txid, position, event FROM journal \
                   WHERE aggregate = 'case' AND aggregate_id = $1 AND id = $2";
        let gone = || crate::StoreError::NotFound("event");
        let row = self.exec().row(sql, cells![case, entry]).await?;
        let mut row = row.ok_or_else(gone)?;
        let (txid, position) = (row.int()?, row.int()?);
        // Whatever it asks for by now.
        let mut wide = webhook.clone();
        wide.form.processes.clear();
        wide.form.rules.clear();
        wide.form.events = [row.text()?].into();
        let found = self.cases_between(&wide, (txid, position - 1), (txid, position)).await?;
        found.into_iter().next().ok_or_else(gone)
    }
}
