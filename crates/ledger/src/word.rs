//! Keys and paths: the words accounts, parts and serial numbers are named by.

use crate::{Code, Refused};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// One word of a path, a part code (`BAT-48-20`) or a serial number: no space, no `/`, no braces,
/// at most [`Key::LONGEST`] bytes. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// Bytes a key has at most.
    pub const LONGEST: usize = 64;

    /// The key of that text; [`Code::KeyMalformed`] when it is none.
    pub fn try_new(text: &str) -> Result<Self, Refused> {
        let outlaw = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '{' | '}');
        if text.is_empty() || text.len() > Self::LONGEST || text.contains(outlaw) {
            return Err(Refused::about(Code::KeyMalformed, text));
        }
        Ok(Self(text.into()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of an account (科目): keys parted by `/`, for example `station/S001/float/2026`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Arc<str>);

impl Path {
    /// Keys a path has at most.
    pub const DEEPEST: usize = 8;

    /// The path of that text; [`Code::PathMalformed`] when it is none.
    pub fn try_new(text: &str) -> Result<Self, Refused> {
        let deep = text.split('/').count();
        if deep > Self::DEEPEST || text.split('/').any(|key| Key::try_new(key).is_err()) {
            return Err(Refused::about(Code::PathMalformed, text));
        }
        Ok(Self(text.into()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its keys, from the left.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

macro_rules! word {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::try_new(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

word!(Key);
word!(Path);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_noise() {
        let check = |text: &str, key: bool, path: bool| {
            assert_eq!(Key::try_new(text).is_ok(), key, "key `{text}`");
            assert_eq!(Path::try_new(text).is_ok(), path, "path `{text}`");
        };
        check("BAT-48-20", true, true);
        check("电池", true, true);
        check("stock/main/BAT-48-20", false, true);
        check("", false, false);
        check("a b", false, false);
        check("a//b", false, false);
        check("/a", false, false);
        check("a/", false, false);
        check("{part}", false, false);
        check("a\u{0}", false, false);
        check("1/2/3/4/5/6/7/8", false, true);
        check("1/2/3/4/5/6/7/8/9", false, false);
        check(&"x".repeat(64), true, true);
        check(&"x".repeat(65), false, false);
    }
}
