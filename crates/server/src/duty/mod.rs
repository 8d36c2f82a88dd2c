//! Who is on duty (值班): from the roster of a unit, or of the nearest unit above that keeps one.
//! Where nobody is, it is the head's (负责人): the nearest holder of the roles the setting names.

mod spans;

pub use spans::{gaps, of_day, overlaps, spans};

use crate::app::App;
use crate::problem::Answer;
use base::time::add_days;
use base::{Instant, OrgId, PersonId};
use rulebook::Release;
use std::collections::BTreeMap;

/// The setting that says which roles are the head of a unit.
const HEADS: &str = "duty_heads";

/// Somebody who is on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// Who is asked: the person of the roster, or who holds that person's office meanwhile.
    pub person: PersonId,
    /// Who stands in the roster, where that is somebody else.
    pub stands_for: Option<PersonId>,
    /// Until when.
    pub until: Instant,
}

/// Who answers for a unit at an instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Post {
    /// The unit whose roster it is; none where nobody above keeps one.
    pub kept_by: Option<OrgId>,
    /// Who is on duty; empty in a gap.
    pub on: Vec<OnDuty>,
}

/// Who is on duty for a unit at that time.
pub async fn post(app: &App, org: OrgId, at: Instant) -> Answer<Post> {
    let chain = chain(app, org);
    let day = app.zone().day(at);
    let before = add_days(day, -1).unwrap_or(day);
    let shifts = app.store().duty_shifts(&chain, before, day).await?;
    let kept = chain.iter().find(|org| shifts.iter().any(|shift| shift.org == **org));
    let Some(kept) = kept else { return Ok(Post::default()) };
    let own: Vec<_> = shifts.into_iter().filter(|shift| shift.org == *kept).collect();
    let spans = spans(&own, app.zone(), before, day);
    let now = spans.into_iter().filter(|span| span.from <= at && at < span.until);
    let mut until: BTreeMap<PersonId, Instant> = BTreeMap::new();
    for span in now {
        let last = until.entry(span.person).or_insert(span.until);
        *last = (*last).max(span.until);
    }
    let ids: Vec<PersonId> = until.keys().copied().collect();
    let active = app.store().people_named(&ids).await?;
    let (deputies, mut on) = (app.deputies(), Vec::new());
    for person in active.iter().filter(|person| person.active).map(|person| person.id) {
        let deputy = deputies.of(person, day).map(|acting| acting.deputy);
        on.push(OnDuty {
            person: deputy.unwrap_or(person),
            stands_for: deputy.map(|_| person),
            until: until[&person],
        });
    }
    Ok(Post { kept_by: Some(*kept), on })
}

/// The head of a unit: whoever holds one of the roles of the setting there, or nearest above, each
/// with the role.
pub async fn heads(app: &App, release: &Release, org: OrgId) -> Answer<Vec<(PersonId, String)>> {
    let setting = release.parameters.get(HEADS).and_then(|setting| setting.value.as_ref());
    let roles = setting.and_then(|value| value.as_str()).unwrap_or_default();
    let roles: Vec<String> = roles
        .split([',', '，', '、'])
        .map(|role| role.trim().to_owned())
        .filter(|role| !role.is_empty())
        .collect();
    if roles.is_empty() {
        return Ok(vec![]);
    }
    let orgs = app.orgs();
    let mut nearest = (0, vec![]);
    for found in app.store().candidates(org, &roles).await? {
        for held in &found.person.roles {
            let depth = orgs.get(held.org).map_or(0, |at| at.path.len());
            if !roles.contains(&held.role) || !orgs.is_within(org, held.org) || depth < nearest.0 {
                continue;
            }
            if depth > nearest.0 {
                nearest = (depth, vec![]);
            }
            nearest.1.push((found.person.id, held.role.clone()));
        }
    }
    Ok(nearest.1)
}

/// A unit and all above it, the nearest first.
fn chain(app: &App, org: OrgId) -> Vec<OrgId> {
    let orgs = app.orgs();
    let mut chain = Vec::new();
    let mut at = orgs.get(org);
    while let Some(org) = at {
        chain.push(org.id);
        at = org.parent.and_then(|parent| orgs.get(parent));
    }
    chain
}
