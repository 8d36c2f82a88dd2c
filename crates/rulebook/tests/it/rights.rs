//! The statement of the consumer's rights (三包权利说明): read from the tables that judge, and whole
//! before a pack that promises it is published.

use crate::shop::{compiled, shop, shown};
use rulebook::rights::rights;
use rulebook::{Compiled, PackSource};

const COVERAGE: &str = "\
id,clause,component,fault,in_term,measurements.capacity_pct,→covered,→remedy,→payer
tube-leak,SH-1,tube,leak,yes,,yes,replace,maker
battery-low,SH-1,battery,low_capacity,yes,< 60,yes,replace,maker
battery-fit,SH-1,battery,low_capacity,yes,>= 60,no,repair_at_charge,customer
battery-dead,SH-1,battery,no_charge,yes,,yes,repair,maker
otherwise,SH-1,,,,,no,repair_at_charge,customer
";

/// The shop with rules of cover, and the promise to state them.
fn promising(coverage: &str) -> PackSource {
    let mut pack = shop();
    let mut add =
        |file: &str, text: &str| pack.files.entry(file.into()).or_default().push_str(text);
    add("catalog/faults.csv", "low_capacity,容量不足,Low capacity,battery,\n");
    add("tables/coverage.csv", coverage);
    add("term.toml", "rights_clause = [\"SH-1\"]\n");
    pack
}

fn incomplete(compiled: &Compiled) -> Vec<&str> {
    let found = compiled.findings.iter().filter(|found| found.code == "rights-incomplete");
    found.map(|found| found.sentence.en.as_str()).collect()
}

#[test]
fn each_part_states_how_long_what_for_and_by_what_standard() {
    let compiled = compiled(promising(COVERAGE));
    let said = shown(&compiled);
    let release = compiled.release.unwrap_or_else(|| panic!("the pack is wrong:\n{said}"));
    let told = rights(&release);
    let rows = told.iter().flat_map(|right| {
        let periods = right
            .periods
            .iter()
            .map(|p| format!("{:?} {} {:?}", p.faults, p.span.count, p.span.unit));
        let standards = right.standards.iter().map(|s| {
            let tests: Vec<_> = s
                .tests
                .iter()
                .map(|(name, _, test)| {
                    let column = name.as_str().trim_start_matches("measurements.");
                    format!("{} {test}", column.trim_end_matches("_pct"))
                })
                .collect();
            format!("{:?} {tests:?} {} {}", s.faults, s.covered, s.remedy)
        });
        let of = |said: String| format!("{}: {said}", right.component.id);
        periods.chain(standards).map(of).collect::<Vec<_>>()
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [
            "tube: [\"leak\"] 15 D",
            "tube: [\"leak\"] [] true replace",
            "battery: [] 12 Mo",
            "battery: [\"no_charge\"] [] true repair",
            "battery: [\"low_capacity\"] [\"capacity < 60\"] true replace",
            "battery: [\"low_capacity\"] [\"capacity >= 60\"] false repair_at_charge",
        ]
    );
}

#[test]
fn a_part_without_a_covered_fault_is_not_published() {
    let without = |row: &str| {
        let lines: Vec<_> = COVERAGE.lines().filter(|line| !line.starts_with(row)).collect();
        compiled(promising(&(lines.join("\n") + "\n")))
    };
    assert_eq!(incomplete(&without("no such row")), Vec::<&str>::new());
    assert_eq!(incomplete(&without("battery-dead")), Vec::<&str>::new(), "one fault is left");
    let found = without("tube-leak");
    assert!(found.release.is_none(), "{}", shown(&found));
    let [sentence] = incomplete(&found)[..] else { panic!("{}", shown(&found)) };
    assert!(sentence.contains("`tube`"), "{sentence}");
}

#[test]
fn a_standard_that_promises_no_statement_may_leave_a_part_out() {
    let mut pack = promising(
        "id,clause,component,→covered,→remedy,→payer\nbattery,SH-1,battery,yes,repair,maker\n",
    );
    let term = pack.files.get_mut("term.toml").expect("its term");
    *term = term.replace("rights_clause", "# rights_clause");
    assert_eq!(incomplete(&compiled(pack)), Vec::<&str>::new());
}
