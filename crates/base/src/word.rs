//! Words: texts that stand in the code or were read once with the rules, and are shared by all who
//! speak them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A word of the rules (词): a key, the path of a rule, a text cell. To clone one copies no text,
/// so an answer may name as many as it likes.
#[derive(Clone)]
pub struct Word(Held);

#[derive(Clone)]
enum Held {
    Code(&'static str),
    Read(Arc<str>),
}

impl Word {
    /// A word that stands in the code.
    pub const fn code(text: &'static str) -> Self {
        Self(Held::Code(text))
    }

    /// A word that was read; its text is copied this once.
    pub fn read(text: &str) -> Self {
        Self(Held::Read(text.into()))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Code(text) => text,
            Held::Read(text) => text,
        }
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Default for Word {
    fn default() -> Self {
        Self::code("")
    }
}

impl From<&'static str> for Word {
    fn from(text: &'static str) -> Self {
        Self::code(text)
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self(Held::Read(text.into()))
    }
}

impl From<Cow<'_, str>> for Word {
    fn from(text: Cow<'_, str>) -> Self {
        Self(Held::Read(text.into()))
    }
}

impl From<&Word> for Word {
    fn from(word: &Word) -> Self {
        word.clone()
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.as_str().to_owned()
    }
}

impl FromIterator<char> for Word {
    fn from_iter<I: IntoIterator<Item = char>>(letters: I) -> Self {
        letters.into_iter().collect::<String>().into()
    }
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Word {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Word {}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Word {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<Word> for &str {
    fn eq(&self, other: &Word) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Word> for String {
    fn eq(&self, other: &Word) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<String> for Word {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Word {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_its_text_wherever_it_stands() {
        let (code, read) = (Word::code("repair"), Word::read("repair"));
        assert_eq!(code, read);
        assert_eq!(serde_json::to_string(&code).expect("it is written"), "\"repair\"");
        assert_eq!(serde_json::from_str::<Word>("\"repair\"").expect("it is read"), code);
        assert_eq!(format!("{code:>8}|{read:?}"), "  repair|\"repair\"");
    }
}
