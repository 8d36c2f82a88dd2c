//! A list of people with what is said of each (名单): every row names one person, once.

use super::{check, error};
use crate::decision::FieldError;
use crate::scope::View;
use base::PersonId;
use rulebook::Release;
use rulebook::model::{Field, FieldKind, Requirement};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// The case that a row of a list is about, where it names one.
pub const CASE: &str = "case";
/// Most people on one list; the snapshot of a decision knows no more.
pub const MAX_ROWS: usize = 40;

/// What is wrong with the list, if anything; errors stand at `field[place].column`.
pub fn check(release: &Release, field: &Field, value: &Json) -> Vec<FieldError> {
    let whole = |zh: String, en: String| vec![error(&field.id, "range", zh, en)];
    let Json::Array(rows) = value else {
        return vec![error(&field.id, "type", "应是名单", "should be a list of people")];
    };
    let most = field.max.map_or(MAX_ROWS, check::whole_limit).min(MAX_ROWS);
    let fewest = field.min.map_or(0, check::whole_limit);
    if rows.len() > most {
        return whole(format!("最多{most}人"), format!("at most {most} people"));
    }
    if rows.len() < fewest {
        return whole(format!("至少{fewest}人"), format!("at least {fewest} people"));
    }
    let mut seen = BTreeSet::new();
    let mut errors = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let at = |column: &str| format!("{}[{place}].{column}", field.id);
        let person = row.get("person").and_then(Json::as_str);
        match person.and_then(|id| id.parse::<PersonId>().ok()) {
            Some(id) if seen.insert(id) => {}
            Some(_) => errors.push(error(
                at("person"),
                "choice",
                "同一人在名单中出现两次",
                "the same person stands on the list twice",
            )),
            None => errors.push(error(
                at("person"),
                "type",
                "应是人员编号",
                "should be the id of a person",
            )),
        }
        let Json::Object(row) = row else { continue };
        errors.extend(columns(release, field, row, &at));
    }
    errors
}

/// What is wrong with the cells of one row, those of fixed columns aside.
pub fn columns(
    release: &Release,
    field: &Field,
    row: &Map<String, Json>,
    at: &dyn Fn(&str) -> String,
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let head = if field.kind == FieldKind::Rows { CASE } else { "person" };
    let known = |key: &str| {
        key == head || is_beside(field, key) || field.columns.iter().any(|c| c.id == key)
    };
    if let Some(key) = row.keys().find(|key| !known(key)) {
        let key: String = key.chars().take(40).collect();
        errors.push(error(
            at(&key),
            "unknown",
            format!("名单没有“{key}”这一列"),
            format!("the list has no column “{key}”"),
        ));
    }
    for column in field.columns.iter().filter(|column| !column.fixed) {
        let value = row.get(&column.id).unwrap_or(&Json::Null);
        let needed = matches!(column.required, Requirement::Always(true));
        let wrong = if check::is_empty(value) {
            needed.then(|| check::incomplete(column, value)).flatten().into_iter().collect()
        } else {
            check::check(release, column, value, None)
        };
        errors.extend(wrong.into_iter().map(|e| FieldError { field: at(&column.id), ..e }));
    }
    errors
}

/// Somebody on the list whom nobody knows, or who is not the caller's to list.
pub fn unknown(view: &View<'_>, field: &Field, value: &Json) -> Option<FieldError> {
    let rows = value.as_array().filter(|_| field.kind == FieldKind::PeopleRows)?;
    let stranger = |row: &Json| {
        let id = row.get("person").and_then(Json::as_str).and_then(|id| id.parse().ok());
        id.is_none_or(|id: PersonId| {
            let strange = view.facts.strangers.contains(&(field.id.clone(), id));
            strange || !view.facts.people.contains_key(&id)
        })
    };
    let place = rows.iter().position(stranger)?;
    Some(error(
        format!("{}[{place}].person", field.id),
        "choice",
        format!("{}：没有这个人，或不在可选范围内", field.title.zh),
        format!("{}: there is no such person to choose", field.title.en),
    ))
}

/// The list with what earlier forms said of its people: a form asks for its own columns only.
pub fn kept(field: &Field, value: &mut Json, before: Option<&Json>) {
    let (Some(rows), Some(before)) = (value.as_array_mut(), before.and_then(Json::as_array)) else {
        return;
    };
    for row in rows.iter_mut().filter_map(Json::as_object_mut) {
        let of = |earlier: &&Json| earlier.get("person") == row.get("person");
        let Some(earlier) = before.iter().find(of).and_then(Json::as_object) else { continue };
        for (key, said) in earlier {
            let asked = field.columns.iter().any(|column| column.id == *key);
            if !asked && !row.contains_key(key) {
                row.insert(key.clone(), said.clone());
            }
        }
    }
}

/// Whether it is what the rules wrote of a fixed column in the other language: `title_en` beside
/// `title`.
fn is_beside(field: &Field, key: &str) -> bool {
    let of = key.strip_suffix("_en").filter(|_| field.kind == FieldKind::Rows);
    of.is_some_and(|of| field.columns.iter().any(|column| column.fixed && column.id == of))
}

/// Without what other forms said: as it is shown and sent again.
pub fn own(field: &Field, value: &mut Json) {
    let head = |key: &str| matches!(key, "person" | CASE);
    for row in value.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut) {
        row.retain(|key, _| {
            head(key) || is_beside(field, key) || field.columns.iter().any(|c| c.id == *key)
        });
    }
}
