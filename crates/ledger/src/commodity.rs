//! What an account counts.

use crate::{Code, Key, Refused};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// What an account counts. A transaction balances for each commodity by itself, so that money never
/// pays for a missing part. Whether a part code is tracked by serial is settled before it is first
/// posted; a part that becomes tracked later gets a new code that substitutes the old one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Commodity {
    /// Money in fen (分).
    Fen,
    /// Pieces (件) of that part code.
    Pieces(Key),
    /// Pieces of that part code, each known by its serial number (电池、电机、控制器): exactly one
    /// account holds a serial at any time.
    Serials(Key),
}

impl fmt::Display for Commodity {
    /// `fen`, `pieces:TUBE-16`, `serials:BAT-48-20`: as stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fen => f.write_str("fen"),
            Self::Pieces(part) => write!(f, "pieces:{part}"),
            Self::Serials(part) => write!(f, "serials:{part}"),
        }
    }
}

impl FromStr for Commodity {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        match text.split_once(':') {
            None if text == "fen" => Ok(Self::Fen),
            Some(("pieces", part)) => Key::try_new(part).map(Self::Pieces),
            Some(("serials", part)) => Key::try_new(part).map(Self::Serials),
            _ => Err(Refused::about(Code::KeyMalformed, text)),
        }
    }
}

impl Serialize for Commodity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Commodity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_reads_back() {
        for text in ["fen", "pieces:TUBE-16", "serials:BAT-48-20"] {
            assert_eq!(text.parse::<Commodity>().map(|c| c.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "yuan", "pieces:", "pieces:a b", "grams:x"] {
            assert_eq!(text.parse::<Commodity>().map_err(|r| r.code), Err(Code::KeyMalformed));
        }
    }
}
