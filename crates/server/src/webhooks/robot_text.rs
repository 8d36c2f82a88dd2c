//! What a group reads: what happened to which case, where it stands, and the way to it. Neither
//! names of customers nor their numbers, nor anything of a form: a group has whoever is in it.

use super::event::Event;
use crate::orgs::Orgs;
use base::{Instant, Lang, Zone};
use rulebook::Release;
use serde_json::{Value as Json, json};
use store::webhook::Happened;

/// Longest piece of a line, in characters: ten lines are to fit into one message.
const LONGEST: usize = 40;

/// A message to a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What stands above: the name of the robot here, with a keyword that the group asks for.
    pub title: String,
    /// One for each event.
    pub lines: Vec<Line>,
    /// Whether it is said in English.
    pub en: bool,
}

/// What is said of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What happened: `超过时限 · 检测`.
    pub what: String,
    /// The case by its process and number, and the way to it.
    pub case: Option<(String, Option<String>)>,
    /// Where and how it stands, and since when.
    pub rest: String,
}

/// What names are looked up in.
pub struct Names<'a> {
    /// The rules in force.
    pub release: &'a Release,
    /// The units.
    pub orgs: &'a Orgs,
    /// The time zone of the company.
    pub zone: &'a Zone,
    /// Where the program is reached by a browser.
    pub site: Option<&'a str>,
}

impl Said {
    /// A word that it works.
    pub fn test(name: &str, lang: Lang) -> Self {
        let what = match lang {
            Lang::Zh => "连接正常，选定的工单消息会发到本群。",
            Lang::En => "It works: the chosen messages about cases come to this group.",
        };
        let line = Line { what: what.into(), case: None, rest: String::new() };
        Self { title: plain(name), lines: vec![line], en: lang == Lang::En }
    }

    /// What happened, in one message.
    pub fn of(name: &str, lang: Lang, about: &[Happened], names: &Names<'_>) -> Self {
        let lines = about.iter().map(|one| Line::of(one, lang, names)).collect();
        Self { title: plain(name), lines, en: lang == Lang::En }
    }

    /// As `WeChat` Work takes it.
    pub(super) fn wecom(&self) -> String {
        let mut text = vec![format!("**{}**", self.title)];
        for line in &self.lines {
            text.push(format!("> {}", line.what));
            text.extend(line.linked().map(|case| format!("> {case} · {}", line.rest)));
        }
        text.join("\n")
    }

    /// As `DingTalk` takes it: a paragraph for each line.
    pub(super) fn dingtalk(&self) -> String {
        let one = |line: &Line| {
            let case = line.linked().map(|case| format!("  \n{case} · {}", line.rest));
            format!("- {}{}", line.what, case.unwrap_or_default())
        };
        let lines = self.lines.iter().map(one);
        let title = format!("**{}**", self.title);
        std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n\n")
    }

    /// As Feishu takes it.
    pub(super) fn feishu(&self) -> Json {
        let mut content = Vec::new();
        for line in &self.lines {
            content.push(json!([{ "tag": "text", "text": line.what }]));
            let Some((case, link)) = &line.case else { continue };
            let case = match link {
                Some(link) => json!({ "tag": "a", "text": case, "href": link }),
                None => json!({ "tag": "text", "text": case }),
            };
            let rest = json!({ "tag": "text", "text": format!(" · {}", line.rest) });
            content.push(json!([case, rest]));
        }
        let lang = if self.en { "en_us" } else { "zh_cn" };
        json!({ lang: { "title": self.title, "content": content } })
    }
}

impl Line {
    fn of(one: &Happened, lang: Lang, names: &Names<'_>) -> Self {
        let process = names.release.processes.get(&one.process);
        let title = Event::of(&one.event).map(Event::title).unwrap_or_default();
        let subject = process.and_then(|process| {
            let deadline = process.deadlines.iter().find(|one_of| one_of.id == one.subject);
            let action = process.actions.iter().find(|action| action.id == one.subject);
            deadline.map(|d| &d.title).or(action.map(|action| &action.title))
        });
        let mut what = plain(title.get(lang));
        if let Some(subject) = subject {
            what = format!("{what} · {}", plain(subject.get(lang)));
        }
        let name = process.map_or(one.process.as_str(), |process| process.title.get(lang));
        let state = process.and_then(|process| {
            let own = |state: &&rulebook::model::State| {
                one.state == state.id || one.state == format!("{}.{}", state.track, state.id)
            };
            process.states.iter().find(own).map(|state| state.title.get(lang))
        });
        let org = names.orgs.by_code(&one.org).map_or(one.org.clone(), |org| org.name.clone());
        let at = short(names.zone, one.occurred_at);
        let rest = [plain(&org), plain(state.unwrap_or(&one.state)), at].join(" · ");
        let link = names.site.map(|site| format!("{site}/case/{}", one.case));
        Self { what, case: Some((format!("{} {}", plain(name), plain(&one.number)), link)), rest }
    }

    fn linked(&self) -> Option<String> {
        self.case.as_ref().map(|(case, link)| match link {
            Some(link) => format!("[{case}]({link})"),
            None => case.clone(),
        })
    }
}

fn short(zone: &Zone, at: Instant) -> String {
    zone.local(at).strftime("%m-%d %H:%M").to_string()
}

/// A piece of a line, without what would format it or call everybody.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !"*`<>[]()@#".contains(*c)).take(LONGEST).collect()
}
