//! The ledger's rows: what the book of a posting is made of, how postings are written, and the
//! queries behind account pages, stock and custody. What may be posted is judged by `ledger`.

mod book;
mod custody;
mod digest;
mod entries;
mod fold;
mod import;
mod list;
mod noted;
mod plan;
mod posted;
mod shelf;
mod stock;
mod till;
pub(crate) mod walked;
mod write;

pub use custody::{CustodyMove, CustodyOf};
pub(crate) use digest::digest;
pub use entries::{Counter, EntryRow};
pub use list::{AccountQuery, AccountRow};
pub(crate) use noted::{Noted, Terms};
pub(crate) use plan::Posted;
pub use posted::PostedRow;
pub use stock::{StockQuery, StockRow};
pub use till::TillRow;
pub(crate) use write::writes;

use crate::exec::Row;
use crate::{Result, StoreError};
use base::{CaseId, Instant, TransactionId};
use ledger::{Commodity, Entry, Header, Key, MovementKind, Path, Refused, Source};

/// Entries of hot accounts that are not folded into their balances yet, by account.
const UNFOLDED: &str = "unfolded AS MATERIALIZED (SELECT e.account, \
    CAST(SUM(e.change) AS BIGINT) AS change FROM ledger_entries e WHERE (e.txid, e.position) > \
    ((SELECT txid FROM ledger_folded), (SELECT position FROM ledger_folded)) GROUP BY e.account)";

/// Columns of [`read_header`], of `ledger_transactions` as `t`.
const HEADER: &str = "t.id, t.posting, t.case_id, t.import_id, t.reverses, t.occurred_at";

/// Id, header, and what it reverses.
type Head = (TransactionId, Header, Option<TransactionId>);

fn read_header(row: &mut Row) -> Result<Head> {
    let (id, posting) = (TransactionId(row.int()?), key(&row.text()?)?);
    let source = match (row.opt_int()?, row.opt_int()?) {
        (Some(case), _) => Source::Case(CaseId(case)),
        (None, Some(import)) => Source::Import(import),
        (None, None) => return Err(StoreError::Damaged(format!("{id} stems from nothing"))),
    };
    let reverses = row.opt_int()?.map(TransactionId);
    Ok((id, Header { posting, source, occurred_at: Instant(row.int()?) }, reverses))
}

/// Columns of [`read_entry`], of `ledger_entries` as `e` and `ledger_accounts` as `a`.
const ENTRY: &str = "a.path, a.commodity, e.serial, e.change";

fn read_entry(row: &mut Row) -> Result<Entry> {
    Ok(Entry {
        account: path(&row.text()?)?,
        commodity: commodity(&row.text()?)?,
        serial: Some(row.text()?).filter(|s| !s.is_empty()).map(|s| key(&s)).transpose()?,
        change: row.int()?,
    })
}

fn read_kind(word: Option<String>) -> Result<Option<MovementKind>> {
    let kind = |word: String| {
        MovementKind::of_word(&word)
            .ok_or_else(|| StoreError::Damaged(format!("`{word}` is no kind of movement")))
    };
    word.map(kind).transpose()
}

fn key(text: &str) -> Result<Key> {
    Key::try_new(text).map_err(|refused| damaged(&refused))
}

fn path(text: &str) -> Result<Path> {
    Path::try_new(text).map_err(|refused| damaged(&refused))
}

fn commodity(text: &str) -> Result<Commodity> {
    text.parse().map_err(|refused| damaged(&refused))
}

fn damaged(refused: &Refused) -> StoreError {
    StoreError::Damaged(refused.to_string())
}

/// The import that a transaction stems from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromImport {
    /// Its number.
    pub id: i64,
    /// Name of the workbook.
    pub file_name: String,
}

impl FromImport {
    fn read(row: &mut Row) -> Result<Option<Self>> {
        let (id, file_name) = (row.opt_int()?, row.opt_text()?);
        Ok(id.map(|id| Self { id, file_name: file_name.unwrap_or_default() }))
    }
}

/// The part that a commodity counts.
fn part_of(commodity: &Commodity) -> Option<&Key> {
    match commodity {
        Commodity::Fen => None,
        Commodity::Pieces(part) | Commodity::Serials(part) => Some(part),
    }
}
