//! The arguments of one step: a handful, in the order they were given.

use super::Arg;
use base::Word;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::fmt;

/// Names with values. A step has few of them, so they are looked for one by one, and the names,
/// which the code knows, are not copied: a verdict has some thirty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Args(Vec<(Word, Arg)>);

impl Args {
    /// Sets an argument.
    pub fn insert(&mut self, name: impl Into<Word>, value: impl Into<Arg>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The argument of that name.
    pub fn get(&self, name: &str) -> Option<&Arg> {
        self.0.iter().find(|(known, _)| *known == *name).map(|(_, value)| value)
    }

    /// The argument of that name as text.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name)?.text()
    }

    /// The argument of that name as the journal keeps it, `null` where there is none.
    pub fn json(&self, name: &str) -> Json {
        self.get(name).map_or(Json::Null, |arg| arg.json().into_owned())
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Args {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Args;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the arguments of a step")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Args, M::Error> {
                let mut args = Args::default();
                while let Some((name, value)) = map.next_entry::<String, Arg>()? {
                    args.insert(name, value);
                }
                Ok(args)
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Day;
    use serde_json::json;

    #[test]
    fn typed_arguments_are_read_back_equal_and_in_their_order() {
        let mut args = Args::default();
        args.insert("day", "2026-01-05");
        args.insert("count", 2_i64);
        args.insert("day", "2026-01-06".parse::<Day>().expect("a day"));
        let text = serde_json::to_string(&args).expect("it is written");
        assert_eq!(text, r#"{"day":"2026-01-06","count":2}"#);
        assert_eq!(serde_json::from_str::<Args>(&text).expect("it is read"), args);
        assert_eq!((args.json("count"), args.json("other")), (json!(2), Json::Null));
    }
}
