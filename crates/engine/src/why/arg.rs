//! One argument of a step: a value as the arithmetic had it, put in words only for a reader.

use base::time::Span;
use base::{Day, Word};
use rulebook::expr::{Type, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;
use std::borrow::Cow;

/// A typed value. In the journal it is plain JSON, a day or a length as its text; what is read back
/// from there is equal to what was written.
#[derive(Debug, Clone)]
pub enum Arg {
    /// A key or other text.
    Word(Word),
    /// A day.
    Day(Day),
    /// A length of time.
    Span(Span),
    /// A count, days.
    Count(i64),
    /// Anything else.
    Json(Box<Json>),
}

impl Arg {
    /// Its text; `None` of what is no text: a number, a list, yes or no.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Word(word) => Some(Cow::Borrowed(word)),
            Self::Day(day) => Some(Cow::Owned(day.to_string())),
            Self::Span(span) => Some(Cow::Owned(span.to_string())),
            Self::Json(json) => json.as_str().map(Cow::Borrowed),
            Self::Count(_) => None,
        }
    }

    /// As the journal keeps it.
    pub fn json(&self) -> Cow<'_, Json> {
        match self {
            Self::Json(json) => Cow::Borrowed(&**json),
            Self::Count(count) => Cow::Owned(Json::from(*count)),
            text => Cow::Owned(Json::String(text.text().unwrap_or_default().into_owned())),
        }
    }
}

impl PartialEq for Arg {
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

impl Serialize for Arg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Word(word) => word.serialize(serializer),
            Self::Count(count) => count.serialize(serializer),
            other => other.json().serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Arg {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self::from)
    }
}

impl From<Word> for Arg {
    fn from(word: Word) -> Self {
        Self::Word(word)
    }
}

impl From<&Word> for Arg {
    fn from(word: &Word) -> Self {
        Self::Word(word.clone())
    }
}

impl From<Day> for Arg {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Span> for Arg {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl From<i64> for Arg {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Word(text.into())
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Word(Word::read(text))
    }
}

/// A value as a table was asked for it.
impl From<&Value> for Arg {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(word) => word.into(),
            Value::Date(day) => (*day).into(),
            other => other.to_json(&Type::Any).into(),
        }
    }
}

/// What else there is, as JSON.
macro_rules! by_json {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(value: $kind) -> Self {
                Self::Json(Box::new(value.into()))
            }
        }
    )*};
}

by_json!(Json, bool, u32, usize, f64, Option<String>, Vec<Json>, Vec<String>);
