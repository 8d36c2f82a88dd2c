//! The open cases of whoever opens this one, as expressions read them.

use crate::facts::{Facts, Held};
use base::Word;
use rulebook::expr::Value;
use std::collections::BTreeMap;

/// The fact `held`.
pub(super) fn held(facts: &Facts) -> Value {
    let item = |h: &Held| {
        let text = |text: &str| Value::Text(Word::read(text));
        Value::Record(BTreeMap::from([
            ("case".to_owned(), Value::Text(h.case.to_string().into())),
            ("process".to_owned(), text(&h.process)),
            ("number".to_owned(), text(&h.number)),
            ("title".to_owned(), text(&h.title.zh)),
            ("title_en".to_owned(), text(&h.title.en)),
            ("state".to_owned(), text(&h.state.zh)),
            ("state_en".to_owned(), text(&h.state.en)),
            ("frame_no".to_owned(), h.frame_no.as_deref().map_or(Value::Null, text)),
            ("due_at".to_owned(), h.due_at.map_or(Value::Null, Value::Instant)),
            ("assigned".to_owned(), Value::Bool(h.assigned)),
        ]))
    };
    Value::List(facts.held.iter().map(item).collect())
}
