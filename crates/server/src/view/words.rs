//! Texts in both languages, and clauses.

use base::{Lang, Text};
use rulebook::Release;
use serde::Serialize;
use utoipa::ToSchema;

/// A text of the rulebook in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

impl Words {
    /// The words of one language.
    pub fn get(&self, lang: Lang) -> &str {
        if lang == Lang::Zh { &self.zh } else { &self.en }
    }

    /// A key shown as it is, where the rulebook has no words for it.
    pub fn key(key: &str) -> Self {
        Self { zh: key.to_owned(), en: key.to_owned() }
    }
}

/// A clause (条款) as shown beside what it decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClauseView {
    /// Id, `EB-7.1.2.1a`.
    pub id: String,
    /// The number customers see: `7.1.2.1`.
    pub number: String,
    /// What stands on a chip, no two alike: `7.1.2.1a` of the company's own pack, `CM-4.2` of one
    /// it inherits.
    pub label: String,
    /// Its words in the caller's language.
    pub text: String,
}

impl ClauseView {
    /// The clause of that id; one the release lacks shows its id alone.
    pub fn of(release: &Release, id: &str, lang: Lang) -> Self {
        match release.clauses.iter().find(|c| c.id == id) {
            Some(clause) => Self {
                id: clause.id.clone(),
                number: clause.number.clone(),
                label: clause_label(release, &clause.id).to_owned(),
                text: if lang == Lang::Zh { clause.zh.clone() } else { clause.en.clone() },
            },
            None => Self {
                id: id.to_owned(),
                number: id.to_owned(),
                label: id.to_owned(),
                text: String::new(),
            },
        }
    }

    /// Several.
    pub fn all(release: &Release, ids: &[String], lang: Lang) -> Vec<Self> {
        ids.iter().map(|id| Self::of(release, id, lang)).collect()
    }
}

/// What names a clause on a chip: without the letters of the company's own pack, so that `4.2` of
/// the maker's standard and `CM-4.2` of the workshop's practice are two things to the eye.
pub fn clause_label<'a>(release: &Release, id: &'a str) -> &'a str {
    let own = release.packs.last().and_then(|own| {
        let here = |c: &&rulebook::model::Clause| c.id == id && c.pack == own.id;
        release.clauses.iter().find(here)
    });
    let bare = own.and_then(|_| id.split_once('-')).map(|(_, number)| number);
    bare.unwrap_or(id)
}
