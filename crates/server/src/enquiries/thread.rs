//! What was written to and fro, read from the journal of the case.

use super::{ANSWER, MESSAGE};
use crate::app::App;
use crate::problem::Answer;
use base::{CaseId, FileId, Instant, PersonId};
use serde_json::{Map, Value as Json};
use store::Show;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The person outside.
    Theirs,
    /// Somebody of us, for them to read.
    Ours,
    /// Somebody of us, for nobody outside.
    Note,
}

impl By {
    /// As the interface calls it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Theirs => "theirs",
            Self::Ours => "ours",
            Self::Note => "note",
        }
    }
}

/// One message of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Number of the journal entry.
    pub id: String,
    /// Who wrote it.
    pub by: By,
    /// Who of us entered it, with the name.
    pub person: Option<(PersonId, String)>,
    /// When.
    pub at: Instant,
    /// The text in clear; the word for it once it was erased.
    pub text: String,
    /// Files of the answer.
    pub files: Vec<FileId>,
}

/// The field of a note among us.
const NOTE: &str = "note";

/// Everything written in an enquiry and about it, the oldest first.
pub async fn said(app: &App, case: CaseId) -> Answer<Vec<Said>> {
    let kinds = [(ANSWER, By::Ours), (MESSAGE, By::Theirs), (NOTE, By::Note)];
    let mut said = Vec::new();
    for row in app.store().timeline(case).await? {
        let form = &row.entry.form;
        let found = kinds.iter().find_map(|(field, by)| Some((form.get(*field)?, *by)));
        let Some((text, by)) = found else { continue };
        let mut text = text.clone();
        app.store().open_sealed(&mut text, Show::Clear).await?;
        said.push(Said {
            id: row.id.to_string(),
            by,
            person: row.entry.actor.zip(row.actor_name),
            at: row.entry.occurred_at,
            text: text.as_str().unwrap_or_default().to_owned(),
            files: if by == By::Ours { files(form) } else { vec![] },
        });
    }
    Ok(said)
}

/// The files a form names.
fn files(form: &Map<String, Json>) -> Vec<FileId> {
    fn within(value: &Json, found: &mut Vec<FileId>) {
        match value {
            Json::String(text) => found.extend(text.parse::<FileId>()),
            Json::Array(list) => list.iter().for_each(|item| within(item, found)),
            Json::Object(map) => map.values().for_each(|item| within(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    form.values().for_each(|value| within(value, &mut found));
    found
}
