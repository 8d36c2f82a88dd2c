//! Labels of a case's data: what each field is called and how its value reads.

use crate::view::Words;
use rulebook::Release;
use rulebook::model::{Field, FieldKind, Process};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a field of the data is called.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Label {
    title: Words,
    /// Its place on the papers of the process, those of the first acts first.
    place: usize,
    #[schema(value_type = String)]
    kind: FieldKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<LabelChoice>,
    /// The words of the value, where it is a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<Words>,
    /// What the rows of parts were read against: `stock`, `old`, `count`.
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog: Option<String>,
    /// What stands in the rows of a list, by all forms of the process.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<LabelColumn>,
    /// Names of the people of a list, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    people: BTreeMap<String, String>,
}

/// A column of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LabelColumn {
    id: String,
    title: Words,
    #[schema(value_type = String)]
    kind: FieldKind,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<LabelChoice>,
}

/// A choice of a field, in the order of the paper.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LabelChoice {
    id: String,
    title: Words,
}

/// The fields a process can have filled, by name.
pub fn fields<'r>(release: &'r Release, process: &'r Process) -> BTreeMap<&'r str, &'r Field> {
    let forms = process
        .actions
        .iter()
        .chain([&process.start])
        .filter_map(|action| release.forms.get(action.form.as_ref()?));
    forms.flat_map(|form| &form.fields).map(|field| (field.id.as_str(), field)).collect()
}

/// Where each field stands first, form by form in the order of the acts.
fn places<'r>(release: &'r Release, process: &'r Process) -> BTreeMap<&'r str, usize> {
    let mut places = BTreeMap::new();
    let forms = process.all_actions().filter_map(|a| release.forms.get(a.form.as_ref()?));
    for (place, field) in forms.flat_map(|form| &form.fields).enumerate() {
        places.entry(field.id.as_str()).or_insert(place);
    }
    places
}

/// What all forms of the process show and ask of the rows of this list, in the order of the acts.
fn columns(release: &Release, process: &Process, field: &Field) -> Vec<LabelColumn> {
    let mut columns: Vec<LabelColumn> = Vec::new();
    if !matches!(field.kind, FieldKind::PeopleRows | FieldKind::Rows) {
        return columns;
    }
    let forms = process.all_actions().filter_map(|a| release.forms.get(a.form.as_ref()?));
    let same = forms.flat_map(|form| &form.fields).filter(|other| other.id == field.id);
    for column in same.flat_map(|field| &field.columns) {
        if columns.iter().all(|known| known.id != column.id) {
            let (id, title) = (column.id.clone(), (&column.title).into());
            columns.push(LabelColumn { id, title, kind: column.kind, choices: choices(column) });
        }
    }
    columns
}

/// The choices of a field in words.
fn choices(field: &Field) -> Vec<LabelChoice> {
    let choice =
        |c: &rulebook::model::Choice| LabelChoice { id: c.id.clone(), title: (&c.title).into() };
    field.choices.iter().map(choice).collect()
}

/// Labels of the data that is there.
pub fn labels(
    release: &Release,
    known: &BTreeMap<&str, &Field>,
    process: &Process,
    data: &Map<String, Json>,
    names: &BTreeMap<String, String>,
) -> BTreeMap<String, Label> {
    let places = places(release, process);
    let labels = data.iter().filter_map(|(key, value)| {
        let field = known.get(key.as_str())?;
        let word = value.as_str().filter(|_| field.kind == FieldKind::Choice);
        let word = word.and_then(|key| {
            let written = field.choices.iter().find(|c| c.id == key).map(|c| &c.title);
            written.or_else(|| crate::docs::context::words_of(release, key)).map(Words::from)
        });
        let is_id = matches!(field.kind, FieldKind::Person | FieldKind::Org | FieldKind::Customer);
        let somebody = value.as_str().filter(|_| is_id);
        let somebody = somebody.and_then(|id| names.get(id)).map(|name| Words::key(name));
        let rows = value.as_array().filter(|_| field.kind == FieldKind::PeopleRows);
        let ids = rows.into_iter().flatten().filter_map(|row| row.get("person")?.as_str());
        let label = Label {
            title: (&field.title).into(),
            place: places.get(key.as_str()).copied().unwrap_or_default(),
            kind: field.kind,
            unit: field.unit.as_ref().map(|unit| Words::from(&unit.0)),
            choices: choices(field),
            catalog: field.catalog.clone().filter(|_| field.kind == FieldKind::Parts),
            word: word.or(somebody),
            columns: columns(release, process, field),
            people: ids.filter_map(|id| Some((id.to_owned(), names.get(id)?.clone()))).collect(),
        };
        Some((key.clone(), label))
    });
    labels.collect()
}
