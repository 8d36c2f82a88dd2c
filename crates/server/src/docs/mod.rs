//! Documents and messages: templates of the rulebook filled with a case.

pub mod context;
pub mod pdf;
pub mod qr;
mod signature;
pub mod template;

use crate::app::App;
use crate::problem::{Answer, Problem};
use base::Lang;
use rulebook::Release;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A paper to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its key in the rulebook.
    pub document: String,
    /// The signature field that freezes it now.
    pub frozen_by: Option<String>,
}

/// Renders a document with all its copies (联), one after the other on pages of their own.
pub fn render(app: &App, release: &Arc<Release>, document: &str, context: &Json) -> Answer<String> {
    let Some(known) = release.documents.get(document) else {
        tracing::error!(document, "the rulebook names a document that it does not have");
        return Err(Problem::new("document-failed"));
    };
    let copies: Vec<String> = known.copies.iter().map(|c| c.zh.clone()).collect();
    let mut context = context.clone();
    context["copies"] = json!(copies);
    context["document"] = json!({ "id": known.id, "title": known.title.zh, "paper": known.paper });
    let mut pages = Vec::new();
    let unnamed = [String::new()];
    for copy in if copies.is_empty() { &unnamed[..] } else { &copies[..] } {
        context["copy"] = json!(copy);
        let page = template::page(app, release, Lang::Zh, &known.template, &context);
        pages.push(page.map_err(|error| failed(document, &error))?);
    }
    Ok(together(pages))
}

fn failed(document: &str, error: &minijinja::Error) -> Problem {
    tracing::error!(document, %error, "a document could not be made");
    Problem::new("document-failed").with("document", json!(document)).detail(
        format!("单据“{document}”的模板有错，这一步没有保存；请告知制度负责人"),
        format!("The template of `{document}` has a mistake; nothing was saved"),
    )
}

/// Several copies as one page: the first whole, of the others what lies inside `body`.
fn together(pages: Vec<String>) -> String {
    let mut pages = pages.into_iter();
    let Some(mut whole) = pages.next() else { return String::new() };
    for page in pages {
        let inner = page
            .split_once("<body>")
            .and_then(|(_, rest)| rest.rsplit_once("</body>"))
            .map_or(page.as_str(), |(inner, _)| inner);
        let next = format!("<div style=\"break-before:page\">{inner}</div>\n</body>");
        let at = whole.rfind("</body>").unwrap_or(whole.len());
        let end = (at + "</body>".len()).min(whole.len());
        whole.replace_range(at..end, &next);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn copies_follow_each_other_in_one_page() {
        let page = |copy: &str| format!("<html><body>\n<p>{copy}</p>\n</body></html>");
        let whole = together(vec![page("一"), page("二"), page("三")]);
        assert_eq!(whole.matches("<html>").count(), 1);
        assert_eq!(whole.matches("break-before:page").count(), 2);
        let order: Vec<usize> = ["一", "二", "三"].iter().filter_map(|c| whole.find(c)).collect();
        assert!(order.is_sorted() && order.len() == 3 && whole.ends_with("</html>"));
    }
}
