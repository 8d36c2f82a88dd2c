//! A part (配件) as shown.

use super::{ClauseView, Words};
use crate::auth::Session;
use crate::masters::Lists;
use rulebook::model::Part;
use serde::Serialize;
use utoipa::ToSchema;

/// A part of the part master.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Part)]
pub struct PartView {
    code: String,
    title: Words,
    component: NamedKey,
    /// Models it fits; empty for all.
    models: Vec<NamedKey>,
    /// `wearing`, `electrical`, `painted`, `ordinary`.
    class: &'static str,
    /// Whether each piece is followed by its serial number.
    tracked: bool,
    substitutes: Vec<NamedKey>,
    reorder_point: Option<u32>,
    clauses: Vec<ClauseView>,
    /// When the company entered it; absent for the rulebook's own row.
    entered_at: Option<String>,
}

/// A key with its words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedKey {
    /// The key.
    pub id: String,
    /// Its words.
    pub title: Words,
}

impl NamedKey {
    /// A component of the catalogue.
    pub fn component(session: &Session, id: &str) -> Self {
        let found = session.release.catalog.component(id).map(|c| (&c.title).into());
        Self { id: id.to_owned(), title: found.unwrap_or_else(|| Words::key(id)) }
    }

    /// Models of the catalogue.
    pub fn models(session: &Session, ids: &[String]) -> Vec<Self> {
        let title = |id: &String| {
            let model = session.release.catalog.models.iter().find(|m| m.id == *id);
            model.map_or_else(|| Words::key(id), |m| (&m.title).into())
        };
        ids.iter().map(|id| Self { id: id.clone(), title: title(id) }).collect()
    }
}

impl PartView {
    /// A part in the words of the release in force.
    pub fn of(session: &Session, lists: &Lists, part: &Part) -> Self {
        let other = |code: &String| NamedKey {
            id: code.clone(),
            title: lists.parts.get(code).map_or_else(|| Words::key(code), |p| (&p.title).into()),
        };
        let entered = lists.rows.parts.iter().rev().find(|row| row.row.code == part.code);
        Self {
            code: part.code.clone(),
            title: (&part.title).into(),
            component: NamedKey::component(session, &part.component),
            models: NamedKey::models(session, &part.models),
            class: part.class.word(),
            tracked: part.tracked,
            substitutes: part.substitutes.iter().map(other).collect(),
            reorder_point: part.reorder_point,
            clauses: ClauseView::all(&session.release, &part.clause, session.lang),
            entered_at: entered.map(|row| row.at.to_string()),
        }
    }
}
