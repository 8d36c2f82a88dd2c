//! Several people for one action (会签、或签): who takes which seat, and whose approval is missing.

use super::capacity::Capacity;
use super::refuse;
use super::run::Run;
use crate::case::CaseState;
use crate::decision::{Refusal, Why};
use crate::grants::Vote;
use rulebook::Release;
use rulebook::model::{Action, Approvals};
use serde_json::{Map, Value as Json};

/// For each seat the place of the approval that takes it. Everybody takes one seat; who could take
/// two takes the one that leaves room for the others, so the order in which they come is no matter.
pub fn seated(approvals: &Approvals, votes: &[Vote]) -> Vec<Option<usize>> {
    let mut seats = vec![None; approvals.seats().len()];
    for vote in 0..votes.len() {
        let mut asked = vec![false; seats.len()];
        seat(approvals, votes, vote, &mut seats, &mut asked);
    }
    seats
}

/// Gives the approval a free seat, if need be by asking others to move; whether there was one.
fn seat(
    approvals: &Approvals,
    votes: &[Vote],
    vote: usize,
    seats: &mut [Option<usize>],
    asked: &mut [bool],
) -> bool {
    for (place, role) in approvals.seats().iter().enumerate() {
        if asked[place] || !votes[vote].seats.contains(role) {
            continue;
        }
        asked[place] = true;
        if seats[place].is_none_or(|other| seat(approvals, votes, other, seats, asked)) {
            seats[place] = Some(vote);
            return true;
        }
    }
    false
}

/// How many seats are taken.
fn taken(approvals: &Approvals, votes: &[Vote]) -> usize {
    seated(approvals, votes).iter().flatten().count()
}

/// Whether as many approve as the action needs.
fn complete(approvals: &Approvals, votes: &[Vote]) -> bool {
    taken(approvals, votes) >= approvals.needed()
}

/// The roles of which one more approval would count, each once; empty when nothing is missing.
pub fn missing<'a>(approvals: &'a Approvals, votes: &[Vote]) -> Vec<&'a str> {
    if complete(approvals, votes) {
        return Vec::new();
    }
    let now = taken(approvals, votes);
    let mut roles: Vec<&str> = Vec::new();
    for role in approvals.seats() {
        let one_more = [votes, &[someone(role)]].concat();
        if !roles.contains(&role.as_str()) && taken(approvals, &one_more) > now {
            roles.push(role);
        }
    }
    roles
}

/// Somebody who could take this seat alone.
fn someone(role: &str) -> Vote {
    let (person, at) = (base::PersonId(0), base::Instant(0));
    Vote { person, on_behalf: None, seats: vec![role.to_owned()], at, form: Map::new() }
}

/// The seats a capacity can take.
fn seats_of(case: &CaseState, approvals: &Approvals, capacity: &Capacity<'_>) -> Vec<String> {
    approvals.seats().iter().filter(|seat| capacity.is(case, seat)).cloned().collect()
}

/// Why an approval in this capacity would not count: given before, by this person or for them, or
/// every seat it could take is taken.
pub fn hindered(
    release: &Release,
    case: &CaseState,
    action: &Action,
    capacity: &Capacity<'_>,
) -> Option<Refusal> {
    let approvals = action.approvals.as_ref()?;
    let votes = case.grants.votes(&action.id);
    let again = votes.iter().flat_map(Vote::people).any(|person| {
        let mut people = capacity.people();
        people.any(|own| own == person)
    });
    let open = missing(approvals, votes);
    let counts = seats_of(case, approvals, capacity).iter().any(|s| open.contains(&s.as_str()));
    (again || !counts).then(|| refuse::approved_before(release, case, action, again))
}

impl Run<'_> {
    /// Counts an approval. Whether the action is done now; until then it is recorded and the case
    /// stays as it is.
    pub fn approve(
        &mut self,
        action: &Action,
        capacity: &Capacity<'_>,
        answers: &Map<String, Json>,
    ) -> bool {
        let (Some(approvals), Some(person)) = (&action.approvals, capacity.actor) else {
            return true;
        };
        let seats = seats_of(&self.case, approvals, capacity);
        let on_behalf = capacity.on_behalf;
        let vote = Vote { person, on_behalf, seats, at: self.occurred, form: answers.clone() };
        let votes = self.case.grants.votes.entry(action.id.clone()).or_default();
        votes.push(vote);
        let votes = votes.clone();
        let rule = format!("{}/{}", self.process.id, action.id);
        let clauses = &action.clause;
        // In a simple shop (简易) one approval stands for all, unless the action is strict.
        let alone = self.facts.simple() && !action.strict && votes.len() < approvals.needed();
        let open = if alone { Vec::new() } else { missing(approvals, &votes) };
        for (seat, vote) in approvals.seats().iter().zip(seated(approvals, &votes)) {
            let Some(vote) = vote.and_then(|place| votes.get(place)) else { continue };
            let why = Why::new("approved_by", format!("{rule}/approvals"), clauses);
            let why = why.with("role", seat.as_str()).with("person", vote.person.to_string());
            self.why.push(why);
        }
        if alone {
            self.why.push(Why::new("approvals_collapsed", format!("{rule}/approvals"), clauses));
        }
        if open.is_empty() {
            self.why.push(Why::new("approvals_complete", format!("{rule}/approvals"), clauses));
            // What each of them answered belongs to the case now, the last word last.
            for vote in votes {
                self.take(vote.form);
            }
            return true;
        }
        let waits = Why::new("approvals_wait", format!("{rule}/approvals"), clauses);
        self.why.push(waits.with("role", Json::from(open)));
        false
    }
}
