//! Taking on the people of a workbook, and the links with which they set their passwords.

use crate::api::people::{NewPersonForm, invitation, standing};
use crate::app::App;
use crate::auth::{Giver, Session, provider};
use crate::problem::{Answer, Problem};
use serde::Serialize;
use store::StoreError;
use store::import::ImportRow;
use store::person::NewPerson;
use utoipa::ToSchema;

/// Somebody taken on, with the link that lets them in; it is shown now and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invited {
    id: String,
    login: String,
    name: String,
    /// Code of the unit of daily work.
    org: String,
    /// Path of the page; the token stands behind `#` and so never reaches a log.
    path: String,
    /// Until when it holds.
    expires_at: String,
}

/// Takes them on, when each may still be: rights may have gone since the check.
pub async fn take_on(
    app: &App,
    session: &Session,
    id: i64,
    people: Vec<NewPersonForm>,
) -> Answer<ImportRow> {
    let mut new = Vec::with_capacity(people.len());
    for NewPersonForm { login, person } in people {
        let standing = standing(app, session, person, None)?;
        new.push(NewPerson { login, standing, ..NewPerson::default() });
    }
    match app.store().apply_people(id, new, session.id(), session.now).await {
        Err(StoreError::Taken("login")) => Err(Problem::new("import-state").detail(
            "检查之后有账号被别人用了，请重新上传核对；这次一个人也没有写入",
            "Since the check somebody got one of the logins: upload the workbook again. \
             Nobody was taken on",
        )),
        done => Ok(done?),
    }
}

/// A new link for everybody of the import who has no password yet and whom I may manage; earlier
/// links of theirs are void.
pub async fn invited(app: &App, session: &Session, id: i64) -> Answer<Vec<Invited>> {
    let ids = app.store().people_of_import(id).await?;
    let giver = Giver::of(app, session);
    let orgs = app.orgs();
    let mut invited = Vec::new();
    for person in ids {
        let person = app.store().person(person).await?;
        let waits = person.active && !person.enrolled && !provider::is_only_way(app, &person);
        if !waits || !giver.may_manage(&person) {
            continue;
        }
        let link = invitation(app, session, person.id).await?;
        invited.push(Invited {
            id: person.id.to_string(),
            login: person.login,
            name: person.name.reveal().to_owned(),
            org: orgs.get(person.org).map_or_else(String::new, |org| org.code.clone()),
            path: link.path,
            expires_at: link.expires_at,
        });
    }
    Ok(invited)
}
