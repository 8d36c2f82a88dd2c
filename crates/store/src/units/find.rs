//! Search: the exact number finds company-wide, the rest what my scope sold or served.

use super::{FIELDS, VISIBLE, read_fields};
use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::unit::UnitHit;
use crate::{Result, Scope, Store, customer};
use base::UnitId;
use std::collections::HashMap;

impl Store {
    /// Search. An exact frame, plate, card, serial or phone finds company-wide; last 4 or 6
    /// digits, name, pinyin and initials find what my scope sold or served.
    pub async fn find_units(&self, text: &str, scope: &Scope, limit: u32) -> Result<Vec<UnitHit>> {
        let found = self.found(text, scope).await?;
        if found.is_empty() {
            return Ok(vec![]);
        }
        let mut order: HashMap<(&str, i64), (usize, &str)> = HashMap::new();
        for (place, hit) in found.iter().enumerate() {
            order.entry((&hit.subject, hit.id)).or_insert((place, &hit.kind));
        }
        let of = |subject| -> Vec<Cell> {
            found.iter().filter(|hit| hit.subject == subject).map(|hit| hit.id.into()).collect()
        };
        let (units, owners) = (of("unit"), of("customer"));
        let mut filter = Vec::new();
        let mut params = cells![&scope.low, &scope.high];
        for (column, ids) in [("u.id", units), ("u.owner", owners)] {
            if !ids.is_empty() {
                filter.push(format!("{column} IN {}", places(params.len() + 1, ids.len())));
                params.extend(ids);
            }
        }
        let sql = format!(
            "SELECT u.id, {FIELDS}, o.name, CASE WHEN (u.org_path >= $1 AND u.org_path < $2) OR \
             EXISTS (SELECT 1 FROM search_tokens t WHERE t.subject = 'unit' AND t.id = u.id \
             AND t.path >= $1 AND t.path < $2) THEN 1 ELSE 0 END, {} \
             FROM units u LEFT JOIN orgs o ON o.id = u.org \
             LEFT JOIN customers c ON c.id = u.owner LEFT JOIN data_keys ck ON ck.id = c.key_id \
             WHERE ({}) AND {VISIBLE} ORDER BY u.id DESC LIMIT 400",
            customer::COLUMNS,
            filter.join(" OR ")
        );
        let mut hits = Vec::new();
        for mut row in self.exec().rows(sql, params).await? {
            let id = row.int()?;
            let fields = read_fields(&mut row)?;
            let (org_name, in_scope) = (row.opt_text()?, row.flag()?);
            let owner = self.read_customer(&mut row)?;
            let by_owner = owner.as_ref().and_then(|o| order.get(&("customer", o.id.0)));
            let best = order.get(&("unit", id)).into_iter().chain(by_owner).min();
            let (place, kind) = best.copied().unwrap_or((usize::MAX, "last"));
            let matched_by = kind.to_owned();
            let (id, void_card) = (UnitId(id), None);
            let hit = UnitHit { id, fields, org_name, owner, matched_by, in_scope, void_card };
            hits.push((place, hit));
        }
        hits.sort_by_key(|(place, _)| *place);
        hits.truncate(limit.clamp(1, 100) as usize);
        for (_, hit) in hits.iter_mut().filter(|(_, hit)| hit.matched_by == "card") {
            hit.void_card = self.void_card(hit.id, text).await?;
        }
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
    }
}
