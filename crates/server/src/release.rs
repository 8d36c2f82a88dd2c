//! Releases in memory: compiled once from the text the database keeps, found by hash or by day.

use crate::problem::Problem;
use base::{Day, Instant};
use rulebook::{PackSource, Release};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use store::Store;
use store::release::StoredRelease;

/// The published releases.
#[derive(Debug, Default)]
pub struct Releases(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    compiled: HashMap<String, Arc<Release>>,
    /// Day of effect, when published, hash; in that order, so that of two releases from one day
    /// the later published holds.
    calendar: Vec<(Day, Instant, String)>,
}

/// Why packs could not be published.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PublishError {
    /// The packs have errors; all findings.
    #[error("the rulebook has errors; it was not published")]
    Findings(Vec<rulebook::Finding>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The stored text is no list of packs.
    #[error("the stored text of release {0} cannot be read")]
    Stored(String),
}

impl Releases {
    /// Compiles every release the database holds.
    pub async fn load(store: &Store) -> Result<Self, PublishError> {
        let releases = Self::default();
        for stored in store.releases().await? {
            releases.take_in(&stored)?;
        }
        Ok(releases)
    }

    /// Takes in releases published meanwhile by another process.
    pub async fn refresh(&self, store: &Store) -> Result<(), PublishError> {
        for stored in store.releases().await? {
            let entry = (stored.effective, stored.published_at, stored.hash.clone());
            let (compiled, listed) = self.read(|inner| {
                (inner.compiled.contains_key(&stored.hash), inner.calendar.contains(&entry))
            });
            if !compiled || listed == stored.withdrawn {
                self.take_in(&stored)?;
            }
        }
        Ok(())
    }

    fn take_in(&self, stored: &StoredRelease) -> Result<(), PublishError> {
        let unreadable = || PublishError::Stored(stored.hash.clone());
        let sources: Vec<PackSource> =
            serde_json::from_str(&stored.sources).map_err(|_| unreadable())?;
        let compiled = rulebook::compile(&sources);
        let mut release = compiled.release.ok_or(PublishError::Findings(compiled.findings))?;
        release.effective = Some(stored.effective);
        self.insert(stored, release);
        Ok(())
    }

    fn insert(&self, stored: &StoredRelease, release: Release) {
        if let Ok(mut inner) = self.0.write() {
            let hash = &stored.hash;
            inner.calendar.retain(|(_, _, h)| h != hash);
            if !stored.withdrawn {
                inner.calendar.push((stored.effective, stored.published_at, hash.clone()));
                inner.calendar.sort();
            }
            inner.compiled.insert(hash.clone(), Arc::new(release));
        }
    }

    /// Takes in what this process just wrote: a publication of a draft, or one taken back.
    pub fn adopt(&self, stored: &StoredRelease) -> Result<(), PublishError> {
        self.take_in(stored)
    }

    /// The release that holds last of all published ones, in force or still to come: what the next
    /// draft begins from.
    pub fn latest(&self) -> Option<Arc<Release>> {
        self.read(|inner| {
            let (_, _, hash) = inner.calendar.last()?;
            inner.compiled.get(hash).cloned()
        })
    }

    fn read<T: Default>(&self, with: impl FnOnce(&Inner) -> T) -> T {
        self.0.read().map_or_else(|_| T::default(), |inner| with(&inner))
    }

    /// The release in force on a day.
    pub fn current(&self, day: Day) -> Result<Arc<Release>, Problem> {
        self.read(|inner| {
            let in_force = inner.calendar.iter().rev().find(|(from, ..)| *from <= day);
            // Before the first release takes effect the first one holds: a shop has to open.
            let (_, _, hash) = in_force.or_else(|| inner.calendar.first())?;
            inner.compiled.get(hash).cloned()
        })
        .ok_or_else(|| {
            Problem::new("no-rulebook").detail(
                "尚未发布制度：请运行 sanbao publish",
                "No rulebook is published yet: run sanbao publish",
            )
        })
    }

    /// The releases in force up to a day, the earliest first: the promises that were made.
    pub fn until(&self, day: Day) -> Vec<Arc<Release>> {
        self.read(|inner| {
            let known = inner.calendar.iter().filter(|(from, ..)| *from <= day);
            let first = inner.calendar.first();
            let named: Vec<&String> = known.map(|(_, _, hash)| hash).collect();
            let named = if named.is_empty() {
                first.map(|(_, _, h)| h).into_iter().collect()
            } else {
                named
            };
            named.into_iter().filter_map(|hash| inner.compiled.get(hash).cloned()).collect()
        })
    }

    /// Every release, the earliest first.
    pub fn all(&self) -> Vec<Arc<Release>> {
        self.read(|inner| {
            let named = inner.calendar.iter().filter_map(|(_, _, hash)| inner.compiled.get(hash));
            named.cloned().collect()
        })
    }

    /// A release of the database, by its hash.
    pub fn known(&self, hash: &str) -> Option<Arc<Release>> {
        self.read(|inner| inner.compiled.get(hash).cloned())
    }

    /// The release a case is pinned to.
    pub fn pinned(&self, hash: &str) -> Result<Arc<Release>, Problem> {
        self.known(hash).ok_or_else(|| {
            tracing::error!(hash, "a case names a release that is not in the database");
            Problem::new("internal")
        })
    }

    /// Whether any release is published.
    pub fn is_empty(&self) -> bool {
        self.read(|inner| Some(inner.calendar.is_empty())).unwrap_or(true)
    }

    /// Checks, compiles and publishes packs from a day on; the release's hash.
    pub async fn publish(
        &self,
        store: &Store,
        packs: &[PackSource],
        effective: Day,
        now: Instant,
    ) -> Result<(String, Vec<rulebook::Finding>), PublishError> {
        let compiled = rulebook::compile(packs);
        let Some(mut release) = compiled.release else {
            return Err(PublishError::Findings(compiled.findings));
        };
        // The release before is the one that holds on that day, or the last before it.
        let lowered = self
            .current(effective)
            .ok()
            .map(|before| rulebook::coverage::lowered(&before, &release));
        if let Some(lowered) = lowered.filter(|findings| !findings.is_empty()) {
            return Err(PublishError::Findings(lowered));
        }
        let hash = release.hash.clone();
        let sources =
            serde_json::to_string(packs).map_err(|_| PublishError::Stored(hash.clone()))?;
        let stored = StoredRelease {
            hash: hash.clone(),
            effective,
            published_at: now,
            withdrawn: false,
            sources,
        };
        store.put_release(&stored).await?;
        release.effective = Some(effective);
        self.insert(&stored, release);
        Ok((hash, compiled.findings))
    }
}
