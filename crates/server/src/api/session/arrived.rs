//! Somebody is back from the identity provider: who that is here, and what follows.

use super::{allowed_now, begun};
use crate::api::me::{Me, me_of};
use crate::app::App;
use crate::auth::counter::Here;
use crate::auth::provider::{asked, said};
use crate::auth::{Place, Session, opens};
use crate::http::metrics::Count;
use crate::oidc::{Agreed, Answered, Claims};
use crate::problem::{Answer, Problem};
use base::{Lang, PersonId};
use store::StoreError;
use store::flow::{Flow, Purpose, is_of};
use store::person::{Linking, Person, Proven};
use store::session::Provided;

/// Somebody who came back, and how.
pub struct Arrival<'a> {
    /// The app.
    pub app: &'a App,
    /// What our address carried there.
    pub state: &'a str,
    /// What the browser kept.
    pub browser: &'a str,
    /// What the way was begun for.
    pub flow: Flow,
    /// The counter the browser is.
    pub here: Here,
    /// Language of the answer.
    pub lang: Option<Lang>,
}

/// The cookie of a new session, where one begins, and who is signed in.
type Opened = (Option<String>, Me);

/// What the provider's word leads to.
pub async fn arrived(
    arrival: Arrival<'_>,
    session: Option<(String, Session)>,
    code: &str,
) -> Answer<Opened> {
    let (app, now) = (arrival.app, arrival.app.now());
    let Flow { purpose, fresh, begun_at, .. } = arrival.flow;
    // Whoever is signed in must still be who began it: nothing happens in another one's name.
    let session = session.filter(|(token, session)| {
        is_of(token, arrival.flow.opener.as_deref()) && Some(session.id()) == arrival.flow.person
    });
    let own = matches!(purpose, Purpose::Confirm | Purpose::Link);
    if own && session.is_none() {
        return Err(Problem::new("provider-start-again"));
    }
    let fresh_since = fresh.then_some(begun_at);
    let answered = Answered { code, browser: arrival.browser, fresh_since };
    let claims =
        asked(app)?.who(answered, now).await.map_err(|trouble| refused(app, said(&trouble)))?;
    match (purpose, session) {
        (Purpose::Confirm, Some((token, session))) => {
            confirm(arrival, &token, session, &claims).await
        }
        (Purpose::Link, Some((_, session))) => link(arrival, session, &claims).await,
        (Purpose::Invited, _) => invited(arrival, &claims).await,
        _ => sign_in(arrival, &claims).await,
    }
}

fn refused(app: &App, problem: Problem) -> Problem {
    app.metrics().count(Count::SignInRefused);
    problem
}

/// The identity that was proven, with what people call it.
fn proven(app: &App, claims: &Claims) -> Answer<Proven> {
    let name = ["preferred_username", "email", "name"].into_iter().find_map(|one| claims.text(one));
    Ok(Proven {
        issuer: asked(app)?.settings().issuer.clone(),
        subject: claims.subject().to_owned(),
        name: name.map(|name| name.chars().take(100).collect()),
    })
}

async fn sign_in(arrival: Arrival<'_>, claims: &Claims) -> Answer<Opened> {
    let app = arrival.app;
    let id = person(app, claims).await.map_err(|problem| refused(app, problem))?;
    let person = app.store().person(id).await?;
    if !person.active {
        return Err(refused(
            app,
            Problem::new("provider-unknown")
                .detail("您的账号已停用，请联系站长或管理员", "Your account may no longer sign in"),
        ));
    }
    let second = asked(app)?.settings().second_counts(claims);
    if person.second_factor && !second {
        app.store().flow_proven(arrival.state, id).await?;
        return Err(Problem::new("code-needed"));
    }
    open(arrival, person, second).await
}

/// The code of the phone, after the provider's word.
pub async fn coded(arrival: Arrival<'_>, place: &Place, second: &str) -> Answer<Opened> {
    let app = arrival.app;
    let again = || Problem::new("provider-start-again");
    let person = app.store().person(arrival.flow.person.ok_or_else(again)?).await?;
    allowed_now(app, &person.login, place)?;
    if !person.active {
        return Err(again());
    }
    if !opens(app, &person, Some(second)).await? {
        app.attempts().failed(&person.login, &place.0, app.now());
        return Err(refused(app, Problem::new("wrong-code")));
    }
    app.attempts().succeeded(&person.login, &place.0, app.now());
    open(arrival, person, false).await
}

/// Begins the session; the way is over.
async fn open(arrival: Arrival<'_>, person: Person, second: bool) -> Answer<Opened> {
    let app = arrival.app;
    if !app.store().end_flow(arrival.state).await? {
        return Err(Problem::new("provider-start-again"));
    }
    let provided = Provided { signed_in: true, second, confirmed_at: None };
    let ([(_, cookie)], me) = begun(app, person, arrival.here, provided, arrival.lang).await?;
    Ok((Some(cookie), me.0))
}

/// Whose identity it is: who is linked, else who is known by what company and provider agreed on.
async fn person(app: &App, claims: &Claims) -> Answer<PersonId> {
    let oidc = asked(app)?;
    let proven = proven(app, claims)?;
    let store = app.store();
    if let Some(person) = store.identified(&proven.issuer, &proven.subject).await? {
        return Ok(person);
    }
    let unknown = || unknown(proven.name.as_deref().unwrap_or(&proven.subject));
    let login = oidc.settings().agreed.as_ref().and_then(|agreed| login(agreed, claims));
    let (person, _) = store.login(&login.ok_or_else(unknown)?).await?.ok_or_else(unknown)?;
    let held = store.identity(person.id).await?;
    if held.is_some_and(|held| held.issuer == proven.issuer) {
        return Err(Problem::new("provider-other").detail(
            "这个账号已关联另一个公司账号；换过公司账号的，请管理员先解除关联",
            "This account is linked to another company account; if you have a new one, have an \
             administrator let the old one go",
        ));
    }
    linked(app, person.id, &proven, Linking::Claim).await?;
    Ok(person.id)
}

fn unknown(name: &str) -> Problem {
    Problem::new("provider-unknown").detail(
        format!(
            "这里没有与公司账号“{name}”关联的员工：先用密码登录，在“我的”里关联一次，或请站长、\
             管理员发一个链接"
        ),
        format!(
            "Nobody here is linked to the company account {name}: sign in by password and link it \
             under Me, or ask whoever manages you for a link"
        ),
    )
}

/// The login by which somebody is known.
fn login(agreed: &Agreed, claims: &Claims) -> Option<String> {
    let login = match agreed {
        Agreed::Login(claim) => claims.text(claim)?.trim().to_lowercase(),
        Agreed::Email(domain) => {
            let email = claims.text("email").filter(|_| claims.is_true("email_verified"))?;
            let (name, at) = email.rsplit_once('@')?;
            at.eq_ignore_ascii_case(domain).then(|| name.to_lowercase())?
        }
    };
    crate::api::people::checked_login(&login).ok()
}

/// The refusal of somebody else's identity.
fn other() -> Problem {
    Problem::new("provider-other").detail(
        "这是另一个人的公司账号：在登录平台换成您自己的账号再试",
        "That company account is somebody else's: change to your own there and try again",
    )
}

async fn linked(app: &App, person: PersonId, proven: &Proven, how: Linking<'_>) -> Answer<()> {
    match app.store().link_identity(person, proven, how, app.now()).await {
        Err(StoreError::Taken(_)) => Err(other()),
        done => Ok(done?),
    }
}

async fn confirm(
    arrival: Arrival<'_>,
    token: &str,
    mut session: Session,
    claims: &Claims,
) -> Answer<Opened> {
    let (app, proven) = (arrival.app, proven(arrival.app, claims)?);
    let holder = app.store().identified(&proven.issuer, &proven.subject).await?;
    if holder != Some(session.id()) {
        return Err(other());
    }
    app.store().end_flow(arrival.state).await?;
    if !app.store().confirm_session(token, session.now).await? {
        return Err(Problem::new("session-expired"));
    }
    session.provided.confirmed_at = Some(session.now);
    Ok((None, me_of(app, &session).await?))
}

async fn link(arrival: Arrival<'_>, mut session: Session, claims: &Claims) -> Answer<Opened> {
    let app = arrival.app;
    linked(app, session.id(), &proven(app, claims)?, Linking::Own).await?;
    app.store().end_flow(arrival.state).await?;
    session.person = app.store().person(session.id()).await?;
    Ok((None, me_of(app, &session).await?))
}

async fn invited(arrival: Arrival<'_>, claims: &Claims) -> Answer<Opened> {
    let app = arrival.app;
    let again = || Problem::new("provider-start-again");
    let (Some(id), Some(hash)) = (arrival.flow.person, arrival.flow.opener.as_deref()) else {
        return Err(again());
    };
    let done = linked(app, id, &proven(app, claims)?, Linking::Invited(hash)).await;
    done.map_err(|problem| if problem.code() == "not-found" { again() } else { problem })?;
    app.ended(id);
    let second = asked(app)?.settings().second_counts(claims);
    let person = app.store().person(id).await?;
    open(arrival, person, second).await
}
