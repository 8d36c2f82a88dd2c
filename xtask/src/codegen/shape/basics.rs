//! Values that are written as one text, or read by hand: what serde attributes cannot say.

use serde_json::{Value as Json, json};

/// A value with a spelling of its own.
#[derive(Debug, Clone, Copy)]
pub struct Basic {
    /// The type in the source.
    pub name: &'static str,
    /// As the reference calls it.
    pub word: &'static str,
    /// 中文.
    pub zh: &'static str,
    /// How it is written.
    pub written: &'static str,
    /// One value of it.
    pub example: &'static str,
    /// The pattern of its text; empty where only the checker can say.
    pattern: &'static str,
    /// Types it may be instead of a text: a table; or two, of which the first is a list of tables.
    pub names: &'static [&'static str],
}

const fn basic(
    name: &'static str,
    word: &'static str,
    zh: &'static str,
    written: &'static str,
    example: &'static str,
    pattern: &'static str,
) -> Basic {
    Basic { name, word, zh, written, example, pattern, names: &[] }
}

/// The spellings of [`base::time::Span::parse`]; a test holds both together.
macro_rules! span {
    () => {
        concat!(
            "[0-9]+\\s*(min|分钟|h|小时|d|days?|天|日|w|week|周|workdays?|个?工作日|mo|months?",
            "|个?月|y|years?|年)|半年|半个?月|半天|半日|半个?小时",
            "|[一二两三四五六七八九十百零]+(年半|个工作日|个月|年|周|天|日|个?小时|分钟)"
        )
    };
}
const SPAN: &str = concat!("^\\s*(", span!(), ")\\s*$");
/// The same, or a setting.
const LENGTH: &str = concat!("^\\s*(", span!(), ")\\s*$|^params\\..*$");

/// All of them.
pub const BASICS: &[Basic] = &[
    basic(
        "Expr",
        "expression",
        "表达式",
        "a condition or a value in the language of `../language.md`",
        "form.technician.certificate.valid",
        "",
    ),
    basic(
        "Span",
        "span",
        "时间长度",
        "a number and a unit: `min`, `h`, `d`, `workday`, `mo`, `y`, 分钟, 小时, 天, 工作日, 个月, 年",
        "24 mo",
        SPAN,
    ),
    basic(
        "Within",
        "length",
        "时长",
        "a span, or the setting that holds one: `params.<setting>`",
        "params.reply_within",
        LENGTH,
    ),
    Basic {
        name: "Length",
        word: "lengths",
        zh: "时长（可按条件）",
        written: "a length; a list of `LengthCase`, the first that holds; or a `LengthTable`",
        example: "24 h",
        pattern: LENGTH,
        names: &["LengthCase", "LengthTable"],
    },
    Basic {
        name: "UnitLabel",
        word: "unit",
        zh: "单位",
        written: "a sign that both languages share, or a `Text` with the words of each",
        example: "km",
        pattern: "",
        names: &["Text"],
    },
    basic("Day", "day", "日期", "year-month-day, quoted or not", "2026-11-20", DAY),
    basic(
        "DayTime",
        "time of day",
        "时刻",
        "hour and minute",
        "09:00",
        r"^\s*\d{1,2}\s*[:：]\s*\d{2}\s*$",
    ),
    basic(
        "Hours",
        "hours",
        "营业时间",
        "from and to, the end not included; it may be `24:00`",
        "08:30-12:00",
        r"^\s*\d{1,2}\s*[:：]\s*\d{2}\s*[-–—~]\s*\d{1,2}\s*[:：]\s*\d{2}\s*$",
    ),
    basic(
        "Trigger",
        "trigger",
        "触发点",
        "`enter <state>`, `leave <state>`, `action <id>` or `customer acts`",
        "enter main.repairing",
        r"^\s*((enter|leave|action)\s+\S.*|customer\s+acts\s*)$",
    ),
    basic(
        "EventPattern",
        "event",
        "事件",
        "`process/action`, `process/closed`, `process/late_entry`, `process/reason_given`, \
         `process/noted`, `process/self_approved` or `process/deadline/ID/breached` (warned, \
         breached, escalated, met, late, early, annulled); `*` stands for any process or deadline",
        "repair_order/deliver",
        r"^[^/]+/([^/]+|deadline/[^/]+/(warned|breached|escalated|met|late|early|annulled))$",
    ),
    basic(
        "Key",
        "key",
        "编号",
        "letters, digits, `_`, `.` and `-`, as short as a word",
        "issue",
        "",
    ),
    basic(
        "Pattern",
        "account pattern",
        "科目路径",
        "words and `{names}`, separated by `/`",
        "stock/{warehouse}/{part}",
        "",
    ),
    basic(
        "KindWord",
        "type of a column",
        "列类型",
        "one of `text`, `bool`, `number`, `money`, `date`, `time`, `months`",
        "number",
        "^(text|bool|number|money|date|time|months)$",
    ),
];

const DAY: &str = r"^\d{4}-\d{2}-\d{2}$";

/// The value of that type.
pub fn find(name: &str) -> Option<&'static Basic> {
    BASICS.iter().find(|basic| basic.name == name)
}

impl Basic {
    /// Its schema.
    pub fn schema(&self) -> Json {
        let mut text = json!({
            "type": "string",
            "title": format!("{} {}", self.zh, self.word),
            "description": self.written,
            "examples": [self.example],
        });
        if !self.pattern.is_empty() {
            text["pattern"] = self.pattern.into();
        }
        let refer = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
        match self.names {
            [table] => json!({ "anyOf": [text, refer(table)] }),
            [case, table] => {
                json!({ "anyOf": [text, { "type": "array", "items": refer(case) }, refer(table)] })
            }
            _ => text,
        }
    }
}
