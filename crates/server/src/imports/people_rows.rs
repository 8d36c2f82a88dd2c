//! Judging the rows of a workbook of people (员工): whom one may take on by hand, one may import.

use super::sheets::RowCells;
use super::why::{Remark, quoting};
use super::workbook::Sheet;
use super::{MasterRow, Ruling, clean};
use crate::api::people::{NewPersonForm, PersonForm, RoleForm, checked_login, standing};
use crate::app::App;
use crate::auth::{Giver, Session};
use crate::problem::{Answer, Problem};
use base::OrgId;
use rulebook::model::Role;
use std::collections::{BTreeSet, HashMap};

/// Most people of one workbook: they are taken on in one transaction.
pub const MAX_PEOPLE: usize = 500;

/// Which of the sheet's logins somebody has.
pub async fn taken(app: &App, sheet: &Sheet) -> Answer<BTreeSet<String>> {
    let login = |cells| checked_login(&RowCells::of(sheet, cells).text("login")).ok();
    let logins: Vec<String> = sheet.rows.values().filter_map(login).collect();
    Ok(app.store().logins_taken(&logins).await?)
}

/// Judges every row of the sheet.
pub fn judge(
    app: &App,
    session: &Session,
    sheet: &Sheet,
    taken: &BTreeSet<String>,
) -> Vec<MasterRow<Option<NewPersonForm>>> {
    let mut above: HashMap<String, u32> = HashMap::new();
    let mut judged = Vec::with_capacity(sheet.rows.len());
    for (number, cells) in &sheet.rows {
        let row = RowCells::of(sheet, cells);
        if let Some(nothing) = row.no_data() {
            judged.push(MasterRow::new(*number, Ruling::Skip, vec![nothing], None, &row));
            continue;
        }
        let (form, mut errors) = read(app, session, &row);
        if let Some(first) = above.get(&form.login) {
            errors.push(quoting(
                "login_twice",
                format!("第 {first} 行已用账号 {}，请换一个", form.login),
                format!("row {first} has the login {} already; take another", form.login),
            ));
        }
        if taken.contains(&form.login) {
            errors.push(quoting(
                "login_taken",
                format!("账号 {} 已有人使用；若是同一人，请在员工页面修改", form.login),
                format!("somebody has the login {}; change a person on their page", form.login),
            ));
        }
        above.entry(form.login.clone()).or_insert(*number);
        judged.push(if errors.is_empty() {
            MasterRow::new(*number, Ruling::Accept, vec![], Some(form), &row)
        } else {
            MasterRow::new(*number, Ruling::Reject, errors, None, &row)
        });
    }
    judged
}

/// What a row says, and what is wrong with it.
fn read(app: &App, session: &Session, row: &RowCells<'_>) -> (NewPersonForm, Vec<Remark>) {
    let mut errors = Vec::new();
    let login = checked_login(&row.text("login")).unwrap_or_else(|problem| {
        errors.push(said("login_invalid", &problem));
        String::new()
    });
    let org = unit(app, session, &row.text("org"));
    let roles = org.map_or_else(Vec::new, |org| {
        let words = row.list("roles");
        let given = words.iter().map(|word| role(app, session, word, org));
        given.filter_map(|given| given.map_err(|remark| errors.push(remark)).ok()).collect()
    });
    let person = PersonForm {
        name: row.text("name"),
        org: org.unwrap_or(OrgId(0)),
        lang: match row.text("lang").to_lowercase().as_str() {
            "en" | "英文" | "英语" | "english" => "en".into(),
            _ => "zh".into(),
        },
        roles,
        skills: vec![],
        away_until: None,
        active: true,
    };
    if org.is_none() {
        errors.push(org_unknown());
    } else if errors.is_empty()
        && let Err(problem) = standing(app, session, person.clone(), None)
    {
        errors.push(said("person_refused", &problem));
    }
    (NewPersonForm { login, person }, errors)
}

/// A unit within reach, by its code, or by its name where only one bears it.
fn unit(app: &App, session: &Session, text: &str) -> Option<OrgId> {
    let orgs = app.orgs();
    let code = clean::code(text);
    let mine: Vec<_> =
        orgs.all().into_iter().filter(|org| session.scope.holds(&org.path)).collect();
    if let Some(org) = mine.iter().find(|org| clean::code(&org.code) == code) {
        return Some(org.id);
    }
    let mut named = mine.iter().filter(|org| org.name == text);
    match (named.next(), named.next()) {
        (Some(org), None) => Some(org.id),
        _ => None,
    }
}

/// A role as people write it, `站长` or `station_manager`; `站长@BJ` is held at another unit.
fn role(app: &App, session: &Session, word: &str, org: OrgId) -> Result<RoleForm, Remark> {
    let (name, at) = word.split_once('@').map_or((word, None), |(name, at)| (name, Some(at)));
    let name = name.trim();
    let is = |role: &&Role| {
        role.id == name || role.title.zh == name || role.title.en.eq_ignore_ascii_case(name)
    };
    let mut of_staff = session.release.roles.values().filter(|role| !role.permissions.is_empty());
    let Some(found) = of_staff.find(is) else {
        let giver = Giver::of(app, session);
        let open = session.release.roles.values().filter(|role| !giver.roots(role).is_empty());
        let open: Vec<_> = open.map(|role| &role.title).collect();
        let zh: Vec<&str> = open.iter().map(|title| title.zh.as_str()).collect();
        let en: Vec<&str> = open.iter().map(|title| title.en.as_str()).collect();
        return Err(quoting(
            "role_unknown",
            format!("没有岗位“{name}”，您能任命的有：{}", zh.join("、")),
            format!("there is no role `{name}`; you may give: {}", en.join(", ")),
        ));
    };
    let org = match at {
        None => org,
        Some(code) => unit(app, session, code.trim()).ok_or_else(org_unknown)?,
    };
    Ok(RoleForm { role: found.id.clone(), org })
}

fn org_unknown() -> Remark {
    quoting(
        "org_unknown",
        "您的管辖范围内没有这个单位，请写单位编码，例如 CB".into(),
        "there is no such unit within your reach; write a unit's code, as CB".into(),
    )
}

fn said(code: &'static str, problem: &Problem) -> Remark {
    let words = problem.words();
    quoting(code, words.zh, words.en)
}
