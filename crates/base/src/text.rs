//! Text in the two languages of the product.

use serde::{Deserialize, Serialize};

/// A language a reader may choose. Chinese is the first, English the second; both are complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese (`zh-CN`).
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads a language tag or an `Accept-Language` value; anything but English is Chinese.
    pub fn from_tag(tag: &str) -> Self {
        if tag.trim_start().to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }
}

/// One text in both languages. A rulebook that leaves one out does not load.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its two languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}
