//! Acting on a case.

use super::books::{moved, read_books, settle};
use super::change::Building;
use super::key::Earlier;
use super::seal::{asked, separate};
use super::snapshot::{About, actor_at, snapshot};
use super::{Key, Submission, TRIES, attached, blanks, codes, problem_of, strangers};
use crate::app::App;
use crate::auth::Session;
use crate::http::metrics::Count;
use crate::problem::{Answer, Problem};
use base::CaseId;
use engine::{CaseState, Command, Decision, Handing, Outcome};
use serde_json::{Map, Value as Json, json};
use store::cases::LoadedCase;
use store::code::RightCode;
use store::{Change, StoreError};

/// An act on a case.
#[derive(Debug, Clone)]
pub struct Act {
    /// The case.
    pub case: CaseId,
    /// The action.
    pub action: String,
    /// The form.
    pub submission: Submission,
    /// Handed on or taken back instead of done.
    pub handing: Option<Handing>,
}

impl Act {
    /// Whom it names: in the form, and to whom a to-do is handed on.
    fn named(&self, form: &Map<String, Json>) -> Map<String, Json> {
        let mut named = form.clone();
        if let Some(Handing::On { to, .. }) = &self.handing {
            named.insert("to".to_owned(), json!(to));
        }
        named
    }
}

/// Does an action on a case. Without `If-Match` it is decided again when somebody was quicker.
pub async fn act(
    app: &App,
    session: &Session,
    key: &Key,
    act: &Act,
    body: &Json,
) -> Answer<CaseId> {
    // Authorisation first: a key must not reveal a case one may not see.
    let mut loaded = app.store().case(act.case, &session.scope).await?;
    match key.earlier(app, session, body).await? {
        Some(Earlier::Case(case)) => return Ok(case),
        Some(Earlier::Refused(problem)) => return Err(problem),
        None => {}
    }
    attached::submitted(app, session, &act.submission).await?;
    let (act, codes) = read_back(app, &loaded.state, act).await?;
    for _ in 0..TRIES {
        match once(app, session, key, (&act, &codes), loaded, body).await {
            Err(problem) if problem.code() == "stale-version" => {
                app.metrics().count(Count::Conflict);
                // With the version unchanged only time or a note came in between.
                let current = problem.extra("current_version").and_then(Json::as_i64);
                if key.version.is_some() && key.version != current {
                    return Err(problem);
                }
            }
            // Somebody posted to the same accounts; the books say now what is left.
            Err(problem) if problem.code() == "books-moved" => {
                app.metrics().count(Count::Conflict);
            }
            Ok(case) => {
                session.acted(app).await?;
                return Ok(case);
            }
            refused => return refused,
        }
        loaded = app.store().case(act.case, &session.scope).await?;
    }
    Err(Problem::new("busy").retry_after(1).detail(
        "多人正在同时办理这张单，请稍后再试",
        "Several people are working on this case; please try again",
    ))
}

/// The act with the codes of its form compared, once however often it is decided.
async fn read_back(app: &App, case: &CaseState, act: &Act) -> Answer<(Act, Vec<RightCode>)> {
    let mut act = act.clone();
    if act.handing.is_some() {
        return Ok((act, vec![]));
    }
    let release = app.releases().pinned(&case.release)?;
    let form = &mut act.submission.form;
    let codes = codes::checked(app, &release, case, &act.action, form).await?;
    Ok((act, codes))
}

async fn once(
    app: &App,
    session: &Session,
    key: &Key,
    (act, codes): (&Act, &[RightCode]),
    loaded: LoadedCase,
    body: &Json,
) -> Answer<CaseId> {
    let (case, at) = (loaded.state, loaded.at);
    if key.version.is_some_and(|version| version != case.version) {
        return Err(changed(case.version));
    }
    let release = app.releases().pinned(&case.release)?;
    let (occurred_at, late) = act.submission.occurred(app.now())?;
    let process = release.processes.get(&case.process);
    let paper = (Some(act.case), [case.org, session.org.id]);
    let blank = blanks::named(app, process, &act.submission, paper).await?;
    let process = process.ok_or_else(|| Problem::new("unknown-process"))?;
    let fields = asked(&release, process, &act.action);
    let sealing = separate(app, session, &fields, &act.submission.form).await?;
    let command = |form: Map<String, Json>| Command {
        action: act.handing.is_none().then(|| act.action.clone()),
        opening: None,
        form,
        reason: act.submission.reason(),
        actor: actor_at(app, &session.person, case.org),
        occurred_at,
        late: late.clone(),
        child: None,
        handing: act.handing.clone(),
    };
    let about = About::case(&case);
    let named = act.named(&sealing.form);
    let mut facts = snapshot(app, &release, about, Some(session.id()), &named).await?;
    let (action, said) = (process.action(&act.action), &sealing.form);
    read_books(app, (&release, process), action.as_slice(), Some(&case), &mut facts).await?;
    strangers::mark(app, session, (&release, action), said, Some(&case.data), &mut facts).await?;
    let decide = |form| {
        let outcome = engine::decide(&release, Some(&case), &facts, &command(form), app.now());
        decided(&release, outcome)
    };
    let judged = match decide(sealing.form.clone()) {
        Ok(Some(made)) => settle(app, Some(session), &release, &made).await.map(|()| made),
        Ok(None) => return Ok(act.case),
        Err(problem) => Err(problem),
    };
    let mut decision = kept(app, session, key, body, judged).await?;
    if sealing.is_needed() {
        let customer = sealing.customer(app, session, case.customer).await?;
        if let Some(sealed) = decide(sealing.seal(app, customer, Some(&case.data)).await?)? {
            decision = sealed;
        }
        decision.case.customer = customer;
    }
    let building = Building { app, release: &release, actor: Some(session.id()) };
    let orgs = [case.org, decision.case.org];
    let change = building.change(decision, Some(at), key.answer(session, body, 200)).await?;
    let (counter, codes) = (session.counter_act(), codes.to_vec());
    let change = Change { counter, codes, blank, ..change };
    match app.apply(&change).await {
        Ok(applied) => {
            app.metrics().command(&case.process, &act.action, applied.statements);
            app.told(applied.case, &orgs);
            app.spoke(&change);
            Ok(applied.case)
        }
        Err(StoreError::Taken("idempotency_key")) => key.same(app, session, body).await,
        Err(error) => Err(met(error)),
    }
}

/// The decision; none where nothing is to be done.
fn decided(release: &rulebook::Release, outcome: Outcome) -> Answer<Option<Decision>> {
    match outcome {
        Outcome::Decided(decision) => Ok(Some(*decision)),
        Outcome::Refused(refusal) => Err(problem_of(release, &refusal)),
        Outcome::Ignored => Ok(None),
    }
}

/// What came in between, or whatever else the store says.
fn met(error: StoreError) -> Problem {
    match error {
        StoreError::Stale { current } => stale(current),
        StoreError::Moved => moved(),
        error => error.into(),
    }
}

/// What was decided; a refusal is counted, and kept for the same key.
async fn kept(
    app: &App,
    session: &Session,
    key: &Key,
    body: &Json,
    judged: Answer<Decision>,
) -> Answer<Decision> {
    if let Err(problem) = &judged {
        app.metrics().count(Count::Refusal);
        key.keep_refusal(app, session, body, problem).await?;
    }
    judged
}

fn changed(current: i64) -> Problem {
    Problem::new("precondition-failed").with("current_version", json!(current)).detail(
        "这张单已被他人更新，请刷新后核对再提交；您填的内容不会丢",
        "Somebody else has changed this case; look at it again and submit anew",
    )
}

fn stale(current: i64) -> Problem {
    Problem::new("stale-version").with("current_version", json!(current)).detail(
        "这张单刚被他人更新，请刷新后核对再提交；您填的内容不会丢",
        "Somebody else has just changed this case; look at it again and submit anew",
    )
}
