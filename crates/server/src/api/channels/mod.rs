//! `GET /channels`, `POST /channels/letter`: by which channels customers are told, and a letter to
//! try them.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::channels::{Letter, Outcome};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::{Lang, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/channels`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get)).routes(routes!(letter))
}

/// How customers are told, as the operator's file says; no secrets.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelsView {
    /// `wechat`, `sms`, `email`: the first that can; the next where it cannot.
    customers: Vec<&'static str>,
    /// Where links in messages lead.
    address: Option<String>,
    /// What stands before text messages (签名).
    sign_name: Option<String>,
    /// Who writes letters, and by which server.
    mail: Option<MailView>,
    /// The number of the official account at `WeChat` (`AppID`).
    wechat: Option<String>,
}

/// The company's mail server.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailView {
    /// Its host.
    host: String,
    /// Who writes.
    from: String,
}

/// To whom a letter goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestLetter {
    to: String,
}

/// What the mail server said.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestLetterAnswer {
    /// `sent`, `refused`, `later`, `unknown`.
    state: &'static str,
    /// What it said.
    why: Option<String>,
}

/// How customers are told.
#[utoipa::path(
    get, path = "/channels", tag = "system", operation_id = "channels_get",
    responses((status = 200, body = ChannelsView)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn get(
    State(app): State<App>,
    _session: Allowed<perm::SystemAdmin>,
) -> Json<ChannelsView> {
    let settings = app.channels().map(crate::channels::Channels::settings);
    let customers = settings.map(|s| s.customers.iter().map(|c| c.word()).collect());
    let mail = settings.and_then(|s| s.smtp.as_ref());
    let wechat = settings.and_then(|s| s.wechat.as_ref());
    Json(ChannelsView {
        customers: customers.unwrap_or_default(),
        address: app.site().map(str::to_owned),
        sign_name: settings.and_then(|s| s.sms.as_ref()).map(|sms| sms.sign_name.clone()),
        wechat: wechat.map(|w| w.app_id.clone()),
        mail: mail.map(|m| MailView { host: m.host.clone(), from: m.from.to_string() }),
    })
}

/// Sends a letter to try the mail server, and says what it answered.
#[utoipa::path(
    post, path = "/channels/letter", tag = "system", operation_id = "channels_letter",
    request_body = TestLetter,
    responses((status = 200, body = TestLetterAnswer), (status = 422)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn letter(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Json(body): Json<TestLetter>,
) -> Answer<Json<TestLetterAnswer>> {
    let wrong =
        |zh: &str, en: &str| Problem::new("form-invalid").field("to", "invalid", Text::new(zh, en));
    let channels = app.channels().filter(|channels| channels.settings().smtp.is_some());
    let channels = channels.ok_or_else(|| {
        wrong(
            "还没有邮件服务：由运维在通道文件里写 [smtp]",
            "There is no mail server yet; the operator writes [smtp] in the channels file",
        )
    })?;
    let to = store::email::normal(&body.to)
        .ok_or_else(|| wrong("写一个完整的邮箱地址", "Write a whole e-mail address"))?;
    let (subject, text) = match session.lang {
        Lang::Zh => ("三包：测试邮件", "收到这封邮件，说明邮件服务已经接通。"),
        Lang::En => ("Sanbao: a test", "This letter arrived: the mail server is set up."),
    };
    let letter = Letter { to, subject: subject.into(), text: text.into(), ..Letter::default() };
    let (state, why) = match channels.post(&letter).await {
        Outcome::Sent(said) => ("sent", said),
        Outcome::Refused(why) => ("refused", Some(why)),
        Outcome::Later(why) => ("later", Some(why)),
        Outcome::Unknown(why) => ("unknown", Some(why)),
    };
    Ok(Json(TestLetterAnswer { state, why }))
}
