//! What is put around a document when it is shown: another paper, the printer's offsets, the copy,
//! and the mark of a reprint. What was made stays as it was made.

use super::sheet::{self, Look};
use rulebook::model::Paper;
use std::borrow::Cow;

/// Where each copy begins.
pub const SHEET: &str = "<section class=\"sheet\">";

/// Which copies (联) go through the printer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Copies {
    /// One after the other, each on paper of its own.
    #[default]
    Each,
    /// Once: carbon makes the others, so that no copy is named on it.
    Carbon,
    /// This one, from 1.
    One(usize),
}

/// How a document is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dress {
    /// On another paper than the one it was made for.
    pub paper: Option<Paper>,
    /// How the printer puts it there.
    pub look: Look,
    /// Which copies.
    pub copies: Copies,
    /// A word stamped on each copy: 补打第 n 次, 作废.
    pub mark: Option<String>,
}

/// The page as shown: byte for byte the one that was made, unless something is asked.
pub fn dressed<'h>(html: &'h str, dress: &Dress) -> Cow<'h, str> {
    if *dress == Dress::default() {
        return Cow::Borrowed(html);
    }
    let mut page = html.to_owned();
    if dress.paper.is_some() || dress.look != Look::default() {
        restyle(&mut page, dress);
    }
    let hidden = match dress.copies {
        Copies::Each => String::new(),
        Copies::Carbon => {
            ".sheet ~ .sheet { display: none; } .copy { visibility: hidden; }".to_owned()
        }
        Copies::One(n) => format!(".sheet:not(:nth-of-type({n})) {{ display: none; }}"),
    };
    if !hidden.is_empty() {
        add_style(&mut page, &hidden);
    }
    if let Some(mark) = &dress.mark {
        let mark = format!("<div class=\"mark\">{mark}</div>");
        page = if page.contains(SHEET) {
            page.replace(SHEET, &format!("{SHEET}{mark}"))
        } else {
            page.replacen("<body>", &format!("<body>{mark}"), 1)
        };
    }
    Cow::Owned(page)
}

/// Another sheet in the place of the one it was made with.
fn restyle(page: &mut String, dress: &Dress) {
    let at = page.find("<style data-paper=\"");
    let made = at.and_then(|at| {
        let key = page[at..].split('"').nth(1)?;
        let end = at + page[at..].find("</style>")? + "</style>".len();
        Some((at..end, Paper::named(key)?))
    });
    // A page from before the sheets brings its whole style itself and stays as it is.
    let Some((place, own)) = made else { return };
    page.replace_range(place, &sheet::style(dress.paper.unwrap_or(own), dress.look));
}

fn add_style(page: &mut String, css: &str) {
    let at = page.find("</head>").unwrap_or(0);
    page.insert_str(at, &format!("<style>{css}</style>\n"));
}

#[cfg(test)]
mod tests {
    use super::{Copies, Dress, dressed};
    use crate::docs::{sheet, whole};
    use rulebook::model::Paper;

    fn page() -> String {
        let copies = ["一", "二", "三"].map(|copy| format!("<p>{copy}</p>"));
        whole(Paper::Triple241Half, "维修记录表 WX-1", &copies)
    }

    #[test]
    fn nothing_asked_is_the_document_as_it_was_made() {
        assert_eq!(dressed(&page(), &Dress::default()), page());
    }

    #[test]
    fn another_paper_changes_the_sheet_and_no_word() {
        let dress = Dress { paper: Some(Paper::A5), ..Dress::default() };
        let shown = dressed(&page(), &dress).into_owned();
        let a5 = sheet::style(Paper::A5, dress.look);
        let made = sheet::style(Paper::Triple241Half, dress.look);
        assert_eq!(shown.replace(&a5, &made), page());
    }

    #[test]
    fn a_reprint_says_so_on_every_copy() {
        let dress = Dress { mark: Some("补打第1次".into()), ..Dress::default() };
        let shown = dressed(&page(), &dress).into_owned();
        assert_eq!(shown.matches("补打第1次").count(), 3);
        assert_eq!(shown.replace("<div class=\"mark\">补打第1次</div>", ""), page());
    }

    #[test]
    fn carbon_prints_one_sheet_without_the_name_of_a_copy() {
        let carbon =
            dressed(&page(), &Dress { copies: Copies::Carbon, ..Dress::default() }).into_owned();
        assert!(carbon.contains(".copy { visibility: hidden; }"), "{carbon}");
        let second =
            dressed(&page(), &Dress { copies: Copies::One(2), ..Dress::default() }).into_owned();
        assert!(second.contains(":not(:nth-of-type(2))"), "{second}");
    }

    #[test]
    fn an_old_page_without_a_sheet_keeps_its_style_and_gets_the_mark() {
        let old = "<html><head></head><body><p>旧</p></body></html>";
        let dress =
            Dress {
                paper: Some(Paper::A5), mark: Some("补打第2次".into()), ..Dress::default()
            };
        let shown = dressed(old, &dress).into_owned();
        assert!(shown.contains("<body><div class=\"mark\">补打第2次</div><p>旧"), "{shown}");
    }
}
