//! Customers a form names beside the case's own (买方、送修人): found or registered at the door, so
//! that a case holds who they are by id and never by name.

use crate::api::units::create::mobile;
use crate::app::App;
use crate::auth::Session;
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use base::{CustomerId, Text};
use rulebook::Release;
use rulebook::model::{Field, FieldKind, Process};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use store::StoreError;
use store::customer::NewCustomer;

/// Longest name.
const MAX: usize = 100;
/// Who is not registered yet, while it is only asked whether the act may be done.
const NOBODY: CustomerId = CustomerId(0);

/// A customer as told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    name: String,
    #[serde(default)]
    phone: Option<String>,
}

/// Somebody a form names who may have to be registered.
#[derive(Debug, Clone)]
pub struct Party {
    field: String,
    new: NewCustomer,
}

/// Reads the customers of a form. Whoever is known by name and telephone stands in it by id
/// afterwards; somebody new by a placeholder, until [`register`].
pub async fn separate(
    app: &App,
    session: &Session,
    fields: &[&Field],
    form: &mut Map<String, Json>,
) -> Answer<Vec<Party>> {
    let mut parties = Vec::new();
    for field in fields.iter().filter(|field| field.kind == FieldKind::Customer) {
        match form.get(&field.id) {
            None | Some(Json::Null) => {}
            Some(Json::String(id)) => {
                let kept = near(app, session, field, &id.clone()).await?;
                form.insert(field.id.clone(), kept.to_string().into());
            }
            Some(said) => {
                let new = told(session, field, said)?;
                let known = app.store().same_customer(&new).await?;
                form.insert(field.id.clone(), known.unwrap_or(NOBODY).to_string().into());
                if known.is_none() {
                    parties.push(Party { field: field.id.clone(), new });
                }
            }
        }
    }
    Ok(parties)
}

/// The same for a look ahead: what is not complete yet is left out.
pub async fn assumed(
    app: &App,
    session: &Session,
    fields: &[&Field],
    form: &mut Map<String, Json>,
) -> Answer<()> {
    for field in fields.iter().filter(|field| field.kind == FieldKind::Customer) {
        if separate(app, session, &[field], form).await.is_err() {
            form.remove(&field.id);
        }
    }
    Ok(())
}

/// Registers who is new, now that the act may be done.
pub async fn register(app: &App, parties: &[Party], form: &mut Map<String, Json>) -> Answer<()> {
    for party in parties {
        let id = app.store().add_customer(party.new.clone(), app.now()).await?;
        form.insert(party.field.clone(), id.to_string().into());
    }
    Ok(())
}

/// The customers a case names, by field.
pub fn named(
    release: &Release,
    process: &Process,
    data: &Map<String, Json>,
) -> Vec<(String, CustomerId)> {
    let known = crate::view::case::fields(release, process);
    let parties = known.iter().filter(|(_, field)| field.kind == FieldKind::Customer);
    let id = |field: &str| data.get(field)?.as_str()?.parse().ok();
    parties.filter_map(|(field, _)| Some(((*field).to_owned(), id(field)?))).collect()
}

/// A customer of another station is not named by an id that somebody knows; one whose file was
/// merged is the kept one.
async fn near(app: &App, session: &Session, field: &Field, id: &str) -> Answer<CustomerId> {
    let strange = || {
        invalid(
            field,
            "没有这位客户，或不是您的站销售或服务的客户；请填姓名和电话",
            "There is no such customer, or your station does not serve them; give name and phone",
        )
    };
    let id = id.parse().map_err(|_| strange())?;
    match app.store().customer_seen(id, &session.scope).await {
        Ok(customer) if !customer.erased => Ok(customer.id),
        Ok(_) | Err(StoreError::NotFound(_)) => Err(strange()),
        Err(error) => Err(error.into()),
    }
}

fn told(session: &Session, field: &Field, said: &Json) -> Answer<NewCustomer> {
    let told = said.is_object().then(|| serde_json::from_value::<Told>(said.clone()).ok());
    let told = told.flatten().ok_or_else(|| {
        invalid(field, "应为姓名和电话", "It must be a name and a telephone number")
    })?;
    let name = clean::text(&told.name);
    if !(1..=MAX).contains(&name.chars().count()) {
        return Err(invalid(
            field,
            "请填写姓名，最多 100 个字",
            "Give a name of 100 characters at most",
        ));
    }
    let phone = told.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    let Ok(phone) = phone.map(mobile).transpose() else {
        return Err(invalid(
            field,
            "电话应为 11 位手机号，以 1 开头",
            "The telephone is a mobile number of 11 digits, from 1",
        ));
    };
    Ok(NewCustomer { name: Some(name), phone, org: Some(session.org.id), ..NewCustomer::default() })
}

fn invalid(field: &Field, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").field(&field.id, "invalid", Text::new(zh, en))
}
