//! Several approvers and requirements lifted: what is right compiles, what is wrong is said.

use crate::shop::{compiled, edited, shop, shown};
use rulebook::PackSource;
use rulebook::diff::diff;

const REPAIR: &str = "processes/repair.toml";

/// Two write off what is lacking, and somebody above may let an assignment pass.
const OFFICES: &str = r#"
[[action]]
id = "write_off"
title = { zh = "盘亏", en = "Write off" }
from = ["received"]

[action.approvals]
all_of = ["advisor", "technician"]

[[action]]
id = "allow"
title = { zh = "特批派工", en = "Allow it once" }
from = ["received"]
by = ["above:advisor"]
lifts = ["assign/certified"]
"#;

fn offices(from: &str, to: &str) -> PackSource {
    let mut pack = shop();
    let text = pack.files.get_mut(REPAIR).expect("the file is there");
    text.push_str(OFFICES);
    assert!(text.contains(from), "the process has no {from:?}");
    *text = text.replacen(from, to, 1);
    pack
}

#[test]
fn two_approvers_and_a_pass_compile() {
    let compiled = compiled(offices("", ""));
    assert!(!compiled.has_errors(), "{}", shown(&compiled));
}

/// The edit leads to the finding of this code, registered, which says this in English.
fn check(from: &str, to: &str, code: &str, part: &str) {
    let compiled = compiled(offices(from, to));
    let all = shown(&compiled);
    let found = compiled.findings.iter().find(|f| f.code == code);
    let found = found.unwrap_or_else(|| panic!("no {code} for {to:?}, but:\n{all}"));
    let registry = include_str!("../../../../errors.toml");
    assert!(registry.contains(&format!("code = \"{code}\"\n")), "errors.toml lacks {code}");
    assert!(found.sentence.en.contains(part), "{:?} does not say {part:?}", found.sentence.en);
    assert_ne!(found.sentence.zh, found.sentence.en);
}

#[test]
fn what_is_wrong_about_approvers_and_passes_is_said() {
    let all = "all_of = [\"advisor\", \"technician\"]";
    check(all, "all_of = [\"advisor\", \"boss\"]", "unknown-role", "`boss`");
    check(all, "all_of = [\"advisor\", \"@customer\"]", "unknown-role", "@customer");
    check(all, "all_of = [\"advisor\"]", "approvals-count", "write `by`");
    check(all, "any_of = [\"advisor\", \"technician\"]", "approvals-count", "how many");
    check(all, "any_of = [\"advisor\", \"technician\"]\ncount = 1", "approvals-count", "`by`");
    check(all, "any_of = [\"advisor\", \"technician\"]\ncount = 3", "approvals-count", "2 roles");
    check(
        all,
        "all_of = [\"advisor\", \"technician\"]\ncount = 2",
        "approvals-count",
        "no `count`",
    );
    check(all, &format!("{all}\nany_of = [\"advisor\"]"), "approvals-count", "`any_of`");
    check(all, "count = 2", "approvals-count", "say who");
    check(
        "title = { zh = \"盘亏\"",
        "by = [\"advisor\"]\ntitle = { zh = \"盘亏\"",
        "approvals-by",
        "twice",
    );
    check(
        "form = \"intake\"\n",
        "form = \"intake\"\napprovals = { all_of = [\"advisor\", \"technician\"] }\n",
        "approvals-alone",
        "another action",
    );
    check("[\"above:advisor\"]", "[\"above:boss\"]", "unknown-role", "`boss`");
    let lifts = "lifts = [\"assign/certified\"]";
    check(lifts, "lifts = [\"assing/certified\"]", "unknown-action", "assign");
    check(lifts, "lifts = [\"assign/certfied\"]", "unknown-require", "certified");
    check(lifts, "lifts = [\"assign\"]", "unknown-require", "certified");
    check("id = \"certified\"\n", "id = \"certified\"\nstrict = true\n", "lift-strict", "strict");
    check("grade = \"block\"", "grade = \"note\"", "lift-needless", "does not block");
    check(lifts, &format!("{lifts}\nto = \"repairing\""), "lift-lost", "lost");
    check(
        "form = \"assignment\"\n",
        "form = \"assignment\"\nlifts = [\"assign/certified\"]\n",
        "lift-own",
        "another action",
    );
    check(
        "form = \"intake\"\n",
        "form = \"intake\"\nlifts = [\"assign/certified\"]\n",
        "lift-nobody",
        "say why",
    );
}

#[test]
fn one_form_for_several_cases_is_not_for_what_is_looked_at_one_by_one() {
    let lifts = "lifts = [\"assign/certified\"]";
    check(
        "from = [\"received\"]\n\n[action.approvals]",
        "batch = true\n\n[action.approvals]",
        "batch-of-one",
        "case by case",
    );
    check(lifts, &format!("{lifts}\nbatch = true"), "batch-of-one", "case by case");
    check(
        "form = \"intake\"\n",
        "form = \"intake\"\nbatch = true\n",
        "batch-of-one",
        "no act on several",
    );
}

#[test]
fn a_change_of_who_decides_is_told_in_words() {
    let release = |pack| {
        let compiled = compiled(pack);
        let said = shown(&compiled);
        compiled.release.unwrap_or_else(|| panic!("the pack is wrong:\n{said}"))
    };
    let check = |from: &str, to: &str, zh: &str, en: &str| {
        let told = diff(&release(offices("", "")), &release(offices(from, to)));
        let told: Vec<_> = told.into_iter().flat_map(|difference| difference.sentences).collect();
        let said = told.iter().map(|text| format!("{}\n{}", text.zh, text.en));
        let said = said.collect::<Vec<_>>().join("\n");
        assert!(said.contains(zh) && said.contains(en), "{to}: {said}");
    };
    check(
        "all_of = [\"advisor\", \"technician\"]",
        "any_of = [\"advisor\", \"technician\", \"above:advisor\"]\ncount = 2",
        "几人同意由 须都同意 服务顾问、技师 改为",
        "some of Service advisor, Technician, Service advisor of the unit above",
    );
    check(
        "lifts = [\"assign/certified\"]\n",
        "",
        "不再有可放行（原为 技师无有效上岗证）",
        "The technician holds no valid certificate",
    );
    let strict = edited(REPAIR, "id = \"certified\"\n", "id = \"certified\"\nstrict = true\n");
    let told = diff(&release(shop()), &release(strict));
    assert!(told[0].sentences[0].zh.contains("不得放行"), "{:?}", told[0].sentences);
}
