//! What the checker says of a table: codes, lines, counter-examples.

use super::table;
use crate::expr::Type;
use crate::table::check::check_within;
use crate::table::{Domain, check};
use std::collections::BTreeMap;

fn scope() -> Type {
    let keys = |keys: &[&str]| Type::Choice(keys.iter().map(|k| (*k).to_owned()).collect());
    let measurements = BTreeMap::from([("capacity_pct".to_owned(), Type::Number)]);
    let fields = [
        ("component", keys(&["inner_tube", "li_battery", "fork"])),
        ("fault", keys(&["leak", "low_capacity", "fracture"])),
        ("in_term", Type::Bool),
        ("causes", Type::List(Box::new(keys(&["impact", "self_patched", "misuse"])))),
        ("measurements", Type::Record(measurements)),
        ("age", Type::Seconds),
        ("term", Type::Months),
        ("sold", Type::Date),
        ("reported_at", Type::Instant),
        ("price", Type::Money),
        ("code", Type::Text),
        ("open", Type::Any),
    ];
    Type::Record(fields.into_iter().map(|(name, of)| (name.to_owned(), of)).collect())
}

fn findings(csv: &str, sidecar: &str) -> Vec<String> {
    let domains = BTreeMap::from([(
        "measurements.capacity_pct".to_owned(),
        Domain::Numbers(Some(0.into()), Some(100.into())),
    )]);
    let found = check(&table(csv, sidecar), &scope(), &domains);
    assert!(found.iter().all(|f| f.sentence.zh.chars().any(|c| c > '\u{2e80}')), "{found:?}");
    found
        .iter()
        .map(|f| {
            assert_eq!(f.at.file, "tables/t.csv");
            format!("{} {} {}", f.at.line, f.code, f.sentence.en)
        })
        .collect()
}

const COVERAGE: &str = "\
id,clause,component,fault,in_term,causes,measurements.capacity_pct,→covered,→remedy
tube-patched,,inner_tube,,,self_patched,,no,repair_at_charge
tube-leak,,inner_tube,leak,yes,,,yes,replace
fork-impact,,fork,,,impact,,no,replace_at_charge
battery-low,,li_battery,low_capacity,yes,,< 60,yes,replace
battery-old,,li_battery,,no,,,no,replace_at_charge
in-term-other,,,,yes,,,yes,repair
otherwise,,,,,,,no,repair_at_charge
";

#[test]
fn a_sound_table_has_no_findings() {
    assert_eq!(findings(COVERAGE, ""), Vec::<String>::new());
}

#[test]
fn each_defect_is_found_once_with_its_line_and_a_counter_example() {
    // From the sound table: replace one text by another, and what is said then.
    for (from, to, says) in [
        (
            "otherwise,,,,,,,no,repair_at_charge\n",
            "",
            "7 table-gap no row fits component = inner_tube, fault = leak, in_term = no, \
             causes = [], measurements.capacity_pct",
        ),
        (
            "otherwise,,,,,,,",
            "otherwise,,li_battery|inner_tube|fork,leak|fracture,,,,",
            "8 table-gap no row fits component = inner_tube, fault = low_capacity, in_term = no",
        ),
        (
            "otherwise,,,,,,,",
            "otherwise,,,,,,not(60),",
            "measurements.capacity_pct = 60. Add a row",
        ),
        ("otherwise,,,,,,,", "otherwise,,,,,not(misuse),,", "causes = [misuse]"),
        (
            "in-term-other,,,,yes,,,yes,repair\n",
            "in-term-other,,,,yes,,,yes,repair\nlate,,fork,leak,yes,,,no,x\n",
            "8 table-row-never-fires the row `late` can never fire: in-term-other above always \
             comes first",
        ),
        (
            "in-term-other,,,,yes,,,yes,repair\n",
            "old-other,,,,no,,,no,x\nin-term-other,,,,yes,,,yes,repair\n",
            "9 table-row-never-fires the row `otherwise` can never fire: tube-patched, tube-leak, \
             fork-impact, battery-low, battery-old, old-other, in-term-other above",
        ),
        (
            "< 60",
            "> 100",
            "5 table-never-matches the cell `> 100` (column measurements.capacity_pct)",
        ),
        (
            "fork-impact,,fork",
            "fork-impact,,frok",
            "4 table-unknown-key the column component never is \
             `frok`; did you mean fork",
        ),
        ("impact,,no", "impcat,,no", "4 table-unknown-key the column causes never is `impcat`"),
        (
            ",causes,",
            ",cause,",
            "1 expr-unknown-name column cause: there is no fact cause; did you \
             mean causes",
        ),
        (
            ",in_term,",
            ",term,",
            "3 table-cell-type the column term is a length of months, but `yes` \
             asks yes or no",
        ),
        (
            "measurements.capacity_pct",
            "measurements",
            "5 table-cell-type the column measurements is a record, but `< 60` asks a number; ask \
             one of its fields",
        ),
    ] {
        let csv = COVERAGE.replacen(from, to, 1);
        assert_ne!(csv, COVERAGE, "{from}");
        let found = findings(&csv, "");
        assert_eq!(found.len(), 1, "{from} → {to}: {found:#?}");
        assert!(found[0].contains(says), "{from} → {to}: {found:#?}");
    }
}

#[test]
fn kinds_of_cells_and_facts_must_agree() {
    let csv = |column: &str, cell: &str| format!("id,clause,{column},→o\nr1,,{cell},1\nr2,,,2\n");
    for (column, cell, says) in [
        ("age", "< 30 d", ""),
        ("term", "[12 mo..24 mo]", ""),
        ("sold", "< 2026-01-01", ""),
        ("price", "> 50 yuan", ""),
        ("price", "> 0", "the column price is money, but `> 0` asks a number"),
        ("open", "> 0", ""),
        ("open", "x|y", ""),
        ("age", "< 30", "the column age is a length of time, but `< 30` asks a number"),
        ("age", "< 2 mo", "is a length of time, but `< 2 mo` asks a number of months"),
        ("reported_at", "< 2026-01-01", "expr = \"date(reported_at)\""),
        ("code", "01|02", "write [input.code] type = \"text\""),
        ("component", "yes", "but `yes` asks yes or no"),
        ("causes", "> 3", "is a list of text, but `> 3` asks a number"),
        ("in_term", "yess", "is yes or no, but `yess` asks text"),
    ] {
        let found = findings(&csv(column, cell), "").join("; ");
        let right = if says.is_empty() { found.is_empty() } else { found.contains(says) };
        assert!(right, "{column} {cell}: {found}");
    }
}

#[test]
fn under_unique_and_any_boxes_may_not_overlap() {
    let csv = "id,clause,age,component,→o\n\
        young,,< 30 d,,x\nmiddle,,[30 d..90 d],,x\nold,,>= 90 d,fork,y\n";
    for (hit, says) in [
        (
            "unique",
            "4 table-overlap the rows `middle` (line 3) and `old` both fit age = 90 d, \
             component = fork, but under unique only one may",
        ),
        ("any", "4 table-overlap the rows `middle` (line 3) and `old` both fit"),
    ] {
        let found = findings(csv, &format!("hit = \"{hit}\"\ntotal = false"));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains(says), "{found:#?}");
    }
    // Under *any* two rows may say the same of the same facts.
    let same = csv.replace("fork,y", "fork,x");
    assert_eq!(findings(&same, "hit = \"any\"\ntotal = false"), Vec::<String>::new());
    let gap = findings(&csv.replace(">= 90 d", "> 95 d"), "hit = \"unique\"").join("; ");
    assert!(gap.contains("table-gap no row fits age = 91 d"), "{gap}");
}

#[test]
fn a_column_that_changes_nothing_is_noted() {
    for (csv, column) in [
        ("id,clause,in_term,code,→o\na,,yes,,1\nb,,no,,2\n", "code asks nothing in any row"),
        ("id,clause,in_term,code,→o\na,,yes,x,1\nb,,yes,,1\nc,,,,2\n", "code changes no answer"),
        (
            "id,clause,in_term,age,→o\na,,yes,< 5 d,1\nb,,yes,>= 5 d,1\nc,,no,,2\n",
            "age changes no answer",
        ),
    ] {
        let found = findings(csv, "");
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains("table-idle-column") && found[0].contains(column), "{found:#?}");
    }
}

#[test]
fn a_cell_that_names_null_makes_the_missing_fact_a_case_of_its_own() {
    let csv = "id,clause,in_term,→o\nunknown,,null,0\nyes,,yes,1\nno,,no,2\n";
    assert_eq!(findings(csv, ""), Vec::<String>::new());
    let gap = findings(&csv.replace("unknown,,null,0\n", "not,,not(null),3\n"), "").join("; ");
    assert!(gap.contains("in_term = (missing)") && gap.contains("`yes` can never fire"), "{gap}");
}

#[test]
fn a_row_for_a_list_of_several_is_not_called_out_of_reach() {
    // Only a list with impact and misuse, and without self_patched, passes the rows above.
    let csv = "id,clause,causes,component,→o\na,,not(impact),,1\nb,,not(misuse),,2\n\
        c,,self_patched,,3\nd,,,fork,4\ne,,,,5\n";
    assert_eq!(findings(csv, ""), Vec::<String>::new());
    let dead = findings(&csv.replace("self_patched", "self_patched|impact"), "").join("; ");
    assert!(dead.contains("`d` can never fire"), "{dead}");
}

#[test]
fn total_is_a_promise_that_collect_may_give_too() {
    let csv = "id,clause,age,→points\nyoung,,< 30 d,1\nold,,> 30 d,2\n";
    for (sidecar, gap) in [
        ("", true),
        ("total = true", true),
        ("total = false", false),
        ("hit = \"collect\"", false),
        ("hit = \"collect\"\ntotal = true", true),
    ] {
        let found = findings(csv, sidecar).join("; ");
        assert_eq!(found.contains("no row fits age = 30 d"), gap, "{sidecar}: {found}");
    }
}

#[test]
fn the_search_says_when_it_gave_up() {
    let gave_up = |budget| {
        let found = check_within(&table(COVERAGE, ""), &scope(), &BTreeMap::new(), budget);
        found.iter().any(|f| f.code == "table-search-gave-up")
    };
    assert!(gave_up(5));
    assert!(!gave_up(10_000));
}
