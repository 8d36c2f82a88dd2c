//! Tags and grades of customers (客户标签、客户等级), with what staff heed.

use super::words::Words;
use base::Text;
use rulebook::Release;
use rulebook::model::{CustomerGrade, CustomerTag};
use serde::Serialize;
use utoipa::ToSchema;

/// A tag or a grade, and what staff heed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Heeded {
    id: String,
    title: Words,
    /// What staff do or mind.
    heed: Option<Words>,
}

impl Heeded {
    /// A tag by its key; one that the rulebook has given up since is its key alone.
    pub fn of(release: &Release, tag: &str) -> Self {
        let gone = || Self { id: tag.to_owned(), title: Text::new(tag, tag).into(), heed: None };
        release.customer_tags.get(tag).map_or_else(gone, Self::from)
    }
}

impl From<&CustomerTag> for Heeded {
    fn from(tag: &CustomerTag) -> Self {
        let heed = tag.heed.clone().map(Words::from);
        Self { id: tag.id.clone(), title: tag.title.clone().into(), heed }
    }
}

impl From<&CustomerGrade> for Heeded {
    fn from(grade: &CustomerGrade) -> Self {
        let heed = grade.heed.clone().map(Words::from);
        Self { id: grade.id.clone(), title: grade.title.clone().into(), heed }
    }
}

/// What a tag is called; its key where the rulebook no longer knows it.
pub fn tag_title(release: &Release, tag: &str) -> Text {
    let known = release.customer_tags.get(tag);
    known.map_or_else(|| Text::new(tag, tag), |tag| tag.title.clone())
}
