//! Forms: where choices come from, and limits that make sense.

use super::Checker;
use super::names::{FIELD, ROLE};
use crate::model::form::COLUMN_KINDS;
use crate::model::{Field, FieldKind, UnitLabel};

const CATALOGS: &[&str] = &["components", "faults", "causes", "models", "products", "prices"];

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for (id, parameter) in &release.parameters {
        unit(checker, parameter.unit.as_ref(), &format!("parameter/{id}"));
    }
    for (id, form) in &release.forms {
        for field in &form.fields {
            let path = format!("form/{id}/field/{}", field.id);
            source(checker, field, &path);
            limits(checker, field, &path);
            unit(checker, field.unit.as_ref(), &path);
            warehouse(checker, field, &path);
            columns(checker, field, &path);
            whose(checker, field, &path);
            for role in &field.roles {
                let roles = release.roles.keys().map(String::as_str);
                checker.exists(ROLE, role, roles, &format!("{path}/roles"));
            }
        }
    }
}

/// A unit in Chinese alone leaves an English reader without it.
fn unit(checker: &mut Checker<'_>, unit: Option<&UnitLabel>, path: &str) {
    let Some(UnitLabel(text)) = unit.filter(|unit| unit.is_chinese_alone()) else { return };
    let zh = &text.zh;
    checker.note(
        "unit-one-language",
        &format!("{path}/unit"),
        format!("单位“{zh}”只有中文；写成 {{ zh = \"{zh}\", en = \"…\" }}"),
        format!("the unit `{zh}` is in Chinese only; write {{ zh = \"{zh}\", en = \"…\" }}"),
    );
}

/// Something is another customer's only where that customer is a field, and only data of a person
/// is anybody's.
fn whose(checker: &mut Checker<'_>, field: &Field, path: &str) {
    let Some(party) = &field.whose else { return };
    let fields = checker.release.forms.values().flat_map(|form| &form.fields);
    let parties = fields.filter(|field| field.kind == FieldKind::Customer);
    let parties: Vec<&str> = parties.map(|field| field.id.as_str()).collect();
    checker.exists(FIELD, party, parties, &format!("{path}/whose"));
    if field.personal.is_none() && field.kind != FieldKind::Code {
        checker.error(
            "wrong-type",
            &format!("{path}/whose"),
            format!("字段“{}”不是个人信息，也不是验证码，不必写 whose", field.id),
            format!("the field `{}` is neither personal nor a code: it is nobody's", field.id),
        );
    }
}

/// A choice has one source: written choices or a catalogue.
fn source(checker: &mut Checker<'_>, field: &Field, path: &str) {
    if let Some(catalog) = &field.catalog
        && field.kind != FieldKind::Parts
    {
        checker.word(catalog, CATALOGS, &format!("{path}/catalog"));
    }
    let (written, listed) = (!field.choices.is_empty(), field.catalog.is_some());
    match field.kind {
        FieldKind::Parts
            if !written
                && matches!(
                    field.catalog.as_deref(),
                    None | Some("stock" | "count" | "old" | "labelled" | "order")
                ) => {}
        FieldKind::Choice | FieldKind::MultiChoice if written == listed => checker.error(
            "choice-source",
            path,
            format!("选择字段“{}”要么写 choices，要么写 catalog，只能有一个", field.id),
            format!("the choice `{}` has either `choices` or a `catalog`, one of them", field.id),
        ),
        FieldKind::Checklist if !written => checker.error(
            "choice-source",
            path,
            format!("清单“{}”没有写出检查项（choices）", field.id),
            format!("the checklist `{}` lists no items in `choices`", field.id),
        ),
        FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Checklist | FieldKind::Photos => {}
        _ if written || listed => checker.error(
            "choice-source",
            path,
            format!("字段“{}”不是选择，不能有 choices 或 catalog", field.id),
            format!("the field `{}` is no choice and has no `choices` or `catalog`", field.id),
        ),
        _ => {}
    }
}

/// Rows of parts alone lie in a warehouse, and which one is known before the form is filled.
fn warehouse(checker: &mut Checker<'_>, field: &Field, path: &str) {
    let Some(warehouse) = &field.warehouse else { return };
    let path = format!("{path}/warehouse");
    if field.kind != FieldKind::Parts {
        checker.error(
            "warehouse-kind",
            &path,
            format!("字段“{}”不是配件明细（parts），不能有 warehouse", field.id),
            format!("the field `{}` is no `parts` and has no `warehouse`", field.id),
        );
    }
    if warehouse.paths().iter().any(|path| path.first().is_some_and(|root| root == "form")) {
        checker.error(
            "warehouse-kind",
            &path,
            "warehouse 在填表之前就要知道，不能取自 form；可用 data、case、org、params",
            "`warehouse` must be known before the form is filled: read data, case, org or params",
        );
    }
}

/// Only a list has columns; each holds something plain, and what is fixed stands in `rows`.
fn columns(checker: &mut Checker<'_>, field: &Field, path: &str) {
    let misplaced = match field.kind {
        FieldKind::PeopleRows => false,
        FieldKind::Rows => field.columns.is_empty(),
        _ => !field.columns.is_empty(),
    };
    if misplaced {
        checker.error(
            "column-kind",
            path,
            format!("名单（people_rows）可以有 column，清单（rows）必须有，“{}”不然", field.id),
            format!("`people_rows` may and `rows` must have columns, unlike `{}`", field.id),
        );
    }
    if field.fixed {
        let id = &field.id;
        checker.error(
            "column-kind",
            path,
            format!("fixed 只用于清单（rows）的列，不用于字段“{id}”"),
            format!("`fixed` is for columns of `rows`, not for the field `{id}`"),
        );
    }
    for column in &field.columns {
        let at = format!("{path}/column/{}", column.id);
        source(checker, column, &at);
        let plain = COLUMN_KINDS.contains(&column.kind) && column.personal.is_none();
        let fixed = column.fixed && field.kind != FieldKind::Rows;
        let asked = column.kind == FieldKind::Instant && !column.fixed;
        if !plain || fixed || asked || matches!(column.id.as_str(), "person" | "case") {
            checker.error(
                "column-kind",
                &at,
                format!(
                    "列“{}”只能是文字、数字、金额、是否、选择、日期，或规则写好（fixed）的时间，且不叫 \
                     person、case",
                    column.id
                ),
                format!(
                    "the column `{}` is text, number, money, yes_no, choice, date or an instant \
                     that is `fixed`, and not called person or case",
                    column.id
                ),
            );
        }
    }
}

fn limits(checker: &mut Checker<'_>, field: &Field, path: &str) {
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        checker.error(
            "empty-range",
            &format!("{path}/min"),
            format!("min {min} 大于 max {max}，没有值能填"),
            format!("`min` {min} is more than `max` {max}; no value fits"),
        );
    }
    if field.kind == FieldKind::Computed && field.value.is_none() {
        checker.error(
            "missing-key",
            path,
            format!("计算字段“{}”缺少 value", field.id),
            format!("the computed field `{}` lacks its `value`", field.id),
        );
    }
    if field.valid.is_some() && field.invalid.is_none() {
        checker.error(
            "missing-key",
            &format!("{path}/valid"),
            format!("字段“{}”有 valid 却没有 invalid：填错时要说哪里错、怎样才对", field.id),
            format!("the field `{}` has `valid` but no `invalid` to say what is wrong", field.id),
        );
    }
    if field.personal.is_some()
        && !matches!(field.kind, FieldKind::Text | FieldKind::LongText | FieldKind::Serial)
    {
        checker.error(
            "wrong-type",
            &format!("{path}/personal"),
            format!("字段“{}”不是文字，不能标为个人信息", field.id),
            format!("the field `{}` is not text and cannot be personal", field.id),
        );
    }
}
