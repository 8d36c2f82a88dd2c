//! `POST /people`, `PUT /people/{id}`: takes people on, changes what they do, lets them go.

use super::get::PersonPage;
use super::invite::{Link, invitation};
use crate::app::App;
use crate::auth::{Allowed, Giver, Session, perm};
use crate::command::Key;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Day, OrgId, PersonId, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::StoreError;
use store::person::{NewPerson, Person, RoleAt, Standing};
use utoipa::ToSchema;

/// Longest login and name.
const LONGEST: usize = 40;
/// Most roles of one person.
const MOST_ROLES: usize = 20;

/// A role at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleForm {
    /// The role's key.
    pub role: String,
    /// The unit it is held at.
    #[schema(value_type = String)]
    pub org: OrgId,
}

/// What may change of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonForm {
    /// Name.
    pub name: String,
    /// The station of daily work.
    #[schema(value_type = String)]
    pub org: OrgId,
    /// `zh` or `en`.
    #[serde(default)]
    pub lang: String,
    /// Roles, each at its unit.
    pub roles: Vec<RoleForm>,
    /// Components the person is good at; dispatchers see them.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Absent through this day.
    #[schema(value_type = Option<String>)]
    pub away_until: Option<Day>,
    /// Whether the person may sign in.
    pub active: bool,
}

/// A person to take on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPersonForm {
    /// Login name: letters, digits, `.`, `-` and `_`; it never changes.
    pub login: String,
    /// How they stand.
    pub person: PersonForm,
}

/// Somebody just taken on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Added {
    id: String,
    /// With it they set their password.
    invitation: Link,
}

/// Takes a person on; the link in the answer lets them set a password.
#[utoipa::path(
    post, path = "/people", tag = "people", operation_id = "people_create",
    request_body = NewPersonForm,
    responses((status = 201, body = Added), (status = 403), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Json(body): Json<NewPersonForm>,
) -> Answer<(StatusCode, Json<Added>)> {
    let login = checked_login(&body.login)?;
    let standing = standing(&app, &session, body.person, None)?;
    let new = NewPerson { login: login.clone(), standing, ..NewPerson::default() };
    let id = match app.store().add_person(new, Some(session.id()), session.now).await {
        Err(StoreError::Taken("login")) => {
            return Err(wrong(
                "login",
                &format!("账号 {login} 已有人使用，请换一个，例如加上工号"),
                &format!("Somebody has the login {login}; take another, with a number perhaps"),
            ));
        }
        added => added?,
    };
    let invitation = invitation(&app, &session, id).await?;
    Ok((StatusCode::CREATED, Json(Added { id: id.to_string(), invitation })))
}

/// Changes a person. Who may no longer sign in is signed out at once.
#[utoipa::path(
    put, path = "/people/{id}", tag = "people", operation_id = "people_put",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = PersonForm,
    responses((status = 200, body = PersonPage), (status = 403), (status = 404), (status = 409),
        (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<PersonId>,
    key: Key,
    Json(body): Json<PersonForm>,
) -> Answer<Json<PersonPage>> {
    let person = managed(&app, &session, id).await?;
    let version = key.seen()?;
    let standing = standing(&app, &session, body, Some(&person))?;
    match app.store().change_person(id, version, &standing, Some(session.id()), session.now).await {
        Err(StoreError::Stale { current }) => {
            return Err(Problem::new("stale-version")
                .with("current_version", current.into())
                .detail(
                    "这位员工的资料刚被别人改过，请看过再改",
                    "Somebody else has just changed this person; look at it and try again",
                ));
        }
        changed => changed?,
    }
    app.refresh_deputies().await?;
    app.ended(id);
    PersonPage::of(&app, &session, id).await.map(Json)
}

/// A person I may manage; otherwise why not.
pub async fn managed(app: &App, session: &Session, id: PersonId) -> Answer<Person> {
    let person = super::get::seen(app, session, id).await?;
    let giver = Giver::of(app, session);
    if giver.may_manage(&person) {
        return Ok(person);
    }
    let (zh, en) = if person.id == session.id() {
        ("自己的岗位请由上级或管理员调整", "Your own roles are changed by somebody above you")
    } else {
        (
            "此人担任着您不能任免的岗位，请由上级或管理员办理",
            "This person holds a role you cannot give; ask somebody above or an administrator",
        )
    };
    Err(Problem::new("forbidden").detail(zh, en))
}

/// A login as stored: lower case, of few plain characters.
pub fn checked_login(login: &str) -> Answer<String> {
    let login = login.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if login.len() < 2 || login.len() > LONGEST || !login.chars().all(plain) {
        return Err(wrong(
            "login",
            "账号 2 至 40 个字符，只用字母、数字、点、- 和 _，例如姓名拼音",
            "A login has 2 to 40 letters, digits, dots, - and _",
        ));
    }
    Ok(login)
}

/// How a person shall stand, when this session may say so.
pub fn standing(
    app: &App,
    session: &Session,
    form: PersonForm,
    before: Option<&Person>,
) -> Answer<Standing> {
    let giver = Giver::of(app, session);
    let orgs = app.orgs();
    let name = form.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong("name", "写姓名，40 字以内", "Give a name of at most 40 characters"));
    }
    if !orgs.get(form.org).is_some_and(|org| giver.within(org)) {
        return Err(wrong("org", "选一个您管辖范围内的机构", "Choose a unit within your reach"));
    }
    if form.roles.len() > MOST_ROLES {
        return Err(wrong("roles", "一人最多 20 个岗位", "At most 20 roles of one person"));
    }
    let roles: BTreeSet<RoleAt> =
        form.roles.into_iter().map(|at| RoleAt { role: at.role, org: at.org }).collect();
    if let Some(beyond) = roles.iter().find(|held| !giver.may_give(held)) {
        let role = session.release.roles.get(&beyond.role).map(|role| &role.title);
        let (zh, en) = role.map_or((beyond.role.as_str(), beyond.role.as_str()), |title| {
            (title.zh.as_str(), title.en.as_str())
        });
        return Err(wrong(
            "roles",
            &format!("您不能在那里任命“{zh}”；请由上级或管理员任命"),
            &format!("You cannot give the role {en} there; ask somebody above you"),
        ));
    }
    let components = &session.release.catalog;
    if let Some(skill) = form.skills.iter().find(|skill| components.component(skill).is_none()) {
        return Err(wrong(
            "skills",
            &format!("配件目录里没有“{skill}”"),
            &format!("The catalogue has no component {skill}"),
        ));
    }
    if form.active && roles.is_empty() {
        return Err(wrong(
            "roles",
            "至少给一个岗位，没有岗位登录后什么也看不到",
            "Give at least one role: without one there is nothing to see",
        ));
    }
    let lang = match form.lang.as_str() {
        "" => before.map_or("zh", |person| person.lang.as_str()).to_owned(),
        _ => form.lang,
    };
    Ok(Standing {
        name,
        org: form.org,
        lang,
        roles: roles.into_iter().collect(),
        skills: form.skills,
        away_until: form.away_until,
        active: form.active,
    })
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").detail(zh, en).field(field, "person", Text::new(zh, en))
}
