//! The duty roster (值班表): laid out by day, changed by whoever heads the unit, and who it is now.

mod now;
mod page;
mod set;

use crate::app::App;
use crate::problem::{Answer, Problem};
use crate::view::PersonRef;
use base::{PersonId, Text};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/duty`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(page::page))
        .routes(routes!(now::now))
        .routes(routes!(set::set))
}

/// A stretch of a day: `08:30` to `24:00`. A shift that ends no later than it begins goes into the
/// next day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DutyHours {
    from: String,
    to: String,
}

/// `08:30` for the minute of a day.
fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The names of these people.
async fn names(app: &App, ids: &[PersonId]) -> Answer<BTreeMap<PersonId, String>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let people = app.store().people_named(&ids).await?;
    Ok(people.iter().map(|person| (person.id, person.name.reveal().to_owned())).collect())
}

/// A person by the names at hand.
fn person(names: &BTreeMap<PersonId, String>, id: PersonId) -> PersonRef {
    PersonRef::new(id, names.get(&id).map_or("", String::as_str))
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").detail(zh, en).field(field, "duty", Text::new(zh, en))
}
