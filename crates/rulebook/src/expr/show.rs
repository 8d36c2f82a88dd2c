//! Values as an explanation shows them.

use super::Value;
use base::Money;
use std::fmt;

impl fmt::Display for Value {
    /// `58`, `¥1,280.00`, `li_battery`, `2026-11-21`, `15 d`, `24 mo`, `[a, b]`, `null`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(yes) => yes.fmt(f),
            Self::Number(n) => n.normalize().fmt(f),
            Self::Money(fen) => match Money::try_from_fen(*fen) {
                Some(money) => money.fmt(f),
                None => write!(f, "{fen} fen"),
            },
            Self::Text(text) => f.write_str(text),
            Self::Date(day) => day.fmt(f),
            Self::Instant(at) => at.fmt(f),
            Self::Seconds(count) => seconds(*count, f),
            Self::Months(count) => write!(f, "{count} mo"),
            Self::List(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Record(fields) => {
                f.write_str("{")?;
                for (i, (name, value)) in fields.iter().enumerate() {
                    write!(f, "{}{name}: {value}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}

/// In the largest unit that leaves nothing over; a day is 24 h here.
fn seconds(count: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (factor, unit) in [(86_400, "d"), (3600, "h"), (60, "min")] {
        if count % factor == 0 && (count != 0 || unit == "min") {
            return write!(f, "{} {unit}", count / factor);
        }
    }
    write!(f, "{count} s")
}
