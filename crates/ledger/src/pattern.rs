//! Patterns of accounts: `stock/{warehouse}/{part}`.

use crate::Key;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One place of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A word that stands there as written.
    Word(String),
    /// A name in braces, filled in.
    Name(String),
}

/// A path with names in braces. Reading it never fails; what is wrong with it is reported with
/// everything else, see [`Pattern::is_well_formed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    source: String,
    places: Vec<Place>,
}

impl Pattern {
    /// Reads a pattern.
    pub fn parse(source: &str) -> Self {
        let place = |text: &str| match text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
            Some(name) => Place::Name(name.to_owned()),
            None => Place::Word(text.to_owned()),
        };
        Self { source: source.to_owned(), places: source.split('/').map(place).collect() }
    }

    /// As written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names in braces, from the left.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter_map(|place| match place {
            Place::Name(name) => Some(name.as_str()),
            Place::Word(_) => None,
        })
    }

    /// Whether each place is a word or a whole name in braces.
    pub fn is_well_formed(&self) -> bool {
        self.places.len() <= crate::Path::DEEPEST
            && self.places.iter().all(|place| match place {
                Place::Word(text) | Place::Name(text) => Key::try_new(text).is_ok(),
            })
    }

    pub(crate) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Whether some path fits both.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.places.len() == other.places.len()
            && self.places.iter().zip(&other.places).all(|pair| match pair {
                (Place::Word(a), Place::Word(b)) => a == b,
                _ => true,
            })
    }

    /// Whether every path of `narrow` fits this pattern.
    pub(crate) fn covers(&self, narrow: &Self) -> bool {
        self.places.len() == narrow.places.len()
            && self.places.iter().zip(&narrow.places).all(|pair| match pair {
                (Place::Name(_), _) => true,
                (word, given) => word == given,
            })
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|source| Self::parse(&source))
    }
}
