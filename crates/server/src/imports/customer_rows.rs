//! Judging the rows of a workbook of customers (客户): accept, reject or skip, and why.

use super::fields::{self, Phone};
use super::seen::{Seen, print};
use super::sheets::{self, RowCells};
use super::why::{Remark, quoting, remark};
use super::workbook::Sheet;
use super::{MasterRow, Ruling, clean};
use crate::app::App;
use crate::auth::Session;
use crate::problem::Answer;
use base::OrgId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::customer::NewCustomer;

/// Longest address.
const MAX_ADDRESS: usize = 200;

/// A customer as the sheet names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// Name in clear.
    pub name: String,
    /// Telephone in clear.
    pub phone: Option<String>,
    /// Address in clear.
    pub address: Option<String>,
    /// Identity number in clear.
    pub identity: Option<String>,
    /// Whether they agreed to be called.
    pub consent: bool,
    /// The unit they are registered at.
    pub org: Option<OrgId>,
}

impl From<Entered> for NewCustomer {
    fn from(entered: Entered) -> Self {
        Self {
            name: Some(entered.name),
            phone: entered.phone,
            address: entered.address,
            id_number: entered.identity,
            org: entered.org,
            consent: entered.consent,
            tags: vec![],
        }
    }
}

/// What is known already, and where customers may be registered.
#[derive(Debug, Default)]
pub struct Known {
    /// Rows whose customer is registered by the same name and telephone.
    registered: BTreeSet<u32>,
    /// Organisation units within reach, by their codes.
    orgs: BTreeMap<String, OrgId>,
    /// The unit of who imports.
    own: Option<OrgId>,
}

/// Asks the register about everybody the sheet names.
pub async fn known(app: &App, session: &Session, sheet: &Sheet) -> Answer<Known> {
    let mut known = Known { own: Some(session.org.id), ..Known::default() };
    for org in app.orgs().all() {
        if session.scope.holds(&org.path) {
            known.orgs.insert(clean::code(&org.code), org.id);
        }
    }
    let entered: Vec<NewCustomer> = sheet
        .rows
        .values()
        .map(|cells| read(&RowCells::of(sheet, cells), &known).0.into())
        .collect();
    let registered = app.store().registered_among(&entered).await?;
    let rows = sheet.rows.keys().zip(registered).filter(|(_, registered)| *registered);
    known.registered = rows.map(|(number, _)| *number).collect();
    Ok(known)
}

/// Judges every row of the sheet.
pub fn judge(sheet: &Sheet, known: &Known, seen: &mut Seen) -> Vec<MasterRow<Option<Entered>>> {
    let mut judged = Vec::with_capacity(sheet.rows.len());
    for (number, cells) in &sheet.rows {
        let row = RowCells::of(sheet, cells);
        if let Some(nothing) = row.no_data() {
            judged.push(MasterRow::new(*number, Ruling::Skip, vec![nothing], None, &row));
            continue;
        }
        let (entered, mut errors, notes) = read(&row, known);
        let who = entered.phone.as_ref().map(|phone| print(&[&entered.name, phone]));
        let above = who.and_then(|who| seen.people.get(&who)).copied();
        if errors.is_empty() && (above.is_some() || known.registered.contains(number)) {
            let why = above.map_or_else(known_already, same_above);
            judged.push(MasterRow::new(*number, Ruling::Skip, vec![why], None, &row));
            continue;
        }
        if let Some(identity) = &entered.identity {
            let name = print(&[&entered.name]);
            match seen.identities.get(&print(&[identity])) {
                Some((other, first)) if *other != name => errors.push(quoting(
                    "identity_twice",
                    format!("第 {first} 行的另一人用了同一个身份证号"),
                    format!("row {first} names somebody else with the same ID number"),
                )),
                _ => {
                    seen.identities.insert(print(&[identity]), (name, *number));
                }
            }
        }
        judged.push(if errors.is_empty() {
            seen.people.extend(who.map(|who| (who, *number)));
            MasterRow::new(*number, Ruling::Accept, notes, Some(entered), &row)
        } else {
            MasterRow::new(*number, Ruling::Reject, errors, None, &row)
        });
    }
    judged
}

fn known_already() -> Remark {
    quoting(
        "customer_known",
        "已按姓名和手机号登记过".into(),
        "registered already by this name and telephone".into(),
    )
}

fn same_above(row: u32) -> Remark {
    quoting(
        "same_customer",
        format!("与第 {row} 行是同一人(姓名、手机号相同)"),
        format!("the same person as in row {row}, by name and telephone"),
    )
}

/// What a row says: the customer, what is wrong, what was understood.
fn read(row: &RowCells<'_>, known: &Known) -> (Entered, Vec<Remark>, Vec<Remark>) {
    let (mut errors, mut notes) = (Vec::new(), Vec::new());
    let name = row.text("name");
    if name.is_empty() {
        errors.push(quoting("name_missing", "缺姓名".into(), "the name is missing".into()));
    } else if !fields::is_name(&name) && !is_company(&name) {
        let digits = name.chars().any(|c| c.is_ascii_digit());
        errors.push(remark(if digits { "name_digits" } else { "name_invalid" }));
    }
    let phone = match row.phone("phone") {
        None => {
            notes.push(remark("phone_missing"));
            None
        }
        Some(Phone::Plain(phone)) => Some(phone),
        Some(Phone::Normalised(phone)) => noted(&mut notes, "phone_normalised", phone),
        Some(Phone::FullWidth(phone)) => noted(&mut notes, "phone_full_width", phone),
        Some(Phone::Number(phone)) => noted(&mut notes, "phone_number", phone),
        Some(Phone::DigitsLost) => noted(&mut errors, "phone_digits_lost", String::new()),
        Some(Phone::Invalid) => noted(&mut errors, "phone_invalid", String::new()),
    };
    let identity = Some(clean::code(&row.text("identity"))).filter(|id| !id.is_empty());
    if identity.as_deref().is_some_and(|id| !fields::identity_holds(id)) {
        errors.push(remark("identity_invalid"));
    }
    let address = Some(row.text("address")).filter(|text| !text.is_empty());
    if address.as_ref().is_some_and(|text| text.chars().count() > MAX_ADDRESS) {
        errors.push(quoting(
            "address_long",
            format!("地址超过 {MAX_ADDRESS} 字"),
            format!("the address has more than {MAX_ADDRESS} characters"),
        ));
    }
    let consent = row.text("consent");
    let consent = sheets::is_yes(&consent).unwrap_or_else(|| {
        errors.push(quoting(
            "consent_unknown",
            format!("同意回访应写 是 或 否,这里是“{consent}”"),
            format!("write yes or no for calls, not `{consent}`"),
        ));
        false
    });
    let code = clean::code(&row.text("outlet_code"));
    let org = if code.is_empty() { known.own } else { known.orgs.get(&code).copied() };
    if org.is_none() {
        errors.push(remark("outlet_unknown"));
    }
    (Entered { name, phone, address, identity, consent, org }, errors, notes)
}

/// Whether a text can be the name of a company or a shop, which may hold digits and brackets.
fn is_company(text: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["公司", "店", "行", "厂", "部", "局", "院", "站", "中心", "集团", "学校", "ltd."];
    let sign = |c: char| c.is_alphanumeric() || " ·()（）&-.,".contains(c);
    let lower = text.to_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && (2..=80).contains(&text.chars().count())
        && text.chars().all(sign)
}

fn noted(remarks: &mut Vec<Remark>, code: &'static str, phone: String) -> Option<String> {
    remarks.push(remark(code));
    Some(phone).filter(|phone| !phone.is_empty())
}
