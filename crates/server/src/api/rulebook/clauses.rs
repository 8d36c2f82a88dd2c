//! `GET /rulebook/clauses`: the standard's own words with what carries each.

use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::{List, Words};
use rulebook::Release;
use rulebook::coverage::called;
use rulebook::model::{Carrier, Clause, ClauseKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which clauses.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only those of this pack.
    pack: Option<String>,
}

/// A clause with its carriers.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseRow {
    id: String,
    number: String,
    zh: String,
    en: String,
    #[schema(value_type = String)]
    kind: ClauseKind,
    pack: String,
    chapter: Words,
    /// Why it is left to people.
    people: Option<String>,
    carriers: Vec<CarrierView>,
    /// `enforced`, `people`, `uncovered`.
    status: &'static str,
}

/// An item that carries a clause.
#[derive(Debug, Serialize, ToSchema)]
pub struct CarrierView {
    kind: String,
    path: String,
    /// Its name and the names of what it stands in, outermost first.
    name: Vec<Words>,
    /// File and line.
    at: String,
}

impl CarrierView {
    fn of(release: &Release, carrier: &Carrier) -> Self {
        Self {
            kind: carrier.kind.clone(),
            path: carrier.path.clone(),
            name: called(release, carrier).into_iter().map(Words::from).collect(),
            at: carrier.at.clone(),
        }
    }
}

/// How a clause stands.
pub fn status(release: &Release, clause: &Clause) -> &'static str {
    if release.carriers.get(&clause.id).is_some_and(|c| !c.is_empty()) {
        "enforced"
    } else if clause.people.is_some() {
        "people"
    } else {
        "uncovered"
    }
}

/// The standard's own words with what carries each.
#[utoipa::path(
    get, path = "/rulebook/clauses", tag = "rulebook", operation_id = "rulebook_clauses",
    params(Filter), responses((status = 200, body = List<ClauseRow>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn clauses(
    session: Allowed<perm::RulebookRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<ClauseRow>>> {
    let release = &session.release;
    let wanted =
        release.clauses.iter().filter(|c| filter.pack.as_ref().is_none_or(|p| *p == c.pack));
    // The company's own standard first; the shared practice it inherits stands behind it.
    let place = |pack: &str| release.packs.iter().rev().position(|p| p.id == pack);
    let mut wanted: Vec<_> = wanted.collect();
    wanted.sort_by_key(|clause| place(&clause.pack));
    let rows = wanted.into_iter().map(|clause| ClauseRow {
        id: clause.id.clone(),
        number: clause.number.clone(),
        zh: clause.zh.clone(),
        en: clause.en.clone(),
        kind: clause.kind,
        pack: clause.pack.clone(),
        chapter: (&clause.chapter).into(),
        people: clause.people.clone(),
        carriers: release
            .carriers
            .get(&clause.id)
            .map(|all| all.iter().map(|one| CarrierView::of(release, one)).collect())
            .unwrap_or_default(),
        status: status(release, clause),
    });
    Ok(Json(List::whole(rows.collect())))
}
