//! Coverage bars: what is covered until when, part by part.

use super::{ClauseView, Words};
use crate::app::App;
use crate::auth::Session;
use serde::Serialize;
use store::unit::Unit;
use utoipa::ToSchema;

/// What is covered until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
    today: String,
    starts: Option<String>,
    start_basis: Option<String>,
    bars: Vec<Bar>,
    axis: Axis,
}

/// One line: parts with the same term.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bar {
    components: Vec<String>,
    title: Words,
    fault_group: Option<Words>,
    starts: String,
    ends: String,
    /// `covered`, `soon`, `over`.
    state: String,
    clause: Option<ClauseView>,
    why: Vec<String>,
    /// Until when the last repair is guaranteed.
    guarantee_until: Option<String>,
}

/// What the drawing spans.
#[derive(Debug, Serialize, ToSchema)]
pub struct Axis {
    from: String,
    to: String,
}

/// The coverage of a vehicle today; `None` when nothing is known to count from.
pub fn coverage(app: &App, session: &Session, unit: &Unit) -> Option<Coverage> {
    let _ = (app, session, unit);
    None
}
