//! Who may give which role where (任免), and so whom they may manage: nobody lifts themselves or
//! somebody else above what they were given to give.

use super::Session;
use crate::app::App;
use crate::orgs::Orgs;
use base::OrgId;
use rulebook::model::{Permission, Reach, Role};
use std::sync::Arc;
use store::org::Org;
use store::person::{Person, RoleAt};

/// A session as a giver of roles.
#[derive(Debug)]
pub struct Giver<'a> {
    session: &'a Session,
    orgs: Arc<Orgs>,
}

impl<'a> Giver<'a> {
    /// What this session may give.
    pub fn of(app: &App, session: &'a Session) -> Self {
        Self { session, orgs: app.orgs() }
    }

    /// The units at and below which this session may give a role; a role without permissions is
    /// none of staff.
    pub fn roots(&self, role: &Role) -> Vec<OrgId> {
        if role.permissions.is_empty() || !self.session.may(Permission::PeopleWrite) {
            return vec![];
        }
        if self.session.may(Permission::SystemAdmin) {
            return self.tops();
        }
        let givers = self.session.roles.iter().filter(|held| role.given_by.contains(&held.role));
        let mut roots: Vec<OrgId> = givers
            .flat_map(|held| match self.session.release.roles.get(&held.role).map(|r| r.reach) {
                Some(Reach::Company) => self.tops(),
                Some(Reach::Subtree | Reach::Station) => vec![held.org],
                Some(Reach::Own) | None => vec![],
            })
            .collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    fn tops(&self) -> Vec<OrgId> {
        self.orgs.all().into_iter().filter(|org| org.parent.is_none()).map(|org| org.id).collect()
    }

    /// Whether this session may give, and take away, a role at a unit.
    pub fn may_give(&self, held: &RoleAt) -> bool {
        let Some(role) = self.session.release.roles.get(&held.role) else {
            // A role the rulebook no longer knows gives nothing; whoever runs the system clears it.
            return self.session.may(Permission::SystemAdmin);
        };
        self.roots(role).into_iter().any(|root| self.orgs.is_within(held.org, root))
    }

    /// Whether this session may change a person, reset their password and sign them out: somebody
    /// else, who works within reach and holds nothing that it could not give.
    pub fn may_manage(&self, person: &Person) -> bool {
        let there = self.orgs.get(person.org).is_some_and(|org| self.within(org));
        self.session.may(Permission::PeopleWrite)
            && person.id != self.session.id()
            && there
            && person.roles.iter().all(|held| self.may_give(held))
    }

    /// Whether a unit lies within the reach of this session.
    pub fn within(&self, org: &Org) -> bool {
        self.session.scope.holds(&org.path)
    }

    /// Whether this session may add and change units: the tree decides who sees what, so that is
    /// for those who see all of it.
    pub fn may_shape(&self) -> bool {
        self.session.may(Permission::PeopleWrite)
            && self.orgs.all().iter().all(|org| self.within(org))
    }
}
