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
    /// Paper: `A4`, `A5`, `label_60x40`, `label_40x30`, `receipt_80`, `triple_241`.
    pub paper: String,
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
