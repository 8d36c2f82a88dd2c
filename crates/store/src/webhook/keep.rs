//! Making, changing, resting and ending a subscription: each on record with its unit.

use super::kind::word_of;
use super::{OVERLAP, Webhook, WebhookForm};
use crate::exec::cell::{cells, print};
use crate::exec::{Rollback, Write};
use crate::journal::{Aggregate, Chain, GENESIS, stored_hash};
use crate::keys::COMPANY_KEY;
use crate::{Result, Store, StoreError};
use base::{Instant, OrgId, PersonId};
use serde_json::{Value as Json, json};

/// What a sealed secret is bound to.
const SECRET: &str = "webhook";

/// Where it goes on after a rest.
const FROM_NOW: &str = "UPDATE webhooks SET state = 'on', why = NULL, tries = 0, \
    failing_since = NULL, held_entry = NULL, held_event = NULL, held_case = NULL, \
    held_number = NULL, due_at = $2, owner = $3, version = version + 1, through_txid = $5, \
    through_position = $6 WHERE id = $1 AND version = $4 AND state = 'resting'";

impl Store {
    /// Makes a subscription that is told of what happens from now on.
    pub async fn add_webhook(
        &self,
        org: OrgId,
        form: &WebhookForm,
        secret: &[u8],
        by: PersonId,
        now: Instant,
    ) -> Result<i64> {
        let id = self.new_id(now);
        let place = self.journal_end().await?;
        let sealed = self.key(COMPANY_KEY).await?.seal(secret, SECRET)?;
        let row = Write::one(
            "INSERT INTO webhooks (id, org, name, address, events, processes, secret, owner, \
             state, through_txid, through_position, due_at, made_at, kind, rules, lang) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'on', $9, $10, $11, $11, $12, $13, $14)",
            cells![
                id,
                org,
                &form.name,
                &form.address,
                print(&form.events)?,
                print(&form.processes)?,
                sealed,
                by,
                place.0,
                place.1,
                now,
                form.kind.word(),
                print(&form.rules)?,
                word_of(form.lang),
            ],
        );
        let body = json!({ "webhook": id, "form": said(form) });
        self.webhook_event("webhook_made", org, body, by, vec![row], now).await?;
        Ok(id)
    }

    /// Changes what was written of it, and the secret where another is given;
    /// [`StoreError::Stale`] when somebody was quicker. Its kind stays.
    pub async fn change_webhook(
        &self,
        webhook: &Webhook,
        form: &WebhookForm,
        secret: Option<&[u8]>,
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let key = self.key(COMPANY_KEY).await?;
        let sealed = secret.map(|secret| key.seal(secret, SECRET)).transpose()?;
        // A mended address is tried at once.
        let row = Write::one(
            "UPDATE webhooks SET name = $3, address = $4, events = $5, processes = $6, \
             due_at = $7, rules = $8, lang = $9, secret = COALESCE($10, secret), \
             version = version + 1 \
             WHERE id = $1 AND version = $2 AND state <> 'ended'",
            cells![
                webhook.id,
                webhook.version,
                &form.name,
                &form.address,
                print(&form.events)?,
                print(&form.processes)?,
                now,
                print(&form.rules)?,
                word_of(form.lang),
                sealed,
            ],
        );
        let body = json!({ "webhook": webhook.id, "form": said(form) });
        self.webhook_event("webhook_changed", webhook.org, body, by, vec![row], now).await
    }

    /// Gives it another secret; the one before signs beside it for a day.
    pub async fn rotate_webhook(
        &self,
        webhook: &Webhook,
        secret: &[u8],
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let sealed = self.key(COMPANY_KEY).await?.seal(secret, SECRET)?;
        let row = Write::one(
            "UPDATE webhooks SET old_secret = secret, old_until = $3, secret = $4, \
             version = version + 1 WHERE id = $1 AND version = $2 AND state <> 'ended'",
            cells![webhook.id, webhook.version, now.plus_seconds(OVERLAP), sealed],
        );
        let body = json!({ "webhook": webhook.id });
        self.webhook_event("webhook_rotated", webhook.org, body, by, vec![row], now).await
    }

    /// Lets it rest by hand.
    pub async fn rest_webhook(&self, webhook: &Webhook, by: PersonId, now: Instant) -> Result<()> {
        let row = Write::one(
            "UPDATE webhooks SET state = 'resting', why = 'by_hand', version = version + 1 \
             WHERE id = $1 AND version = $2 AND state = 'on'",
            cells![webhook.id, webhook.version],
        );
        let body = json!({ "webhook": webhook.id });
        self.webhook_event("webhook_rested", webhook.org, body, by, vec![row], now).await
    }

    /// Lets it go on: from where it stopped, or leaving out what happened meanwhile. Whoever says
    /// so looks after it from now on.
    pub async fn resume_webhook(
        &self,
        webhook: &Webhook,
        skip: bool,
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let mut params = cells![webhook.id, now, by, webhook.version];
        let row = if skip {
            let place = self.journal_end().await?;
            params.extend(cells![place.0, place.1]);
            Write::one(FROM_NOW, params)
        } else {
            let sql = FROM_NOW.replace(", through_txid = $5, through_position = $6", "");
            Write::one(sql, params)
        };
        let body = json!({ "webhook": webhook.id, "skip": skip });
        self.webhook_event("webhook_resumed", webhook.org, body, by, vec![row], now).await
    }

    /// Ends it for good; its secrets are forgotten.
    pub async fn end_webhook(&self, webhook: &Webhook, by: PersonId, now: Instant) -> Result<()> {
        let none: Vec<u8> = vec![];
        let row = Write::one(
            "UPDATE webhooks SET state = 'ended', secret = $3, old_secret = NULL, \
             old_until = NULL, version = version + 1 \
             WHERE id = $1 AND version = $2 AND state <> 'ended'",
            cells![webhook.id, webhook.version, none],
        );
        let body = json!({ "webhook": webhook.id });
        self.webhook_event("webhook_ended", webhook.org, body, by, vec![row], now).await
    }

    /// The secrets it is signed with now, the newest first.
    pub async fn webhook_secrets(&self, id: i64, now: Instant) -> Result<Vec<Vec<u8>>> {
        let sql = "SELECT secret, CASE WHEN old_until > $2 THEN old_secret END FROM webhooks \
                   WHERE id = $1 AND state <> 'ended'";
        let row = self.exec().row(sql, cells![id, now]).await?;
        let mut row = row.ok_or(StoreError::NotFound("webhook"))?;
        let sealed = [Some(row.bytes()?), row.opt_bytes()?];
        let key = self.key(COMPANY_KEY).await?;
        sealed.iter().flatten().map(|sealed| key.open(sealed, SECRET)).collect()
    }

    /// Nothing goes out by itself after a restore: what was told since the backup would be told
    /// again, and a copy of the installation must not tell what the installation tells.
    pub(crate) async fn hold_webhooks(&self) -> Result<()> {
        let sql = "UPDATE webhooks SET state = 'resting', why = 'restored', \
                   version = version + 1 WHERE state = 'on'";
        self.exec().write(vec![Write::any(sql, vec![])]).await?;
        Ok(())
    }

    /// The last place in the journal: what was committed up to now is not told. What runs beside
    /// it and began earlier counts as before.
    pub(crate) async fn journal_end(&self) -> Result<(i64, i64)> {
        let sql = "SELECT txid, position FROM journal ORDER BY txid DESC, position DESC LIMIT 1";
        let row = self.exec().row(sql, vec![]).await?;
        row.map_or(Ok((-1, -1)), |mut row| Ok((row.int()?, row.int()?)))
    }

    /// An entry in the journal of the subscription's unit, with what it stands for.
    pub(super) async fn webhook_event(
        &self,
        event: &str,
        org: OrgId,
        body: Json,
        by: PersonId,
        mut writes: Vec<Write>,
        now: Instant,
    ) -> Result<()> {
        let sql = "SELECT journal_seq, journal_head FROM orgs WHERE id = $1";
        let row = self.exec().row(sql, cells![org]).await?;
        let mut row = row.ok_or(StoreError::NotFound("org"))?;
        let seq = row.int()?;
        let head = row.opt_bytes()?.map_or(Ok(GENESIS), stored_hash)?;
        let mut chain = Chain::at(Aggregate::Org, org.0, seq, head);
        chain.push(self.plain_entry(event, Some(by), &body, now), now);
        let mut all = chain.writes();
        all.append(&mut writes);
        match self.exec().write(all).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Stale { current: seq + 1 }),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }
}

/// What the journal keeps of a form; the address may carry a key of the receiver's.
fn said(form: &WebhookForm) -> Json {
    let address = form.address.split(['?', '#']).next().unwrap_or_default();
    json!({
        "kind": form.kind.word(), "name": form.name, "address": address, "events": form.events,
        "processes": form.processes, "rules": form.rules, "lang": word_of(form.lang),
    })
}
