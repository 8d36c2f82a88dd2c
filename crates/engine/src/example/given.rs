//! What a story is given: the facts the store would bring, by the names of the fact schema.

use super::failure;
use crate::decision::{Decision, Followup};
use crate::facts::{Doubt, Facts, Held, HistoryItem, PersonFacts, Till};
use crate::price::PriceBook;
use base::{CaseId, Day, Instant, Money, OrgId, PersonId, Text};
use rulebook::Release;
use rulebook::model::{ABOVE, Example, PriceItem};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A local time, `2026-11-20T09:00`.
pub fn local(facts: &Facts, text: &str) -> Result<Instant, Text> {
    let parsed = text.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>();
    parsed.map(|at| facts.zone.instant(at)).map_err(|_| {
        failure(
            format!("“{text}”不是本地时间，例如 2026-11-20T09:00"),
            format!("`{text}` is no local time such as 2026-11-20T09:00"),
        )
    })
}

/// What whoever opens the case of a story works on.
pub fn held(given: &Map<String, Json>) -> Result<Vec<Held>, Text> {
    let told = given.get("held").and_then(Json::as_array).into_iter().flatten();
    told.zip(1000..).map(|(told, id)| one_held(told, CaseId(id))).collect()
}

fn one_held(told: &Json, case: CaseId) -> Result<Held, Text> {
    let text = |key: &str| told.get(key).and_then(Json::as_str).map(str::to_owned);
    let number = text("number").ok_or_else(|| {
        failure("held 的每一行要有 number".to_owned(), "each of `held` has a `number`".to_owned())
    })?;
    let words = |key: &str| text(key).map_or_else(|| Text::new("", ""), |t| Text::new(&t, &t));
    Ok(Held {
        case,
        number,
        process: text("process").unwrap_or_default(),
        title: words("title"),
        state: words("state"),
        frame_no: text("frame_no"),
        due_at: None,
        assigned: told.get("assigned").and_then(Json::as_bool).unwrap_or(true),
    })
}

/// The money of whoever opens the case of a story, as the store would bring it.
pub fn till(given: &Map<String, Json>) -> Result<Till, Text> {
    let Some(told) = given.get("till") else { return Ok(Till::default()) };
    serde_json::from_value(told.clone()).map_err(|wrong| {
        failure(
            format!("till 写得不对（{wrong}）"),
            format!("`till` is not written as it should be ({wrong})"),
        )
    })
}

/// What other records say against the case of a story: `check`, and what of `number` and `count` is
/// told.
pub fn doubts(given: &Map<String, Json>) -> Vec<Doubt> {
    let told = given.get("doubts").and_then(Json::as_array).into_iter().flatten();
    let text = |told: &Json, key: &str| told.get(key).and_then(Json::as_str).map(str::to_owned);
    let doubt = |told: &Json| Doubt {
        check: text(told, "check").unwrap_or_default(),
        number: text(told, "number"),
        count: told.get("count").and_then(Json::as_i64),
        ..Doubt::default()
    };
    told.map(doubt).collect()
}

/// What the company knows of the unit of a story beside its case.
pub fn known(given: &Map<String, Json>) -> Map<String, Json> {
    let told = ["scores", "standings", "earlier", "parent", "left"];
    told.iter().filter_map(|name| Some(((*name).to_owned(), given.get(*name)?.clone()))).collect()
}

/// The numbers of these cases.
pub fn numbers(held: &[Held], cases: &[CaseId]) -> Vec<String> {
    let of = |case: &CaseId| held.iter().find(|held| held.case == *case);
    cases.iter().filter_map(|case| Some(of(case)?.number.clone())).collect()
}

/// The station of a story that names none.
pub fn station() -> Map<String, Json> {
    let mut org = Map::new();
    org.insert("code".into(), "S001".into());
    org.insert("kind".into(), "station".into());
    org.insert("registered".into(), true.into());
    org
}

/// Facts of an organisation unit with its id, as the store brings them.
pub fn with_id(facts: &Map<String, Json>, id: OrgId) -> Map<String, Json> {
    let mut facts = facts.clone();
    facts.insert("id".to_owned(), id.to_string().into());
    // What nobody tells otherwise: it works, had goods before and has somebody who is certified.
    facts.entry("standing").or_insert_with(|| "active".into());
    for fact in ["supplied", "certified", "has_station"] {
        facts.entry(fact).or_insert(Json::Bool(true));
    }
    facts
}

/// What a decision writes of the case's own unit is what its rules read from then on.
pub fn registered(facts: &mut Facts, decision: &Decision) {
    for followup in &decision.followups {
        let Followup::Register { target, values } = followup else { continue };
        let own = values.get("org").is_none_or(|org| facts.org.get("id") == Some(org));
        match target.as_str() {
            "org.standing" if own => facts.org.extend(values.clone()),
            "org.supplied" if own => {
                facts.org.insert("supplied".into(), true.into());
            }
            _ => continue,
        }
        facts.org.remove("org");
    }
}

/// What became otherwise with the vehicle since the step before.
pub fn changed(facts: &mut Facts, told: &Map<String, Json>) {
    if !told.is_empty() {
        facts.unit.get_or_insert_default().extend(told.clone());
    }
}

/// What a rule may know of a person.
pub fn person(name: &str, told: &Map<String, Json>) -> Result<PersonFacts, Text> {
    let mut person = PersonFacts::default();
    let wrong = |key: &str| {
        failure(
            format!(
                "{name} 的 {key} 读不出；可写 roles、certificate、skills、open_cases、away、deputy_for"
            ),
            format!(
                "{key} of {name} cannot be read; known are roles, certificate, skills, \
                open_cases, away, deputy_for"
            ),
        )
    };
    for (key, value) in told {
        let texts = || -> Option<Vec<String>> {
            value.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
        };
        match key.as_str() {
            "roles" => {
                person.roles = texts().ok_or_else(|| wrong(key))?;
                // Who holds a role above holds it here too.
                let above = person.roles.iter().filter_map(|role| role.strip_prefix(ABOVE));
                let above: Vec<String> = above.map(str::to_owned).collect();
                person.roles.extend(above);
            }
            "skills" => person.skills = texts().ok_or_else(|| wrong(key))?,
            "open_cases" => {
                let count = value.as_u64().and_then(|n| u32::try_from(n).ok());
                person.open_cases = count.ok_or_else(|| wrong(key))?;
            }
            "away" => person.away = value.as_bool().ok_or_else(|| wrong(key))?,
            "certificate" => {
                let text = |name: &str| value.get(name).and_then(Json::as_str);
                person.certificate_number = text("number").map(str::to_owned);
                person.certificate_expires = match text("expires") {
                    Some(day) => Some(day.parse().map_err(|_| wrong(key))?),
                    None => None,
                };
            }
            "name" | "title" | "deputy_for" => {}
            _ => return Err(wrong(key)),
        }
    }
    Ok(person)
}

/// The person of that name.
pub fn person_named(names: &BTreeMap<String, PersonId>, name: &str) -> Result<PersonId, Text> {
    names.get(name).copied().ok_or_else(|| {
        failure(format!("people 中没有“{name}”"), format!("`people` has no `{name}`"))
    })
}

/// Who is whose deputy throughout the story: `deputy_for = ["wang"]`.
pub fn deputies(
    names: &BTreeMap<String, PersonId>,
    example: &Example,
) -> Result<BTreeMap<PersonId, Vec<PersonId>>, Text> {
    let mut deputies: BTreeMap<PersonId, Vec<PersonId>> = BTreeMap::new();
    for (deputy, told) in &example.people {
        let away = told.get("deputy_for").and_then(Json::as_array).into_iter().flatten();
        for name in away {
            let away = person_named(names, name.as_str().unwrap_or_default())?;
            deputies.entry(person_named(names, deputy)?).or_default().push(away);
        }
    }
    Ok(deputies)
}

/// A release with other settings; `"unset"` takes a value away.
pub fn with_params(release: &Release, params: &Map<String, Json>) -> Release {
    let mut release = release.clone();
    for (id, value) in params {
        if let Some(parameter) = release.parameters.get_mut(id) {
            parameter.value = (value != "unset").then(|| value.clone());
        }
    }
    release
}

/// The price book of a story: the release's, `prices` that differ from it, and `price_rows` the
/// company has entered since.
pub fn prices(release: &Release, given: &Map<String, Json>) -> Result<PriceBook, Text> {
    let mut rows = Vec::new();
    for told in given.get("price_rows").and_then(Json::as_array).into_iter().flatten() {
        let row = serde_json::from_value(told.clone()).map_err(|error| {
            failure(
                format!("price_rows 读不出：{error}"),
                format!("a row of `price_rows` cannot be read: {error}"),
            )
        })?;
        rows.push(row);
    }
    let mut book = PriceBook::new(release, &release.parts, rows);
    for (code, told) in given.get("prices").and_then(Json::as_object).into_iter().flatten() {
        book.set(&price(release, code, told)?);
    }
    Ok(book)
}

/// A price of the list, with what the story changes of it.
fn price(release: &Release, code: &str, told: &Json) -> Result<PriceItem, Text> {
    let mut item = release.prices.get(code).cloned().unwrap_or_else(|| PriceItem {
        code: code.to_owned(),
        title: Text::new(code, code),
        kind: "part".to_owned(),
        component: None,
        models: Vec::new(),
        ex_factory: Money::ZERO,
        wholesale: Money::ZERO,
        retail: Money::ZERO,
        clause: Vec::new(),
    });
    let fen = |key: &str| told.get(key).and_then(Json::as_i64).map(Money);
    let text = |key: &str| told.get(key).and_then(Json::as_str).map(str::to_owned);
    item.ex_factory = fen("ex_factory").unwrap_or(item.ex_factory);
    item.wholesale = fen("wholesale").unwrap_or(item.wholesale);
    item.retail = fen("retail").unwrap_or(item.retail);
    item.kind = text("kind").unwrap_or(item.kind);
    item.component = text("component").or(item.component);
    if told.is_object() {
        return Ok(item);
    }
    Err(failure(format!("价目 {code} 读不出"), format!("the price {code} cannot be read")))
}

/// An earlier repair.
pub fn history(told: &Json, facts: &Facts) -> Result<HistoryItem, Text> {
    let text = |key: &str| told.get(key).and_then(Json::as_str).map(str::to_owned);
    let day = |key: &str| -> Result<Day, Text> {
        text(key).and_then(|day| day.parse().ok()).ok_or_else(|| {
            failure(
                format!("history 的 {key} 应是日期，例如 2026-11-20"),
                format!("{key} in `history` must be a day such as 2026-11-20"),
            )
        })
    };
    let to = day("to")?;
    let from = if told.get("from").is_some() { day("from")? } else { to };
    let delivered = match text("delivered_at") {
        Some(at) => local(facts, &at)?,
        None => facts.zone.instant(to.to_datetime(jiff::civil::time(17, 0, 0, 0))),
    };
    let flag = |key: &str| told.get(key).and_then(Json::as_bool).unwrap_or(false);
    Ok(HistoryItem {
        case: CaseId(99),
        number: text("number").unwrap_or_else(|| "示例-0000".to_owned()),
        component: text("component").unwrap_or_default(),
        fault: text("fault").unwrap_or_default(),
        from,
        to,
        waiting_parts_days: told.get("waiting_parts_days").and_then(Json::as_i64).unwrap_or(0),
        covered: flag("covered"),
        replaced: flag("replaced"),
        delivered_at: delivered,
    })
}
