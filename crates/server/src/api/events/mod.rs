//! `GET /events`: what changed, as it happens.

use crate::app::{App, Audience, Changed, ENDED};
use crate::auth::Caller;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use base::{OrgId, PersonId};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use store::Scope;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use tokio_stream::{Stream, StreamExt as _};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/events`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// How long a stream lives: a browser connects again by itself, and what it may see is read anew.
const LIFETIME: Duration = Duration::from_mins(10);

/// Server-sent events `changed {kind, id}`: read again what is shown. Only what lies in my scope,
/// and no data of cases. The stream ends when the session does, and now and then by itself.
#[utoipa::path(
    get, path = "/events", tag = "workbench", operation_id = "events",
    responses((status = 200, content_type = "text/event-stream")),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn events(
    State(app): State<App>,
    session: Caller,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener =
        Arc::new(Listener { app: app.clone(), person: session.id(), scope: session.scope.clone() });
    let changes = BroadcastStream::new(app.changes()).then(move |change| {
        let listener = Arc::clone(&listener);
        async move {
            match change {
                Ok(change) => listener.hear(&change).await,
                // A listener that was too slow reads everything again.
                Err(_) => Heard::Event(r#"{"kind":"offers","id":null}"#.to_owned()),
            }
        }
    });
    let stop = WatchStream::new(app.stopping()).filter(|stopping| *stopping).map(|_| Heard::End);
    let old = tokio_stream::once(LIFETIME).then(tokio::time::sleep).map(|()| Heard::End);
    let stream = changes.merge(stop).merge(old).take_while(|heard| !matches!(heard, Heard::End));
    let stream = stream.filter_map(|heard| match heard {
        Heard::Event(json) => Some(Ok(Event::default().event("changed").data(json))),
        Heard::Nothing | Heard::End => None,
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

/// Who listens.
struct Listener {
    app: App,
    person: PersonId,
    scope: Scope,
}

/// What a change is to a listener.
enum Heard {
    Event(String),
    Nothing,
    End,
}

impl Listener {
    async fn hear(&self, change: &Changed) -> Heard {
        match &change.to {
            Audience::Person(one) if *one != self.person => return Heard::Nothing,
            Audience::Person(_) if change.kind == ENDED => return Heard::End,
            Audience::Person(_) | Audience::Everybody => {}
            Audience::Orgs(orgs) => {
                if !self.sees(orgs) || !self.is_mine(change.id.as_deref()).await {
                    return Heard::Nothing;
                }
            }
        }
        Heard::Event(serde_json::to_string(change).unwrap_or_default())
    }

    fn sees(&self, orgs: &[OrgId]) -> bool {
        let tree = self.app.orgs();
        orgs.iter().any(|org| tree.get(*org).is_some_and(|org| self.scope.holds(&org.path)))
    }

    /// Who sees only their own cases hears of no others.
    async fn is_mine(&self, case: Option<&str>) -> bool {
        let Some(case) = case.filter(|_| self.scope.is_own()) else { return true };
        let Ok(case) = case.parse() else { return false };
        self.app.store().case(case, &self.scope).await.is_ok()
    }
}
