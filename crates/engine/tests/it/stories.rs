//! The packs' own examples are tests of the engine; and a story that is wrong says where and why.

use crate::packs;
use rulebook::model::{Example, Step};
use serde_json::json;

#[test]
fn the_examples_of_the_packs_pass() {
    let report = engine::example::run(packs::ebike());
    let failed: Vec<String> = report
        .results
        .iter()
        .filter_map(|result| {
            let text = result.failure.as_ref()?;
            Some(format!("{} {}: {}", result.at, result.name, text.en))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(report.results.len() > 100, "the packs bring their examples");
    assert!(report.traces.bit.contains("coverage/battery-low"));
    assert!(report.traces.passed.contains("coverage/battery-low"));
}

/// What a story that begins so says of its first fault.
fn fails(change: impl FnOnce(&mut Example)) -> String {
    let person = json!({"roles": ["service_advisor"]});
    let mut example = Example {
        name: "test".into(),
        process: Some("repair_order".into()),
        given: json!({"unit": {"model": "RF-R6", "registered": true}})
            .as_object()
            .cloned()
            .unwrap_or_default(),
        people: [("wang".to_owned(), person.as_object().cloned().unwrap_or_default())].into(),
        steps: vec![step("open", "wang", &json!({"symptom": "跑不远"}))],
        ..Example::default()
    };
    change(&mut example);
    let (result, _) = engine::example::run_one(packs::ebike(), &example);
    result.failure.map(|text| text.en).unwrap_or_default()
}

fn step(act: &str, by: &str, form: &serde_json::Value) -> Step {
    Step {
        act: Some(act.into()),
        by: Some(by.into()),
        form: form.as_object().cloned().unwrap_or_default(),
        ..Step::default()
    }
}

#[test]
fn a_story_that_is_wrong_says_where_and_why() {
    assert_eq!(fails(|_| {}), "");
    let said = fails(|e| e.process = Some("nothing".into()));
    assert!(said.contains("no process `nothing`"), "{said}");
    let said = fails(|e| e.steps[0].by = Some("li".into()));
    assert!(said.contains("step 1 (open)") && said.contains("no `li`"), "{said}");
    let said = fails(|e| e.steps[0].form.clear());
    assert!(said.contains("form-invalid") && said.contains("symptom"), "{said}");
    let said = fails(|e| e.steps[0].refused = Some("certified".into()));
    assert!(said.contains("`certified` should refuse it"), "{said}");
    let said = fails(|e| e.steps[0].state = vec!["main.repairing".into()]);
    assert!(said.contains("main.repairing") && said.contains("main.received"), "{said}");
    let said = fails(|e| {
        e.steps[0].data.insert("symptom".into(), json!("坏了"));
    });
    assert!(said.contains("symptom should be"), "{said}");
    let said = fails(|e| e.steps[0].at = Some("tomorrow".into()));
    assert!(said.contains("no local time"), "{said}");
    let said = fails(|e| e.steps[0].at = Some("+2 moons".into()));
    assert!(said.contains("is no time"), "{said}");
}
