//! Filling templates: `minijinja` without files, with bounded work, text escaped as HTML.

use super::capitals::capitals;
use super::qr;
use base::{Lang, Money, Zone};
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use rulebook::Release;
use std::sync::Arc;

/// Steps a template may take; a settlement of a hundred lines takes about ten thousand.
const FUEL: u64 = 200_000;
/// Longest page made.
const MAX_PAGE: usize = 2 * 1024 * 1024;

/// Parts of papers that every template may include: `{% include "head" %}`.
const PARTS: &[(&str, &str)] = &[
    ("head", include_str!("parts/head.html")),
    ("vehicle", include_str!("parts/vehicle.html")),
    ("verdict", include_str!("parts/verdict.html")),
    ("lines", include_str!("parts/lines.html")),
    ("parts", include_str!("parts/parts.html")),
    ("signed", include_str!("parts/signed.html")),
];

/// A printed page from a template of the release.
pub fn page(
    zone: &Zone,
    release: &Arc<Release>,
    lang: Lang,
    template: &str,
    context: &serde_json::Value,
) -> Result<String, Error> {
    let env = environment(zone.clone(), Arc::clone(release), lang, AutoEscape::Html);
    let page = env.render_str(template, Serde(context))?;
    if page.len() > MAX_PAGE {
        return Err(Error::new(ErrorKind::InvalidOperation, "the page is too long"));
    }
    Ok(page)
}

/// A line of a message; `None` when the template cannot be filled.
pub fn line(
    zone: &Zone,
    release: &Arc<Release>,
    lang: Lang,
    template: &str,
    context: &serde_json::Value,
) -> Option<String> {
    let env = environment(zone.clone(), Arc::clone(release), lang, AutoEscape::None);
    env.render_str(template, Serde(context)).ok()
}

fn environment(
    zone: Zone,
    release: Arc<Release>,
    lang: Lang,
    escape: AutoEscape,
) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_fuel(Some(FUEL));
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    env.set_auto_escape_callback(move |_| escape.clone());
    for (name, text) in PARTS {
        // They are ours and a test fills each of them.
        if let Err(error) = env.add_template(name, text) {
            tracing::error!(%error, name, "a part of papers cannot be read");
        }
    }
    env.add_function("qr", |text: String| Value::from_safe_string(qr::svg(&text)));
    env.add_filter("money", |fen: Value| -> String {
        fen.as_i64().map(|fen| Money(fen).to_string()).unwrap_or_default()
    });
    env.add_filter("capitals", |fen: Value| -> String {
        fen.as_i64().map(|fen| capitals(Money(fen))).unwrap_or_default()
    });
    let by = zone.clone();
    env.add_filter("date", move |at: Value| local(&by, &at, false));
    env.add_filter("datetime", move |at: Value| local(&zone, &at, true));
    let clauses = Arc::clone(&release);
    env.add_filter("clause", move |id: String, _: Kwargs| clause(&clauses, lang, &id));
    let sentences = Arc::clone(&release);
    env.add_filter("sentence", move |id: String| sentence(&sentences, lang, &id));
    env.add_function("word", move |key: Value| word(&release, lang, &key));
    env
}

/// A day or an instant as printed, in the company's time zone.
fn local(zone: &Zone, at: &Value, with_time: bool) -> String {
    let Some(text) = at.as_str() else { return String::new() };
    match text.parse::<jiff::Timestamp>() {
        Ok(instant) => {
            let local = zone.local(instant.into());
            let pattern = if with_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
            local.strftime(pattern).to_string()
        }
        Err(_) => text.to_owned(),
    }
}

/// The clause as customers see it: 第7.2.4条.
fn clause(release: &Release, lang: Lang, id: &str) -> String {
    let number = release.clauses.iter().find(|c| c.id == id).map_or(id, |c| c.number.as_str());
    match lang {
        Lang::Zh => format!("第{number}条"),
        Lang::En => format!("clause {number}"),
    }
}

/// What the clause says, as printed for a customer.
fn sentence(release: &Release, lang: Lang, id: &str) -> String {
    let found = release.clauses.iter().find(|c| c.id == id);
    let text = found.map(|clause| if lang == Lang::Zh { &clause.zh } else { &clause.en });
    text.cloned().unwrap_or_default()
}

/// The words of a key of the catalogue or of a choice; the key itself when nothing names it.
fn word(release: &Release, lang: Lang, key: &Value) -> String {
    let Some(key) = key.as_str() else { return String::new() };
    super::context::words_of(release, key)
        .map_or_else(|| key.to_owned(), |title| title.get(lang).to_owned())
}
