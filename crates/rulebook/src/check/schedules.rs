//! Schedules: what they open exists and can be opened by nobody but the calendar, and each period
//! has a day.

use super::Checker;
use super::expressions::{condition, typed};
use super::names::{CALENDAR, FIELD, PROCESS};
use crate::model::schedule::{Every, MonthDay, Schedule, Shift, Subjects};
use crate::model::scope::{Scope, field_type};
use crate::model::{FieldKind, Grade, Process, Requirement};
use base::time::SpanUnit;

/// Kinds of fields nobody can fill who is not there.
const BY_HAND: &[FieldKind] =
    &[FieldKind::Photos, FieldKind::Signature, FieldKind::File, FieldKind::Measurement];

pub(super) fn check(checker: &mut Checker<'_>) {
    for schedule in checker.release.schedules.values() {
        let path = format!("schedule/{}", schedule.id);
        days(checker, schedule, &path);
        ages(checker, schedule, &path);
        calendar(checker, schedule, &path);
        let processes = &checker.release.processes;
        let known = processes.keys().map(String::as_str);
        checker.exists(PROCESS, &schedule.opens, known, &format!("{path}/opens"));
        if let Some(process) = processes.get(&schedule.opens) {
            opened(checker, schedule, process, &path);
        }
        expressions(checker, schedule, &path);
    }
}

/// A period has its day: what says which, and nothing that says nothing.
fn days(checker: &mut Checker<'_>, schedule: &Schedule, path: &str) {
    let most = match schedule.every {
        Every::Year => 12,
        Every::Quarter => 3,
        Every::Day | Every::Week | Every::Month => 0,
    };
    let by_month = matches!(schedule.every, Every::Month | Every::Quarter | Every::Year);
    match schedule.month {
        Some(month) if !(1..=most).contains(&month) => checker.error(
            "schedule-day",
            &format!("{path}/month"),
            if most == 0 {
                "month 只用于 every = \"year\" 或 \"quarter\"".to_owned()
            } else {
                format!("month 应是 1 到 {most}，这里是 {month}")
            },
            if most == 0 {
                "`month` is for every = \"year\" or \"quarter\"".to_owned()
            } else {
                format!("`month` is 1 to {most}, here it is {month}")
            },
        ),
        _ => {}
    }
    let wrong_day = match &schedule.day {
        Some(day) if by_month => day.in_month(31).is_none(),
        Some(_) => true,
        None => by_month,
    };
    if wrong_day {
        let shown = match &schedule.day {
            Some(MonthDay::Number(day)) => day.to_string(),
            Some(MonthDay::Word(word)) => word.clone(),
            None => "—".to_owned(),
        };
        checker.error(
            "schedule-day",
            &format!("{path}/day"),
            format!("按月、季、年的任务写 day = 1 到 31 或 \"last\"，其他不写；这里是 {shown}"),
            format!(
                "by month, quarter or year write day = 1 to 31 or \"last\", otherwise none; here \
                 it is {shown}"
            ),
        );
    }
    if schedule.weekday.is_some() != (schedule.every == Every::Week) {
        checker.error(
            "schedule-day",
            &format!("{path}/weekday"),
            "每周的任务要写 weekday（mon 到 sun），其他不写",
            "a weekly schedule needs `weekday` (mon to sun), and no other has it",
        );
    }
}

/// A schedule for vehicles says of which age, looks every day, and counts by days or months.
fn ages(checker: &mut Checker<'_>, schedule: &Schedule, path: &str) {
    let of_units = schedule.each == Subjects::Unit;
    let (zh, en) = if of_units && schedule.age.is_empty() {
        (
            "each = \"unit\" 要写 age：车辆售出满多久时，例如 [\"6 mo\", \"12 mo\"]",
            "each = \"unit\" needs `age`: how long after the sale, as [\"6 mo\", \"12 mo\"]",
        )
    } else if !of_units && !schedule.age.is_empty() {
        ("age 只用于 each = \"unit\"", "`age` is for each = \"unit\"")
    } else if of_units && (schedule.every != Every::Day || schedule.shift == Some(Shift::Skip)) {
        (
            "each = \"unit\" 的任务每日都查：every = \"day\"，不写 shift",
            "a schedule for vehicles looks every day: every = \"day\" and no `shift`",
        )
    } else {
        let spans = schedule.age.iter().filter_map(|age| age.span);
        let counts = |span: base::time::Span| {
            span.count > 0 && matches!(span.unit, SpanUnit::Mo | SpanUnit::D)
        };
        if spans.clone().all(counts) {
            return;
        }
        ("age 按天或月计，例如 \"90 d\"、\"12 mo\"", "`age` counts days or months, as \"90 d\"")
    };
    checker.error("schedule-age", &format!("{path}/age"), zh, en);
}

fn calendar(checker: &mut Checker<'_>, schedule: &Schedule, path: &str) {
    if let Some(calendar) = &schedule.calendar {
        let known = checker.release.calendars.keys().map(String::as_str);
        checker.exists(CALENDAR, calendar, known, &format!("{path}/calendar"));
    }
    if schedule.shift.is_some() != schedule.calendar.is_some() {
        checker.error(
            "schedule-shift",
            &format!("{path}/shift"),
            "shift 与 calendar 要同时写：按哪份日历、遇休息日怎么办",
            "`shift` and `calendar` stand together: which days are off, and what happens then",
        );
    }
    if schedule.every == Every::Day && matches!(schedule.shift, Some(Shift::Next | Shift::Previous))
    {
        checker.error(
            "schedule-shift",
            &format!("{path}/shift"),
            "每日的任务遇休息日只能写 shift = \"skip\"，否则几天挤在同一天",
            "a daily schedule has shift = \"skip\" only: otherwise several days fall on one",
        );
    }
}

/// The start of the process is open to `@system`, and its form is filled without anybody there.
fn opened(checker: &mut Checker<'_>, schedule: &Schedule, process: &Process, path: &str) {
    let start = &process.start;
    let opens = format!("{path}/opens");
    if !start.by.iter().any(|by| by == "@system") {
        checker.error(
            "schedule-start",
            &opens,
            format!("流程“{}”的 start 不许 @system 开单：在 by 中加上 \"@system\"", process.id),
            format!("the start of `{}` is not open to @system: add it to `by`", process.id),
        );
    }
    if (process.subject == "unit") != (schedule.each == Subjects::Unit) {
        let of_units = schedule.each == Subjects::Unit;
        checker.note(
            "schedule-start",
            &opens,
            if of_units {
                format!("流程“{}”不是关于车辆的（subject），却为每辆车开", process.id)
            } else {
                format!("流程“{}”是关于车辆的，定期开出的单没有车辆", process.id)
            },
            if of_units {
                format!("`{}` is not about a vehicle (`subject`), yet opened for each", process.id)
            } else {
                format!("`{}` is about a vehicle; what a schedule opens has none", process.id)
            },
        );
    }
    if let Some(require) = start.requires.iter().find(|r| r.grade == Grade::Reason) {
        checker.error(
            "schedule-start",
            &opens,
            format!("开单条件“{}”要写理由（grade = \"reason\"），定期任务写不了", require.id),
            format!("the start asks for a reason (`{}`), which a schedule cannot give", require.id),
        );
    }
    let form = start.form.as_ref().and_then(|id| checker.release.forms.get(id));
    let fields = form.map(|form| form.fields.as_slice()).unwrap_or_default();
    for id in schedule.form.keys() {
        let known = fields.iter().map(|field| field.id.as_str());
        checker.exists(FIELD, id, known, &format!("{path}/form/{id}"));
    }
    for field in fields {
        let asked = matches!(field.required, Requirement::Always(true));
        let filled = field.value.is_some() || schedule.form.contains_key(&field.id);
        if asked && !filled && field.kind != FieldKind::Computed {
            checker.error(
                "schedule-field",
                &opens,
                format!("开单表单的必填项“{}”没有给值：在 form 中写表达式", field.id),
                format!("the start form needs `{}`: give it an expression in `form`", field.id),
            );
        }
        if schedule.form.contains_key(&field.id) && BY_HAND.contains(&field.kind) {
            checker.error(
                "schedule-field",
                &format!("{path}/form/{}", field.id),
                format!("“{}”只能由人当场填写，定期任务给不了", field.id),
                format!("`{}` is filled by somebody who is there, not by a schedule", field.id),
            );
        }
    }
}

/// Conditions and answers, typed against what a schedule knows.
fn expressions(checker: &mut Checker<'_>, schedule: &Schedule, path: &str) {
    let scope = Scope::of_schedule(checker.release, schedule.each == Subjects::Unit);
    if let Some(filter) = &schedule.filter {
        condition(checker, filter, &scope, &format!("{path}/where"));
        if schedule.each == Subjects::Company {
            checker.error(
                "schedule-where",
                &format!("{path}/where"),
                "each = \"company\" 只有一个对象，不写 where",
                "each = \"company\" has one subject: it needs no `where`",
            );
        }
    }
    let release = checker.release;
    let start = release.processes.get(&schedule.opens).map(|process| &process.start);
    let form = start.and_then(|start| release.forms.get(start.form.as_ref()?));
    for (id, expr) in &schedule.form {
        let field = form.and_then(|form| form.fields.iter().find(|field| field.id == *id));
        let own = field.map(|field| field_type(field, &release.catalog));
        let words = own.as_ref().map(crate::expr::Type::words).unwrap_or_default();
        let fits = |kind: &crate::expr::Type| {
            // An organisation unit stands in a form as its id.
            own.as_ref().is_none_or(|own| kind.fits(own))
                || (field.is_some_and(|f| f.kind == FieldKind::Org)
                    && matches!(kind, crate::expr::Type::Text))
        };
        typed(checker, expr, &scope, &format!("{path}/form/{id}"), fits, &words.zh, &words.en);
    }
}
