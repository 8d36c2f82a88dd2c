//! The money of whoever closes the day, as expressions read it.

use crate::facts::{OpenItem, Till, TillBack, TillSum, Unpaid};
use base::{Money, Word};
use rulebook::expr::Value;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// What was asked for so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    sums: OnceCell<Value>,
    back: OnceCell<Value>,
    unpaid: OnceCell<Value>,
    books: OnceCell<Value>,
    open_items: OnceCell<Value>,
}

impl Told {
    /// One of the facts `till`, `till_back`, `unpaid`, `books`, `open_items`.
    pub(super) fn get(&self, name: &str, till: &Till) -> &Value {
        match name {
            "till" => self.sums.get_or_init(|| sums(&till.sums)),
            "till_back" => self.back.get_or_init(|| back(&till.back)),
            "books" => self.books.get_or_init(|| {
                let held = till.books.iter().map(|(name, held)| (name.clone(), fen(*held)));
                Value::Record(held.collect())
            }),
            "open_items" => self.open_items.get_or_init(|| open_items(&till.open_items)),
            _ => self.unpaid.get_or_init(|| unpaid(&till.unpaid)),
        }
    }
}

fn fen(amount: Money) -> Value {
    Value::Money(amount.fen())
}

fn text(text: &str) -> Value {
    Value::Text(Word::read(text))
}

fn list<T>(rows: &[T], record: impl Fn(&T) -> Vec<(&'static str, Value)>) -> Value {
    let named = |row: &T| -> BTreeMap<String, Value> {
        record(row).into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    Value::List(rows.iter().map(|row| Value::Record(named(row))).collect())
}

fn sums(rows: &[TillSum]) -> Value {
    list(rows, |row| vec![("means", text(&row.means)), ("booked", fen(row.booked))])
}

fn back(rows: &[TillBack]) -> Value {
    list(rows, |row| {
        vec![
            ("number", text(&row.number)),
            ("means", text(&row.means)),
            ("what", text(&row.what)),
            ("amount", fen(row.amount)),
        ]
    })
}

fn unpaid(rows: &[Unpaid]) -> Value {
    list(rows, |row| {
        vec![
            ("number", text(&row.number)),
            ("amount", fen(row.amount)),
            ("since", Value::Instant(row.since)),
            ("on_account", Value::Bool(row.on_account)),
        ]
    })
}

fn open_items(rows: &[OpenItem]) -> Value {
    list(rows, |row| {
        vec![
            ("account", text(&row.account)),
            ("what", text(&row.what)),
            ("number", text(&row.number)),
            ("case", row.case.map_or(Value::Null, |id| Value::Text(id.to_string().into()))),
            ("amount", fen(row.amount)),
            ("since", Value::Instant(row.since)),
        ]
    })
}
