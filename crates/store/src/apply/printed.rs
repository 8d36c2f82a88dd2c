//! A print of a document: counted, frozen where no signature freezes it, and in the journal.

use super::rows::Body;
use crate::counter::CounterAct;
use crate::exec::cell::{cells, print};
use crate::exec::{Rollback, Write};
use crate::journal::{Aggregate, Chain, NewEntry};
use crate::{Result, Store, StoreError};
use base::{CaseId, DocumentId, Instant, PersonId};
use engine::Entry;
use serde_json::{Map, Value as Json, json};

/// How often a print is tried again when somebody writes to the same case.
const TRIES: usize = 5;

/// A document on its way to a printer.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// The document.
    pub document: DocumentId,
    /// Whose case it lies in.
    pub case: CaseId,
    /// Its key in the rulebook.
    pub key: &'a str,
    /// The paper it lies on, by its key.
    pub paper: &'a str,
    /// Why it is printed again (补打原因), where somebody says so.
    pub reason: Option<&'a str>,
    /// Whether it is frozen by being printed: no signature freezes it.
    pub freezes: bool,
}

impl Store {
    /// Counts a print and writes it into the journal of the case; says how many there are now. The
    /// case's version stays, so that nobody's open form gets stale.
    pub async fn print_document(
        &self,
        printing: Printing<'_>,
        by: (PersonId, Option<&CounterAct>),
        now: Instant,
    ) -> Result<i64> {
        let mut tries = 0;
        loop {
            let sql = "SELECT c.journal_seq, c.journal_head, d.printed FROM documents d \
                       JOIN cases c ON c.id = d.case_id WHERE d.id = $1";
            let row = self.exec().row(sql, cells![printing.document]).await?;
            let mut row = row.ok_or(StoreError::NotFound("document"))?;
            let (seq, hash) = (row.int()?, crate::journal::stored_hash(row.bytes()?)?);
            let before = row.int()?;
            let mut chain = Chain::at(Aggregate::Case, printing.case.0, seq, hash);
            chain.push(entry(self.new_id(now), &printing, before + 1, by, now)?, now);
            let mut writes = vec![Write::one(
                "UPDATE documents SET printed = printed + 1, printed_at = $3, status = \
                 CASE WHEN CAST($4 AS BIGINT) = 1 THEN 'frozen' ELSE status END \
                 WHERE id = $1 AND printed = $2",
                cells![printing.document, before, now, i64::from(printing.freezes)],
            )];
            writes.extend(chain.writes());
            match self.exec().write(writes).await {
                Err(Rollback::Guard(_)) if tries < TRIES => tries += 1,
                result => return result.map(|_| before + 1).map_err(Into::into),
            }
        }
    }
}

fn entry(
    id: i64,
    printing: &Printing<'_>,
    count: i64,
    (actor, counter): (PersonId, Option<&CounterAct>),
    now: Instant,
) -> Result<NewEntry> {
    let told: Map<String, Json> = Map::from_iter([
        ("print".to_owned(), json!(count)),
        ("paper".to_owned(), json!(printing.paper)),
    ]);
    let entry = Entry {
        event: "printed".into(),
        subject: printing.key.to_owned(),
        actor: Some(actor),
        on_behalf: None,
        occurred_at: now,
        late: false,
        moves: vec![],
        form: told,
        why: vec![],
        reason: printing.reason.map(str::to_owned),
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
