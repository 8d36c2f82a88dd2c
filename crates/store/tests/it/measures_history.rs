//! Any history of cases (reopened, entered late, breached and annulled, moved to another station)
//! leaves numbers that are the sum of its journal: before folding, halfway and after, for each
//! scope.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, change, decided, on_both};
use base::{CaseId, Day, Instant, OrgId};
use engine::count::Tally;
use engine::{Actor, ActorKind, Command, Decision, Delta, Facts, LateEntry, Opening};
use engine::{Outcome, decide};
use rulebook::{PackSource, Release};
use serde_json::Map;
use std::collections::BTreeMap;
use store::measures::{CountsQuery, Grain, TallyQuery};
use store::{Scope, Store};

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

[[action]]
id = "finish"
title = { zh = "完成", en = "Finish" }
from = ["there"]
to = "done"
by = ["technician"]

[[action]]
id = "reopen"
title = { zh = "重新打开", en = "Reopen" }
from = ["done"]
to = "there"
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
id = "doer"
title = { zh = "办理人", en = "Done by" }
value = "event.actor"
of = "person"

[[measure]]
id = "breaches"
title = { zh = "超时", en = "Breaches" }
on = ["*/deadline/*/breached"]

[[measure]]
id = "arrivals"
title = { zh = "到达", en = "Arrivals" }
on = ["visit/arrive"]
undo = ["visit/leave"]
by = ["doer"]

[[measure]]
id = "finished"
title = { zh = "完成", en = "Finished" }
on = ["visit/finish"]
undo = ["visit/reopen"]

[[measure]]
id = "wait"
title = { zh = "等待", en = "Wait" }
unit = "duration"
on = ["visit/arrive"]
undo = ["visit/arrive"]
value = "event.at - case.opened_at"
buckets = ["1 h", "4 h", "1 d"]

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

const ACTIONS: [Option<&str>; 6] =
    [Some("arrive"), Some("arrive"), Some("leave"), Some("finish"), Some("reopen"), None];
const HISTORIES: u64 = 14;

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

/// Chance from a seed: the same history each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: i64) -> i64 {
        // Numerical Recipes' constants; the high bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 40).unwrap() % n
    }
}

/// One case from its opening through whatever happens to it; what its entries counted.
async fn history(b: &Bench, release: &Release, seed: u64) -> Vec<Delta> {
    let mut dice = Dice(seed);
    let mut now = NOW.plus_seconds(dice.below(40 * 24) * 3_600);
    let (mut case, mut counted): (Option<CaseId>, Vec<Delta>) = (None, vec![]);
    for _ in 0..6 + dice.below(10) {
        now = now.plus_seconds(600 + dice.below(30 * 3_600));
        let loaded = match case {
            Some(id) => Some(b.store.case(id, &Scope::company()).await.unwrap()),
            None => None,
        };
        let action = if case.is_none() {
            Some("open")
        } else {
            ACTIONS[usize::try_from(dice.below(6)).unwrap()]
        };
        let late = case.is_some() && action.is_some() && dice.below(3) == 0;
        let occurred = if late { now.plus_seconds(-dice.below(20 * 3_600)) } else { now };
        let command = command(b, action, case.is_none(), now, late.then_some(occurred));
        let state = loaded.as_ref().map(|loaded| &loaded.state);
        let outcome = decide(release, state, &Facts::default(), &command, now);
        // What is refused is no part of a history.
        let Outcome::Decided(decision) = outcome else { continue };
        let mut decision: Decision = *decision;
        if case.is_none() {
            decision.case.number = Some(format!("V{seed:04}"));
        }
        counted.extend(decision.entries.iter().flat_map(|entry| entry.counted.clone()));
        if dice.below(5) == 0 {
            decision.case.org = b.other.id;
        }
        let loaded = loaded.map(|loaded| loaded.at);
        case = Some(b.store.apply(&change(decided(decision, loaded)), now).await.unwrap().case);
    }
    counted
}

fn command(
    b: &Bench,
    action: Option<&str>,
    opens: bool,
    now: Instant,
    late: Option<Instant>,
) -> Command {
    let timer = Command::timer(now);
    let actor = Actor {
        roles: vec!["technician".into()],
        kind: if action.is_some() { ActorKind::Person } else { timer.actor.kind },
        person: action.map(|_| b.technician),
        ..timer.actor.clone()
    };
    Command {
        action: action.map(str::to_owned),
        opening: opens.then(|| Opening {
            process: "visit".into(),
            org: b.station.id,
            unit: None,
            customer: None,
            parent: None,
        }),
        form: Map::new(),
        reason: None,
        actor,
        occurred_at: late.unwrap_or(now),
        late: late
            .map(|_| LateEntry { paper: "7".into(), reason: "停电".into(), photos: vec![] }),
        ..timer
    }
}

type Sums = BTreeMap<(String, OrgId, String), Tally>;

/// Only what is left of it: what was taken back entirely is nothing.
fn left(mut sums: Sums) -> Sums {
    for tally in sums.values_mut() {
        tally.classes.retain(|_, times| *times != 0);
    }
    sums.retain(|_, tally| *tally != Tally::default());
    sums
}

/// The numbers as the page of figures reads them, by measure, station and day.
async fn read(store: &Store, release: &Release, scope: &Scope) -> Sums {
    let measures: Vec<String> = release.measures.keys().cloned().collect();
    let query = TallyQuery {
        measures: &measures,
        from: Day::constant(2026, 1, 1),
        to: Day::constant(2027, 12, 31),
        grain: Grain::Day,
        by_org: true,
        only: &BTreeMap::new(),
    };
    let rows = store.tallies(&query, scope).await.unwrap();
    left(rows.into_iter().map(|r| ((r.measure, r.org.unwrap(), r.period), r.tally)).collect())
}

async fn compare(b: &Bench, release: &Release, counted: &[Delta], when: &str) {
    for (scope, orgs) in [
        (Scope::company(), vec![b.station.id, b.other.id]),
        (Scope::station(&b.station), vec![b.station.id]),
        (Scope::subtree(&b.other), vec![b.other.id]),
    ] {
        let mut sums = Sums::new();
        for delta in counted.iter().filter(|delta| orgs.contains(&delta.org)) {
            let key = (delta.measure.clone(), delta.org, delta.day.to_string());
            sums.entry(key).or_default().add(delta.bucket, delta.times, delta.amount);
        }
        assert_eq!(read(&b.store, release, &scope).await, left(sums), "{when}");
    }
}

/// The list behind a number adds up to it.
async fn behind(b: &Bench, release: &Release, counted: &[Delta]) {
    let all = Scope::company();
    for measure in release.measures.keys() {
        let query = CountsQuery {
            measure: measure.clone(),
            from: Day::constant(2026, 1, 1),
            to: Day::constant(2027, 12, 31),
            only: BTreeMap::new(),
        };
        let of_it = || counted.iter().filter(|delta| delta.measure == *measure);
        let number: (i64, i64) = (of_it().map(|d| d.times).sum(), of_it().map(|d| d.amount).sum());
        let rows = b.store.counted_cases(&query, &all, &all, 0, 200).await.unwrap();
        let listed = (rows.iter().map(|r| r.times).sum(), rows.iter().map(|r| r.amount).sum());
        assert_eq!(listed, number, "{measure}");
        assert_eq!(b.store.counted_shown(&query, &all, &all).await.unwrap(), number, "{measure}");
    }
}

#[test]
fn numbers_of_any_history_are_the_sum_of_its_journal() {
    on_both(|b: Bench| async move {
        let release = release();
        let mut counted = Vec::new();
        for seed in 1..=HISTORIES {
            counted.extend(history(&b, &release, seed).await);
            if seed % 4 == 0 {
                b.store.fold_measures(9).await.unwrap();
                compare(&b, &release, &counted, &format!("halfway, after history {seed}")).await;
            }
        }
        for measure in release.measures.keys() {
            let seen = counted.iter().filter(|delta| delta.measure == *measure);
            let (up, down): (Vec<&Delta>, Vec<&Delta>) = seen.partition(|d| d.times > 0);
            assert!(!up.is_empty(), "{measure} was never counted: the histories are too tame");
            assert!(!down.is_empty() || measure == "late", "{measure} was never taken back");
        }
        while b.store.fold_measures(500).await.unwrap() == 500 {}
        compare(&b, &release, &counted, "folded").await;
        behind(&b, &release, &counted).await;
        assert_eq!(b.store.verify(None).await.unwrap().problems, [], "the journal says the same");
        b.store.refold_measures().await.unwrap();
        compare(&b, &release, &counted, "summed anew").await;
    });
}
