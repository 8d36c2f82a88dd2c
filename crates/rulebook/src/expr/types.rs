//! How types go together and how a sentence names them.

use super::Type;
use base::Text;

impl Type {
    /// As a sentence says it.
    pub fn words(&self) -> Text {
        let (zh, en) = match self {
            Self::Any => ("任意值", "anything"),
            Self::Bool => ("是/否", "yes or no"),
            Self::Number | Self::Quantity => ("数字", "a number"),
            Self::Money => ("金额", "money"),
            Self::Text | Self::Choice(_) => ("文字", "text"),
            Self::Date => ("日期", "a day"),
            Self::Instant => ("时刻", "an instant"),
            Self::Seconds => ("时长", "a length of time"),
            Self::Months => ("月数时长", "a length of months"),
            Self::List(item) => {
                let item = item.words();
                return Text::new(format!("{}的列表", item.zh), format!("a list of {}", item.en));
            }
            Self::Record(_) => ("一组字段", "a record"),
        };
        Text::new(zh, en)
    }

    /// Whether values of both have an order between them.
    pub(super) fn is_ordered(&self) -> bool {
        !matches!(self, Self::Bool | Self::List(_) | Self::Record(_))
    }

    /// What a value is that may be of either type; `None` when nothing is both.
    pub(super) fn join(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Any, one) | (one, Self::Any) => one.clone(),
            (Self::Quantity | Self::Number, Self::Quantity | Self::Number) => Self::Number,
            (Self::Choice(a), Self::Choice(b)) => {
                let mut keys = a.clone();
                keys.extend(b.iter().filter(|key| !a.contains(key)).cloned());
                Self::Choice(keys)
            }
            (Self::Text | Self::Choice(_), Self::Text | Self::Choice(_)) => Self::Text,
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.join(b)?)),
            (Self::Record(a), Self::Record(b)) => {
                let mut fields = a.clone();
                for (name, of) in b {
                    let joined = match fields.get(name) {
                        Some(one) => one.join(of)?,
                        None => of.clone(),
                    };
                    fields.insert(name.clone(), joined);
                }
                Self::Record(fields)
            }
            (a, b) if a == b => a.clone(),
            _ => return None,
        })
    }

    /// Whether a value of this type may stand where `wanted` is asked for.
    pub fn fits(&self, wanted: &Self) -> bool {
        self.join(wanted).is_some()
    }
}
