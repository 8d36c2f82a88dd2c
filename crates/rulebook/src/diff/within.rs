//! Where an item stands: the process, form or table that has it, by name.

use super::items::Item;
use super::shown::Names;
use super::words::{KINDS, of as word};
use crate::Release;
use base::Text;

impl Names<'_> {
    /// `流程“上门维修”的动作“派工”`; empty for what stands by itself.
    pub fn within(&self, item: &Item) -> Text {
        let found = [self.b, self.a].into_iter().find_map(|release| within(release, item));
        found.unwrap_or_default()
    }
}

fn within(release: &Release, item: &Item) -> Option<Text> {
    let (first, rest) = item.path.split_once('/')?;
    match item.kind {
        "track" | "state" | "action" | "deadline" => {
            Some(named("process", &release.processes.get(first)?.title))
        }
        "require" => {
            let process = release.processes.get(first)?;
            let action = process.action(rest.split('/').next()?)?;
            let (within, act) = (named("process", &process.title), named("action", &action.title));
            let en = format!("{} of {}", act.en, within.en);
            Some(Text::new(format!("{}的{}", within.zh, act.zh), en))
        }
        "field" => Some(named("form", &release.forms.get(first)?.title)),
        "table-row" if item.title.zh.is_empty() => {
            Some(Text::new(format!("决策表 {first} "), format!("decision table {first}")))
        }
        "table-row" => Some(named("table", &item.title)),
        "score-item" | "score-entry" | "score-level" | "score-condition" => {
            Some(named("scorecard", &release.scorecards.get(first)?.title))
        }
        _ => None,
    }
}

fn named(kind: &str, title: &Text) -> Text {
    let (zh, en) = word(KINDS, kind);
    Text::new(format!("{zh}“{}”", title.zh), format!("{en} “{}”", title.en))
}
