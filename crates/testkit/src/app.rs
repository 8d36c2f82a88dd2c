//! A server in the test's own process.

use crate::company::{self, PASSWORD};
use crate::database::Schema;
use crate::events::Events;
use crate::{Actor, Reply};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use base::Instant;
use server::auth::password::Cost;
use server::clock::Clock;
use server::{App, Config};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use store::Scope;
use tower::ServiceExt as _;

/// A server on a standing clock with a small company: two stations, an outlet, one person a role.
pub struct TestApp {
    /// The app itself.
    pub app: App,
    router: Router,
    folder: PathBuf,
    /// Dropped last, after everything that is connected to it.
    schema: Option<Schema>,
}

/// The instant at which tests begin: 2026-11-21, a Saturday, 10:00 in Shanghai.
pub const START: &str = "2026-11-21T02:00:00Z";

static COUNT: AtomicU64 = AtomicU64::new(0);

impl TestApp {
    /// A fresh server with its company.
    ///
    /// # Panics
    /// When the server does not start.
    pub async fn new() -> Self {
        let test = Self::empty().await;
        company::build(&test.app).await;
        test
    }

    /// A fresh server with its company, ruled by these packs.
    ///
    /// # Panics
    /// When the server does not start.
    pub async fn ruled_by(packs: Vec<rulebook::PackSource>) -> Self {
        let test = Self::start(Some(packs), |address| address).await;
        company::build(&test.app).await;
        test
    }

    /// A fresh server with its company, whose people sign in through an identity provider, ruled by
    /// these packs or those of the program.
    ///
    /// # Panics
    /// When the server does not start.
    pub async fn asking(
        provider: server::oidc::Settings,
        packs: Option<Vec<rulebook::PackSource>>,
    ) -> Self {
        let test =
            Self::started(packs, |address| address, |config| config.oidc = Some(provider)).await;
        company::build(&test.app).await;
        test
    }

    /// A fresh server with its company, which tells customers by these channels, ruled by these
    /// packs or those of the program.
    ///
    /// # Panics
    /// When the server does not start.
    pub async fn telling(
        channels: server::channels::Settings,
        packs: Option<Vec<rulebook::PackSource>>,
    ) -> Self {
        let test = Self::started(
            packs,
            |address| address,
            |config| {
                config.channels = Some(channels);
            },
        )
        .await;
        company::build(&test.app).await;
        test
    }

    /// A fresh server without anybody in it.
    ///
    /// # Panics
    /// When the server does not start.
    pub async fn empty() -> Self {
        Self::start(None, |address| address).await
    }

    /// A fresh server with its company, whose PostgreSQL is reached by another address.
    ///
    /// # Panics
    /// When the server does not start.
    pub async fn reaching(by: impl FnOnce(String) -> String) -> Self {
        let test = Self::start(None, by).await;
        company::build(&test.app).await;
        test
    }

    async fn start(
        packs: Option<Vec<rulebook::PackSource>>,
        by: impl FnOnce(String) -> String,
    ) -> Self {
        Self::started(packs, by, |_| {}).await
    }

    async fn started(
        packs: Option<Vec<rulebook::PackSource>>,
        by: impl FnOnce(String) -> String,
        set: impl FnOnce(&mut Config),
    ) -> Self {
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("sanbao-test-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let schema = Schema::fresh(number).await;
        let mut config = Config {
            clock: Clock::fixed(instant(START)),
            password_cost: Cost::CHEAP,
            demo: true,
            database: schema.as_ref().map(Schema::address).map(by),
            packs,
            ..Config::new(&folder)
        };
        set(&mut config);
        let app = App::start(config).await.expect("the test server starts");
        let router = server::api::router(&app);
        Self { app, router, folder, schema }
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.app.now()
    }

    /// Lets everything go out that is due.
    pub async fn post(&self) {
        server::reconcile::run_outside(&self.app).await;
    }

    /// Waits until what is read in the order of commits holds everything up to now.
    pub async fn settled(&self) {
        if let Some(schema) = &self.schema {
            schema.settled().await;
        }
    }

    /// Moves the clock and lets everything happen here that is due.
    pub async fn pass(&self, minutes: i64) {
        self.app.config().clock.set(self.now().plus_seconds(minutes * 60));
        server::reconcile::run_once(&self.app).await;
    }

    /// Lets time pass up to an instant, as `2026-12-01T02:00:00Z`.
    pub async fn pass_until(&self, at: &str) {
        self.pass(instant(at).seconds_since(self.now()) / 60).await;
    }

    /// Sends a request as it is.
    ///
    /// # Panics
    /// When the server itself fails.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = http_body_util::BodyExt::collect(body).await.expect("a body").to_bytes();
        Reply { status: parts.status, headers: parts.headers, bytes: bytes.to_vec() }
    }

    /// Sends a request whose answer is a stream of events.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn listen(&self, request: Request<Body>) -> Events {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        assert_eq!(response.status(), 200);
        Events::new(response.into_body())
    }

    /// Which database this test runs on, for tests that are about one of them.
    pub fn is_on_sqlite(&self) -> bool {
        self.schema.is_none()
    }

    /// The folder of its data.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Asks without a session.
    pub async fn anonymous(&self, method: Method, path: &str) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-sanbao", "1")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("{}"))
            .expect("a request");
        self.send(request).await
    }

    /// Signs somebody in.
    ///
    /// # Panics
    /// When it fails.
    pub async fn sign_in(&self, login: &str) -> Actor<'_> {
        Actor::sign_in(self, login, PASSWORD).await
    }

    /// The service advisor of the northern station.
    pub async fn advisor(&self) -> Actor<'_> {
        self.sign_in("lina").await
    }

    /// The team leader of the northern station.
    pub async fn team_leader(&self) -> Actor<'_> {
        self.sign_in("wangjun").await
    }

    /// A certified technician of the northern station.
    pub async fn technician(&self) -> Actor<'_> {
        self.sign_in("chenqiang").await
    }

    /// The technical supervisor of the northern station.
    pub async fn supervisor(&self) -> Actor<'_> {
        self.sign_in("zhoumin").await
    }

    /// The manager of the northern station.
    pub async fn manager(&self) -> Actor<'_> {
        self.sign_in("liuyang").await
    }

    /// The advisor of the other station.
    pub async fn stranger(&self) -> Actor<'_> {
        self.sign_in("hejing").await
    }

    /// The administrator.
    pub async fn administrator(&self) -> Actor<'_> {
        self.sign_in("admin").await
    }

    /// The id of a person.
    ///
    /// # Panics
    /// When nobody has the login.
    pub async fn person(&self, login: &str) -> String {
        let found = self.app.store().login(login).await.expect("the store answers");
        found.expect("somebody has the login").0.id.to_string()
    }

    /// A sold vehicle with owner, card and serials, sold so many months ago.
    pub async fn sold(&self, months_ago: i64) -> String {
        company::sold(&self.app, months_ago).await.to_string()
    }

    /// The printed ids of all open cases of a process.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn open_cases(&self, process: &str) -> Vec<String> {
        let mut query = store::cases::CaseQuery {
            process: Some(process.into()),
            open: Some(true),
            ..store::cases::CaseQuery::default()
        };
        let mut found = vec![];
        loop {
            let page = self.app.store().cases(&query, &Scope::company()).await;
            let page = page.expect("the store answers");
            found.extend(page.items.iter().map(|row| row.id.to_string()));
            query.cursor = page.next;
            if query.cursor.is_none() {
                return found;
            }
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An instant from RFC 3339.
///
/// # Panics
/// When it is none.
pub fn instant(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}
