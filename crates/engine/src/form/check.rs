//! One answer against one field: kind, range, choices, completeness.

use super::{error, rows};
use crate::decision::FieldError;
use base::{CustomerId, Day, Lang, OrgId, PersonId, Text, UnitId};
use rulebook::Release;
use rulebook::model::{Field, FieldKind};
use serde_json::{Map, Value as Json};

/// Longest one-line text.
const MAX_TEXT: usize = 200;
/// Longest text of several lines.
const MAX_LONG_TEXT: usize = 4000;
/// Most entries of a list answer.
const MAX_ITEMS: usize = 100;
/// Longest key, serial number or id.
const MAX_KEY: usize = 80;

/// What is wrong with an answer, if anything. `component` is the part chosen beside a fault.
pub fn check(
    release: &Release,
    field: &Field,
    value: &Json,
    component: Option<&str>,
) -> Vec<FieldError> {
    if field.personal.is_some() && value.is_object() {
        return Vec::new();
    }
    let one = |wrong: Option<FieldError>| wrong.into_iter().collect();
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Serial => one(text(field, value)),
        FieldKind::Number => one(number(field, value)),
        FieldKind::Money => one(whole(field, value, "整数金额（分）", "a whole amount in fen")),
        FieldKind::Rating => one(rating(field, value)),
        FieldKind::Date => one(parsed::<Day>(
            field,
            value,
            "日期，例如 2026-11-21",
            "a day, for \
            example 2026-11-21",
        )),
        FieldKind::Instant => one(parsed::<jiff::Timestamp>(
            field,
            value,
            "时刻，例如 2026-11-21T08:00:00+08:00",
            "a point in time, for example 2026-11-21T08:00:00+08:00",
        )),
        FieldKind::YesNo => {
            one((!value.is_boolean()).then(|| kind(field, value, "是或否", "yes or no")))
        }
        FieldKind::Choice => one(choice(release, field, value, component)),
        FieldKind::MultiChoice => {
            each(field, value, |item| choice(release, field, item, component))
        }
        FieldKind::File => each(field, value, |item| key(field, item, "文件", "a file")),
        FieldKind::Photos => photos(field, value),
        FieldKind::PeopleRows => rows::check(release, field, value),
        FieldKind::Checklist => checklist(field, value),
        FieldKind::Measurement => measurement(field, value),
        FieldKind::Person => {
            one(parsed::<PersonId>(field, value, "人员编号", "the id of a person"))
        }
        FieldKind::Org => one(parsed::<OrgId>(
            field,
            value,
            "单位编号",
            "the id of an organisation \
            unit",
        )),
        FieldKind::Customer => {
            one(parsed::<CustomerId>(field, value, "客户", "the id of a customer"))
        }
        FieldKind::Code => {
            let right = value.as_bool() == Some(true);
            one((!right).then(|| kind(field, value, "核对过的验证码", "a code that was checked")))
        }
        FieldKind::Unit => one(parsed::<UnitId>(field, value, "车辆编号", "the id of a vehicle")),
        FieldKind::Signature => one(signature(field, value)),
        // Lines and parts are read by their own modules; computed fields are never submitted.
        FieldKind::Lines | FieldKind::Parts | FieldKind::Rows | FieldKind::Computed => Vec::new(),
    }
}

/// Whether the answer says nothing.
pub fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// What a required field still lacks.
pub fn incomplete(field: &Field, value: &Json) -> Option<FieldError> {
    let title = &field.title;
    if is_empty(value) {
        return Some(error(
            &field.id,
            "required",
            format!("请填写{}", title.zh),
            format!("Please fill in {}", title.en),
        ));
    }
    let lacking =
        |answered: &dyn Fn(&str) -> bool| field.choices.iter().find(|choice| !answered(&choice.id));
    let missing = match field.kind {
        FieldKind::Checklist => lacking(&|id| value.get(id).is_some_and(Json::is_boolean)),
        FieldKind::Photos => lacking(&|id| {
            let slot = |photo: &Json| photo.get("slot").and_then(Json::as_str) == Some(id);
            value.as_array().is_some_and(|photos| photos.iter().any(slot))
        }),
        FieldKind::Measurement => {
            let without = value.get("value").is_none_or(Json::is_null);
            return without.then(|| {
                error(
                    &field.id,
                    "required",
                    format!("请填写{}的检测值", title.zh),
                    format!("Please fill in the value of {}", title.en),
                )
            });
        }
        _ => None,
    };
    missing.map(|choice| {
        error(
            &field.id,
            "required",
            format!("{}还缺“{}”", title.zh, choice.title.zh),
            format!("{} still lacks “{}”", title.en, choice.title.en),
        )
    })
}

fn shown(value: &Json) -> String {
    value.to_string().chars().take(40).collect()
}

fn kind(field: &Field, value: &Json, zh: &str, en: &str) -> FieldError {
    error(
        &field.id,
        "type",
        format!("{} 不是{zh}", shown(value)),
        format!("{} is not {en}", shown(value)),
    )
}

fn range(field: &Field, zh: String, en: String) -> FieldError {
    error(&field.id, "range", zh, en)
}

fn text(field: &Field, value: &Json) -> Option<FieldError> {
    let Json::String(text) = value else { return Some(kind(field, value, "文字", "text")) };
    let limit = match field.kind {
        FieldKind::LongText => MAX_LONG_TEXT,
        FieldKind::Serial => MAX_KEY,
        _ => MAX_TEXT,
    };
    let limit = field.max.map_or(limit, |max| whole_limit(max).min(MAX_LONG_TEXT));
    (text.chars().count() > limit)
        .then(|| range(field, format!("最多{limit}个字"), format!("at most {limit} characters")))
}

/// A limit of a rulebook as a count; what is negative or broken limits to nothing.
pub fn whole_limit(limit: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and limits are small whole numbers"
    )]
    let whole = limit as usize;
    whole
}

fn number(field: &Field, value: &Json) -> Option<FieldError> {
    let Some(number) = value.as_f64().filter(|n| n.is_finite()) else {
        return Some(kind(field, value, "数字", "a number"));
    };
    within(field, number)
}

fn within(field: &Field, number: f64) -> Option<FieldError> {
    let unit = field.unit.as_ref().map(|unit| &unit.0);
    let (zh, en) = unit.map_or(("", ""), |unit| (unit.zh.as_str(), unit.en.as_str()));
    if let Some(min) = field.min.filter(|min| number < *min) {
        return Some(range(
            field,
            format!("不能小于{min}{zh}"),
            format!("must be at least {min} {en}").trim_end().to_owned(),
        ));
    }
    let max = field.max.filter(|max| number > *max)?;
    let most = format!("must be at most {max} {en}").trim_end().to_owned();
    Some(range(field, format!("不能大于{max}{zh}"), most))
}

fn whole(field: &Field, value: &Json, zh: &str, en: &str) -> Option<FieldError> {
    match value.as_i64() {
        Some(_) => within(field, value.as_f64().unwrap_or_default()),
        None => Some(kind(field, value, zh, en)),
    }
}

fn rating(field: &Field, value: &Json) -> Option<FieldError> {
    let stars = value.as_i64().is_some_and(|stars| (1..=5).contains(&stars));
    (!stars).then(|| kind(field, value, "1 到 5 星", "one to five stars"))
}

fn parsed<T: std::str::FromStr>(
    field: &Field,
    value: &Json,
    zh: &str,
    en: &str,
) -> Option<FieldError> {
    let fits =
        value.as_str().is_some_and(|text| text.len() <= MAX_KEY && text.parse::<T>().is_ok());
    (!fits).then(|| kind(field, value, zh, en))
}

fn key(field: &Field, value: &Json, zh: &str, en: &str) -> Option<FieldError> {
    let fits = value.as_str().is_some_and(|text| !text.is_empty() && text.len() <= MAX_KEY);
    (!fits).then(|| kind(field, value, zh, en))
}

fn each(
    field: &Field,
    value: &Json,
    check: impl Fn(&Json) -> Option<FieldError>,
) -> Vec<FieldError> {
    match value {
        Json::Array(items) if items.len() <= MAX_ITEMS => {
            items.iter().find_map(check).into_iter().collect()
        }
        Json::Array(_) => {
            let (zh, en) = (format!("最多{MAX_ITEMS}项"), format!("at most {MAX_ITEMS} entries"));
            vec![range(field, zh, en)]
        }
        _ => vec![kind(field, value, "列表", "a list")],
    }
}

fn choice(
    release: &Release,
    field: &Field,
    value: &Json,
    component: Option<&str>,
) -> Option<FieldError> {
    let Some(key) = value.as_str() else {
        return Some(kind(field, value, "选项", "one of the choices"));
    };
    if field.choices.iter().any(|choice| choice.id == key)
        || in_catalog(release, field, key, component)
    {
        return None;
    }
    let titles = named(release, field, component);
    let shown = |lang| {
        let known = words(release, key).map(|title| title.get(lang).to_owned());
        known.unwrap_or_else(|| key.chars().take(40).collect())
    };
    let all = |lang: Lang, comma: &str| {
        let some = titles.iter().take(12).map(|title| title.get(lang));
        some.collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (all(Lang::Zh, "、"), all(Lang::En, ", "));
    Some(error(
        &field.id,
        "choice",
        format!("“{}”不在{}的选项中；可选：{zh}", shown(Lang::Zh), field.title.zh),
        format!(
            "“{}” is not among the choices of {}; choose one of: {en}",
            shown(Lang::En),
            field.title.en
        ),
    ))
}

/// What the catalogue calls a key.
fn words<'r>(release: &'r Release, key: &str) -> Option<&'r Text> {
    let catalog = &release.catalog;
    let part = catalog.component(key).map(|c| &c.title);
    part.or_else(|| catalog.fault(key).map(|f| &f.title))
        .or_else(|| catalog.causes.iter().find(|c| c.id == key).map(|c| &c.title))
}

/// The titles of what may be chosen.
fn named<'r>(release: &'r Release, field: &'r Field, component: Option<&str>) -> Vec<&'r Text> {
    let catalog = &release.catalog;
    let written = field.choices.iter().map(|choice| &choice.title);
    let listed: Vec<&Text> = match field.catalog.as_deref() {
        Some("components") => catalog.components.iter().map(|c| &c.title).collect(),
        Some("faults") => {
            let fits = |fault: &&rulebook::model::Fault| {
                component.is_none_or(|component| fault.components.iter().any(|c| c == component))
            };
            catalog.faults.iter().filter(fits).map(|f| &f.title).collect()
        }
        Some("causes") => catalog.causes.iter().map(|c| &c.title).collect(),
        Some("models") => catalog.models.iter().map(|m| &m.title).collect(),
        Some("products") => catalog.products.values().map(|p| &p.title).collect(),
        _ => Vec::new(),
    };
    written.chain(listed).collect()
}

fn in_catalog(release: &Release, field: &Field, key: &str, component: Option<&str>) -> bool {
    let catalog = &release.catalog;
    match field.catalog.as_deref() {
        Some("components") => catalog.component(key).is_some(),
        Some("faults") => catalog.fault(key).is_some_and(|fault| {
            component.is_none_or(|component| fault.components.iter().any(|c| c == component))
        }),
        Some("causes") => catalog.causes.iter().any(|cause| cause.id == key),
        Some("models") => catalog.models.iter().any(|model| model.id == key),
        Some("products") => catalog.products.contains_key(key),
        _ => false,
    }
}

/// Whether only the keys named are there.
fn only(map: &Map<String, Json>, keys: &[&str]) -> bool {
    map.keys().all(|key| keys.contains(&key.as_str()))
}

fn photos(field: &Field, value: &Json) -> Vec<FieldError> {
    let photo = |item: &Json| {
        let wrong = || kind(field, item, "照片（文件与位置）", "a photo with its slot");
        let Json::Object(map) = item else { return Some(wrong()) };
        if !only(map, &["file", "slot"]) {
            return Some(wrong());
        }
        let slot = map.get("slot").and_then(Json::as_str);
        let known = slot.is_none_or(|slot| field.choices.iter().any(|c| c.id == slot));
        if !known && !field.choices.is_empty() {
            return Some(wrong());
        }
        key(field, map.get("file").unwrap_or(&Json::Null), "照片文件", "the file of a photo")
    };
    let mut errors = each(field, value, photo);
    if errors.is_empty() && !is_empty(value) {
        let count = value.as_array().map_or(0, Vec::len);
        let fewest = field.min.map_or(0, whole_limit);
        let most = field.max.map_or(MAX_ITEMS, whole_limit);
        if count < fewest {
            let (zh, en) = (format!("至少{fewest}张照片"), format!("at least {fewest} photos"));
            errors.push(range(field, zh, en));
        } else if count > most {
            let (zh, en) = (format!("最多{most}张照片"), format!("at most {most} photos"));
            errors.push(range(field, zh, en));
        }
    }
    errors
}

fn checklist(field: &Field, value: &Json) -> Vec<FieldError> {
    let Json::Object(map) = value else {
        return vec![kind(field, value, "检查项", "the answers of a checklist")];
    };
    let known = |key: &String| field.choices.iter().any(|choice| choice.id == **key);
    let wrong =
        map.iter().find(|(key, answer)| !known(key) || !(answer.is_boolean() || answer.is_null()));
    wrong
        .map(|(key, answer)| {
            let shown = format!("{key}: {}", shown(answer));
            error(
                &field.id,
                "type",
                format!("“{shown}”不是{}的检查项答案（是或否）", field.title.zh),
                format!("“{shown}” is no answer of {} (yes or no)", field.title.en),
            )
        })
        .into_iter()
        .collect()
}

fn measurement(field: &Field, value: &Json) -> Vec<FieldError> {
    let wrong = || vec![kind(field, value, "检测结果", "a measurement with its value")];
    let Json::Object(map) = value else { return wrong() };
    if !only(map, &["value", "instrument", "temperature", "charge"]) {
        return wrong();
    }
    let numeric = |key: &str| map.get(key).is_none_or(|v| v.is_null() || v.is_number());
    let instrument = map.get("instrument").is_none_or(|v| v.is_null() || v.is_string());
    if !(numeric("value") && numeric("temperature") && numeric("charge") && instrument) {
        return wrong();
    }
    let number = map.get("value").and_then(Json::as_f64);
    number.and_then(|number| within(field, number)).into_iter().collect()
}

fn signature(field: &Field, value: &Json) -> Option<FieldError> {
    let wrong = || kind(field, value, "签名", "a signature with its file and means");
    let Json::Object(map) = value else { return Some(wrong()) };
    let means = map.get("means").and_then(Json::as_str).unwrap_or("pad");
    let file = map.get("file").and_then(Json::as_str).is_some_and(|f| !f.is_empty());
    let fits = only(map, &["file", "by", "means", "code"])
        && matches!(means, "pad" | "paper" | "code")
        && (file || means == "code");
    (!fits).then(wrong)
}
