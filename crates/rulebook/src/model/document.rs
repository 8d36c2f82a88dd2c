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
    /// What kind of message it is to a customer: when and to whom it may be sent.
    #[serde(default)]
    pub class: MessageClass,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// Settings that say when customers are left alone (免打扰), as hours of the day: from and until for
/// what concerns their case, then for what they did not ask for.
pub const MESSAGE_SETTINGS: [&str; 4] =
    ["quiet_from", "quiet_until", "marketing_quiet_from", "marketing_quiet_until"];

/// What a message to a customer is (消息类别).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MessageClass {
    /// A code to read back (验证码): at once, at any hour, and of use for minutes.
    Code,
    /// How their case stands (服务通知): it waits while customers sleep.
    #[default]
    Service,
    /// An offer or reminder they did not ask for (营销消息): only to whoever agreed, until they
    /// unsubscribe.
    Marketing,
}

impl MessageClass {
    /// Its word in files, tables and interfaces.
    pub fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Service => "service",
            Self::Marketing => "marketing",
        }
    }

    /// The class of that word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Code, Self::Service, Self::Marketing].into_iter().find(|class| class.word() == word)
    }
}

/// The messages that some process sends to customers: whatever goes to `@customer`, and codes to
/// whomever a form names.
pub fn to_customers(release: &super::Release) -> std::collections::BTreeSet<&str> {
    let mut told = std::collections::BTreeSet::new();
    let mut note = |message: &str, to: &[String]| {
        let Some((id, message)) = release.messages.get_key_value(message) else { return };
        let code = message.class == MessageClass::Code;
        if to.iter().any(|to| to == "@customer" || code && to.starts_with("@data.")) {
            told.insert(id.as_str());
        }
    };
    for process in release.processes.values() {
        let acts = process.all_actions().flat_map(|action| &action.effects);
        let breaches = process.deadlines.iter().flat_map(super::Deadline::effects);
        for effect in acts.chain(breaches) {
            if let super::Effect::Notify { notify, to, .. } = effect {
                note(notify, to);
            }
        }
        for warning in process.deadlines.iter().flat_map(|deadline| &deadline.warn) {
            note(warning.notify.as_deref().unwrap_or_default(), &warning.to);
        }
    }
    told
}
