//! Customers (客户) and people who bring a vehicle (送修人).

use crate::personal::Personal;
use crate::{Result, Scope, Store, StoreError};
use base::{CustomerId, Instant, OrgId, PersonId};
use rulebook::model::form::Personal as Class;

/// A customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Id.
    pub id: CustomerId,
    /// Name; `None` when never given or erased.
    pub name: Option<Personal>,
    /// Telephone.
    pub phone: Option<Personal>,
    /// Address.
    pub address: Option<Personal>,
    /// The station that registered the customer.
    pub org: Option<OrgId>,
    /// Whether they agreed to be called.
    pub consent: bool,
    /// Special needs, free keys such as `large_print`.
    pub needs: Vec<String>,
    /// Whether the personal data was erased.
    pub erased: bool,
}

/// A customer to add or change.
#[derive(Debug, Clone, Default)]
pub struct NewCustomer {
    /// Name in clear.
    pub name: Option<String>,
    /// Telephone in clear.
    pub phone: Option<String>,
    /// Address in clear.
    pub address: Option<String>,
    /// The station.
    pub org: Option<OrgId>,
    /// Whether they agreed to be called.
    pub consent: bool,
    /// Special needs.
    pub needs: Vec<String>,
}

impl Store {
    /// Adds a customer. One with the same full phone and name is returned instead of a second.
    pub async fn add_customer(&self, customer: NewCustomer, now: Instant) -> Result<CustomerId> {
        let _ = (customer, now);
        Err(StoreError::NotFound("customer"))
    }

    /// One customer.
    pub async fn customer(&self, id: CustomerId) -> Result<Customer> {
        let _ = id;
        Err(StoreError::NotFound("customer"))
    }

    /// Customers by full name, pinyin, phone or last digits; a full phone finds company-wide.
    pub async fn find_customers(
        &self,
        text: &str,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<Customer>> {
        let _ = (text, scope, limit);
        Ok(vec![])
    }

    /// The customer in clear, with a journal entry that says who looked and why.
    pub async fn unmask_customer(
        &self,
        id: CustomerId,
        actor: PersonId,
        reason: &str,
        now: Instant,
    ) -> Result<Customer> {
        let _ = (id, actor, reason, now);
        Err(StoreError::NotFound("customer"))
    }

    /// Destroys the customer's key and search tokens: the right to erasure. Cases stay.
    pub async fn erase_customer(
        &self,
        id: CustomerId,
        actor: PersonId,
        reason: &str,
        now: Instant,
    ) -> Result<()> {
        let _ = (id, actor, reason, now);
        Err(StoreError::NotFound("customer"))
    }

    /// Seals a personal text under the customer's key: `{"$sealed":"<key>:<base64>","as":"phone"}`.
    pub async fn seal_for(
        &self,
        customer: CustomerId,
        class: Class,
        text: &str,
    ) -> Result<serde_json::Value> {
        let _ = (customer, class, text);
        Err(StoreError::NotFound("customer"))
    }

    /// Replaces every sealed object within `json` by its mask, or by the clear text.
    pub async fn open_sealed(&self, json: &mut serde_json::Value, show: Show) -> Result<()> {
        let _ = (json, show);
        Ok(())
    }
}

/// How sealed values are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// 王*明
    Masked,
    /// In clear, for documents and for who may see it.
    Clear,
}
