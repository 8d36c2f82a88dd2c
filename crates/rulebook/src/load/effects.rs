//! Effects are a closed list: each is named by one key. Checked before the types are read, so that
//! the sentence can say what there is.

use super::places::Lines;
use crate::expr::suggest;
use crate::{Finding, Place};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// An effect: its name, and its other keys with whether they are needed.
struct Shape {
    name: &'static str,
    kind: Kind,
    keys: &'static [(&'static str, Kind, bool)],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Yes,
    Texts,
    Map,
    Words,
}

const WHEN: (&str, Kind, bool) = ("when", Kind::Text, false);
const MAP: (&str, Kind, bool) = ("map", Kind::Map, false);

/// The closed list.
const EFFECTS: &[Shape] = &[
    Shape { name: "judge", kind: Kind::Yes, keys: &[] },
    Shape { name: "price", kind: Kind::Text, keys: &[("payer", Kind::Text, false)] },
    Shape { name: "charge", kind: Kind::Text, keys: &[("into", Kind::Text, true), MAP, WHEN] },
    Shape { name: "assign", kind: Kind::Text, keys: &[] },
    Shape {
        name: "hand_over",
        kind: Kind::Text,
        keys: &[("from", Kind::Text, true), ("to", Kind::Text, true)],
    },
    Shape { name: "move", kind: Kind::Text, keys: &[] },
    Shape { name: "link", kind: Kind::Text, keys: &[] },
    Shape {
        name: "extend",
        kind: Kind::Text,
        keys: &[("by", Kind::Text, true), ("reason", Kind::Text, true)],
    },
    Shape { name: "print", kind: Kind::Text, keys: &[WHEN] },
    Shape { name: "notify", kind: Kind::Text, keys: &[("to", Kind::Texts, true), WHEN] },
    Shape { name: "open", kind: Kind::Text, keys: &[("each", Kind::Text, false), MAP, WHEN] },
    Shape { name: "tell", kind: Kind::Text, keys: &[("act", Kind::Text, true), WHEN] },
    Shape {
        name: "set",
        kind: Kind::Text,
        keys: &[("value", Kind::Text, true), ("title", Kind::Words, false)],
    },
    Shape { name: "register", kind: Kind::Text, keys: &[MAP, WHEN] },
    Shape { name: "post", kind: Kind::Text, keys: &[("each", Kind::Text, false), MAP, WHEN] },
    Shape { name: "reverse", kind: Kind::Text, keys: &[WHEN] },
    Shape {
        name: "limit",
        kind: Kind::Text,
        keys: &[("at_most", Kind::Text, true), ("each", Kind::Text, false), MAP, WHEN],
    },
    Shape { name: "close_account", kind: Kind::Text, keys: &[MAP, WHEN] },
];

/// Reports what is wrong with effects anywhere in a file and takes those out. Returns whether any
/// was.
pub(super) fn check(
    root: &mut DeTable<'_>,
    file: &str,
    lines: &Lines,
    findings: &mut Vec<Finding>,
) -> bool {
    let mut checker = Checker { file, lines, findings, bad: false };
    checker.table(root);
    checker.bad
}

struct Checker<'a> {
    file: &'a str,
    lines: &'a Lines,
    findings: &'a mut Vec<Finding>,
    bad: bool,
}

impl Checker<'_> {
    fn table(&mut self, table: &mut DeTable<'_>) {
        for (key, value) in table.iter_mut() {
            let is_effects = matches!(&**key.get_ref(), "effects" | "breach");
            match value.get_mut() {
                DeValue::Array(items) if is_effects => {
                    let kept = items.iter().filter(|item| self.effect(item)).cloned();
                    *items = kept.collect();
                }
                DeValue::Array(items) => {
                    for item in items.iter_mut() {
                        if let DeValue::Table(inner) = item.get_mut() {
                            self.table(inner);
                        }
                    }
                }
                DeValue::Table(inner) => self.table(inner),
                _ => {}
            }
        }
    }

    /// Whether the effect may stay.
    fn effect(&mut self, item: &Spanned<DeValue<'_>>) -> bool {
        let before = self.findings.len();
        let DeValue::Table(table) = item.get_ref() else { return true };
        let named: Vec<_> = EFFECTS.iter().filter(|e| table.contains_key(e.name)).collect();
        match named.as_slice() {
            [] => self.no_such_effect(item, table),
            [shape] => self.keys(item, table, shape),
            [first, second, ..] => self.say(
                item.span().start,
                "ambiguous-effect",
                format!("一条效果只能有一个名字，这里有“{}”和“{}”", first.name, second.name),
                format!(
                    "an effect has one name, here are `{}` and `{}`; write two effects",
                    first.name, second.name
                ),
            ),
        }
        let fine = self.findings.len() == before;
        self.bad |= !fine;
        fine
    }

    fn no_such_effect(&mut self, item: &Spanned<DeValue<'_>>, table: &DeTable<'_>) {
        let others = ["when", "map", "to", "value", "each", "at_most", "by", "reason"];
        let key = table.keys().find(|k| !others.contains(&&**k.get_ref()));
        let (at, name) = key.map_or((item.span().start, String::new()), |key| {
            (key.span().start, key.get_ref().to_string())
        });
        let known: Vec<_> = EFFECTS.iter().map(|e| e.name).collect();
        self.say(
            at,
            "unknown-effect",
            format!("没有叫“{name}”的效果；可用的效果有：{}", known.join("、")),
            format!("no effect is called `{name}`; effects are {}", known.join(", ")),
        );
    }

    fn keys(&mut self, item: &Spanned<DeValue<'_>>, table: &DeTable<'_>, shape: &Shape) {
        for (key, value) in table {
            let name = &**key.get_ref();
            let kind = if name == shape.name {
                Some(shape.kind)
            } else {
                shape.keys.iter().find(|(k, ..)| *k == name).map(|(_, kind, _)| *kind)
            };
            match kind {
                None => {
                    let known = shape.keys.iter().map(|(k, ..)| *k);
                    let (zh, en) = suggest::nearest(name, known);
                    self.say(
                        key.span().start,
                        "unknown-key",
                        format!("效果“{}”没有叫“{name}”的键{zh}", shape.name),
                        format!("the effect `{}` has no key `{name}`{en}", shape.name),
                    );
                }
                Some(kind) if !is_kind(value.get_ref(), kind) => {
                    let (zh, en) = kind_words(kind);
                    self.say(
                        value.span().start,
                        "wrong-type",
                        format!("“{name}”应是{zh}"),
                        format!("`{name}` should be {en}"),
                    );
                }
                Some(_) => {}
            }
        }
        for (key, ..) in
            shape.keys.iter().filter(|(key, _, needed)| *needed && !table.contains_key(*key))
        {
            self.say(
                item.span().start,
                "missing-key",
                format!("效果“{}”缺少“{key}”", shape.name),
                format!("the effect `{}` lacks `{key}`", shape.name),
            );
        }
    }

    fn say(&mut self, offset: usize, code: &'static str, zh: String, en: String) {
        let at = Place::new(self.file, self.lines.at(offset));
        self.findings.push(Finding::error(code, at, zh, en));
    }
}

fn is_kind(value: &DeValue<'_>, kind: Kind) -> bool {
    match kind {
        Kind::Text => value.is_str(),
        Kind::Yes => value.as_bool() == Some(true),
        Kind::Texts => {
            value.as_array().is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()))
        }
        Kind::Words => value.as_table().is_some_and(|table| {
            let said = |tongue| table.get(tongue).is_some_and(|text| text.get_ref().is_str());
            table.len() == 2 && said("zh") && said("en")
        }),
        Kind::Map => value
            .as_table()
            .is_some_and(|table| table.iter().all(|(_, value)| value.get_ref().is_str())),
    }
}

const fn kind_words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Text => ("文字（加引号）", "text in quotes"),
        Kind::Yes => ("true", "true"),
        Kind::Texts => ("文字列表 [ \"…\" ]", "a list of texts [ \"…\" ]"),
        Kind::Words => (
            "中英文两种文字 { zh = \"…\", en = \"…\" }",
            "words in both languages { zh = \"…\", en = \"…\" }",
        ),
        Kind::Map => (
            "字段到表达式的对应 { 字段 = \"表达式\" }",
            "fields with expressions { field = \"expression\" }",
        ),
    }
}
