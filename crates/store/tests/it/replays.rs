//! Replays of drafts: one run at a time, alive or not, its changes in pages and within scope.

use crate::support::{Bench, NOW, on_both};
use base::{Day, Instant};
use engine::VerdictFacts;
use engine::decision::Judged;
use engine::warranty::Given;
use serde_json::json;
use std::borrow::Cow;
use store::draft::NewDraft;
use store::replay::{NewReplay, NewReplayChange, ReplayFilter, SILENCE};
use store::{Scope, StoreError};

fn given(covered: bool) -> Given<'static> {
    Given { covered: Some(covered), remedy: Some(Cow::Borrowed("replace")), ..Given::default() }
}

async fn draft(bench: &Bench) -> i64 {
    let draft = NewDraft {
        title: "t".into(),
        reason: "r".into(),
        base: "hash".into(),
        files: vec![],
        event: ("created", json!({})),
    };
    bench.store.new_draft(draft, bench.adviser, NOW).await.expect("a draft").id
}

#[test]
fn one_run_at_a_time_and_a_silent_one_gives_way() {
    on_both(|bench: Bench| async move {
        let (draft, scope, terms) = (draft(&bench).await, Scope::company(), json!({"a": 1}));
        let new = NewReplay {
            draft,
            text_hash: "text",
            terms: &terms,
            scope: &scope,
            person: bench.adviser,
        };
        let begin = |at: i64| bench.store.begin_replay(&new, Instant(NOW.0 + at));
        assert_eq!(bench.store.replay(draft).await.unwrap(), None);
        let first = begin(0).await.unwrap();
        assert_eq!(begin(SILENCE).await, Err(StoreError::Taken("replay")));
        let later = Instant(NOW.0 + 5);
        assert!(bench.store.beat_replay((draft, first), "judging", (3, 9), later).await.unwrap());
        let row = bench.store.replay(draft).await.unwrap().expect("a run");
        assert_eq!((row.done, row.total, row.beat_at, &row.scope), (3, 9, later, &scope));
        assert_eq!((row.phase.as_str(), &row.terms), ("judging", &terms));
        let second = begin(SILENCE + 6).await.unwrap();
        let old = (draft, first);
        assert!(!bench.store.beat_replay(old, "judging", (4, 9), later).await.unwrap());
        let report = json!({"n": 1});
        let end = async |run, state, report| {
            bench.store.end_replay((draft, run), state, report, later).await.unwrap()
        };
        assert!(!end(first, "done", Some(&report)).await, "another run took its place");
        assert!(end(second, "done", Some(&report)).await);
        assert!(!end(second, "cancelled", None).await, "it is over");
        let row = bench.store.replay(draft).await.unwrap().expect("a run");
        assert_eq!((row.state.as_str(), row.report), ("done", Some(report)));
    });
}

#[test]
fn changes_are_read_in_pages_by_their_keys_and_within_scope() {
    on_both(|bench: Bench| async move {
        let mut verdicts = Vec::new();
        for _ in 0..3 {
            let case = bench.open_case().await;
            let mut change = bench.moving(case, "judged", NOW).await;
            let facts = VerdictFacts {
                component: "li_battery".into(),
                reported_on: Day::constant(2026, 11, 20),
                ..VerdictFacts::default()
            };
            let judged = Judged { facts, given: given(true), row: None, release: "hash".into() };
            change.case.decision.judged = vec![judged];
            bench.store.apply(&change, NOW).await.unwrap();
        }
        let (all, never) = (Scope::company(), Instant::NEVER);
        assert!(bench.store.any_past_verdict(&all).await.unwrap());
        assert!(!bench.store.any_past_verdict(&Scope::station(&bench.other)).await.unwrap());
        for past in bench.store.past_verdicts(&all, Instant(0), never, 0).await.unwrap() {
            verdicts.push((past.id, past.case, past.number));
        }
        let draft = draft(&bench).await;
        let (scope, terms) = (Scope::company(), json!({}));
        let person = bench.adviser;
        let new = NewReplay { draft, text_hash: "text", terms: &terms, scope: &scope, person };
        let run = (draft, bench.store.begin_replay(&new, NOW).await.unwrap());
        let change = |nth: usize, model: &str, turn: &str| NewReplayChange {
            verdict: verdicts[nth].0,
            turn: turn.into(),
            part: "li_battery".into(),
            cost_fen: Some(-100),
            model: model.into(),
            station: "S".into(),
            month: "2026-11".into(),
            was: given(true),
            becomes: given(false),
        };
        let changes = [change(0, "A", "lost"), change(1, "", "lost"), change(2, "A", "open")];
        bench.store.put_replay_changes(run, 0, &changes).await.unwrap();
        let read = async |scope: &Scope, filter: ReplayFilter, after, limit| {
            let page = bench.store.replay_changes(run, scope, &filter, (after, limit)).await;
            page.unwrap().iter().map(|row| row.place).collect::<Vec<_>>()
        };
        let none = ReplayFilter::default;
        let model = |key: &str| ReplayFilter { model: Some(key.into()), ..none() };
        let lost = ReplayFilter { turn: "lost".into(), ..none() };
        for (scope, filter, after, limit, seen) in [
            (&all, none(), -1, 9, vec![0, 1, 2]),
            (&all, none(), 0, 1, vec![1]),
            (&all, model("A"), -1, 9, vec![0, 2]),
            (&all, model(""), -1, 9, vec![1]),
            (&all, lost, -1, 9, vec![0, 1]),
            (&Scope::station(&bench.other), none(), -1, 9, vec![]),
        ] {
            assert_eq!(read(scope, filter, after, limit).await, seen);
        }
        let (row, judged) = bench.store.replay_change(run, &all, verdicts[1].0).await.unwrap();
        assert_eq!((&row.change, &row.number), (&changes[1], &verdicts[1].2));
        assert_eq!((judged.facts.component.as_str(), row.case), ("li_battery", verdicts[1].1));
        let other = Scope::station(&bench.other);
        let hidden = bench.store.replay_change(run, &other, verdicts[1].0).await;
        assert_eq!(hidden.map(|_| ()), Err(StoreError::NotFound("verdict")));
        let numbers = bench.store.case_numbers(&[verdicts[0].1]).await.unwrap();
        assert_eq!(numbers.get(&verdicts[0].1), Some(&verdicts[0].2));
        bench.store.end_replay(run, "done", None, NOW).await.unwrap();
        bench.store.begin_replay(&new, NOW).await.unwrap();
        assert_eq!(read(&all, none(), -1, 9).await, Vec::<i64>::new(), "the next one forgets it");
    });
}
