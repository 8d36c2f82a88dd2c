//! An expression as a reader would say it: names of fields instead of keys, words instead of signs.

use super::ast::{Compare, Kind, Node, Test};
use super::{Value, paths};
use base::{Lang, Text};

/// Where the names come from.
pub trait Names {
    /// What the fact at this path is called.
    fn fact(&self, path: &[String]) -> Option<Text>;
    /// What this key means where that fact holds it.
    fn key(&self, path: &[String], key: &str) -> Option<Text>;
}

pub(super) fn said(node: &Node, names: &dyn Names) -> Text {
    let say = |lang| Voice { names, lang }.condition(node);
    Text::new(say(Lang::Zh), say(Lang::En))
}

/// The units of a length of time: as written, Chinese, English of one, of several.
const UNITS: [(&str, &str, &str, &str); 6] = [
    ("s", "秒", "second", "seconds"),
    ("min", "分钟", "minute", "minutes"),
    ("h", "小时", "hour", "hours"),
    ("d", "天", "day", "days"),
    ("workday", "个工作日", "working day", "working days"),
    ("mo", "个月", "month", "months"),
];

/// `24 h` as 24小时 and 24 hours; none where the text is no length of time.
pub fn length_words(text: &str) -> Option<Text> {
    let (count, unit) = text.split_once(' ')?;
    let number: i64 = count.parse().ok()?;
    let (_, zh, one, many) = UNITS.iter().find(|(known, ..)| *known == unit)?;
    let en = if number == 1 { one } else { many };
    Some(Text::new(format!("{count}{zh}"), format!("{count} {en}")))
}

/// Functions whose result reads as a phrase: name, Chinese and English, `{}` for what is given.
const PHRASES: [(&str, &str, &str); 16] = [
    ("count", "{}的项数", "the number of {}"),
    ("sum", "{}之和", "the sum of {}"),
    ("min", "{}中最小者", "the least of {}"),
    ("max", "{}中最大者", "the greatest of {}"),
    ("mean", "{}的平均", "the mean of {}"),
    ("all", "{}全部成立", "all of {}"),
    ("any", "{}有一项成立", "any of {}"),
    ("date", "{}当日", "the day of {}"),
    ("hour", "{}的钟点", "the hour of {}"),
    ("year", "{}的年份", "the year of {}"),
    ("month", "{}的月份", "the month of {}"),
    ("day", "{}的日子", "the day of the month of {}"),
    ("length", "{}的字数", "the length of {}"),
    ("abs", "{}的绝对值", "the size of {}"),
    ("is_null", "没有{}", "there is no {}"),
    ("last_day_of_month", "{}所在月的末日", "the last day of the month of {}"),
];

struct Voice<'n> {
    names: &'n dyn Names,
    lang: Lang,
}

impl Voice<'_> {
    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    fn get(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    fn quoted(&self, name: &str) -> String {
        format!("{}{name}{}", self.pick("“", "“"), self.pick("”", "”"))
    }

    /// What must be so. A fact that stands alone is a yes or no.
    fn condition(&self, node: &Node) -> String {
        match &node.kind {
            Kind::And(a, b) => {
                format!("{}{}{}", self.part(a), self.pick("，且", " and "), self.part(b))
            }
            Kind::Or(a, b) => {
                format!("{}{}{}", self.part(a), self.pick("，或", " or "), self.part(b))
            }
            Kind::Not(inner) => match &inner.kind {
                Kind::IsNull(asked) => self.filled(asked),
                _ if paths::chain(inner).is_some() => {
                    format!("{}{}", self.value(inner), self.pick("为否", " is no"))
                }
                _ => format!("{}({})", self.pick("并非", "not "), self.condition(inner)),
            },
            Kind::Name(_) | Kind::Field(..) if self.is_yes_no(node) => {
                format!("{}{}", self.value(node), self.pick("为是", " is yes"))
            }
            Kind::Compare(sign, a, b) => self.compared(*sign, a, b),
            Kind::IsNull(asked) => {
                format!("{}{}", self.value(asked), self.pick("未填", " is not given"))
            }
            Kind::Between(a, low, high) => {
                let (low, high) = (self.value(low), self.value(high));
                let (open, and) = (self.pick("在", " is from "), self.pick("至", " to "));
                format!("{}{open}{low}{and}{high}{}", self.value(a), self.pick("之间", ""))
            }
            Kind::In(a, tests) => self.one_of(a, tests),
            Kind::Quantified { every, name, list, holds } => {
                let every = match (*every, self.lang) {
                    (true, Lang::Zh) => "中每一项都",
                    (false, Lang::Zh) => "中有一项",
                    (true, Lang::En) => "every",
                    (false, Lang::En) => "some",
                };
                let holds = Voice { names: &Inside { outer: self.names, name, list }, ..*self }
                    .condition(holds);
                match self.lang {
                    Lang::Zh => format!("{}{every}符合：{holds}", self.value(list)),
                    Lang::En => format!("{every} entry of {} has: {holds}", self.value(list)),
                }
            }
            _ => self.value(node),
        }
    }

    /// A condition beside another: in brackets where it would read two ways.
    fn part(&self, node: &Node) -> String {
        match node.kind {
            Kind::Or(..) | Kind::If(..) => format!("({})", self.condition(node)),
            _ => match paths::chain(node) {
                Some(_) => format!("{}{}", self.value(node), self.pick("为是", " is yes")),
                None => self.condition(node),
            },
        }
    }

    /// Whether a path that stands alone as the whole condition is a yes or no by its name.
    fn is_yes_no(&self, node: &Node) -> bool {
        let name = paths::chain(node).and_then(|path| self.names.fact(&path));
        name.is_some_and(|name| name.zh.starts_with('是') || name.en.starts_with("whether "))
    }

    fn filled(&self, node: &Node) -> String {
        format!("{}{}", self.value(node), self.pick("已填", " is given"))
    }

    fn compared(&self, sign: Compare, a: &Node, b: &Node) -> String {
        let (left, right) = (self.beside(a, b), self.beside(b, a));
        let sign = match (sign, self.lang) {
            (Compare::Ne, _) if matches!(b.kind, Kind::Literal(Value::Null)) => {
                return self.filled(a);
            }
            (Compare::Eq, Lang::Zh) => "为",
            (Compare::Eq, Lang::En) => " is ",
            (Compare::Ne, Lang::Zh) => "不为",
            (Compare::Ne, Lang::En) => " is not ",
            (Compare::Lt, _) => " < ",
            (Compare::Le, _) => " ≤ ",
            (Compare::Gt, _) => " > ",
            (Compare::Ge, _) => " ≥ ",
        };
        format!("{left}{sign}{right}")
    }

    fn one_of(&self, a: &Node, tests: &[Test]) -> String {
        let said = tests.iter().map(|test| match test {
            Test::Member(node) => match &node.kind {
                Kind::List(items) => {
                    let items = items.iter().map(|item| self.beside(item, a));
                    items.collect::<Vec<_>>().join(self.pick("、", ", "))
                }
                _ => self.beside(node, a),
            },
            Test::Compare(sign, node) => format!("{} {}", sign.sign(), self.value(node)),
            Test::Range { low, high, .. } => {
                format!("{}–{}", self.value(low), self.value(high))
            }
        });
        let said: Vec<_> = said.collect();
        let said = said.join(self.pick("、", ", "));
        format!("{}{}{said}", self.value(a), self.pick("属于", " is one of "))
    }

    /// A value beside another: a key is said by the words of the fact it is compared with.
    fn beside(&self, node: &Node, other: &Node) -> String {
        if let (Kind::Literal(Value::Text(key)), Some(path)) = (&node.kind, paths::chain(other))
            && let Some(word) = self.names.key(&path, key)
        {
            return self.quoted(&self.get(&word));
        }
        self.value(node)
    }

    fn value(&self, node: &Node) -> String {
        if let Some(path) = paths::chain(node) {
            let name = self.names.fact(&path).map(|name| self.get(&name));
            return self.quoted(&name.unwrap_or_else(|| path.join(".")));
        }
        match &node.kind {
            Kind::Literal(value) => self.literal(value),
            Kind::List(items) => self.listed(items),
            Kind::Neg(a) => format!("-{}", self.value(a)),
            Kind::Arith(sign, a, b) => {
                format!("{} {} {}", self.value(a), sign.sign(), self.value(b))
            }
            Kind::If(asked, yes, no) => {
                let (asked, yes, no) = (self.condition(asked), self.value(yes), self.value(no));
                match self.lang {
                    Lang::Zh => format!("若{asked}则{yes}，否则{no}"),
                    Lang::En => format!("if {asked} then {yes}, else {no}"),
                }
            }
            Kind::Filter(list, holds) => {
                let inside = Inside { outer: self.names, name: "item", list };
                let holds = Voice { names: &inside, ..*self }.condition(holds);
                match self.lang {
                    Lang::Zh => format!("{}中符合“{holds}”的各项", self.value(list)),
                    Lang::En => format!("the entries of {} with “{holds}”", self.value(list)),
                }
            }
            Kind::Index(list, _) | Kind::Field(list, _) => self.value(list),
            Kind::Call(function, given) => self.called(function.name, given),
            _ => self.condition(node),
        }
    }

    fn called(&self, function: &str, given: &[Node]) -> String {
        if function == "contains" && given.len() == 2 {
            let what = self.beside(&given[1], &given[0]);
            return format!("{}{}{what}", self.value(&given[0]), self.pick("包含", " contains "));
        }
        if function == "coalesce" && given.len() == 2 {
            let (first, then) = (self.value(&given[0]), self.value(&given[1]));
            return match self.lang {
                Lang::Zh => format!("{first}（没有则{then}）"),
                Lang::En => format!("{first} (else {then})"),
            };
        }
        if let ("days_between" | "months_between", [from, to]) = (function, given) {
            let (from, to) = (self.value(from), self.value(to));
            let days = function.starts_with("days");
            return match (self.lang, days) {
                (Lang::Zh, true) => format!("{from}到{to}的天数"),
                (Lang::Zh, false) => format!("{from}到{to}的月数"),
                (Lang::En, true) => format!("the days from {from} to {to}"),
                (Lang::En, false) => format!("the months from {from} to {to}"),
            };
        }
        let given = self.listed(given);
        match PHRASES.iter().find(|(name, ..)| *name == function) {
            Some((_, zh, en)) => self.pick(zh, en).replace("{}", &given),
            None => format!("{function}({given})"),
        }
    }

    fn listed(&self, items: &[Node]) -> String {
        let said: Vec<_> = items.iter().map(|item| self.value(item)).collect();
        said.join(self.pick("、", ", "))
    }

    fn literal(&self, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.pick("是", "yes").to_owned(),
            Value::Bool(false) => self.pick("否", "no").to_owned(),
            Value::Null => self.pick("无", "nothing").to_owned(),
            Value::Text(text) if text.is_empty() => self.pick("空", "nothing").to_owned(),
            Value::Text(text) => self.quoted(text),
            Value::Seconds(_) | Value::Months(_) => {
                let written = value.to_string();
                length_words(&written).map_or(written, |words| self.get(&words))
            }
            other => other.to_string(),
        }
    }
}

/// Names inside a list: `item.fault` is the `fault` of an entry of the list.
struct Inside<'n> {
    outer: &'n dyn Names,
    name: &'n str,
    list: &'n Node,
}

impl Inside<'_> {
    fn path(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        if first != self.name {
            return Some(path.to_vec());
        }
        let mut list = self.list;
        while let Kind::Filter(inner, _) | Kind::Index(inner, _) = &list.kind {
            list = inner;
        }
        let mut whole = paths::chain(list)?;
        whole.extend_from_slice(rest);
        Some(whole)
    }
}

impl Names for Inside<'_> {
    fn fact(&self, path: &[String]) -> Option<Text> {
        self.outer.fact(&self.path(path)?)
    }

    fn key(&self, path: &[String], key: &str) -> Option<Text> {
        self.outer.key(&self.path(path)?, key)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expr;
    use super::*;

    struct Words;

    impl Names for Words {
        fn fact(&self, path: &[String]) -> Option<Text> {
            let (zh, en) = match path.join(".").as_str() {
                "data.meeting_by" => ("召开期限", "Held by"),
                "data.cause" => ("原因", "Cause"),
                "form.covered" => ("是否三包", "whether it is covered"),
                "history.fault" => ("故障", "fault"),
                "history" => ("历次维修", "earlier repairs"),
                _ => return None,
            };
            Some(Text::new(zh, en))
        }

        fn key(&self, path: &[String], key: &str) -> Option<Text> {
            (path.last()? == "cause" && key == "misuse").then(|| Text::new("使用不当", "Misuse"))
        }
    }

    #[test]
    fn an_expression_is_read_in_names_and_words() {
        let check = |source: &str, zh: &str, en: &str| {
            let said = Expr::parse(source).said(&Words);
            assert_eq!((said.zh.as_str(), said.en.as_str()), (zh, en), "{source}");
        };
        check("data.meeting_by + 24 h", "“召开期限” + 1天", "“Held by” + 1 day");
        check("data.cause = \"misuse\"", "“原因”为“使用不当”", "“Cause” is “Misuse”");
        check("form.covered", "“是否三包”为是", "“whether it is covered” is yes");
        check("not(form.covered)", "“是否三包”为否", "“whether it is covered” is no");
        check("data.meeting_by = null", "“召开期限”未填", "“Held by” is not given");
        check("data.meeting_by != null", "“召开期限”已填", "“Held by” is given");
        check(
            "form.covered and (data.cause = null or data.cause = \"misuse\")",
            "“是否三包”为是，且(“原因”未填，或“原因”为“使用不当”)",
            "“whether it is covered” is yes and (“Cause” is not given or “Cause” is “Misuse”)",
        );
        check(
            "count(history[item.fault = \"x\"]) > 1",
            "“历次维修”中符合““故障”为“x””的各项的项数 > 1",
            "the number of the entries of “earlier repairs” with ““fault” is “x”” > 1",
        );
        check("data.unknown > 3", "“data.unknown” > 3", "“data.unknown” > 3");
        check("not an expression (", "not an expression (", "not an expression (");
    }
}
