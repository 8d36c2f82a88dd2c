//! Values that cross the border to a database: four kinds are enough for both.

use crate::{Result, StoreError};
use base::{
    CaseId, CounterId, CustomerId, Day, DeadlineId, DocumentId, FileId, Instant, JournalId, OrgId,
    PersonId, TokenId, TransactionId, UnitId,
};

/// A parameter or a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

macro_rules! int_cells {
    ($($name:ident),*) => {$(
        impl From<$name> for Cell {
            fn from(value: $name) -> Self {
                Self::Int(value.0)
            }
        }
    )*};
}

int_cells!(
    CaseId,
    CounterId,
    CustomerId,
    DeadlineId,
    DocumentId,
    FileId,
    Instant,
    JournalId,
    OrgId,
    PersonId,
    TokenId,
    TransactionId,
    UnitId
);

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Cell {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Day> for Cell {
    fn from(value: Day) -> Self {
        Self::Text(value.to_string())
    }
}

impl From<Vec<u8>> for Cell {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Cell {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<[u8; 32]> for Cell {
    fn from(value: [u8; 32]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Clone + Into<Cell>> From<&Option<T>> for Cell {
    fn from(value: &Option<T>) -> Self {
        value.clone().map_or(Self::Null, Into::into)
    }
}

/// The parameters of a statement, in order.
macro_rules! cells {
    ($($value:expr),* $(,)?) => { vec![$($crate::exec::Cell::from($value)),*] };
}
pub(crate) use cells;

/// A row, read column after column in the order of the select list.
#[derive(Debug, Clone)]
pub(crate) struct Row(std::vec::IntoIter<Cell>);

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self(cells.into_iter())
    }

    /// All columns as they are.
    pub(crate) fn into_cells(self) -> Vec<Cell> {
        self.0.collect()
    }

    fn next(&mut self) -> Result<Cell> {
        self.0.next().ok_or_else(|| StoreError::Damaged("a row is too short".into()))
    }

    /// The next column as an integer, or nothing.
    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Int(value) => Ok(Some(value)),
            other => Err(wrong("an integer", &other)),
        }
    }

    /// The next column as an integer.
    pub(crate) fn int(&mut self) -> Result<i64> {
        self.opt_int()?.ok_or_else(|| wrong("an integer", &Cell::Null))
    }

    /// The next column as yes or no.
    pub(crate) fn flag(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }

    /// The next column as a count.
    pub(crate) fn count(&mut self) -> Result<u32> {
        let value = self.int()?;
        u32::try_from(value).map_err(|_| wrong("a count", &Cell::Int(value)))
    }

    /// The next column as text, or nothing.
    pub(crate) fn opt_text(&mut self) -> Result<Option<String>> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Text(value) => Ok(Some(value)),
            other => Err(wrong("text", &other)),
        }
    }

    /// The next column as text.
    pub(crate) fn text(&mut self) -> Result<String> {
        self.opt_text()?.ok_or_else(|| wrong("text", &Cell::Null))
    }

    /// The next column as bytes, or nothing.
    pub(crate) fn opt_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Bytes(value) => Ok(Some(value)),
            other => Err(wrong("bytes", &other)),
        }
    }

    /// The next column as bytes.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>> {
        self.opt_bytes()?.ok_or_else(|| wrong("bytes", &Cell::Null))
    }

    /// The next column as a day, or nothing.
    pub(crate) fn opt_day(&mut self) -> Result<Option<Day>> {
        self.opt_text()?.map(|text| day(&text)).transpose()
    }

    /// The next column as a day.
    pub(crate) fn day(&mut self) -> Result<Day> {
        day(&self.text()?)
    }

    /// The next column as an instant.
    pub(crate) fn instant(&mut self) -> Result<Instant> {
        self.int().map(Instant)
    }

    /// The next column as an instant, or nothing.
    pub(crate) fn opt_instant(&mut self) -> Result<Option<Instant>> {
        Ok(self.opt_int()?.map(Instant))
    }

    /// The next column as the JSON of `T`.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T> {
        parse(&self.text()?)
    }
}

/// Stored JSON.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Damaged(format!("stored JSON: {e}")))
}

/// JSON to store.
pub(crate) fn print<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Damaged(format!("JSON to store: {e}")))
}

fn day(text: &str) -> Result<Day> {
    text.parse().map_err(|_| StoreError::Damaged(format!("`{text}` is no day")))
}

fn wrong(wanted: &str, found: &Cell) -> StoreError {
    let found = match found {
        Cell::Null => "nothing",
        Cell::Int(_) => "an integer",
        Cell::Text(_) => "text",
        Cell::Bytes(_) => "bytes",
    };
    StoreError::Damaged(format!("a column holds {found} where {wanted} belongs"))
}
