//! Opening stock (期初库存): the accepted rows of an import are posted, all or none, and its journal
//! keeps what was posted.

use super::{Posted, path, writes};
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::import::ImportRow;
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId};
use engine::Posting;
use ledger::{Key, Path, Source};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Values in one list of a query.
const LIST: usize = 250;

impl Store {
    /// Posts what the accepted rows of a staged import bring; `fresh` are accounts that nobody
    /// posted to before. [`StoreError::Moved`] where somebody posted to the same accounts
    /// meanwhile, fresh ones as well: nothing is written, and the rows are to be judged anew.
    pub async fn post_import(
        &self,
        id: i64,
        postings: &[Posting],
        fresh: &BTreeSet<Path>,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let done = || StoreError::Invalid("this import is applied or discarded already".into());
        let (mut chain, state, _) = self.import_chain(id).await?;
        if state != "staged" {
            return Err(done());
        }
        let source = Source::Import(id);
        let posted = Posted { source, postings, actor: Some(actor), journaled: true };
        let plan = self.plan_postings(&[posted], now).await?;
        // An account that this plan opens is opened by nobody else: its row would miss.
        if !fresh.iter().all(|path| plan.opens(path)) {
            return Err(StoreError::Moved);
        }
        let mut body = json!({ "kind": "opening_stock" });
        if let (Some(noted), Some(body)) = (plan.noted(0), body.as_object_mut()) {
            let noted = serde_json::to_value(noted);
            let noted = noted.map_err(|error| StoreError::Invalid(error.to_string()))?;
            body.extend(noted.as_object().cloned().unwrap_or_default());
        }
        chain.push(self.plain_entry("posted", Some(actor), &body, now), now);
        let mut all = vec![Write::one(
            "UPDATE imports SET state = 'applied' WHERE id = $1 AND state = 'staged'",
            cells![id],
        )];
        all.extend(chain.writes());
        // Accepted rows stand in the books now; the others stay for the report of errors.
        all.push(Write::any(
            "DELETE FROM import_rows WHERE import_id = $1 AND verdict = 'accept'",
            cells![id],
        ));
        let ledger = all.len();
        all.extend(writes(&plan, self.exec().dialect())?);
        match self.exec().write(all).await {
            Err(Rollback::Guard(place)) if place >= ledger => return Err(StoreError::Moved),
            Err(Rollback::Guard(_)) => return Err(done()),
            written => written?,
        };
        self.import(id).await
    }

    /// Who holds these serials of these parts, as far as the books know them.
    pub async fn holders_of(&self, serials: &[(Key, Key)]) -> Result<BTreeMap<(Key, Key), Path>> {
        let mut found = BTreeMap::new();
        for chunk in serials.chunks(LIST) {
            let pairs: Vec<String> = (0..chunk.len()).map(|n| places(n * 2 + 1, 2)).collect();
            let sql = format!(
                "SELECT s.part, s.serial, a.path FROM ledger_serials s \
                 JOIN ledger_accounts a ON a.id = s.account \
                 WHERE (s.part, s.serial) IN (VALUES {})",
                pairs.join(", ")
            );
            let words = chunk.iter().flat_map(|(part, serial)| [part.as_str(), serial.as_str()]);
            for mut row in self.exec().rows(sql, words.map(Cell::from).collect()).await? {
                let pair = (super::key(&row.text()?)?, super::key(&row.text()?)?);
                found.insert(pair, path(&row.text()?)?);
            }
        }
        Ok(found)
    }

    /// Which of these accounts are there, closed ones as well.
    pub async fn accounts_there(&self, paths: &BTreeSet<Path>) -> Result<BTreeSet<Path>> {
        let all: Vec<&Path> = paths.iter().collect();
        let mut there = BTreeSet::new();
        for chunk in all.chunks(LIST) {
            let sql = format!(
                "SELECT path FROM ledger_accounts WHERE path IN {}",
                places(1, chunk.len())
            );
            let words = chunk.iter().map(|path| Cell::from(path.as_str())).collect();
            for mut row in self.exec().rows(sql, words).await? {
                there.insert(path(&row.text()?)?);
            }
        }
        Ok(there)
    }

    /// Which of these serials are fitted to a registered vehicle, with its frame number where it
    /// has one.
    pub async fn fitted_serials(&self, serials: &[String]) -> Result<BTreeMap<String, String>> {
        let mut found = BTreeMap::new();
        for chunk in serials.chunks(LIST) {
            let tokens: Vec<Vec<u8>> = chunk
                .iter()
                .flat_map(|serial| self.vault().tokens("serial", &crate::search::normalise(serial)))
                .collect();
            let sql = format!(
                "SELECT c.serial, COALESCE(u.frame_no, '') FROM unit_components c \
                 JOIN units u ON u.id = c.unit WHERE c.to_day IS NULL AND c.serial IS NOT NULL \
                 AND c.unit IN (SELECT t.id FROM search_tokens t WHERE t.subject = 'unit' \
                 AND t.token IN {})",
                places(1, tokens.len())
            );
            let wanted: BTreeMap<String, &String> =
                chunk.iter().map(|serial| (crate::search::normalise(serial), serial)).collect();
            let params = tokens.iter().map(|token| Cell::from(token.as_slice())).collect();
            for mut row in self.exec().rows(sql, params).await? {
                let serial = crate::search::normalise(&row.text()?);
                let frame = row.text()?;
                if let Some(asked) = wanted.get(&serial) {
                    found.insert((*asked).clone(), frame);
                }
            }
        }
        Ok(found)
    }
}
