//! A letter taken apart (MIME), with limits on how deep, how many and how long: whoever wrote it
//! may have written anything. Only single parts are given to the parser, which has no limits.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// Deepest part within parts.
const DEEPEST: usize = 8;
/// Most parts.
const MOST: usize = 100;
/// Longest head of a letter or a part, in bytes.
const LONGEST_HEAD: usize = 128 * 1024;
/// Longest text part read, in bytes.
const LONGEST_TEXT: usize = 2 * 1024 * 1024;
/// Longest boundary by the standard (RFC 2046), with some patience.
const LONGEST_BOUNDARY: usize = 200;

/// Why nothing can be read of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// A part that holds something by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it was meant to be read first.
    Text(String),
    /// The same as a page.
    Html(String),
    /// A picture.
    Picture(Vec<u8>),
    /// Something else that was sent along.
    Other,
}

/// The head of a letter.
pub fn head(raw: &[u8]) -> Result<Message<'_>, Unreadable> {
    let (head, _) = split(raw)?;
    MessageParser::default().parse_headers(head).ok_or(Unreadable)
}

/// What a letter holds, in its order; of texts that say the same the plainest.
pub fn parts(raw: &[u8]) -> Result<Vec<Part>, Unreadable> {
    let mut left = MOST;
    let mut found = Vec::new();
    walk(raw, 0, &mut left, &mut found)?;
    Ok(found)
}

fn walk(
    raw: &[u8],
    depth: usize,
    left: &mut usize,
    found: &mut Vec<Part>,
) -> Result<(), Unreadable> {
    if depth > DEEPEST || *left == 0 {
        return Err(Unreadable);
    }
    *left -= 1;
    let (head, body) = split(raw)?;
    let Some(read) = MessageParser::default().parse_headers(head) else {
        // Without a head it is text.
        let text = body.get(..body.len().min(LONGEST_TEXT)).unwrap_or_default();
        found.push(Part::Text(String::from_utf8_lossy(text).into_owned()));
        return Ok(());
    };
    let kind = read.content_type();
    let main = kind.map_or("text", |kind| kind.ctype()).to_owned();
    let sub = kind.and_then(|kind| kind.subtype()).unwrap_or("plain").to_owned();
    let boundary = kind.and_then(|kind| kind.attribute("boundary")).map(str::to_owned);
    match main.as_str() {
        "multipart" => {
            let Some(boundary) = boundary.filter(|b| (1..=LONGEST_BOUNDARY).contains(&b.len()))
            else {
                return Ok(());
            };
            let mut within = Vec::new();
            for one in between(body, boundary.as_bytes(), *left)? {
                walk(one, depth + 1, left, &mut within)?;
            }
            found.extend(if sub == "alternative" { plainest(within) } else { within });
            Ok(())
        }
        // Letters in letters stay closed: they are somebody else's, and may nest without end.
        "message" => {
            found.push(Part::Other);
            Ok(())
        }
        _ => {
            found.extend(single(raw, &main, &sub, is_file(&read)));
            Ok(())
        }
    }
}

/// Whether it was sent along to be kept, rather than to be read.
fn is_file(read: &Message<'_>) -> bool {
    read.content_disposition().is_some_and(mail_parser::ContentType::is_attachment)
}

/// A part without parts, decoded.
fn single(raw: &[u8], main: &str, sub: &str, file: bool) -> Option<Part> {
    let text = main == "text";
    if (text && file) || !(text || main == "image") {
        return Some(Part::Other);
    }
    let raw = if text { raw.get(..raw.len().min(LONGEST_TEXT))? } else { raw };
    let read = MessageParser::default().parse(raw)?;
    match &read.parts.first()?.body {
        PartType::Html(text) => Some(Part::Html(text.to_string())),
        PartType::Text(text) if sub == "html" => Some(Part::Html(text.to_string())),
        PartType::Text(said) if text => Some(Part::Text(said.to_string())),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) if main == "image" => {
            Some(Part::Picture(bytes.to_vec()))
        }
        _ => Some(Part::Other),
    }
}

/// Of texts that say the same the plain one, and everything that is no text.
fn plainest(parts: Vec<Part>) -> Vec<Part> {
    let says = |part: &Part| matches!(part, Part::Text(text) if !text.trim().is_empty());
    let plain = parts.iter().any(says);
    let mut said = false;
    let keep = |part: &Part| match part {
        Part::Text(_) | Part::Html(_) if said => false,
        Part::Text(_) => {
            said = says(part);
            said
        }
        Part::Html(_) => {
            said = !plain;
            said
        }
        Part::Picture(_) | Part::Other => true,
    };
    let mut keep = keep;
    parts.into_iter().filter(|part| keep(part)).collect()
}

/// Head and body: parted by the first empty line.
fn split(raw: &[u8]) -> Result<(&[u8], &[u8]), Unreadable> {
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if at > LONGEST_HEAD {
            return Err(Unreadable);
        }
        if line == b"\n" || line == b"\r\n" {
            return Ok(raw.split_at(at));
        }
    }
    Ok((raw, &[]))
}

/// What stands between the lines of a boundary; one that is not closed ends where all ends.
fn between<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> Result<Vec<&'a [u8]>, Unreadable> {
    let mut found = Vec::new();
    let (mut at, mut from) = (0, None);
    let mut take = |from: Option<usize>, to: usize| {
        let one = from.and_then(|from| body.get(from..to));
        if found.len() >= most {
            return Err(Unreadable);
        }
        found.extend(one);
        Ok(())
    };
    let mut closed = false;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let rest = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
        let rest = rest.map(<[u8]>::trim_ascii);
        if let Some(rest @ (b"" | b"--")) = rest {
            take(from, at)?;
            from = Some(at + line.len());
            closed = rest == b"--";
        }
        at += line.len();
        if closed {
            break;
        }
    }
    if !closed {
        take(from, body.len())?;
    }
    Ok(found)
}
