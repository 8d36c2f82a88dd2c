//! The part master (配件目录): what can be stocked, fitted and charged.

use base::Text;
use serde::{Deserialize, Serialize};

/// A spare part (配件). `catalog/parts.csv`: `code,title_zh,title_en,component,models,class,tracked,`
/// `substitutes,reorder_point,clause`. A release holds the baseline; the company's own rows lie
/// over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Code, the same as on the price list and on the label of the shelf.
    pub code: String,
    /// Name.
    pub title: Text,
    /// The component of the catalogue it is.
    pub component: String,
    /// Models it fits; empty for all.
    pub models: Vec<String>,
    /// What is particular about ordering and keeping it.
    pub class: PartClass,
    /// Whether each piece is followed by its serial number (电池、电机、控制器…): one holder at any
    /// time.
    pub tracked: bool,
    /// Parts that may be fitted instead, the best first.
    #[serde(default)]
    pub substitutes: Vec<String>,
    /// Pieces at which a warehouse orders again; absent where nobody watches it.
    pub reorder_point: Option<u32>,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

impl Part {
    /// Whether it fits a model; an unknown model is not refused.
    pub fn fits(&self, model: &str) -> bool {
        self.models.is_empty() || self.models.iter().any(|fits| fits == model)
    }
}

/// Classes of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartClass {
    /// 易损件: wears by use; may be lent to a new agent (EB-8.1.1a).
    Wearing,
    /// 电器件: electrical or electronic.
    Electrical,
    /// 油漆件: ordered three to seven days ahead (EB-8.3.2b).
    Painted,
    /// 普通件.
    Ordinary,
}

impl PartClass {
    /// The words of the files, in order.
    pub const WORDS: [&str; 4] = ["wearing", "electrical", "painted", "ordinary"];

    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wearing => "wearing",
            Self::Electrical => "electrical",
            Self::Painted => "painted",
            Self::Ordinary => "ordinary",
        }
    }

    /// The class of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Wearing, Self::Electrical, Self::Painted, Self::Ordinary]
            .into_iter()
            .find(|class| class.word() == word)
    }
}
