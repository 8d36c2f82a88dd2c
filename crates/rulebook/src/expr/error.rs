//! What is wrong with an expression, and where.

use base::Text;

/// An expression that cannot be read or whose types do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprError {
    /// A stable code, `expr-…`, listed in `errors.toml`.
    pub code: &'static str,
    /// Byte offset in the source.
    pub at: usize,
    /// What is wrong and what would be right.
    pub sentence: Text,
}

impl ExprError {
    /// An error at the byte offset `at`.
    pub fn new(
        code: &'static str,
        at: usize,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { code, at, sentence: Text::new(zh, en) }
    }

    /// The character of `source` it is about, from 1.
    pub fn column(&self, source: &str) -> usize {
        source.char_indices().take_while(|(at, _)| *at < self.at).count() + 1
    }
}
