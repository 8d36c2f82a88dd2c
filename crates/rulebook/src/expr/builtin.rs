//! The built-in functions: one table that the checker, the evaluator and the reference are made of.

use super::functions as f;
use super::{ExprError, Scope, Type, Value};
use std::borrow::Cow;

/// What a parameter takes or a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Anything.
    Any,
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A day, an instant (its local day) or text such as `"2026-11-21"`.
    DateLike,
    /// A point in time.
    Instant,
    /// A number or an amount of money.
    NumberOrMoney,
    /// A number, money or a length of time.
    Amount,
    /// Text or a list.
    TextOrList,
    /// A list of anything.
    List,
    /// A list of yes/no.
    Bools,
    /// A list of amounts of one kind.
    Amounts,
    /// A list of values that have an order.
    Ordered,
    /// A list of numbers.
    Numbers,
    /// A list of texts.
    Texts,
    /// A list of lists.
    Lists,
    /// Result: the type of the first parameter.
    Same,
    /// Result: what both parameters can be.
    Both,
    /// Result: the type of the list's items.
    Item,
}

/// A parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// Name, for the reference.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A built-in function.
#[derive(Debug)]
pub struct Builtin {
    /// Name.
    pub name: &'static str,
    /// Parameters.
    pub params: &'static [Param],
    /// What it gives.
    pub result: Shape,
    /// Whether the items may be written one by one instead of as a list: `max(a, b)`.
    pub spread: bool,
    /// Whether it also answers when a parameter is missing; all others then give null.
    pub answers_null: bool,
    /// What it does, Chinese.
    pub zh: &'static str,
    /// What it does, English.
    pub en: &'static str,
    /// An example and its result; a test proves each.
    pub example: (&'static str, &'static str),
    run: fn(&[Cow<'_, Value>], &dyn Scope) -> Value,
}

impl PartialEq for Builtin {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const fn p(name: &'static str, shape: Shape) -> Param {
    Param { name, shape, optional: false }
}

const LIST: &[Param] = &[p("list", Shape::List)];
const LISTS: &[Param] = &[p("list", Shape::Lists)];
const BOOLS: &[Param] = &[p("list", Shape::Bools)];
const AMOUNTS: &[Param] = &[p("list", Shape::Amounts)];
const ORDERED: &[Param] = &[p("list", Shape::Ordered)];
const NUMBER: &[Param] = &[p("n", Shape::Number)];
const TEXT: &[Param] = &[p("text", Shape::Text)];
const DATE: &[Param] = &[p("date", Shape::Date)];
const TEXT_PART: &[Param] = &[p("text", Shape::Text), p("part", Shape::Text)];
const TWO_DATES: &[Param] = &[p("from", Shape::Date), p("to", Shape::Date)];
const TWO_NUMBERS: &[Param] = &[p("n", Shape::Number), p("by", Shape::Number)];
const fn o(name: &'static str, shape: Shape) -> Param {
    Param { name, shape, optional: true }
}

const ROUND: &[Param] = &[p("n", Shape::NumberOrMoney), o("digits", Shape::Number)];

macro_rules! table {
    ($($name:literal $params:tt -> $result:ident $(+ $flag:ident)*, $run:path,
       $zh:literal, $en:literal, $source:literal => $shown:literal;)*) => {
        &[$(Builtin {
            name: $name,
            params: table!(@params $params),
            result: Shape::$result,
            zh: $zh,
            en: $en,
            example: ($source, $shown),
            run: $run,
            spread: table!(@has spread $($flag)*),
            answers_null: table!(@has null $($flag)*),
        }),*]
    };
    (@params ($name:ident)) => { $name };
    (@params [$($param:expr),*]) => { &[$($param),*] };
    (@has spread spread $($rest:ident)*) => { true };
    (@has null null $($rest:ident)*) => { true };
    (@has $flag:ident $other:ident $($rest:ident)*) => { table!(@has $flag $($rest)*) };
    (@has $flag:ident) => { false };
}

static BUILTINS: &[Builtin] = table![
    "count"(LIST) -> Number, f::count,
        "列表有几项", "how many items a list has",
        "count([4, 5, 6])" => "3";
    "sum"(AMOUNTS) -> Item + spread, f::sum,
        "各项之和；空列表为 0", "the sum of the items; of an empty list 0",
        "sum([18 yuan, 2.5 yuan])" => "¥20.50";
    "min"(ORDERED) -> Item + spread, f::min,
        "最小的一项；空列表为 null", "the least item; of an empty list null",
        "min(3, 1, 2)" => "1";
    "max"(ORDERED) -> Item + spread, f::max,
        "最大的一项；空列表为 null", "the greatest item; of an empty list null",
        "max([@\"2026-01-31\", @\"2026-02-01\"])" => "2026-02-01";
    "mean"(AMOUNTS) -> Item + spread, f::mean,
        "平均值；空列表为 null", "the mean of the items; of an empty list null",
        "mean([1, 2, 6])" => "3";
    "all"(BOOLS) -> Bool + spread, f::all,
        "是否每项都为真", "whether every item is true",
        "all([true, 1 < 2])" => "true";
    "any"(BOOLS) -> Bool + spread, f::any,
        "是否有一项为真", "whether any item is true",
        "any([false, 2 < 1])" => "false";
    "distinct"(LIST) -> Same, f::distinct,
        "去掉重复的项", "the list without repeated items",
        "distinct([\"a\", \"b\", \"a\"])" => "[a, b]";
    "product"[p("list", Shape::Numbers)] -> Number + spread, f::product,
        "各项之积；空列表为 1", "the product of the items; of an empty list 1",
        "product([2, 3, 4])" => "24";
    "median"(AMOUNTS) -> Item + spread, f::median,
        "中位数；空列表为 null", "the middle item in order; of an empty list null",
        "median([8, 1, 3, 2])" => "2.5";
    "sorted"(ORDERED) -> Same, f::sorted,
        "从小到大排列", "the list from the least to the greatest",
        "sorted([3, 1, 2])" => "[1, 2, 3]";
    "reverse"(LIST) -> Same, f::reverse,
        "倒过来的列表", "the list from its end",
        "reverse([1, 2, 3])" => "[3, 2, 1]";
    "concatenate"[p("list", Shape::List), p("more", Shape::List)] -> Both, f::concatenate,
        "两个列表接在一起", "both lists one after the other",
        "concatenate([1, 2], [3])" => "[1, 2, 3]";
    "flatten"(LISTS) -> Item, f::flatten,
        "把列表里的各个列表接成一个，例如各行的编号", "one list of all lists in a list, such as the serials of all rows",
        "flatten([[1, 2], [3]])" => "[1, 2, 3]";
    "sublist"[p("list", Shape::List), p("start", Shape::Number), o("length", Shape::Number)]
        -> Same, f::sublist,
        "从第 start 项（从 1 数，负数从末尾数）起的若干项",
        "items from position `start` (from 1, from the end when negative)",
        "sublist([4, 5, 6], 2)" => "[5, 6]";
    "index_of"[p("list", Shape::List), p("item", Shape::Any)] -> Numbers, f::index_of,
        "某项在列表里的所有位置", "every position of an item in a list",
        "index_of([\"a\", \"b\", \"a\"], \"a\")" => "[1, 3]";
    "abs"[p("n", Shape::Amount)] -> Same, f::abs,
        "绝对值", "the amount without its sign",
        "abs(-3 d)" => "3 d";
    "floor"(ROUND) -> Same, f::floor,
        "向下取到小数点后 digits 位（默认 0）", "down to that many digits (default 0)",
        "floor(-1.5)" => "-2";
    "ceiling"(ROUND) -> Same, f::ceiling,
        "向上取到小数点后 digits 位（默认 0）", "up to that many digits (default 0)",
        "ceiling(1.21, 1)" => "1.3";
    "round"(ROUND) -> Same, f::round,
        "四舍五入到小数点后 digits 位（默认 0）；金额按元计位",
        "rounds half up to that many digits (default 0); of money, digits of a yuan",
        "round(2.345, 2)" => "2.35";
    "round_up"(ROUND) -> Same, f::round_up,
        "进位：向远离 0 的方向取整", "away from zero, to that many digits (default 0)",
        "round_up(8.01 yuan)" => "¥9.00";
    "round_down"(ROUND) -> Same, f::round_down,
        "舍去：向 0 的方向取整", "towards zero, to that many digits (default 0)",
        "round_down(-2.59, 1)" => "-2.5";
    "modulo"(TWO_NUMBERS) -> Number, f::modulo,
        "除以 by 的余数，符号同 by", "the rest of dividing by `by`, with its sign",
        "modulo(-12, 5)" => "3";
    "sqrt"(NUMBER) -> Number, f::sqrt,
        "平方根；负数为 null", "the square root; of a negative number null",
        "sqrt(2.25)" => "1.5";
    "odd"(NUMBER) -> Bool, f::odd,
        "是否奇数；不是整数为 null", "whether a whole number is odd",
        "odd(3)" => "true";
    "even"(NUMBER) -> Bool, f::even,
        "是否偶数；不是整数为 null", "whether a whole number is even",
        "even(3)" => "false";
    "number"(TEXT) -> Number, f::from_text,
        "把文字读作数字；读不懂为 null", "text read as a number; null when it is none",
        "number(\"12.50\")" => "12.5";
    "contains"[p("in", Shape::TextOrList), p("what", Shape::Any)] -> Bool, f::contains,
        "文字中是否含有某段文字，或列表中是否有某项",
        "whether a text has that part, or a list that item",
        "contains(\"li_battery\", \"battery\")" => "true";
    "starts_with"(TEXT_PART) -> Bool, f::starts_with,
        "文字是否以某段文字开头", "whether a text begins with that part",
        "starts_with(\"EB-7.1\", \"EB-\")" => "true";
    "ends_with"(TEXT_PART) -> Bool, f::ends_with,
        "文字是否以某段文字结尾", "whether a text ends with that part",
        "ends_with(\"photo.jpg\", \".png\")" => "false";
    "length"(TEXT) -> Number, f::length,
        "文字有几个字", "how many characters a text has",
        "length(\"电动车\")" => "3";
    "lower"(TEXT) -> Text, f::lower,
        "转为小写", "in small letters",
        "lower(\"LJ72\")" => "lj72";
    "upper"(TEXT) -> Text, f::upper,
        "转为大写", "in capital letters",
        "upper(\"lj72\")" => "LJ72";
    "trim"(TEXT) -> Text, f::trim,
        "去掉首尾空白", "without blanks at both ends",
        "trim(\" LJ72 \")" => "LJ72";
    "substring"[p("text", Shape::Text), p("start", Shape::Number), o("length", Shape::Number)]
        -> Text, f::substring,
        "从第 start 个字（从 1 数，负数从末尾数）起的若干字",
        "characters from position `start` (from 1, from the end when negative)",
        "substring(\"2026-11\", 6)" => "11";
    "substring_before"(TEXT_PART) -> Text, f::substring_before,
        "某段文字之前的部分；没有则为空", "what stands before a part; empty without it",
        "substring_before(\"SM-2026\", \"-\")" => "SM";
    "substring_after"(TEXT_PART) -> Text, f::substring_after,
        "某段文字之后的部分；没有则为空", "what stands behind a part; empty without it",
        "substring_after(\"SM-2026\", \"-\")" => "2026";
    "replace"[p("text", Shape::Text), p("part", Shape::Text), p("by", Shape::Text)]
        -> Text, f::replace,
        "把每一处 part 换成 by（照字面，不是模式）", "every `part` as written replaced by `by`",
        "replace(\"a-b-c\", \"-\", \"/\")" => "a/b/c";
    "split"[p("text", Shape::Text), p("at", Shape::Text)] -> Texts, f::split,
        "在每一处 at 切开", "the pieces between every `at`",
        "split(\"a,b\", \",\")" => "[a, b]";
    "join"[p("list", Shape::Texts), o("between", Shape::Text)] -> Text, f::join,
        "连成一段文字，中间加 between", "one text of all, with `between` between them",
        "join([\"a\", \"b\"], \"、\")" => "a、b";
    "credit_code"(TEXT) -> Bool, f::credit_code,
        "是否正确的统一社会信用代码（18 位，校验位相符）",
        "whether it is a unified social credit code: 18 characters whose check character fits",
        "credit_code(\"91350100M000100Y43\")" => "true";
    "text"[p("value", Shape::Any)] -> Text, f::text,
        "写成文字", "written as text",
        "\"M\" + text(24 mo)" => "M24 mo";
    "date"[p("at", Shape::DateLike)] -> Date, f::date,
        "时刻在公司时区的日期；或把文字读作日期",
        "the day of an instant in the company's time zone; or text read as a day",
        "date(@\"2026-11-20T17:00:00Z\")" => "2026-11-21";
    "hour"[p("at", Shape::Instant)] -> Number, f::hour,
        "时刻在公司时区的小时，0 到 23", "the hour of an instant in the company's time zone, 0 to 23",
        "hour(@\"2026-11-20T17:30:00Z\")" => "1";
    "year"(DATE) -> Number, f::year,
        "年份", "the year",
        "year(@\"2026-11-21\")" => "2026";
    "month"(DATE) -> Number, f::month,
        "月份，1 到 12", "the month, 1 to 12",
        "month(@\"2026-11-21\")" => "11";
    "day"(DATE) -> Number, f::day,
        "日，1 到 31", "the day of the month, 1 to 31",
        "day(@\"2026-11-21\")" => "21";
    "weekday"(DATE) -> Number, f::weekday,
        "星期几，1 是星期一，7 是星期日", "the day of the week, 1 is Monday, 7 Sunday",
        "weekday(@\"2026-11-21\")" => "6";
    "day_of_year"(DATE) -> Number, f::day_of_year,
        "一年中的第几天", "the day of the year, from 1",
        "day_of_year(@\"2026-02-01\")" => "32";
    "last_day_of_month"(DATE) -> Date, f::last_day_of_month,
        "当月最后一天", "the last day of its month",
        "last_day_of_month(@\"2028-02-03\")" => "2028-02-29";
    "days_between"(TWO_DATES) -> Number, f::days_between,
        "从 from 到 to 的天数，from 不计；to 较早时为负",
        "days from `from` to `to`, `from` not counted; negative when `to` is earlier",
        "days_between(@\"2026-01-02\", @\"2026-01-09\")" => "7";
    "months_between"(TWO_DATES) -> Number, f::months_between,
        "从 from 到 to 的整月数", "whole months from `from` to `to`",
        "months_between(@\"2025-01-10\", @\"2026-11-09\")" => "21";
    "is_null"[p("value", Shape::Any)] -> Bool + null, f::is_null,
        "是否缺少该事实，与 value = null 相同",
        "whether the fact is missing; the same as value = null",
        "is_null(null)" => "true";
    "coalesce"[p("value", Shape::Any), p("otherwise", Shape::Any)] -> Both + null, f::coalesce,
        "前者缺失时取后者", "the first, or the second when the first is missing",
        "coalesce(null, 0)" => "0";
];

/// Every built-in function, in the order of the reference.
pub fn builtins() -> &'static [Builtin] {
    BUILTINS
}

pub(super) fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|b| b.name == name)
}

impl Builtin {
    /// The call with its parameters: `round(n, digits?)`.
    pub fn signature(&self) -> String {
        let params: Vec<String> = self
            .params
            .iter()
            .map(|param| format!("{}{}", param.name, if param.optional { "?" } else { "" }))
            .collect();
        format!("{}({})", self.name, params.join(", "))
    }

    /// The value for these arguments; null when one is missing.
    pub(super) fn apply(&self, arguments: &[Cow<'_, Value>], scope: &dyn Scope) -> Value {
        let lone_list = matches!(arguments, [one] if matches!(&**one, Value::List(_)));
        if self.spread && !lone_list && !arguments.is_empty() {
            if arguments.len() == 1 && arguments[0].is_null() {
                return Value::Null;
            }
            let items = arguments.iter().map(|a| a.clone().into_owned()).collect();
            return (self.run)(&[Cow::Owned(Value::List(items))], scope);
        }
        if !self.answers_null && arguments.iter().any(|a| a.is_null()) {
            return Value::Null;
        }
        (self.run)(arguments, scope)
    }
}

/// Whether a call may have that many arguments.
pub(super) fn count_fits(builtin: &Builtin, count: usize, at: usize) -> Result<(), ExprError> {
    let least = builtin.params.iter().filter(|p| !p.optional).count();
    let most = if builtin.spread { usize::MAX } else { builtin.params.len() };
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let signature = builtin.signature();
    Err(ExprError::new(
        "expr-arguments",
        at,
        format!("{} 的参数个数不对（写了 {count} 个），请写 {signature}", builtin.name),
        format!("{} cannot take {count} arguments; write {signature}", builtin.name),
    ))
}

impl Shape {
    /// Whether a value of `of` fits this parameter.
    pub(super) fn takes(self, of: &Type) -> bool {
        let text = |of: &Type| matches!(of, Type::Any | Type::Text | Type::Choice(_));
        let amount = |of: &Type| {
            matches!(of, Type::Any | Type::Number | Type::Quantity | Type::Money | Type::Seconds)
                || *of == Type::Months
        };
        match self {
            Self::Any | Self::Same | Self::Both | Self::Item => true,
            Self::Bool => matches!(of, Type::Any | Type::Bool),
            Self::Number => matches!(of, Type::Any | Type::Number | Type::Quantity),
            Self::NumberOrMoney => amount(of) && !matches!(of, Type::Seconds | Type::Months),
            Self::Text => text(of),
            Self::Date => matches!(of, Type::Any | Type::Date),
            Self::DateLike => text(of) || matches!(of, Type::Date | Type::Instant),
            Self::Instant => matches!(of, Type::Instant),
            Self::Amount => amount(of),
            Self::TextOrList => text(of) || matches!(of, Type::List(_)),
            Self::List => matches!(of, Type::Any | Type::List(_)),
            Self::Bools => Self::list_of(of, |item| Self::Bool.takes(item)),
            Self::Amounts => Self::list_of(of, amount),
            Self::Numbers => Self::list_of(of, |item| Self::Number.takes(item)),
            Self::Texts => Self::list_of(of, text),
            Self::Lists => Self::list_of(of, |item| Self::List.takes(item)),
            Self::Ordered => Self::list_of(of, |item| {
                amount(item) || text(item) || matches!(item, Type::Date | Type::Instant)
            }),
        }
    }

    fn list_of(of: &Type, item: impl Fn(&Type) -> bool) -> bool {
        match of {
            Type::Any => true,
            Type::List(of) => item(of),
            _ => false,
        }
    }

    /// As a sentence says it, Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Any | Self::Same | Self::Both | Self::Item => ("任意值", "anything"),
            Self::Bool => ("是/否", "yes or no"),
            Self::Number => ("数字", "a number"),
            Self::NumberOrMoney => ("数字或金额", "a number or money"),
            Self::Text => ("文字", "text"),
            Self::Date => ("日期", "a day"),
            Self::DateLike => ("日期、时刻或文字", "a day, an instant or text"),
            Self::Instant => ("时刻", "an instant"),
            Self::Amount => ("数字、金额或时长", "a number, money or a length of time"),
            Self::TextOrList => ("文字或列表", "text or a list"),
            Self::List => ("列表", "a list"),
            Self::Bools => ("是/否的列表", "a list of yes/no"),
            Self::Amounts => {
                ("数字、金额或时长的列表", "a list of numbers, money or lengths of time")
            }
            Self::Ordered => ("可比较大小的值的列表", "a list of values that have an order"),
            Self::Numbers => ("数字的列表", "a list of numbers"),
            Self::Texts => ("文字的列表", "a list of texts"),
            Self::Lists => ("列表的列表", "a list of lists"),
        }
    }
}
