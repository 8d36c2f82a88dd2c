//! One length, more than nothing, with warnings and windows inside it.

use super::super::Checker;
use crate::expr::{Expr, Value};
use crate::model::{
    Action, Deadline, Effect, Length, LengthCase, LengthTable, Process, Trigger, Warning,
};
use base::time::{Span, SpanUnit};

pub(super) fn check(checker: &mut Checker<'_>, deadline: &Deadline, path: &str) {
    if deadline.within.is_some() == deadline.until.is_some() {
        checker.error(
            "deadline-length",
            path,
            format!("时限“{}”要写 within（多长）或 until（到何时），只能写一个", deadline.id),
            format!("the deadline `{}` has either `within` or `until`, one of them", deadline.id),
        );
    }
    for (key, there, with) in [
        ("before", deadline.before.is_some() && deadline.until.is_none(), "until"),
        ("not_before", deadline.not_before.is_some() && deadline.within.is_none(), "within"),
    ] {
        if there {
            checker.error(
                "deadline-length",
                &format!("{path}/{key}"),
                format!("{key} 只能与 {with} 一起用"),
                format!("`{key}` goes with `{with}` only"),
            );
        }
    }
    let own = [("before", deadline.before), ("repeat", deadline.repeat)];
    let own = own.into_iter().filter_map(|(key, span)| Some((key, span?)));
    for (key, span) in deadline.lengths().filter_map(|(key, l)| Some((key, l.span?))).chain(own) {
        if span.count <= 0 {
            checker.error(
                "deadline-length",
                &format!("{path}/{key}"),
                format!("{key} 要大于 0"),
                format!("`{key}` is more than 0"),
            );
        }
    }
    match &deadline.within {
        Some(Length::Cases(cases)) => of_cases(checker, cases, &format!("{path}/within")),
        Some(Length::Table(table)) => of_table(checker, table, &format!("{path}/within")),
        Some(Length::One(_)) | None => {}
    }
    window(checker, deadline, path);
    for (index, warning) in deadline.warn.iter().enumerate() {
        of_warning(checker, deadline, warning, &format!("{path}/warn/{index}"));
    }
    if deadline.extension.as_ref().is_some_and(|limit| limit.times == 0) {
        checker.error(
            "deadline-extension",
            &format!("{path}/extension"),
            "extension 的 times 要大于 0；不许延期就不写 extension",
            "`times` of `extension` is more than 0; where nothing is extended, leave it out",
        );
    }
}

/// Lengths by condition: the last is for all other cases, and only the last.
fn of_cases(checker: &mut Checker<'_>, cases: &[LengthCase], path: &str) {
    let last = cases.len().saturating_sub(1);
    let open = cases.last().is_none_or(|case| case.when.is_some());
    let shadowed = cases.iter().take(last).any(|case| case.when.is_none());
    let wrong: Option<(&str, &str)> = if open {
        Some((
            "within 的最后一项不写 when，表示其余情形；否则条件都不成立时没有时限",
            "the last of `within` has no `when`: without it there is no length where no condition \
             holds",
        ))
    } else if shadowed {
        Some((
            "within 里没有 when 的一项之后，其余各项永远用不到；把它放到最后",
            "behind a length without `when` the others are never reached; put it last",
        ))
    } else {
        None
    };
    if let Some((zh, en)) = wrong {
        checker.error("deadline-length", path, zh, en);
    }
}

/// A table says a length in every row.
fn of_table(checker: &mut Checker<'_>, named: &LengthTable, path: &str) {
    let Some(table) = checker.release.tables.get(&named.table) else {
        let known = checker.release.tables.keys().map(String::as_str);
        let (zh, en) = crate::expr::suggest::nearest(&named.table, known);
        checker.error(
            "unknown-table",
            path,
            format!("没有叫“{}”的表{zh}", named.table),
            format!("there is no table `{}`{en}", named.table),
        );
        return;
    };
    let Some(column) = table.outputs.iter().position(|output| output.name == named.output) else {
        let (id, output) = (&named.table, &named.output);
        checker.error(
            "deadline-length",
            path,
            format!("表 {id} 没有结果列“{output}”"),
            format!("the table {id} has no output column `{output}`"),
        );
        return;
    };
    let bad = (0..table.len()).filter_map(|n| table.row(n)).find(|row| {
        let cell = row.outputs.get(column);
        !matches!(cell, Some(Value::Text(text)) if Span::parse(text).is_some_and(|s| s.count > 0))
    });
    if let Some(row) = bad {
        let (id, row) = (&named.table, &row.id);
        checker.error(
            "deadline-length",
            path,
            format!(
                "表 {id} 的行 {row} 没有写成文字的时长；结果列设 type = \"text\"，写 2 h、3 workday"
            ),
            format!(
                "the row {row} of the table {id} gives no length written as text; give the column \
                 type = \"text\" and write 2 h, 3 workday"
            ),
        );
    }
}

fn window(checker: &mut Checker<'_>, deadline: &Deadline, path: &str) {
    let opens = deadline.not_before.as_ref().and_then(|length| length.span);
    if let (Some(opens), Some(whole)) = (opens, deadline.span())
        && (longer(opens, whole) || opens == whole && whole.seconds().is_some())
    {
        checker.error(
            "deadline-length",
            &format!("{path}/not_before"),
            format!("{opens} 之后才可以做，而 {whole} 就到期：没有可以按时做的时间"),
            format!("it opens after {opens} and is due after {whole}: no time is in time"),
        );
    }
}

fn of_warning(checker: &mut Checker<'_>, deadline: &Deadline, warning: &Warning, path: &str) {
    if warning.before.is_some() == warning.opens {
        checker.error(
            "missing-key",
            path,
            "提醒要写 before（到期前多久）或 opens = true（窗口打开时），只能写一个",
            "a warning has either `before` (how long before it is due) or `opens = true`",
        );
    }
    if warning.opens && deadline.not_before.is_none() {
        checker.error(
            "deadline-length",
            path,
            "没有写 not_before，就没有窗口打开的时刻",
            "without `not_before` there is no window that opens",
        );
    }
    let before = warning.before.as_ref().and_then(|length| length.span);
    if let (Some(whole), Some(before)) = (deadline.span(), before)
        && (longer(before, whole) || before == whole && whole.seconds().is_some())
    {
        checker.error(
            "warning-too-early",
            path,
            format!("提前 {before} 提醒，而时限只有 {whole}"),
            format!("the warning comes {before} before, but the time is only {whole}"),
        );
    }
}

/// Whether a length is longer than another wherever the calendar stands.
fn longer(one: Span, other: Span) -> bool {
    if one.unit == other.unit {
        return one.count > other.count;
    }
    let shortest = |span: Span| match span.unit {
        SpanUnit::Min => span.count.saturating_mul(60),
        SpanUnit::H => span.count.saturating_mul(3600),
        SpanUnit::D | SpanUnit::Workday => span.count.saturating_mul(86_400),
        SpanUnit::Mo => span.count.saturating_mul(28 * 86_400),
    };
    let longest = |span: Span| match span.unit {
        SpanUnit::Min | SpanUnit::H => span.seconds(),
        SpanUnit::D => span.count.checked_add(1)?.checked_mul(86_400),
        SpanUnit::Mo => span.count.checked_mul(31)?.checked_add(1)?.checked_mul(86_400),
        SpanUnit::Workday => None,
    };
    longest(other).is_some_and(|longest| shortest(one) > longest)
}

/// A date that only what stops the clock writes is never there while it runs.
pub(super) fn until(checker: &mut Checker<'_>, process: &Process, rule: &Deadline, path: &str) {
    let paths = rule.until.iter().flat_map(Expr::paths);
    let fields: Vec<String> = paths
        .filter_map(|names| match names.as_slice() {
            [root, field, ..] if root == "data" => Some(field.clone()),
            _ => None,
        })
        .collect();
    for field in fields {
        let writes = |action: &&Action| {
            let form = action.form.as_ref().and_then(|id| checker.release.forms.get(id));
            let set = |e: &Effect| matches!(e, Effect::Set { set, .. } if *set == field);
            form.is_some_and(|form| form.fields.iter().any(|f| f.id == field))
                || action.effects.iter().any(set)
        };
        let by: Vec<&Action> = process.all_actions().filter(writes).collect();
        let stops = |action: &&Action| rule.stops.contains(&Trigger::Action(action.id.clone()));
        let starts = |action: &&Action| rule.starts.contains(&Trigger::Action(action.id.clone()));
        if !by.is_empty() && by.iter().all(|a| stops(a) && !starts(a)) {
            checker.error(
                "deadline-until",
                &format!("{path}/until"),
                format!("“data.{field}”只在停止计时的动作里填写，计时期间一直没有日期"),
                format!(
                    "`data.{field}` is only filled in by what stops the clock: there is no date \
                     while it runs"
                ),
            );
        }
    }
}
