//! A child pack changes its parent by id and copies nothing.

use crate::shop::{pack, shop, shown};
use rulebook::{PackSource, compile};

const CHILD: &str = "id = \"child\"\ntitle = { zh = \"子\", en = \"Child\" }\nversion = \"1.0.0\"\n\
                     extends = [\"shop\"]\n";

fn child(files: &[(&str, &str)]) -> PackSource {
    let mut child = pack("child", files);
    child.files.entry("rulebook.toml".into()).or_insert_with(|| CHILD.to_owned());
    child
}

#[test]
fn a_process_is_refined_by_id_and_an_action_amended() {
    let refined = "refines = \"repair\"\nnumber = \"R{seq:6}\"\n\n\
        [[deadline]]\nid = \"assign_24h\"\ntitle = { zh = \"派工\", en = \"Assign\" }\n\
        starts = [\"enter received\"]\nstops = [\"leave received\"]\nwithin = \"12 h\"\n\
        clause = [\"SH-2\"]\n\n\
        [[amend]]\naction = \"deliver\"\nclause = [\"SH-1\"]\n\n\
        [[amend.require]]\nid = \"known\"\nwhen = \"case.has_unit\"\ngrade = \"note\"\n\
        refuse = { zh = \"车辆不明\", en = \"The vehicle is not known\" }\nclause = [\"SH-1\"]\n";
    let compiled = compile(&[child(&[("processes/repair.toml", refined)]), shop()]);
    assert_eq!(shown(&compiled), "");
    let release = compiled.release.expect("nothing is wrong with it");
    let repair = &release.processes["repair"];
    assert_eq!(repair.number, "R{seq:6}");
    assert_eq!(repair.states.len(), 5);
    assert_eq!(repair.deadlines[0].span().map(|span| span.count), Some(12));
    assert_eq!(repair.action("deliver").map(|a| a.requires.len()), Some(1));
    let packs: Vec<_> = release.packs.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(packs, ["shop", "child"]);
}

#[test]
fn what_is_wrong_with_an_amendment_is_found_in_the_child() {
    let amend = "refines = \"repair\"\n\n[[amend]]\naction = \"deliver\"\n\n\
        [[amend.require]]\nid = \"known\"\nwhen = \"case.has_unti\"\ngrade = \"note\"\n\
        refuse = { zh = \"车辆不明\", en = \"The vehicle is not known\" }\nclause = [\"SH-1\"]\n";
    let compiled = compile(&[shop(), child(&[("processes/repair.toml", amend)])]);
    let found = &compiled.findings[0];
    assert_eq!(
        (found.code, found.at.to_string().as_str()),
        ("expr-unknown-name", "child/processes/repair.toml:8")
    );
}

#[test]
fn rows_keep_their_place_and_an_item_can_be_dropped_with_a_reason() {
    let info = format!(
        "{CHILD}[[drop]]\nkind = \"message\"\nid = \"late\"\nclause = [\"SH-2\"]\n\
         reason = {{ zh = \"不用\", en = \"Not used\" }}\n"
    );
    let term =
        "id,clause,component,fault,duration\ntube,SH-1,tube,leak,1 mo\nbattery,SH-1,battery,,2 y\n";
    let files = [("rulebook.toml", info.as_str()), ("tables/term.csv", term)];
    let compiled = compile(&[shop(), child(&files)]);
    // The dropped message is still named by a deadline: that is found where it is named.
    let found: Vec<_> = compiled.findings.iter().map(|f| (f.code, f.at.to_string())).collect();
    assert_eq!(found, [("unknown-message", "shop/processes/repair.toml:88".to_owned())]);
}

#[test]
fn two_packs_may_not_both_define_an_item() {
    let roles = "[[role]]\nid = \"advisor\"\nreach = \"own\"\n\
                 title = { zh = \"顾问\", en = \"Advisor\" }\n";
    let stranger = CHILD.replace("extends = [\"shop\"]\n", "");
    let files = [("rulebook.toml", stranger.as_str()), ("roles.toml", roles)];
    let compiled = compile(&[shop(), child(&files)]);
    assert_eq!(compiled.findings[0].code, "two-parents");
    assert_eq!(compiled.findings[0].at.to_string(), "child/roles.toml:1");
}

#[test]
fn a_parent_that_is_not_there_and_a_circle_are_found() {
    let compiled = compile(&[child(&[])]);
    assert_eq!((compiled.findings[0].code, compiled.findings[0].at.line), ("unknown-parent", 4));
    let mut parent = shop();
    let info = parent.files.get_mut("rulebook.toml").expect("it has one");
    *info = info.replace("min_coverage", "extends = [\"child\"]\nmin_coverage");
    let compiled = compile(&[parent, child(&[])]);
    assert!(compiled.findings.iter().any(|f| f.code == "parent-circle"), "{}", shown(&compiled));
}

const COVERAGE: &str = "id,clause,component,fault,in_term,→covered,→remedy,→payer\n\
    tube,SH-1,tube,leak,yes,yes,replace,maker\n\
    otherwise,SH-1,,,,no,repair_at_charge,customer\n";
const SIDECAR: &str = "title = { zh = \"三包\", en = \"Guarantees\" }\nhit = \"first\"\n";

fn with_tables() -> PackSource {
    let mut shop = shop();
    shop.files.insert("tables/coverage.csv".into(), COVERAGE.into());
    shop.files.insert("tables/coverage.toml".into(), SIDECAR.into());
    shop
}

#[test]
fn rows_of_a_child_stand_where_they_are_put() {
    let rows = "id,clause,component,fault,in_term,→covered,→remedy,→payer,before\n\
        tube,SH-1,tube,leak,yes,yes,repair,maker,\n\
        battery,SH-1,battery,,yes,yes,replace,maker,otherwise\n";
    let compiled = compile(&[with_tables(), child(&[("tables/coverage.csv", rows)])]);
    assert_eq!(shown(&compiled), "");
    let release = compiled.release.expect("nothing is wrong with it");
    let order: Vec<_> = release.tables["coverage"].rows().map(|(id, ..)| id).collect();
    assert_eq!(order, ["tube", "battery", "otherwise"]);
    assert_eq!(release.carriers["SH-1"].iter().filter(|c| c.kind == "table-row").count(), 3);
}

#[test]
fn a_wrong_cell_is_found_where_it_was_written() {
    let mut broken = with_tables();
    broken.files.insert("tables/coverage.csv".into(), COVERAGE.replace(",tube,", ",tyre,"));
    let first = &compile(&[broken]).findings[0];
    assert_eq!(first.at.to_string(), "shop/tables/coverage.csv:2", "{first:?}");
    // Merged with its parent's, the row keeps its own file and line.
    let rows = "id,clause,component,fault,in_term,→covered,→remedy,→payer,before\n\
        # a comment moves the line\n\
        battery,SH-1,batery,,yes,yes,replace,maker,otherwise\n";
    let compiled = compile(&[with_tables(), child(&[("tables/coverage.csv", rows)])]);
    let first = &compiled.findings[0];
    assert_eq!(first.at.to_string(), "child/tables/coverage.csv:3", "{}", shown(&compiled));
}
