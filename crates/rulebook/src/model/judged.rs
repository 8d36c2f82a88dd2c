//! What a verdict says and what its tables test: facts beside those of a process.

use super::Catalog;
use super::scope::{Fact, Provider, facts, record_of};
use crate::expr::Type;

/// What `judge` writes into `data.verdict`.
pub const VERDICT_FACTS: &[Fact] = facts![
    "covered" bool Case "是否三包" "covered; null when a fact is missing";
    "remedy" text Case "处理方式" "repair, replace, exchange, refund, …";
    "payer" text Case "付费方" "maker, customer, station or supplier";
    "clauses" texts Case "条款" "clauses; the first decides";
    "term.starts" date Case "起算日" "first day of the term";
    "term.start_basis" text Case "起算依据" "what the term starts from";
    "term.ends" date Case "到期日" "last day of the term";
    "term.suspended_days" number Case "不计天数" "days that did not count";
    "term.days_left" number Case "剩余天数" "days left on the day of the report";
    "missing" texts Case "缺少的依据" "facts that are missing and matter";
    "triggers[].id" text Case "触发项" "statutory trigger";
    "triggers[].count" number Case "次数或天数" "counted so far";
    "triggers[].limit" number Case "上限" "from how many on it fires";
    "row" text Case "判定行" "the deciding row";
];

/// What the tables of a verdict (`exclusions`, `coverage`) test.
pub const JUDGE_FACTS: &[Fact] = facts![
    "product" text Form "产品" "product key";
    "component" text Form "部件" "component key";
    "group" text Release "部件大类" "group of the component";
    "class" text Release "部件类别" "class of the component";
    "fault" text Form "故障" "fault key";
    "in_scope" bool Unit "是否在适用范围内" "whether the vehicle is in the scope of the standard";
    "in_term" bool Clock "是否在期内" "whether the report lies in the term of this part and fault";
    "days_since_start" number Clock "起算后天数" "days from the start of the term to the report";
    "days_left" number Clock "剩余天数" "days left on the day of the report; negative once over";
    "usage" text Unit "使用性质" "`household` or `commercial`";
    "sale_channel" text Unit "销售渠道" "where it was sold";
    "causes" texts Form "已查明原因" "established causes of this fault";
    "evidence.invoice" bool Form "有效发票" "whether the invoice is there";
    "evidence.card" bool Form "保修卡" "whether the warranty card is there";
    "evidence.card_matches" bool Form "卡车相符" "whether card and vehicle match";
    "evidence.sticker" bool Form "标贴完好" "whether the sticker is intact";
    "measurements.capacity_pct" number Form "实测容量" "measured capacity, per cent of nominal";
];

/// Settings the judgement reads beside those that rules name as `params.<id>`.
pub const JUDGE_SETTINGS: &[&str] = &[
    "unlisted_part_term",
    "replaced_part_term",
    "manufactured_plus",
    "holiday_extends",
    "usage_class_half_term",
    "capacity_test_min_temperature",
];

/// The scope of a verdict's tables, with the keys of the catalogue.
pub fn judge_scope(catalog: &Catalog) -> Type {
    let mut root = record_of(JUDGE_FACTS);
    let Type::Record(facts) = &mut root else { return root };
    let keys = |ids: Vec<&str>| Type::Choice(ids.into_iter().map(str::to_owned).collect());
    let causes = keys(catalog.causes.iter().map(|c| c.id.as_str()).collect());
    for (name, kind) in [
        ("product", keys(catalog.products.keys().map(String::as_str).collect())),
        ("component", keys(catalog.components.iter().map(|c| c.id.as_str()).collect())),
        ("group", keys(catalog.groups.iter().map(|g| g.id.as_str()).collect())),
        ("class", keys(vec!["main", "wearing", "consumable"])),
        ("fault", keys(catalog.faults.iter().map(|f| f.id.as_str()).collect())),
        ("usage", keys(vec!["household", "commercial"])),
        ("causes", Type::List(Box::new(causes))),
    ] {
        facts.insert(name.to_owned(), kind);
    }
    root
}
