//! `POST /rulebook/drafts/{id}/publish`, and taking a release back before its day.

use super::list::said;
use super::review::{DraftRemark, done};
use super::save::{edit, in_state, on_version};
use super::view::{Draft, findings, unsets};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::Key;
use crate::drafts::{self, Working};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{Day, Text};
use rulebook::{Compiled, Release};
use serde::Deserialize;
use serde_json::json;
use store::draft::{DraftChange, DraftState, Files};
use store::release::StoredRelease;
use utoipa::ToSchema;

/// How a draft is published.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPublish {
    /// First day it is in force, from 00:00 in the company's time zone; absent: the draft's
    /// `effective_default`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    effective_on: Option<Day>,
    /// The law that the base carried is left out on purpose; then `reason` says why.
    #[serde(default)]
    without_law: bool,
    #[serde(default)]
    reason: String,
}

/// Publishes an approved draft from a day on. It must have no errors, no required setting without
/// a value and no failing example, follow the latest release, and keep the law.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/publish", tag = "drafts", operation_id = "drafts_publish",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftPublish,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_publish"))),
)]
pub async fn publish(
    State(app): State<App>,
    session: Allowed<perm::RulebookPublish>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftPublish>,
) -> Answer<impl IntoResponse> {
    let working = on_version(&app, id, &key).await?;
    in_state(&working.row, &[DraftState::Approved])?;
    let seen = app.store().publications().await?;
    let known = app.releases().refresh(app.store()).await;
    known.map_err(|error| {
        tracing::error!(%error, "releases");
        Problem::new("internal")
    })?;
    let day = body.effective_on.unwrap_or_else(|| drafts::effective(&working.sources, app.today()));
    follows(&app, &working, day)?;
    keeps_law(&working, &body)?;
    let compiled = working.compiled(&app).await?;
    clean(&working, &compiled)?;
    let release = compiled.release.as_ref().ok_or_else(|| Problem::new("internal"))?;
    complete(&working, &compiled)?;
    keeps_coverage(&app, release)?;
    is_new(&app, release)?;
    proven(release).await?;
    let stored = StoredRelease {
        hash: release.hash.clone(),
        effective: day,
        published_at: session.now,
        withdrawn: false,
        sources: serde_json::to_string(&release.sources).map_err(|_| Problem::new("internal"))?,
    };
    let event = json!({
        "reason": body.reason.trim(), "release": release.hash, "effective": day,
        "without_law": body.without_law,
        "sentences": [Text::new(format!("将于 {day} 生效"), format!("in force from {day}"))],
    });
    let change = DraftChange {
        state: DraftState::Published,
        release: store::draft::Release::Publish(Box::new(stored.clone()), seen),
        ..edit(&working.row, Files::Some(vec![], vec![]), ("published", event))
    };
    super::save::change(&app, &session, id, change).await?;
    app.releases().adopt(&stored).map_err(|_| Problem::new("internal"))?;
    app.changed("rulebook", None, crate::app::Audience::Everybody);
    let working = Working::load(&app, id).await?;
    Ok(super::save::tagged(working.row.version, Draft::of(&app, &session, &working).await?))
}

/// The draft is made of the latest release, and takes effect neither in the past nor before it.
fn follows(app: &App, working: &Working, day: Day) -> Answer<()> {
    let latest = app.releases().latest().ok_or_else(|| Problem::new("no-rulebook"))?;
    if latest.hash != working.row.base {
        return Err(behind());
    }
    let today = app.today();
    let first = latest.effective.map_or(today, |from| from.max(today));
    if day >= first {
        return Ok(());
    }
    Err(Problem::new("release-day")
        .detail(
            format!("生效日不能早于 {first}：过去的判定已按当时的版本作出，后面的版本不能插在前面"),
            format!(
                "The first day can be {first} or later: what was decided by the releases before \
                 stays decided"
            ),
        )
        .field(
            "effective_on",
            "too-early",
            Text::new(format!("最早 {first}"), format!("from {first}")),
        ))
}

/// Somebody published another release since.
pub fn behind() -> Problem {
    Problem::new("draft-behind").detail(
        "草稿开始之后又发布了别的版本；请先“合入新版本”（rebase），核对后重新提交",
        "Another release was published since this draft began; rebase the draft on it, look at it \
         again and submit it anew",
    )
}

fn keeps_law(working: &Working, body: &DraftPublish) -> Answer<()> {
    if !drafts::drops_law(&working.base.sources, &working.sources) {
        return Ok(());
    }
    if body.without_law && !body.reason.trim().is_empty() {
        return Ok(());
    }
    Err(Problem::new("draft-law").detail(
        "草稿里没有法律底线（law-cn）：发布后不再按法律兜底。确要如此，请写 without_law 并说明理由",
        "The draft lacks the law: once published, nobody is protected by it any more. If that is \
         meant, say without_law with a reason",
    ))
}

/// Refuses a draft with errors; they are named.
pub fn clean(working: &Working, compiled: &Compiled) -> Answer<()> {
    if !compiled.has_errors() {
        return Ok(());
    }
    let errors: Vec<_> = findings(&working.sources, compiled)
        .into_iter()
        .filter(|finding| finding.level == "error")
        .take(50)
        .collect();
    let count = compiled.findings.iter().filter(|f| f.level == rulebook::Level::Error).count();
    Err(Problem::new("draft-not-clean").with("findings", json!(errors)).detail(
        format!("草稿还有 {count} 个错误，请先改正"),
        format!("The draft has {count} errors; mend them first"),
    ))
}

fn complete(working: &Working, compiled: &Compiled) -> Answer<()> {
    let missing: Vec<_> =
        unsets(working, compiled).into_iter().filter(|unset| unset.required).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = |zh: bool| {
        let names = missing.iter().map(|m| if zh { &m.title.zh } else { &m.title.en }.as_str());
        names.collect::<Vec<_>>().join("、")
    };
    Err(Problem::new("draft-unset").with("unsets", json!(missing)).detail(
        format!("必填的参数还没有值：{}", names(true)),
        format!("Required settings have no value yet: {}", names(false)),
    ))
}

/// Refuses a release that promises to carry fewer clauses than the last one.
fn keeps_coverage(app: &App, release: &Release) -> Answer<()> {
    let Some(before) = app.releases().latest() else { return Ok(()) };
    let lowered = rulebook::coverage::lowered(&before, release);
    let Some(first) = lowered.into_iter().next() else { return Ok(()) };
    Err(Problem::new("draft-not-clean").detail(first.sentence.zh, first.sentence.en))
}

fn is_new(app: &App, release: &Release) -> Answer<()> {
    let known = app.releases().all().into_iter().find(|known| known.hash == release.hash);
    let Some(known) = known else { return Ok(()) };
    let day = known.effective.map(|day| day.to_string()).unwrap_or_default();
    Err(Problem::new("release-known").detail(
        format!(
            "一字不差的内容已于 {day} 作为一个版本发布；要恢复它，请在 rulebook.toml 里升版本号"
        ),
        format!(
            "The very same text is the release of {day}; to bring it back, raise the version in \
             rulebook.toml"
        ),
    ))
}

/// Every example of the packs passes.
async fn proven(release: &Release) -> Answer<()> {
    let failed = super::examples::failing(release.clone()).await?;
    if failed.is_empty() {
        return Ok(());
    }
    let count = failed.len();
    Err(Problem::new("draft-examples-fail").with("examples", json!(failed)).detail(
        format!("{count} 个示例与草稿不符：改正规则，或把示例改成新的约定"),
        format!(
            "{count} examples fail: mend the rule, or write in the example what shall hold now"
        ),
    ))
}

/// Takes a release back that is not in force yet; the draft it was is approved again and may be
/// published for another day, or returned.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/take-back", tag = "drafts",
    operation_id = "drafts_take_back",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftRemark,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_publish"))),
)]
pub async fn take_back(
    State(app): State<App>,
    session: Allowed<perm::RulebookPublish>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftRemark>,
) -> Answer<impl IntoResponse> {
    let working = on_version(&app, id, &key).await?;
    let Some(hash) = working.row.release.clone() else {
        return Err(in_state(&working.row, &[]).err().unwrap_or_else(|| Problem::new("internal")));
    };
    let release = app.releases().pinned(&hash)?;
    let today = app.today();
    if release.effective.is_none_or(|day| day <= today) {
        return Err(Problem::new("draft-state").detail(
            "这个版本已经生效，不能收回；请新建草稿改回去",
            "This release is in force and cannot be taken back; begin a draft that undoes it",
        ));
    }
    if app.releases().latest().is_some_and(|latest| latest.hash != hash) {
        return Err(Problem::new("draft-state").detail(
            "后面还有版本是在它之上做的；请先收回那一个",
            "A later release was made on top of it; take that one back first",
        ));
    }
    let event = ("taken_back", json!({ "reason": said("reason", &body.reason)?, "release": hash }));
    let change = DraftChange {
        state: DraftState::Approved,
        release: store::draft::Release::TakeBack(today),
        ..edit(&working.row, Files::Some(vec![], vec![]), event)
    };
    let answer = done(&app, &session, id, change).await?;
    app.releases().refresh(app.store()).await.map_err(|_| Problem::new("internal"))?;
    Ok(answer)
}
