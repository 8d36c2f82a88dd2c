//! One item of a pack's TOML file: a parameter, a message, a deadline.

use super::Refused;
use super::keys::At;
use super::splice::{Splices, line_end, line_start, next_line};
use super::value::{read, same, without_nulls};
use crate::expr::suggest;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wished of an item, by key; null takes the key away, a key that is not named stays.
pub type Keys = Map<String, Value>;

/// A list of items with an id each, as a pack's files hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// `[[parameter]]` of `rulebook.toml` (参数).
    Parameter,
    /// `[[message]]` of `messages.toml` (消息).
    Message,
    /// `[[deadline]]` of a process (时限).
    Deadline,
}

impl List {
    /// The word in the double brackets.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Message => "message",
            Self::Deadline => "deadline",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::Parameter => "参数",
            Self::Message => "消息",
            Self::Deadline => "时限",
        }
    }

    const fn en(self) -> &'static str {
        match self {
            Self::Parameter => "setting",
            Self::Message => "message",
            Self::Deadline => "deadline",
        }
    }

    /// Its keys in the order packs write them; the id is first and never changes.
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Parameter => {
                &["id", "title", "kind", "unit", "value", "example", "required", "clause"]
            }
            Self::Message => &["id", "title", "body", "clause"],
            Self::Deadline => &[
                "id",
                "title",
                "starts",
                "stops",
                "drops",
                "restarts",
                "within",
                "not_before",
                "until",
                "before",
                "when",
                "repeat",
                "calendar",
                "pauses",
                "warn",
                "breach",
                "escalate",
                "extension",
                "clause",
            ],
        }
    }
}

/// The text of `rulebook.toml` with the value of a setting changed; `None` leaves it unset.
///
/// # Errors
/// When the text is no TOML or there is no such setting.
pub fn set_parameter(text: &str, id: &str, value: Option<&Value>) -> Result<String, Refused> {
    let wish = value.cloned().unwrap_or(Value::Null);
    set_item(text, List::Parameter, id, &Keys::from_iter([("value".to_owned(), wish)]))
}

/// The text of `messages.toml` with a message changed: `title`, `body`, each `{ zh, en }`.
///
/// # Errors
/// When the text is no TOML, there is no such message, or a key is none of a message.
pub fn set_message(text: &str, id: &str, keys: &Keys) -> Result<String, Refused> {
    set_item(text, List::Message, id, keys)
}

/// The text of a process file with a deadline changed: `within`, `warn`, `breach`, `calendar` and
/// any other key but its id.
///
/// # Errors
/// When the text is no TOML, there is no such deadline, or a key is none of a deadline.
pub fn set_deadline(text: &str, id: &str, keys: &Keys) -> Result<String, Refused> {
    set_item(text, List::Deadline, id, keys)
}

/// The text with keys of one item changed; everything else stays byte by byte.
///
/// # Errors
/// When the text is no TOML, there is no such item, or a key is none of its kind.
pub fn set_item(text: &str, list: List, id: &str, keys: &Keys) -> Result<String, Refused> {
    known_keys(list, keys)?;
    let root = parse(text)?;
    let Some((_, table)) = item(&root, list, id) else {
        return Err(unknown(&root, list, id));
    };
    let wish: Keys = keys.iter().map(|(key, value)| (key.clone(), without_nulls(value))).collect();
    let mut out = Splices::default();
    At { text, table, order: list.keys() }.set(&wish, &mut out);
    if out.is_empty() {
        return Ok(text.to_owned());
    }
    proven(out.apply(text), list, id, &wish)
}

/// The child's text with an item of its parent written into it as one of its own, changed by
/// `keys`. `child` is the text of the same file in the child pack, if there is one; the file of a
/// process then says which it refines. An item the child has already is changed where it stands.
///
/// # Errors
/// As [`set_item`], of the parent's text or the child's.
pub fn override_item(
    parent: &str,
    child: Option<&str>,
    list: List,
    id: &str,
    keys: &Keys,
) -> Result<String, Refused> {
    known_keys(list, keys)?;
    let above = parse(parent)?;
    let Some((header, table)) = item(&above, list, id) else {
        return Err(unknown(&above, list, id));
    };
    let mut whole = match child {
        Some(text) => text.to_owned(),
        None => head_of(&above, list),
    };
    if item(&parse(&whole)?, list, id).is_none() {
        let end = line_end(if whole.is_empty() { parent } else { &whole });
        if !whole.is_empty() && !whole.ends_with('\n') {
            whole.push_str(end);
        }
        if !whole.is_empty() {
            whole.push_str(end);
        }
        let block = block(parent, header, table);
        whole.push_str(&block.replace("\r\n", "\n").replace('\n', end));
        parse(&whole)?;
    }
    set_item(&whole, list, id, keys)
}

/// What stands at the head of a file that is made for an override.
fn head_of(parent: &DeTable<'_>, list: List) -> String {
    let name = |key: &str| parent.get(key).and_then(|id| id.get_ref().as_str());
    match (list, name("id").or_else(|| name("refines"))) {
        (List::Deadline, Some(process)) => format!("refines = \"{process}\"\n"),
        _ => String::new(),
    }
}

/// The lines of an item, from its header to its last value.
fn block(text: &str, header: usize, table: &DeTable<'_>) -> String {
    let end = table.values().map(last).max().unwrap_or(header);
    let block = &text[line_start(text, header)..next_line(text, end)];
    if block.ends_with('\n') { block.to_owned() } else { format!("{block}\n") }
}

/// Where a value ends, with everything under headers of its own.
fn last(value: &Spanned<DeValue<'_>>) -> usize {
    let below = match value.get_ref() {
        DeValue::Table(table) => table.values().map(last).max(),
        DeValue::Array(items) => items.iter().map(last).max(),
        _ => None,
    };
    value.span().end.max(below.unwrap_or_default())
}

fn known_keys(list: List, keys: &Keys) -> Result<(), Refused> {
    let changeable = &list.keys()[1..];
    match keys.keys().find(|key| !changeable.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => {
            let (zh, en) = suggest::nearest(key, changeable.iter().copied());
            Err(Refused::new(
                format!("{}没有可改的“{key}”{zh}", list.zh()),
                format!("a {} has no `{key}` to change{en}", list.en()),
            ))
        }
    }
}

pub(super) fn parse(text: &str) -> Result<DeTable<'_>, Refused> {
    DeTable::parse(text).map(Spanned::into_inner).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        Refused::new(
            format!("文件第 {line} 行不是正确的 TOML，先在文本里改好它，才能在这里编辑"),
            format!("line {line} of the file is not TOML; mend it in the text, then edit here"),
        )
    })
}

/// The item of that id: where its header stands, and its keys.
fn item<'a, 't>(root: &'a DeTable<'t>, list: List, id: &str) -> Option<(usize, &'a DeTable<'t>)> {
    let found = root.get(list.word())?.get_ref().as_array()?.iter().find(|item| {
        let table = item.get_ref().as_table();
        table.and_then(|table| table.get("id")?.get_ref().as_str()).is_some_and(|have| have == id)
    })?;
    Some((found.span().start, found.get_ref().as_table()?))
}

/// Whether the text has the item; what cannot be read has none.
pub(super) fn has(text: &str, list: List, id: &str) -> bool {
    parse(text).is_ok_and(|root| item(&root, list, id).is_some())
}

fn unknown(root: &DeTable<'_>, list: List, id: &str) -> Refused {
    let items = root.get(list.word()).and_then(|items| items.get_ref().as_array());
    let ids = items
        .into_iter()
        .flat_map(|items| items.iter())
        .filter_map(|item| item.get_ref().as_table()?.get("id")?.get_ref().as_str());
    let (zh, en) = suggest::nearest(id, ids);
    Refused::new(
        format!("没有叫“{id}”的{}{zh}", list.zh()),
        format!("there is no {} `{id}`{en}", list.en()),
    )
}

/// The text, if it reads and says what was wished: a text that would not is never given out.
fn proven(text: String, list: List, id: &str, wish: &Keys) -> Result<String, Refused> {
    let said = parse(&text).is_ok_and(|root| {
        item(&root, list, id).is_some_and(|(_, table)| {
            wish.iter().all(|(key, wish)| match table.get(key.as_str()) {
                None => wish.is_null(),
                Some(have) => same(&read(have.get_ref()), wish),
            })
        })
    });
    if said {
        return Ok(text);
    }
    Err(Refused::new(
        format!("{}“{id}”的写法特殊，这里改不了；请在文件文本里改", list.zh()),
        format!("the {} `{id}` is written in a way this cannot change; edit the text", list.en()),
    ))
}
