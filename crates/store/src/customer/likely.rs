//! Files that are likely of one person (疑似重复): the same telephone, or the same name with the same
//! vehicle or nearly the same address.

use super::Customer;
use crate::exec::cell::cells;
use crate::exec::{Cell, Row, places};
use crate::search::{normalise, phone_digits};
use crate::{Result, Scope, Store, StoreError};
use base::{CustomerId, Instant, PersonId};
use std::collections::BTreeSet;

/// Most files that are compared with one.
const MOST: i64 = 40;
/// Most pairs proposed for one file.
const MOST_LIKELY: usize = 8;
/// Telephones of a page of the list.
const PAGE: i64 = 30;
/// Most files of one telephone that the list pairs: a company's line is no person's.
const MOST_OF_ONE: usize = 6;
/// Signs that two addresses must share from the front to be near each other (一个小区).
const NEAR: usize = 8;

/// In what two files are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// The same telephone.
    Phone,
    /// The same name.
    Name,
    /// The same identity number.
    Identity,
    /// One owned or brought a vehicle of the other.
    Vehicle,
    /// Addresses that are near each other.
    Address,
}

impl Alike {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Identity => "identity",
            Self::Vehicle => "vehicle",
            Self::Address => "address",
        }
    }
}

/// Two files beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// One file.
    pub one: Compared,
    /// The other.
    pub other: Compared,
    /// In what they are alike.
    pub alike: BTreeSet<Alike>,
}

/// A file as it stands beside another.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The file.
    pub customer: Customer,
    /// When it was made.
    pub made_at: Instant,
    /// Vehicles of theirs.
    pub vehicles: i64,
    /// Cases of theirs.
    pub cases: i64,
    identity: Option<Vec<u8>>,
}

impl Pair {
    /// Whether they are likely one person: one who told anybody a name has the same one.
    pub fn is_likely(&self) -> bool {
        let has = |alike: Alike| self.alike.contains(&alike);
        let nameless = self.one.customer.name.is_none() || self.other.customer.name.is_none();
        has(Alike::Identity)
            || (has(Alike::Phone) && (has(Alike::Name) || nameless || has(Alike::Vehicle)))
            || (has(Alike::Name) && (has(Alike::Vehicle) || has(Alike::Address)))
    }
}

impl Store {
    /// Two files beside each other; each must be one that the scope sees.
    pub async fn compare_customers(
        &self,
        (one, other): (CustomerId, CustomerId),
        scope: &Scope,
    ) -> Result<Pair> {
        let one = self.customer_seen(one, scope).await?;
        let other = self.customer_seen(other, scope).await?;
        self.pair(one, other).await
    }

    /// Files that are likely the same person as this one, of those the scope sees; the most alike
    /// first. Those that somebody judged to be two people are left out.
    pub async fn likely_same(&self, id: CustomerId, scope: &Scope) -> Result<Vec<Pair>> {
        let own = self.customer_seen(id, scope).await?;
        let mut pairs = Vec::new();
        for other in self.alike_ids(&own).await? {
            let Ok(other) = self.customer_seen(other, scope).await else { continue };
            if other.erased || other.id == own.id {
                continue;
            }
            let pair = self.pair(own.clone(), other).await?;
            if pair.is_likely() {
                pairs.push(pair);
            }
        }
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.alike.len()));
        pairs.truncate(MOST_LIKELY);
        Ok(pairs)
    }

    /// Whoever has the same telephone, name or identity number.
    async fn alike_ids(&self, own: &Customer) -> Result<Vec<CustomerId>> {
        let mut tokens = Vec::new();
        if let Some(phone) = own.phone.as_ref().map(|phone| phone_digits(phone.reveal())) {
            tokens.extend(self.vault().tokens("phone", &phone));
        }
        if let Some(name) = own.name.as_ref().map(|name| normalise(name.reveal())) {
            tokens.extend(self.vault().tokens("name", &name));
        }
        if tokens.is_empty() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT DISTINCT t.id, CASE WHEN t.kind = 'phone' THEN 0 ELSE 1 END FROM \
             search_tokens t WHERE t.token IN {} AND t.subject = 'customer' \
             AND t.kind IN ('phone', 'name') AND t.id <> $1 AND NOT EXISTS \
             (SELECT 1 FROM customer_apart a WHERE (a.one = $1 AND a.other = t.id) \
             OR (a.one = t.id AND a.other = $1)) ORDER BY 2, 1 LIMIT $2",
            places(3, tokens.len())
        );
        let mut params = cells![own.id, MOST];
        params.extend(tokens.into_iter().map(Cell::from));
        let rows = self.exec().rows(sql, params).await?;
        let mut seen = BTreeSet::new();
        let ids = rows.into_iter().map(|mut row| row.int().map(CustomerId));
        ids.filter(|id| id.as_ref().map_or(true, |id| seen.insert(*id))).collect()
    }

    /// Pairs of files with one telephone that the scope sees, a page of telephones at a time; where
    /// the next page begins.
    pub async fn duplicates(
        &self,
        scope: &Scope,
        after: Option<&str>,
    ) -> Result<(Vec<Pair>, Option<String>)> {
        let after = after.map(|text| data_encoding::HEXLOWER.decode(text.as_bytes()));
        let after = after.transpose().map_err(|_| StoreError::Cursor("…".into()))?;
        let sql = "SELECT t.token FROM search_tokens t WHERE t.kind = 'phone' \
                   AND t.subject = 'customer' AND t.path >= $1 AND t.path < $2 AND t.token > $3 \
                   GROUP BY t.token HAVING COUNT(DISTINCT t.id) > 1 ORDER BY t.token LIMIT $4";
        let params = cells![&scope.low, &scope.high, after.unwrap_or_default(), PAGE + 1];
        let mut tokens = Vec::new();
        for mut row in self.exec().rows(sql, params).await? {
            tokens.push(row.bytes()?);
        }
        let more = tokens.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        tokens.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let next = tokens.last().filter(|_| more).map(|t| data_encoding::HEXLOWER.encode(t));
        let mut pairs = Vec::new();
        for token in tokens {
            pairs.extend(self.pairs_of(token, scope).await?);
        }
        Ok((pairs, next))
    }

    async fn pairs_of(&self, token: Vec<u8>, scope: &Scope) -> Result<Vec<Pair>> {
        let sql = "SELECT DISTINCT t.id FROM search_tokens t WHERE t.token = $1 \
                   AND t.kind = 'phone' AND t.subject = 'customer' ORDER BY t.id LIMIT $2";
        let most = i64::try_from(MOST_OF_ONE).unwrap_or(i64::MAX);
        let mut files = Vec::new();
        for mut row in self.exec().rows(sql, cells![token, most]).await? {
            if let Ok(file) = self.customer_seen(CustomerId(row.int()?), scope).await {
                files.push(file);
            }
        }
        let mut pairs = Vec::new();
        for (place, one) in files.iter().enumerate() {
            for other in files.iter().skip(place + 1) {
                if self.said_apart(one.id, other.id).await? {
                    continue;
                }
                let pair = self.pair(one.clone(), other.clone()).await?;
                if pair.is_likely() {
                    pairs.push(pair);
                }
            }
        }
        Ok(pairs)
    }

    async fn pair(&self, one: Customer, other: Customer) -> Result<Pair> {
        let (one, other) = (self.compared(one).await?, self.compared(other).await?);
        let mut alike = BTreeSet::new();
        let (a, b) = (&one.customer, &other.customer);
        let both = |x: &Option<crate::Personal>, y: &Option<crate::Personal>| {
            x.as_ref().zip(y.as_ref()).map(|(x, y)| (x.reveal().to_owned(), y.reveal().to_owned()))
        };
        if both(&a.phone, &b.phone).is_some_and(|(x, y)| phone_digits(&x) == phone_digits(&y)) {
            alike.insert(Alike::Phone);
        }
        if both(&a.name, &b.name).is_some_and(|(x, y)| normalise(&x) == normalise(&y)) {
            alike.insert(Alike::Name);
        }
        if both(&a.address, &b.address).is_some_and(|(x, y)| near(&x, &y)) {
            alike.insert(Alike::Address);
        }
        if one.identity.is_some() && one.identity == other.identity {
            alike.insert(Alike::Identity);
        }
        if self.share_a_vehicle(a.id, b.id).await? {
            alike.insert(Alike::Vehicle);
        }
        Ok(Pair { one, other, alike })
    }

    async fn compared(&self, customer: Customer) -> Result<Compared> {
        let sql = "SELECT c.made_at, (SELECT COUNT(*) FROM units u WHERE u.owner = c.id), \
                   (SELECT COUNT(*) FROM cases k WHERE k.customer = c.id), c.id_mac \
                   FROM customers c WHERE c.id = $1";
        let row = self.exec().row(sql, cells![customer.id]).await?;
        let mut row: Row = row.ok_or(StoreError::NotFound("customer"))?;
        Ok(Compared {
            customer,
            made_at: row.instant()?,
            vehicles: row.int()?,
            cases: row.int()?,
            identity: row.opt_bytes()?,
        })
    }

    /// Whether one brought, or has, a vehicle that the other has or had cases of.
    async fn share_a_vehicle(&self, one: CustomerId, other: CustomerId) -> Result<bool> {
        let of = "SELECT k.unit FROM cases k WHERE k.customer = {} AND k.unit IS NOT NULL \
                  UNION SELECT u.id FROM units u WHERE u.owner = {}";
        let sql = format!(
            "SELECT a.unit FROM ({}) a JOIN ({}) b ON a.unit = b.unit LIMIT 1",
            of.replace("{}", "$1"),
            of.replace("{}", "$2")
        );
        Ok(self.exec().row(sql, cells![one, other]).await?.is_some())
    }

    /// Keeps that two files are of two people, so that they are not proposed again.
    pub async fn say_apart(
        &self,
        (one, other): (CustomerId, CustomerId),
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let (one, other) = (one.min(other), one.max(other));
        let sql = "INSERT INTO customer_apart (one, other, said_at, said_by) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let write = crate::exec::Write::any(sql, cells![one, other, now, by]);
        self.exec().write(vec![write]).await?;
        Ok(())
    }

    async fn said_apart(&self, one: CustomerId, other: CustomerId) -> Result<bool> {
        let sql = "SELECT 1 FROM customer_apart WHERE one = $1 AND other = $2";
        let found = self.exec().row(sql, cells![one.min(other), one.max(other)]).await?;
        Ok(found.is_some())
    }
}

/// Whether two addresses are of one place: one begins as the other does.
fn near(one: &str, other: &str) -> bool {
    let (one, other) = (normalise(one), normalise(other));
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    shared > 0 && (shared >= NEAR || shared == shorter)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn addresses_are_near_when_they_begin_alike() {
        for (one, other, expect) in [
            ("江城区解放路18号3栋2单元", "江城区解放路18号 3 栋", true),
            ("江城区解放路18号", "江城区解放路18号", true),
            ("江城区解放路18号", "江城区人民路18号", false),
            ("", "江城区", false),
        ] {
            assert_eq!(near(one, other), expect, "{one} {other}");
        }
    }
}
