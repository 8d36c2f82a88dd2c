//! `GET /orgs`: the organisation tree, which is the register of stations as well.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::Json;
use crate::orgs::Orgs;
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use base::OrgId;
use serde::Serialize;
use std::collections::BTreeMap;
use store::network::{Certified, SetBy};
use store::org::{Org, Standing};
use utoipa::ToSchema;

/// An organisation unit with its place in the tree.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each answers another question of the register")]
pub struct OrgRow {
    id: String,
    code: String,
    name: String,
    kind: String,
    parent: Option<String>,
    stars: Option<i64>,
    registered: bool,
    province: Option<String>,
    city: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    /// Floor area of the workshop in square metres.
    floor_area: Option<f64>,
    /// Number of its nameplate (铭牌编号).
    nameplate: Option<String>,
    /// `active` (在网), `suspended` (停用), `closed` (已退网).
    standing: String,
    /// Whether it had its first goods (第一批提货).
    supplied: bool,
    /// The general agent it belongs to.
    agent: Option<String>,
    /// People there who hold a valid repair certificate (上岗证).
    certified: i64,
    /// When the first of these certificates ends.
    certificate_ends: Option<String>,
    /// Whether it is an agent whose region has no station that is registered and works: against
    /// the standard.
    lacks_station: bool,
    /// The case that last said what it is; none where somebody typed it.
    set_by: Option<SettingCase>,
    /// For `If-Match` when it is changed.
    version: i64,
    /// Whether I see what happens there.
    in_scope: bool,
    /// The mode it works in: `simple` (简易), `standard` (标准), `full` (完整).
    mode: String,
    /// The unit that sets the mode, itself or one above; none where nobody does.
    mode_from: Option<String>,
    /// How often in the last 30 days the same person did what the other checks (自行核准).
    self_approvals: i64,
}

/// The case that says what a unit is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingCase {
    /// Its id; none for whoever may not see it.
    id: Option<String>,
    number: String,
}

/// Over how many days self-approvals are counted.
const COUNTED_DAYS: i64 = 30;
/// Square decimetres in a square metre.
const DM2: f64 = 100.0;

/// What is known beside the tree itself.
struct Known {
    self_approvals: BTreeMap<OrgId, i64>,
    certified: BTreeMap<OrgId, Certified>,
    set_by: BTreeMap<OrgId, SetBy>,
}

impl Known {
    async fn read(app: &App, session: &Session) -> Answer<Self> {
        let since = app.now().plus_seconds(-COUNTED_DAYS * 86_400);
        let approved = app.store().self_approvals(&session.scope, since).await?;
        let certified = app.store().certified_by_unit(app.today()).await?;
        let set_by = app.store().set_by().await?;
        Ok(Self {
            self_approvals: approved.into_iter().collect(),
            certified: certified.into_iter().map(|of| (of.org, of)).collect(),
            set_by: set_by.into_iter().map(|of| (of.org, of)).collect(),
        })
    }

    fn setting(&self, session: &Session, org: &Org) -> Option<SettingCase> {
        let of = self.set_by.get(&org.id)?;
        let seen = session.scope.holds(&of.org_path);
        Some(SettingCase { id: seen.then(|| of.case.to_string()), number: of.number.clone() })
    }
}

/// The nearest agent above a unit.
fn agent<'a>(orgs: &'a Orgs, org: &Org) -> Option<&'a Org> {
    let mut above = org.parent.and_then(|parent| orgs.get(parent));
    while let Some(at) = above {
        if at.kind == "agent" {
            return Some(at);
        }
        above = at.parent.and_then(|parent| orgs.get(parent));
    }
    None
}

/// Whether the region of an agent that works has no station that is registered and works (EB-4.2a).
fn lacks_station(all: &[&Org], org: &Org) -> bool {
    let works = |org: &Org| org.registered && org.standing == Standing::Active;
    let station = |at: &&&Org| at.kind == "station" && at.path.starts_with(&org.path) && works(at);
    org.kind == "agent" && org.standing == Standing::Active && !all.iter().any(|at| station(&at))
}

impl OrgRow {
    fn new(orgs: &Orgs, all: &[&Org], session: &Session, org: &Org, known: &Known) -> Self {
        let (mode, from) = orgs.mode(org.id);
        let certified = known.certified.get(&org.id);
        // Small numbers: an area has no more digits than this holds.
        #[expect(clippy::cast_precision_loss, reason = "an area in square decimetres is small")]
        let floor_area = org.floor_area_dm2.map(|dm2| dm2 as f64 / DM2);
        Self {
            id: org.id.to_string(),
            code: org.code.clone(),
            name: org.name.clone(),
            kind: org.kind.clone(),
            parent: org.parent.map(|p| p.to_string()),
            stars: org.stars,
            registered: org.registered,
            province: org.province.clone(),
            city: org.city.clone(),
            address: org.address.clone(),
            phone: org.phone.clone(),
            floor_area,
            nameplate: org.nameplate.clone(),
            standing: org.standing.word().to_owned(),
            supplied: org.supplied,
            agent: agent(orgs, org).map(|agent| agent.name.clone()),
            certified: certified.map_or(0, |of| of.people),
            certificate_ends: certified.and_then(|of| Some(of.first_ends?.to_string())),
            lacks_station: lacks_station(all, org),
            set_by: known.setting(session, org),
            version: org.version,
            in_scope: session.scope.holds(&org.path),
            mode: mode.to_owned(),
            mode_from: from.map(|org| org.id.to_string()),
            self_approvals: known.self_approvals.get(&org.id).copied().unwrap_or_default(),
        }
    }

    /// One unit as it now stands.
    pub async fn one(app: &App, session: &Session, id: OrgId) -> Answer<Self> {
        let known = Known::read(app, session).await?;
        let orgs = app.orgs();
        let org = orgs.get(id).ok_or_else(|| Problem::new("not-found"))?;
        Ok(Self::new(&orgs, &orgs.all(), session, org, &known))
    }
}

/// The organisation tree, parents before children.
#[utoipa::path(
    get, path = "/orgs", tag = "people", operation_id = "orgs_list",
    responses((status = 200, body = List<OrgRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn orgs(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
) -> Answer<Json<List<OrgRow>>> {
    let known = Known::read(&app, &session).await?;
    let orgs = app.orgs();
    let all = orgs.all();
    let rows = all.iter().map(|org| OrgRow::new(&orgs, &all, &session, org, &known));
    Ok(Json(List::whole(rows.collect())))
}
