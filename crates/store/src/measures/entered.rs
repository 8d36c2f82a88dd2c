//! What people entered for scorecards: rows that are added and never changed; the newest holds.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Scope, Store};
use base::{Day, Instant, OrgId, PersonId};
use serde_json::Value as Json;

/// What is entered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntered {
    /// The scorecard.
    pub card: String,
    /// Its entry.
    pub field: String,
    /// Who is scored.
    pub org: OrgId,
    /// First day of the period.
    pub starts: Day,
    /// Yes or no, or a number; null takes it back.
    pub value: Json,
    /// What it stands on: the paper, the file, the letter.
    pub evidence: String,
    /// Who entered it.
    pub actor: PersonId,
}

/// What was entered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    /// The entry of the scorecard.
    pub field: String,
    /// Yes or no, or a number.
    pub value: Json,
    /// What it stands on.
    pub evidence: String,
    /// Who entered it.
    pub actor: PersonId,
    /// When.
    pub made_at: Instant,
}

impl Store {
    /// Adds a row.
    pub async fn enter_score(&self, new: &NewEntered, now: Instant) -> Result<()> {
        let write = Write::one(
            "INSERT INTO score_entries (id, card, field, org, starts, value, evidence, actor, \
             made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            cells![
                self.new_id(now),
                &new.card,
                &new.field,
                new.org,
                new.starts,
                new.value.to_string(),
                &new.evidence,
                new.actor,
                now,
            ],
        );
        self.exec().write(vec![write]).await?;
        Ok(())
    }

    /// Everything entered for a subject and a period, the oldest first.
    pub async fn entered_scores(
        &self,
        card: &str,
        org: OrgId,
        starts: Day,
        scope: &Scope,
    ) -> Result<Vec<Entered>> {
        let sql = "SELECT e.field, e.value, e.evidence, e.actor, e.made_at FROM score_entries e \
                   JOIN orgs o ON o.id = e.org WHERE e.card = $1 AND e.org = $2 AND e.starts = $3 \
                   AND o.path >= $4 AND o.path < $5 ORDER BY e.id LIMIT 2000";
        let params = cells![card, org, starts, &scope.low, &scope.high];
        let read = |mut row: Row| {
            Ok(Entered {
                field: row.text()?,
                value: row.json()?,
                evidence: row.text()?,
                actor: PersonId(row.int()?),
                made_at: row.instant()?,
            })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }
}
