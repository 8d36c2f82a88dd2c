//! Deadlines and calendars that cannot be meant: each is a sentence on its line.

use crate::shop::{compiled, edited};

const REPAIR: &str = "processes/repair.toml";
const CALENDARS: &str = "calendars.toml";
const YEAR: &str = "[calendar.years.2026]\n";
const WITHIN: &str = "within = \"24 h\"";

fn check(file: &str, from: &str, to: &str, code: &str, part: &str) {
    let compiled = compiled(edited(file, from, to));
    let registry = include_str!("../../../../errors.toml");
    assert!(registry.contains(&format!("code = \"{code}\"\n")), "errors.toml lacks {code}");
    let found = compiled.findings.iter().find(|f| f.code == code);
    let all: Vec<_> = compiled.findings.iter().map(|f| (f.code, &f.sentence.en)).collect();
    let found = found.unwrap_or_else(|| panic!("no {code} for {to:?}, but {all:?}"));
    assert!(found.sentence.en.contains(part), "{:?} does not say {part:?}", found.sentence.en);
    assert_eq!(found.at.file, format!("shop/{file}"), "{to:?}");
}

#[test]
fn a_clock_that_cannot_be_meant_is_told() {
    for (from, to, code, part) in [
        (
            "\"enter received\"",
            "\"leave delivered\"",
            "deadline-trigger",
            "`leave main.delivered` never",
        ),
        ("\"enter received\"", "\"customer acts\"", "deadline-trigger", "never happens"),
        ("[\"leave received\"]", "[\"action open\"]", "deadline-trigger", "never stops"),
        ("\"working\"]", "\"waiting_supplier\"]", "deadline-pauses", "kind waiting_supplier"),
        (WITHIN, "within = \"24 h\"\ncalendar = \"workdays\"", "deadline-calendar", "nothing"),
        (WITHIN, "within = \"24 h\"\nnot_before = \"2 d\"", "deadline-length", "opens after 2 d"),
        (WITHIN, "until = \"today\"\nnot_before = \"2 d\"", "deadline-length", "`within` only"),
        (WITHIN, "within = []", "deadline-length", "no `when`"),
        (WITHIN, "within = [{ when = \"true\", span = \"1 h\" }]", "deadline-length", "last"),
        (WITHIN, "within = [{ span = \"1 h\" }, { span = \"2 h\" }]", "deadline-length", "behind"),
        (WITHIN, "within = { table = \"reply\" }", "unknown-table", "no table `reply`"),
        (WITHIN, "within = \"24 h\"\nextension = { times = 1 }", "deadline-extension", "no action"),
        ("before = \"4 h\"", "opens = true", "deadline-length", "`not_before`"),
        ("before = \"4 h\", ", "", "missing-key", "`before`"),
        ("before = \"4 h\"", "before = \"3 d\"", "warning-too-early", "3 d before"),
    ] {
        check(REPAIR, from, to, code, part);
    }
}

#[test]
fn a_calendar_that_cannot_be_meant_is_told() {
    for (from, to, code, part) in [
        ("source = \"test\"", "source = \"\"", "calendar-source", "2026 name no source"),
        ("2026-10-01,", "2025-10-01,", "calendar-day", "no day of 2026"),
        ("source =", "workdays = [\"2026-10-05\"]\nsource =", "calendar-day", "no weekend day"),
        (YEAR, "hours = [\"09:00-12:00\", \"11:00-18:00\"]\n", "calendar-hours", "overlap"),
        (YEAR, "like = \"weekdays\"\n", "unknown-calendar", "`weekdays`"),
    ] {
        let to = if from == YEAR { format!("{to}{YEAR}") } else { to.to_owned() };
        check(CALENDARS, from, &to, code, part);
    }
    let year = "[calendar.years.2026]\nsource = \"test\"\nholidays = [2026-10-01, \"2026-10-02\"]";
    check(CALENDARS, year, "", "calendar-empty", "knows no year");
}

#[test]
fn a_calendar_that_ends_in_the_year_it_takes_effect_is_told() {
    let mut pack = edited(REPAIR, WITHIN, "within = \"2 workday\"\ncalendar = \"workdays\"");
    let info = pack.files.get_mut("rulebook.toml").expect("a pack has one");
    *info = info.replace("version = \"0.1.0\"", "version = \"0.1.0\"\neffective = \"2026-03-01\"");
    let compiled = compiled(pack);
    let found = compiled.findings.iter().find(|f| f.code == "calendar-ends");
    let found = found.expect("2027 is not announced");
    assert!(found.sentence.en.contains("add the holidays of 2027"), "{}", found.sentence.en);
}
