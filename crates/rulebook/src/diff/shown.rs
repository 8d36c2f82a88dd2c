//! Values of a pack as a reader knows them: roles and states by their names, spans and money in
//! words, the rest as it stands in the text.

use crate::Release;
use crate::expr::{Expr, length_words};
use crate::model::{ABOVE, FactNames, Process};
use crate::words;
use base::{Lang, Money, Text};
use serde::Deserialize;
use serde_json::Value;

/// Where keys get their names from: the second release first, for it is the one to come.
pub struct Names<'r> {
    pub a: &'r Release,
    pub b: &'r Release,
}

/// Sides whose values are fen.
const MONEY: [&str; 3] = ["ex_factory", "wholesale", "retail"];
/// Sides that hold expressions, and lengths that a setting or a field may say.
const EXPRESSIONS: [&str; 16] = [
    "when", "where", "until", "visible", "valid", "required", "award", "formula", "each", "assign",
    "move", "link", "at_most", "reason", "within", "payer",
];
/// Words of closed lists: as written, Chinese, English.
const CLOSED: &[(&str, &str, &str)] = &[
    ("block", "拦截", "block"),
    ("reason", "须写理由", "reason"),
    ("note", "仅记录", "note"),
    ("always", "全天连续", "around the clock"),
    ("cn_workdays", "法定工作日", "Chinese working days"),
    ("customer acts", "用户操作", "the customer acts"),
    ("@owner", "首问责任人", "who answers for the case"),
    ("@assignee", "承办人", "who works on it"),
    ("@opener", "开单人", "who opened it"),
    ("@customer", "用户", "the customer"),
    ("@duty", "值班人员", "whoever is on duty"),
    ("customer", "用户", "the customer"),
    ("system", "系统", "the system"),
    ("@system", "系统", "the system"),
    ("child", "子单", "a child case"),
    ("unit", "车辆", "the vehicle"),
    ("none", "无", "none"),
    ("span", "时长", "length of time"),
    ("percent", "百分比", "per cent"),
    ("number", "数字", "number"),
    ("money", "金额", "money"),
    ("bool", "是否", "yes or no"),
    ("yes_no", "是否", "yes or no"),
    ("text", "文字", "text"),
    ("long_text", "多行文字", "long text"),
    ("date", "日期", "date"),
    ("instant", "时间", "time"),
    ("choice", "单选", "choice"),
    ("multi_choice", "多选", "several choices"),
    ("checklist", "检查表", "checklist"),
    ("measurement", "检测值", "measurement"),
    ("person", "人员", "person"),
    ("org", "单位", "unit of the company"),
    ("lines", "费用明细", "lines"),
    ("parts", "配件明细", "rows of parts"),
    ("people_rows", "名单", "list of people"),
    ("rows", "清单", "list of rows"),
    ("customer", "客户", "customer"),
    ("code", "验证码", "code"),
    ("photos", "照片", "photos"),
    ("signature", "签字", "signature"),
    ("file", "附件", "file"),
    ("rating", "评价", "rating"),
    ("computed", "计算值", "computed"),
    ("working", "办理中", "working"),
    ("waiting_customer", "等用户", "waiting for the customer"),
    ("waiting_parts", "待料", "waiting for parts"),
    ("waiting_supplier", "等供方", "waiting for a supplier"),
    ("done", "完成", "done"),
    ("cancelled", "取消", "cancelled"),
    ("idle", "未开始", "not begun"),
    ("decision-rule", "判定规则", "decision rule"),
];
/// Longest text that is shown; of a longer one the beginning.
const SHOWN: usize = 160;

impl Names<'_> {
    /// A value of the side `key` of an item at `path`.
    pub fn show(&self, path: &str, key: &str, value: &Value) -> Text {
        match value {
            Value::String(source) if EXPRESSIONS.contains(&key) => self.said(path, source),
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
            Value::String(text) => self.name(path, key, text).unwrap_or_else(|| plain(text)),
            Value::Array(items) => {
                let shown = items.iter().map(|item| self.show(path, key, item));
                let (zh, en): (Vec<_>, Vec<_>) = shown.map(|text| (text.zh, text.en)).unzip();
                Text::new(zh.join("、"), en.join(", "))
            }
            Value::Object(_) => match Text::deserialize(value) {
                Ok(text) => Text::new(shortened(&text.zh), shortened(&text.en)),
                Err(_) => self.record(path, key, value),
            },
        }
    }

    /// A record: `notify: overdue_dispatch, to: 站长`.
    fn record(&self, path: &str, side: &str, value: &Value) -> Text {
        // What a map fills is expressions, whatever the names it fills.
        let filled = matches!(side, "map" | "form");
        let fields = value.as_object().into_iter().flatten();
        let said = fields.filter(|(_, value)| !value.is_null());
        let (zh, en): (Vec<_>, Vec<_>) = said
            .map(|(key, value)| {
                let shown = match value.as_str().filter(|_| filled || key == "value") {
                    Some(source) => self.said(path, source),
                    None => self.show(path, key, value),
                };
                let own = if filled { self.field_name(path, key) } else { None };
                let (zh, en) = own.as_ref().map_or_else(
                    || super::words::of(super::words::SIDES, key),
                    |own| (own.zh.as_str(), own.en.as_str()),
                );
                (format!("{zh} {}", shown.zh), format!("{en} {}", shown.en))
            })
            .unzip();
        Text::new(zh.join("，"), en.join(", "))
    }

    /// An expression in words: the names of the process it belongs to, of the later release first.
    fn said(&self, path: &str, source: &str) -> Text {
        if let Some(length) = length_words(source) {
            return length;
        }
        let expression = Expr::parse(source);
        if expression.syntax_error().is_some() {
            return same(shortened(source));
        }
        let release = if process_of(self.b, path).is_some() { self.b } else { self.a };
        expression.said(&FactNames::new(release, process_of(release, path)))
    }

    /// A field that is filled, by its name.
    fn field_name(&self, path: &str, key: &str) -> Option<Text> {
        let named = |release: &Release| {
            let names = FactNames::new(release, process_of(release, path));
            names.name(&format!("data.{key}"))
        };
        named(self.b).or_else(|| named(self.a))
    }

    /// The name of a key, where the side holds keys of named things.
    fn name(&self, path: &str, key: &str, text: &str) -> Option<Text> {
        if let Some((_, zh, en)) = CLOSED.iter().find(|(known, ..)| *known == text) {
            return Some(Text::new(*zh, *en));
        }
        [self.b, self.a].into_iter().find_map(|release| {
            let process = process_of(release, path);
            // Within a track its states go by their short names.
            let state = |full: &str| {
                let process = process?;
                let named = process.state(full);
                let short = || process.states.iter().find(|state| state.id == full);
                Some(named.or_else(short)?.title.clone())
            };
            let told = || {
                let (above, id) = text.strip_prefix(ABOVE).map_or(("", text), |id| (ABOVE, id));
                release.roles.get(id).map(|role| held(above, &role.title))
            };
            match key {
                "by" | "to" | "roles" | "all_of" | "any_of" | "given_by" => {
                    told().or_else(|| state(text))
                }
                "lifts" => {
                    let (action, id) = text.split_once('/')?;
                    let mut requires = process?.action(action)?.requires.iter();
                    Some(requires.find(|require| require.id == id)?.refuse.clone())
                }
                "from" | "initial" | "also" => state(text),
                "not_by" | "frozen_by" => Some(process?.action(text)?.title.clone()),
                "extend" => {
                    let mut deadlines = process?.deadlines.iter();
                    Some(deadlines.find(|deadline| deadline.id == text)?.title.clone())
                }
                "starts" | "stops" | "drops" | "restarts" => {
                    let (verb, name) = text.split_once(' ')?;
                    trigger(
                        verb,
                        &state(name).or_else(|| Some(process?.action(name)?.title.clone()))?,
                    )
                }
                "form" => Some(release.forms.get(text)?.title.clone()),
                "print" => Some(release.documents.get(text)?.title.clone()),
                "notify" => Some(release.messages.get(text)?.title.clone()),
                "open" | "opens" => Some(release.processes.get(text)?.title.clone()),
                "post" | "reverse" => Some(release.postings.get(text)?.title.clone()),
                "set" | "price" | "into" | "field" | "heed" => {
                    FactNames::new(release, process).name(&format!("data.{text}"))
                }
                _ => cell(release, key, text),
            }
        })
    }
}

/// The process an item belongs to, by its path.
fn process_of<'r>(release: &'r Release, path: &str) -> Option<&'r Process> {
    release.processes.get(path.split('/').next().unwrap_or(path))
}

/// A cell of a table: `misuse|accident`, `not(inner_tube)`, its keys in words.
fn cell(release: &Release, column: &str, text: &str) -> Option<Text> {
    let column = column.trim_start_matches('→');
    if let Some(inside) = text.strip_prefix("not(").and_then(|rest| rest.strip_suffix(')')) {
        let inside = cell(release, column, inside)?;
        return Some(Text::new(format!("{}除外", inside.zh), format!("not {}", inside.en)));
    }
    let one = |key: &str| {
        let word = |lang| words::word(column, key, lang);
        let group = release.catalog.group(key).filter(|_| column == "group");
        group
            .map(|group| group.title.clone())
            .or_else(|| catalogued(release, key))
            .or_else(|| Some(Text::new(word(Lang::Zh)?, word(Lang::En)?)))
            .or_else(|| match key {
                "yes" | "true" => Some(Text::new("是", "yes")),
                "no" | "false" => Some(Text::new("否", "no")),
                _ => None,
            })
    };
    let said: Option<Vec<Text>> = text.split('|').map(|key| one(key.trim())).collect();
    let (zh, en): (Vec<_>, Vec<_>) = said?.into_iter().map(|text| (text.zh, text.en)).unzip();
    Some(Text::new(zh.join("或"), en.join(" or ")))
}

/// A key of the catalogue or of a part.
fn catalogued(release: &Release, key: &str) -> Option<Text> {
    let catalog = &release.catalog;
    let component = catalog.component(key).map(|component| &component.title);
    let fault = || catalog.fault(key).map(|fault| &fault.title);
    let cause = || catalog.causes.iter().find(|cause| cause.id == key).map(|cause| &cause.title);
    let product = || catalog.products.get(key).map(|product| &product.title);
    let model = || catalog.models.iter().find(|model| model.id == key).map(|model| &model.title);
    let part = || release.parts.get(key).map(|part| &part.title);
    component.or_else(fault).or_else(cause).or_else(product).or_else(model).or_else(part).cloned()
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

/// A length of time in words; anything else stands as it is.
fn plain(text: &str) -> Text {
    length_words(text).unwrap_or_else(|| same(shortened(text)))
}

pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn same(text: String) -> Text {
    Text { zh: text.clone(), en: text }
}
