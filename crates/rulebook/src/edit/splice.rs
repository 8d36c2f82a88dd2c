//! Cuts in a text, made all at once from the end to the beginning.

use std::ops::Range;

/// The cuts and what comes in their place.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<(Range<usize>, String)>);

impl Splices {
    /// Puts `text` in place of `range`; an empty range is an insertion. Insertions at one place
    /// stand in the order they were asked.
    pub fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the cuts made. Cuts do not overlap: each is of a value, a line or a place
    /// between two of them.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut whole = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (range, new) in self.0 {
            whole.push_str(text.get(at..range.start).unwrap_or_default());
            whole.push_str(&new);
            at = range.end.max(at);
        }
        whole.push_str(text.get(at..).unwrap_or_default());
        whole
    }
}

/// The line end a text uses: that of its first line.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

/// Where the line of a byte ends, before its line end.
pub(super) fn line_stop(text: &str, at: usize) -> usize {
    let stop = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..stop].ends_with('\r') { stop - 1 } else { stop }
}

/// Where the line after that of a byte begins.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
