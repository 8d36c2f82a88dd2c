//! What would happen: the same decision without a commit.

use super::books::{read_books, settle};
use super::open::{Open, prepare};
use super::seal::{ahead, asked};
use super::snapshot::{About, actor_at, snapshot};
use super::{Act, attached, codes, problem_of, strangers, till};
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use crate::view::form::{Drawing, FormSchema};
use engine::{CaseState, Command, Outcome};
use rulebook::Release;
use std::sync::Arc;

/// What would happen.
pub struct Previewed {
    /// The release it was decided by.
    pub release: Arc<Release>,
    /// The case as it would stand, when nothing refuses.
    pub after: Option<CaseState>,
    /// What refuses.
    pub problem: Option<Problem>,
    /// The form as far as it is filled.
    pub form: Option<FormSchema>,
}

/// What an act would do.
pub async fn preview(app: &App, session: &Session, act: &Act) -> Answer<Previewed> {
    let case = app.store().case(act.case, &session.scope).await?.state;
    let release = app.releases().pinned(&case.release)?;
    let process = release.processes.get(&case.process);
    let process = process.ok_or_else(|| Problem::new("unknown-process"))?;
    let mut said = act.submission.form.clone();
    codes::assumed(&release, &case.process, &act.action, &mut said);
    let said = ahead(app, session, &asked(&release, process, &act.action), &said).await?;
    attached::check(app, session, &said).await?;
    let (occurred_at, late) = act.submission.occurred(app.now())?;
    let command = Command {
        action: Some(act.action.clone()),
        opening: None,
        form: said,
        reason: act.submission.reason(),
        actor: actor_at(app, &session.person, case.org),
        occurred_at,
        late,
        child: None,
        handing: None,
    };
    let about = About::case(&case);
    let mut facts = snapshot(app, &release, about, Some(session.id()), &command.form).await?;
    let action = process.action(&act.action);
    read_books(app, (&release, process), action.as_slice(), Some(&case), &mut facts).await?;
    let (said, stood) = (&command.form, Some(&case.data));
    strangers::mark(app, session, (&release, action), said, stood, &mut facts).await?;
    let drawing = Drawing {
        app,
        session,
        release: &release,
        case: Some(&case),
        org: case.org,
        facts: &facts,
    };
    let form = match action {
        Some(action) => drawing.form(action, &command).await?,
        None => None,
    };
    let outcome = engine::preview(&release, Some(&case), &facts, &command, app.now());
    let (after, problem) = told(app, session, &release, outcome).await?;
    Ok(Previewed { release, after, problem, form })
}

/// What an opening would do.
pub async fn preview_open(app: &App, session: &Session, open: &Open) -> Answer<Previewed> {
    let prepared = prepare(app, session, open).await?;
    let release = prepared.release;
    let process = &release.processes[&open.process];
    let mut command = prepared.command;
    let fields = asked(&release, process, "open");
    command.form = ahead(app, session, &fields, &open.submission.form).await?;
    let drawing = Drawing {
        app,
        session,
        release: &release,
        case: None,
        org: session.org.id,
        facts: &prepared.facts,
    };
    let form = drawing.form(&process.start, &command).await?;
    let outcome = engine::preview(&release, None, &prepared.facts, &command, app.now());
    let (after, problem) = told(app, session, &release, outcome).await?;
    // Where it leads would say what a blind count must not say: whether it balances.
    let blind = till::is_asked(process) && till::is_blind(&release);
    Ok(Previewed { after: after.filter(|_| !blind), release, problem, form })
}

async fn told(
    app: &App,
    session: &Session,
    release: &Release,
    outcome: Outcome,
) -> Answer<(Option<CaseState>, Option<Problem>)> {
    Ok(match outcome {
        Outcome::Decided(decision) => match settle(app, Some(session), release, &decision).await {
            Ok(()) => (Some(decision.case), None),
            Err(problem) if problem.code() == "posting-refused" => (None, Some(problem)),
            Err(problem) => return Err(problem),
        },
        Outcome::Refused(refusal) => (None, Some(problem_of(release, &refusal))),
        Outcome::Ignored => (None, None),
    })
}
