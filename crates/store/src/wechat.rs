//! Who a customer is to the company's `WeChat` account (微信): linked by a word they scan, closed
//! under their key, found by a keyed hash.

use crate::counter::CounterAct;
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::keys::word as about;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId};
use data_encoding::BASE64URL_NOPAD;
use rulebook::model::form::Personal as Class;
use serde_json::json;

/// How long a word waits to be scanned, in seconds.
pub const WORD_SECONDS: i64 = 600;
/// Bytes of chance in a word.
const WORD: usize = 15;
/// Longest name the platform gives somebody.
const LONGEST: usize = 64;
/// Most customers one person may be: a family, a shop.
const MOST: i64 = 20;

/// A name of the platform as it is shown: `oABC***yz`.
pub fn masked(openid: &str) -> String {
    let signs: Vec<char> = openid.chars().collect();
    let head: String = signs.iter().take(4).collect();
    let tail: String =
        signs.iter().skip(4).rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    format!("{head}***{tail}")
}

impl Store {
    /// A word for a customer to scan; those before it work no more. An erased customer is
    /// [`StoreError::Moved`].
    pub async fn wechat_word(&self, id: CustomerId, now: Instant) -> Result<(String, Instant)> {
        let mut bytes = [0; WORD];
        getrandom::fill(&mut bytes).map_err(|e| StoreError::Sealed(e.to_string()))?;
        let word = BASE64URL_NOPAD.encode(&bytes);
        let expires = now.plus_seconds(WORD_SECONDS);
        let mac = self.vault().token("wechat word", &word);
        let there = "UPDATE customers SET wechat_at = wechat_at WHERE id = $1 \
                     AND erased_at IS NULL";
        let insert = "INSERT INTO wechat_words (mac, customer, expires_at) VALUES ($1, $2, $3)";
        let writes = vec![
            Write::any("DELETE FROM wechat_words WHERE expires_at <= $1", cells![now]),
            Write::any("DELETE FROM wechat_words WHERE customer = $1", cells![id]),
            Write::one(there, cells![id]),
            Write::one(insert, cells![mac, id, expires]),
        ];
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| (word, expires)).map_err(Into::into),
        }
    }

    /// Whoever scanned the word is that customer, on record. Nothing where the word works no more.
    pub async fn link_wechat(
        &self,
        word: &str,
        openid: &str,
        now: Instant,
    ) -> Result<Option<CustomerId>> {
        if openid.is_empty() || openid.len() > LONGEST {
            return Ok(None);
        }
        let macs = self.vault().tokens("wechat word", word);
        let sql = format!(
            "SELECT customer FROM wechat_words WHERE expires_at > $1 AND mac IN {}",
            places(2, macs.len())
        );
        let mut params = cells![now];
        params.extend(macs.into_iter().map(Cell::from));
        let Some(mut row) = self.exec().row(sql, params).await? else { return Ok(None) };
        let asked = CustomerId(row.int()?);
        let id = self.kept_customer(asked).await?;
        let (_, key) = self.case_key(Some(id)).await?;
        let sealed = key.seal(openid.as_bytes(), about(Class::Other))?;
        let mac = self.vault().token("wechat", openid);
        let mut chain = self.customer_chain(id).await?;
        chain.push(self.plain_entry("wechat_linked", None, &json!({}), now), now);
        let mut writes = chain.writes();
        writes.push(Write::one("DELETE FROM wechat_words WHERE customer = $1", cells![asked]));
        let sql = "UPDATE customers SET wechat = $2, wechat_mac = $3, wechat_at = $4 \
                   WHERE id = $1 AND erased_at IS NULL";
        writes.push(Write::one(sql, cells![id, sealed, mac, now]));
        match self.exec().write(writes).await {
            // Scanned twice at once, or erased meanwhile.
            Err(Rollback::Guard(_)) => Ok(None),
            done => done.map(|_| Some(id)).map_err(Into::into),
        }
    }

    /// A customer wants nothing by `WeChat` any more, as they told somebody; on record.
    pub async fn unlink_wechat(
        &self,
        id: CustomerId,
        (actor, counter): (PersonId, Option<&CounterAct>),
        now: Instant,
    ) -> Result<()> {
        let mut body = json!({});
        if let Some(counter) = counter {
            body["counter"] = json!(counter);
        }
        self.forget_wechat(id, Some(actor), &body, now).await
    }

    async fn forget_wechat(
        &self,
        id: CustomerId,
        actor: Option<PersonId>,
        body: &serde_json::Value,
        now: Instant,
    ) -> Result<()> {
        let mut chain = self.customer_chain(id).await?;
        chain.push(self.plain_entry("wechat_unlinked", actor, body, now), now);
        let mut writes = chain.writes();
        // Files that were merged into this one are the same person's.
        let sql = "UPDATE customers SET wechat = NULL, wechat_mac = NULL, wechat_at = NULL \
                   WHERE id = $1 OR merged_into = $1";
        writes.push(Write::any(sql, cells![id]));
        writes.push(Write::any("DELETE FROM wechat_words WHERE customer = $1", cells![id]));
        self.exec().write(writes).await?;
        Ok(())
    }

    /// Who this person of the platform is here.
    pub async fn customers_of_wechat(&self, openid: &str) -> Result<Vec<CustomerId>> {
        let macs = self.vault().tokens("wechat", openid);
        let sql = format!(
            "SELECT DISTINCT COALESCE(merged_into, id) FROM customers WHERE wechat_mac IN {} \
             AND erased_at IS NULL ORDER BY 1 DESC LIMIT $1",
            places(2, macs.len())
        );
        let mut params = cells![MOST];
        params.extend(macs.into_iter().map(Cell::from));
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| row.int().map(CustomerId)).collect()
    }

    /// They left the account (取消关注): nobody is reached there any more.
    pub async fn wechat_left(&self, openid: &str, now: Instant) -> Result<()> {
        for id in self.customers_of_wechat(openid).await? {
            self.forget_wechat(id, None, &json!({}), now).await?;
        }
        Ok(())
    }

    /// Who a customer is to the account, in clear, and since when: by their file, or by one that
    /// was merged into it.
    pub async fn customer_wechat(&self, id: CustomerId) -> Result<Option<(String, Instant)>> {
        let id = self.kept_customer(id).await?;
        let sql = "SELECT k.id, k.wrapped, c.wechat, c.wechat_at FROM customers c \
                   JOIN data_keys k ON k.id = c.key_id WHERE (c.id = $1 OR c.merged_into = $1) \
                   AND c.wechat IS NOT NULL AND c.erased_at IS NULL \
                   ORDER BY c.wechat_at DESC, c.id LIMIT 1";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(None) };
        let key = self.read_key(&mut row)?;
        let (sealed, at) = (row.bytes()?, row.instant()?);
        let open = |key: crate::vault::DataKey| key.open_text(&sealed, about(Class::Other));
        Ok(key.map(open).transpose()?.map(|openid| (openid, at)))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_shown_by_its_ends() {
        assert_eq!(super::masked("oABC-d_efghijk_lmnopqrstuvyz"), "oABC***yz");
        assert_eq!(super::masked("oA"), "oA***");
    }
}
