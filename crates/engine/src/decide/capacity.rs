//! In which capacity somebody acts: for themselves, as the deputy of somebody away, or with what
//! was handed on to them.

use super::{approving, refuse};
use crate::case::CaseState;
use crate::command::{Actor, ActorKind};
use crate::decision::Refusal;
use crate::grants::Handover;
use base::PersonId;
use rulebook::Release;
use rulebook::model::{Action, Process};

/// The part in the case and the roles with which somebody acts. Facts that requirements ask for
/// stay those of the acting person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity<'a> {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Who acts.
    pub actor: Option<PersonId>,
    /// Whose office that person holds in it; `None`: their own.
    pub on_behalf: Option<PersonId>,
    /// The roles of that office.
    pub roles: &'a [String],
}

impl<'a> Capacity<'a> {
    /// The actor's own.
    pub fn own(actor: &'a Actor) -> Self {
        let Actor { kind, person, roles, .. } = actor;
        Self { kind: *kind, actor: *person, on_behalf: None, roles }
    }

    fn of(actor: &Actor, person: PersonId, roles: &'a [String]) -> Self {
        Self { on_behalf: Some(person), roles, ..Capacity::own(actor) }
    }

    /// The part in the case that counts.
    fn part(&self) -> Option<PersonId> {
        self.on_behalf.or(self.actor)
    }

    /// Everybody who has a hand in what is done so.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + use<> {
        [self.actor, self.on_behalf].into_iter().flatten()
    }

    /// Whether it is one of those named in `by`.
    pub fn is(&self, case: &CaseState, by: &str) -> bool {
        let staff = self.kind == ActorKind::Person;
        let part = |person: Option<PersonId>| staff && person.is_some() && person == self.part();
        match by {
            "@assignee" => part(case.assignee),
            "@opener" => part(case.opener),
            "@owner" => part(case.owner),
            "@customer" => self.kind == ActorKind::Customer,
            "@system" => self.kind == ActorKind::System,
            role => staff && self.roles.iter().any(|held| held == role),
        }
    }

    /// Whether the action is for it.
    pub fn may(&self, case: &CaseState, action: &Action) -> bool {
        let opens = action.from.is_empty() || action.id == "open";
        (opens && self.kind == ActorKind::System)
            || action.doers().iter().any(|by| self.is(case, by))
    }

    /// What it had a hand in of which the action is the check (岗位分离).
    pub fn own_work<'w>(&self, case: &CaseState, action: &'w Action) -> Vec<&'w str> {
        let did = |act: &&String| {
            let doers = case.doers.get(*act);
            doers.is_some_and(|doers| self.people().any(|person| doers.0.contains(&person)))
        };
        action.not_by.iter().filter(did).map(String::as_str).collect()
    }

    /// What keeps it from an action that is for it: duties to be held apart, a case of one's own,
    /// an approval given before.
    pub fn hindered(&self, asked: Asking<'_>) -> Option<Refusal> {
        let Asking { release, process, case, action, simple } = asked;
        let kept_apart = action.strict || !simple;
        if let Some(did) = self.own_work(case, action).first().filter(|_| kept_apart) {
            return Some(refuse::same_person(case, process, action, did, simple));
        }
        let own_case = self.on_behalf.is_some() && case.opener == self.actor;
        if own_case && action.is_approval() {
            return Some(refuse::own_case(case, action));
        }
        approving::hindered(release, case, action, self)
    }
}

/// What somebody wants to do, to what.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The release the case runs under.
    pub release: &'a Release,
    /// Its process.
    pub process: &'a Process,
    /// The case.
    pub case: &'a CaseState,
    /// The action.
    pub action: &'a Action,
    /// Whether the case's unit works in the simple mode (简易): one person may hold duties that
    /// exclude each other, except strict ones.
    pub simple: bool,
}

/// The capacities of an actor for an action, their own first. Who holds an office only for somebody
/// else cannot pass it on: deputies do not chain.
fn capacities<'a>(
    actor: &'a Actor,
    handed: Option<&'a Handover>,
) -> impl Iterator<Item = Capacity<'a>> {
    let away = actor.deputy_for.iter();
    let deputised = away.map(|away| Capacity::of(actor, away.person, &away.roles));
    let handed = handed.filter(|handed| Some(handed.to) == actor.person);
    let handed = handed.map(|handed| Capacity::of(actor, handed.from, &handed.roles));
    std::iter::once(Capacity::own(actor)).chain(handed).chain(deputised)
}

/// Whether the actor may do the action by role or by their part in the case, or for somebody else.
pub fn may_act(case: &CaseState, action: &Action, actor: &Actor) -> bool {
    let handed = case.grants.handed.get(&action.id);
    capacities(actor, handed).any(|capacity| capacity.may(case, action))
}

/// Whose office the actor would hold in an action that is not for themselves.
pub fn office(case: &CaseState, action: &Action, actor: &Actor) -> Option<PersonId> {
    let handed = case.grants.handed.get(&action.id);
    capacities(actor, handed).find(|capacity| capacity.may(case, action))?.on_behalf
}

/// The capacity in which the actor does the action: the first that nothing hinders. `handed`: to
/// whom the case says it was handed on.
pub fn act_as<'a>(
    asked: Asking<'_>,
    actor: &'a Actor,
    handed: Option<&'a Handover>,
) -> Result<Capacity<'a>, Box<Refusal>> {
    let Asking { release, case, action, .. } = asked;
    let mut refused = None;
    for capacity in capacities(actor, handed).filter(|c| c.may(case, action)) {
        match capacity.hindered(asked) {
            None => return Ok(capacity),
            Some(refusal) => {
                refused.get_or_insert(refusal);
            }
        }
    }
    Err(Box::new(refused.unwrap_or_else(|| refuse::not_your_role(release, case, action))))
}

/// Why this actor may not do the action, whatever the form says; `None` when they may.
pub fn actor_refusal(asked: Asking<'_>, actor: &Actor) -> Option<Refusal> {
    let handed = asked.case.grants.handed.get(&asked.action.id);
    act_as(asked, actor, handed).err().map(|refused| *refused)
}
