//! `POST /rulebook/drafts/{id}/rebase`: a draft goes on from a later release.

use super::review::done;
use super::save::{bounded, edit, in_state, on_version};
use super::view::Draft;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::Key;
use crate::drafts::{Working, differing, head, with_version};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::response::IntoResponse;
use base::Text;
use rulebook::PackSource;
use rulebook::rebase::{Merged, Side, Three, merge};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::draft::{DraftChange, DraftState, Files};
use utoipa::ToSchema;

/// Whose text holds where both changed the same.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TakenSide {
    /// The draft's.
    Mine,
    /// The release's.
    Theirs,
}

/// How conflicts are decided.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftRebase {
    /// By the key the refusal named.
    #[serde(default)]
    resolve: BTreeMap<String, TakenSide>,
}

/// Both changed the same, differently.
#[derive(Debug, Serialize)]
struct ConflictView {
    /// To decide it by: `ebike-maker/tables/coverage.csv#tube-leak`.
    key: String,
    base: Option<String>,
    mine: Option<String>,
    theirs: Option<String>,
}

/// Lays a draft over the latest release: rows of tables one by one, other files line by line. What
/// both changed differently is refused with the list, until `resolve` says whose holds.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/rebase", tag = "drafts", operation_id = "drafts_rebase",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftRebase,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn rebase(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftRebase>,
) -> Answer<impl IntoResponse> {
    let working = on_version(&app, id, &key).await?;
    in_state(&working.row, &[DraftState::Open])?;
    let latest = app.releases().latest().ok_or_else(|| Problem::new("no-rulebook"))?;
    let (sources, conflicts) = laid_together(&working, &latest.sources, &body.resolve);
    if !conflicts.is_empty() {
        let count = conflicts.len();
        return Err(Problem::new("draft-conflict").with("conflicts", json!(conflicts)).detail(
            format!("{count} 处两边都改过；请逐处选定用哪一边"),
            format!("{count} places were changed on both sides; say for each whose text holds"),
        ));
    }
    bounded(&sources)?;
    let files = Files::All(differing(&latest.sources, &sources));
    let short: String = latest.hash.chars().take(12).collect();
    let sentence =
        Text::new(format!("合到版本 {short} 上"), format!("laid over the release {short}"));
    let event = ("rebased", json!({ "base": latest.hash, "sentences": [sentence] }));
    let step = DraftChange { base: latest.hash.clone(), ..edit(&working.row, files, event) };
    done(&app, &session, id, step).await
}

/// The packs laid together, and what a person has to decide.
fn laid_together(
    working: &Working,
    theirs: &[PackSource],
    resolve: &BTreeMap<String, TakenSide>,
) -> (Vec<PackSource>, Vec<ConflictView>) {
    let (base, mine) = (&working.base.sources, &working.sources);
    let mut names: Vec<(&str, &str)> = Vec::new();
    let mut seen = BTreeSet::new();
    for pack in theirs.iter().chain(mine) {
        let files = pack.files.keys().map(|path| (pack.dir.as_str(), path.as_str()));
        names.extend(files.filter(|name| seen.insert(*name)));
    }
    let mut sources: Vec<PackSource> = Vec::new();
    let mut conflicts = Vec::new();
    for (pack, path) in names {
        let prefix = format!("{pack}/{path}#");
        let merged = merged(base, mine, theirs, (pack, path), &decided(resolve, &prefix));
        conflicts.extend(merged.conflicts.into_iter().map(|conflict| ConflictView {
            key: format!("{prefix}{}", conflict.at),
            base: conflict.base,
            mine: conflict.mine,
            theirs: conflict.theirs,
        }));
        let Some(text) = merged.text else { continue };
        let at = sources.iter().position(|known| known.dir == pack).unwrap_or_else(|| {
            sources.push(PackSource { dir: pack.to_owned(), files: BTreeMap::new() });
            sources.len() - 1
        });
        sources[at].files.insert(path.to_owned(), text);
    }
    (sources, conflicts)
}

fn decided(resolve: &BTreeMap<String, TakenSide>, prefix: &str) -> BTreeMap<String, Side> {
    let side = |side: &TakenSide| match side {
        TakenSide::Mine => Side::Mine,
        TakenSide::Theirs => Side::Theirs,
    };
    let here = resolve
        .iter()
        .filter_map(|(key, taken)| Some((key.strip_prefix(prefix)?.to_owned(), side(taken))));
    here.collect()
}

fn merged(
    base: &[PackSource],
    mine: &[PackSource],
    theirs: &[PackSource],
    (pack, path): (&str, &str),
    decided: &BTreeMap<String, Side>,
) -> Merged {
    let find = |packs: &[PackSource]| packs.iter().find(|known| known.dir == pack).cloned();
    let text = |pack: &Option<PackSource>| pack.as_ref()?.files.get(path).cloned();
    let (base, mine, theirs) = (find(base), find(mine), find(theirs));
    let mut own = text(&mine);
    // A version counts publications: the release's holds, and submitting raises it again.
    if let (true, Some(old), Some(new)) = (path == "rulebook.toml", &base, &theirs)
        && head(old).version != head(new).version
        && let Some(written) = &own
    {
        own = Some(with_version(written, &head(old).version));
    }
    let (base, theirs) = (text(&base), text(&theirs));
    let three = Three { base: base.as_deref(), mine: own.as_deref(), theirs: theirs.as_deref() };
    merge(path, three, decided)
}
