//! What the keys of a dimension (维度) are called.

use crate::app::App;
use crate::problem::Answer;
use crate::view::Words;
use base::{PersonId, Text};
use rulebook::Release;
use rulebook::model::measure::{Dimension, KeyKind};
use std::collections::BTreeMap;

/// The names of the keys on one page.
#[derive(Debug)]
pub struct Keys<'a> {
    release: &'a Release,
    people: BTreeMap<PersonId, String>,
}

impl<'a> Keys<'a> {
    /// Looks up the people among these sets of dimensions.
    pub async fn of(
        app: &App,
        release: &'a Release,
        sets: impl Iterator<Item = &BTreeMap<String, String>>,
    ) -> Answer<Self> {
        let is_person =
            |name: &str| release.dimensions.get(name).is_some_and(|d| d.of == KeyKind::Person);
        let mut ids: Vec<PersonId> = sets
            .flatten()
            .filter(|(name, _)| is_person(name))
            .filter_map(|(_, key)| key.parse().ok())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let people = app.store().people_named(&ids).await?;
        let people = people.into_iter().map(|p| (p.id, p.name.reveal().to_owned())).collect();
        Ok(Self { release, people })
    }

    /// A key in words; an empty one is unknown.
    pub fn word(&self, dimension: &str, key: &str) -> Words {
        if key.is_empty() {
            return Words { zh: "未记录".into(), en: "Not recorded".into() };
        }
        let Some(known) = self.release.dimensions.get(dimension) else { return Words::key(key) };
        if let Some(name) = known.names.get(key) {
            return name.into();
        }
        self.named(known, key).unwrap_or_else(|| match key {
            "true" => Words { zh: "是".into(), en: "Yes".into() },
            "false" => Words { zh: "否".into(), en: "No".into() },
            _ => Words::key(key),
        })
    }

    fn named(&self, dimension: &Dimension, key: &str) -> Option<Words> {
        let catalog = &self.release.catalog;
        let title = |title: &Text| Some(Words::from(title));
        match dimension.of {
            KeyKind::Plain => None,
            KeyKind::Component => title(&catalog.component(key)?.title),
            KeyKind::Fault => title(&catalog.fault(key)?.title),
            KeyKind::Cause => title(&catalog.causes.iter().find(|c| c.id == key)?.title),
            KeyKind::Model => title(&catalog.models.iter().find(|m| m.id == key)?.title),
            KeyKind::Process => title(&self.release.processes.get(key)?.title),
            KeyKind::Person => {
                let name = self.people.get(&key.parse().ok()?)?;
                Some(Words::key(name))
            }
            KeyKind::Deadline => {
                let (process, deadline) = key.split_once('/')?;
                let process = self.release.processes.get(process)?;
                let deadline = process.deadlines.iter().find(|d| d.id == deadline)?;
                Some(of(&process.title, &deadline.title))
            }
            KeyKind::Rule => self.rule(key),
        }
    }

    /// `process/action/require`, or `process/action`.
    fn rule(&self, key: &str) -> Option<Words> {
        let mut parts = key.split('/');
        let process = self.release.processes.get(parts.next()?)?;
        let id = parts.next()?;
        let action = process.action(id)?;
        let said = parts.next().and_then(|id| {
            let require = action.requires.iter().find(|require| require.id == id)?;
            Some(require.refuse.clone())
        });
        Some(said.map_or_else(|| of(&process.title, &action.title), |say| of(&action.title, &say)))
    }
}

fn of(whole: &Text, part: &Text) -> Words {
    Words { zh: format!("{} · {}", whole.zh, part.zh), en: format!("{} · {}", whole.en, part.en) }
}
