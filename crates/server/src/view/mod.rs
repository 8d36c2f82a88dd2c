//! What the API answers, as types: the OpenAPI document and the web client's types come from here.

pub mod account;
pub mod campaign;
pub mod case;
pub mod coverage;
pub mod elsewhere;
pub mod figure;
pub mod find;
pub mod form;
pub mod heed;
pub mod heeded;
pub mod paper;
pub mod part;
pub mod parts;
pub mod party;
pub mod past;
pub mod price;
pub mod problem;
pub mod row;
pub mod scorecard;
pub mod sheet;
pub mod told;
pub mod unit;
pub mod verdict;
pub mod words;

pub use party::{OrgRef, PersonRef};
pub use words::{ClauseView, Words};

use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; null at the end.
    pub next: Option<String>,
    /// How many there are in all, where that is known.
    pub total: Option<u64>,
}

impl<T> List<T> {
    /// A whole list.
    pub fn whole(items: Vec<T>) -> Self {
        let total = u64::try_from(items.len()).ok();
        Self { items, next: None, total }
    }

    /// One page.
    pub fn page(items: Vec<T>, next: Option<String>) -> Self {
        Self { items, next, total: None }
    }
}
