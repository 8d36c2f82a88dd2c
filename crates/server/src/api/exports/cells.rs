//! What a list answers, as cells of a sheet.

use crate::view::sheet::Cell;
use base::{Instant, Lang, Zone};
use serde_json::{Map, Value as Json};

/// The cell a dotted key names in a row: `unit.frame_no`.
pub fn cell(row: &Json, key: &str, lang: Lang, zone: &Zone) -> Cell {
    let mut value = row;
    for part in key.split('.') {
        value = value.get(part).unwrap_or(&Json::Null);
    }
    match value {
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
            each.join(if lang == Lang::Zh { "、" } else { ", " })
        }
        Json::Object(map) => named(map, lang, zone),
    }
}

fn named(map: &Map<String, Json>, lang: Lang, zone: &Zone) -> String {
    let own = if lang == Lang::Zh { "zh" } else { "en" };
    [own, "title", "name", "number"]
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
            "unit": null,
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
        ] {
            assert_eq!(cell(&row, key, Lang::Zh, &zone), expect, "{key}");
        }
    }
}
