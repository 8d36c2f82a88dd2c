//! Units behind numbers, in both languages.

use base::Text;
use serde::{Deserialize, Deserializer, Serialize};

/// A unit shown behind a number (单位): one sign for both languages, `km`, `%`, or the words of
/// each, `{ zh = "件", en = "pieces" }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UnitLabel(pub Text);

impl UnitLabel {
    /// Whether it stands in Chinese in both languages, so that an English reader meets 公里.
    pub fn is_chinese_alone(&self) -> bool {
        self.0.en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }
}

impl<'de> Deserialize<'de> for UnitLabel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// As written.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Sign(String),
            Words(Text),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Sign(sign) => Self(Text::new(sign.clone(), sign)),
            Written::Words(words) => Self(words),
        })
    }
}
