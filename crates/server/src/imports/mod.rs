//! Imports from Excel: what a workbook holds, row by row, before anything is written.

mod archive;
pub mod clean;
pub mod customer_rows;
mod date;
mod delimited;
pub mod errors_book;
pub mod fields;
mod formula;
pub mod headings;
pub mod opening;
pub mod opening_rows;
pub mod part_rows;
pub mod people;
pub mod people_rows;
pub mod price_rows;
pub mod register;
pub mod sale;
pub mod seen;
pub mod sheets;
pub mod stream;
pub mod why;
pub mod workbook;

use base::Lang;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use sale::Sale;
pub use why::Remark;

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ruling {
    /// It will be written.
    Accept,
    /// It is wrong and goes back to the sender.
    Reject,
    /// It is no registration, or says nothing new.
    Skip,
}

/// The verdict on one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowVerdict {
    /// Row of the sheet, from 1.
    pub row: u32,
    /// Accept, reject or skip.
    pub ruling: Ruling,
    /// Why, or what was understood.
    pub remarks: Vec<Remark>,
    /// What was read.
    pub sale: Option<Sale>,
}

impl RowVerdict {
    fn new(row: u32, ruling: Ruling, remarks: Vec<Remark>, sale: Option<Sale>) -> Self {
        Self { row, ruling, remarks, sale }
    }

    /// The code of the first remark; `ok` when there is none.
    pub fn kind(&self) -> &'static str {
        self.remarks.first().map_or("ok", |r| r.code)
    }

    /// The sentences in one language.
    pub fn why(&self, lang: Lang) -> String {
        Remark::all(&self.remarks, lang)
    }
}

/// The verdict on one row of a workbook of parts or prices.
#[derive(Debug, Clone, PartialEq)]
pub struct MasterRow<T> {
    /// Row of the sheet, from 1.
    pub row: u32,
    /// Accept, reject or skip.
    pub ruling: Ruling,
    /// Why.
    pub remarks: Vec<Remark>,
    /// What will be entered.
    pub entry: T,
    /// What was read, by column.
    pub shown: serde_json::Map<String, serde_json::Value>,
}

impl<T> MasterRow<T> {
    fn new(
        row: u32,
        ruling: Ruling,
        remarks: Vec<Remark>,
        entry: T,
        cells: &sheets::RowCells<'_>,
    ) -> Self {
        Self { row, ruling, remarks, entry, shown: cells.shown() }
    }
}

/// What the register already holds, as far as the workbook names it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Model codes.
    pub models: BTreeSet<String>,
    /// Outlets (网点): code to name.
    pub outlets: BTreeMap<String, String>,
    /// Vehicles by frame number with their owner.
    pub frames: HashMap<String, TakenFrame>,
    /// Warranty cards: number to frame number.
    pub cards: HashMap<String, String>,
    /// Components: key and serial to frame number.
    pub serials: HashMap<(String, String), String>,
}

/// A registered vehicle's owner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenFrame {
    /// Name in clear.
    pub name: String,
    /// Phone in clear.
    pub phone: Option<String>,
    /// Whether it was ever returned to its maker.
    pub returned: bool,
}

impl Known {
    /// The code of the only outlet of that name.
    pub fn outlet_named(&self, name: &str) -> Option<&str> {
        let mut found = self.outlets.iter().filter(|(_, n)| *n == name);
        match (found.next(), found.next()) {
            (Some((code, _)), None) => Some(code),
            _ => None,
        }
    }
}

/// How many rows fall under each ruling: accepted, rejected, skipped.
pub fn counts(verdicts: &[RowVerdict]) -> (usize, usize, usize) {
    let count = |ruling| verdicts.iter().filter(|v| v.ruling == ruling).count();
    (count(Ruling::Accept), count(Ruling::Reject), count(Ruling::Skip))
}
