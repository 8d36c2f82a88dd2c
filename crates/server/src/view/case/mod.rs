//! A case (案件) as its page shows it.

mod actions;
mod deadlines;
mod documents;
mod grants;
pub mod labels;
mod page;
mod steps;
mod timeline;

pub use actions::ActionView;
pub use labels::fields;
pub use page::{CaseRef, CaseView, page, seen};
pub use timeline::TimelineView;

use super::Words;
use rulebook::Release;
use rulebook::model::{Process, StateKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A state by id, words and kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StateRef {
    /// Its id within the track.
    pub id: String,
    /// Its words.
    pub title: Words,
    /// `idle`, `working`, `waiting_customer`, `waiting_parts`, `waiting_supplier`, `done`,
    /// `cancelled`.
    #[schema(value_type = String)]
    pub kind: StateKind,
}

impl StateRef {
    /// The state of that full name (`track.state`).
    pub fn of(process: Option<&Process>, full: &str) -> Self {
        let id = full.split_once('.').map_or(full, |(_, id)| id);
        match process.and_then(|p| p.state(full)) {
            Some(state) => {
                Self { id: id.to_owned(), title: (&state.title).into(), kind: state.kind }
            }
            None => Self { id: id.to_owned(), title: Words::key(id), kind: StateKind::Working },
        }
    }
}

/// A process by id and words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcessRef {
    /// Its key.
    pub id: String,
    /// Its words.
    pub title: Words,
}

impl ProcessRef {
    /// The process of that key.
    pub fn of(release: Option<&Release>, id: &str) -> Self {
        let title = release.and_then(|r| r.processes.get(id)).map(|p| Words::from(&p.title));
        Self { id: id.to_owned(), title: title.unwrap_or_else(|| Words::key(id)) }
    }
}
