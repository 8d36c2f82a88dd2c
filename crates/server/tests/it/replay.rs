//! A draft over the past verdicts: run in the background, seen by who sees that far, with the list
//! behind each number and both verdicts with their reasons.

use axum::http::Method;
use calamine::{Reader as _, Xlsx};
use std::io::Cursor;
use testkit::{Actor, Json, Reply, TestApp, json};

const TERM: &str = "tables/ebike-maker/term";

/// A battery judged 27 months after the sale, estimated at the customer's charge.
async fn judged(test: &TestApp) -> String {
    let unit = test.sold(27).await;
    let advisor = test.advisor().await;
    let case = advisor.open_repair(&unit, "续航短").await;
    let evidence = json!({ "card": true, "card_matches": true, "invoice": true });
    let slots = ["front", "back", "plate", "odometer"];
    let form = json!({
        "identity_confirmed": true, "evidence": evidence,
        "condition": { "exterior": true, "power": true, "brakes": true, "lights": true,
            "belongings": true },
        "photos_in": advisor.photos(&slots).await,
    });
    advisor.act(&case, "double_check", form).await.expect(200);
    let form = json!({ "reproduced": true, "component": "li_battery", "fault": "low_capacity",
        "capacity": { "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 } });
    test.technician().await.act(&case, "diagnose", form).await.expect(200);
    let judged = advisor.act(&case, "judge", json!({})).await.expect(200);
    assert_eq!(judged.at("/verdict/covered"), false, "{}", judged.text());
    let lines = json!([{ "id": "1", "item": "BAT-48-20", "quantity": 1000, "payer": "customer" }]);
    let form = json!({ "plan": "更换", "lines": lines, "planned_hours": 1.5,
        "promised_at": "2026-11-23T16:00:00+08:00" });
    advisor.act(&case, "estimate", form).await.expect(200);
    case
}

async fn begin(actor: &Actor<'_>) -> String {
    let body = json!({ "title": "电池三包期", "reason": "厂部通知" });
    let draft = actor.post("rulebook/drafts", body).await.expect(201);
    format!("rulebook/drafts/{}", draft.str("/id"))
}

/// Writes one cell of the table of terms.
async fn with_term(actor: &Actor<'_>, draft: &str, row: &str, term: &str) {
    let sheet = actor.get(&format!("{draft}/{TERM}")).await.expect(200).json();
    let columns = sheet["columns"].as_array().expect("columns");
    let at = columns.iter().position(|c| c["name"] == "duration").expect("the column");
    let mut rows = sheet["rows"].as_array().expect("rows").clone();
    for known in &mut rows {
        known.as_object_mut().expect("a row").remove("from");
        if known["id"] == row {
            known["cells"][at] = term.into();
        }
    }
    let version = actor.get(draft).await.expect(200).at("/version");
    let request = actor.request(Method::PUT, &format!("{draft}/{TERM}"));
    let request = request.header("if-match", format!("\"v{version}\""));
    actor.send(request, &json!({ "rows": rows })).await.expect(200);
}

/// Runs a replay to its end.
async fn replayed(actor: &Actor<'_>, draft: &str, order: Json) -> Reply {
    let path = format!("{draft}/replay");
    actor.post(&path, order).await.expect(202);
    loop {
        let seen = actor.get(&path).await.expect(200);
        if seen.str("/state") != "running" {
            return seen;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_longer_term_costs_what_the_part_cost_on_that_day() {
    let test = TestApp::new().await;
    let editor = test.sign_in("linxia").await;
    for (fen, from) in [(120_000, "2026-11-21"), (110_000, "2026-11-22")] {
        let body = json!({ "code": "BAT-48-20", "class": "ex_factory", "stars": null,
            "amount": fen, "effective_from": from });
        editor.post("prices", body).await.expect(201);
    }
    let draft = begin(&editor).await;
    let path = format!("{draft}/replay");
    let none = editor.get(&path).await.expect(200);
    assert_eq!((none.str("/state"), none.at("/any")), ("none".into(), json!(false)));
    editor.get(&format!("{path}/changes")).await.expect(409).refused("replay-none");
    let case = judged(&test).await;
    let same = replayed(&editor, &draft, json!({})).await;
    assert_eq!(same.str("/state"), "done", "{}", same.text());
    assert_eq!(same.at("/report/total/verdicts"), 1);
    assert_eq!(same.at("/report/total/changed"), 0, "{}", same.text());
    with_term(&editor, &draft, "battery", "30 mo").await;
    assert_eq!(editor.get(&path).await.at("/stale"), true);
    let done = replayed(&editor, &draft, json!({})).await;
    assert_eq!(done.at("/stale"), false);
    let total = done.at("/report/total");
    let wanted = json!({ "verdicts": 1, "changed": 1, "cost_fen": 120_000, "unknown": 0 });
    assert_eq!(total, wanted, "{}", done.text());
    assert_eq!(done.str("/report/turns/0/key"), "gained");
    assert_eq!(done.str("/report/parts/0/key"), "li_battery");
    assert_eq!(done.str("/report/months/0/key"), "2026-11");
    // The list behind the number, and both verdicts.
    let list = editor.get(&format!("{path}/changes?part=li_battery&turn=gained")).await;
    let list = list.expect(200);
    assert_eq!(list.str("/items/0/case/id"), case);
    assert_eq!(list.at("/items/0/was/covered"), false);
    assert_eq!(list.at("/items/0/becomes/remedy"), "replace");
    let none = editor.get(&format!("{path}/changes?turn=lost")).await.expect(200);
    assert_eq!(none.at("/items"), json!([]));
    let verdict = list.str("/items/0/verdict");
    let pair = editor.get(&format!("{path}/changes/{verdict}")).await.expect(200);
    assert_eq!(pair.at("/was/verdict/covered"), false, "{}", pair.text());
    assert_eq!(pair.at("/becomes/verdict/payer"), "maker");
    let why = |side: &str| pair.at(&format!("/{side}/verdict/because")).to_string();
    assert!(why("was").contains("24") && why("becomes").contains("30"), "{}", pair.text());
    let book = editor.get(&format!("{path}/changes.xlsx")).await.expect(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("rows");
    let said: Vec<String> =
        sheet.rows().nth(1).expect("a row").iter().map(ToString::to_string).collect();
    assert!(said.contains(&"不保改为保".to_owned()), "{said:?}");
    assert_eq!(said.last().map(String::as_str), Some("1200"));
    // Nothing personal is in any of it.
    for reply in [&done, &list, &pair] {
        assert!(!reply.text().contains("王") && !reply.text().contains("phone"));
    }
}

#[tokio::test]
async fn who_sees_less_is_not_told_and_an_edit_makes_it_old() {
    let test = TestApp::new().await;
    judged(&test).await;
    let (editor, advisor) = (test.sign_in("linxia").await, test.advisor().await);
    let draft = begin(&editor).await;
    with_term(&editor, &draft, "battery", "30 mo").await;
    let path = format!("{draft}/replay");
    advisor.post(&path, json!({})).await.expect(403).refused("forbidden");
    let wrong = json!({ "since": "2026-11-20", "until": "2026-11-01" });
    editor.post(&path, wrong).await.expect(422).refused("form-invalid");
    let before = json!({ "until": "2026-11-01" });
    let early = replayed(&editor, &draft, before).await;
    assert_eq!(early.at("/report/total/verdicts"), 0, "{}", early.text());
    let base = replayed(&editor, &draft, json!({ "against": "base" })).await;
    assert_eq!(base.at("/report/total/changed"), 1, "{}", base.text());
    let list = editor.get(&format!("{path}/changes")).await.expect(200);
    let pair = format!("{path}/changes/{}", list.str("/items/0/verdict"));
    assert_eq!(editor.get(&pair).await.expect(200).at("/was/verdict/covered"), false);
    let less = advisor.get(&path).await.expect(200);
    assert_eq!((less.str("/state"), less.at("/report")), ("hidden".into(), Json::Null));
    advisor.get(&format!("{path}/changes")).await.expect(409).refused("replay-none");
    // Handing it in raises the version of the pack, which is no rule.
    let version = editor.get(&draft).await.at("/version");
    let submit = editor.request(Method::POST, &format!("{draft}/submit"));
    let submit = submit.header("if-match", format!("\"v{version}\""));
    editor.send(submit, &json!({})).await.expect(200);
    assert_eq!(editor.get(&path).await.at("/stale"), false);
    editor.get(&pair).await.expect(200);
    let other = begin(&editor).await;
    with_term(&editor, &other, "battery", "30 mo").await;
    replayed(&editor, &other, json!({})).await;
    with_term(&editor, &other, "battery", "36 mo").await;
    let pair = format!("{other}/replay/changes/{}", list.str("/items/0/verdict"));
    editor.get(&pair).await.expect(409).refused("replay-stale");
    editor.get(&format!("{other}/replay/changes")).await.expect(200);
}

#[tokio::test]
async fn a_run_can_be_ended_and_one_cut_off_by_a_restart_says_so() {
    let test = TestApp::new().await;
    judged(&test).await;
    let editor = test.sign_in("linxia").await;
    let draft = begin(&editor).await;
    let path = format!("{draft}/replay");
    editor.post(&path, json!({})).await.expect(202);
    let ended = editor.delete(&path).await.expect(200).str("/state");
    assert!(["cancelled", "done"].contains(&ended.as_str()), "{ended}");
    // A run whose server is gone: nobody works on it any more.
    let id: i64 = draft.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let person = test.person("linxia").await.parse().expect("a person");
    let scope = store::Scope::company();
    let terms = json!({ "against": "decided", "since": null, "until": null });
    let new = store::replay::NewReplay {
        draft: id,
        text_hash: "x",
        terms: &terms,
        scope: &scope,
        person,
    };
    let long_ago = base::Instant(test.now().0 - 60_000_000);
    while test.app.store().begin_replay(&new, long_ago).await.is_err() {
        editor.delete(&path).await.expect(200);
    }
    assert_eq!(editor.get(&path).await.expect(200).str("/state"), "interrupted");
    let again = replayed(&editor, &draft, json!({})).await;
    assert_eq!(again.str("/state"), "done", "{}", again.text());
}
