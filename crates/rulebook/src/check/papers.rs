//! Printed documents and messages: templates that exist and whose braces close.

use super::Checker;
use super::names::FIELD;
use crate::model::{Document, FieldKind, MessageClass};
use std::collections::BTreeSet;

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for (id, document) in &release.documents {
        let path = format!("document/{id}");
        twice(checker, document, &path);
        if document.template.is_empty() {
            checker.error(
                "missing-template",
                &path,
                format!("缺少模板 documents/{id}.html"),
                format!("the template documents/{id}.html is missing"),
            );
        }
        braces(checker, &document.template, &format!("template/{id}"), true);
        if let Some(field) = &document.frozen_by {
            let signatures: Vec<_> = release
                .forms
                .values()
                .flat_map(|form| &form.fields)
                .filter(|f| f.kind == FieldKind::Signature)
                .map(|f| f.id.as_str())
                .collect();
            checker.exists(FIELD, field, signatures, &format!("{path}/frozen_by"));
        }
    }
    for (id, message) in &release.messages {
        for (lang, text) in [("zh", &message.body.zh), ("en", &message.body.en)] {
            braces(checker, text, &format!("message/{id}/body/{lang}"), false);
            code(checker, message.class, text, &format!("message/{id}/body/{lang}"));
        }
    }
}

/// A paper named twice is a slip: another was meant.
fn twice(checker: &mut Checker<'_>, document: &Document, path: &str) {
    let mut seen = BTreeSet::new();
    if let Some(again) = document.papers().find(|paper| !seen.insert(*paper)) {
        let (zh, en) = (again.title().zh, again.key());
        checker.error(
            "paper-twice",
            &format!("{path}/also_on"),
            format!("“{zh}”写了两次；also_on 只写 paper 以外的纸张，每种一次"),
            format!("`{en}` is named twice; also_on names each paper other than `paper` once"),
        );
    }
}

/// A code stands in messages of the class `code`, and in no others: they alone are kept out of
/// sight, and of use for minutes only.
fn code(checker: &mut Checker<'_>, class: MessageClass, text: &str, path: &str) {
    if (class == MessageClass::Code) != text.contains("{{ code }}") {
        checker.error(
            "message-code",
            path,
            "写 {{ code }} 的消息要写 class = \"code\",写了 class = \"code\" 的正文里要有 {{ code }}",
            "a text with {{ code }} is of `class = \"code\"`, one of that class holds {{ code }}",
        );
    }
}

/// Whether `{{ … }}` and `{% … %}` close; the server compiles the rest.
pub(super) fn braces(checker: &mut Checker<'_>, text: &str, path: &str, counts_lines: bool) {
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        let mut from = 0;
        while let Some(at) = text[from..].find(open).map(|at| from + at) {
            let inside = &text[at + 2..];
            let end = inside.find(close);
            let again = inside.find(open);
            match end {
                Some(end) if again.is_none_or(|again| end < again) => from = at + 2 + end + 2,
                _ => {
                    let mut place = checker.at(path);
                    if counts_lines {
                        let before = text[..at].matches('\n').count();
                        place.line += u32::try_from(before).unwrap_or(0);
                    }
                    checker.findings.push(crate::Finding::error(
                        "template-braces",
                        place,
                        format!("“{open}”没有对应的“{close}”"),
                        format!("`{open}` is not closed by `{close}`"),
                    ));
                    return;
                }
            }
        }
    }
}
