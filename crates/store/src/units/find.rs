//! Search: the exact number finds company-wide, the rest what my scope sold or served.

use super::{FIELDS, VISIBLE, read_fields};
use crate::customer::Found;
use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::unit::UnitHit;
use crate::{Result, Scope, Store, customer};
use base::UnitId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most vehicles of the owners found that are ranked: the newest.
const MOST_OWNED: usize = 400;

/// A vehicle that may be meant: how telling what found it is (0 the most), and what that was.
type Candidate<'a> = (usize, Reverse<i64>, &'a str);

impl Store {
    /// Search. An exact frame, plate, card, serial or phone finds company-wide; last 4 or 6
    /// digits, name, pinyin and initials find what my scope sold or served.
    ///
    /// Four digits find hundreds in a large company: they are ranked by their numbers alone, and
    /// only as many as are shown are read and their owners opened.
    pub async fn find_units(&self, text: &str, scope: &Scope, limit: u32) -> Result<Vec<UnitHit>> {
        let limit = limit.clamp(1, 100) as usize;
        let found = self.found(text, scope).await?;
        let owned = self.owned_by(&found).await?;
        let mut hits = Vec::new();
        for some in ranked(&found, &owned).chunks(limit) {
            hits.extend(self.hits(some, scope).await?);
            if hits.len() >= limit {
                break;
            }
        }
        hits.truncate(limit);
        for hit in hits.iter_mut().filter(|hit| hit.matched_by == "card") {
            hit.void_card = self.void_card(hit.id, text).await?;
        }
        Ok(hits)
    }

    /// The vehicles of the customers found: vehicle and owner, the newest first.
    async fn owned_by(&self, found: &[Found]) -> Result<Vec<(i64, i64)>> {
        let owners = found.iter().filter(|hit| hit.subject == "customer");
        let owners: Vec<Cell> = owners.map(|hit| hit.id.into()).collect();
        if owners.is_empty() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT id, owner FROM units WHERE owner IN {} ORDER BY id DESC LIMIT {MOST_OWNED}",
            places(1, owners.len())
        );
        let rows = self.exec().rows(sql, owners).await?;
        rows.into_iter().map(|mut row| Ok((row.int()?, row.int()?))).collect()
    }

    /// These vehicles as they are shown, in this order, without those that are not there yet.
    async fn hits(&self, some: &[Candidate<'_>], scope: &Scope) -> Result<Vec<UnitHit>> {
        let mut params = cells![&scope.low, &scope.high];
        params.extend(some.iter().map(|(_, Reverse(id), _)| Cell::from(*id)));
        let sql = format!(
            "SELECT u.id, {FIELDS}, o.name, CASE WHEN (u.org_path >= $1 AND u.org_path < $2) OR \
             EXISTS (SELECT 1 FROM search_tokens t WHERE t.subject = 'unit' AND t.id = u.id \
             AND t.path >= $1 AND t.path < $2) THEN 1 ELSE 0 END, {} \
             FROM units u LEFT JOIN orgs o ON o.id = u.org \
             LEFT JOIN customers c ON c.id = u.owner LEFT JOIN data_keys ck ON ck.id = c.key_id \
             WHERE u.id IN {} AND {VISIBLE}",
            customer::COLUMNS,
            places(3, some.len())
        );
        let mut hits = BTreeMap::new();
        for mut row in self.exec().rows(sql, params).await? {
            let id = row.int()?;
            let fields = read_fields(&mut row)?;
            let (org_name, in_scope) = (row.opt_text()?, row.flag()?);
            let owner = self.read_customer(&mut row)?;
            let (matched_by, void_card) = (String::new(), None);
            let told = UnitId(id);
            hits.insert(
                id,
                UnitHit { id: told, fields, org_name, owner, matched_by, in_scope, void_card },
            );
        }
        let told = some.iter().filter_map(|(_, Reverse(id), kind)| {
            hits.remove(id).map(|hit| UnitHit { matched_by: (*kind).to_owned(), ..hit })
        });
        Ok(told.collect())
    }
}

/// Every vehicle found, the most telling first, of equals the newest.
fn ranked<'a>(found: &'a [Found], owned: &[(i64, i64)]) -> Vec<Candidate<'a>> {
    let mut best: BTreeMap<i64, (usize, &str)> = BTreeMap::new();
    let mut take = |unit: i64, place: usize, kind: &'a str| {
        let known = best.entry(unit).or_insert((place, kind));
        *known = (place, kind).min(*known);
    };
    for (place, hit) in found.iter().enumerate() {
        if hit.subject == "unit" {
            take(hit.id, place, &hit.kind);
        } else {
            let theirs = owned.iter().filter(|(_, owner)| *owner == hit.id);
            theirs.for_each(|(unit, _)| take(*unit, place, &hit.kind));
        }
    }
    let mut list: Vec<_> =
        best.into_iter().map(|(unit, (place, kind))| (place, Reverse(unit), kind)).collect();
    list.sort_unstable();
    list
}
