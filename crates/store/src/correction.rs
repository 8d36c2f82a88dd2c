//! Corrections (更正) of a customer's name, telephone and address: what was and what is stand in the
//! journal under the person's key, with how it was proven.

use crate::code::RightCode;
use crate::counter::CounterAct;
use crate::customer::token_writes;
use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::keys::word;
use crate::search::Tokens;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId};
use rulebook::model::form::Personal as Class;
use serde_json::{Map, Value as Json, json};

/// What is to be corrected; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// The right name.
    pub name: Option<String>,
    /// The right telephone.
    pub phone: Option<String>,
    /// The right address.
    pub address: Option<String>,
}

/// How a correction was proven.
#[derive(Debug, Clone)]
pub enum Proof {
    /// A code sent to the telephone known before was read back.
    Code(RightCode),
    /// A document was shown in person: its kind, and its last four.
    Document(String, String),
    /// Whoever answers for personal data decided it, and why.
    Officer(String),
}

impl Store {
    /// Corrects a customer's data, and what they are found by. Data that was erased in the same
    /// moment, or a code that was used, is [`StoreError::Moved`].
    pub async fn correct_customer(
        &self,
        id: CustomerId,
        correction: &Correction,
        proof: &Proof,
        (actor, counter): (PersonId, Option<&CounterAct>),
        now: Instant,
    ) -> Result<()> {
        let customer = self.customer(id).await?;
        let clear = |text: &Option<crate::Personal>| text.as_ref().map(|t| t.reveal().to_owned());
        let fields = [
            ("name", Class::Name, clear(&customer.name), &correction.name),
            ("phone", Class::Phone, clear(&customer.phone), &correction.phone),
            ("address", Class::Address, clear(&customer.address), &correction.address),
        ];
        let (_, key) = self.case_key(Some(id)).await?;
        let (mut changes, mut names, mut columns) = (Map::new(), Vec::new(), Vec::new());
        let mut tokens = Tokens::default();
        for (field, class, was, is) in fields {
            let is = is.clone().filter(|is| Some(is) != was.as_ref());
            if let Some(is) = &is {
                names.push(field);
                let from = match &was {
                    Some(was) => self.seal_for(id, class, was).await?,
                    None => Json::Null,
                };
                let to = self.seal_for(id, class, is).await?;
                changes.insert(field.into(), json!({ "from": from, "to": to }));
            }
            let holds = is.or(was);
            match field {
                "name" => holds.iter().for_each(|name| tokens.name(name)),
                "phone" => holds.iter().for_each(|phone| tokens.phone(phone)),
                _ => {}
            }
            let sealed = holds.map(|text| key.seal(text.as_bytes(), word(class))).transpose()?;
            columns.push(sealed);
        }
        let mut body = json!({ "fields": names, "changes": changes });
        self.prove(id, proof, &mut body).await?;
        if let Some(counter) = counter {
            body["counter"] = json!(counter);
        }
        let mut chain = self.customer_chain(id).await?;
        chain.push(self.plain_entry("corrected", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        let [name, phone, address] =
            <[_; 3]>::try_from(columns).map_err(|_| StoreError::Invalid("fields".into()))?;
        writes.push(Write::one(
            "UPDATE customers SET name = $2, phone = $3, address = $4 \
             WHERE id = $1 AND erased_at IS NULL",
            cells![id, name, phone, address],
        ));
        if let Proof::Code(code) = proof {
            writes.push(code.used());
        }
        writes.extend(self.found_anew(id, &tokens).await?);
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }

    async fn prove(&self, id: CustomerId, proof: &Proof, body: &mut Json) -> Result<()> {
        match proof {
            Proof::Code(_) => body["means"] = json!("code"),
            Proof::Document(kind, last4) => {
                body["means"] = json!("identity");
                body["document"] = json!(kind);
                body["last4"] = self.seal_for(id, Class::Other, last4).await?;
            }
            Proof::Officer(reason) => {
                body["means"] = json!("officer");
                body["reason"] = self.seal_for(id, Class::Other, reason).await?;
            }
        }
        Ok(())
    }

    /// Whoever changed their number is no longer found by the old one, which may be another's now.
    pub(crate) async fn found_anew(&self, id: CustomerId, tokens: &Tokens) -> Result<Vec<Write>> {
        let sql = "SELECT DISTINCT path FROM search_tokens WHERE subject = 'customer' AND id = $1 \
                   UNION SELECT org_path FROM customers WHERE id = $1";
        let gone = "DELETE FROM search_tokens WHERE subject = 'customer' AND id = $1";
        let mut writes = vec![Write::any(gone, cells![id])];
        for mut row in self.exec().rows(sql, cells![id]).await? {
            let rows = tokens.rows(self.vault(), "customer", id.0, &row.text()?);
            writes.extend(token_writes(rows));
        }
        Ok(writes)
    }
}
