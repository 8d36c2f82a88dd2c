//! What one person holds, as the wall shows it.

use crate::app::App;
use crate::view::form::skill;
use crate::view::{OrgRef, PersonRef, Words};
use base::Day;
use base::time::{Span, SpanUnit, days_between};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use store::certificate::{Holder, Issued};
use utoipa::ToSchema;

/// Days before the end from which a certificate is shown as running out, where the rulebook does
/// not say when it warns first.
const EXPIRING_DAYS: i64 = 30;

/// How a certificate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Valid for a while.
    Valid,
    /// Valid, but the first warning is due.
    Expiring,
    /// Run out.
    Expired,
    /// Withdrawn, and no other was issued.
    Withdrawn,
    /// None was ever held.
    Missing,
}

/// A skill by key and words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SkillView {
    id: String,
    title: Words,
}

/// What one person holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CertificateRow {
    person: PersonRef,
    org: Option<OrgRef>,
    pub(super) standing: Standing,
    number: Option<String>,
    issued_on: Option<String>,
    expires: Option<String>,
    /// Days it is still valid, today not counted; negative once over.
    days_left: Option<i64>,
    pub(super) skills: Vec<SkillView>,
    /// The case that issued it; none for what was taken over without one.
    case_id: Option<String>,
}

impl CertificateRow {
    /// What a person holds on a day.
    pub fn of(app: &App, release: &Release, holder: &Holder, today: Day) -> Self {
        let person = &holder.person;
        let held = person.certificate.as_ref();
        let same = |issued: &&Issued| held.is_none_or(|held| held.number == issued.number);
        let issued = holder.issued.iter().find(same);
        let expires = held.map(|held| held.expires).or_else(|| issued.map(|one| one.expires));
        let days_left = held.map(|held| days_between(today, held.expires));
        let standing = match days_left {
            None if issued.is_some() => Standing::Withdrawn,
            None => Standing::Missing,
            Some(left) if left < 0 => Standing::Expired,
            Some(left) if left <= warned_from(release) => Standing::Expiring,
            Some(_) => Standing::Valid,
        };
        let named = |id: &String| SkillView { id: id.clone(), title: skill(release, id) };
        let number = held.map(|held| &held.number).or_else(|| issued.map(|one| &one.number));
        Self {
            person: PersonRef::new(person.id, person.name.reveal()),
            org: app.orgs().get(person.org).map(OrgRef::from),
            standing,
            number: number.cloned(),
            issued_on: issued.map(|one| one.issued_on.to_string()),
            expires: expires.map(|day| day.to_string()),
            days_left,
            skills: person.skills.iter().map(named).collect(),
            case_id: issued.map(|one| one.case.to_string()),
        }
    }

    /// Whether the person has that skill.
    pub fn can(&self, skill: &str) -> bool {
        self.skills.iter().any(|one| one.id == skill)
    }
}

fn warned_from(release: &Release) -> i64 {
    let setting = release.parameters.get("certificate_warn_first");
    let value = setting.and_then(|setting| setting.value.as_ref()?.as_str());
    match value.and_then(Span::parse) {
        Some(Span { count, unit: SpanUnit::D }) => count,
        _ => EXPIRING_DAYS,
    }
}
