//! An edit of a draft: what is wished, written into the text of the pack.

use super::table::inherited;
use super::{TableWish, Working, grid, laid_over};
use crate::problem::{Answer, Problem};
use base::Text;
use rulebook::PackSource;
use rulebook::edit::{Edited, Item, Keys, Refused, Row, put_rows, set};
use serde::Deserialize;
use store::draft::DraftFile;
use utoipa::ToSchema;

/// What is wished of a draft.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = DraftEdit)]
pub enum Wish {
    /// The rows of a table.
    Table {
        /// The pack it is written in.
        pack: String,
        /// Its id.
        table: String,
        /// The whole table.
        content: TableWish,
    },
    /// Values of settings, by id; null leaves one unset.
    Parameters {
        /// The pack they are written in.
        pack: String,
        /// Values by id.
        #[schema(value_type = Object)]
        values: Keys,
    },
    /// Keys of a message; null takes a key away, one not named stays.
    Message {
        /// The pack it is written in.
        pack: String,
        /// Its id.
        message: String,
        /// `title`, `body`, `clause`.
        #[schema(value_type = Object)]
        keys: Keys,
    },
    /// Keys of a deadline; null takes a key away, one not named stays.
    Deadline {
        /// The pack it is written in.
        pack: String,
        /// The process.
        process: String,
        /// Its id.
        deadline: String,
        /// `title`, `within`, `warn`, `calendar`, …
        #[schema(value_type = Object)]
        keys: Keys,
    },
    /// A file.
    File {
        /// Its pack.
        pack: String,
        /// Its path.
        path: String,
        /// Its whole text; null takes it away.
        text: Option<String>,
    },
}

/// Most rows of a table.
const MOST_ROWS: usize = 5_000;

impl Wish {
    /// The packs as they would be, and what to say of it.
    pub fn written(&self, working: &Working) -> Answer<(Vec<PackSource>, Text)> {
        let packs = &working.sources;
        match self {
            Self::Table { pack, table, content } => {
                let rows = table_rows(working, pack, table, content)?;
                let edited = put_rows(packs, pack, table, &rows).map_err(refused)?;
                Ok((kept(packs, pack, edited), said("表", "table", table)))
            }
            Self::Parameters { pack, values } => {
                working.own_pack(pack)?;
                let mut sources = packs.clone();
                for (id, value) in values {
                    let keys = Keys::from_iter([("value".to_owned(), value.clone())]);
                    let item = Item::Parameter(id);
                    let edited = set(&sources, pack, item, &keys).map_err(refused)?;
                    sources = kept(&sources, pack, edited);
                }
                let ids: Vec<&str> = values.keys().map(String::as_str).collect();
                Ok((sources, said("参数", "setting", &ids.join(", "))))
            }
            Self::Message { pack, message, keys } => {
                working.own_pack(pack)?;
                let edited = set(packs, pack, Item::Message(message), keys).map_err(refused)?;
                Ok((kept(packs, pack, edited), said("消息", "message", message)))
            }
            Self::Deadline { pack, process, deadline, keys } => {
                working.own_pack(pack)?;
                let item = Item::Deadline { process, id: deadline };
                let edited = set(packs, pack, item, keys).map_err(refused)?;
                let id = format!("{process}/{deadline}");
                Ok((kept(packs, pack, edited), said("时限", "deadline", &id)))
            }
            Self::File { pack, path, text } => {
                working.own_pack(pack)?;
                plain_path(path)?;
                let sources = working.with(pack, path, text.as_deref());
                Ok((sources, said("文件", "file", &format!("{pack}/{path}"))))
            }
        }
    }
}

fn said(zh: &str, en: &str, what: &str) -> Text {
    Text::new(format!("改了{zh} {what}"), format!("the {en} {what} was edited"))
}

fn kept(packs: &[PackSource], pack: &str, edited: Edited) -> Vec<PackSource> {
    let file = DraftFile { pack: pack.into(), path: edited.file, body: Some(edited.text) };
    laid_over(packs, &[file])
}

fn refused(refused: Refused) -> Problem {
    Problem::new("draft-edit").sentence(refused.sentence)
}

/// The rows a pack's own file holds, where all rows of the table are wished: what it inherits
/// unchanged is left to its parents.
fn table_rows(working: &Working, pack: &str, table: &str, wish: &TableWish) -> Answer<Vec<Row>> {
    working.own_pack(pack)?;
    let sheet = grid(working, None, pack, table).ok_or_else(|| {
        Problem::new("not-found")
            .detail(format!("草稿里没有表“{table}”"), format!("The draft has no table `{table}`"))
    })?;
    if wish.rows.len() > MOST_ROWS {
        return Err(Problem::new("too-large")
            .detail("一张表最多 5000 行", "A table has at most 5,000 rows"));
    }
    let headers: Vec<String> = sheet.columns.iter().map(|column| column.header.clone()).collect();
    let above = inherited(working, pack, table, &headers);
    let gone = above.iter().find(|row| wish.rows.iter().all(|wished| wished.id != row.id));
    if let Some(row) = gone {
        let (id, from) = (&row.id, &row.from);
        return Err(edit_refused(
            format!(
                "行“{id}”继承自 {from}：不能直接删，请在 rulebook.toml 里写 [[drop]] 并说明理由和条款"
            ),
            format!(
                "The row `{id}` is inherited from {from}: take it away by a [[drop]] in \
                 rulebook.toml, with reason and clause"
            ),
        ));
    }
    let mut rows = Vec::new();
    for wished in &wish.rows {
        if wished.cells.len() != headers.len() {
            let (id, have, need) = (&wished.id, wished.cells.len(), headers.len());
            return Err(edit_refused(
                format!("行“{id}”有 {have} 格，表有 {need} 列"),
                format!("The row `{id}` has {have} cells, the table {need} columns"),
            ));
        }
        let same = |row: &&super::table::GridRow| {
            row.id == wished.id && row.cells == wished.cells && row.clause == wished.clause
        };
        if above.iter().any(|row| same(&row)) {
            continue;
        }
        let mut row: Row = headers.iter().cloned().zip(wished.cells.iter().cloned()).collect();
        row.insert("id".into(), wished.id.clone());
        row.insert("clause".into(), wished.clause.join("|"));
        rows.push(row);
    }
    Ok(rows)
}

fn edit_refused(zh: String, en: String) -> Problem {
    Problem::new("draft-edit").detail(zh, en)
}

/// Refuses names that lie outside a pack.
pub fn plain_path(path: &str) -> Answer<()> {
    let part = |part: &str| {
        let plain = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
        !part.is_empty() && !part.starts_with('.') && part.len() <= 100 && part.chars().all(plain)
    };
    let parts: Vec<&str> = path.split('/').collect();
    if parts.len() <= 3 && parts.into_iter().all(part) {
        return Ok(());
    }
    Err(Problem::new("draft-unreadable").detail(
        format!("“{path}”不是制度包里的文件名，应形如 tables/term.csv"),
        format!("`{path}` is no file of a pack; names are like tables/term.csv"),
    ))
}
