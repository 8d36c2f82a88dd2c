//! What `sanbao check` says: a sentence, with the file and the line it is about.

use base::Text;
use serde::Serialize;
use std::fmt;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; the rulebook may become active.
    Note,
    /// The rulebook does not become active.
    Error,
}

/// Where in a pack something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file, with the folder as the user named it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Error or note.
    pub level: Level,
    /// A stable code, `kebab-case`, listed in `errors.toml`.
    pub code: &'static str,
    /// Where.
    pub at: Place,
    /// What is wrong and what would be right, with a counter-example where there is one.
    pub sentence: Text,
}

impl Place {
    /// A line of a file.
    pub fn new(file: impl Into<String>, line: u32) -> Self {
        Self { file: file.into(), line }
    }
}

impl Finding {
    /// An error: the rulebook does not become active.
    pub fn error(
        code: &'static str,
        at: Place,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { level: Level::Error, code, at, sentence: Text::new(zh, en) }
    }

    /// A note: worth knowing.
    pub fn note(
        code: &'static str,
        at: Place,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { level: Level::Note, code, at, sentence: Text::new(zh, en) }
    }
}
