//! What the parser says, as sentences in both languages.

use crate::expr::suggest;
use crate::{Finding, Place};

/// A syntax error of TOML.
pub(super) fn syntax(at: Place, message: &str) -> Finding {
    Finding::error(
        "toml-syntax",
        at,
        format!("这里不是正确的 TOML 写法：{message}"),
        format!("this is not TOML: {message}"),
    )
}

/// The key of a *missing field* message.
pub(super) fn missing_key(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

/// A value of the wrong shape, told apart by what serde says.
pub(super) fn shape(at: Place, message: &str) -> Finding {
    if let Some(key) = missing_key(message) {
        return Finding::error(
            "missing-key",
            at,
            format!("缺少“{key}”"),
            format!("`{key}` is missing here"),
        );
    }
    if let Some((name, known)) = unknown(message, "unknown field `") {
        let (zh, en) = suggest::nearest(&name, known.iter().map(String::as_str));
        let zh = format!("没有叫“{name}”的键{zh}");
        return Finding::error("unknown-key", at, zh, format!("there is no key `{name}`{en}"));
    }
    if let Some((name, known)) = unknown(message, "unknown variant `") {
        let (zh, en) = suggest::nearest(&name, known.iter().map(String::as_str));
        let zh = format!("不认识“{name}”{zh}");
        return Finding::error("unknown-word", at, zh, format!("`{name}` is not known{en}"));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ")
        && let Some((found, expected)) = rest.split_once(", expected ")
    {
        let (zh, en) = kind_word(expected);
        return Finding::error(
            "wrong-type",
            at,
            format!("这里应是{zh}，却是 {}", found_word(found)),
            format!("this should be {en}, but it is {found}"),
        );
    }
    custom(at, message)
}

/// Sentences of our own types, which serde passes on as they are.
fn custom(at: Place, message: &str) -> Finding {
    let name = message.split('`').nth(1).unwrap_or_default();
    if message.contains("is no length of time") {
        return Finding::error(
            "bad-span",
            at,
            format!(
                "“{name}”不是时间长度；写数字加 min、h、d、workday、mo 或 y，例如 \"24 h\"、\"半年\""
            ),
            message,
        );
    }
    if message.contains("starts or stops nothing") {
        return Finding::error(
            "bad-trigger",
            at,
            format!(
                "“{name}”不能启动或停止时限；写 \"enter 状态\"、\"leave 状态\" 或 \"action 动作\""
            ),
            message,
        );
    }
    if message.ends_with("untagged enum Requirement") {
        return Finding::error(
            "wrong-type",
            at,
            "required 应是 true、false 或一个表达式（加引号）",
            "required should be true, false or an expression in quotes",
        );
    }
    Finding::error(
        "bad-value",
        at,
        format!("这个值不能用：{message}"),
        format!("this value cannot be used: {message}"),
    )
}

/// Name and known names of ``unknown field `x`, expected one of `a`, `b` ``.
fn unknown(message: &str, start: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix(start)?;
    let (name, rest) = rest.split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Some((name.to_owned(), known))
}

fn kind_word(expected: &str) -> (&'static str, &'static str) {
    match expected {
        "a string" | "a borrowed string" => ("文字（加引号）", "text in quotes"),
        "a boolean" => ("true 或 false", "true or false"),
        "a sequence" => ("列表 [ … ]", "a list [ … ]"),
        e if e.starts_with("struct") || e.contains("map") => (
            "一组键值，例如 { zh = \"…\", en = \"…\" }",
            "a table, for example { zh = \"…\", en = \"…\" }",
        ),
        e if e.starts_with(['u', 'i', 'f']) => ("数字", "a number"),
        _ => ("另一种值", "another kind of value"),
    }
}

fn found_word(found: &str) -> String {
    for (en, zh) in [
        ("integer", "整数"),
        ("string", "文字"),
        ("floating point", "小数"),
        ("boolean", "是/否"),
        ("sequence", "列表"),
        ("map", "一组键值"),
    ] {
        if let Some(rest) = found.strip_prefix(en) {
            return format!("{zh}{rest}");
        }
    }
    found.to_owned()
}
