//! What fills templates, made once for a release: its parts, papers and messages are read once, not
//! with every command.

use super::capitals::capitals;
use super::qr;
use base::{Lang, Money, Zone};
use minijinja::value::Kwargs;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};
use rulebook::Release;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// Steps a template may take; a settlement of a hundred lines takes about ten thousand.
const FUEL: u64 = 200_000;
/// Presses kept: papers and lines, in two languages, of the release in force and of the one before.
const KEPT: usize = 8;
/// Codes kept by a press: the copies of one paper carry the same one, and are made side by side
/// with those of others.
const CODES: usize = 16;

/// Parts of papers that every template may include: `{% include "head" %}`.
const PARTS: &[(&str, &str)] = &[
    ("head", include_str!("parts/head.html")),
    ("terms", include_str!("parts/terms.html")),
    ("vehicle", include_str!("parts/vehicle.html")),
    ("verdict", include_str!("parts/verdict.html")),
    ("lines", include_str!("parts/lines.html")),
    ("parts", include_str!("parts/parts.html")),
    ("signed", include_str!("parts/signed.html")),
];

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page; text is escaped as HTML.
    Paper,
    /// A line of a message, as it stands.
    Line,
}

/// The presses used last, the newest first. What a press makes follows from its key alone, so they
/// may be shared by whatever asks.
static PRESSES: Mutex<VecDeque<Arc<Press>>> = Mutex::new(VecDeque::new());

/// Fills templates of one release in one language.
pub struct Press {
    release: Arc<Release>,
    zone: Zone,
    lang: Lang,
    kind: Kind,
    env: Environment<'static>,
}

impl Press {
    /// The one for this release, made where there is none yet.
    pub fn of(zone: &Zone, release: &Arc<Release>, lang: Lang, kind: Kind) -> Arc<Self> {
        let fits = |press: &&Arc<Self>| {
            let same = Arc::ptr_eq(&press.release, release) && press.zone == *zone;
            same && press.lang == lang && press.kind == kind
        };
        if let Ok(presses) = PRESSES.lock()
            && let Some(press) = presses.iter().find(fits)
        {
            return Arc::clone(press);
        }
        let env = environment(zone.clone(), Arc::clone(release), lang, kind);
        let (zone, release) = (zone.clone(), Arc::clone(release));
        let press = Arc::new(Self { release, zone, lang, kind, env });
        if let Ok(mut presses) = PRESSES.lock() {
            presses.push_front(Arc::clone(&press));
            presses.truncate(KEPT);
        }
        press
    }

    /// A template filled; one that is not of the release is read first.
    pub fn filled(&self, template: &str, context: Value) -> Result<String, Error> {
        match self.env.get_template(template) {
            Ok(known) => known.render(context),
            Err(_) => self.env.render_str(template, context),
        }
    }
}

fn environment(zone: Zone, release: Arc<Release>, lang: Lang, kind: Kind) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_fuel(Some(FUEL));
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    let escape = if kind == Kind::Paper { AutoEscape::Html } else { AutoEscape::None };
    env.set_auto_escape_callback(move |_| escape.clone());
    for (name, text) in PARTS {
        // They are ours and a test fills each of them.
        if let Err(error) = env.add_template(name, text) {
            tracing::error!(%error, name, "a part of papers cannot be read");
        }
    }
    for text in texts(&release, kind) {
        // Named by their own text. One with a mistake is left out, and says so when it is filled.
        let _ = env.add_template_owned(text.to_owned(), text.to_owned());
    }
    let codes = Mutex::new(VecDeque::new());
    env.add_function("qr", move |text: String| Value::from_safe_string(code(&codes, &text)));
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

/// The templates of a release.
fn texts(release: &Release, kind: Kind) -> Vec<&str> {
    match kind {
        Kind::Paper => release.documents.values().map(|form| form.template.as_str()).collect(),
        Kind::Line => {
            let bodies = release.messages.values().map(|message| &message.body);
            bodies.flat_map(|body| [body.zh.as_str(), body.en.as_str()]).collect()
        }
    }
}

/// A QR code, drawn once for the copies of a paper: drawing takes longer than all else on it.
fn code(drawn: &Mutex<VecDeque<(String, String)>>, text: &str) -> String {
    if let Ok(drawn) = drawn.lock()
        && let Some((_, svg)) = drawn.iter().find(|(known, _)| known == text)
    {
        return svg.clone();
    }
    let svg = qr::svg(text);
    if let Ok(mut drawn) = drawn.lock() {
        drawn.push_front((text.to_owned(), svg.clone()));
        drawn.truncate(CODES);
    }
    svg
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
