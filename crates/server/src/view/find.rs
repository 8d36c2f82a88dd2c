//! Finding a part or a charge in a list held in memory: by code, name, pinyin or model.

use super::List;
use crate::imports::clean;
use engine::price::Charge;
use pinyin::ToPinyin;
use rulebook::Release;
use rulebook::model::Part;

/// Rows of a page unless fewer are asked for.
const PAGE: u32 = 100;

/// What is looked for.
#[derive(Debug)]
pub struct Needle<'a> {
    text: String,
    release: &'a Release,
}

impl<'a> Needle<'a> {
    /// Cleaned of what scanners add; an empty one finds everything.
    pub fn new(text: &str, release: &'a Release) -> Self {
        Self { text: clean::text(text).to_lowercase(), release }
    }

    /// Whether it is in a part.
    pub fn in_part(&self, part: &Part) -> bool {
        self.found(&part.code, &part.title, Some(&part.component), &part.models)
    }

    /// Whether it is in a code or a name.
    pub fn in_name(&self, code: &str, title: &base::Text) -> bool {
        self.found(code, title, None, &[])
    }

    /// Whether it is in a charge.
    pub fn in_charge(&self, charge: &Charge) -> bool {
        self.found(&charge.code, &charge.title, charge.component.as_deref(), &charge.models)
    }

    /// Whether it is in a login or a person's name.
    pub fn in_person(&self, login: &str, name: &str) -> bool {
        let name = base::Text::new(name, name);
        self.found(login, &name, None, &[])
    }

    fn found(
        &self,
        code: &str,
        title: &base::Text,
        component: Option<&str>,
        models: &[String],
    ) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let holds = |text: &str| text.to_lowercase().contains(&self.text);
        let catalog = &self.release.catalog;
        let component = component.and_then(|id| catalog.component(id));
        let model = |id: &String| {
            let title = catalog.models.iter().find(|m| m.id == *id).map(|m| &m.title);
            holds(id) || title.is_some_and(|title| holds(&title.zh) || holds(&title.en))
        };
        holds(code)
            || holds(&title.zh)
            || holds(&title.en)
            || spelled(&title.zh).iter().any(|spelling| spelling.contains(&self.text))
            || component.is_some_and(|c| holds(&c.title.zh) || holds(&c.title.en))
            || models.iter().any(model)
    }
}

/// Full pinyin and initials of a name; what is not Chinese is left out.
fn spelled(name: &str) -> [String; 2] {
    let readings: Vec<&str> = name.to_pinyin().flatten().map(pinyin::Pinyin::plain).collect();
    let initials = readings.iter().filter_map(|reading| reading.chars().next()).collect();
    [readings.concat(), initials]
}

/// A page of what was found, after the code `cursor`, with the number of all.
pub fn page<'a, T>(
    found: impl Iterator<Item = &'a T>,
    code: impl Fn(&T) -> &str,
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Found<'a, T> {
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE) as usize;
    let mut all: Vec<&T> = found.collect();
    let total = all.len();
    if let Some(cursor) = cursor {
        all.retain(|item| code(item) > cursor);
    }
    let more = all.len() > limit;
    all.truncate(limit);
    let next = all.last().filter(|_| more).map(|last| code(last).to_owned());
    Found { items: all, next, total }
}

/// What was found, before it is shown.
#[derive(Debug)]
pub struct Found<'a, T> {
    items: Vec<&'a T>,
    next: Option<String>,
    total: usize,
}

impl<'a, T> Found<'a, T> {
    /// The page as shown.
    pub fn map<V>(self, show: impl Fn(&'a T) -> V) -> List<V> {
        let items = self.items.into_iter().map(show).collect();
        List { items, next: self.next, total: u64::try_from(self.total).ok() }
    }
}
