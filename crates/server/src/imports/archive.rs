//! A workbook as the archive it is: how much it unpacks to, and which rows are hidden.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most bytes of one part that are looked at for hidden rows.
const MAX_PART: u64 = 64 * 1024 * 1024;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What the archive's entries claim to unpack to; `None` when it is no archive.
pub fn claimed_size(bytes: &[u8]) -> Option<u64> {
    let mut archive = Archive::new(Cursor::new(bytes)).ok()?;
    let mut total: u64 = 0;
    for place in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(place).ok()?.size());
    }
    (total > 0).then_some(total)
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
    let text = part(&mut archive, &path)?;
    let hidden = |tag: &&str| matches!(attribute(tag, "hidden"), Some("1" | "true"));
    Some(
        tags(&text, "row")
            .filter(hidden)
            .filter_map(|tag| attribute(tag, "r")?.parse().ok())
            .collect(),
    )
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
