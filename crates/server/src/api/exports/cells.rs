//! What a list answers, as cells of a sheet.

use crate::view::sheet::Cell;
use base::{Instant, Lang, Zone};
use serde_json::{Map, Value as Json};

/// What a dotted key names in a row: `unit.frame_no`, `prices.0.amount`.
fn at<'r>(row: &'r Json, key: &str) -> &'r Json {
    key.split('.').fold(row, |value, part| {
        let found = match (value, part.parse::<usize>()) {
            (Json::Array(items), Ok(nth)) => items.get(nth),
            _ => value.get(part),
        };
        found.unwrap_or(&Json::Null)
    })
}

/// Whether what a key names reads so: a text as it is, yes as `true`, nothing as the empty text.
pub fn reads(row: &Json, key: &str, text: &str) -> bool {
    match at(row, key) {
        Json::Null => text.is_empty(),
        Json::String(own) => own == text,
        Json::Bool(yes) => text == if *yes { "true" } else { "false" },
        Json::Number(number) => text.parse().is_ok_and(|own: serde_json::Number| own == *number),
        Json::Array(_) | Json::Object(_) => false,
    }
}

/// The cell a dotted key names in a row.
pub fn cell(row: &Json, key: &str, lang: Lang, zone: &Zone) -> Cell {
    match at(row, key) {
        Json::Null => Cell::Empty,
        Json::Number(number) => match number.as_i64() {
            Some(fen) if key.ends_with("_fen") => Cell::Fen(fen),
            Some(whole) => Cell::Whole(whole),
            None => number.as_f64().map_or(Cell::Empty, Cell::Number),
        },
        other => match words(other, lang, zone) {
            text if text.is_empty() => Cell::Empty,
            text => Cell::Text(text),
        },
    }
}

/// What stands between the parts of a list.
pub const fn joint(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// A value in words: of an object what it is called, of a list each.
fn words(value: &Json, lang: Lang, zone: &Zone) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(yes) => match (yes, lang) {
            (true, Lang::Zh) => "是",
            (false, Lang::Zh) => "否",
            (true, Lang::En) => "yes",
            (false, Lang::En) => "no",
        }
        .to_owned(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => moment(text, zone).unwrap_or_else(|| text.clone()),
        Json::Array(items) => {
            let each: Vec<String> = items.iter().map(|item| words(item, lang, zone)).collect();
            each.join(joint(lang))
        }
        Json::Object(map) => named(map, lang, zone),
    }
}

fn named(map: &Map<String, Json>, lang: Lang, zone: &Zone) -> String {
    let own = if lang == Lang::Zh { "zh" } else { "en" };
    [own, "title", "name", "number", "text"]
        .into_iter()
        .find_map(|key| map.get(key))
        .map(|value| words(value, lang, zone))
        .unwrap_or_default()
}

/// An instant as wall time of the company.
fn moment(text: &str, zone: &Zone) -> Option<String> {
    if text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(zone.local(Instant::from(at)).strftime("%Y-%m-%d %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_is_written_as_it_reads() {
        let zone = Zone::try_new("Asia/Shanghai").expect("a zone");
        let row = json!({
            "number": "WX-1", "state": { "title": { "zh": "维修", "en": "Repair" } },
            "opened_at": "2026-11-21T06:05:00Z", "late": true, "price_fen": 1250,
            "roles": [{ "title": { "zh": "站长", "en": "Head" } }, { "title": { "zh": "技师" } }],
            "unit": null, "prices": [{ "amount": 990 }],
        });
        for (key, expect) in [
            ("number", Cell::from("WX-1")),
            ("state", Cell::from("维修")),
            ("opened_at", Cell::from("2026-11-21 14:05")),
            ("late", Cell::from("是")),
            ("price_fen", Cell::Fen(1250)),
            ("roles", Cell::from("站长、技师")),
            ("unit.frame_no", Cell::Empty),
            ("nothing", Cell::Empty),
            ("prices.0.amount", Cell::Whole(990)),
            ("prices.1.amount", Cell::Empty),
        ] {
            assert_eq!(cell(&row, key, Lang::Zh, &zone), expect, "{key}");
        }
        for (key, text, expect) in [
            ("number", "WX-1", true),
            ("late", "true", true),
            ("late", "false", false),
            ("unit", "", true),
            ("number", "", false),
            ("state", "维修", false),
        ] {
            assert_eq!(reads(&row, key, text), expect, "{key} {text}");
        }
    }
}
