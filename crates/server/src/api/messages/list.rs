//! `GET /messages`: what I was told.

use crate::app::App;
use crate::auth::SignedIn;
use crate::docs::template;
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::reconcile::webhooks::RESTS;
use crate::view::List;
use axum::extract::State;
use base::Text;
use engine::decide::{DEADLINE_WARNING, HANDED_ON};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::message::MessageRow;
use utoipa::{IntoParams, ToSchema};

/// Most messages on a page.
const PAGE: u32 = 100;

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only those not read yet.
    #[serde(default)]
    unread: bool,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    id: i64,
    title: String,
    body: String,
    at: String,
    read: bool,
    case: Option<CaseNumber>,
}

/// A case by id and number.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseNumber {
    id: String,
    number: String,
}

/// What I was told, newest first.
#[utoipa::path(
    get, path = "/messages", tag = "workbench", operation_id = "messages_list", params(Filter),
    responses((status = 200, body = List<MessageView>)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn list(
    State(app): State<App>,
    session: SignedIn,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<MessageView>>> {
    let rows = app.store().messages(session.id(), filter.unread, PAGE).await?;
    let views = rows.into_iter().map(|row| view(&app, &session, row)).collect();
    Ok(Json(List::whole(views)))
}

fn view(app: &App, session: &SignedIn, row: MessageRow) -> MessageView {
    let release = app.releases().pinned(&row.release).unwrap_or_else(|_| session.release.clone());
    let of_rulebook = release.messages.get(&row.message).map(|m| (m.title.clone(), m.body.clone()));
    let (title, body) = match of_rulebook.or_else(|| own(&row)) {
        Some((title, body)) => {
            let args = Value::Object(row.args.clone());
            let body = body.get(session.lang);
            (
                title.get(session.lang).to_owned(),
                template::line(app.zone(), &release, session.lang, body, &args)
                    .unwrap_or_else(|| body.to_owned()),
            )
        }
        None => (row.message.clone(), String::new()),
    };
    MessageView {
        id: row.id,
        title,
        body,
        at: row.at.to_string(),
        read: row.read,
        case: row.case.map(|(id, number)| CaseNumber { id: id.to_string(), number }),
    }
}

/// Title and text of the messages no rulebook writes: a to-do handed on, a deadline that nears.
fn own(row: &MessageRow) -> Option<(Text, Text)> {
    let said = |pointer: &str, lang: &str| {
        let args = Value::Object(row.args.clone());
        let text = args.pointer(&format!("{pointer}/{lang}")).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let title = |zh: &str, en: &str, pointer: &str| {
        let (what_zh, what_en) = (said(pointer, "zh"), said(pointer, "en"));
        Text::new(format!("{zh}：{what_zh}"), format!("{en}: {what_en}"))
    };
    match row.message.as_str() {
        HANDED_ON => Some((
            title("转办给您", "Handed on to you", "/action"),
            Text::new(
                "{{ case.number }} 的这一步转给您办理，理由见单内记录。",
                "This step of {{ case.number }} is yours now; the reason stands in the case.",
            ),
        )),
        DEADLINE_WARNING => Some((
            title("临近时限", "Due soon", "/deadline/title"),
            Text::new("请及时办理 {{ case.number }}。", "Please see to {{ case.number }} in time."),
        )),
        RESTS => Some((
            Text::new("事件推送停住了", "A subscription has stopped"),
            match (row.args.get("why").and_then(Value::as_str), is_robot(&row.args)) {
                (Some("gone"), true) => Text::new(
                    "群机器人“{{ name }}”已被移出群或地址失效，已暂停，请到“事件推送”处理。",
                    "The robot “{{ name }}” was taken out of its group; see to it under \
                     subscriptions.",
                ),
                (Some("gone"), false) => Text::new(
                    "“{{ name }}”的接收方说不再接收（410），推送已暂停，请到“事件推送”处理。",
                    "The receiver of “{{ name }}” takes no more (410); see to it under \
                     subscriptions.",
                ),
                (Some("stopped"), _) => Text::new(
                    "“{{ name }}”停在一个事件上：多次推送没有收下，后面的都在等。请到“事件推送”重发或\
                     跳过。",
                    "“{{ name }}” is stopped at one event that is not taken; what follows waits. \
                     Tell it again or skip it under subscriptions.",
                ),
                _ => Text::new(
                    "“{{ name }}”三天没有收下任何事件，推送已暂停，请到“事件推送”处理。",
                    "“{{ name }}” has taken nothing for three days; see to it under \
                     subscriptions.",
                ),
            },
        )),
        _ => None,
    }
}

/// Whether a message about a subscription is about a robot of a group.
fn is_robot(args: &serde_json::Map<String, Value>) -> bool {
    let kind = args.get("kind").and_then(Value::as_str);
    kind.is_some_and(|kind| store::webhook::Kind::robot(kind).is_some())
}
