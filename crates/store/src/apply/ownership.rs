//! What changes hands with a vehicle (过户、换卡): its owner and its card, with what was before.

use super::register::{Values, text};
use super::rows::Target;
use crate::customer::token_writes;
use crate::exec::cell::cells;
use crate::exec::{Read, Write};
use crate::journal::{Aggregate, Chain, stored_hash};
use crate::search::Tokens;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Day, PersonId, UnitId};
use serde_json::json;

/// What a vehicle bears before the change.
pub(super) struct Before {
    pub(super) owner: Option<CustomerId>,
    pub(super) card_no: Option<String>,
    since: Option<Day>,
    /// Where it is found by last digits.
    paths: Vec<String>,
}

/// A customer or vehicle is found by last digits from now on where the case belongs.
pub(super) fn found_here(subject: &str, id: i64, target: &Target<'_>) -> Write {
    Write::any(
        "INSERT INTO search_tokens (token, kind, subject, id, path) \
         SELECT DISTINCT token, kind, subject, id, $3 FROM search_tokens \
         WHERE subject = $1 AND id = $2 ORDER BY token, kind, subject, id \
         ON CONFLICT DO NOTHING",
        cells![subject, id, target.path],
    )
}

impl Store {
    pub(super) async fn before(&self, unit: UnitId) -> Result<(Chain, Before)> {
        let head = "SELECT u.journal_seq, u.journal_head, u.owner, u.card_no, \
                    COALESCE((SELECT MAX(o.to_day) FROM unit_owners o WHERE o.unit = u.id), \
                    u.sold_on) FROM units u WHERE u.id = $1";
        let paths = "SELECT DISTINCT path FROM search_tokens WHERE subject = 'unit' AND id = $1";
        let reads = vec![Read::new(head, cells![unit]), Read::new(paths, cells![unit])];
        let mut rows = self.exec().read(reads).await?.into_iter();
        let mut head = rows.next().and_then(|mut rows| rows.pop());
        let head = head.as_mut().ok_or(StoreError::NotFound("unit"))?;
        let (seq, hash) = (head.int()?, stored_hash(head.bytes()?)?);
        let paths = rows.next().unwrap_or_default().into_iter().map(|mut row| row.text());
        let before = Before {
            owner: head.opt_int()?.map(CustomerId),
            card_no: head.opt_text()?,
            since: head.opt_day()?,
            paths: paths.collect::<Result<_>>()?,
        };
        Ok((Chain::at(Aggregate::Unit, unit.0, seq, hash), before))
    }

    /// The vehicle goes to another customer: who had it is kept, the old card is void. Guarded by
    /// the owner it was decided on.
    pub(super) async fn owner_changes(
        &self,
        unit: UnitId,
        values: &Values,
        target: &Target<'_>,
        (actor, today): (Option<PersonId>, Day),
    ) -> Result<Vec<Write>> {
        let customer = |key| text(values, key).and_then(|id| id.parse::<CustomerId>().ok());
        let to = customer("to").ok_or_else(|| StoreError::Invalid("nobody to own it".into()))?;
        let (mut chain, before) = self.before(unit).await?;
        if before.owner != customer("from") {
            return Err(StoreError::Moved);
        }
        let card = text(values, "card_no");
        self.card_free(unit, card).await?;
        let body = json!({
            "from": before.owner, "to": to, "case": target.id,
            "card_before": before.card_no, "card": card,
        });
        let entry = self.plain_entry("owner_changed", actor, &body, target.now);
        chain.push(entry, target.now);
        let mut writes = chain.writes();
        writes.push(Write::one(
            "UPDATE units SET owner = $2 WHERE id = $1 AND COALESCE(owner, 0) = $3",
            cells![unit, to, before.owner.map_or(0, |owner| owner.0)],
        ));
        writes.push(self.left(unit, &before, target, today));
        writes.extend(self.card_writes(unit, card, &before, target, ("transfer", today)));
        // Whoever buys here is found here by last digits from now on.
        writes.push(found_here("customer", to.0, target));
        Ok(writes)
    }

    /// Who had the vehicle until today is kept.
    pub(super) fn left(
        &self,
        unit: UnitId,
        before: &Before,
        target: &Target<'_>,
        today: Day,
    ) -> Write {
        let id = self.new_id(target.now);
        Write::one(
            "INSERT INTO unit_owners (id, unit, owner, from_day, to_day, case_id) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            cells![id, unit, before.owner, before.since, today, target.id],
        )
    }

    /// The vehicle gets a new card in the place of one that is lost or damaged (补卡).
    pub(super) async fn card_changes(
        &self,
        unit: UnitId,
        values: &Values,
        target: &Target<'_>,
        (actor, today): (Option<PersonId>, Day),
    ) -> Result<Vec<Write>> {
        let card = text(values, "card_no");
        let why = text(values, "why").filter(|why| *why == "damaged").unwrap_or("lost");
        self.card_free(unit, card).await?;
        let (mut chain, before) = self.before(unit).await?;
        let body = json!({
            "case": target.id, "card_before": before.card_no, "card": card, "why": why,
        });
        chain.push(self.plain_entry("card_changed", actor, &body, target.now), target.now);
        let mut writes = chain.writes();
        writes.extend(self.card_writes(unit, card, &before, target, (why, today)));
        Ok(writes)
    }

    /// One vehicle, one card: a number that another vehicle bears, or that is void, is refused.
    async fn card_free(&self, unit: UnitId, card: Option<&str>) -> Result<()> {
        let Some(card) = card else { return Ok(()) };
        let sql = "SELECT 1 FROM units WHERE card_no = $1 AND id <> $2 \
                   UNION ALL SELECT 1 FROM unit_cards WHERE card_no = $1 LIMIT 1";
        match self.exec().row(sql, cells![card, unit]).await? {
            Some(_) => Err(StoreError::Taken("card_no")),
            None => Ok(()),
        }
    }

    fn card_writes(
        &self,
        unit: UnitId,
        card: Option<&str>,
        before: &Before,
        target: &Target<'_>,
        (why, today): (&str, Day),
    ) -> Vec<Write> {
        let Some(card) = card else { return vec![] };
        let mut writes = vec![Write::one(
            "UPDATE units SET card_no = $2, card_state = 'ok' WHERE id = $1",
            cells![unit, card],
        )];
        if let Some(old) = before.card_no.as_deref().filter(|old| *old != card) {
            let id = self.new_id(target.now);
            writes.push(Write::one(
                "INSERT INTO unit_cards (id, unit, card_no, why, ended_on, case_id) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
                cells![id, unit, old, why, today, target.id],
            ));
        }
        let mut tokens = Tokens::default();
        tokens.number("card", card);
        for path in &before.paths {
            writes.extend(token_writes(tokens.rows(self.vault(), "unit", unit.0, path)));
        }
        writes
    }
}
