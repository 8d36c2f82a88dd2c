//! The why as sentences: a code and its arguments, rendered in the reader's language with the texts
//! of the release the case is pinned to.

mod arg;
mod args;
mod sentences;
mod steps;

pub use arg::Arg;
pub use args::Args;
pub use sentences::SENTENCES;
pub use steps::{Steps, Untold};

use crate::decision::Why;
use base::time::{Span, Zone};
use base::{Clauses, Lang, Word};
use rulebook::Release;
use rulebook::model::Process;
use rulebook::words;
use serde_json::Value as Json;
use std::fmt::Write;

impl Why {
    /// A step of an explanation without arguments.
    pub fn new(code: &'static str, rule: impl Into<Word>, clauses: impl Into<Clauses>) -> Self {
        Self {
            code: Word::code(code),
            rule: rule.into(),
            clauses: clauses.into(),
            args: Args::default(),
        }
    }

    /// The same with an argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<Word>, value: impl Into<Arg>) -> Self {
        self.args.insert(name, value);
        self
    }
}

/// What a verdict can say under a name (`remedy`, `payer`, `class`, `usage`), with its words.
pub fn words_under(name: &str) -> Vec<(&'static str, base::Text)> {
    let word = |key, lang| words::word(name, key, lang).unwrap_or(key);
    let text = |key| base::Text::new(word(key, Lang::Zh), word(key, Lang::En));
    words::keys(name).map(|key| (key, text(key))).collect()
}

/// A length of time in words: `24个月`, `24 months`.
pub fn span_words(span: Span) -> base::Text {
    base::Text::new(words::span(span, Lang::Zh), words::span(span, Lang::En))
}

/// Whose texts a sentence is rendered with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The release the case is pinned to.
    pub release: &'a Release,
    /// The process of the case; none for a verdict asked for by itself.
    pub process: Option<&'a Process>,
    /// The company's time zone, by which instants are shown.
    pub zone: &'a Zone,
    /// The reader's language.
    pub lang: Lang,
}

impl Reader<'_> {
    /// The sentence of one step. An unknown code, from a later version, shows itself.
    pub fn sentence(&self, why: &Why) -> String {
        let Some((_, zh, en)) = SENTENCES.iter().find(|(code, _, _)| *code == why.code) else {
            return why.code.to_string();
        };
        let template = match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = *template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, tail)) = after.split_once('}') else { break };
            self.argument(why, name, &mut out);
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// The sentences of an explanation, in order.
    pub fn sentences(&self, why: &[Why]) -> Vec<String> {
        why.iter().map(|step| self.sentence(step)).collect()
    }

    fn argument(&self, why: &Why, name: &str, out: &mut String) {
        match name {
            "clause" => out.push_str(&self.clause_numbers(&why.clauses)),
            _ => match why.args.get(name) {
                Some(Arg::Json(json)) if json.is_array() => {
                    for (i, item) in json.as_array().into_iter().flatten().enumerate() {
                        if i > 0 {
                            out.push_str(if self.lang == Lang::Zh { "、" } else { ", " });
                        }
                        out.push_str(&self.word(why, name, &item.clone().into()));
                    }
                }
                Some(value) => out.push_str(&self.word(why, name, value)),
                None => {}
            },
        }
    }

    /// Clauses as customers see them: the number, without the letters of the company's own pack;
    /// a number of an inherited pack keeps its letters, as both may have a 4.2.
    fn clause_numbers(&self, clauses: &[String]) -> String {
        let own = self.release.packs.last().map(|pack| pack.id.as_str());
        let number = |id: &String| {
            let known = self.release.clauses.iter().find(|c| c.id == *id);
            match known {
                Some(clause) if own.is_none_or(|own| own == clause.pack) => clause.number.clone(),
                _ => id.clone(),
            }
        };
        let numbers: Vec<String> = clauses.iter().map(number).collect();
        numbers.join(if self.lang == Lang::Zh { "、" } else { ", " })
    }

    /// An argument in words, by what its name says it is.
    fn word(&self, why: &Why, name: &str, value: &Arg) -> String {
        if let Arg::Json(json) = value
            && let Some(yes) = json.as_bool()
        {
            return words::yes_no(yes, self.lang).to_owned();
        }
        let Some(key) = value.text() else { return plain(&value.json()) };
        let key = &*key;
        let found = match name {
            "component" => self.release.catalog.component(key).map(|c| &c.title),
            "group" => self.release.catalog.group(key).map(|g| &g.title),
            "fault" => self.release.catalog.fault(key).map(|f| &f.title),
            "cause" => self.release.catalog.causes.iter().find(|c| c.id == key).map(|c| &c.title),
            "setting" => self.release.parameters.get(key).map(|p| &p.title),
            "message" => self.release.messages.get(key).map(|m| &m.title),
            "document" => self.release.documents.get(key).map(|d| &d.title),
            "ended" => {
                let (process, state) = key.split_once('/').unwrap_or((key, ""));
                self.release.processes.get(process).and_then(|p| p.state(state)).map(|s| &s.title)
            }
            "posting" => self.release.postings.get(key).map(|p| &p.title),
            "role" => return crate::decide::who(self.release, key, self.lang),
            "opened" => self.release.processes.get(key).map(|p| &p.title),
            _ => self.of_process(name, key),
        };
        if let Some(title) = found {
            return title.get(self.lang).to_owned();
        }
        match name {
            "due" | "opens" => key.parse::<jiff::Timestamp>().map_or_else(
                |_| key.to_owned(),
                |at| self.zone.local(at.into()).strftime("%Y-%m-%d %H:%M").to_string(),
            ),
            "duration" | "span" => {
                Span::parse(key).map_or_else(|| key.to_owned(), |s| self.span(s))
            }
            "value" => self.value(why, key),
            "test" => self.test(why, key),
            _ => words::word(name, key, self.lang).map_or_else(|| key.to_owned(), str::to_owned),
        }
    }

    /// A key given as an input: whatever the catalogue or the table of words calls it. The input's
    /// own name says which table of words, `class` or `usage`.
    fn value(&self, why: &Why, key: &str) -> String {
        let catalog = &self.release.catalog;
        let fact = why.args.text("fact").unwrap_or_default();
        let group = catalog.group(key).filter(|_| &*fact == "group");
        let title = group
            .map(|g| &g.title)
            .or_else(|| catalog.component(key).map(|c| &c.title))
            .or_else(|| catalog.fault(key).map(|f| &f.title))
            .or_else(|| catalog.causes.iter().find(|c| c.id == key).map(|c| &c.title));
        if let Some(title) = title {
            return title.get(self.lang).to_owned();
        }
        words::word(&fact, key, self.lang).map_or_else(|| key.to_owned(), str::to_owned)
    }

    /// A cell as written, its keys in words: `misuse|accident`, `not(inner_tube)`, `no`, `< 60`.
    fn test(&self, why: &Why, cell: &str) -> String {
        let cell = cell.trim();
        if let Some(inside) = cell.strip_prefix("not(").and_then(|rest| rest.strip_suffix(')')) {
            let inside = self.test(why, inside);
            return match self.lang {
                Lang::Zh => format!("{inside}除外"),
                Lang::En => format!("not {inside}"),
            };
        }
        let words = cell.split('|').map(|key| match key.trim() {
            "yes" => words::yes_no(true, self.lang).to_owned(),
            "no" => words::yes_no(false, self.lang).to_owned(),
            key => self.value(why, key),
        });
        words.collect::<Vec<_>>().join(if self.lang == Lang::Zh { "或" } else { " or " })
    }

    fn of_process(&self, name: &str, key: &str) -> Option<&base::Text> {
        let process = self.process?;
        match name {
            "deadline" => process.deadlines.iter().find(|d| d.id == key).map(|d| &d.title),
            "action" => process.action(key).map(|a| &a.title),
            "state" => process.state(key).map(|s| &s.title),
            "refuse" => {
                let (action, require) = key.split_once('/')?;
                let requires = &process.action(action)?.requires;
                requires.iter().find(|r| r.id == require).map(|r| &r.refuse)
            }
            _ => None,
        }
    }

    fn span(&self, span: Span) -> String {
        words::span(span, self.lang)
    }
}

/// A remedy in words.
pub(crate) fn remedy(key: &str, lang: Lang) -> &str {
    words::word("remedy", key, lang).unwrap_or(key)
}

/// A number as it stands.
fn plain(value: &Json) -> String {
    let mut out = String::new();
    if !value.is_null() {
        // Writing to a string cannot fail.
        let _ = write!(out, "{value}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_names_the_same_arguments_in_both_languages() {
        let names = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            names.sort();
            names
        };
        let mut codes: Vec<&str> = SENTENCES.iter().map(|(code, _, _)| *code).collect();
        for (code, zh, en) in SENTENCES {
            assert_eq!(names(zh), names(en), "{code}");
            assert_ne!(zh, en, "{code}");
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), SENTENCES.len(), "a code stands twice");
    }

    #[test]
    fn the_test_of_a_row_is_read_in_words() {
        let release = Release::default();
        let read = |fact: &str, value: &str, test: &str, lang| {
            let why = Why::new("input", "exclusions/wearing", [])
                .with("fact", fact)
                .with("value", value)
                .with("test", test);
            Reader { release: &release, process: None, zone: &Zone::default(), lang }.sentence(&why)
        };
        assert_eq!(
            read("class", "wearing", "wearing|consumable", Lang::Zh),
            "部件类别：易损件（条件：易损件或消耗品）"
        );
        assert_eq!(
            read("class", "wearing", "wearing|consumable", Lang::En),
            "class of the part: wearing part (test: wearing part or consumable)"
        );
        assert_eq!(
            read("class", "main", "not(wearing)", Lang::En),
            "class of the part: main part (test: not wearing part)"
        );
    }

    #[test]
    fn a_sentence_is_filled_with_words() {
        let release = Release::default();
        let why = Why::new("term_runs", "term/battery", [])
            .with("component", "li_battery")
            .with("duration", "24 mo")
            .with("ends", "2027-01-10");
        let read = |lang| {
            Reader { release: &release, process: None, zone: &Zone::default(), lang }.sentence(&why)
        };
        assert_eq!(read(Lang::Zh), "li_battery的三包期为24个月，到2027-01-10止（含当日）");
        assert_eq!(
            read(Lang::En),
            "The term of li_battery is 24 months: it ends with 2027-01-10, that day included"
        );
    }
}
