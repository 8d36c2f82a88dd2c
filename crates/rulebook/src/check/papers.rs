//! Printed documents and messages: templates that exist and whose braces close.

use super::Checker;
use super::names::FIELD;
use crate::model::FieldKind;

const PAPERS: &[&str] = &["A4", "A5", "label_60x40", "label_40x30", "receipt_80", "triple_241"];

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for (id, document) in &release.documents {
        let path = format!("document/{id}");
        checker.word(&document.paper, PAPERS, &format!("{path}/paper"));
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
        }
    }
}

/// Whether `{{ … }}` and `{% … %}` close; the server compiles the rest.
fn braces(checker: &mut Checker<'_>, text: &str, path: &str, counts_lines: bool) {
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
