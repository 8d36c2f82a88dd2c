//! A workbook as the archive it is: how much it unpacks to, and which rows are hidden.

use super::workbook::Unreadable;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Cursor, Read};
use zip::ZipArchive;

/// A workbook that unpacks to more is not opened: 200,000 rows of twenty columns need half of it.
const MAX_UNPACKED: u64 = 400 * 1024 * 1024;
/// The texts of a workbook are held while it is read.
const MAX_TEXTS: u64 = 96 * 1024 * 1024;
/// Most parts of an archive; a workbook has some dozens.
const MAX_PARTS: usize = 10_000;
/// Most bytes of a part that is read whole.
const MAX_PART: u64 = 4 * 1024 * 1024;
/// Longest tag of a row looked at.
const MAX_TAG: u64 = 16 * 1024;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Unpacks everything once, keeping nothing: what an archive says of its size may be a lie.
pub fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    within(bytes, MAX_UNPACKED, MAX_TEXTS)
}

fn within(bytes: &[u8], most: u64, most_texts: u64) -> Result<(), Unreadable> {
    let mut archive = Archive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAWorkbook)?;
    if archive.len() > MAX_PARTS {
        return Err(Unreadable::TooLarge);
    }
    let mut total = 0;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| Unreadable::NotAWorkbook)?;
        let name = part.name().map_err(|_| Unreadable::NotAWorkbook)?;
        let texts = name.to_lowercase().ends_with("sharedstrings.xml");
        let left = if texts { most_texts.min(most - total) } else { most - total };
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let size = size.map_err(|_| Unreadable::NotAWorkbook)?;
        if size > left {
            return Err(Unreadable::TooLarge);
        }
        total += size;
    }
    if total == 0 { Err(Unreadable::NotAWorkbook) } else { Ok(()) }
}

/// Numbers (from 1) of the hidden rows of a sheet; empty when that cannot be told.
pub fn hidden_rows(bytes: &[u8], sheet: &str) -> BTreeSet<u32> {
    read(bytes, sheet).unwrap_or_default()
}

fn read(bytes: &[u8], sheet: &str) -> Option<BTreeSet<u32>> {
    let mut archive = Archive::new(Cursor::new(bytes)).ok()?;
    let book = part(&mut archive, "xl/workbook.xml")?;
    let name = sheet.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let tag = tags(&book, "sheet").find(|t| attribute(t, "name") == Some(&name))?;
    let id = attribute(tag, "r:id")?;
    let relations = part(&mut archive, "xl/_rels/workbook.xml.rels")?;
    let relation = tags(&relations, "Relationship").find(|t| attribute(t, "Id") == Some(id))?;
    let target = attribute(relation, "Target")?;
    let path = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    };
    let mut sheet = BufReader::new(archive.by_name(&path).ok()?);
    let mut hidden = BTreeSet::new();
    let mut piece = Vec::new();
    loop {
        piece.clear();
        if sheet.by_ref().take(MAX_TAG).read_until(b'>', &mut piece).ok()? == 0 {
            return Some(hidden);
        }
        let text = std::str::from_utf8(&piece).unwrap_or_default();
        for tag in tags(text, "row") {
            if matches!(attribute(tag, "hidden"), Some("1" | "true")) {
                hidden.extend(attribute(tag, "r").and_then(|row| row.parse::<u32>().ok()));
            }
        }
    }
}

fn part(archive: &mut Archive<'_>, path: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(path).ok()?.take(MAX_PART).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Start tags of that name, without their brackets.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').filter_map(move |piece| {
        let rest = piece.strip_prefix(name)?;
        let tag = rest.split('>').next()?;
        tag.starts_with([' ', '/', '\n', '\t', '\r']).then_some(tag)
    })
}

/// The value of an attribute within a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let starts = tag[..at].ends_with([' ', '\n', '\t', '\r']);
        let value = tag[at + name.len()..].strip_prefix("=\"").filter(|_| starts)?;
        value.split('"').next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_that_unpacks_to_too_much_is_refused_whatever_it_says_of_itself() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..500 {
            sheet.write_string(row, 0, format!("{row:0200}")).expect("a cell");
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        for (most, texts, expect) in [
            (1_000_000, 1_000_000, Ok(())),
            (50_000, 50_000, Err(Unreadable::TooLarge)),
            (1_000_000, 50_000, Err(Unreadable::TooLarge)),
        ] {
            assert_eq!(within(&bytes, most, texts), expect, "{most} {texts}");
        }
        assert_eq!(check(b"PK\x03\x04"), Err(Unreadable::NotAWorkbook));
    }
}
