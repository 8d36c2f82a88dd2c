//! The repository's own tools: it checks itself ([`tidy`], [`deps`]) and writes the files that are
//! derived from others ([`codegen`]).
//!
//! Each check returns [`Finding`]s instead of stopping at the first, so that one run names
//! everything there is to mend.

pub mod codegen;
pub mod deps;
pub mod repo;
pub mod tidy;

/// One thing that breaks a house rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Key of the rule, as an exemption names it.
    pub rule: &'static str,
    /// What breaks it: a path, or `path:function`, or a package.
    pub place: String,
    /// The line, 1-based; 0 where no line can be named.
    pub line: usize,
    /// The number that was measured, for rules that have a limit; else 0.
    pub measured: usize,
    /// What is wrong and what would be right.
    pub sentence: String,
}

impl Finding {
    /// A finding of a rule without a number.
    pub fn plain(rule: &'static str, place: &str, line: usize, sentence: String) -> Self {
        Self { rule, place: place.to_owned(), line, measured: 0, sentence }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: [{}] {}", self.place, self.rule, self.sentence),
            line => {
                let path = self.place.split(':').next().unwrap_or(&self.place);
                write!(f, "{path}:{line}: [{}] {}", self.rule, self.sentence)
            }
        }
    }
}
