//! Typed ids: 64-bit, time-ordered, printed as prefix and base32 (`case_0000k3m…`).

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Crockford's alphabet, lower case: no i, l, o, u, so that an id survives a telephone call.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a printed id could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {prefix} id; it should look like {prefix}_0d3kq8w2f5x7a")]
pub struct IdError {
    /// What was given.
    pub text: String,
    /// What was wanted.
    pub prefix: &'static str,
}

fn encode(prefix: &str, id: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bits = id.cast_unsigned();
    write!(f, "{prefix}_")?;
    for place in (0..13).rev() {
        let digit = (bits >> (place * 5)) & 31;
        write!(f, "{}", char::from(ALPHABET[usize::try_from(digit).unwrap_or(0)]))?;
    }
    Ok(())
}

fn decode(prefix: &'static str, text: &str) -> Result<i64, IdError> {
    let error = || IdError { text: text.chars().take(40).collect(), prefix };
    let digits = text.strip_prefix(prefix).and_then(|t| t.strip_prefix('_')).ok_or_else(error)?;
    if digits.len() != 13 {
        return Err(error());
    }
    let mut bits: u64 = 0;
    for digit in digits.bytes() {
        let value = ALPHABET.iter().position(|c| *c == digit).ok_or_else(error)?;
        bits = (bits << 5) | u64::try_from(value).map_err(|_| error())?;
    }
    Ok(bits.cast_signed())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The prefix of the printed form.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                encode($prefix, self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                decode($prefix, text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A case (案件): one run of a process.
    CaseId = "case";
    /// A shared counter (柜台): a browser that belongs to a station.
    CounterId = "ctr";
    /// A customer (客户) or the person who brings the vehicle (送修人).
    CustomerId = "cust";
    /// A running deadline (时限).
    DeadlineId = "due";
    /// A printed document (单据).
    DocumentId = "doc";
    /// An uploaded file: photo, signature, scan.
    FileId = "file";
    /// A journal entry (办理记录).
    JournalId = "jrn";
    /// An organisation unit (机构): maker, department, agent, station.
    OrgId = "org";
    /// A member of staff (员工).
    PersonId = "per";
    /// A token (接口令牌) of a program that talks to Sanbao.
    TokenId = "token";
    /// A ledger transaction (记账凭证): what one command posted.
    TransactionId = "tx";
    /// A vehicle or pile (车辆、桩).
    UnitId = "unit";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_printed_id_reads_back(id: i64) {
            prop_assert_eq!(CaseId(id).to_string().parse(), Ok(CaseId(id)));
        }

        #[test]
        fn printed_ids_keep_their_order(a in 0..i64::MAX, b in 0..i64::MAX) {
            prop_assert_eq!(a.cmp(&b), CaseId(a).to_string().cmp(&CaseId(b).to_string()));
        }
    }

    #[test]
    fn another_prefix_is_refused() {
        assert!(UnitId(7).to_string().parse::<CaseId>().is_err());
        assert!("case_7".parse::<CaseId>().is_err());
    }
}
