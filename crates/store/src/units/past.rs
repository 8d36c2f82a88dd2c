//! What a vehicle was before: owners, cards and components that are no longer.

use crate::customer::{self, Customer};
use crate::exec::cell::cells;
use crate::exec::{Read, Row};
use crate::search::normalise;
use crate::{Result, Scope, Store};
use base::{CaseId, Day, UnitId};

/// Most rows of each kind.
const MOST: i64 = 50;

/// What a vehicle was before, each the latest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitPast {
    /// Owners it left; empty for who neither sold nor served it.
    pub owners: Vec<PastOwner>,
    /// Cards that are void.
    pub cards: Vec<VoidCard>,
    /// Components that were taken out.
    pub components: Vec<PastComponent>,
}

/// Somebody who owned a vehicle.
#[derive(Debug, Clone, PartialEq)]
pub struct PastOwner {
    /// Who; `None` when nobody was registered.
    pub customer: Option<Customer>,
    /// Since when.
    pub from: Option<Day>,
    /// Until when.
    pub through: Day,
    /// The change of owner.
    pub case: Option<(CaseId, String)>,
}

/// A card that is void (作废).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidCard {
    /// Its number.
    pub card_no: String,
    /// `transfer`, `lost`, `damaged`.
    pub why: String,
    /// Since when.
    pub ended_on: Day,
    /// The case that ended it.
    pub case: Option<(CaseId, String)>,
}

/// A component that was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastComponent {
    /// Key of the catalogue.
    pub component: String,
    /// Serial number, when known.
    pub serial: Option<String>,
    /// Built in on this day; `None` from new.
    pub from: Option<Day>,
    /// Taken out on this day.
    pub through: Day,
    /// The case that built it in.
    pub case: Option<(CaseId, String)>,
}

fn case(row: &mut Row) -> Result<Option<(CaseId, String)>> {
    Ok(row.opt_int()?.map(CaseId).zip(row.opt_text()?))
}

impl Store {
    /// What a vehicle was before. Former owners are shown to who sold or serves it alone.
    pub async fn unit_past(&self, unit: UnitId, scope: &Scope) -> Result<UnitPast> {
        let owners = format!(
            "SELECT o.from_day, o.to_day, k.id, k.number, {} FROM unit_owners o \
             JOIN units u ON u.id = o.unit LEFT JOIN cases k ON k.id = o.case_id \
             LEFT JOIN customers c ON c.id = o.owner LEFT JOIN data_keys ck ON ck.id = c.key_id \
             WHERE o.unit = $1 AND ((u.org_path >= $2 AND u.org_path < $3) OR EXISTS \
             (SELECT 1 FROM search_tokens t WHERE t.subject = 'unit' AND t.id = u.id \
             AND t.path >= $2 AND t.path < $3)) ORDER BY o.id DESC LIMIT {MOST}",
            customer::COLUMNS
        );
        let cards = format!(
            "SELECT d.card_no, d.why, d.ended_on, k.id, k.number FROM unit_cards d \
             LEFT JOIN cases k ON k.id = d.case_id WHERE d.unit = $1 \
             ORDER BY d.id DESC LIMIT {MOST}"
        );
        let components = format!(
            "SELECT p.component, p.serial, p.from_day, p.to_day, k.id, k.number \
             FROM unit_components p LEFT JOIN cases k ON k.id = p.case_id WHERE p.unit = $1 \
             AND p.to_day IS NOT NULL ORDER BY p.to_day DESC, p.id DESC LIMIT {MOST}"
        );
        let reads = vec![
            Read::new(owners, cells![unit, &scope.low, &scope.high]),
            Read::new(cards, cells![unit]),
            Read::new(components, cells![unit]),
        ];
        let mut rows = self.exec().read(reads).await?.into_iter();
        let mut next = || rows.next().unwrap_or_default();
        let owner = |mut row: Row| {
            let (from, through) = (row.opt_day()?, row.day()?);
            let case = case(&mut row)?;
            Ok(PastOwner { customer: self.read_customer(&mut row)?, from, through, case })
        };
        let card = |mut row: Row| {
            let (card_no, why, ended_on) = (row.text()?, row.text()?, row.day()?);
            Ok(VoidCard { card_no, why, ended_on, case: case(&mut row)? })
        };
        let component = |mut row: Row| {
            let (component, serial) = (row.text()?, row.opt_text()?);
            let (from, through) = (row.opt_day()?, row.day()?);
            Ok(PastComponent { component, serial, from, through, case: case(&mut row)? })
        };
        Ok(UnitPast {
            owners: next().into_iter().map(owner).collect::<Result<_>>()?,
            cards: next().into_iter().map(card).collect::<Result<_>>()?,
            components: next().into_iter().map(component).collect::<Result<_>>()?,
        })
    }

    /// The void card of a vehicle that bears this number.
    pub(super) async fn void_card(&self, unit: UnitId, text: &str) -> Result<Option<String>> {
        let wanted = normalise(text);
        let sql = "SELECT card_no FROM unit_cards WHERE unit = $1 ORDER BY id DESC LIMIT 50";
        for mut row in self.exec().rows(sql, cells![unit]).await? {
            let card = row.text()?;
            if normalise(&card) == wanted {
                return Ok(Some(card));
            }
        }
        Ok(None)
    }

    /// Vehicles a customer owned before: with the frame number, since when and until when.
    pub async fn owned_before(
        &self,
        customer: base::CustomerId,
    ) -> Result<Vec<(UnitId, Option<String>, Option<Day>, Day)>> {
        let sql = "SELECT u.id, u.frame_no, o.from_day, o.to_day FROM unit_owners o \
                   JOIN units u ON u.id = o.unit WHERE o.owner = $1 ORDER BY o.id DESC LIMIT 50";
        let read =
            |mut row: Row| Ok((UnitId(row.int()?), row.opt_text()?, row.opt_day()?, row.day()?));
        self.exec().rows(sql, cells![customer]).await?.into_iter().map(read).collect()
    }
}
