//! Filling templates: `minijinja` without files, with bounded work, text escaped as HTML.

use super::press::{Kind, Press};
use base::{Lang, Zone};
use minijinja::value::Serde;
use minijinja::{Error, ErrorKind, Value};
use rulebook::Release;
use std::sync::Arc;

/// Longest page made.
const MAX_PAGE: usize = 2 * 1024 * 1024;

/// What a template is filled with: made once for all the copies of a paper.
pub fn values(context: &serde_json::Value) -> Value {
    Serde(context).into()
}

/// A printed page from a template of the release.
pub fn page(
    zone: &Zone,
    release: &Arc<Release>,
    lang: Lang,
    template: &str,
    context: Value,
) -> Result<String, Error> {
    let page = Press::of(zone, release, lang, Kind::Paper).filled(template, context)?;
    if page.len() > MAX_PAGE {
        return Err(Error::new(ErrorKind::InvalidOperation, "the page is too long"));
    }
    Ok(page)
}

/// A line of a message; `None` when the template cannot be filled.
pub fn line(
    zone: &Zone,
    release: &Arc<Release>,
    lang: Lang,
    template: &str,
    context: &serde_json::Value,
) -> Option<String> {
    Press::of(zone, release, lang, Kind::Line).filled(template, values(context)).ok()
}
