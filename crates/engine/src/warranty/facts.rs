//! Facts of a verdict: read from JSON, checked against the catalogue and against what can be true.

use crate::verdict::{EarlierRepair, VerdictFacts};
use base::time::days_between;
use base::{Day, Text};
use rulebook::Release;
use serde_json::{Map, Value as Json};

/// Facts no verdict can be given on: unknown words, unreadable values, what cannot be true.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {}", sentence.en)]
pub struct FactsRefused {
    /// The fact, as a path: `repairs[0].to`.
    pub field: String,
    /// What is wrong and what would be right.
    pub sentence: Text,
}

impl FactsRefused {
    fn new(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), sentence: Text::new(zh, en) }
    }
}

/// Most earlier repairs a verdict reads.
const MAX_REPAIRS: usize = 200;
/// Most characters of a key.
const MAX_KEY: usize = 80;

/// The facts and the evidence a verdict knows.
const EVIDENCE: [&str; 5] = ["invoice", "card", "card_matches", "sticker", "intact"];

impl VerdictFacts {
    /// Reads the facts of `sanbao judge`: every key and every value, or a sentence about the first
    /// that cannot be read.
    ///
    /// # Errors
    /// Unknown keys, values of another kind, missing product, component, fault or report date.
    pub fn read(json: &Json) -> Result<Self, FactsRefused> {
        let Json::Object(map) = json else {
            return Err(FactsRefused::new(
                "",
                "事实应是一个 JSON 对象，例如 {\"product\": \"ebike\", …}",
                "The facts must be one JSON object, for example {\"product\": \"ebike\", …}",
            ));
        };
        let mut facts = Self::default();
        let mut reported = None;
        for (key, value) in map {
            if value.is_null() {
                known(key)?;
                continue;
            }
            match key.as_str() {
                "product" => facts.product = text(key, value)?,
                "component" => facts.component = text(key, value)?,
                "fault" => facts.fault = text(key, value)?,
                "usage" => facts.usage = Some(text(key, value)?),
                "sale_channel" => facts.sale_channel = Some(text(key, value)?),
                "distance_sale" => facts.distance_sale = Some(yes_no(key, value)?),
                "received_on" => facts.received_on = Some(day(key, value)?),
                "in_scope" => facts.in_scope = Some(yes_no(key, value)?),
                "invoice_date" => facts.invoice_date = Some(day(key, value)?),
                "registered_on" => facts.registered_on = Some(day(key, value)?),
                "activated_on" => facts.activated_on = Some(day(key, value)?),
                "manufactured_on" => facts.manufactured_on = Some(day(key, value)?),
                "transferred_on" => facts.transferred_on = Some(day(key, value)?),
                "transfer_registered" => facts.transfer_registered = Some(yes_no(key, value)?),
                "replaced_on" => facts.replaced_on = Some(day(key, value)?),
                "reported_on" => reported = Some(day(key, value)?),
                "causes" => facts.causes = texts(key, value)?,
                "evidence" => facts.evidence = evidence(value)?,
                "measurements" => facts.measurements.clone_from(object(key, value)?),
                "repairs" => facts.repairs = repairs(value)?,
                _ => known(key)?,
            }
        }
        needed(&facts)?;
        facts.reported_on = reported.ok_or_else(|| absent("reported_on"))?;
        Ok(facts)
    }
}

/// The keys of the facts.
const KEYS: [&str; 20] = [
    "product",
    "component",
    "fault",
    "invoice_date",
    "registered_on",
    "activated_on",
    "manufactured_on",
    "reported_on",
    "usage",
    "sale_channel",
    "distance_sale",
    "received_on",
    "in_scope",
    "causes",
    "evidence",
    "measurements",
    "repairs",
    "replaced_on",
    "transferred_on",
    "transfer_registered",
];

/// Product, component and fault are needed.
fn needed(facts: &VerdictFacts) -> Result<(), FactsRefused> {
    let keys =
        [("product", &facts.product), ("component", &facts.component), ("fault", &facts.fault)];
    let lacking = keys.iter().find(|(_, value)| value.is_empty());
    lacking.map_or(Ok(()), |(key, _)| Err(absent(key)))
}

fn known(key: &str) -> Result<(), FactsRefused> {
    if KEYS.contains(&key) {
        return Ok(());
    }
    let all = KEYS.join(", ");
    let key: String = key.chars().take(MAX_KEY).collect();
    Err(FactsRefused::new(
        &key,
        format!("没有名为“{key}”的事实；可用的有：{all}"),
        format!("there is no fact `{key}`; known are: {all}"),
    ))
}

fn absent(key: &str) -> FactsRefused {
    FactsRefused::new(
        key,
        format!("缺少“{key}”；产品、部件、故障和报修日期是必需的"),
        format!("`{key}` is missing; product, component, fault and reported_on are needed"),
    )
}

fn wrong(field: &str, value: &Json, zh: &str, en: &str) -> FactsRefused {
    let shown: String = value.to_string().chars().take(40).collect();
    FactsRefused::new(field, format!("{shown} 不是{zh}"), format!("{shown} is not {en}"))
}

fn text(field: &str, value: &Json) -> Result<String, FactsRefused> {
    match value {
        Json::String(text) if text.len() <= MAX_KEY => Ok(text.clone()),
        _ => Err(wrong(field, value, "文字键名", "the text of a key")),
    }
}

fn yes_no(field: &str, value: &Json) -> Result<bool, FactsRefused> {
    value.as_bool().ok_or_else(|| wrong(field, value, "是/否（true 或 false）", "true or false"))
}

fn day(field: &str, value: &Json) -> Result<Day, FactsRefused> {
    value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse().ok()).ok_or_else(
        || wrong(field, value, "日期，例如 \"2026-11-21\"", "a day, for example \"2026-11-21\""),
    )
}

fn object<'j>(field: &str, value: &'j Json) -> Result<&'j Map<String, Json>, FactsRefused> {
    value.as_object().ok_or_else(|| wrong(field, value, "一组字段", "an object"))
}

fn list<'j>(field: &str, value: &'j Json) -> Result<&'j [Json], FactsRefused> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| wrong(field, value, "列表", "a list"))
}

fn texts(field: &str, value: &Json) -> Result<Vec<String>, FactsRefused> {
    list(field, value)?.iter().map(|item| text(field, item)).collect()
}

fn evidence(value: &Json) -> Result<std::collections::BTreeMap<String, bool>, FactsRefused> {
    let mut out = std::collections::BTreeMap::new();
    for (key, value) in object("evidence", value)? {
        let field = format!("evidence.{key}");
        if !EVIDENCE.contains(&key.as_str()) {
            let all = EVIDENCE.join(", ");
            return Err(FactsRefused::new(
                field,
                format!("没有名为“{key}”的凭证；可用的有：{all}"),
                format!("there is no evidence `{key}`; known are: {all}"),
            ));
        }
        if !value.is_null() {
            out.insert(key.clone(), yes_no(&field, value)?);
        }
    }
    Ok(out)
}

fn repairs(value: &Json) -> Result<Vec<EarlierRepair>, FactsRefused> {
    let items = list("repairs", value)?;
    if items.len() > MAX_REPAIRS {
        return Err(FactsRefused::new(
            "repairs",
            format!("维修记录最多{MAX_REPAIRS}条"),
            format!("at most {MAX_REPAIRS} repairs are read"),
        ));
    }
    items.iter().enumerate().map(|(i, item)| repair(i, item)).collect()
}

fn repair(place: usize, item: &Json) -> Result<EarlierRepair, FactsRefused> {
    let map = object(&format!("repairs[{place}]"), item)?;
    let (mut component, mut from, mut to, mut waiting) = (None, None, None, 0);
    for (key, value) in map {
        let field = format!("repairs[{place}].{key}");
        match key.as_str() {
            "component" => component = Some(text(&field, value)?),
            "from" => from = Some(day(&field, value)?),
            "to" => to = Some(day(&field, value)?),
            "waiting_parts_days" => {
                waiting =
                    value.as_i64().filter(|days| (0..=36_600).contains(days)).ok_or_else(|| {
                        wrong(&field, value, "天数（整数）", "a whole number of days")
                    })?;
            }
            _ => {
                return Err(FactsRefused::new(
                    field,
                    "维修记录只有 component、from、to、waiting_parts_days",
                    "a repair has component, from, to and waiting_parts_days only",
                ));
            }
        }
    }
    let need = |name: &str| absent_in(place, name);
    Ok(EarlierRepair {
        component: component.ok_or_else(|| need("component"))?,
        from: from.ok_or_else(|| need("from"))?,
        to: to.ok_or_else(|| need("to"))?,
        waiting_parts_days: waiting,
    })
}

fn absent_in(place: usize, name: &str) -> FactsRefused {
    FactsRefused::new(
        format!("repairs[{place}].{name}"),
        format!("维修记录缺少“{name}”"),
        format!("the repair lacks `{name}`"),
    )
}

/// Whether the facts speak the release's words and can be true together.
///
/// # Errors
/// The first fact that does not, with what would be right.
pub fn check(release: &Release, facts: &VerdictFacts) -> Result<(), FactsRefused> {
    needed(facts)?;
    check_subject(release, facts)?;
    check_circumstances(release, facts)?;
    check_dates(facts)?;
    check_repairs(release, &facts.repairs)?;
    check_measurements(facts)
}

/// Product, component and fault, and that the one can have the other.
pub(super) fn check_subject(release: &Release, facts: &VerdictFacts) -> Result<(), FactsRefused> {
    let catalog = &release.catalog;
    if !catalog.products.contains_key(&facts.product) {
        let all = catalog.products.keys().map(String::as_str).collect::<Vec<_>>();
        return Err(unknown("product", "产品", &facts.product, &all));
    }
    let part = component(release, &facts.component, "component")?;
    let fault = catalog.fault(&facts.fault).ok_or_else(|| {
        let all = catalog.faults.iter().map(|f| f.id.as_str()).collect::<Vec<_>>();
        unknown("fault", "故障", &facts.fault, &all)
    })?;
    if !fault.components.contains(&part.id) {
        let fits = |f: &&rulebook::model::Fault| f.components.contains(&part.id);
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for fault in catalog.faults.iter().filter(fits) {
            zh.push(fault.title.zh.clone());
            en.push(format!("{} ({})", fault.title.en, fault.id));
        }
        return Err(FactsRefused::new(
            "fault",
            format!("{}没有“{}”这种故障；可选：{}", part.title.zh, fault.title.zh, zh.join("、")),
            format!(
                "{} cannot have the fault `{}`; it can have: {}",
                part.title.en,
                fault.id,
                en.join(", ")
            ),
        ));
    }
    Ok(())
}

fn component<'r>(
    release: &'r Release,
    id: &str,
    field: &str,
) -> Result<&'r rulebook::model::Component, FactsRefused> {
    release.catalog.component(id).ok_or_else(|| {
        let all = release.catalog.components.iter().map(|c| c.id.as_str()).collect::<Vec<_>>();
        unknown(field, "部件", id, &all)
    })
}

/// Causes and use.
pub(super) fn check_circumstances(
    release: &Release,
    facts: &VerdictFacts,
) -> Result<(), FactsRefused> {
    let catalog = &release.catalog;
    for cause in &facts.causes {
        if !catalog.causes.iter().any(|c| c.id == *cause) {
            let all = catalog.causes.iter().map(|c| c.id.as_str()).collect::<Vec<_>>();
            return Err(unknown("causes", "原因", cause, &all));
        }
    }
    if let Some(usage) = &facts.usage
        && !matches!(usage.as_str(), "household" | "commercial")
    {
        return Err(unknown("usage", "使用性质", usage, &["household", "commercial"]));
    }
    Ok(())
}

fn unknown(field: &str, zh: &str, got: &str, all: &[&str]) -> FactsRefused {
    FactsRefused::new(
        field,
        format!("没有“{got}”这个{zh}；可选：{}", all.join("、")),
        format!("there is no {field} `{got}`; known are: {}", all.join(", ")),
    )
}

fn check_dates(facts: &VerdictFacts) -> Result<(), FactsRefused> {
    let reported = facts.reported_on;
    let dates = [
        ("invoice_date", facts.invoice_date, "发票日期", "the invoice"),
        ("registered_on", facts.registered_on, "销售登记日期", "the sale registration"),
        ("activated_on", facts.activated_on, "激活日期", "the activation"),
        ("manufactured_on", facts.manufactured_on, "出厂日期", "the manufacture"),
        ("replaced_on", facts.replaced_on, "更换日期", "the replacement"),
        ("transferred_on", facts.transferred_on, "过户日期", "the transfer"),
        ("received_on", facts.received_on, "收货日期", "the receipt of the goods"),
    ];
    for (field, date, zh, en) in dates {
        if let Some(date) = date.filter(|date| *date > reported) {
            return Err(FactsRefused::new(
                field,
                format!("{zh}{date}晚于报修日期{reported}；请核对两个日期"),
                format!("{en} on {date} lies after the report on {reported}; check both dates"),
            ));
        }
    }
    Ok(())
}

/// The earlier repairs: of known parts, each ended after it began.
pub(super) fn check_repairs(
    release: &Release,
    repairs: &[EarlierRepair],
) -> Result<(), FactsRefused> {
    for (place, repair) in repairs.iter().enumerate() {
        if release.catalog.component(&repair.component).is_none() {
            component(release, &repair.component, &format!("repairs[{place}].component"))?;
        }
        if repair.to < repair.from {
            return Err(FactsRefused::new(
                format!("repairs[{place}].to"),
                format!("维修结束日期{}早于开始日期{}", repair.to, repair.from),
                format!("the repair ends on {} before it begins on {}", repair.to, repair.from),
            ));
        }
        if repair.waiting_parts_days > days_between(repair.from, repair.to) + 1 {
            return Err(FactsRefused::new(
                format!("repairs[{place}].waiting_parts_days"),
                "待料天数超过维修天数",
                "more days waiting for parts than days in repair",
            ));
        }
    }
    Ok(())
}

/// Highest per cent a measurement can show; cells may exceed their rating a little.
const MAX_PERCENT: f64 = 120.0;

pub(super) fn check_measurements(facts: &VerdictFacts) -> Result<(), FactsRefused> {
    for (key, value) in &facts.measurements {
        let field = format!("measurements.{key}");
        if value.is_null() {
            continue;
        }
        let number =
            measured(value).ok_or_else(|| wrong(&field, value, "检测数值", "a measured number"))?;
        if key.ends_with("_pct") && !(0.0..=MAX_PERCENT).contains(&number) {
            return Err(FactsRefused::new(
                field,
                format!("{number}% 不可能是检测结果；应在 0 与 {MAX_PERCENT} 之间"),
                format!("{number} % cannot be measured; it must lie between 0 and {MAX_PERCENT}"),
            ));
        }
    }
    Ok(())
}

/// The number of a measurement: itself, or `value` of `{value, instrument, temperature, charge}`.
pub fn measured(value: &Json) -> Option<f64> {
    value.get("value").unwrap_or(value).as_f64()
}
