//! Settings, messages and deadlines of a draft, by the keys of their files.

use super::save::{editable, keep, tagged};
use super::view::Saved;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::Key;
use crate::drafts::edit::Wish;
use crate::drafts::{Kin, Working};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::{List, Words};
use axum::extract::State;
use axum::response::IntoResponse;
use rulebook::edit::Keys;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A setting of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftParameter {
    id: String,
    title: Words,
    /// `number`, `money`, `text`, `bool`, `span`, `percent`.
    kind: String,
    unit: Option<Words>,
    /// Null while it is unset.
    value: Value,
    /// What it is in the base.
    base: Value,
    required: bool,
    /// Whether the value is an example and not from the text.
    example: bool,
    clauses: Vec<String>,
    /// The pack it is from.
    from: String,
    /// The pack an edit is written in; null where the draft may not change it.
    pack: Option<String>,
}

/// Values of settings as they shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftParametersEdit {
    /// The pack they are written in.
    pack: String,
    /// Values by id; null leaves one unset.
    #[schema(value_type = Object)]
    values: Keys,
}

/// A message or deadline as its file writes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftKeys {
    /// The pack it is seen from, and written in.
    pack: String,
    /// The pack it stands in.
    from: String,
    /// Whether an edit overrides what is inherited.
    inherited: bool,
    editable: bool,
    /// Its keys as the file writes them.
    #[schema(value_type = Object)]
    keys: Value,
    /// The same in the base; null where it is new.
    #[schema(value_type = Object, nullable)]
    base: Value,
    version: i64,
}

/// Keys as they shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftKeysEdit {
    /// Null takes a key away, one not named stays.
    #[schema(value_type = Object)]
    keys: Keys,
}

/// The settings of a draft, unset ones too.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/parameters", tag = "drafts",
    operation_id = "drafts_parameters", params(("id" = String, Path)),
    responses((status = 200, body = List<DraftParameter>), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn parameters(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
) -> Answer<impl IntoResponse> {
    let working = Working::load(&app, id).await?;
    let compiled = working.compiled(&app).await?;
    let release = compiled.release.as_ref().unwrap_or(&working.base);
    let kin = Kin::of(&working);
    let mut origins = kin.origins(&working, "rulebook.toml", "parameter");
    let view = |parameter: &rulebook::model::Parameter| {
        let id = &parameter.id;
        let origin = origins.remove(id)?;
        // A draft with errors has no release: its own text still says the value.
        let keys = serde_json::to_value(&origin.keys).ok()?;
        let base = working.base.parameters.get(id).and_then(|known| known.value.clone());
        Some(DraftParameter {
            id: id.clone(),
            title: (&parameter.title).into(),
            kind: parameter.kind.clone(),
            unit: parameter.unit.as_ref().map(|unit| Words::from(&unit.0)),
            value: keys.get("value").cloned().unwrap_or_default(),
            base: base.unwrap_or_default(),
            required: parameter.required,
            example: keys.get("example").and_then(Value::as_bool).unwrap_or(false),
            clauses: parameter.clause.clone(),
            pack: kin.writer(&origin.pack),
            from: origin.pack,
        })
    };
    let all: Vec<_> = release.parameters.values().filter_map(view).collect();
    Ok(tagged(working.row.version, List::whole(all)))
}

/// Sets values of settings; what is inherited is overridden in the own pack.
#[utoipa::path(
    put, path = "/rulebook/drafts/{id}/parameters", tag = "drafts",
    operation_id = "drafts_parameters_put",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = DraftParametersEdit,
    responses((status = 200, body = Saved), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn parameters_put(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
    key: Key,
    Json(DraftParametersEdit { pack, values }): Json<DraftParametersEdit>,
) -> Answer<impl IntoResponse> {
    let working = editable(&app, id, &key).await?;
    keep(&app, &session, &working, &Wish::Parameters { pack, values }).await
}

/// A message of a draft.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/messages/{pack}/{message}", tag = "drafts",
    operation_id = "drafts_message",
    params(("id" = String, Path), ("pack" = String, Path), ("message" = String, Path)),
    responses((status = 200, body = DraftKeys), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn message(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path((id, pack, message)): Path<(i64, String, String)>,
) -> Answer<impl IntoResponse> {
    let working = Working::load(&app, id).await?;
    let keys = keys(&working, &pack, "messages.toml", "message", &message)?;
    Ok(tagged(working.row.version, keys))
}

/// Changes a message; an inherited one is overridden in the own pack.
#[utoipa::path(
    put, path = "/rulebook/drafts/{id}/messages/{pack}/{message}", tag = "drafts",
    operation_id = "drafts_message_put",
    params(
        ("id" = String, Path), ("pack" = String, Path), ("message" = String, Path),
        ("If-Match" = String, Header),
    ),
    request_body = DraftKeysEdit,
    responses((status = 200, body = Saved), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn message_put(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path((id, pack, message)): Path<(i64, String, String)>,
    key: Key,
    Json(DraftKeysEdit { keys }): Json<DraftKeysEdit>,
) -> Answer<impl IntoResponse> {
    let working = editable(&app, id, &key).await?;
    keep(&app, &session, &working, &Wish::Message { pack, message, keys }).await
}

/// A deadline of a draft.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/deadlines/{pack}/{process}/{deadline}", tag = "drafts",
    operation_id = "drafts_deadline",
    params(
        ("id" = String, Path), ("pack" = String, Path), ("process" = String, Path),
        ("deadline" = String, Path),
    ),
    responses((status = 200, body = DraftKeys), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn deadline(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path((id, pack, process, deadline)): Path<(i64, String, String, String)>,
) -> Answer<impl IntoResponse> {
    let working = Working::load(&app, id).await?;
    let file = format!("processes/{process}.toml");
    let keys = keys(&working, &pack, &file, "deadline", &deadline)?;
    Ok(tagged(working.row.version, keys))
}

/// Changes a deadline; an inherited one is overridden in the own pack.
#[utoipa::path(
    put, path = "/rulebook/drafts/{id}/deadlines/{pack}/{process}/{deadline}", tag = "drafts",
    operation_id = "drafts_deadline_put",
    params(
        ("id" = String, Path), ("pack" = String, Path), ("process" = String, Path),
        ("deadline" = String, Path), ("If-Match" = String, Header),
    ),
    request_body = DraftKeysEdit,
    responses((status = 200, body = Saved), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn deadline_put(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path((id, pack, process, deadline)): Path<(i64, String, String, String)>,
    key: Key,
    Json(DraftKeysEdit { keys }): Json<DraftKeysEdit>,
) -> Answer<impl IntoResponse> {
    let working = editable(&app, id, &key).await?;
    let wish = Wish::Deadline { pack, process, deadline, keys };
    keep(&app, &session, &working, &wish).await
}

/// An item as a pack sees it: its own, or the nearest inherited one.
fn keys(working: &Working, pack: &str, file: &str, list: &str, id: &str) -> Answer<DraftKeys> {
    working.pack(pack)?;
    let line = working.lineage(pack);
    let found = line
        .iter()
        .rev()
        .find_map(|source| Some((source.dir.clone(), entry(source.files.get(file)?, list, id)?)));
    let (from, keys) = found.ok_or_else(|| {
        Problem::new("not-found").detail(
            format!("{pack} 里没有“{id}”，或所在文件读不懂：先改正 {file}"),
            format!("{pack} has no `{id}`, or its file cannot be read: mend {file} first"),
        )
    })?;
    let base = working.base.sources.iter().find(|source| source.dir == from);
    let base = base.and_then(|source| entry(source.files.get(file)?, list, id));
    Ok(DraftKeys {
        inherited: from != pack,
        editable: working.is_own(pack),
        pack: pack.to_owned(),
        from,
        keys,
        base: base.unwrap_or_default(),
        version: working.row.version,
    })
}

/// An entry of a list in a file, as JSON.
fn entry(text: &str, list: &str, id: &str) -> Option<Value> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let entries = table.get(list)?.as_array()?;
    let is_it = |entry: &&toml::Value| entry.get("id").and_then(toml::Value::as_str) == Some(id);
    serde_json::to_value(entries.iter().find(is_it)?).ok()
}
