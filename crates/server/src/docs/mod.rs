//! Documents and messages: templates of the rulebook filled with a case.

pub mod asked;
mod capitals;
pub mod context;
pub mod dress;
pub mod pdf;
mod press;
pub mod qr;
pub mod ruler;
pub mod sample;
pub mod sheet;
mod signature;
pub mod template;

use crate::problem::{Answer, Problem};
use base::{Lang, Zone};
use minijinja::context;
use rulebook::Release;
use rulebook::model::{Document, Paper};
use serde_json::{Value as Json, json};
use sheet::Look;
use std::sync::Arc;

/// A document to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its key in the rulebook.
    pub document: String,
    /// The signature field that freezes it now.
    pub frozen_by: Option<String>,
}

/// Renders a document with all its copies (联), one after the other on pages of their own.
pub fn render(
    zone: &Zone,
    release: &Arc<Release>,
    document: &str,
    context: &Json,
) -> Answer<String> {
    let Some(known) = release.documents.get(document) else {
        tracing::error!(document, "the rulebook names a document that it does not have");
        return Err(Problem::new("document-failed"));
    };
    made(zone, release, known, context).map_err(|error| failed(document, &error))
}

/// Whether a form can be printed in advance: its template says what stands on a blank one.
pub fn may_be_blank(form: &Document) -> bool {
    form.template.contains("{% if blank %}")
}

/// Blank forms with their numbers, one after the other on one page.
pub fn blanks(
    zone: &Zone,
    release: &Arc<Release>,
    form: &Document,
    title: &str,
    contexts: &[Json],
) -> Answer<String> {
    let sheets = contexts.iter().map(|context| sheets(zone, release, form, context));
    let sheets = sheets.collect::<Result<Vec<_>, _>>().map_err(|error| failed(&form.id, &error))?;
    Ok(whole(form.paper, title, &sheets.concat()))
}

/// The document as its template makes it, or the mistake in it.
fn made(
    zone: &Zone,
    release: &Arc<Release>,
    known: &Document,
    context: &Json,
) -> Result<String, minijinja::Error> {
    let number = context["case"]["number"].as_str().unwrap_or_default();
    let pages = sheets(zone, release, known, context)?;
    Ok(whole(known.paper, &format!("{} {number}", known.title.zh), &pages))
}

/// What stands on each copy.
fn sheets(
    zone: &Zone,
    release: &Arc<Release>,
    known: &Document,
    context: &Json,
) -> Result<Vec<String>, minijinja::Error> {
    let copies: Vec<&str> = known.copies.iter().map(|copy| copy.zh.as_str()).collect();
    let form = json!({
        "copies": copies,
        "document": { "id": known.id, "title": known.title.zh, "paper": known.paper },
    });
    let context = context! { ..template::values(&form), ..template::values(context) };
    let each = if copies.is_empty() { vec![""] } else { copies };
    let page = |copy: &str| {
        let context = context! { copy, ..context.clone() };
        template::page(zone, release, Lang::Zh, &known.template, context).map(inner)
    };
    each.into_iter().map(page).collect()
}

fn failed(document: &str, error: &minijinja::Error) -> Problem {
    tracing::error!(document, %error, "a document could not be made");
    Problem::new("document-failed").with("document", json!(document)).detail(
        format!("单据“{document}”的模板有错，这一步没有保存；请告知制度负责人"),
        format!("The template of `{document}` has a mistake; nothing was saved"),
    )
}

/// What a template says of the paper itself. A template that is a whole page brings its styles.
fn inner(page: String) -> String {
    let Some((head, rest)) = page.split_once("<body>") else { return page };
    let body = rest.rsplit_once("</body>").map_or(rest, |(body, _)| body);
    let from = head.find("<style").unwrap_or(head.len());
    let to = head.rfind("</style>").map_or(from, |at| at + "</style>".len());
    format!("{}{body}", head.get(from..to).unwrap_or_default())
}

/// The copies of a document as one page on its paper, which needs nothing beside it.
pub fn whole(paper: Paper, title: &str, copies: &[String]) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let style = sheet::style(paper, Look::default());
    let sheets = copies.iter().fold(String::new(), |sheets, copy| {
        sheets + dress::SHEET + "\n" + copy.trim() + "\n</section>\n"
    });
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{}</title>\n{style}\n</head>\n<body>\n{sheets}</body>\n</html>\n",
        title.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::{inner, whole};
    use rulebook::model::Paper;

    #[test]
    fn copies_follow_each_other_in_one_page() {
        let whole = whole(Paper::A5, "装箱单 <1>", &["一", "二", "三"].map(String::from));
        assert_eq!(whole.matches("<html").count(), 1);
        assert_eq!(whole.matches(super::dress::SHEET).count(), 3);
        assert!(whole.contains("<title>装箱单 &lt;1></title>"), "{whole}");
        let order: Vec<usize> = ["一", "二", "三"].iter().filter_map(|c| whole.find(c)).collect();
        assert!(order.is_sorted() && order.len() == 3 && whole.ends_with("</html>\n"));
    }

    #[test]
    fn a_template_that_is_a_whole_page_brings_its_style() {
        let page = "<html><head><style>b {}</style></head><body><b>一</b></body></html>";
        assert_eq!(inner(page.into()), "<style>b {}</style><b>一</b>");
        assert_eq!(inner("<p>一</p>".into()), "<p>一</p>");
    }
}
