//! People taken on from a workbook: all of them in one transaction, or none.

use super::ImportRow;
use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::person::NewPerson;
use crate::{Result, Store};
use base::{Instant, PersonId};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

impl Store {
    /// Takes on the people of a staged import; the journal of the import names them.
    /// [`StoreError::Taken`] when somebody got one of their logins meanwhile.
    pub async fn apply_people(
        &self,
        id: i64,
        people: Vec<NewPerson>,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let mut ids = Vec::with_capacity(people.len());
        let mut adding = Vec::new();
        for person in people {
            let (id, writes) = self.adding(person, Some(actor), now)?;
            ids.push(id.to_string());
            adding.extend(writes);
        }
        let body = json!({ "kind": "people", "rows": ids.len(), "people": ids });
        self.apply_at_once(id, &body, adding, actor, now).await
    }

    /// The people an import took on, in the order of the sheet; none before it is applied.
    pub async fn people_of_import(&self, id: i64) -> Result<Vec<PersonId>> {
        let sql = "SELECT body FROM journal WHERE aggregate = 'import' AND aggregate_id = $1 \
                   AND event = 'applied'";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(vec![]) };
        let body: Json = row.json()?;
        let ids = body.get("people").and_then(Json::as_array).into_iter().flatten();
        let ids = ids.filter_map(|id| id.as_str()?.parse::<PersonId>().ok());
        Ok(ids.collect())
    }

    /// Which of these logins somebody has.
    pub async fn logins_taken(&self, logins: &[String]) -> Result<BTreeSet<String>> {
        let mut taken = BTreeSet::new();
        for chunk in logins.chunks(1_000) {
            let sql = format!("SELECT login FROM people WHERE login IN {}", places(1, chunk.len()));
            for mut row in self.exec().rows(sql, chunk.iter().map(Cell::from).collect()).await? {
                taken.insert(row.text()?);
            }
        }
        Ok(taken)
    }
}
