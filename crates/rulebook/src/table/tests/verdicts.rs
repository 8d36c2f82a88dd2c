//! The tables of the three guarantees: scope, exclusions and coverage, with missing facts.

use super::{facts, table};
use crate::table::{Answer, Table, Tri};
use serde_json::{Value as Json, json};

const COVERAGE: &str = "\
id,clause,component,fault,in_term,cause,capacity_pct,→covered,→remedy,→payer
tube-patched,EB-7.1.1.1b,inner_tube,,,self_patched,,no,repair_at_charge,customer
tube-leak,EB-7.1.1.1a,inner_tube,leak|pinhole,yes,,,yes,replace,maker
frame-impact,EB-7.1.1.5b,frame|handlebar|fork,,,impact,,no,replace_at_charge,customer
battery-low,EB-7.1.2.1a,li_battery,low_capacity,yes,,< 60,yes,replace,maker
battery-old,EB-7.1.2.1b,li_battery,,no,,,no,replace_at_charge,customer
in-term-other,EB-7.0,,,yes,,,yes,repair,maker
otherwise,EB-7.3,,,,,,no,repair_at_charge,customer
";

const SIDECAR: &str = "
[input.cause]
expr = \"causes\"
[input.capacity_pct]
expr = \"measurements.capacity_pct\"
";

/// The table of exclusions, where it is meant that no row may fit.
const EXCLUSIONS: &str = "\
id,clause,component,class,evidence.card,causes,→covered
no-card,EB-7.2.4,,,no,,no
against-manual,EB-7.2.1,,,,misuse,no
modified,EB-7.2.2a,,,,modification|self_patched,no
wearing,EB-7.2.5,not(inner_tube),wearing|consumable,,,no
";

fn shown(table: &Table, given: &Json) -> String {
    let hit = table.evaluate(&facts(given));
    match hit.answer {
        Answer::Decided => {
            let row = hit.row.unwrap_or_default();
            let outputs: Vec<String> = hit.outputs.values().map(ToString::to_string).collect();
            format!("{row} {} {}", hit.clauses.join("+"), outputs.join("/"))
        }
        Answer::Undetermined => format!("missing {}", hit.missing.join(", ")),
        Answer::NoRow => "no row".into(),
        Answer::Conflict => format!("conflict: {}", hit.problem.expect("a sentence").en),
        Answer::Failed => format!("failed: {}", hit.problem.expect("a sentence").en),
    }
}

fn check(cases: &[(Json, &str)]) {
    let coverage = table(COVERAGE, SIDECAR);
    for (given, answer) in cases {
        assert_eq!(shown(&coverage, given), *answer, "{given}");
    }
}

#[test]
fn a_battery_is_replaced_below_its_capacity_within_its_term() {
    let battery = |more: Json| {
        let mut given = json!({ "component": "li_battery", "fault": "low_capacity",
            "in_term": true, "causes": [], "measurements": { "capacity_pct": 58 } });
        for (name, value) in more.as_object().expect("an object") {
            given[name] = value.clone();
        }
        given
    };
    let covered = "battery-low EB-7.1.2.1a true/maker/replace";
    check(&[
        (battery(json!({})), covered),
        (battery(json!({ "measurements": { "capacity_pct": 59.999 } })), covered),
        // Exactly 60 % is not below 60 %: the general rule stands.
        (
            battery(json!({ "measurements": { "capacity_pct": 60 } })),
            "in-term-other EB-7.0 true/maker/repair",
        ),
        (
            battery(json!({ "in_term": false })),
            "battery-old EB-7.1.2.1b false/customer/replace_at_charge",
        ),
        // The measurement decides between replacing and repairing: it is asked for.
        (battery(json!({ "measurements": {} })), "missing measurements.capacity_pct"),
        (battery(json!({ "measurements": null })), "missing measurements.capacity_pct"),
        // Out of term the measurement does not matter.
        (
            battery(json!({ "measurements": {}, "in_term": false })),
            "battery-old EB-7.1.2.1b false/customer/replace_at_charge",
        ),
        (battery(json!({ "in_term": null })), "missing in_term"),
        (
            battery(json!({ "in_term": null, "measurements": {} })),
            "missing in_term, measurements.capacity_pct",
        ),
        // For another fault of the battery the measurement is not asked.
        (
            battery(json!({ "fault": "no_charge", "measurements": {} })),
            "in-term-other EB-7.0 true/maker/repair",
        ),
        (
            battery(json!({ "measurements": { "capacity_pct": "58" } })),
            "failed: the column capacity_pct of the table t asks a number, it got 58",
        ),
        (
            battery(json!({ "in_term": "yes" })),
            "failed: the column in_term of the table t asks yes or no, it got yes",
        ),
    ]);
}

#[test]
fn an_established_cause_excludes_and_an_unknown_one_is_asked_for() {
    let tube = |cause: Json, in_term: Json| {
        let (component, fault) = ("inner_tube", "leak");
        json!({ "component": component, "fault": fault, "in_term": in_term, "causes": cause })
    };
    let at_charge = "otherwise EB-7.3 false/customer/repair_at_charge";
    check(&[
        (tube(json!([]), json!(true)), "tube-leak EB-7.1.1.1a true/maker/replace"),
        (
            tube(json!(["impact", "self_patched"]), json!(true)),
            "tube-patched EB-7.1.1.1b false/customer/repair_at_charge",
        ),
        (tube(json!(null), json!(true)), "missing causes"),
        // Whether patched or not, out of term the rider pays for the repair: nothing is missing.
        (tube(json!(null), json!(false)), at_charge),
        (tube(json!(["misuse", null]), json!(true)), "missing causes"),
        (tube(json!([null]), json!(false)), at_charge),
        (
            json!({ "component": "fork", "causes": ["impact"], "in_term": true }),
            "frame-impact EB-7.1.1.5b false/customer/replace_at_charge",
        ),
        (
            json!({ "component": "fork", "causes": [], "in_term": true }),
            "in-term-other EB-7.0 true/maker/repair",
        ),
        // `cause` reads one key as well as a list of them.
        (
            json!({ "component": "fork", "causes": "impact", "in_term": true }),
            "frame-impact EB-7.1.1.5b false/customer/replace_at_charge",
        ),
    ]);
}

#[test]
fn exclusions_may_have_no_row() {
    let exclusions = table(EXCLUSIONS, "total = false");
    for (given, answer) in [
        (json!({ "evidence": { "card": true }, "causes": [], "class": "main" }), "no row"),
        (
            json!({ "evidence": { "card": false }, "causes": ["misuse"], "class": "main" }),
            "no-card EB-7.2.4 false",
        ),
        // All rows say the same, and one surely fits: the missing card changes nothing.
        (json!({ "causes": ["misuse"], "class": "main" }), "against-manual EB-7.2.1 false"),
        (json!({ "causes": [], "class": "main" }), "missing evidence.card"),
        (
            json!({ "component": "inner_tube", "class": "wearing", "causes": [],
                "evidence": { "card": true } }),
            "no row",
        ),
        (
            json!({ "component": "tire", "class": "wearing", "causes": [],
                "evidence": { "card": true } }),
            "wearing EB-7.2.5 false",
        ),
        (
            json!({ "class": "wearing", "causes": [], "evidence": { "card": true } }),
            "missing component",
        ),
        (json!({ "class": "main", "causes": [], "evidence": { "card": true } }), "no row"),
    ] {
        assert_eq!(shown(&exclusions, &given), answer, "{given}");
    }
}

#[test]
fn the_why_shows_the_deciding_row_cell_by_cell() {
    let given = json!({ "component": "li_battery", "fault": "low_capacity", "in_term": true,
        "causes": [], "measurements": { "capacity_pct": 58 } });
    let hit = table(COVERAGE, SIDECAR).evaluate(&facts(&given));
    let cells: Vec<String> = hit.considered[0]
        .cells
        .iter()
        .map(|cell| format!("{}: {} [{}]", cell.column, cell.value, cell.test))
        .collect();
    assert_eq!(
        cells,
        [
            "component: li_battery [li_battery]",
            "fault: low_capacity [low_capacity]",
            "in_term: true [yes]",
            "capacity_pct: 58 [< 60]",
        ]
    );
    assert_eq!(hit.considered[0].fits, Tri::Yes);

    let open = json!({ "component": "li_battery", "fault": "low_capacity", "in_term": true,
        "causes": [] });
    let hit = table(COVERAGE, SIDECAR).evaluate(&facts(&open));
    let rows: Vec<_> = hit.considered.iter().map(|why| (why.row.as_str(), why.fits)).collect();
    assert_eq!(rows, [("battery-low", Tri::Unknown), ("in-term-other", Tri::Yes)]);
    assert!(hit.outputs.is_empty() && hit.row.is_none());
}

#[test]
fn a_table_without_a_row_answers_otherwise() {
    let given = json!({ "component": "li_battery", "fault": "low_capacity", "in_term": true,
        "causes": [], "measurements": { "capacity_pct": 58 } });
    let mutant = table(COVERAGE, SIDECAR).without("battery-low");
    assert_eq!(shown(&mutant, &given), "in-term-other EB-7.0 true/maker/repair");
}

#[test]
fn rows_and_paths_are_listed_for_coverage_and_fact_plans() {
    let coverage = table(COVERAGE, SIDECAR);
    let (id, clauses, line) = coverage.rows().nth(3).expect("a fourth row");
    assert_eq!((id, clauses[0].as_str(), line), ("battery-low", "EB-7.1.2.1a", 5));
    let paths: Vec<String> = coverage.paths().into_iter().map(|path| path.join(".")).collect();
    assert_eq!(paths.join(" "), "component fault in_term causes measurements.capacity_pct");
}
