//! What a field of a form holds, as an expression reads it.

use super::Catalog;
use super::form::{Field, FieldKind, LINE_FIELDS, PARTS_FIELDS};
use super::scope::{PERSON_FACTS, org_type, record_of, type_of};
use crate::expr::Type;
use std::collections::BTreeMap;

/// The keys a choice offers; `None` where the catalogue does not say.
fn choices(field: &Field, catalog: &Catalog) -> Option<Vec<String>> {
    if !field.choices.is_empty() {
        return Some(field.choices.iter().map(|c| c.id.clone()).collect());
    }
    let own = |ids: Vec<&String>| Some(ids.into_iter().cloned().collect());
    match field.catalog.as_deref()? {
        "components" => own(catalog.components.iter().map(|c| &c.id).collect()),
        "faults" => own(catalog.faults.iter().map(|f| &f.id).collect()),
        "causes" => own(catalog.causes.iter().map(|c| &c.id).collect()),
        "models" => own(catalog.models.iter().map(|m| &m.id).collect()),
        "products" => own(catalog.products.keys().collect()),
        _ => None,
    }
}

/// Type of what a field holds, as an expression reads it.
pub fn field_type(field: &Field, catalog: &Catalog) -> Type {
    let one = || choices(field, catalog).map_or(Type::Text, Type::Choice);
    let record = |pairs: &[(&str, Type)]| {
        Type::Record(pairs.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect())
    };
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Unit | FieldKind::Serial => Type::Text,
        FieldKind::Org => org_type(),
        FieldKind::Customer => record(&[("id", Type::Text)]),
        FieldKind::Number | FieldKind::Rating => Type::Number,
        FieldKind::Money => Type::Money,
        FieldKind::Date => Type::Date,
        FieldKind::Instant => Type::Instant,
        FieldKind::YesNo | FieldKind::Code => Type::Bool,
        FieldKind::Choice => one(),
        FieldKind::MultiChoice => Type::List(Box::new(one())),
        FieldKind::File => Type::List(Box::new(Type::Text)),
        FieldKind::Checklist => {
            Type::Record(field.choices.iter().map(|c| (c.id.clone(), Type::Bool)).collect())
        }
        FieldKind::Measurement => record(&[
            ("value", Type::Number),
            ("instrument", Type::Text),
            ("temperature", Type::Number),
            ("charge", Type::Number),
        ]),
        FieldKind::Person => record_of(PERSON_FACTS),
        FieldKind::Lines => Type::List(Box::new(line_type())),
        FieldKind::Parts => Type::List(Box::new(row(PARTS_FIELDS))),
        FieldKind::PeopleRows => {
            let column = |c: &Field| (c.id.clone(), field_type(c, catalog));
            let mut row: BTreeMap<_, _> = field.columns.iter().map(column).collect();
            row.insert("person".into(), record_of(PERSON_FACTS));
            Type::List(Box::new(Type::Record(row)))
        }
        FieldKind::Rows => {
            let column = |c: &Field| (c.id.clone(), field_type(c, catalog));
            Type::List(Box::new(Type::Record(field.columns.iter().map(column).collect())))
        }
        FieldKind::Photos => {
            Type::List(Box::new(record(&[("file", Type::Text), ("slot", Type::Text)])))
        }
        FieldKind::Signature => {
            record(&[("file", Type::Text), ("by", Type::Text), ("means", Type::Text)])
        }
        FieldKind::Computed => Type::Any,
    }
}

/// A line of an estimate or settlement.
pub fn line_type() -> Type {
    row(LINE_FIELDS)
}

fn row(fields: &[(&str, &str)]) -> Type {
    let row = fields.iter().map(|(name, kind)| ((*name).to_owned(), type_of(kind)));
    Type::Record(row.collect())
}
