//! Customers (客户) and people who bring a vehicle (送修人).

mod dealings;
mod known;
mod likely;
mod merge;
mod tags;

pub use dealings::{Dealing, Dealt, Visits};
pub use likely::{Alike, Compared, Pair};
pub use merge::{Dependence, Forbidden, Merge, Taken};

use crate::counter::CounterAct;
use crate::exec::cell::{cells, print};
use crate::exec::{Cell, Row, Write, places};
use crate::journal::{Aggregate, Chain, GENESIS, NewEntry, stored_hash};
use crate::keys::{open_column, sealed_json, word};
use crate::personal::Personal;
use crate::search::{Tokens, meanings, normalise};
use crate::{Result, Scope, Store, StoreError};
use base::{CustomerId, Instant, OrgId, PersonId};
use rulebook::model::form::Personal as Class;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

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
    /// Last four characters of the identity number; the rest is never kept.
    pub id_last4: Option<Personal>,
    /// The station that registered the customer.
    pub org: Option<OrgId>,
    /// Whether they agreed to be called.
    pub consent: bool,
    /// Tags on the file (客户标签), keys of the rulebook such as `large_print`; the column is called
    /// `needs`.
    pub tags: Vec<String>,
    /// Whether the personal data was erased.
    pub erased: bool,
}

impl Customer {
    /// The name as shown by default, or the word for what was erased.
    pub fn name_masked(&self) -> Option<String> {
        let masked = self.name.as_ref().map(Personal::masked);
        if self.erased { Some(crate::ERASED.into()) } else { masked }
    }
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
    /// Identity number in clear; kept as keyed hash and last four.
    pub id_number: Option<String>,
    /// The station.
    pub org: Option<OrgId>,
    /// Whether they agreed to be called.
    pub consent: bool,
    /// Tags on the file.
    pub tags: Vec<String>,
}

/// The select list of [`Store::read_customer`], over `c` and its key `ck`.
pub(crate) const COLUMNS: &str = "c.id, ck.id, ck.wrapped, c.name, c.phone, c.address, \
    c.id_last4, c.org, c.consent, c.needs, c.erased_at";
const TABLES: &str = "customers c JOIN data_keys ck ON ck.id = c.key_id";

/// Rows that make customers, of many at once.
#[derive(Debug, Default)]
pub(crate) struct CustomerRows {
    pub(crate) keys: Vec<Vec<Cell>>,
    pub(crate) customers: Vec<Vec<Cell>>,
    pub(crate) tokens: Vec<Vec<Cell>>,
}

impl CustomerRows {
    /// The statements, few for many rows.
    pub(crate) fn writes(self) -> Vec<Write> {
        let mut writes =
            Write::rows("INSERT INTO data_keys (id, wrapped, made_at) VALUES", self.keys, "");
        writes.extend(Write::rows(
            "INSERT INTO customers (id, key_id, name, phone, address, id_mac, id_last4, org, \
             org_path, consent, needs, import_id, made_at, journal_seq, journal_head) VALUES",
            self.customers,
            "",
        ));
        writes.extend(token_writes(self.tokens));
        writes
    }
}

/// Inserts search tokens; those that stand already stay.
pub(crate) fn token_writes(rows: Vec<Vec<Cell>>) -> Vec<Write> {
    Write::rows(
        "INSERT INTO search_tokens (token, kind, subject, id, path) VALUES",
        rows,
        "ON CONFLICT DO NOTHING",
    )
}

impl Store {
    /// Adds a customer. One with the same full phone and name is returned instead of a second; so
    /// is the file of that number that has no name yet, which takes the name.
    pub async fn add_customer(&self, customer: NewCustomer, now: Instant) -> Result<CustomerId> {
        if let Some(known) = self.same_customer(&customer).await? {
            return Ok(known);
        }
        if let Some(known) = self.nameless(&customer).await? {
            self.complete_customer(known, &customer, None, now).await?;
            return Ok(known);
        }
        let path = match customer.org {
            Some(org) => self.org(org).await?.path,
            None => "/".into(),
        };
        let mut rows = CustomerRows::default();
        let mut chain = None;
        let id = self.new_customer(&customer, &path, None, &mut rows, Some(&mut chain), now)?;
        let mut writes = rows.writes();
        if let Some(mut chain) = chain {
            writes.append(&mut chain.inserts());
        }
        self.exec().write(writes).await?;
        Ok(id)
    }

    /// Fills the rows of one new customer; with `chain`, its first journal entry too.
    pub(crate) fn new_customer(
        &self,
        customer: &NewCustomer,
        path: &str,
        import: Option<i64>,
        rows: &mut CustomerRows,
        chain: Option<&mut Option<Chain>>,
        now: Instant,
    ) -> Result<CustomerId> {
        let (id, key_id) = (self.new_id(now), self.new_id(now));
        let (key, write) = self.new_key(key_id, now)?;
        rows.keys.push(write.params);
        let seal = |class, text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
            text.map(|text| key.seal(text.as_bytes(), word(class))).transpose()
        };
        let identity = customer.id_number.as_deref().map(normalise).filter(|n| n.len() >= 8);
        let last4 = identity.as_deref().and_then(|n| n.get(n.len() - 4..)).map(str::to_owned);
        let (mut seq, mut head) = (0, GENESIS);
        if let Some(chain) = chain {
            let mut begun = Chain::begin(Aggregate::Customer, id);
            let entry = self.plain_entry("registered", None, &json!({}), now);
            begun.push(entry, now);
            (seq, head) = (begun.seq, begun.hash);
            *chain = Some(begun);
        }
        rows.customers.push(cells![
            id,
            key_id,
            seal(Class::Name, &customer.name)?,
            seal(Class::Phone, &customer.phone)?,
            seal(Class::Address, &customer.address)?,
            identity.as_deref().map(|number| self.vault().token("identity", number)),
            seal(Class::IdNumber, &last4)?,
            customer.org,
            path,
            customer.consent,
            print(&customer.tags)?,
            import,
            now,
            seq,
            head,
        ]);
        let mut tokens = Tokens::default();
        customer.name.iter().for_each(|name| tokens.name(name));
        customer.phone.iter().for_each(|phone| tokens.phone(phone));
        rows.tokens.extend(tokens.rows(self.vault(), "customer", id, path));
        Ok(CustomerId(id))
    }

    /// A journal entry of something that is no case.
    pub(crate) fn plain_entry(
        &self,
        event: &str,
        actor: Option<PersonId>,
        body: &Json,
        now: Instant,
    ) -> NewEntry {
        NewEntry {
            id: self.new_id(now),
            occurred_at: now,
            actor,
            event: event.into(),
            subject: String::new(),
            body: body.to_string(),
        }
    }

    /// One customer.
    pub async fn customer(&self, id: CustomerId) -> Result<Customer> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE c.id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        self.read_customer(&mut row.ok_or(StoreError::NotFound("customer"))?)?
            .ok_or(StoreError::NotFound("customer"))
    }

    /// A customer that the scope sells to or serves: registered or served there, or of a case that
    /// lies there. Another is [`StoreError::NotFound`]. A file that was merged into another is the
    /// other, whose id the answer bears.
    pub async fn customer_seen(&self, id: CustomerId, scope: &Scope) -> Result<Customer> {
        let id = self.kept_customer(id).await?;
        let sql = "SELECT c.id FROM customers c WHERE c.id = $1 AND ((CAST($4 AS BIGINT) = 0 AND \
                   ((c.org_path >= $2 AND c.org_path < $3) OR EXISTS \
                   (SELECT 1 FROM search_tokens t WHERE t.subject = 'customer' AND t.id = c.id \
                   AND t.path >= $2 AND t.path < $3))) OR EXISTS (SELECT 1 FROM cases k \
                   WHERE (k.customer = c.id OR k.id IN \
                   (SELECT p.case_id FROM case_parties p WHERE p.customer = c.id)) \
                   AND k.org_path >= $2 AND k.org_path < $3 AND (CAST($4 AS BIGINT) = 0 \
                   OR $4 IN (k.assignee, k.opener, k.owner))))";
        let own = scope.own.map_or(0, |person| person.0);
        let found = self.exec().row(sql, cells![id, &scope.low, &scope.high, own]).await?;
        found.ok_or(StoreError::NotFound("customer"))?;
        self.customer(id).await
    }

    /// A customer from the columns [`COLUMNS`]; `None` when an outer join found none.
    pub(crate) fn read_customer(&self, row: &mut Row) -> Result<Option<Customer>> {
        let id = row.opt_int()?;
        let key = self.read_key(row)?;
        let name = open_column(Class::Name, row.opt_bytes()?, key.as_ref())?;
        let phone = open_column(Class::Phone, row.opt_bytes()?, key.as_ref())?;
        let address = open_column(Class::Address, row.opt_bytes()?, key.as_ref())?;
        let id_last4 = open_column(Class::IdNumber, row.opt_bytes()?, key.as_ref())?;
        let org = row.opt_int()?.map(OrgId);
        let (consent, tags) = (row.opt_int()?, row.opt_text()?);
        let erased = row.opt_int()?.is_some();
        let Some(id) = id else { return Ok(None) };
        let tags = tags.map_or(Ok(vec![]), |text| crate::exec::cell::parse(&text))?;
        Ok(Some(Customer {
            id: CustomerId(id),
            name,
            phone,
            address,
            id_last4,
            org,
            consent: consent == Some(1),
            tags,
            erased,
        }))
    }

    /// Customers by full name, pinyin, phone or last digits; a full phone finds company-wide.
    pub async fn find_customers(
        &self,
        text: &str,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<Customer>> {
        let ids: BTreeSet<i64> = self
            .found(text, scope)
            .await?
            .into_iter()
            .filter(|hit| hit.subject == "customer")
            .map(|hit| hit.id)
            .take(limit.clamp(1, 100) as usize)
            .collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE c.id IN {} AND (c.import_id IS NULL OR EXISTS \
             (SELECT 1 FROM imports i WHERE i.id = c.import_id AND i.state = 'applied')) \
             ORDER BY c.id DESC",
            places(1, ids.len())
        );
        let rows = self.exec().rows(sql, ids.into_iter().map(Cell::from).collect()).await?;
        rows.into_iter().filter_map(|mut row| self.read_customer(&mut row).transpose()).collect()
    }

    /// What the tokens of a searched text lead to, the most telling kind first.
    pub(crate) async fn found(&self, text: &str, scope: &Scope) -> Result<Vec<Found>> {
        let meanings = meanings(self.vault(), text);
        if meanings.is_empty() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT kind, subject, id FROM search_tokens WHERE token IN {} \
             AND (kind IN ('frame', 'plate', 'card', 'serial', 'phone') \
             OR (path >= $1 AND path < $2)) ORDER BY id DESC LIMIT 400",
            places(3, meanings.len())
        );
        let mut params = cells![&scope.low, &scope.high];
        params.extend(meanings.iter().map(|(_, token)| Cell::from(token.as_slice())));
        let mut hits = Vec::new();
        for mut row in self.exec().rows(sql, params).await? {
            let (kind, subject, id) = (row.text()?, row.text()?, row.int()?);
            let place = meanings.iter().position(|(known, _)| *known == kind);
            hits.push(Found { place: place.unwrap_or(usize::MAX), kind, subject, id });
        }
        hits.sort_by_key(|hit| hit.place);
        let mut seen = BTreeSet::new();
        hits.retain(|hit| seen.insert((hit.subject.clone(), hit.id)));
        Ok(hits)
    }

    /// The customer in clear, with a journal entry that says who looked and why; only one whom the
    /// scope sells to or serves.
    pub async fn unmask_customer(
        &self,
        id: CustomerId,
        scope: &Scope,
        (actor, counter): (PersonId, Option<&CounterAct>),
        reason: &str,
        now: Instant,
    ) -> Result<Customer> {
        let customer = self.customer_seen(id, scope).await?;
        let id = customer.id;
        let mut chain = self.customer_chain(id).await?;
        let held = [
            ("name", &customer.name),
            ("phone", &customer.phone),
            ("address", &customer.address),
            ("id_last4", &customer.id_last4),
        ];
        let fields = held.into_iter().filter(|(_, text)| text.is_some());
        let fields: Vec<&str> = fields.map(|(field, _)| field).collect();
        // People write names into reasons: it goes with the customer's key.
        let reason = self.seal_for(id, Class::Other, reason).await?;
        let mut body = json!({ "reason": reason, "fields": fields });
        if let Some(counter) = counter {
            body["counter"] = json!(counter);
        }
        chain.push(self.plain_entry("unmasked", Some(actor), &body, now), now);
        self.exec().write(chain.writes()).await?;
        Ok(customer)
    }

    pub(crate) async fn customer_chain(&self, id: CustomerId) -> Result<Chain> {
        let sql = "SELECT journal_seq, journal_head FROM customers WHERE id = $1";
        let row = self.exec().row(sql, cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("customer"))?;
        Ok(Chain::at(Aggregate::Customer, id.0, row.int()?, stored_hash(row.bytes()?)?))
    }

    /// Keeps the keyed hash and the last four of an identity number that was seen; the number is
    /// not kept. What was seen before gives way to it.
    pub async fn note_identity(&self, id: CustomerId, number: &str) -> Result<()> {
        let number = normalise(number);
        let last4 = number.get(number.len().saturating_sub(4)..).unwrap_or_default();
        let sql = "SELECT key_id FROM customers WHERE id = $1 AND erased_at IS NULL";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(()) };
        let sealed = self.key(row.int()?).await?.seal(last4.as_bytes(), word(Class::IdNumber))?;
        let mac = self.vault().token("identity", &number);
        let set = "UPDATE customers SET id_mac = $2, id_last4 = $3 WHERE id = $1 \
                   AND erased_at IS NULL";
        self.exec().write(vec![Write::any(set, cells![id, mac, sealed])]).await?;
        Ok(())
    }

    /// Seals a personal text under the customer's key: `{"$sealed":"<key>:<base64>","as":"phone"}`;
    /// under the company's, where the customer's was destroyed.
    pub async fn seal_for(&self, customer: CustomerId, class: Class, text: &str) -> Result<Json> {
        let (id, key) = self.case_key(Some(customer)).await?;
        sealed_json(id, &key, class, text)
    }

    /// Seals a personal text of a case that has no customer, under the company's key.
    pub async fn seal_for_company(&self, class: Class, text: &str) -> Result<Json> {
        let id = crate::keys::COMPANY_KEY;
        sealed_json(id, &self.key(id).await?, class, text)
    }
}

/// What a token led to.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    place: usize,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) id: i64,
}
