//! `GET /me`: who I am, where I act, what I may.

use crate::api::people::IdentityView;
use crate::app::App;
use crate::auth::{Caller, SecondFactor, Session, pin, provider};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{OrgRef, Words};
use axum::extract::State;
use base::Lang;
use rulebook::model::{Permission, Reach};
use serde::Serialize;
use store::person::Pin;
use utoipa::ToSchema;

/// Most stations offered for switching.
const MAX_ORGS: usize = 200;

/// The signed-in person at the acting station.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Me {
    person: MyPerson,
    roles: Vec<MyRole>,
    org: OrgRef,
    orgs: Vec<OrgRef>,
    #[schema(value_type = Vec<String>)]
    permissions: Vec<Permission>,
    #[schema(value_type = String)]
    lang: Lang,
    company: Company,
    demo: bool,
    release: ReleaseRef,
    unread: i64,
    second_factor: SecondFactor,
    pin: PinState,
    /// The shared counter this browser is.
    counter: Option<MyCounter>,
    /// Whether I have a password that opens anything.
    password: bool,
    /// The company's identity provider.
    provider: Option<MyProvider>,
}

/// The company's identity provider (身份提供方), and who I am there.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyProvider {
    /// What people call it.
    label: Words,
    /// Who I am there, where that is linked.
    identity: Option<IdentityView>,
    /// Until when what it confirmed stands for my password.
    confirmed_until: Option<String>,
    /// Whether it is my only way in.
    only: bool,
    /// Where I sign out there too, when it signed me in.
    sign_out: Option<String>,
}

impl MyProvider {
    async fn of(app: &App, session: &Session) -> Answer<Option<Self>> {
        let Some(oidc) = app.oidc() else { return Ok(None) };
        let identity = app.store().identity(session.id()).await?;
        let there = session.provided.signed_in && session.counter.is_none();
        Ok(Some(Self {
            label: (&oidc.settings().label).into(),
            identity: identity.map(IdentityView::from),
            confirmed_until: provider::confirmed_until(session).map(|until| until.to_string()),
            only: provider::is_only_way(app, &session.person),
            sign_out: if there { oidc.sign_out() } else { None },
        }))
    }
}

/// How it stands with my PIN for shared counters (柜台口令).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PinState {
    /// There is none.
    Off,
    /// It opens.
    On,
    /// After too many wrong ones the password comes first.
    Blocked,
    /// A role of mine asks for a second factor: no PIN is enough.
    Barred,
}

/// The shared counter (柜台) at which somebody acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MyCounter {
    id: String,
    name: String,
    org: OrgRef,
    /// How long I may do nothing before it locks.
    idle_seconds: i64,
    /// Whether it locks after each act.
    per_act: bool,
    /// Whether I showed no more than a PIN.
    pin: bool,
}

impl PinState {
    fn of(app: &App, session: &Session) -> Self {
        if !pin::may_use(app, &session.release, &session.person) {
            return Self::Barred;
        }
        match session.person.pin {
            Pin::Off => Self::Off,
            Pin::On => Self::On,
            Pin::Blocked => Self::Blocked,
        }
    }
}

impl MyCounter {
    fn of(app: &App, session: &Session) -> Option<Self> {
        let at = session.counter.as_ref()?;
        Some(Self {
            id: at.counter.to_string(),
            name: at.name.clone(),
            org: app.orgs().get(at.org)?.into(),
            idle_seconds: at.idle_seconds,
            per_act: at.per_act,
            pin: at.pin,
        })
    }
}

/// Name and login.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyPerson {
    id: String,
    name: String,
    login: String,
}

/// A role in effect at the acting station.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyRole {
    role: String,
    title: Words,
    org: OrgRef,
}

/// The company.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Company {
    name: String,
}

/// The release in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReleaseRef {
    hash: String,
    /// First twelve digits of the hash.
    short: String,
    packs: Vec<PackRef>,
}

/// A pack of the release.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackRef {
    id: String,
    version: String,
    title: Words,
}

impl ReleaseRef {
    /// The release as named on pages.
    pub fn of(release: &rulebook::Release) -> Self {
        let packs = release.packs.iter().map(|p| PackRef {
            id: p.id.clone(),
            version: p.version.clone(),
            title: (&p.title).into(),
        });
        let short = release.hash.chars().take(12).collect();
        Self { hash: release.hash.clone(), short, packs: packs.collect() }
    }
}

/// Who I am, where I act, what I may.
#[utoipa::path(
    get, path = "/me", tag = "session", operation_id = "me_get",
    responses((status = 200, body = Me), (status = 401)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn get(State(app): State<App>, session: Caller) -> Answer<Json<Me>> {
    me_of(&app, &session).await.map(Json)
}

/// The answer for a session.
pub async fn me_of(app: &App, session: &Session) -> Answer<Me> {
    let orgs = app.orgs();
    let release = &session.release;
    let roles = session.roles.iter().filter_map(|held| {
        let title = release.roles.get(&held.role).map(|r| Words::from(&r.title));
        Some(MyRole {
            role: held.role.clone(),
            title: title.unwrap_or_else(|| Words::key(&held.role)),
            org: orgs.get(held.org)?.into(),
        })
    });
    Ok(Me {
        person: MyPerson {
            id: session.id().to_string(),
            name: session.person.name.reveal().to_owned(),
            login: session.person.login.clone(),
        },
        roles: roles.collect(),
        org: (&session.org).into(),
        orgs: stations(app, session).iter().map(OrgRef::from).collect(),
        permissions: session.permissions.iter().copied().collect(),
        lang: session.lang,
        company: Company {
            name: app.store().setting("company_name").await?.unwrap_or_else(|| "Sanbao".into()),
        },
        demo: app.config().demo,
        release: ReleaseRef::of(release),
        second_factor: SecondFactor::of(session),
        pin: PinState::of(app, session),
        counter: MyCounter::of(app, session),
        password: provider::password_counts(app, &session.person),
        provider: MyProvider::of(app, session).await?,
        unread: app.store().unread(session.id()).await?,
    })
}

/// Where the person may act: the units of their roles, and what lies below those that reach down.
pub fn stations(app: &App, session: &Session) -> Vec<store::org::Org> {
    let orgs = app.orgs();
    let reaches = |role: &str| session.release.roles.get(role).map(|r| r.reach);
    let deputies = app.deputies();
    let away = deputies.held_by(session.id(), app.today());
    let away: Vec<_> = away.flat_map(|acting| &acting.roles).collect();
    let may_act = |org: &store::org::Org| {
        session.person.roles.iter().chain(away.iter().copied()).any(|held| {
            held.org == org.id
                || (reaches(&held.role) >= Some(Reach::Subtree)
                    && org.kind == "station"
                    && orgs.is_within(org.id, held.org))
        })
    };
    let all = orgs.all();
    all.into_iter().filter(|org| may_act(org)).take(MAX_ORGS).cloned().collect()
}
