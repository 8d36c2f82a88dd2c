//! A row of a table as one line of JSON: integers, texts, nothing, and bytes as `{"b": base64}`.

use super::Refused;
use crate::exec::Cell;
use data_encoding::BASE64;
use serde_json::{Value as Json, json};

/// The line of a row.
pub(super) fn print(cells: Vec<Cell>) -> Vec<u8> {
    let cells = cells.into_iter().map(|cell| match cell {
        Cell::Null => Json::Null,
        Cell::Int(value) => value.into(),
        Cell::Text(text) => text.into(),
        Cell::Bytes(bytes) => json!({ "b": BASE64.encode(&bytes) }),
    });
    let mut line = Json::Array(cells.collect()).to_string().into_bytes();
    line.push(b'\n');
    line
}

/// The row of a line.
pub(super) fn parse(line: &str) -> Result<Vec<Cell>, Refused> {
    let unreadable = || Refused::new("备份里有读不懂的一行", "a line of the backup cannot be read");
    let Ok(Json::Array(cells)) = serde_json::from_str(line) else { return Err(unreadable()) };
    let cell = |json: Json| match json {
        Json::Null => Ok(Cell::Null),
        Json::Number(number) => number.as_i64().map(Cell::Int).ok_or_else(unreadable),
        Json::String(text) => Ok(Cell::Text(text)),
        json => {
            let bytes = json.get("b").and_then(Json::as_str);
            let bytes = bytes.and_then(|text| BASE64.decode(text.as_bytes()).ok());
            bytes.map(Cell::Bytes).ok_or_else(unreadable)
        }
    };
    cells.into_iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was() {
        let row = vec![
            Cell::Null,
            Cell::Int(i64::MIN),
            Cell::Int(i64::MAX),
            Cell::Text("三包\n\"'\u{1}".into()),
            Cell::Text(String::new()),
            Cell::Bytes(vec![0, 255]),
            Cell::Bytes(vec![]),
        ];
        let line = String::from_utf8(print(row.clone())).expect("text");
        assert_eq!(line.matches('\n').count(), 1);
        assert_eq!(parse(&line), Ok(row));
        for bad in ["", "{}", "[1.5]", "[{}]", "[{\"b\":\"?\"}]", "[true]", "[1"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
