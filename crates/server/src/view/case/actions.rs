//! What may be done now: mine with their forms, others by whom, blocked ones with the reason.

use super::grants::{ApprovalsView, HandoverView, Names, PassView};
use super::grants::{approvals, handover, lifted, passes, person, role};
use crate::app::App;
use crate::auth::Session;
use crate::command::{actor_at, problem_of};
use crate::problem::Answer;
use crate::view::form::{Drawing, FormSchema};
use crate::view::{PersonRef, Words};
use base::PersonId;
use engine::decide::{Asking, Capacity};
use engine::{Actor, CaseState, Command, Facts, Offer};
use rulebook::Release;
use rulebook::model::{Action, Grade, Mark, Process};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;

/// An action of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Action)]
#[expect(clippy::struct_excessive_bools, reason = "each answers another question of the page")]
pub struct ActionView {
    id: String,
    title: Words,
    #[schema(value_type = String)]
    mark: Mark,
    track: String,
    /// Whether I may do it.
    mine: bool,
    /// Who may, in words.
    by: Vec<Words>,
    /// Why it is not free now.
    #[schema(value_type = Option<crate::view::problem::ProblemBody>)]
    blocked: Option<Json>,
    form: Option<FormSchema>,
    /// Whether it may be done to several cases with one form.
    batch: bool,
    /// Open to whoever gives a reason.
    needs_reason: bool,
    due_at: Option<String>,
    /// Whose approval is there and whose missing, when several people do it.
    approvals: Option<ApprovalsView>,
    /// To whom it was handed on.
    handed: Option<HandoverView>,
    /// Whether I may hand it on to a named person.
    may_hand_on: bool,
    /// Whose office I would hold in it: as deputy, or because it was handed on to me.
    on_behalf: Option<PersonRef>,
    /// Requirements that may pass once.
    passes: Vec<PassView>,
    /// The refusals that doing it lets pass once.
    lifts: Vec<Words>,
    #[serde(skip)]
    late: bool,
}

/// The actions of a case as it stands, the next step first.
pub async fn actions(
    app: &App,
    session: &Session,
    release: &Release,
    process: &Process,
    case: &CaseState,
    facts: &Facts,
    names: &Names,
) -> Answer<Vec<ActionView>> {
    let offers = engine::decide::offers_now(release, case, facts, app.now());
    let actor = actor_at(app, &session.person, case.org);
    let drawing = Drawing { app, session, release, case: Some(case), org: case.org, facts };
    let mut views = Vec::with_capacity(offers.len());
    for offer in &offers {
        let Some(action) = process.action(&offer.action) else { continue };
        let simple = facts.simple();
        if action.doers().iter().all(|by| by == "@system" || by == "@customer") {
            continue;
        }
        let refused = engine::decide::actor_refusal(
            Asking { release, process, case, action, simple },
            &actor,
        );
        let allowed = engine::decide::may_act(case, action, &actor);
        let mut view = plain(session, release, action, offer);
        view.late = offer.due_at.is_some_and(|due| due < app.now());
        if let Some(track) = case.tracks.get(&action.track) {
            view.mark = action.mark_at(&track.state, view.late);
        }
        view.mine = allowed;
        granted(&mut view, (process, case, action), &actor, names, refused.is_none());
        view.approvals = approvals(release, case, action, session.id(), names);
        // The own exclusion (separation of duties) comes before what everybody would be told.
        if allowed && let Some(refused) = refused {
            view.blocked = Some(problem_of(release, &refused).body(session.lang, ""));
        }
        if allowed {
            let command = Command {
                action: Some(offer.action.clone()),
                actor: actor.clone(),
                form: Map::new(),
                ..Command::timer(app.now())
            };
            view.form = drawing.form(action, &command).await?.map(FormSchema::without_shelves);
        }
        views.push(view);
    }
    // What is late comes before what is merely next.
    views.sort_by_key(|view| (!view.mine, rank(view.mark), !view.late));
    Ok(views)
}

/// What stands granted, and in which office the actor would act.
fn granted(
    view: &mut ActionView,
    (process, case, action): (&Process, &CaseState, &Action),
    actor: &Actor,
    names: &Names,
    free: bool,
) {
    let me = actor.person.unwrap_or(PersonId(0));
    view.handed = handover(case, action, me, names);
    view.passes = passes(process, case, action, names);
    view.lifts = lifted(process, action);
    let own = Capacity::own(actor).may(case, action);
    view.may_hand_on = own && free && action.may_be_handed_on();
    if view.mine && !own {
        let held = engine::decide::office(case, action, actor);
        view.on_behalf = held.map(|id| person(names, id));
    }
}

fn rank(mark: Mark) -> u8 {
    match mark {
        Mark::Primary => 0,
        Mark::Secondary => 1,
        Mark::Danger => 2,
    }
}

fn plain(session: &Session, release: &Release, action: &Action, offer: &Offer) -> ActionView {
    let blocked = offer.blocked.as_ref();
    ActionView {
        id: action.id.clone(),
        title: (&action.title).into(),
        mark: action.mark,
        track: action.track.clone(),
        mine: false,
        by: offer.by.iter().map(|by| role(release, by)).collect(),
        blocked: blocked.map(|refusal| problem_of(release, refusal).body(session.lang, "")),
        form: None,
        batch: action.batch,
        needs_reason: !action.lifts.is_empty()
            || blocked.is_some_and(|refusal| refusal.grade == Some(Grade::Reason)),
        due_at: offer.due_at.map(|at| at.to_string()),
        approvals: None,
        handed: None,
        may_hand_on: false,
        on_behalf: None,
        passes: Vec::new(),
        lifts: Vec::new(),
        late: false,
    }
}
