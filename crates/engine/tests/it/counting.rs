//! What measures count: deltas of the entries, taken back exactly where they were counted.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use base::{Instant, OrgId};
use engine::{Actor, ActorKind, CaseState, Command, Decision, Delta, Facts, LateEntry, Opening};
use engine::{Outcome, decide};
use rulebook::{PackSource, Release};
use serde_json::Map;
use std::collections::BTreeMap;

const PROCESS: &str = r#"
id = "visit"
title = { zh = "上门", en = "Visit" }
number = "V{yyyy}-{seq:4}"
subject = "none"
area = "visit"

[start]
title = { zh = "开单", en = "Open" }
to = "waiting"
by = ["technician"]

[[state]]
id = "waiting"
title = { zh = "等待", en = "Waiting" }
kind = "working"

[[state]]
id = "there"
title = { zh = "到达", en = "There" }
kind = "working"

[[state]]
id = "done"
title = { zh = "完成", en = "Done" }
kind = "done"

[[action]]
id = "finish"
title = { zh = "完成", en = "Finish" }
from = ["there"]
to = "done"
by = ["technician"]

[[action]]
id = "arrive"
title = { zh = "到达", en = "Arrive" }
from = ["waiting"]
to = "there"
by = ["technician"]

[[action]]
id = "leave"
title = { zh = "返回", en = "Go back" }
from = ["there"]
to = "waiting"
by = ["technician"]

[[deadline]]
id = "hourly"
title = { zh = "每小时", en = "Every hour" }
starts = ["enter waiting"]
stops = ["leave waiting"]
within = "1 h"
repeat = "1 h"
clause = []
"#;

const MEASURES: &str = r#"
[[dimension]]
id = "deadline"
title = { zh = "时限", en = "Deadline" }
value = "event.subject"
of = "deadline"

[[measure]]
id = "breaches"
title = { zh = "超时", en = "Breaches" }
on = ["*/deadline/*/breached"]
by = ["deadline"]

[[measure]]
id = "annulled"
title = { zh = "撤销", en = "Annulled" }
on = ["visit/deadline/hourly/annulled"]

[[measure]]
id = "arrivals"
title = { zh = "到达", en = "Arrivals" }
on = ["visit/arrive"]
undo = ["visit/leave"]

[[measure]]
id = "wait"
title = { zh = "等待", en = "Wait" }
unit = "duration"
on = ["visit/arrive"]
value = "event.at - case.opened_at"
buckets = ["1 h", "4 h"]

[[measure]]
id = "late"
title = { zh = "补录", en = "Late" }
on = ["*/late_entry"]
"#;

const ROLES: &str = r#"
[[role]]
id = "technician"
title = { zh = "技师", en = "Technician" }
permissions = ["case_act"]
reach = "station"
"#;

fn release() -> Release {
    let files = [
        ("rulebook.toml", "id = \"v\"\ntitle = { zh = \"试\", en = \"V\" }\nversion = \"1.0.0\"\n"),
        ("roles.toml", ROLES),
        ("processes/visit.toml", PROCESS),
        ("measures.toml", MEASURES),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let compiled = rulebook::compile(&[PackSource { dir: "v".into(), files: files.into() }]);
    assert!(!compiled.has_errors(), "{:#?}", compiled.findings);
    compiled.release.unwrap()
}

/// A case and everything it counted.
struct Told {
    release: Release,
    facts: Facts,
    case: Option<CaseState>,
    counted: Vec<Delta>,
}

impl Told {
    fn new() -> Self {
        Self { release: release(), facts: Facts::default(), case: None, counted: vec![] }
    }

    fn at(&mut self, action: Option<&str>, now: Instant, occurred: Option<Instant>) -> Vec<Delta> {
        let actor = Actor { roles: vec!["technician".into()], ..Command::timer(now).actor };
        let actor = Actor { kind: ActorKind::Person, ..actor };
        let command = Command {
            action: action.map(str::to_owned),
            opening: self.case.is_none().then(|| Opening {
                process: "visit".into(),
                org: OrgId(1),
                unit: None,
                customer: None,
                parent: None,
            }),
            form: Map::new(),
            reason: None,
            actor,
            occurred_at: occurred.unwrap_or(now),
            late: occurred.map(|_| LateEntry {
                paper: "7".into(),
                reason: "停电".into(),
                photos: vec![],
            }),
            ..Command::timer(now)
        };
        let decision: Decision =
            match decide(&self.release, self.case.as_ref(), &self.facts, &command, now) {
                Outcome::Decided(decision) => *decision,
                Outcome::Ignored => return vec![],
                Outcome::Refused(refused) => panic!("{refused:?}"),
            };
        self.case = Some(decision.case);
        let new: Vec<Delta> = decision.entries.into_iter().flat_map(|e| e.counted).collect();
        self.counted.extend(new.clone());
        new
    }

    /// Totals by measure and day.
    fn totals(&self) -> BTreeMap<(String, String), i64> {
        let mut totals = BTreeMap::new();
        for delta in &self.counted {
            *totals.entry((delta.measure.clone(), delta.day.to_string())).or_default() +=
                delta.amount;
        }
        totals.retain(|_, total| *total != 0);
        totals
    }
}

fn hours(n: i64) -> Instant {
    // 2026-11-20 00:00 in Shanghai.
    Instant(1_795_104_000_000_000).plus_seconds(n * 3_600)
}

#[test]
fn an_annulled_breach_is_taken_back_on_its_own_day() {
    let mut told = Told::new();
    told.at(Some("open"), hours(22), None);
    // Breaks at 23:00, 24:00 and 25:00: one on the first day, two on the next.
    told.at(None, hours(25).plus_seconds(60), None);
    let day = |day: &str| told.totals().get(&("breaches".to_owned(), day.to_owned())).copied();
    assert_eq!((day("2026-11-20"), day("2026-11-21")), (Some(1), Some(2)));
    // It had been there at half past eleven of the first day.
    let back = told.at(Some("arrive"), hours(26), Some(hours(23).plus_seconds(1_800)));
    assert!(back.iter().any(|delta| delta.measure == "breaches" && delta.times < 0));
    let day = |day: &str| told.totals().get(&("breaches".to_owned(), day.to_owned())).copied();
    assert_eq!((day("2026-11-20"), day("2026-11-21")), (Some(1), None));
    let annulled: i64 =
        told.counted.iter().filter(|d| d.measure == "annulled").map(|d| d.amount).sum();
    // Breaks of 24:00, 25:00 and, reached meanwhile, 26:00 never happened.
    let fired = told.counted.iter().filter(|d| d.measure == "breaches" && d.times > 0);
    assert_eq!(annulled, fired.map(|d| d.times).sum::<i64>() - 1);
}

#[test]
fn what_an_event_undoes_leaves_nothing_of_the_case() {
    let mut told = Told::new();
    told.at(Some("open"), hours(8), None);
    told.at(Some("arrive"), hours(8).plus_seconds(600), None);
    told.at(Some("leave"), hours(30), None);
    assert_eq!(told.totals().keys().filter(|(m, _)| m == "arrivals").count(), 0);
    told.at(Some("arrive"), hours(31), None);
    let key = ("arrivals".to_owned(), "2026-11-21".to_owned());
    assert_eq!(told.totals().get(&key), Some(&1));
}

#[test]
fn a_late_entry_counts_on_the_day_it_happened() {
    let mut told = Told::new();
    told.at(Some("open"), hours(8), None);
    let new = told.at(Some("arrive"), hours(40), Some(hours(10)));
    let wait = new.iter().find(|delta| delta.measure == "wait").unwrap();
    assert_eq!((wait.day.to_string().as_str(), wait.amount), ("2026-11-20", 7_200));
    assert_eq!(wait.bucket, Some(1));
    assert!(new.iter().any(|d| d.measure == "late" && d.day.to_string() == "2026-11-20"));
}

#[test]
fn a_measure_that_goes_is_no_longer_counted() {
    let mut told = Told::new();
    told.release.measures.clear();
    told.at(Some("open"), hours(8), None);
    assert!(told.at(Some("arrive"), hours(40), None).is_empty());
}
