//! A page as plain text: lines where a reader sees lines, and nothing that runs.

use mail_parser::decoders::html::html_to_text;

/// Tags behind which a new line begins.
const LINES: [&str; 12] = [
    "</div",
    "</tr",
    "</li",
    "</h1",
    "</h2",
    "</h3",
    "</h4",
    "</table",
    "</ul",
    "</ol",
    "<hr",
    "</blockquote",
];
/// The tag within which others' words are repeated.
const QUOTE: &str = "<blockquote";
/// The sign, of no language, that stands where such a passage begins.
pub const REPEATED: char = '\u{e000}';

/// The text of a page.
pub fn text(page: &str) -> String {
    let small = page.to_ascii_lowercase();
    let mut whole = String::with_capacity(page.len() + page.len() / 8);
    let mut from = 0;
    for (at, _) in small.match_indices('<') {
        let rest = &small[at..];
        let mark = if rest.starts_with(QUOTE) {
            "<br>\u{e000}<br>"
        } else if LINES.iter().any(|tag| rest.starts_with(tag)) {
            "<br>"
        } else {
            continue;
        };
        whole.push_str(&page[from..at]);
        whole.push_str(mark);
        from = at;
    }
    whole.push_str(&page[from..]);
    squeezed(&html_to_text(&whole))
}

/// At most one empty line after another.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty > 1 {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.trim().to_owned()
}
