//! A form filled: what is shown, what it holds, what is wrong with it.

use super::lines::{lines_of_parts, priced_lines, read_lines};
use super::parts::read_parts;
use super::view::Pricing;
use super::{check, error, listed, rows};
use crate::decision::FieldError;
use crate::scope::{View, to_data};
use base::{OrgId, PersonId};
use rulebook::model::{Field, FieldKind, Form, Requirement};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// One field as filled.
#[derive(Debug, Clone)]
pub struct FilledField<'a> {
    /// The field.
    pub field: &'a Field,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether it must be filled.
    pub required: bool,
    /// What it holds; `null` for nothing.
    pub value: Json,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
}

/// A form as filled.
#[derive(Debug, Clone, Default)]
pub struct Filled<'a> {
    /// Its fields in order.
    pub fields: Vec<FilledField<'a>>,
    /// Keys that are no fields.
    pub unknown: Vec<FieldError>,
}

impl Filled<'_> {
    /// Everything wrong with it.
    pub fn errors(&self) -> Vec<FieldError> {
        let own = self.fields.iter().flat_map(|f| f.errors.iter().cloned());
        self.unknown.iter().cloned().chain(own).collect()
    }

    /// The answers to keep: shown fields that hold something, and those emptied on purpose.
    pub fn answers(&self, submitted: &Map<String, Json>) -> Map<String, Json> {
        let kept = |f: &&FilledField<'_>| {
            f.visible && (!f.value.is_null() || submitted.contains_key(&f.field.id))
        };
        self.fields.iter().filter(kept).map(|f| (f.field.id.clone(), f.value.clone())).collect()
    }
}

/// Fills a form with what was submitted, over the facts of `view`, and leaves it there as `form`.
///
/// `data` is the case's, `priced` the lines fields the action prices.
pub fn fill<'a>(
    view: &mut View<'_>,
    form: &'a Form,
    submitted: &Map<String, Json>,
    data: &Map<String, Json>,
    priced: &[Pricing<'_>],
) -> Filled<'a> {
    let known = |key: &str| form.fields.iter().any(|f| f.id == key);
    let unknown = submitted.keys().filter(|key| !known(key)).map(|key| {
        let key: String = key.chars().take(80).collect();
        error(
            &key,
            "unknown",
            format!("表单“{}”没有这一项", form.title.zh),
            format!("the form “{}” has no such field", form.title.en),
        )
    });
    let mut filled = Filled { unknown: unknown.collect(), fields: Vec::new() };
    let mut raw = read_all(view, form, submitted, data);
    for field in &form.fields {
        let (value, errors) = raw.remove(&field.id).unwrap_or_default();
        let done = fill_field(view, field, value, errors, submitted.contains_key(&field.id));
        filled.fields.push(done);
    }
    price(view, &mut filled, data, priced);
    for at in 0..filled.fields.len() {
        validate(view, &mut filled.fields[at]);
    }
    filled
}

/// Reads every submitted answer by its kind, so that conditions may look ahead.
fn read_all(
    view: &mut View<'_>,
    form: &Form,
    submitted: &Map<String, Json>,
    data: &Map<String, Json>,
) -> BTreeMap<String, (Json, Vec<FieldError>)> {
    let mut raw = BTreeMap::new();
    let mut values = BTreeMap::new();
    let component = submitted
        .get("component")
        .or_else(|| data.get("component"))
        .and_then(Json::as_str)
        .map(str::to_owned);
    for field in &form.fields {
        if field.kind == FieldKind::Rows {
            if let Some((json, errors)) = read_rows(view, (form, field), submitted, data) {
                if errors.is_empty() {
                    values.insert(field.id.clone(), view.field_value(field, &json));
                }
                raw.insert(field.id.clone(), (json, errors));
            }
            continue;
        }
        let listed = field.kind == FieldKind::PeopleRows;
        // A list of people goes on from where it stood.
        let stood = || data.get(&field.id).filter(|_| listed);
        let Some(json) = submitted.get(&field.id).or_else(stood) else { continue };
        if json.is_null() || field.kind == FieldKind::Computed {
            continue;
        }
        let (json, mut errors) = match field.kind {
            FieldKind::Lines => read_lines(&field.id, json, data.get(&field.id)),
            FieldKind::Parts => read_parts(field, json, view.facts),
            FieldKind::PeopleRows => {
                let mut own = json.clone();
                if !submitted.contains_key(&field.id) {
                    rows::own(field, &mut own);
                }
                let errors = rows::check(view.release, field, &own);
                rows::kept(field, &mut own, data.get(&field.id));
                (own, errors)
            }
            _ => {
                let errors = check::check(view.release, field, json, component.as_deref());
                (json.clone(), errors)
            }
        };
        if errors.is_empty() {
            errors
                .extend(person_fits(view, field, &json).or_else(|| org_known(view, field, &json)));
            errors.extend(rows::unknown(view, field, &json));
        }
        if errors.is_empty() {
            values.insert(field.id.clone(), view.field_value(field, &json));
        }
        raw.insert(field.id.clone(), (json, errors));
    }
    view.set_form(values);
    raw
}

/// The rows of the case, or at first those of the field's own expression, with what was submitted;
/// those that an opening brings make the list.
fn read_rows(
    view: &View<'_>,
    (form, field): (&Form, &Field),
    submitted: &Map<String, Json>,
    data: &Map<String, Json>,
) -> Option<(Json, Vec<FieldError>)> {
    let given = submitted.get(&field.id);
    let made = || Some(to_data(&field.value.as_ref()?.eval(view), Some(field)));
    match (data.get(&field.id).cloned().or_else(made).filter(Json::is_array), given) {
        (Some(stood), given) => Some(listed::read(view.release, field, &stood, given)),
        (None, Some(given)) if view.process.start.form.as_ref() == Some(&form.id) => {
            Some(listed::brought(view.release, field, given))
        }
        (None, Some(given)) => {
            Some(listed::read(view.release, field, &Json::Array(vec![]), Some(given)))
        }
        (None, None) => None,
    }
}

/// A person must be known and hold one of the field's roles.
fn person_fits(view: &View<'_>, field: &Field, json: &Json) -> Option<FieldError> {
    if field.kind != FieldKind::Person {
        return None;
    }
    let id: PersonId = json.as_str()?.parse().ok()?;
    let Some(person) = view.facts.people.get(&id) else {
        return Some(error(
            &field.id,
            "choice",
            format!("{}：没有这个人，或不在本站", field.title.zh),
            format!("{}: there is no such person here", field.title.en),
        ));
    };
    let fits = field.roles.is_empty() || field.roles.iter().any(|r| person.roles.contains(r));
    (!fits).then(|| {
        let titles = |lang| {
            let title = |id: &String| {
                let role = view.release.roles.get(id);
                role.map_or_else(|| id.clone(), |role| role.title.get(lang).to_owned())
            };
            field.roles.iter().map(title).collect::<Vec<_>>()
        };
        error(
            &field.id,
            "choice",
            format!("{}须是：{}", field.title.zh, titles(base::Lang::Zh).join("、")),
            format!("{} must be: {}", field.title.en, titles(base::Lang::En).join(", ")),
        )
    })
}

/// An organisation unit must be one of the company's.
fn org_known(view: &View<'_>, field: &Field, json: &Json) -> Option<FieldError> {
    if field.kind != FieldKind::Org {
        return None;
    }
    let id: OrgId = json.as_str()?.parse().ok()?;
    (!view.facts.orgs.contains_key(&id)).then(|| {
        error(
            &field.id,
            "choice",
            format!("{}：没有这个单位", field.title.zh),
            format!("{}: there is no such organisation unit", field.title.en),
        )
    })
}

/// Decides visibility and default of one field; a hidden one holds nothing.
fn fill_field<'a>(
    view: &mut View<'_>,
    field: &'a Field,
    value: Json,
    errors: Vec<FieldError>,
    submitted: bool,
) -> FilledField<'a> {
    let visible = field.visible.as_ref().is_none_or(|when| when.eval(view).is_true());
    let mut done = FilledField { field, visible, required: false, value, errors };
    if !visible {
        done.value = Json::Null;
        done.errors.clear();
        view.put_form(&field.id, rulebook::expr::Value::Null);
        return done;
    }
    let computed = field.kind == FieldKind::Computed;
    if (computed || !submitted)
        && field.kind != FieldKind::Rows
        && let Some(expr) = &field.value
    {
        let mut value = expr.eval(view);
        done.value = to_data(&value, Some(field));
        if field.kind == FieldKind::Parts && !done.value.is_null() {
            // What another form wrote, or the parts of an estimate, seen against the books of now.
            let (rows, errors) = read_parts(field, &done.value, view.facts);
            value = view.field_value(field, &rows);
            (done.value, done.errors) = (rows, errors);
        }
        if field.kind == FieldKind::Lines && !done.value.is_null() {
            lines_of_parts(&mut done.value);
            value = view.field_value(field, &done.value);
        }
        view.put_form(&field.id, value);
    }
    done.required = match &field.required {
        Requirement::Always(always) => *always,
        Requirement::When(when) => when.eval(view).is_true(),
    };
    done
}

/// Prices the lines fields the action prices, before any rule looks at them.
fn price(
    view: &mut View<'_>,
    filled: &mut Filled<'_>,
    data: &Map<String, Json>,
    priced: &[Pricing<'_>],
) {
    for done in &mut filled.fields {
        let pricing = priced.iter().find(|pricing| pricing.field == done.field.id);
        let Some(pricing) = pricing else { continue };
        let wrong = priced_lines(pricing, &mut done.value, view, data);
        done.errors.extend(wrong);
        let value = view.field_value(done.field, &done.value);
        view.put_form(&done.field.id, value);
    }
}

fn validate(view: &View<'_>, done: &mut FilledField<'_>) {
    let field = done.field;
    if !done.visible || !done.errors.is_empty() || field.kind == FieldKind::Computed {
        return;
    }
    if done.required {
        done.errors.extend(check::incomplete(field, &done.value));
    }
    if check::is_empty(&done.value) {
        return;
    }
    if let Some(valid) = &field.valid
        && !valid.eval(view).is_true()
    {
        let (zh, en) = field.invalid.as_ref().map_or_else(
            || {
                let title = &field.title;
                (format!("{}不符合要求", title.zh), format!("{} is not acceptable", title.en))
            },
            |text| (text.zh.clone(), text.en.clone()),
        );
        done.errors.push(error(&field.id, "invalid", zh, en));
    }
}
