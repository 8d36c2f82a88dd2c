//! The catalogue, the term and the settings: keys that exist, words that are known.

use super::Checker;
use super::names::{COMPONENT, FAULT, GROUP, PRODUCT};
use crate::model::Parameter;
use crate::rights::Standard;
use base::time::Span;

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    let components = || release.catalog.components.iter().map(|c| c.id.as_str());
    for fault in &release.catalog.faults {
        for component in &fault.components {
            checker.exists(COMPONENT, component, components(), &format!("fault/{}", fault.id));
        }
    }
    for component in &release.catalog.components {
        let groups = release.catalog.groups.iter().map(|g| g.id.as_str());
        checker.exists(GROUP, &component.group, groups, &format!("component/{}", component.id));
    }
    for model in &release.catalog.models {
        let products = release.catalog.products.keys().map(String::as_str);
        checker.exists(PRODUCT, &model.product, products, &format!("model/{}", model.id));
    }
    term(checker);
    rights(checker);
    for parameter in release.parameters.values() {
        setting(checker, parameter);
    }
}

fn term(checker: &mut Checker<'_>) {
    let release = checker.release;
    for row in &release.term_rows {
        let path = format!("term-row/{}", row.id);
        for component in &row.components {
            let known = release.catalog.components.iter().map(|c| c.id.as_str());
            checker.exists(COMPONENT, component, known, &path);
        }
        for fault in &row.faults {
            let known = release.catalog.faults.iter().map(|f| f.id.as_str());
            checker.exists(FAULT, fault, known, &path);
            pair(checker, row.components.as_slice(), fault, &path);
        }
        if row.components.is_empty() {
            checker.error(
                "missing-key",
                &path,
                "期限行要写明部件",
                "a row of the term names its component",
            );
        }
    }
    let Some(term) = &release.term else {
        if !release.term_rows.is_empty() && !checker.damaged.contains("term") {
            let path = format!("term-row/{}", release.term_rows[0].id);
            checker.error(
                "missing-term",
                &path,
                "有期限表却没有 term.toml：从哪天起算没有规定",
                "there are terms but no term.toml: nothing says from which day they run",
            );
        }
        return;
    };
    checker.word(&term.replaced_part, &["restart", "remainder", "max"], "term/replaced_part");
    if let Some(scope) = &term.repair_guarantee_scope {
        checker.word(scope, &["same_fault", "vehicle"], "term/repair_guarantee_scope");
    }
    if term.start.is_empty() {
        checker.error(
            "missing-key",
            "term/start",
            "start 不能为空：期限总要从某个日期起算",
            "`start` is empty: a term runs from some day",
        );
    }
    if let Some(transfer) = &term.transfer {
        checker.word(transfer, &["keeps", "ends", "registered"], "term/transfer");
    }
    for usage in &term.usages {
        checker.word(&usage.class, &["household", "commercial"], "term/usage");
        if !(1..=100).contains(&usage.share_pct) {
            checker.error(
                "bad-value",
                "term/usage",
                format!("share_pct 应在 1 与 100 之间，这里是 {}", usage.share_pct),
                format!("`share_pct` lies between 1 and 100, here it is {}", usage.share_pct),
            );
        }
    }
    for trigger in &term.triggers {
        super::law::trigger(checker, trigger, "term");
    }
}

/// A part of which somebody would ask in vain what is covered: where the standard promises a
/// statement of rights, it needs a period, a fault that is covered and what is done then.
fn rights(checker: &mut Checker<'_>) {
    let release = checker.release;
    let promised = release.term.as_ref().is_some_and(|term| !term.rights_clause.is_empty());
    if !promised || checker.damaged.contains("term") {
        return;
    }
    for right in crate::rights::rights(release) {
        let stated = |standard: &Standard<'_>| standard.covered && !standard.remedy.is_empty();
        if right.excluded.is_some() || right.standards.iter().any(stated) {
            continue;
        }
        let (id, title) = (&right.component.id, &right.component.title);
        checker.error(
            "rights-incomplete",
            &format!("component/{id}"),
            format!(
                "三包权利说明不完整：部件“{}”没有一种故障属于三包，也没有规定它不予三包。\
                 请在 faults.csv 写明它的故障，并在 tables/coverage.csv 写明怎样处理",
                title.zh
            ),
            format!(
                "the statement of rights is incomplete: no fault of `{id}` is covered, nor is it \
                 excluded. Name its faults in faults.csv and what is done in tables/coverage.csv"
            ),
        );
    }
}

/// A term for a pair outside the component × fault matrix would never be asked.
fn pair(checker: &mut Checker<'_>, components: &[String], fault: &str, path: &str) {
    let Some(known) = checker.release.catalog.fault(fault) else { return };
    for component in components {
        let exists = checker.release.catalog.component(component).is_some();
        if exists && !known.components.contains(component) {
            checker.error(
                "unknown-pair",
                path,
                format!("catalog/faults.csv 里部件 {component} 没有故障 {fault}"),
                format!("catalog/faults.csv knows no fault {fault} of {component}"),
            );
        }
    }
}

/// A setting's value is of its kind.
fn setting(checker: &mut Checker<'_>, parameter: &Parameter) {
    let path = format!("parameter/{}", parameter.id);
    let kinds = ["number", "money", "text", "bool", "span", "percent"];
    checker.word(&parameter.kind, &kinds, &format!("{path}/kind"));
    let Some(value) = &parameter.value else {
        if parameter.required {
            checker.note(
                "unset-parameter",
                &path,
                format!("参数“{}”尚未设定，发布前必须设定", parameter.id),
                format!("the setting `{}` has no value; publication needs one", parameter.id),
            );
        }
        return;
    };
    let fits = match parameter.kind.as_str() {
        "number" | "percent" => value.is_number(),
        "money" => value.is_i64() || value.is_u64(),
        "text" => value.is_string(),
        "bool" => value.is_boolean(),
        "span" => value.as_str().and_then(Span::parse).is_some(),
        _ => true,
    };
    if !fits {
        checker.error(
            "wrong-type",
            &format!("{path}/value"),
            format!("参数“{}”的值 {value} 不是 {}（金额以分为单位）", parameter.id, parameter.kind),
            format!(
                "the value {value} of the setting `{}` is no {} (money is in fen)",
                parameter.id, parameter.kind
            ),
        );
    }
}
