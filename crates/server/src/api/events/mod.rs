//! `GET /events`: what changed, as it happens.

use crate::app::{App, Audience, Changed};
use crate::auth::SignedIn;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};
use tokio_stream::{Stream, StreamExt as _};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/events`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Server-sent events `changed {kind, id}`: read again what is shown. Only what lies in my scope,
/// and no data of cases.
#[utoipa::path(
    get, path = "/events", tag = "workbench", operation_id = "events",
    responses((status = 200, content_type = "text/event-stream")),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn events(
    State(app): State<App>,
    session: SignedIn,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (person, scope, seen) = (session.id(), session.scope.clone(), app.clone());
    let mine = move |change: &Changed| match &change.to {
        Audience::Person(one) => *one == person,
        Audience::Everybody => true,
        Audience::Orgs(orgs) => {
            let tree = seen.orgs();
            orgs.iter().any(|org| tree.get(*org).is_some_and(|org| scope.holds(&org.path)))
        }
    };
    let changes = BroadcastStream::new(app.changes()).filter_map(move |change| {
        // A listener that was too slow reads everything again.
        let json = match change {
            Ok(change) if !mine(&change) => return None,
            Ok(change) => serde_json::to_string(&change).unwrap_or_default(),
            Err(_) => r#"{"kind":"offers","id":null}"#.to_owned(),
        };
        Some(Some(Event::default().event("changed").data(json)))
    });
    let stop = WatchStream::new(app.stopping()).filter(|stopping| *stopping).map(|_| None);
    let stream = changes.merge(stop).take_while(Option::is_some).filter_map(|e| e.map(Ok));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}
