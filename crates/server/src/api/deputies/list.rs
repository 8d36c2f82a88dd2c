//! `GET /me/deputies`, `GET /deputies`: who holds whose office when, and why.

use crate::app::App;
use crate::auth::{Allowed, Session, SignedIn, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{OrgRef, PersonRef};
use axum::extract::State;
use base::PersonId;
use serde::Serialize;
use std::collections::BTreeMap;
use store::deputy::NamedDeputy;
use store::person::Person;
use utoipa::ToSchema;

/// Most colleagues to choose from.
const MOST: u32 = 200;

/// A deputy as named.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Deputy)]
pub struct DeputyView {
    id: String,
    /// Who is away.
    person: PersonRef,
    /// Who holds the office meanwhile.
    deputy: PersonRef,
    /// From this day.
    from: String,
    /// Through this day.
    to: String,
    /// Why.
    reason: String,
    named_by: PersonRef,
    /// `coming`, `holds`, `over`, `ended`.
    status: &'static str,
    /// Whether I may end it.
    may_end: bool,
}

/// A colleague to choose from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Colleague {
    id: String,
    name: String,
    org: Option<OrgRef>,
}

/// Deputies, and who may be named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeputyPage {
    items: Vec<DeputyView>,
    /// People in service within my reach.
    colleagues: Vec<Colleague>,
}

/// My deputies, and whose deputy I am.
#[utoipa::path(
    get, path = "/me/deputies", tag = "people", operation_id = "my_deputies_list",
    responses((status = 200, body = DeputyPage)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn mine(State(app): State<App>, session: SignedIn) -> Answer<Json<DeputyPage>> {
    let rows = app.store().deputies(session.id(), None).await?;
    page(&app, &session, rows, |row| row.named.person == session.id()).await
}

/// Deputies of the people within my reach.
#[utoipa::path(
    get, path = "/deputies", tag = "people", operation_id = "deputies_list",
    responses((status = 200, body = DeputyPage)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn all(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
) -> Answer<Json<DeputyPage>> {
    let rows = app.store().deputies(session.id(), Some(&session.scope)).await?;
    let manages = session.may(rulebook::model::Permission::PeopleWrite);
    page(&app, &session, rows, |row| manages || row.named.person == session.id()).await
}

async fn page(
    app: &App,
    session: &Session,
    rows: Vec<NamedDeputy>,
    mine: impl Fn(&NamedDeputy) -> bool,
) -> Answer<Json<DeputyPage>> {
    let all = rows.iter().map(|row| &row.named);
    let mut ids: Vec<PersonId> = all.flat_map(|n| [n.person, n.deputy, n.named_by]).collect();
    ids.sort_unstable();
    ids.dedup();
    let people = app.store().people_named(&ids).await?;
    let names = people.iter().map(|p| (p.id, p.name.reveal().to_owned())).collect();
    let items = rows.iter().map(|row| view(app, row, &names, mine(row))).collect();
    let orgs = app.orgs();
    // Who sees only their own cases chooses nobody.
    let colleagues = if session.scope.is_own() {
        vec![]
    } else {
        app.store().people(&session.scope, None, MOST).await?
    };
    let colleague = |person: Person| Colleague {
        id: person.id.to_string(),
        name: person.name.reveal().to_owned(),
        org: orgs.get(person.org).map(OrgRef::from),
    };
    let colleagues = colleagues.into_iter().filter(|p| p.active).map(colleague).collect();
    Ok(Json(DeputyPage { items, colleagues }))
}

fn view(
    app: &App,
    row: &NamedDeputy,
    names: &BTreeMap<PersonId, String>,
    mine: bool,
) -> DeputyView {
    let said = &row.named;
    let person = |id: PersonId| PersonRef::new(id, names.get(&id).map_or("", String::as_str));
    let today = app.today();
    let status = match row.ended_at {
        Some(_) => "ended",
        None if said.to < today => "over",
        None if said.from > today => "coming",
        None => "holds",
    };
    DeputyView {
        id: row.id.to_string(),
        person: person(said.person),
        deputy: person(said.deputy),
        from: said.from.to_string(),
        to: said.to.to_string(),
        reason: said.reason.clone(),
        named_by: person(said.named_by),
        status,
        may_end: mine && matches!(status, "coming" | "holds"),
    }
}
