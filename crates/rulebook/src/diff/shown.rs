//! Values of a pack as a reader knows them: roles and states by their names, spans and money in
//! words, the rest as it stands in the text.

use crate::Release;
use crate::model::ABOVE;
use base::{Money, Text};
use serde::Deserialize;
use serde_json::Value;

/// Where keys get their names from: the second release first, for it is the one to come.
pub struct Names<'r> {
    pub a: &'r Release,
    pub b: &'r Release,
}

/// Sides whose values are fen.
const MONEY: [&str; 3] = ["ex_factory", "wholesale", "retail"];
/// How hard a requirement bites.
const GRADES: [(&str, &str); 3] = [("block", "拦截"), ("reason", "须写理由"), ("note", "仅记录")];
/// Longest text that is shown; of a longer one the beginning.
const SHOWN: usize = 160;

impl Names<'_> {
    /// A value of the side `key` of an item at `path`.
    pub fn show(&self, path: &str, key: &str, value: &Value) -> Text {
        match value {
            Value::Null => Text::new("无", "nothing"),
            Value::Bool(true) => Text::new("是", "yes"),
            Value::Bool(false) => Text::new("否", "no"),
            Value::Number(fen) if MONEY.contains(&key) => {
                match fen.as_i64().and_then(|fen| Money::try_from_fen(fen.into())) {
                    Some(money) => same(money.to_string()),
                    None => same(fen.to_string()),
                }
            }
            Value::Number(number) => same(number.to_string()),
            Value::String(text) => self.name(path, key, text).unwrap_or_else(|| span_or_text(text)),
            Value::Array(items) => {
                let shown = items.iter().map(|item| self.show(path, key, item));
                let (zh, en): (Vec<_>, Vec<_>) = shown.map(|text| (text.zh, text.en)).unzip();
                Text::new(zh.join("、"), en.join(", "))
            }
            Value::Object(_) => match Text::deserialize(value) {
                Ok(text) => Text::new(shortened(&text.zh), shortened(&text.en)),
                Err(_) => self.record(path, value),
            },
        }
    }

    /// A record: `notify: overdue_dispatch, to: 站长`.
    fn record(&self, path: &str, value: &Value) -> Text {
        let fields = value.as_object().into_iter().flatten();
        let said = fields.filter(|(_, value)| !value.is_null());
        let (zh, en): (Vec<_>, Vec<_>) = said
            .map(|(key, value)| {
                let shown = self.show(path, key, value);
                let (zh, en) = super::words::of(super::words::SIDES, key);
                (format!("{zh} {}", shown.zh), format!("{en} {}", shown.en))
            })
            .unzip();
        Text::new(zh.join("，"), en.join(", "))
    }

    /// The name of a key, where the side holds keys of named things.
    fn name(&self, path: &str, key: &str, text: &str) -> Option<Text> {
        let process = path.split('/').next().unwrap_or(path);
        [self.b, self.a].into_iter().find_map(|release| {
            let process = release.processes.get(process);
            let state = |full: &str| Some(process?.state(full)?.title.clone());
            match key {
                "by" | "to" | "roles" | "all_of" | "any_of" => {
                    let (above, id) = text.strip_prefix(ABOVE).map_or(("", text), |id| (ABOVE, id));
                    let role = release.roles.get(id).map(|role| held(above, &role.title));
                    role.or_else(|| state(text))
                }
                "lifts" => {
                    let (action, id) = text.split_once('/')?;
                    let mut requires = process?.action(action)?.requires.iter();
                    Some(requires.find(|require| require.id == id)?.refuse.clone())
                }
                "from" | "initial" => state(text),
                "not_by" | "frozen_by" => Some(process?.action(text)?.title.clone()),
                "starts" | "stops" | "drops" => {
                    let (verb, name) = text.split_once(' ')?;
                    trigger(
                        verb,
                        &state(name).or_else(|| Some(process?.action(name)?.title.clone()))?,
                    )
                }
                "grade" => GRADES
                    .iter()
                    .find(|(known, _)| *known == text)
                    .map(|(known, zh)| Text::new(*zh, *known)),
                "form" => Some(release.forms.get(text)?.title.clone()),
                "print" => Some(release.documents.get(text)?.title.clone()),
                "open" => Some(release.processes.get(text)?.title.clone()),
                "post" | "reverse" => Some(release.postings.get(text)?.title.clone()),
                _ => None,
            }
        })
    }
}

/// A role, and whether it is one of the unit above.
fn held(above: &str, role: &Text) -> Text {
    if above.is_empty() {
        return role.clone();
    }
    Text::new(format!("上级单位的{}", role.zh), format!("{} of the unit above", role.en))
}

fn trigger(verb: &str, name: &Text) -> Option<Text> {
    let (zh, en) = match verb {
        "enter" => ("进入", "enter"),
        "leave" => ("离开", "leave"),
        "action" => ("执行", "do"),
        _ => return None,
    };
    Some(Text::new(format!("{zh}{}", name.zh), format!("{en} {}", name.en)))
}

/// `24 h` is 24小时; anything else stands as it is.
fn span_or_text(text: &str) -> Text {
    const UNITS: [(&str, &str); 5] =
        [("min", "分钟"), ("h", "小时"), ("d", "天"), ("workday", "个工作日"), ("mo", "个月")];
    let zh = text.split_once(' ').and_then(|(count, unit)| {
        let count: u32 = count.parse().ok()?;
        let (_, zh) = UNITS.iter().find(|(known, _)| *known == unit)?;
        Some(format!("{count}{zh}"))
    });
    match zh {
        Some(zh) => Text::new(zh, text),
        None => same(shortened(text)),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn same(text: String) -> Text {
    Text { zh: text.clone(), en: text }
}
