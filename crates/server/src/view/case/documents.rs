//! Documents (单据) of a case.

use crate::view::Words;
use crate::view::paper::PaperView;
use rulebook::Release;
use rulebook::model::Paper;
use serde::Serialize;
use store::document::{DocumentRow, DocumentStatus};
use utoipa::ToSchema;

/// A document of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Document)]
pub struct DocumentView {
    id: String,
    document: String,
    title: Words,
    /// Papers it may lie on, the usual one first.
    papers: Vec<PaperView>,
    copies: Vec<Words>,
    /// `draft`, `frozen`, `void`.
    pub(super) status: &'static str,
    /// Whether a signature freezes it; without one its first print does.
    signed: bool,
    version: i64,
    printed: i64,
    made_at: String,
}

/// The documents of a case as listed.
pub fn documents(release: &Release, rows: &[DocumentRow]) -> Vec<DocumentView> {
    let views = rows.iter().map(|row| {
        let known = release.documents.get(&row.document);
        DocumentView {
            id: row.id.to_string(),
            document: row.document.clone(),
            title: known.map_or_else(|| Words::key(&row.document), |d| (&d.title).into()),
            papers: known.map_or_else(
                || vec![Paper::A4.into()],
                |d| d.papers().map(PaperView::from).collect(),
            ),
            signed: known.is_some_and(|d| d.frozen_by.is_some()),
            copies: known.map(|d| d.copies.iter().map(Words::from).collect()).unwrap_or_default(),
            status: match row.status {
                DocumentStatus::Draft => "draft",
                DocumentStatus::Frozen => "frozen",
                DocumentStatus::Void => "void",
            },
            version: row.version,
            printed: row.printed,
            made_at: row.made_at.to_string(),
        }
    });
    views.collect()
}
