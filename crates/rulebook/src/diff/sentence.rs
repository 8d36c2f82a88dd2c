//! A difference as sentences: one for an item that came or went, one for each side that changed.

use super::items::Item;
use super::shown::{Names, shortened};
use super::words::{KINDS, SIDES, of as word};
use super::{Change, Side};
use base::Text;
use serde_json::Value;

/// The sentences of a change.
pub fn of(item: &Item, change: &Change, names: &Names<'_>) -> Vec<Text> {
    let subject = subject(item, names);
    let say = |zh: &str, en: &str| {
        Text::new(format!("{}：{zh}", subject.zh), format!("{}: {en}", subject.en))
    };
    match change {
        Change::Added => vec![say(
            &format!("新增{}", gist(item, names).zh),
            &format!("added{}", gist(item, names).en),
        )],
        Change::Removed => vec![say("取消", "taken away")],
        Change::Moved { after: None } => vec![say("改为最先判断", "is now asked first")],
        Change::Moved { after: Some(row) } => {
            vec![say(&format!("改为在 {row} 之后判断"), &format!("is now asked after {row}"))]
        }
        Change::Changed(sides) => sides
            .iter()
            .map(|side| {
                let said = one(item, side, names);
                say(&said.zh, &said.en)
            })
            .collect(),
    }
}

/// `流程“上门维修”的时限“接单后24小时内派人”（EB-6.5.3a）`.
fn subject(item: &Item, names: &Names<'_>) -> Text {
    let (kind_zh, kind_en) = match item.kind {
        "table-row" => ("行", "row"),
        kind => word(KINDS, kind),
    };
    // A row is known by its id within its table, a clause by its id alone; the rest by name.
    let last = item.path.rsplit('/').next().unwrap_or(&item.path);
    let name = match item.kind {
        "clause" => Text::default(),
        "table-row" => Text::new(format!(" {last}"), format!(" {last}")),
        "term-row" => {
            let parts = item.sides.get("components").map(|list| {
                let parts = names.show(&item.path, "components", list);
                Text::new(format!("“{}” {last}", parts.zh), format!(" {last} of “{}”", parts.en))
            });
            parts.unwrap_or_else(|| Text::new(format!(" {last}"), format!(" {last}")))
        }
        _ if item.title.zh.is_empty() => Text::new(format!("“{last}”"), format!(" “{last}”")),
        _ => Text::new(format!("“{}”", item.title.zh), format!(" “{}”", item.title.en)),
    };
    let within = names.within(item);
    let clauses = |open: &str, close: &str, comma: &str| match item.clause.as_slice() {
        _ if item.kind == "clause" => format!("{open}{}{close}", item.path),
        [] => String::new(),
        some => format!("{open}{}{close}", some.join(comma)),
    };
    let of_zh = if within.zh.is_empty() { String::new() } else { format!("{}的", within.zh) };
    let of_en = if within.en.is_empty() { String::new() } else { format!(" of {}", within.en) };
    Text::new(
        format!("{of_zh}{kind_zh}{}{}", name.zh, clauses("（", "）", "，")),
        format!("{kind_en}{}{of_en}{}", name.en, clauses(" (", ")", ", ")),
    )
}

/// What a new rule says, where that fits a line: the cells of a row, the value of a setting.
fn gist(item: &Item, names: &Names<'_>) -> Text {
    let cells: Vec<&str> =
        item.sides.keys().map(String::as_str).filter(|key| *key != "clause").collect();
    if item.kind == "clause" {
        let (zh, en) = (shortened(&item.title.zh), shortened(&item.title.en));
        return Text::new(format!("，原文 {zh}"), format!(", it asks: {en}"));
    }
    let keys: &[&str] = match item.kind {
        "parameter" => &["value"],
        "term-row" => &["components", "faults", "duration"],
        "require" => &["when", "grade"],
        "deadline" => &["within", "until", "starts", "stops"],
        "action" => &["from", "to", "by"],
        "table-row" => &cells,
        _ => return Text::default(),
    };
    let said = keys.iter().filter_map(|key| Some((*key, item.sides.get(*key)?)));
    let (zh, en): (Vec<_>, Vec<_>) = said
        .map(|(key, value)| {
            let ((zh, en), shown) = (label(item, key), names.show(&item.path, key, value));
            (format!("，{zh} {}", shown.zh), format!(", {en} {}", shown.en))
        })
        .unzip();
    Text::new(zh.concat(), en.concat())
}

/// What a side is called: by its own name, as columns have one, or by the word for its key.
fn label<'a>(item: &'a Item, key: &'a str) -> (&'a str, &'a str) {
    match item.labels.get(key) {
        Some(label) => (&label.zh, &label.en),
        None => word(SIDES, key),
    }
}

fn one(item: &Item, side: &Side, names: &Names<'_>) -> Text {
    let (zh, en) = label(item, &side.key);
    let show = |value: &Value| names.show(&item.path, &side.key, value);
    match (&side.was, &side.is) {
        (Value::Array(was), Value::Array(is)) => members(zh, en, was, is, show),
        (Value::String(was), Value::String(is)) if is.contains('\n') || was.contains('\n') => {
            let (gone, came) = (lines_only_in(was, is), lines_only_in(is, was));
            Text::new(
                format!("{zh}改了（去 {gone} 行，加 {came} 行）"),
                format!("“{en}” changes ({gone} lines out, {came} in)"),
            )
        }
        (Value::Null, is) => {
            let is = show(is);
            Text::new(format!("{zh}定为 {}", is.zh), format!("“{en}” is now {}", is.en))
        }
        (was, Value::Null) => {
            let was = show(was);
            Text::new(
                format!("不再有{zh}（原为 {}）", was.zh),
                format!("“{en}” is gone (was {})", was.en),
            )
        }
        (was, is) => {
            let (was, is) = (show(was), show(is));
            Text::new(
                format!("{zh}由 {} 改为 {}", was.zh, is.zh),
                format!("“{en}” changes from {} to {}", was.en, is.en),
            )
        }
    }
}

/// A list by its members: what came and what went.
fn members(zh: &str, en: &str, was: &[Value], is: &[Value], show: impl Fn(&Value) -> Text) -> Text {
    let only = |list: &[Value], other: &[Value]| {
        let members: Vec<Value> = list.iter().filter(|m| !other.contains(m)).cloned().collect();
        (!members.is_empty()).then(|| show(&Value::Array(members)))
    };
    match (only(was, is), only(is, was)) {
        (None, None) => {
            Text::new(format!("{zh}的次序变了"), format!("“{en}” stands in another order"))
        }
        (gone, came) => {
            let (mut said_zh, mut said_en) = (Vec::new(), Vec::new());
            for (list, verb_zh, verb_en) in [(came, "增加", "gains"), (gone, "去掉", "loses")] {
                if let Some(list) = list {
                    said_zh.push(format!("{verb_zh} {}", list.zh));
                    said_en.push(format!("{verb_en} {}", list.en));
                }
            }
            Text::new(
                format!("{zh}{}", said_zh.join("，")),
                format!("“{en}” {}", said_en.join(" and ")),
            )
        }
    }
}

fn lines_only_in(text: &str, other: &str) -> usize {
    let known: std::collections::BTreeSet<&str> = other.lines().collect();
    text.lines().filter(|line| !known.contains(line)).count()
}
