//! Tables as text (CSV): what Excel and the programs of suppliers write, in UTF-8 or in GBK.

use super::clean;
use super::workbook::{Cell, MAX_COLUMNS, Rows, Unreadable};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Rows looked at to see what stands between two cells.
const FIRST_ROWS: usize = 20;

/// The text of a file, when it is text: by its mark, else UTF-8, else GBK as Excel in China writes.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let (text, wrong) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..])
    } else {
        let (text, wrong) = UTF_8.decode_without_bom_handling(bytes);
        if wrong { GB18030.decode_without_bom_handling(bytes) } else { (text, wrong) }
    };
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if wrong || text.is_empty() || text.contains(control) {
        return Err(Unreadable::NotAWorkbook);
    }
    Ok(text)
}

/// The name a table as text has as a sheet.
pub const SHEET: &str = "CSV";

/// The first rows of a text, by number.
pub fn first_rows(text: &str, most: u32) -> Result<Rows, Unreadable> {
    rows(text)
        .take_while(|row| row.as_ref().map_or(true, |(number, _)| *number <= most))
        .filter(|row| row.as_ref().map_or(true, |(_, cells)| !cells.is_empty()))
        .collect()
}

/// Longest cell, as in a workbook.
const MAX_CELL: usize = 32_767;

/// The rows of a text, each with its number from 1, as Excel would show it: a blank line is a row
/// that is not given, and a cell of several lines is one row.
pub fn rows(text: &str) -> impl Iterator<Item = Result<(u32, BTreeMap<u32, Cell>), Unreadable>> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(between(text))
        .from_reader(text.as_bytes());
    let mut records = reader.into_records();
    let (mut number, mut from) = (0_usize, 0);
    std::iter::from_fn(move || {
        let record = records.next()?;
        let to = usize::try_from(records.reader().position().byte()).unwrap_or(text.len());
        let raw = text.get(from..to).unwrap_or_default();
        number += 1 + blank_lines(raw, text[..from].ends_with('\r'));
        from = to;
        Some(row(&record, number, raw))
    })
}

fn row(
    record: &csv::Result<csv::StringRecord>,
    number: usize,
    raw: &str,
) -> Result<(u32, BTreeMap<u32, Cell>), Unreadable> {
    let record = record.as_ref().map_err(|_| Unreadable::NotAWorkbook)?;
    let number = u32::try_from(number).map_err(|_| Unreadable::TooLarge)?;
    // A quote that nobody closed takes all that follows into one cell.
    let lines = raw.trim_end().trim_start().contains('\n');
    let odd = lines && raw.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    if odd || record.iter().any(|cell| cell.len() > MAX_CELL) {
        return Err(Unreadable::Unclosed(number));
    }
    let cells = (0..MAX_COLUMNS).zip(record);
    let cells = cells.filter_map(|(column, text)| {
        let text = bare(text);
        (!clean::text(text).is_empty()).then(|| (column, Cell::Text(text.to_owned())))
    });
    Ok((number, cells.collect()))
}

/// Blank lines before a record; of the end of the line above the second sign may still stand here.
fn blank_lines(raw: &str, after_return: bool) -> usize {
    let ends = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
    let ends = &raw[..ends];
    let ends = if after_return { ends.strip_prefix('\n').unwrap_or(ends) } else { ends };
    ends.replace("\r\n", "\n").len()
}

/// Comma, tab or semicolon: whichever the first rows have most of.
fn between(text: &str) -> u8 {
    let count = |sign: u8| {
        let rows = text.lines().take(FIRST_ROWS);
        rows.map(|row| row.bytes().filter(|byte| *byte == sign).count()).sum::<usize>()
    };
    let most = [b',', b'\t', b';'].into_iter().rev().max_by_key(|sign| count(*sign));
    most.unwrap_or(b',')
}

/// A cell that is kept as text by a formula: `="00123"`.
fn bare(text: &str) -> &str {
    let inner = text.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{rows, text};
    use crate::imports::workbook::{Cell, Unreadable};

    #[test]
    fn text_is_read_in_the_signs_it_was_written_in() {
        let gbk = encoding_rs::GBK.encode("姓名,手机号\n诸葛孔明,13800138000\n").0.into_owned();
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain("姓名\t手机号\n诸葛孔明\t13800138000\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            gbk,
            utf16,
            "姓名;手机号\n诸葛孔明;13800138000\n".as_bytes().to_vec(),
            "\u{feff}姓名,手机号\r\n\"诸葛孔明\",\"=\"\"13800138000\"\"\"\r\n".as_bytes().to_vec(),
        ] {
            let read = text(&bytes).expect("it is text");
            let rows: Vec<_> = rows(&read).collect::<Result<_, _>>().expect("rows");
            let (line, cells) = &rows[1];
            assert_eq!(*line, 2);
            assert_eq!(cells.get(&0), Some(&Cell::Text("诸葛孔明".into())));
            assert_eq!(cells.get(&1), Some(&Cell::Text("13800138000".into())));
        }
    }

    #[test]
    fn a_row_has_the_number_that_a_spreadsheet_shows() {
        for (text, expect) in [
            ("a,b\nc,d\n", &[1, 2][..]),
            ("\n\na,b\n\nc,d\n", &[3, 5]),
            ("a,b\r\n\r\nc,d\r\n", &[1, 3]),
            ("a,b\rc,d\r\re,f", &[1, 2, 4]),
            ("a,b\n,\nc,\"d\ne\"\nf,g\n", &[1, 2, 3, 4]),
        ] {
            let numbers: Vec<u32> = rows(text).map(|row| row.expect("a row").0).collect();
            assert_eq!(numbers, expect, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_not_closed_is_said_and_an_inch_is_none() {
        let last = |text: &str| rows(text).last().expect("a row").map(|(number, _)| number);
        assert_eq!(last("a,b\nc,\"d\ne,f\ng,h\n"), Err(Unreadable::Unclosed(2)));
        assert_eq!(last("a,b\nwheel 26\",d\ne,f\n"), Ok(3));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b""[..], &[7; 40], b"\x00\x01", b"\xff\xff\xff"] {
            assert_eq!(text(bytes).err(), Some(Unreadable::NotAWorkbook), "{bytes:?}");
        }
    }
}
