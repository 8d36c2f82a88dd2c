//! Printed documents and messages.
//!
//! # What a template can name
//!
//! `case` (`number`, `opened_at`, `process`, `station`), `data` (every field of the case, lines as
//! lists), `unit`, `customer` and `assignee` and `actor` (with `name` and
//! `certificate`, its number), `verdict`, `now`, and `copy`, the name of the copy. A name that is
//! missing prints as nothing, also deeper down. `qr(text)` is an inline SVG. `word(key)` is the
//! title of a catalogue key, a choice or a fact path in the reader's language, the key itself when
//! it has none. Filters: `money` (fen), `date`, `datetime`, and `clause`, which makes 第7.2.4条 of
//! `EB-7.2.4`: customers see the number, never our letters.

use super::Paper;
use base::Text;
use serde::{Deserialize, Serialize};

/// A printed form (单据). `documents.toml` lists them, `documents/<id>.html` is the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Key of `requirements/forms.md`, for example `repair_record_sheet`.
    pub id: String,
    /// Name as printed.
    pub title: Text,
    /// The paper it lies on where nobody chooses another.
    pub paper: Paper,
    /// Papers it may lie on besides: a counter prints it on what it has.
    #[serde(default)]
    pub also_on: Vec<Paper>,
    /// Names of the copies (联), first to last; empty for one unnamed copy.
    #[serde(default)]
    pub copies: Vec<Text>,
    /// The form field whose signature freezes the document; without one it freezes when printed.
    #[serde(default)]
    pub frozen_by: Option<String>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
    /// The template text (`minijinja`), filled from `documents/<id>.html`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
}

impl Document {
    /// Every paper it may lie on, the usual one first.
    pub fn papers(&self) -> impl Iterator<Item = Paper> {
        std::iter::once(self.paper).chain(self.also_on.iter().copied())
    }
}

/// A message (消息). `messages.toml`: `[[message]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Key.
    pub id: String,
    /// Title line.
    pub title: Text,
    /// Text with `{{ case.number }}` and other fields of the message context.
    pub body: Text,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}
