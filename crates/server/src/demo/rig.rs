//! People of the demonstration at work: each act is an ordinary command.

use super::fill;
use crate::app::App;
use crate::auth::Session;
use crate::clock::Clock;
use crate::command::{self, Act, Key, Open, Submission, actor_at, snapshot};
use crate::problem::{Answer, Problem};
use crate::view::form::FormSchema;
use base::OrgId;
use base::{CaseId, Instant, Lang, UnitId};
use engine::CaseState;
use engine::decide::Asking;
use rulebook::model::{Action, Mark};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use store::Scope;
use store::cases::CaseQuery;

/// What the story says of some fields; the rest is filled plausibly.
pub type Story = simulator::Story;

/// Tries of one act: each mends what the last refusal named.
const TRIES: usize = 4;
/// Seconds after which the background work is done once more.
const SETTLING: i64 = 60;

/// What was learned of a form: as it was drawn, which of its fields a refusal asked for, and the
/// reason that it took.
struct Learned {
    form: Option<FormSchema>,
    asked: Vec<String>,
    reason: Option<String>,
}

/// Process, action, where the case stands, what the story says.
type Kind = (String, String, String, String);

/// The forms that were filled before.
type Memory = Mutex<HashMap<Kind, Arc<Learned>>>;

/// The stage: an app on a moving clock and people signed in.
pub struct Rig {
    /// The app.
    pub app: App,
    people: Arc<Vec<Session>>,
    /// Those who hold a role at a unit or above it.
    near: Arc<BTreeMap<OrgId, Vec<usize>>>,
    /// Forms that were filled before: one like it is filled without being drawn anew.
    learned: Option<Arc<Memory>>,
}

impl Rig {
    /// Signs people in by login.
    pub async fn new(app: App, logins: &[&str]) -> Answer<Self> {
        let mut people = Vec::new();
        for login in logins {
            let found = app.store().login(login).await?;
            let (person, _) = found.ok_or_else(|| Problem::new("internal"))?;
            let org = person.org;
            people.push(Session::at(&app, person, org, Lang::Zh)?);
        }
        let orgs = app.orgs();
        let near = orgs.all().into_iter().map(|org| {
            let holds = |session: &Session| {
                session.person.roles.iter().any(|held| orgs.is_within(org.id, held.org))
            };
            let here = (0..people.len()).filter(|place| holds(&people[*place]));
            (org.id, here.collect())
        });
        let near = Arc::new(near.collect::<BTreeMap<OrgId, Vec<usize>>>());
        Ok(Self { app, people: Arc::new(people), near, learned: None })
    }

    /// From now on a form like one that was filled before is not drawn anew.
    pub fn learning(&mut self) {
        self.learned = Some(Arc::default());
    }

    /// The same people on a clock of their own.
    pub fn beside(&self) -> Self {
        let clock = Clock::fixed(self.app.now());
        let app = self.app.with_clock(clock);
        let (people, near) = (Arc::clone(&self.people), Arc::clone(&self.near));
        Self { app, people, near, learned: self.learned.clone() }
    }

    /// Those who hold this role at the unit itself, in their order.
    pub fn holding(&self, role: &str, org: OrgId) -> impl Iterator<Item = &Session> {
        let holds = move |session: &&Session| {
            session.person.roles.iter().any(|held| held.role == role && held.org == org)
        };
        self.people.iter().filter(holds)
    }

    /// Lets time pass, with everything that falls due on the way.
    pub async fn wait_until(&self, at: Instant) {
        let began = self.app.now();
        self.app.config().clock.set(at);
        if at.seconds_since(began) >= SETTLING {
            crate::reconcile::run_once(&self.app).await;
        }
    }

    /// Everybody reads what they were told so far.
    pub async fn read_messages(&self) -> Answer<()> {
        for session in self.people.iter() {
            self.app.store().read_messages(session.id(), None, self.app.now()).await?;
        }
        Ok(())
    }

    /// Who signs in with this login.
    pub fn by_login(&self, login: &str) -> Answer<&Session> {
        self.people.iter().find(|s| s.person.login == login).ok_or_else(|| Problem::new("internal"))
    }

    /// Opens a case.
    pub async fn open(
        &self,
        login: &str,
        process: &str,
        unit: Option<UnitId>,
        story: &Story,
    ) -> Answer<CaseId> {
        self.opened(self.by_login(login)?, process, unit, story).await
    }

    /// Opens a case as somebody.
    pub async fn opened(
        &self,
        session: &Session,
        process: &str,
        unit: Option<UnitId>,
        story: &Story,
    ) -> Answer<CaseId> {
        let mut open = Open {
            process: process.into(),
            unit,
            customer: None,
            from: None,
            submission: Submission::default(),
        };
        let kind = kind(process, "open", if unit.is_some() { "unit" } else { "" }, story);
        if let Some(known) = self.known(&kind) {
            open.submission = self.filled(session, &known, story).await?;
            let key = Key::default();
            let opened = command::open(&self.app, session, &key, &open, &Json::Null);
            if let Ok(id) = Box::pin(opened).await {
                return Ok(id);
            }
            open.submission = Submission::default();
        }
        let mut asked = Vec::new();
        for _ in 0..TRIES {
            let previewed = command::preview_open(&self.app, session, &open).await?;
            let form =
                fill::form(&self.app, session, previewed.form.as_ref(), story, &asked).await?;
            open.submission.form = form;
            let key = Key::default();
            let opened = command::open(&self.app, session, &key, &open, &Json::Null);
            match Box::pin(opened).await {
                Err(problem) if !mend(&problem, &mut asked, &mut open.submission) => {
                    return Err(problem);
                }
                Err(_) => {}
                Ok(id) => {
                    self.learn(kind, previewed.form, asked, open.submission.reason);
                    return Ok(id);
                }
            }
        }
        Err(Problem::new("internal"))
    }

    /// The case as it stands.
    pub async fn case(&self, id: CaseId) -> Answer<CaseState> {
        Ok(self.app.store().case(id, &Scope::company()).await?.state)
    }

    /// Does one action as whoever may do it.
    pub async fn act(&self, id: CaseId, action: &str, story: &Story) -> Answer<()> {
        let case = self.case(id).await?;
        let release = self.app.releases().pinned(&case.release)?;
        let process = release.processes.get(&case.process);
        let known = process.and_then(|p| p.action(action));
        let known = known.ok_or_else(|| Problem::new("unknown-action"))?;
        let session = self.who(&case, known)?;
        let mut act = Act {
            case: id,
            action: action.into(),
            submission: Submission::default(),
            handing: None,
        };
        let at = case.full_state("main").unwrap_or_default();
        let kind = kind(&case.process, action, &at, story);
        if let Some(known) = self.known(&kind) {
            act.submission = self.filled(session, &known, story).await?;
            let key = Key::default();
            let done = command::act(&self.app, session, &key, &act, &Json::Null);
            if Box::pin(done).await.is_ok() {
                return Ok(());
            }
            act.submission = Submission::default();
        }
        let mut asked = Vec::new();
        for _ in 0..TRIES {
            let previewed = command::preview(&self.app, session, &act).await?;
            let form =
                fill::form(&self.app, session, previewed.form.as_ref(), story, &asked).await?;
            act.submission.form = form;
            let key = Key::default();
            let done = command::act(&self.app, session, &key, &act, &Json::Null);
            match Box::pin(done).await {
                Err(problem) if !mend(&problem, &mut asked, &mut act.submission) => {
                    return Err(problem);
                }
                Err(_) => {}
                Ok(_) => {
                    self.learn(kind, previewed.form, asked, act.submission.reason);
                    return Ok(());
                }
            }
        }
        Err(Problem::new("internal"))
    }

    /// Does the primary action that leads on, unless the main track stands at `until` or is closed.
    pub async fn toward(&self, id: CaseId, until: &str, story: &Story) -> Answer<()> {
        let case = self.case(id).await?;
        let at = case.tracks.get("main").map(|t| t.state.clone()).unwrap_or_default();
        if at == until || case.closed_at.is_some() {
            return Ok(());
        }
        match self.next(&case).await? {
            Some(action) => self.act(id, &action, story).await,
            None => Err(Problem::new("not-allowed-now").with("state", at.into())),
        }
    }

    /// The open child of a case that runs that process.
    pub async fn child(&self, parent: CaseId, process: &str) -> Answer<CaseId> {
        let query = CaseQuery {
            process: Some(process.into()),
            unit: self.case(parent).await?.unit,
            open: Some(true),
            ..CaseQuery::default()
        };
        let found = self.app.store().cases(&query, &Scope::company()).await?;
        found.items.first().map(|row| row.id).ok_or_else(|| Problem::new("not-found"))
    }

    /// The next step: the primary action that leads on.
    async fn next(&self, case: &CaseState) -> Answer<Option<String>> {
        let release = self.app.releases().pinned(&case.release)?;
        let Some(process) = release.processes.get(&case.process) else { return Ok(None) };
        let about = snapshot::About::case(case);
        let facts = snapshot::snapshot(&self.app, &release, about, None, &Map::new()).await?;
        let offers = engine::decide::offers_now(&release, case, &facts, self.app.now());
        let mut leading = offers.iter().filter_map(|offer| process.action(&offer.action));
        let at = case.tracks.get("main").map_or("", |track| track.state.as_str());
        let next = leading.find(|a| a.track == "main" && a.mark_at(at, false) == Mark::Primary);
        Ok(next.map(|a| a.id.clone()))
    }

    fn who(&self, case: &CaseState, action: &Action) -> Answer<&Session> {
        let release = self.app.releases().pinned(&case.release)?;
        let process = release.processes.get(&case.process);
        let may = |session: &&Session| {
            let actor = actor_at(&self.app, &session.person, case.org);
            process.is_some_and(|process| {
                let release = &release;
                let asked = Asking { release, process, case, action, simple: false };
                engine::decide::actor_refusal(asked, &actor).is_none()
            })
        };
        let near = self.near.get(&case.org).into_iter().flatten();
        let mut near = near.filter_map(|place| self.people.get(*place));
        near.find(may).ok_or_else(|| Problem::new("not-your-role"))
    }

    fn known(&self, kind: &Kind) -> Option<Arc<Learned>> {
        self.learned.as_ref()?.lock().ok()?.get(kind).cloned()
    }

    fn learn(
        &self,
        kind: Kind,
        form: Option<FormSchema>,
        asked: Vec<String>,
        reason: Option<String>,
    ) {
        if let Some(mut learned) = self.learned.as_ref().and_then(|known| known.lock().ok()) {
            learned.insert(kind, Arc::new(Learned { form, asked, reason }));
        }
    }

    async fn filled(
        &self,
        session: &Session,
        known: &Learned,
        story: &Story,
    ) -> Answer<Submission> {
        let form = fill::form(&self.app, session, known.form.as_ref(), story, &known.asked).await?;
        Ok(Submission { form, reason: known.reason.clone(), ..Submission::default() })
    }
}

/// What has to be alike for a form to be filled as one before.
fn kind(process: &str, action: &str, at: &str, story: &Story) -> Kind {
    let told: Vec<&str> = story.keys().copied().collect();
    (process.to_owned(), action.to_owned(), at.to_owned(), told.join(" "))
}

/// Takes up what a refusal asks for; whether there is anything.
fn mend(problem: &Problem, asked: &mut Vec<String>, submission: &mut Submission) -> bool {
    if problem.code() == "reason-needed" && submission.reason.is_none() {
        submission.reason = Some("按现场实际情况处理".into());
        return true;
    }
    let before = asked.len();
    let fields = problem.fields().map(|f| f.split(['[', '.']).next().unwrap_or(f).to_owned());
    for field in fields {
        if !asked.contains(&field) {
            asked.push(field);
        }
    }
    asked.len() > before
}
