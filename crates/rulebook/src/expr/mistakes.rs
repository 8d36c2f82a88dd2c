//! The sentences of the checker: what does not go together, and what would.

use super::ast::{Arith, Compare};
use super::builtin::{Builtin, Shape};
use super::{ExprError, Type, suggest};

pub(super) fn not_yes_no(at: usize, of: &Type) -> ExprError {
    let words = of.words();
    ExprError::new(
        "expr-type",
        at,
        format!("条件要能回答是或否，这里却是{}；请写成比较", words.zh),
        format!("a condition answers yes or no, this is {}; write a comparison", words.en),
    )
}

pub(super) fn index_is_no_number(at: usize) -> ExprError {
    ExprError::new(
        "expr-type",
        at,
        "[ ] 里写序号（从 1 起），或写含 item 的条件，例如 lines[item.payer = \"maker\"]",
        "inside [ ] stands a position from 1, or a condition over `item`, as in \
         lines[item.payer = \"maker\"]",
    )
}

pub(super) fn cannot_negate(at: usize) -> ExprError {
    ExprError::new(
        "expr-type",
        at,
        "负号只能写在数字、金额或时长前",
        "a minus stands before a number, money or a length of time",
    )
}

pub(super) fn list_in_list(at: usize, item: &Type) -> ExprError {
    let words = item.words();
    ExprError::new(
        "expr-type",
        at,
        format!("in 左边是{}的列表；请写 some x in … satisfies x in …", words.zh),
        format!("before `in` stands a list of {}; write some x in … satisfies x in …", words.en),
    )
}

pub(super) fn unknown_key(at: usize, key: &str, known: &[String], path: &str) -> ExprError {
    let (zh, en) = suggest::nearest(key, known.iter().map(String::as_str));
    let (of_zh, of_en) = match path {
        "" => (String::new(), String::new()),
        path => (format!("{path} "), format!("{path} ")),
    };
    ExprError::new(
        "expr-unknown-key",
        at,
        format!("{of_zh}没有选项 \"{key}\"，比较永远不成立{zh}"),
        format!("{of_en}never is \"{key}\"{en}"),
    )
}

pub(super) fn never_equal(at: usize, a: &[String], b: &[String]) -> ExprError {
    let (a, b) = (a.join("|"), b.join("|"));
    ExprError::new(
        "expr-unknown-key",
        at,
        format!("两边的选项没有一个相同（{a} 与 {b}），比较永远不成立"),
        format!("the two sides have no key in common ({a} and {b}), so they are never equal"),
    )
}

fn hint(a: &Type, b: &Type) -> (&'static str, &'static str) {
    let either = |x: &Type, y: &Type| (a == x && b == y) || (a == y && b == x);
    if either(&Type::Money, &Type::Number) {
        return ("；金额请写单位，例如 50 yuan", "; write money with its unit, as in 50 yuan");
    }
    if either(&Type::Date, &Type::Instant) {
        return ("；时刻请先取日期：date(…)", "; take the day of the instant first: date(…)");
    }
    if either(&Type::Seconds, &Type::Number) {
        return ("；时长请写单位，例如 24 h 或 15 d", "; write the unit, as in 24 h or 15 d");
    }
    if either(&Type::Months, &Type::Number) {
        return ("；时长请写单位，例如 24 mo", "; write the unit, as in 24 mo");
    }
    if either(&Type::Seconds, &Type::Months) {
        return ("；天与月不能换算，请统一单位", "; days and months do not convert, use one unit");
    }
    if matches!((a, b), (Type::Date, Type::Choice(_)) | (Type::Choice(_), Type::Date)) {
        return ("；日期请写 @\"2026-11-21\"", "; write a day as @\"2026-11-21\"");
    }
    if matches!((a, b), (Type::List(_), _) | (_, Type::List(_))) {
        return ("；列表请用 in、some 或 every", "; for lists use in, some or every");
    }
    ("", "")
}

pub(super) fn not_comparable(at: usize, compare: Compare, a: &Type, b: &Type) -> ExprError {
    let (left, right, sign, (zh, en)) = (a.words(), b.words(), compare.sign(), hint(a, b));
    ExprError::new(
        "expr-type",
        at,
        format!("{}与{}不能用 {sign} 比较{zh}", left.zh, right.zh),
        format!("{} and {} cannot be compared by {sign}{en}", left.en, right.en),
    )
}

pub(super) fn no_arith(at: usize, arith: Arith, a: &Type, b: &Type) -> ExprError {
    let (left, right, sign, (zh, en)) = (a.words(), b.words(), arith.sign(), hint(a, b));
    ExprError::new(
        "expr-type",
        at,
        format!("{} {sign} {} 没有意义{zh}", left.zh, right.zh),
        format!("{} {sign} {} has no meaning{en}", left.en, right.en),
    )
}

pub(super) fn wrong_argument(
    at: usize,
    builtin: &Builtin,
    shape: Shape,
    param: &str,
    of: &Type,
) -> ExprError {
    let ((want_zh, want_en), got) = (shape.words(), of.words());
    let (name, signature) = (builtin.name, builtin.signature());
    ExprError::new(
        "expr-arguments",
        at,
        format!("{name} 的 {param} 要{want_zh}，这里是{}（{signature}）", got.zh),
        format!("`{param}` of {name} takes {want_en}, this is {} ({signature})", got.en),
    )
}
