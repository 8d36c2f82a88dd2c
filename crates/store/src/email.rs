//! E-mail addresses of customers (电子邮箱): closed under their key, found by a keyed hash.

use crate::counter::CounterAct;
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::keys::word;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId};
use rulebook::model::form::Personal as Class;
use serde_json::json;

/// Longest address by the standard.
const LONGEST: usize = 254;
/// Most customers one address may lead to: a family, a shop.
const MOST: i64 = 20;

/// An address as it is kept: without blanks, its domain in small letters; `None` when it is none.
pub fn normal(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, domain) = text.rsplit_once('@')?;
    let sign = |c: char| c.is_ascii_graphic() && !"()<>,;:\\\"[]@".contains(c);
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let whole = domain.split('.').count() >= 2 && domain.split('.').all(part);
    let fine = !name.is_empty() && name.len() <= 64 && name.chars().all(sign) && whole;
    (fine && text.len() <= LONGEST).then(|| format!("{name}@{}", domain.to_lowercase()))
}

/// An address as it is shown: `w***@example.com`.
pub fn masked(address: &str) -> String {
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("{}***@{domain}", name.chars().next().unwrap_or('*'))
}

impl Store {
    /// The address of a customer in clear; nothing where they gave none, or were erased.
    pub async fn customer_email(&self, id: CustomerId) -> Result<Option<String>> {
        let sql = "SELECT k.id, k.wrapped, c.email FROM customers c \
                   JOIN data_keys k ON k.id = c.key_id WHERE c.id = $1";
        let row = self.exec().row(sql, cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("customer"))?;
        let key = self.read_key(&mut row)?;
        match (key, row.opt_bytes()?) {
            (Some(key), Some(sealed)) => key.open_text(&sealed, word(Class::Other)).map(Some),
            _ => Ok(None),
        }
    }

    /// Keeps the address of a customer, or forgets it, on record; without a person it is the one
    /// their first letter came from. Of an erased one: [`StoreError::Moved`].
    pub async fn put_customer_email(
        &self,
        id: CustomerId,
        address: Option<&str>,
        (actor, counter): (Option<PersonId>, Option<&CounterAct>),
        now: Instant,
    ) -> Result<()> {
        let (_, key) = self.case_key(Some(id)).await?;
        let sealed =
            address.map(|text| key.seal(text.as_bytes(), word(Class::Other))).transpose()?;
        let mac = address.map(|text| self.vault().token("email", &text.to_lowercase()));
        let mut body = json!({ "fields": ["email"] });
        if let Some(counter) = counter {
            body["counter"] = json!(counter);
        }
        let mut chain = self.customer_chain(id).await?;
        chain.push(self.plain_entry("email_noted", actor, &body, now), now);
        let mut writes = chain.writes();
        let sql = "UPDATE customers SET email = $2, email_mac = $3 WHERE id = $1 \
                   AND erased_at IS NULL";
        writes.push(Write::one(sql, cells![id, sealed, mac]));
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }

    /// Customers who gave this address, the latest first: whose letter it may be.
    pub async fn customers_of_email(&self, address: &str) -> Result<Vec<CustomerId>> {
        let Some(address) = normal(address) else { return Ok(vec![]) };
        let macs = self.vault().tokens("email", &address.to_lowercase());
        let sql = format!(
            "SELECT id FROM customers WHERE email_mac IN {} AND erased_at IS NULL \
             ORDER BY id DESC LIMIT $1",
            places(2, macs.len())
        );
        let mut params = cells![MOST];
        params.extend(macs.into_iter().map(Cell::from));
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| row.int().map(CustomerId)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_shown_without_its_name() {
        for (text, expect) in [
            (" wang.xm@Example.COM ", Some("wang.xm@example.com")),
            ("a@b.cn", Some("a@b.cn")),
            ("wang@qq", None),
            ("wang qq.com", None),
            ("a@b@c.cn", None),
            ("a<b>@c.cn", None),
            ("a@-c.cn", None),
            ("王@c.cn", None),
            ("a@c.cn\nBcc: x@y.cn", None),
            ("", None),
        ] {
            assert_eq!(normal(text).as_deref(), expect, "{text}");
        }
        assert_eq!(masked("wang.xm@example.com"), "w***@example.com");
    }
}
