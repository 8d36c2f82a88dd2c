//! A list that the rules made, with what a form says of each row (清单): rows are neither added nor
//! taken away, and what is said of one never lands on another.

use super::{check, error, rows};
use crate::decision::FieldError;
use rulebook::Release;
use rulebook::model::Field;
use serde_json::Value as Json;

/// The rows that the opening of a case brings: by these the list is made.
pub fn brought(release: &Release, field: &Field, given: &Json) -> (Json, Vec<FieldError>) {
    let Json::Array(rows) = given else {
        return (given.clone(), vec![error(&field.id, "type", "应是清单", "should be a list")]);
    };
    let mut errors = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        for column in &field.columns {
            let Some(value) = row.get(&column.id).filter(|value| !value.is_null()) else {
                continue;
            };
            let at = format!("{}[{place}].{}", field.id, column.id);
            let wrong = check::check(release, column, value, None).into_iter();
            errors.extend(wrong.map(|wrong| FieldError { field: at.clone(), ..wrong }));
        }
    }
    (given.clone(), errors)
}

/// The rows as they stand with what was given for each; `None` sends nothing.
pub fn read(
    release: &Release,
    field: &Field,
    stood: &Json,
    given: Option<&Json>,
) -> (Json, Vec<FieldError>) {
    let Json::Array(stood) = stood else { return (Json::Null, Vec::new()) };
    let Some(given) = given else {
        let mut own = Json::Array(stood.clone());
        rows::own(field, &mut own);
        let errors = cells(release, field, own.as_array().map_or(&[], Vec::as_slice));
        return (Json::Array(stood.clone()), errors);
    };
    let same = given.as_array().filter(|given| {
        let pairs = || given.iter().zip(stood);
        given.len() == stood.len() && pairs().all(|(given, stood)| is_same(field, given, stood))
    });
    let Some(given) = same else {
        let wrong = error(
            &field.id,
            "changed",
            format!("{}已变化，请重新打开再填", field.title.zh),
            format!("{} has changed meanwhile: open it again", field.title.en),
        );
        return (Json::Array(stood.clone()), vec![wrong]);
    };
    let errors = cells(release, field, given);
    let said = given.iter().zip(stood).map(|(given, stood)| joined(field, given, stood));
    (Json::Array(said.collect()), errors)
}

/// Whether a row that came back is the one that stands there: what it repeats of what the rules
/// wrote is unchanged.
fn is_same(field: &Field, given: &Json, stood: &Json) -> bool {
    let fixed = field.columns.iter().filter(|column| column.fixed);
    let keys = fixed.map(|column| column.id.as_str()).chain([rows::CASE]);
    let Json::Object(given) = given else { return false };
    keys.into_iter().all(|key| given.get(key).is_none_or(|told| Some(told) == stood.get(key)))
}

fn cells(release: &Release, field: &Field, rows: &[Json]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let Json::Object(row) = row else { continue };
        let at = |column: &str| format!("{}[{place}].{column}", field.id);
        errors.extend(rows::columns(release, field, row, &at));
    }
    errors
}

fn joined(field: &Field, given: &Json, stood: &Json) -> Json {
    let mut row = stood.as_object().cloned().unwrap_or_default();
    for column in field.columns.iter().filter(|column| !column.fixed) {
        match given.get(&column.id).filter(|said| !said.is_null()) {
            Some(said) => row.insert(column.id.clone(), said.clone()),
            None => row.remove(&column.id),
        };
    }
    Json::Object(row)
}
