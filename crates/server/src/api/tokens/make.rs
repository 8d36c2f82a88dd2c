//! Making a token: checked, kept as a hash, shown once.

use super::view::{TokenPage, latest};
use crate::api::me::own_password;
use crate::app::App;
use crate::auth::{Place, Session, bearer, opens};
use crate::problem::{Answer, Problem};
use base::{Day, Lang, OrgId, Text};
use rulebook::model::Permission;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::person::Person;
use store::token::NewToken;
use utoipa::ToSchema;

/// Longest name.
const LONGEST_NAME: usize = 60;
/// Most tokens of a person that hold at a time.
const MOST: usize = 20;

/// A token to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenForm {
    /// Which program it is for.
    name: String,
    /// What it may do: rights that its person has at the unit.
    #[schema(value_type = Vec<String>)]
    permissions: BTreeSet<Permission>,
    /// The unit it acts at; it sees what lies there and below.
    #[schema(value_type = String)]
    org: OrgId,
    /// Its last day, a year away at the most.
    #[schema(value_type = String)]
    ends_on: Day,
    /// Of who makes it; none where the provider has just confirmed who it is.
    password: Option<String>,
    /// What their authenticator shows, where they have one.
    code: Option<String>,
}

/// A token just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeToken {
    id: String,
    /// The token itself; it is shown now and never again.
    token: String,
    tokens: TokenPage,
}

/// Makes a token of a person.
pub async fn make(
    app: &App,
    session: &Session,
    place: &Place,
    person: &Person,
    form: TokenForm,
) -> Answer<MadeToken> {
    let name = form.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(wrong(
            "name",
            "写明给哪个程序用，60 字以内",
            "Say which program it is for, in at most 60 characters",
        ));
    }
    if form.ends_on < app.today() || form.ends_on > latest(app) {
        return Err(wrong(
            "ends_on",
            "最后一天从今天起，最多一年",
            "Its last day is today at the earliest, and a year away at the most",
        ));
    }
    fits(app, person, &form)?;
    let held = app.store().tokens_of(person.id).await?;
    if held.iter().filter(|token| token.is_alive(session.now)).count() >= MOST {
        return Err(wrong(
            "name",
            "同时有效的令牌最多 20 个，先停用不再用的",
            "At most 20 tokens hold at a time; end one that is no longer used",
        ));
    }
    // A counter's machine that somebody left signed in makes no keys.
    own_password(app, session, place, form.password).await?;
    if session.person.second_factor {
        let right = match form.code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
            Some(code) => opens(app, &session.person, Some(code)).await?,
            None => false,
        };
        if !right {
            app.attempts().failed(&session.person.login, &place.0, app.now());
            return Err(wrong(
                "code",
                "填手机验证器上现在显示的六位数",
                "Type the six digits your authenticator shows now",
            ));
        }
    }
    let token = bearer::new_token()?;
    let new = NewToken {
        person: person.id,
        org: form.org,
        name,
        permissions: form.permissions,
        shown: bearer::shown(&token),
        secret: token.clone(),
        expires_at: app.zone().end_of(form.ends_on),
    };
    let id = app.store().add_token(new, session.id(), session.now).await?;
    let tokens = TokenPage::of(app, session, person).await?;
    Ok(MadeToken { id: id.to_string(), token, tokens })
}

/// Whether its person has what it asks for, where it asks for it.
fn fits(app: &App, person: &Person, form: &TokenForm) -> Answer<()> {
    if app.orgs().get(form.org).is_none() {
        return Err(wrong("org", "没有这个机构", "There is no such unit"));
    }
    if form.permissions.is_empty() {
        return Err(wrong("permissions", "至少选一项权限", "Choose at least one right"));
    }
    let there = Session::at(app, person.clone(), form.org, Lang::Zh)?;
    let beyond = form
        .permissions
        .iter()
        .find(|right| super::view::NEVER.contains(right) || !there.may(**right));
    let Some(beyond) = beyond else { return Ok(()) };
    let title = beyond.title();
    let (zh, en) = if super::view::NEVER.contains(beyond) {
        (
            format!("“{}”只能由人来做，不能交给令牌", title.zh),
            format!("\"{}\" is for people; no token has it", title.en),
        )
    } else {
        (
            format!("在该机构没有“{}”这项权限，令牌也不能有", title.zh),
            format!("Nobody can give away \"{}\" where they do not have it", title.en),
        )
    };
    Err(wrong("permissions", &zh, &en))
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").detail(zh, en).field(field, "token", Text::new(zh, en))
}
