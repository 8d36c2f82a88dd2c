//! Problem details (RFC 9457): every refusal of the API, with code, sentence, clauses and fields.
//!
//! A handler returns `Err(Problem)`; the sentence exists in both languages until the middleware
//! `http::language` writes the body in the caller's.

use crate::registry;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Lang, Text};
use serde_json::{Map, Value as Json, json};

/// A refusal on its way to the caller.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone, Default)]
struct Inner {
    code: String,
    detail: Option<Text>,
    clauses: Vec<Json>,
    fields: Vec<(String, String, Text)>,
    remedy: Option<Text>,
    rule: Option<String>,
    grade: Option<Json>,
    extra: Map<String, Json>,
    retry_after: Option<i64>,
}

impl Problem {
    /// A problem of a registered code.
    pub fn new(code: &str) -> Self {
        Self(Box::new(Inner { code: code.to_owned(), ..Inner::default() }))
    }

    /// What is wrong here and what would be right.
    #[must_use]
    pub fn detail(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.0.detail = Some(Text::new(zh, en));
        self
    }

    /// What is wrong, as a text.
    #[must_use]
    pub fn sentence(mut self, text: Text) -> Self {
        self.0.detail = Some(text);
        self
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn field(mut self, field: &str, code: &str, sentence: Text) -> Self {
        self.0.fields.push((field.to_owned(), code.to_owned(), sentence));
        self
    }

    /// A clause, as `{id, number, text}`.
    #[must_use]
    pub fn clause(mut self, clause: Json) -> Self {
        self.0.clauses.push(clause);
        self
    }

    /// What would make it pass.
    #[must_use]
    pub fn remedy(mut self, remedy: Option<Text>) -> Self {
        self.0.remedy = remedy;
        self
    }

    /// The rule and its grade.
    #[must_use]
    pub fn rule(mut self, rule: &str, grade: Option<Json>) -> Self {
        self.0.rule = (!rule.is_empty()).then(|| rule.to_owned());
        self.0.grade = grade;
        self
    }

    /// A further member of the body.
    #[must_use]
    pub fn with(mut self, key: &str, value: Json) -> Self {
        self.0.extra.insert(key.to_owned(), value);
        self
    }

    /// When to try again, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The HTTP status of the code.
    pub fn status(&self) -> StatusCode {
        registry::problems()
            .get(&self.0.code)
            .and_then(|p| StatusCode::from_u16(p.status).ok())
            .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The body in one language.
    pub fn body(&self, lang: Lang, request_id: &str) -> Json {
        let inner = &*self.0;
        let registered = registry::problems().get(&inner.code);
        let title = registered.map_or(inner.code.as_str(), |p| p.title.get(lang));
        let detail = inner.detail.as_ref().map_or(title, |t| t.get(lang));
        let fields: Vec<Json> = inner
            .fields
            .iter()
            .map(|(field, code, text)| {
                json!({ "field": field, "code": code, "detail": text.get(lang) })
            })
            .collect();
        let mut body = json!({
            "type": format!("/problems/{}", inner.code),
            "title": title,
            "status": self.status().as_u16(),
            "code": inner.code,
            "detail": detail,
            "clauses": inner.clauses.iter().map(|c| in_language(c, lang)).collect::<Vec<_>>(),
            "fields": fields,
            "remedy": inner.remedy.as_ref().map(|t| t.get(lang)),
            "rule": inner.rule,
            "grade": inner.grade,
            "request_id": request_id,
        });
        if let Json::Object(map) = &mut body {
            map.extend(inner.extra.clone());
        }
        body
    }

    /// The finished response in one language.
    pub fn respond(&self, lang: Lang, request_id: &str) -> Response {
        let body = self.body(lang, request_id).to_string();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json; charset=utf-8"),
        );
        if let Some(seconds) = self.0.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

/// Picks the caller's language in a clause kept as `{id, number, text: {zh, en}}`.
fn in_language(clause: &Json, lang: Lang) -> Json {
    let mut clause = clause.clone();
    let key = if lang == Lang::Zh { "zh" } else { "en" };
    if let Some(text) = clause.get("text").and_then(|t| t.get(key)).cloned() {
        clause["text"] = text;
    }
    clause
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer of a handler.
pub type Answer<T> = Result<T, Problem>;
