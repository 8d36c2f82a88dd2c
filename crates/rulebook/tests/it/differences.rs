//! `sanbao diff`: what a reader is told when a standard changes.

use crate::shop::{compiled, edited, pack, shop, shown};
use rulebook::diff::diff;
use rulebook::{PackSource, Release};

fn release(pack: PackSource) -> Release {
    let compiled = compiled(pack);
    let said = shown(&compiled);
    compiled.release.unwrap_or_else(|| panic!("the pack is wrong:\n{said}"))
}

/// The sentences in both languages, from the shop to what it becomes.
fn told(becomes: PackSource) -> Vec<(String, String)> {
    let differences = diff(&release(shop()), &release(becomes));
    let all = differences.into_iter().flat_map(|difference| difference.sentences);
    all.map(|text| (text.zh, text.en)).collect()
}

#[test]
fn each_change_is_one_sentence_with_its_clause() {
    let check = |file: &str, from: &str, to: &str, zh: &str, en: &str| {
        let told = told(edited(file, from, to));
        assert_eq!(told, [(zh.to_owned(), en.to_owned())], "{file}: {from} → {to}");
    };
    let repair = "processes/repair.toml";
    check(
        repair,
        "within = \"24 h\"",
        "within = \"12 h\"",
        "流程“维修”的时限“24小时内派工”（SH-2）：期限由 24小时 改为 12小时",
        "deadline “Assign within 24 h” of process “Repair” (SH-2): “length” changes from 24 hours \
         to 12 hours",
    );
    check(
        repair,
        "grade = \"block\"",
        "grade = \"reason\"",
        "流程“维修”的动作“派工”的条件“技师无有效上岗证”（SH-3）：力度由 拦截 改为 须写理由",
        "requirement “The technician holds no valid certificate” of action “Assign” of process \
         “Repair” (SH-3): “grade” changes from block to reason",
    );
    check(
        repair,
        "by = [\"technician\"]",
        "by = [\"technician\", \"advisor\"]",
        "流程“维修”的动作“订料”：执行人增加 服务顾问",
        "action “Order parts” of process “Repair”: “done by” gains Service advisor",
    );
    check(
        "tables/term.csv",
        "半个月",
        "30 d",
        "三包期限行“内胎” tube（SH-1）：期限由 15天 改为 30天",
        "row of the terms tube of “Inner tube” (SH-1): “duration” changes from 15 days to 30 days",
    );
    check(
        "rulebook.toml",
        "value = 20",
        "value = 15",
        "参数“加价上限”（SH-3）：取值由 20 改为 15",
        "setting “Markup cap” (SH-3): “value” changes from 20 to 15",
    );
}

#[test]
fn a_comment_or_another_order_of_keys_is_no_difference() {
    let told = told(edited(
        "processes/repair.toml",
        "to = \"received\"\nby = [\"advisor\"]",
        "# 前台接车\nby = [\"advisor\"]\nto = \"received\"",
    ));
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn what_came_says_what_it_asks_and_what_went_is_named() {
    let require = "[[action.require]]\nid = \"certified\"\n\
                   when = \"form.technician.certificate.valid\"\ngrade = \"block\"\n\
                   refuse = { zh = \"技师无有效上岗证\", en = \"The technician holds no valid \
                   certificate\" }\nclause = [\"SH-3\"]\n";
    let without = edited("processes/repair.toml", require, "");
    let (full, less) = (release(shop()), release(without));
    let sentence = |a: &Release, b: &Release| {
        let all = diff(a, b);
        assert_eq!(all.len(), 1, "{all:?}");
        all[0].sentences[0].zh.clone()
    };
    let subject = "流程“维修”的动作“派工”的条件“技师无有效上岗证”（SH-3）";
    assert_eq!(sentence(&full, &less), format!("{subject}：取消"));
    assert_eq!(
        sentence(&less, &full),
        format!("{subject}：新增，条件 “技师的上岗证有效”为是，力度 拦截")
    );
}

#[test]
fn a_row_that_is_asked_earlier_has_moved() {
    let table = |rows: &str| {
        let mut pack = shop();
        let csv = format!("id,clause,component,fault,→fee\n{rows}");
        pack.files.insert("tables/fee.csv".into(), csv);
        release(pack)
    };
    let [near, far] = ["near,SH-1,tube,,10\n", "far,SH-1,,leak,20\n"];
    let rest = "otherwise,SH-1,,,0\n";
    let (a, b) = (table(&[near, far, rest].concat()), table(&[far, near, rest].concat()));
    let told: Vec<String> = diff(&a, &b).iter().map(|d| d.sentences[0].zh.clone()).collect();
    assert_eq!(told, ["决策表 fee 的行 far（SH-1）：改为最先判断"]);
    assert!(diff(&a, &a).is_empty());
}

#[test]
fn unrelated_packs_differ_in_everything() {
    let other = pack(
        "other",
        &[(
            "rulebook.toml",
            "id = \"other\"\ntitle = { zh = \"别家\", en = \"Other\" }\nversion = \"1.0.0\"\n",
        )],
    );
    let differences = diff(&release(shop()), &release(other));
    assert!(differences.iter().any(|d| d.kind == "process" && d.path == "repair"));
    assert!(differences.iter().all(|d| d.sentences.iter().all(|s| !s.zh.is_empty())));
}
