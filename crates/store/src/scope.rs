//! How far a reader sees: every list takes a [`Scope`].

use crate::org::Org;
use base::PersonId;

/// The part of the organisation tree a query may touch, by range of paths.
///
/// A path is `/` + codes of all units from the root down, each followed by `/`, so that a subtree
/// is one range of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub(crate) low: String,
    pub(crate) high: String,
    /// Set when only the person's own cases are seen.
    pub(crate) own: Option<PersonId>,
}

impl Scope {
    /// The whole company.
    pub fn company() -> Self {
        Self { low: "/".into(), high: "0".into(), own: None }
    }

    /// A unit and everything below it.
    pub fn subtree(org: &Org) -> Self {
        Self { low: org.path.clone(), high: subtree_end(&org.path), own: None }
    }

    /// One unit alone.
    pub fn station(org: &Org) -> Self {
        Self { low: org.path.clone(), high: format!("{} ", org.path), own: None }
    }

    /// Cases of one person (assigned, opened or owned), within this scope.
    #[must_use]
    pub fn own(mut self, person: PersonId) -> Self {
        self.own = Some(person);
        self
    }

    /// What of it lies within another one: parts of a tree lie one within the other, or apart.
    #[must_use]
    pub fn within(self, bounds: &Self) -> Self {
        let low = self.low.max(bounds.low.clone());
        let high = self.high.min(bounds.high.clone());
        // Apart: nothing at all.
        let high = if high < low { low.clone() } else { high };
        Self { low, high, own: self.own }
    }

    /// The path of the one unit it holds, when it is one alone.
    pub(crate) fn alone(&self) -> Option<&str> {
        (self.high.strip_suffix(' ') == Some(&self.low)).then_some(&self.low)
    }

    /// Whether it holds every unit.
    pub(crate) fn is_company(&self) -> bool {
        self.low == "/" && self.high == "0"
    }

    /// Whether everything the other sees is seen.
    pub fn covers(&self, other: &Self) -> bool {
        self.low <= other.low
            && other.high <= self.high
            && (self.own.is_none() || self.own == other.own)
    }

    /// Whose own cases alone are seen; nobody's where all of the part are.
    pub const fn own_of(&self) -> Option<PersonId> {
        self.own
    }

    /// Whether only one person's own cases are seen.
    pub fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// Whether something of the unit with that path is seen.
    pub fn holds(&self, path: &str) -> bool {
        self.low.as_str() <= path && path < self.high.as_str()
    }
}

/// The first text behind all paths that begin with `path` (which ends in `/`; `0` follows `/`).
pub(crate) fn subtree_end(path: &str) -> String {
    let mut end = path.strip_suffix('/').unwrap_or(path).to_owned();
    end.push('0');
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_holds_its_subtree_and_nothing_beside_it() {
        let org = Org { path: "/HQ/D01/".into(), ..Org::default() };
        let subtree = Scope::subtree(&org);
        let own = subtree.clone().own(PersonId(7));
        assert!(Scope::company().covers(&own) && subtree.covers(&own) && own.covers(&own));
        assert!(!own.covers(&subtree) && !subtree.covers(&Scope::company()));
        for (path, inside) in
            [("/HQ/D01/", true), ("/HQ/D01/S1/", true), ("/HQ/", false), ("/HQ/D011/", false)]
        {
            assert_eq!(subtree.holds(path), inside, "{path}");
            assert!(Scope::company().holds(path));
            assert_eq!(Scope::station(&org).holds(path), path == "/HQ/D01/");
        }
        let beside = Scope::subtree(&Org { path: "/HQ/D02/".into(), ..Org::default() });
        assert_eq!(Scope::company().within(&subtree), subtree);
        assert_eq!(own.clone().within(&Scope::company()), own);
        assert!(["/HQ/D01/", "/HQ/D02/", "/HQ/"].iter().all(|at| {
            !subtree.clone().within(&beside).holds(at) && !beside.clone().within(&subtree).holds(at)
        }));
        assert_eq!(Scope::station(&org).alone(), Some("/HQ/D01/"));
        assert_eq!(subtree.alone(), None);
        assert!(Scope::company().is_company() && !subtree.is_company());
    }
}
