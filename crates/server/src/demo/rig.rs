//! People of the demonstration at work: each act is an ordinary command.

use super::fill;
use crate::app::App;
use crate::auth::Session;
use crate::command::{self, Act, Key, Open, Submission, actor_at, snapshot};
use crate::problem::{Answer, Problem};
use base::{CaseId, Instant, Lang, UnitId};
use engine::CaseState;
use engine::decide::Asking;
use rulebook::model::{Action, Mark};
use serde_json::{Map, Value as Json};
use store::Scope;
use store::cases::CaseQuery;

/// What the story says of some fields; the rest is filled plausibly.
pub type Story = simulator::Story;

/// Tries of one act: each mends what the last refusal named.
const TRIES: usize = 4;
/// Seconds after which the background work is done once more.
const SETTLING: i64 = 60;

/// The stage: an app on a moving clock and people signed in.
pub struct Rig {
    /// The app.
    pub app: App,
    people: Vec<Session>,
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
        Ok(Self { app, people })
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
        for session in &self.people {
            self.app.store().read_messages(session.id(), None, self.app.now()).await?;
        }
        Ok(())
    }

    fn by_login(&self, login: &str) -> Answer<&Session> {
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
        let session = self.by_login(login)?;
        let mut open = Open {
            process: process.into(),
            unit,
            customer: None,
            from: None,
            submission: Submission::default(),
        };
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
                Ok(id) => return Ok(id),
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
                Ok(_) => return Ok(()),
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
        self.people.iter().find(may).ok_or_else(|| Problem::new("not-your-role"))
    }
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
