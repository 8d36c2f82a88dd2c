//! The organisation tree in memory: small, read by every request, changed rarely.

use crate::app::App;
use base::OrgId;
use std::collections::BTreeMap;
use store::org::Org;

/// All organisation units.
#[derive(Debug, Clone, Default)]
pub struct Orgs(BTreeMap<OrgId, Org>);

impl Orgs {
    /// The tree of these units.
    pub fn new(all: Vec<Org>) -> Self {
        Self(all.into_iter().map(|org| (org.id, org)).collect())
    }

    /// One unit.
    pub fn get(&self, id: OrgId) -> Option<&Org> {
        self.0.get(&id)
    }

    /// The unit of that code.
    pub fn by_code(&self, code: &str) -> Option<&Org> {
        self.0.values().find(|org| org.code == code)
    }

    /// The mode of a unit (简易, 标准, 完整) and the unit that sets it: itself, or the nearest one
    /// above; none where nobody does.
    pub fn mode(&self, id: OrgId) -> (&str, Option<&Org>) {
        let mut at = self.get(id);
        while let Some(org) = at {
            if let Some(mode) = &org.mode {
                return (mode, Some(org));
            }
            at = org.parent.and_then(|parent| self.get(parent));
        }
        (store::org::DEFAULT_MODE, None)
    }

    /// All units, parents before children.
    pub fn all(&self) -> Vec<&Org> {
        let mut all: Vec<&Org> = self.0.values().collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }

    /// Whether `org` is `above` or lies below it.
    pub fn is_within(&self, org: OrgId, above: OrgId) -> bool {
        match (self.get(org), self.get(above)) {
            (Some(org), Some(above)) => org.path.starts_with(&above.path),
            _ => false,
        }
    }
}

impl App {
    /// Writes what was decided. Where it founds or changes a unit, the tree is read anew before
    /// anybody is told.
    pub async fn apply(&self, change: &store::Change) -> store::Result<store::Applied> {
        let applied = self.store().apply(change, self.now()).await?;
        if change.shapes() {
            self.refresh_orgs().await?;
        }
        Ok(applied)
    }
}
