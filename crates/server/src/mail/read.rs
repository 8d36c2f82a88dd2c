//! A letter as it is understood: who wrote it, to which address, what it answers and what it says.

use super::mime::{self, Part, Unreadable};
use super::{automatic, html, quoted};
use crate::imports::clean;
use mail_parser::{Address, HeaderValue, Message};
use store::email::normal;

/// Most addresses and numbers looked at for the thread.
const MOST_NAMED: usize = 60;
/// Longest subject and name kept, in characters.
const LONGEST_LINE: usize = 150;
/// Longest number of a letter, in bytes.
const LONGEST_ID: usize = 500;

/// A letter, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Who is to be answered: the one address of `Reply-To`, else that of `From`.
    pub sender: String,
    /// What they call themselves.
    pub name: Option<String>,
    /// Addresses it was sent to.
    pub to: Vec<String>,
    /// Its number.
    pub id: Option<String>,
    /// Numbers of the letters it answers, the nearest first.
    pub answers: Vec<String>,
    /// Its subject, without the marks of answers.
    pub subject: String,
    /// Its whole text, plain.
    pub text: String,
    /// Pictures as they came.
    pub pictures: Vec<Vec<u8>>,
    /// How much else was sent along.
    pub others: usize,
    /// Why no person wrote it, where so.
    pub automatic: Option<&'static str>,
}

impl Read {
    /// What is new in it, where it answers another.
    pub fn new_text(&self) -> String {
        quoted::new_in(&self.text)
    }

    /// All it says, without the signs that we put in.
    pub fn whole_text(&self) -> String {
        html::squeezed(&self.text.replace(html::REPEATED, ""))
    }
}

/// Reads a letter; the sender by whom the mail server took it is `envelope`.
pub fn read(raw: &[u8], envelope: Option<&str>) -> Result<Read, Unreadable> {
    let head = mime::head(raw)?;
    let from = one(head.from()).ok_or(Unreadable)?;
    let sender = one(head.reply_to()).map_or_else(|| from.0.clone(), |(address, _)| address);
    let automatic = automatic::why(&head, envelope, &sender);
    let mut read = Read {
        automatic,
        name: from.1.map(|name| line(&name)).filter(|name| !name.is_empty()),
        to: addresses(&head),
        id: head.message_id().map(str::to_owned).filter(|id| id.len() <= LONGEST_ID),
        answers: answered(&head),
        subject: line(head.subject().unwrap_or_default()),
        sender,
        text: String::new(),
        pictures: vec![],
        others: 0,
    };
    if read.automatic.is_some() {
        return Ok(read);
    }
    let mut texts = Vec::new();
    for part in mime::parts(raw)? {
        match part {
            Part::Text(text) => texts.push(clean::text(&text)),
            Part::Html(page) => texts.push(clean::text(&html::text(&page))),
            Part::Picture(bytes) => read.pictures.push(bytes),
            Part::Other => read.others += 1,
        }
    }
    texts.retain(|text| !text.is_empty());
    read.text = texts.join("\n\n");
    Ok(read)
}

/// The one address of a head, with the name beside it; `None` where there are more.
fn one(address: Option<&Address<'_>>) -> Option<(String, Option<String>)> {
    let mut all = address?.iter();
    let first = all.next()?;
    if all.next().is_some() {
        return None;
    }
    Some((normal(first.address()?)?, first.name().map(str::to_owned)))
}

/// Every address it was sent to, also behind a forwarding.
fn addresses(head: &Message<'_>) -> Vec<String> {
    let named = [head.to(), head.cc()].into_iter().flatten();
    let named = named.flat_map(|list| list.iter().filter_map(|one| one.address()));
    let behind = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"];
    let behind = behind.iter().filter_map(|name| head.header_raw(*name)).map(str::trim);
    named.chain(behind).take(MOST_NAMED).map(str::to_owned).collect()
}

/// The numbers of the letters it answers, the nearest first.
fn answered(head: &Message<'_>) -> Vec<String> {
    let list = |value: &HeaderValue<'_>| match value {
        HeaderValue::Text(one) => vec![one.to_string()],
        HeaderValue::TextList(all) => all.iter().rev().map(ToString::to_string).collect(),
        _ => vec![],
    };
    let mut ids = list(head.in_reply_to());
    ids.extend(list(head.references()));
    ids.truncate(MOST_NAMED);
    ids
}

/// One line, no longer than is kept.
fn line(text: &str) -> String {
    let text = clean::text(text).replace('\n', " ");
    text.trim().chars().take(LONGEST_LINE).collect()
}
