//! `GET /rulebook/drafts/{id}/items`: what can be edited, and what of it the draft changed.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::choices::table_title;
use crate::drafts::{Kin, Working};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::{List, Words};
use axum::extract::State;
use base::Text;
use rulebook::Release;
use rulebook::diff::diff;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Something that can be edited by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftItem {
    /// `table`, `parameter`, `message`, `deadline`, `file`.
    kind: &'static str,
    /// Its id; of a deadline with its process before it: `repair_order/settle_2h`; of a file its
    /// path.
    id: String,
    title: Words,
    clauses: Vec<String>,
    /// The pack it is from.
    from: String,
    /// The pack an edit of it is written in; null where the draft may not change it.
    pack: Option<String>,
    /// Whether it comes from a parent: an edit overrides it in the own pack.
    inherited: bool,
    /// Whether the draft changed it.
    changed: bool,
}

/// What can be edited: tables, settings, messages, deadlines, and every file for the expert.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/items", tag = "drafts", operation_id = "drafts_items",
    params(("id" = String, Path)),
    responses((status = 200, body = List<DraftItem>), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn items(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
) -> Answer<Json<List<DraftItem>>> {
    let working = Working::load(&app, id).await?;
    let compiled = working.compiled(&app).await?;
    let release = compiled.release.as_ref().unwrap_or(&working.base);
    let mut changed: BTreeSet<(&'static str, String)> = BTreeSet::new();
    for difference in diff(&working.base, release) {
        let kind = match difference.kind {
            "table-row" | "term-row" => "table",
            kind => kind,
        };
        let path = match difference.kind {
            "table-row" => difference.path.split('/').next().unwrap_or_default().to_owned(),
            "term-row" => "term".to_owned(),
            _ => difference.path.clone(),
        };
        changed.insert((kind, path));
    }
    let listing = Listing { kin: Kin::of(&working), working: &working, changed };
    let mut items = listing.tables();
    items.extend(listing.settings(release));
    items.extend(listing.messages(release));
    items.extend(listing.deadlines(release));
    items.extend(listing.files());
    Ok(Json(List::whole(items)))
}

struct Listing<'w> {
    working: &'w Working,
    kin: Kin,
    changed: BTreeSet<(&'static str, String)>,
}

impl Listing<'_> {
    fn item(&self, kind: &'static str, id: &str, title: Words, from: &str) -> DraftItem {
        DraftItem {
            changed: self.changed.contains(&(kind, id.to_owned())),
            pack: self.kin.writer(from),
            inherited: !self.kin.is_own(from),
            kind,
            id: id.to_owned(),
            title,
            clauses: vec![],
            from: from.to_owned(),
        }
    }

    fn tables(&self) -> Vec<DraftItem> {
        let mut items: Vec<DraftItem> = Vec::new();
        for pack in self.working.sources.iter().rev() {
            for path in pack.files.keys() {
                let id = path.strip_prefix("tables/").and_then(|p| p.strip_suffix(".csv"));
                let Some(id) = id else { continue };
                let title = table_title(pack, id).unwrap_or_else(|| Words::key(id));
                let inherited = items
                    .iter()
                    .any(|known| known.id == id && self.kin.inherits(&known.from, &pack.dir));
                if !inherited {
                    let mut item = self.item("table", id, title, &pack.dir);
                    item.changed = self.working.files.iter().any(|file| {
                        file.pack == pack.dir && file.path.starts_with(&format!("tables/{id}."))
                    }) || item.changed;
                    items.push(item);
                }
            }
        }
        items
    }

    fn settings(&self, release: &Release) -> Vec<DraftItem> {
        let origins = self.kin.origins(self.working, "rulebook.toml", "parameter");
        let all = release.parameters.values();
        let item = |parameter: &rulebook::model::Parameter| {
            let id = &parameter.id;
            let from = &origins.get(id)?.pack;
            let item = self.item("parameter", id, (&parameter.title).into(), from);
            Some(DraftItem { clauses: parameter.clause.clone(), ..item })
        };
        all.filter_map(item).collect()
    }

    fn messages(&self, release: &Release) -> Vec<DraftItem> {
        let origins = self.kin.origins(self.working, "messages.toml", "message");
        let item = |message: &rulebook::model::Message| {
            let id = &message.id;
            let from = &origins.get(id)?.pack;
            let item = self.item("message", id, (&message.title).into(), from);
            Some(DraftItem { clauses: message.clause.clone(), ..item })
        };
        release.messages.values().filter_map(item).collect()
    }

    fn deadlines(&self, release: &Release) -> Vec<DraftItem> {
        let mut items = Vec::new();
        for process in release.processes.values() {
            let file = format!("processes/{}.toml", process.id);
            let origins = self.kin.origins(self.working, &file, "deadline");
            for deadline in &process.deadlines {
                let Some(origin) = origins.get(&deadline.id) else { continue };
                let id = format!("{}/{}", process.id, deadline.id);
                let title = Text::new(
                    format!("{} · {}", process.title.zh, deadline.title.zh),
                    format!("{} · {}", process.title.en, deadline.title.en),
                );
                let item = self.item("deadline", &id, title.into(), &origin.pack);
                items.push(DraftItem { clauses: deadline.clause.clone(), ..item });
            }
        }
        items
    }

    fn files(&self) -> Vec<DraftItem> {
        let mut items = Vec::new();
        for pack in &self.working.sources {
            let own = self.kin.is_own(&pack.dir);
            for path in pack.files.keys() {
                items.push(DraftItem {
                    kind: "file",
                    id: path.clone(),
                    title: Words::key(path),
                    clauses: vec![],
                    from: pack.dir.clone(),
                    pack: own.then(|| pack.dir.clone()),
                    inherited: !own,
                    changed: self
                        .working
                        .files
                        .iter()
                        .any(|file| file.pack == pack.dir && file.path == *path),
                });
            }
        }
        items
    }
}
