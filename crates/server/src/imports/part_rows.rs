//! Judging the rows of a part workbook, and a part entered by hand.

use super::price_rows::clauses;
use super::sheets::{self, RowCells};
use super::why::{Remark, quoting, remark};
use super::workbook::Sheet;
use super::{MasterRow, Ruling, clean};
use base::Text;
use rulebook::Release;
use rulebook::model::{Part, PartClass};
use std::collections::{BTreeMap, HashMap};

/// Longest code and longest name.
const MAX_CODE: usize = 40;
const MAX_TITLE: usize = 80;

/// What is wrong with a part, by field.
pub fn wrong(
    part: &Part,
    release: &Release,
    parts: &BTreeMap<String, Part>,
) -> Vec<(&'static str, Remark)> {
    let mut wrong: Vec<(&'static str, Remark)> = Vec::new();
    let length = part.code.chars().count();
    if length == 0 || length > MAX_CODE {
        let (zh, en) = ("配件编码要有 1 到 40 个字符", "a part has a code of 1 to 40 characters");
        wrong.push(("code", quoting("code_missing", zh.into(), en.into())));
    }
    let taken = release.prices.get(&part.code).filter(|item| item.kind != "part");
    if taken.is_some() || release.labour.contains_key(&part.code) {
        let zh = format!("{} 在价目表上不是配件，请换一个编码", part.code);
        let en = format!("{} is no part on the price list; use another code", part.code);
        wrong.push(("code", quoting("code_taken", zh, en)));
    }
    let named = |text: &str| (1..=MAX_TITLE).contains(&text.trim().chars().count());
    if !named(&part.title.zh) || !named(&part.title.en) {
        let (zh, en) = ("配件名称要有 1 到 80 个字", "a part has a name of 1 to 80 characters");
        wrong.push(("title_zh", quoting("title_missing", zh.into(), en.into())));
    }
    if release.catalog.component(&part.component).is_none() {
        wrong.push(("component", component(&part.component)));
    }
    let models = &release.catalog.models;
    if let Some(id) = part.models.iter().find(|id| !models.iter().any(|m| m.id == **id)) {
        let (zh, en) = (format!("没有车型“{id}”"), format!("there is no model `{id}`"));
        wrong.push(("models", quoting("model_unknown", zh, en)));
    }
    wrong.extend(substitutes(part, parts).map(|remark| ("substitutes", remark)));
    wrong.extend(clauses(&part.clause, release).map(|remark| ("clause", remark)));
    wrong
}

/// A substitute is another part of the same component.
fn substitutes(part: &Part, parts: &BTreeMap<String, Part>) -> Option<Remark> {
    for code in &part.substitutes {
        if *code == part.code {
            let (zh, en) = ("替代件不能是它自己", "a part cannot stand in for itself");
            return Some(quoting("substitute_self", zh.into(), en.into()));
        }
        let Some(other) = parts.get(code) else {
            let zh = format!("配件目录里没有替代件“{code}”");
            let en = format!("the part master has no substitute `{code}`");
            return Some(quoting("substitute_unknown", zh, en));
        };
        if other.component != part.component {
            let zh = format!("替代件 {code} 是另一种部件");
            let en = format!("the substitute {code} is another component");
            return Some(quoting("substitute_wrong", zh, en));
        }
    }
    None
}

/// Judges every row of the sheet.
pub fn judge(
    sheet: &Sheet,
    release: &Release,
    parts: &BTreeMap<String, Part>,
) -> Vec<MasterRow<Option<Part>>> {
    // A substitute may stand in the same sheet, above or below.
    let mut known = parts.clone();
    let read: Vec<_> = sheet
        .rows
        .iter()
        .map(|(number, cells)| {
            let row = RowCells::of(sheet, cells);
            let part = row.no_data().map_or_else(|| Ok(read_part(&row, release)), Err);
            if let Ok((part, _)) = &part {
                known.insert(part.code.clone(), part.clone());
            }
            (*number, row, part)
        })
        .collect();
    let mut seen = HashMap::new();
    read.into_iter()
        .map(|(number, row, part)| match part {
            Err(remark) => MasterRow::new(number, Ruling::Skip, vec![remark], None, &row),
            Ok((part, mut errors)) => {
                if let Some(first) = seen.insert(part.code.clone(), number) {
                    errors.push(quoting(
                        "same_part",
                        format!("第 {first} 行已有编码 {}", part.code),
                        format!("row {first} already has the code {}", part.code),
                    ));
                }
                errors.extend(wrong(&part, release, &known).into_iter().map(|(_, r)| r));
                if !errors.is_empty() {
                    return MasterRow::new(number, Ruling::Reject, errors, None, &row);
                }
                if parts.get(&part.code) == Some(&part) {
                    let same = vec![remark("part_same")];
                    return MasterRow::new(number, Ruling::Skip, same, None, &row);
                }
                MasterRow::new(number, Ruling::Accept, Vec::new(), Some(part), &row)
            }
        })
        .collect()
}

fn read_part(row: &RowCells<'_>, release: &Release) -> (Part, Vec<Remark>) {
    let mut errors = Vec::new();
    let class = row.text("class");
    let class = sheets::class_of(&class).unwrap_or_else(|| {
        errors.push(quoting(
            "class_unknown",
            format!("类别“{class}”应是 易损件、电器件、油漆件 或 普通件"),
            format!("the class `{class}` must be wearing, electrical, painted or ordinary"),
        ));
        PartClass::Ordinary
    });
    let tracked = row.text("tracked");
    let tracked = sheets::is_yes(&tracked).unwrap_or_else(|| {
        errors.push(quoting(
            "tracked_unknown",
            format!("按序列号管理应写 是 或 否，这里是“{tracked}”"),
            format!("write yes or no for serial numbers, not `{tracked}`"),
        ));
        false
    });
    let reorder_point = row.whole("reorder_point").unwrap_or_else(|remark| {
        errors.push(remark);
        None
    });
    let (zh, en) = (row.text("title_zh"), row.text("title_en"));
    let en = if en.is_empty() { zh.clone() } else { en };
    let codes = |key| row.list(key).iter().map(|code| clean::code(code)).collect();
    let part = Part {
        code: clean::code(&row.text("code")),
        title: Text::new(zh, en),
        component: component_key(&row.text("component"), release),
        models: codes("models"),
        class,
        tracked,
        substitutes: codes("substitutes"),
        reorder_point,
        clause: row.list("clause"),
    };
    (part, errors)
}

/// The key of a component, by key or by its name in either language.
fn component_key(text: &str, release: &Release) -> String {
    let is = |c: &&rulebook::model::Component| {
        c.id == text || c.title.zh == text || c.title.en.eq_ignore_ascii_case(text)
    };
    release.catalog.components.iter().find(is).map_or_else(|| text.to_owned(), |c| c.id.clone())
}

fn component(id: &str) -> Remark {
    quoting(
        "component_unknown",
        format!("没有部件“{id}”，请写目录里的名称或编号，例如 锂离子电池"),
        format!("there is no component `{id}`; write its name or key, as li_battery"),
    )
}
