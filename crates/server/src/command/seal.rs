//! Personal fields become ciphertext before anything is stored or decided.

use super::parties::{self, Party};
use crate::app::App;
use crate::auth::Session;
use crate::imports::clean;
use crate::imports::fields::identity_holds;
use crate::problem::{Answer, Problem};
use base::{CustomerId, Text};
use rulebook::Release;
use rulebook::model::{Field, FieldKind, Personal, Process};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use store::customer::NewCustomer;
use store::personal::mask;

/// Longest personal text.
const MAX: usize = 200;
/// Longest where the form has room for several lines, as for a letter.
const MAX_LONG: usize = 2000;

/// The form of an action with its personal fields taken out.
#[derive(Debug, Clone, Default)]
pub struct Sealing {
    /// The form, personal texts replaced by a placeholder.
    pub form: Map<String, Json>,
    /// Personal texts in clear: field, class, text.
    clear: Vec<(String, Personal, String)>,
    /// Whose a text is, where it is not the customer's own: field, party.
    whose: BTreeMap<String, String>,
    /// Customers to be registered.
    parties: Vec<Party>,
}

/// The fields of an action's form.
pub fn asked<'r>(release: &'r Release, process: &'r Process, action: &str) -> Vec<&'r Field> {
    let form = process.action(action).and_then(|a| a.form.as_ref());
    let form = form.and_then(|id| release.forms.get(id));
    form.into_iter().flat_map(|form| &form.fields).collect()
}

/// Separates the personal fields of a submitted form, and who is named in it.
pub async fn separate(
    app: &App,
    session: &Session,
    fields: &[&Field],
    form: &Map<String, Json>,
) -> Answer<Sealing> {
    let mut sealing = Sealing { form: form.clone(), ..Sealing::default() };
    sealing.parties = parties::separate(app, session, fields, &mut sealing.form).await?;
    sealing.close(fields)?;
    Ok(sealing)
}

/// The same for a look ahead, before everything is typed.
pub async fn ahead(
    app: &App,
    session: &Session,
    fields: &[&Field],
    form: &Map<String, Json>,
) -> Answer<Map<String, Json>> {
    let mut sealing = Sealing { form: form.clone(), ..Sealing::default() };
    parties::assumed(app, session, fields, &mut sealing.form).await?;
    sealing.close(fields)?;
    Ok(sealing.form)
}

/// Ciphertext is made here and nowhere else: a browser may not bring its own.
fn refuse_forged(form: &Map<String, Json>, field: &Field) -> Answer<()> {
    match form.get(&field.id) {
        None | Some(Json::Null) => Ok(()),
        Some(_) => Err(invalid(field, "应为文字", "It must be text")),
    }
}

fn checked(field: &Field, class: Personal, text: String) -> Answer<String> {
    let long = if field.kind == FieldKind::LongText { MAX_LONG } else { MAX };
    let most = field.max.map_or(MAX, |max| engine::form::whole_limit(max).min(long));
    if text.chars().count() > most {
        return Err(invalid(
            field,
            &format!("最多 {most} 个字符"),
            &format!("At most {most} characters"),
        ));
    }
    match class {
        Personal::Phone => phone(field, &text),
        Personal::IdNumber => identity(field, &text),
        Personal::Name | Personal::Address | Personal::Other => Ok(text),
    }
}

/// An identity number (身份证号), as printed on the card.
fn identity(field: &Field, text: &str) -> Answer<String> {
    let number = clean::code(text);
    if identity_holds(&number) {
        return Ok(number);
    }
    Err(invalid(
        field,
        "身份证号不对：应为 18 位，最后一位是校验位（数字或 X），请对照证件核对",
        "Not an identity number: it has 18 characters, the last a check digit (a digit or X); \
         please compare it with the card",
    ))
}

fn phone(field: &Field, text: &str) -> Answer<String> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+')).collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) && (7..=15).contains(&digits.len()) {
        return Ok(digits);
    }
    Err(invalid(
        field,
        "不是电话号码；手机号为 11 位，固定电话带区号",
        "Not a telephone number; a mobile number has 11 digits, a landline its area code",
    ))
}

fn invalid(field: &Field, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").field(&field.id, "invalid", Text::new(zh, en))
}

impl Sealing {
    /// Takes the personal texts out.
    fn close(&mut self, fields: &[&Field]) -> Answer<()> {
        for field in fields {
            let Some(class) = field.personal else { continue };
            let Some(Json::String(text)) = self.form.get(&field.id) else {
                refuse_forged(&self.form, field)?;
                continue;
            };
            let text = clean::text(text);
            if text.is_empty() {
                self.form.insert(field.id.clone(), Json::Null);
                continue;
            }
            let text = checked(field, class, text)?;
            let shown = json!({ "$sealed": "pending", "as": class });
            self.form.insert(field.id.clone(), shown);
            self.clear.push((field.id.clone(), class, text));
            if let Some(whose) = &field.whose {
                self.whose.insert(field.id.clone(), whose.clone());
            }
        }
        Ok(())
    }

    /// Whether anything has to be sealed.
    pub fn is_needed(&self) -> bool {
        !self.clear.is_empty() || !self.parties.is_empty()
    }

    /// The customer under whose key to seal: the case's, or a new one of this form.
    pub async fn customer(
        &self,
        app: &App,
        session: &Session,
        known: Option<CustomerId>,
    ) -> Answer<Option<CustomerId>> {
        let text = |name: &str| {
            self.clear.iter().find(|(field, _, _)| field == name).map(|(_, _, t)| t.clone())
        };
        let named = text("customer_name").is_some() || text("customer_phone").is_some();
        if !named {
            return Ok(known);
        }
        let new = NewCustomer {
            name: text("customer_name"),
            phone: text("customer_phone"),
            address: text("customer_address").or_else(|| text("address")),
            org: Some(session.org.id),
            ..NewCustomer::default()
        };
        if let Some(id) = known {
            // Whoever was a number, or a name, is known by both from now on.
            app.store().complete_customer(id, &new, Some(session.id()), app.now()).await?;
            return Ok(known);
        }
        Ok(Some(app.store().add_customer(new, app.now()).await?))
    }

    /// The form with ciphertext in the place of every personal text: under the customer's key, that
    /// of the party it belongs to, or the company's where nobody is known. `data` is what the case
    /// says already.
    pub async fn seal(
        mut self,
        app: &App,
        customer: Option<CustomerId>,
        data: Option<&Map<String, Json>>,
    ) -> Answer<Map<String, Json>> {
        parties::register(app, &self.parties, &mut self.form).await?;
        for (field, class, text) in &self.clear {
            let customer = match self.whose.get(field) {
                None => customer,
                Some(party) => {
                    let said = self.form.get(party).or_else(|| data?.get(party));
                    said.and_then(|id| id.as_str()?.parse().ok())
                }
            };
            let mut text = text.clone();
            if *class == Personal::IdNumber {
                // The number itself is nowhere kept: its keyed hash and last four stand with the
                // customer, the last four in the answer.
                if let Some(customer) = customer {
                    app.store().note_identity(customer, &text).await?;
                }
                text = mask(*class, &text);
            }
            let sealed = match customer {
                Some(customer) => app.store().seal_for(customer, *class, &text).await?,
                None => app.store().seal_for_company(*class, &text).await?,
            };
            self.form.insert(field.clone(), sealed);
        }
        Ok(self.form)
    }
}
