//! The ledger in words: accounts, entries, transactions and the life of a serial. Nobody has to
//! read a path.

mod custody;
mod entry;
mod names;
mod posted;
mod stock;

pub use custody::CustodyView;
pub use entry::{AccountPage, AccountView, EntryView};
pub use names::{Names, Quoted, means};
pub use posted::PostedView;
pub use stock::StockRowView;

use super::Words;
use serde::Serialize;
use store::accounts::FromImport;
use utoipa::ToSchema;

/// An account (科目) in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountRef {
    /// Its path, by which its page is asked for.
    pub path: String,
    /// The rule of the chart it stands under: `stock`, `transit`, `fitted`…
    pub rule: Option<String>,
    /// What kind of account it is: 库存.
    pub title: Words,
    /// What it is about, without the part: 城北维修站.
    pub about: Words,
    /// Everything in one line: 库存 · 城北维修站 · 48V20Ah 锂电池组.
    pub words: Words,
    /// The vehicle it is about, when it is one.
    pub unit: Option<String>,
    /// Whether the caller may open its page.
    pub open: bool,
}

/// A part (配件) as named in the ledger.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartRef {
    /// Code.
    pub code: String,
    /// Name; the code where the part master does not know it.
    pub title: Words,
}

/// The import a posting stems from, where no case stands behind it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceImport {
    /// Id.
    pub id: String,
    /// Name of the workbook.
    pub file_name: String,
}

impl SourceImport {
    /// As shown.
    pub fn of(import: Option<&FromImport>) -> Option<Self> {
        let FromImport { id, file_name } = import?;
        Some(Self { id: id.to_string(), file_name: file_name.clone() })
    }
}

/// The case a posting stems from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceCase {
    /// Id.
    pub id: String,
    /// Number as on papers.
    pub number: String,
    /// Process.
    pub process: String,
    /// The process in words.
    pub process_title: Words,
}
