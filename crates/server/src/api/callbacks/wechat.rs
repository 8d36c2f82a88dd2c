//! `GET` and `POST /callbacks/wechat`: what the company's official account tells us.

use super::{nobody, settings};
use crate::app::{App, Audience};
use crate::auth::Place;
use crate::channels::{Asked, Did, Heard, Wechat};
use crate::enquiries::limits;
use crate::http::extract::Query;
use crate::problem::Answer;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use store::delivery::Report;

/// Longest word echoed.
const LONGEST: usize = 200;

/// Shows the platform that the token is known here, by repeating its word.
#[utoipa::path(
    get, path = "/callbacks/wechat", tag = "session", operation_id = "callbacks_wechat_prove",
    params(Asked), responses((status = 200, body = String), (status = 404), (status = 429)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn prove(
    State(app): State<App>,
    place: Place,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let wechat = known(&app, &place)?;
    let echo = asked.echostr.as_deref().unwrap_or_default();
    if !wechat.knows(&asked, app.now()) || echo.len() > LONGEST {
        return Err(nobody(&app, &place));
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], echo.to_owned()).into_response())
}

/// Hears what somebody did at the account: scanned a customer's code, left, asked what there is.
/// The platform asks again until it is answered, and what was heard twice changes nothing.
#[utoipa::path(
    post, path = "/callbacks/wechat", tag = "session", operation_id = "callbacks_wechat_hear",
    params(Asked), request_body(content = String, content_type = "text/xml"),
    responses((status = 200, body = String), (status = 404), (status = 429)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn hear(
    State(app): State<App>,
    place: Place,
    Query(asked): Query<Asked>,
    body: Bytes,
) -> Answer<Response> {
    let wechat = known(&app, &place)?;
    let text = std::str::from_utf8(&body).unwrap_or_default();
    let Some(heard) = wechat.hear(&asked, text, app.now()) else {
        return Err(nobody(&app, &place));
    };
    let said = done(&app, wechat, &heard).await?;
    let answer = said.and_then(|text| wechat.answer(&heard, &text, app.now()));
    Ok(match answer {
        Some(xml) => ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], xml).into_response(),
        None => "success".into_response(),
    })
}

/// Does what was heard; what is said to whoever did it.
async fn done(app: &App, wechat: &Wechat, heard: &Heard) -> Answer<Option<String>> {
    let (store, now) = (app.store(), app.now());
    match &heard.did {
        Did::Scanned(word) => {
            // Who scans a code that works no more and is known already is told what there is.
            let linked = store.link_wechat(word, &heard.who, now).await?;
            if linked.is_none() && store.customers_of_wechat(&heard.who).await?.is_empty() {
                return Ok(Some("二维码已失效，请让工作人员重新出示。".into()));
            }
            greeting(app, wechat).map(Some)
        }
        Did::Left => {
            store.wechat_left(&heard.who, now).await?;
            Ok(None)
        }
        Did::Asked if store.customers_of_wechat(&heard.who).await?.is_empty() => Ok(None),
        Did::Asked => greeting(app, wechat).map(Some),
        Did::Got(id, failed) => {
            let report = Report { reference: id.clone(), failed: failed.clone() };
            let found = store.report_delivery("wechat", &report, now).await?;
            if let Some((case, org)) = found {
                app.changed("case", Some(case.to_string()), Audience::Orgs(vec![org]));
            }
            Ok(None)
        }
        Did::Other => Ok(None),
    }
}

fn greeting(app: &App, wechat: &Wechat) -> Answer<String> {
    let release = app.releases().current(app.today())?;
    Ok(wechat.greeting(&release, app.site()))
}

/// The account, where there is one and this address has not tried too often.
fn known<'a>(app: &'a App, place: &Place) -> Answer<&'a Wechat> {
    app.limits().check(limits::WRONG, &place.0, app.now())?;
    let wechat = settings(app).and_then(|settings| settings.wechat.as_ref());
    wechat.ok_or_else(|| nobody(app, place))
}
