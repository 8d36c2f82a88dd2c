//! Whoever is known already: the same person twice is one file, and a number without a name is one
//! file until somebody gives the name.

use super::NewCustomer;
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::keys::word;
use crate::search::{Tokens, normalise, phone_digits};
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId};
use rulebook::model::form::Personal as Class;
use serde_json::json;

/// Fewest digits of a telephone number that tell anybody apart.
const DIGITS: usize = 5;

impl Store {
    /// Whoever is registered by the same name and telephone.
    pub async fn same_customer(&self, customer: &NewCustomer) -> Result<Option<CustomerId>> {
        let (Some(name), Some(phone)) = (&customer.name, &customer.phone) else { return Ok(None) };
        let digits = phone_digits(phone);
        if digits.len() < DIGITS {
            return Ok(None);
        }
        let name = normalise(name);
        let phones = self.vault().tokens("phone", &digits);
        let names = self.vault().tokens("name", &name);
        let sql = format!(
            "SELECT p.id FROM search_tokens p JOIN search_tokens n ON n.id = p.id \
             WHERE p.token IN {} AND n.token IN {} AND p.subject = 'customer' \
             AND n.subject = 'customer' ORDER BY p.id LIMIT 1",
            places(1, phones.len()),
            places(1 + phones.len(), names.len())
        );
        let params = phones.into_iter().chain(names).map(Cell::from).collect();
        let row = self.exec().row(sql, params).await?;
        row.map(|mut row| row.int().map(CustomerId)).transpose()
    }

    /// The file of this number that has no name.
    pub(super) async fn nameless(&self, customer: &NewCustomer) -> Result<Option<CustomerId>> {
        let Some(phone) = &customer.phone else { return Ok(None) };
        let digits = phone_digits(phone);
        if digits.len() < DIGITS {
            return Ok(None);
        }
        let phones = self.vault().tokens("phone", &digits);
        let sql = format!(
            "SELECT c.id FROM customers c WHERE c.id IN (SELECT t.id FROM search_tokens t \
             WHERE t.token IN {} AND t.kind = 'phone' AND t.subject = 'customer') \
             AND c.name IS NULL AND c.erased_at IS NULL AND c.import_id IS NULL \
             ORDER BY c.id LIMIT 1",
            places(1, phones.len())
        );
        let row = self.exec().row(sql, phones.into_iter().map(Cell::from).collect()).await?;
        row.map(|mut row| row.int().map(CustomerId)).transpose()
    }

    /// Adds to a file what it lacks of name, telephone and address; what stands there stays, as
    /// only a correction changes it. An erased file is left alone.
    pub async fn complete_customer(
        &self,
        id: CustomerId,
        told: &NewCustomer,
        actor: Option<PersonId>,
        now: Instant,
    ) -> Result<()> {
        let customer = self.customer(id).await?;
        if customer.erased {
            return Ok(());
        }
        let fields = [
            ("name", Class::Name, &customer.name, &told.name),
            ("phone", Class::Phone, &customer.phone, &told.phone),
            ("address", Class::Address, &customer.address, &told.address),
        ];
        let (_, key) = self.case_key(Some(id)).await?;
        let (mut tokens, mut names, mut writes) = (Tokens::default(), Vec::new(), Vec::new());
        for (field, class, held, told) in fields {
            let told = told.as_deref().map(str::trim).filter(|text| !text.is_empty());
            let new = told.filter(|_| held.is_none());
            if let Some(new) = new {
                let sealed = key.seal(new.as_bytes(), word(class))?;
                names.push(field);
                let set = format!(
                    "UPDATE customers SET {field} = $2 WHERE id = $1 AND {field} IS NULL \
                     AND erased_at IS NULL"
                );
                writes.push(Write::one(set, cells![id, sealed]));
            }
            match (field, held.as_ref().map(crate::Personal::reveal).or(new)) {
                ("name", Some(name)) => tokens.name(name),
                ("phone", Some(phone)) => tokens.phone(phone),
                _ => {}
            }
        }
        if names.is_empty() {
            return Ok(());
        }
        let mut chain = self.customer_chain(id).await?;
        let entry = self.plain_entry("completed", actor, &json!({ "fields": names }), now);
        chain.push(entry, now);
        let mut all = chain.writes();
        all.append(&mut writes);
        all.extend(self.found_anew(id, &tokens).await?);
        match self.exec().write(all).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }
}
