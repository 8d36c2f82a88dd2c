//! `POST /verdicts`: one verdict on stated facts.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::verdict::VerdictView;
use axum::extract::State;
use engine::Judge;
use engine::warranty::judge_by_sale;
use serde_json::{Value, json};
use store::unit::Unit;

/// Judges stated facts by the release in force; nothing is stored. With `unit` the dates, use and
/// earlier repairs are the vehicle's, where the facts do not say otherwise.
#[utoipa::path(
    post, path = "/verdicts", tag = "rulebook", operation_id = "verdicts_create",
    request_body(content = Object, description = "the facts of `sanbao judge`, and `unit`"),
    responses((status = 200, body = VerdictView), (status = 422)),
    extensions(("x-permission" = json!("verdict_read"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::VerdictRead>,
    Json(mut facts): Json<Value>,
) -> Answer<Json<VerdictView>> {
    let release = &session.release;
    let refused = |refused: engine::FactsRefused| {
        Problem::new("facts-refused").sentence(refused.sentence.clone()).field(
            &refused.field,
            "invalid",
            refused.sentence,
        )
    };
    let unit = facts.as_object_mut().and_then(|map| map.shift_remove("unit"));
    if let Some(id) = unit.as_ref().and_then(Value::as_str) {
        let id = id.parse().map_err(|_| Problem::new("not-found"))?;
        let unit = app.store().unit(id, &session.scope).await?;
        complete(&mut facts, &unit);
    }
    let facts = engine::VerdictFacts::read(&facts).map_err(refused)?;
    let releases = app.releases().until(app.today());
    let judges: Vec<Judge<'_>> =
        releases.iter().map(|release| Judge::new(release, &release.calendars)).collect();
    let verdict = judge_by_sale(&judges, &facts).map_err(refused)?;
    Ok(Json(VerdictView::of(&app, release, &verdict, session.lang)))
}

/// What the register knows of the vehicle, where nothing else is stated.
fn complete(facts: &mut Value, unit: &Unit) {
    let Some(map) = facts.as_object_mut() else { return };
    let fields = &unit.fields;
    let repairs: Vec<Value> = unit
        .history
        .iter()
        .map(|item| {
            json!({
                "component": item.component,
                "from": item.from,
                "to": item.to,
                "waiting_parts_days": item.waiting_parts_days,
            })
        })
        .collect();
    for (key, value) in [
        ("product", json!(fields.product)),
        ("invoice_date", json!(fields.invoice_date)),
        ("registered_on", json!(fields.registered_on)),
        ("activated_on", json!(fields.activated_on)),
        ("manufactured_on", json!(fields.manufactured_on)),
        ("usage", json!(fields.usage)),
        ("sale_channel", json!(fields.sale_channel)),
        ("repairs", json!(repairs)),
    ] {
        if !value.is_null() {
            map.entry(key).or_insert(value);
        }
    }
}
