//! Calendars: days of the year they stand under, a source for each year, and time that counts.

use super::Checker;
use crate::model::Release;
use base::Day;
use base::calendar::{Calendar, YearPlan};
use base::time::{SpanUnit, add_days};
use jiff::civil::Weekday;

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for (id, calendar) in &release.calendars {
        let path = format!("calendar/{id}");
        if calendar.years.is_empty() && !calendar.daily {
            checker.error(
                "calendar-empty",
                &path,
                format!(
                    "日历“{id}”没有任何一年的数据；写 [calendar.years.2026]、like 或 daily = true"
                ),
                format!(
                    "the calendar `{id}` knows no year; write [calendar.years.2026], `like` or \
                     daily = true"
                ),
            );
        }
        hours(checker, id, calendar, &path);
        for (year, plan) in &calendar.years {
            of_year(checker, *year, plan, &format!("{path}/years/{year}"));
        }
        runs_out(checker, release, id, calendar, &path);
    }
}

/// Opening hours in order, none inside another.
fn hours(checker: &mut Checker<'_>, id: &str, calendar: &Calendar, path: &str) {
    if let Some(pair) = calendar.hours.windows(2).find(|pair| pair[0].to > pair[1].from) {
        let (one, other) = (pair[0], pair[1]);
        checker.error(
            "calendar-hours",
            &format!("{path}/hours"),
            format!("日历“{id}”的营业时间 {one} 与 {other} 重叠或次序不对"),
            format!("the opening hours {one} and {other} of `{id}` overlap or are out of order"),
        );
    }
}

fn of_year(checker: &mut Checker<'_>, year: i16, plan: &YearPlan, path: &str) {
    if plan.source.trim().is_empty() {
        checker.error(
            "calendar-source",
            path,
            format!("{year}年的节假日没有写出处（source），例如国务院办公厅的通知文号"),
            format!("the holidays of {year} name no source, such as the State Council's notice"),
        );
    }
    let weekend = |day: &Day| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = plan.holidays.iter().chain(&plan.workdays);
    let stray = days.clone().find(|day| day.year() != year);
    let wrong = stray
        .map(|day| (format!("{day} 不在 {year} 年"), format!("{day} is no day of {year}")))
        .or_else(|| {
            let day = plan.workdays.iter().find(|day| plan.holidays.contains(day))?;
            Some((
                format!("{day} 既写成放假又写成上班"),
                format!("{day} stands among the holidays and among the days that are worked"),
            ))
        })
        .or_else(|| {
            let day = plan.workdays.iter().find(|day| !weekend(day))?;
            Some((
                format!("{day} 不是周末，写成调休上班不起作用"),
                format!("{day} is no weekend day: to name it as a make-up day changes nothing"),
            ))
        })
        .or_else(|| {
            let calendar = Calendar { years: [(year, plan.clone())].into(), ..Calendar::default() };
            let first = Day::new(year, 1, 1).ok()?;
            let mut all = (0..366).filter_map(|n| add_days(first, n));
            let works = all.any(|day| calendar.is_workday(day) == Ok(true));
            (!works).then(|| {
                (format!("{year}年没有一个工作日"), format!("{year} has not one working day"))
            })
        });
    if let Some((zh, en)) = wrong {
        checker.error("calendar-day", path, zh, en);
    }
}

/// Holidays are announced year by year: who takes effect in the last year known is told in time.
fn runs_out(
    checker: &mut Checker<'_>,
    release: &Release,
    id: &str,
    calendar: &Calendar,
    path: &str,
) {
    let effective = release.packs.iter().rev().find_map(|pack| pack.effective);
    let last = calendar.years.last_key_value().map(|(year, _)| *year);
    let (Some(effective), Some(last)) = (effective, last) else { return };
    let counts = |span: base::time::Span| span.unit == SpanUnit::Workday;
    let used = release.processes.values().flat_map(|process| &process.deadlines).any(|rule| {
        rule.calendar == id
            && (!calendar.hours.is_empty()
                || rule.lengths().filter_map(|(_, length)| length.span).any(counts))
    });
    if calendar.daily || !used || last > effective.year() {
        return;
    }
    checker.note(
        "calendar-ends",
        path,
        format!(
            "制度自{effective}起施行，日历“{id}”只到{last}年；{}年的放假通知公布后要加上，\
             否则跨年的工作日时限没有到期日",
            last + 1
        ),
        format!(
            "the release takes effect on {effective}, but the calendar `{id}` ends with {last}: \
             add the holidays of {} when they are announced; until then deadlines in working \
             days that reach into it have no date",
            last + 1
        ),
    );
}
