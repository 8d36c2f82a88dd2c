//! What there was with a customer (往来记录): cases, messages, vehicles, changes of the file, as one
//! list.

use crate::cases::{KeptCase, Page, TABLES, case_columns, cursor};
use crate::delivery::Told;
use crate::erasure::CustomerEvent;
use crate::exec::Row;
use crate::exec::cell::cells;
use crate::keys::Show;
use crate::{Result, Scope, Store};
use base::{CaseId, CustomerId, Day, Instant, PersonId, UnitId, Zone};
use std::fmt;
use std::str::FromStr;

/// Entries of a page.
const PAGE: usize = 30;

/// Changes of the file that everybody who may read it sees; who looked at the data stands in the
/// record of who answers for it.
const EVENTS: &str = "('registered', 'completed', 'corrected', 'unsubscribed', 'merged', \
    'parted', 'tagged', 'erased')";

/// Cases that are theirs, as the customer or as another party, and that the scope holds. `$1` to
/// `$4` are the customer, the scope and whose own it is.
const THEIRS: &str = "(c.customer = $1 OR c.id IN \
    (SELECT p.case_id FROM case_parties p WHERE p.customer = $1)) \
    AND c.org_path >= $2 AND c.org_path < $3 \
    AND (CAST($4 AS BIGINT) = 0 OR $4 IN (c.assignee, c.opener, c.owner))";

/// Since when a vehicle is its present owner's.
const SINCE: &str = "COALESCE((SELECT MAX(o.to_day) FROM unit_owners o WHERE o.unit = u.id), \
    u.sold_on, u.invoice_date, u.registered_on)";

/// Something there was with a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Dealing {
    /// When; a day is its beginning.
    pub at: Instant,
    id: i64,
    /// What.
    pub what: Dealt,
}

/// What there was.
#[derive(Debug, Clone, PartialEq)]
pub enum Dealt {
    /// A case: a repair, a call, a payment.
    Case(Box<KeptCase>),
    /// A message to them.
    Told(Box<Told>),
    /// A vehicle became theirs.
    Bought(UnitId),
    /// A vehicle went to somebody else, by that case.
    Sold(UnitId, CaseId, String),
    /// Their file changed.
    Event(CustomerEvent),
}

impl Dealt {
    /// The place of a kind among entries of one instant.
    fn rank(&self) -> u8 {
        match self {
            Self::Case(_) => 0,
            Self::Told(_) => 1,
            Self::Sold(..) => 2,
            Self::Bought(_) => 3,
            Self::Event(_) => 4,
        }
    }
}

impl Dealing {
    /// The name of an entry, which is where a page may end.
    pub fn key(&self) -> String {
        let Self { at, id, what } = self;
        Mark { at: *at, rank: what.rank(), id: *id }.to_string()
    }

    fn order(&self) -> (i64, u8, i64) {
        (-self.at.0, self.what.rank(), -self.id)
    }
}

/// Where a page ended.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: Instant,
    rank: u8,
    id: i64,
}

impl Mark {
    /// Before everything.
    const START: Self = Self { at: Instant(i64::MAX), rank: u8::MAX, id: i64::MAX };

    /// Entries of this kind come after: older, or of the same instant with a smaller id.
    fn of(self, rank: u8) -> (Instant, i64) {
        match rank.cmp(&self.rank) {
            std::cmp::Ordering::Greater => (self.at, i64::MAX),
            std::cmp::Ordering::Equal => (self.at, self.id),
            std::cmp::Ordering::Less => (self.at, 0),
        }
    }

    /// The same for entries that know a day alone.
    fn day_of(self, rank: u8, zone: &Zone) -> (Day, i64) {
        if self.at.0 == i64::MAX {
            return (Day::MAX, i64::MAX);
        }
        let (at, id) = self.of(rank);
        let day = zone.day(at);
        if zone.minute_of(day, 0) == at { (day, id) } else { (day, i64::MAX) }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.at.0, self.rank, self.id)
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().and_then(|part| part.parse::<i64>().ok()).ok_or(());
        let (at, rank, id) = (Instant(next()?), next()?, next()?);
        Ok(Self { at, rank: u8::try_from(rank).map_err(|_| ())?, id })
    }
}

/// How often somebody came (到店), within a scope.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visits {
    /// How often.
    pub count: i64,
    /// The first time.
    pub first: Option<Instant>,
    /// The last time.
    pub last: Option<Instant>,
}

impl Store {
    /// What there was with a customer, the latest first: cases and messages of the scope, vehicles
    /// with their days in that zone, changes of the file. The customer is one the scope may see.
    pub async fn dealings(
        &self,
        customer: CustomerId,
        (scope, zone): (&Scope, &Zone),
        after: Option<&str>,
        now: Instant,
    ) -> Result<Page<Dealing>> {
        let customer = self.kept_customer(customer).await?;
        let mark = cursor::<Mark>(after)?.unwrap_or(Mark::START);
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut items = self.dealt_cases(customer, scope, mark.of(0), limit).await?;
        let told = self.customer_told(customer, scope, mark.of(1), limit, now).await?;
        items.extend(told.into_iter().map(|told| {
            let (at, id) = (told.made_at, told.id);
            Dealing { at, id, what: Dealt::Told(Box::new(told)) }
        }));
        items.extend(self.dealt_sold(customer, (scope, zone), mark.day_of(2, zone), limit).await?);
        items.extend(self.dealt_bought(customer, zone, mark.day_of(3, zone), limit).await?);
        items.extend(self.dealt_events(customer, mark.of(4), limit).await?);
        items.sort_by_key(Dealing::order);
        let more = items.len() > PAGE;
        items.truncate(PAGE);
        let next = items.last().filter(|_| more).map(Dealing::key);
        Ok(Page { items, next })
    }

    async fn dealt_cases(
        &self,
        customer: CustomerId,
        scope: &Scope,
        (at, id): (Instant, i64),
        limit: i64,
    ) -> Result<Vec<Dealing>> {
        let sql = format!(
            "SELECT {}, c.version, c.data FROM {TABLES} WHERE c.id IN \
             (SELECT c.id FROM cases c WHERE {THEIRS} \
             AND (c.opened_at < $5 OR (c.opened_at = $5 AND c.id < $6)) \
             ORDER BY c.opened_at DESC, c.id DESC LIMIT $7) \
             ORDER BY c.opened_at DESC, c.id DESC",
            case_columns()
        );
        let own = scope.own.map_or(0, |person| person.0);
        let params = cells![customer, &scope.low, &scope.high, own, at, id, limit];
        let dealing = |kept: KeptCase| Dealing {
            at: kept.row.opened_at,
            id: kept.row.id.0,
            what: Dealt::Case(Box::new(kept)),
        };
        Ok(self.kept(sql, params).await?.into_iter().map(dealing).collect())
    }

    /// Vehicles that went to somebody else by a case of the scope.
    async fn dealt_sold(
        &self,
        customer: CustomerId,
        (scope, zone): (&Scope, &Zone),
        (day, id): (Day, i64),
        limit: i64,
    ) -> Result<Vec<Dealing>> {
        let sql = "SELECT o.id, o.unit, o.to_day, c.id, c.number FROM unit_owners o \
                   JOIN cases c ON c.id = o.case_id WHERE o.owner = $1 \
                   AND c.org_path >= $2 AND c.org_path < $3 \
                   AND (CAST($4 AS BIGINT) = 0 OR $4 IN (c.assignee, c.opener, c.owner)) \
                   AND (o.to_day < $5 OR (o.to_day = $5 AND o.id < $6)) \
                   ORDER BY o.to_day DESC, o.id DESC LIMIT $7";
        let own = scope.own.map_or(0, |person| person.0);
        let params = cells![customer, &scope.low, &scope.high, own, day, id, limit];
        let read = |mut row: Row| {
            let (id, unit, day) = (row.int()?, UnitId(row.int()?), row.day()?);
            let what = Dealt::Sold(unit, CaseId(row.int()?), row.text()?);
            Ok(Dealing { at: zone.minute_of(day, 0), id, what })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// Vehicles that are theirs, by the day they became so.
    async fn dealt_bought(
        &self,
        customer: CustomerId,
        zone: &Zone,
        (day, id): (Day, i64),
        limit: i64,
    ) -> Result<Vec<Dealing>> {
        let sql = format!(
            "SELECT u.id, {SINCE} FROM units u WHERE u.owner = $1 \
             AND ({SINCE} < $2 OR ({SINCE} = $2 AND u.id < $3)) \
             ORDER BY {SINCE} DESC, u.id DESC LIMIT $4"
        );
        let read = |mut row: Row| {
            let (id, day) = (row.int()?, row.day()?);
            let what = Dealt::Bought(UnitId(id));
            Ok(Dealing { at: zone.minute_of(day, 0), id, what })
        };
        let rows = self.exec().rows(sql, cells![customer, day, id, limit]).await?;
        rows.into_iter().map(read).collect()
    }

    async fn dealt_events(
        &self,
        customer: CustomerId,
        (at, id): (Instant, i64),
        limit: i64,
    ) -> Result<Vec<Dealing>> {
        let sql = format!(
            "SELECT id, event, recorded_at, actor, body FROM journal \
             WHERE aggregate = 'customer' AND aggregate_id IN \
             (SELECT f.id FROM customers f WHERE f.id = $1 OR f.merged_into = $1) \
             AND event IN {EVENTS} \
             AND (recorded_at < $2 OR (recorded_at = $2 AND id < $3)) \
             ORDER BY recorded_at DESC, id DESC LIMIT $4"
        );
        let mut dealings = Vec::new();
        for mut row in self.exec().rows(sql, cells![customer, at, id, limit]).await? {
            let (id, event, at) = (row.int()?, row.text()?, row.instant()?);
            let actor = row.opt_int()?.map(PersonId);
            let mut body = row.json()?;
            self.open_sealed(&mut body, Show::Masked).await?;
            let what = Dealt::Event(CustomerEvent { event, at, actor, body });
            dealings.push(Dealing { at, id, what });
        }
        Ok(dealings)
    }

    /// How often somebody came in my scope: cases of these processes.
    pub async fn visits(
        &self,
        customer: CustomerId,
        processes: &[&str],
        scope: &Scope,
    ) -> Result<Visits> {
        if processes.is_empty() {
            return Ok(Visits::default());
        }
        let sql = format!(
            "SELECT COUNT(*), MIN(c.opened_at), MAX(c.opened_at) FROM cases c \
             WHERE c.customer = $1 AND {THEIRS} AND c.process IN {}",
            crate::exec::places(5, processes.len())
        );
        let own = scope.own.map_or(0, |person| person.0);
        let mut params = cells![customer, &scope.low, &scope.high, own];
        params.extend(processes.iter().map(|process| crate::exec::Cell::from(*process)));
        let Some(mut row) = self.exec().row(sql, params).await? else {
            return Ok(Visits::default());
        };
        Ok(Visits { count: row.int()?, first: row.opt_instant()?, last: row.opt_instant()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written_and_nothing_else_is() {
        let mark = Mark { at: Instant(1_700_000_000), rank: 2, id: 77 };
        let read: Mark = mark.to_string().parse().expect("a mark");
        assert_eq!((read.at, read.rank, read.id), (mark.at, mark.rank, mark.id));
        for text in ["", "1", "1.2", "a.b.c", "1.300.5", "1.-1.5"] {
            assert!(text.parse::<Mark>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_entry_of_the_same_instant_follows_by_its_kind() {
        let mark = Mark { at: Instant(1_700_000_000), rank: 2, id: 77 };
        for (rank, id) in [(1, 0), (2, 77), (3, i64::MAX)] {
            assert_eq!(mark.of(rank), (mark.at, id), "{rank}");
        }
    }
}
