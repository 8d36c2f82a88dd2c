//! The way out of what nobody asked for (退订): a word in each such message that ends them.

use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant};
use data_encoding::BASE64URL_NOPAD;
use serde_json::json;

/// Bytes of the keyed hash in a word: nobody guesses eighty bits.
const MAC: usize = 10;

impl Store {
    /// The word that unsubscribes a customer: their number and a keyed hash of it. It never ends,
    /// as the message it stands in does not either.
    pub fn unsubscribe_word(&self, customer: CustomerId) -> String {
        let mac = self.vault().token("unsubscribe", &customer.to_string());
        BASE64URL_NOPAD.encode(&[&customer.0.to_be_bytes(), &mac[..MAC]].concat())
    }

    /// Whose word it is.
    fn unsubscriber(&self, word: &str) -> Option<CustomerId> {
        let bytes = BASE64URL_NOPAD.decode(word.as_bytes()).ok()?;
        let (id, mac) = bytes.split_first_chunk::<8>()?;
        let customer = CustomerId(i64::from_be_bytes(*id));
        let known = self.vault().tokens("unsubscribe", &customer.to_string());
        let fits = |one: &Vec<u8>| one[..MAC] == *mac;
        known.iter().any(fits).then_some(customer)
    }

    /// Ends what a customer did not ask for, on record; said again it changes nothing.
    pub async fn unsubscribe(&self, word: &str, now: Instant) -> Result<()> {
        let customer = self.unsubscriber(word).ok_or(StoreError::NotFound("link"))?;
        let customer = self.kept_customer(customer).await?;
        let known = self.customer(customer).await.map_err(|_| StoreError::NotFound("link"))?;
        if !known.consent {
            return Ok(());
        }
        let mut chain = self.customer_chain(customer).await?;
        chain.push(self.plain_entry("unsubscribed", None, &json!({}), now), now);
        let mut writes = chain.writes();
        let sql = "UPDATE customers SET consent = 0 WHERE (id = $1 OR merged_into = $1) \
                   AND erased_at IS NULL";
        writes.push(Write::any(sql, cells![customer]));
        self.exec().write(writes).await?;
        Ok(())
    }
}
