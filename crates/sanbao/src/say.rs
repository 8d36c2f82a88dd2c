//! Sentences on the terminal.

use base::{Lang, Text};
use std::process::ExitCode;

/// What a command cannot do its work with: exit code 2.
pub const UNUSABLE: u8 = 2;

/// One sentence on stderr, and exit code 1.
pub fn failed(sentence: &str) -> ExitCode {
    eprintln!("sanbao: {sentence}");
    ExitCode::FAILURE
}

/// A reason why a command cannot run, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable(pub Text);

impl Unusable {
    /// A reason in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Text::new(zh, en))
    }

    /// Says it on stderr and gives the exit code.
    pub fn exit(&self, lang: Lang) -> ExitCode {
        eprintln!("{}", self.0.get(lang));
        ExitCode::from(UNUSABLE)
    }
}
