//! Subscriptions against the journal: no mark lies beyond its end, and nothing that was asked for
//! lies before a mark without having been taken, or skipped by a person.

use super::{Problems, VerifyReport};
use crate::exec::Row;
use crate::exec::cell::cells;
use crate::webhook::{KEPT, Webhook};
use crate::{Result, Scope, Store};
use serde::Deserialize;
use std::collections::HashSet;

/// Entries before a mark that are compared with what was told.
const LOOKED_BACK: i64 = 20_000;
/// Entries compared at a time.
const PART: i64 = 500;
/// Entries of a unit about its subscriptions that are looked through.
const MOST_OF_UNIT: i64 = 2_000;
/// Subscriptions looked at: more cannot be made.
const MOST: i64 = 100;

type Place = (i64, i64);

/// What the journal of a unit says of a subscription.
#[derive(Deserialize)]
struct Said {
    webhook: i64,
    #[serde(default)]
    skip: bool,
}

fn place(mut row: Row) -> Result<Place> {
    Ok((row.int()?, row.int()?))
}

impl Store {
    /// Every subscription that is not ended.
    pub(super) async fn check_webhooks(
        &self,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let sql = "SELECT id, through_txid, through_position FROM webhooks \
                   WHERE state <> 'ended' ORDER BY id LIMIT $1";
        let rows = self.exec().rows(sql, cells![MOST]).await?;
        // The journal only grows: its end is read after the marks.
        let end = self.journal_end().await?;
        for mut row in rows {
            let (id, mark) = (row.int()?, (row.int()?, row.int()?));
            // Ended meanwhile.
            let Ok(webhook) = self.webhook(id, &Scope::company()).await else { continue };
            report.subscriptions += 1;
            if mark > end {
                let name = &webhook.form.name;
                problems.add(
                    format!("推送“{name}”的位置 {mark:?} 超出日志末尾 {end:?}"),
                    format!(
                        "The mark {mark:?} of subscription `{name}` lies beyond the end of the \
                             journal {end:?}"
                    ),
                );
                continue;
            }
            self.check_told(&webhook, mark, problems).await?;
        }
        Ok(())
    }

    async fn check_told(
        &self,
        webhook: &Webhook,
        mark: Place,
        problems: &mut Problems,
    ) -> Result<()> {
        let sql = "SELECT entry FROM webhook_tries WHERE webhook = $1 AND entry IS NOT NULL \
                   AND state IN ('taken', 'skipped')";
        let rows = self.exec().rows(sql, cells![webhook.id]).await?;
        let told = rows.into_iter().map(|mut row| row.int()).collect::<Result<HashSet<i64>>>()?;
        let mut from = self.known_from(webhook, mark).await?;
        while from < mark {
            let sql = "SELECT txid, position FROM journal WHERE (txid, position) > ($1, $2) \
                       AND (txid, position) <= ($3, $4) ORDER BY txid, position LIMIT $5";
            let params = cells![from.0, from.1, mark.0, mark.1, PART];
            let Some(last) = self.exec().rows(sql, params).await?.pop() else { break };
            let through = place(last)?;
            for one in self.cases_between(webhook, from, through).await? {
                if !told.contains(&one.entry) {
                    let (name, entry, number) = (&webhook.form.name, one.entry, &one.number);
                    problems.add(
                        format!(
                            "推送“{name}”漏了 {number} 的事件 evt_{entry}：没有收下，也没有人跳过"
                        ),
                        format!(
                            "Subscription `{name}` left out evt_{entry} of {number}: it was \
                                 neither taken nor skipped"
                        ),
                    );
                }
            }
            from = through;
        }
        Ok(())
    }

    /// The place behind which everything that was told is still on record: since the subscription
    /// was made or changed or left something out, and since the oldest try that is kept.
    async fn known_from(&self, webhook: &Webhook, mark: Place) -> Result<Place> {
        let asked = self.asked_since(webhook).await?.unwrap_or(mark);
        let sql = "SELECT COUNT(*) FROM webhook_tries WHERE webhook = $1";
        let kept = self.exec().row(sql, cells![webhook.id]).await?;
        let kept = kept.map_or(Ok(0), |mut row| row.int())?;
        let tried = if kept < KEPT {
            asked
        } else {
            let sql = "SELECT j.txid, j.position FROM webhook_tries t JOIN journal j \
                       ON j.aggregate = 'case' AND j.aggregate_id = t.case_id AND j.id = t.entry \
                       WHERE t.webhook = $1 AND t.by_hand = 0 ORDER BY t.id LIMIT 1";
            let row = self.exec().row(sql, cells![webhook.id]).await?;
            row.map_or(Ok(mark), place)?
        };
        let sql = "SELECT txid, position FROM journal WHERE (txid, position) <= ($1, $2) \
                   ORDER BY txid DESC, position DESC LIMIT 1 OFFSET $3";
        let near = self.exec().row(sql, cells![mark.0, mark.1, LOOKED_BACK]).await?;
        let near = near.map_or(Ok(asked), place)?;
        Ok(asked.max(tried).max(near))
    }

    /// Where what it asks for was last said, or something was left out by a person.
    async fn asked_since(&self, webhook: &Webhook) -> Result<Option<Place>> {
        let sql = "SELECT txid, position, event, body FROM journal \
                   WHERE aggregate = 'org' AND aggregate_id = $1 \
                   AND event IN ('webhook_made', 'webhook_changed', 'webhook_resumed') \
                   ORDER BY seq DESC LIMIT $2";
        for mut row in self.exec().rows(sql, cells![webhook.org, MOST_OF_UNIT]).await? {
            let place = (row.int()?, row.int()?);
            let (event, said): (String, Said) = (row.text()?, row.json()?);
            if said.webhook == webhook.id && (event != "webhook_resumed" || said.skip) {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }
}
