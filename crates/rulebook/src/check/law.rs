//! The legal floor: every row says where it is from and whether it was checked.

use super::Checker;
use crate::expr::suggest;
use crate::model::{COUNTS, WarrantyTrigger};
use crate::table::{Policy, Table};

/// Remedies the law can give.
const REMEDIES: [&str; 4] = ["refund", "exchange", "replace", "repair"];

pub(super) fn check(checker: &mut Checker<'_>) {
    let Some(law) = &checker.release.law else { return };
    for (path, status) in law.statuses() {
        standing(checker, status, &path);
    }
    for (path, _) in law.sources().iter().filter(|(_, source)| source.is_empty()) {
        checker.error(
            "law-source",
            path,
            "法律条目要写明出处：法规名称、条、日期",
            "a rule of the law names its source: law, article, date",
        );
    }
    for trigger in &law.rules.triggers {
        self::trigger(checker, trigger, "law");
    }
    if let Some(floor) = &law.floor {
        shape(checker, floor);
    }
}

/// A status is a word, or a yes/no setting.
fn standing(checker: &mut Checker<'_>, status: &str, path: &str) {
    if matches!(status, "holds" | "verify") {
        return;
    }
    let settings = &checker.release.parameters;
    if settings.get(status).is_some_and(|setting| setting.kind == "bool") {
        return;
    }
    let switches = settings.values().filter(|s| s.kind == "bool").map(|s| s.id.as_str());
    let (zh, en) = suggest::nearest(status, switches.chain(["holds", "verify"]));
    checker.error(
        "law-status",
        path,
        format!("“{status}”不是状态；写 holds、verify 或一个是/否参数的编号{zh}"),
        format!("`{status}` is no status; write holds, verify or the id of a yes/no setting{en}"),
    );
}

/// What a trigger counts and opens.
pub(super) fn trigger(checker: &mut Checker<'_>, trigger: &WarrantyTrigger, owner: &str) {
    let path = format!("{owner}/trigger/{}", trigger.id);
    checker.word(&trigger.counts, &COUNTS, &format!("{path}/counts"));
    if let Some(remedy) = &trigger.remedy {
        checker.word(remedy, &REMEDIES, &format!("{path}/remedy"));
    }
    if trigger.limit < 1 || trigger.warn_at.is_some_and(|at| at >= trigger.limit) {
        checker.error(
            "trigger-limit",
            &path,
            "limit 至少是 1，warn_at 要小于 limit",
            "`limit` is at least 1, and `warn_at` lies below it",
        );
    }
}

/// The floor collects, and each row gives remedy, payer, status and source.
fn shape(checker: &mut Checker<'_>, floor: &Table) {
    let has = |name: &str| floor.outputs.iter().any(|output| output.name == name);
    if floor.policy == Policy::Collect
        && ["remedy", "payer", "status", "source"].iter().all(|n| has(n))
    {
        return;
    }
    checker.error(
        "law-floor",
        "table/floor",
        "tables/floor.csv 要用 hit = \"collect\"，并有输出列 →remedy、→payer、→status、→source",
        "tables/floor.csv needs `hit = \"collect\"` and →remedy, →payer, →status and →source",
    );
}
