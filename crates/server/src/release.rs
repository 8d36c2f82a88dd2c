//! Releases in memory: compiled once from the text the database keeps, found by hash or by day.

use crate::problem::Problem;
use base::Day;
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
    /// Day of effect and hash, in order of effect.
    calendar: Vec<(Day, String)>,
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
            let known = self
                .read(|inner| inner.calendar.contains(&(stored.effective, stored.hash.clone())));
            if !known {
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
        self.insert(stored.effective, &stored.hash, release);
        Ok(())
    }

    fn insert(&self, effective: Day, hash: &str, release: Release) {
        if let Ok(mut inner) = self.0.write() {
            inner.calendar.retain(|(_, h)| h != hash);
            inner.calendar.push((effective, hash.to_owned()));
            // Of two releases from one day the later published wins; the sort is stable.
            inner.calendar.sort_by_key(|(day, _)| *day);
            inner.compiled.insert(hash.to_owned(), Arc::new(release));
        }
    }

    fn read<T: Default>(&self, with: impl FnOnce(&Inner) -> T) -> T {
        self.0.read().map_or_else(|_| T::default(), |inner| with(&inner))
    }

    /// The release in force on a day.
    pub fn current(&self, day: Day) -> Result<Arc<Release>, Problem> {
        self.read(|inner| {
            let in_force = inner.calendar.iter().rev().find(|(from, _)| *from <= day);
            // Before the first release takes effect the first one holds: a shop has to open.
            let (_, hash) = in_force.or_else(|| inner.calendar.first())?;
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
            let known = inner.calendar.iter().filter(|(from, _)| *from <= day);
            let first = inner.calendar.first();
            let named: Vec<&String> = known.map(|(_, hash)| hash).collect();
            let named =
                if named.is_empty() { first.map(|(_, h)| h).into_iter().collect() } else { named };
            named.into_iter().filter_map(|hash| inner.compiled.get(hash).cloned()).collect()
        })
    }

    /// Every release, the earliest first.
    pub fn all(&self) -> Vec<Arc<Release>> {
        self.read(|inner| {
            let named = inner.calendar.iter().filter_map(|(_, hash)| inner.compiled.get(hash));
            named.cloned().collect()
        })
    }

    /// The release a case is pinned to.
    pub fn pinned(&self, hash: &str) -> Result<Arc<Release>, Problem> {
        self.read(|inner| inner.compiled.get(hash).cloned()).ok_or_else(|| {
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
        now: base::Instant,
    ) -> Result<(String, Vec<rulebook::Finding>), PublishError> {
        let compiled = rulebook::compile(packs);
        let Some(mut release) = compiled.release else {
            return Err(PublishError::Findings(compiled.findings));
        };
        let hash = release.hash.clone();
        let sources =
            serde_json::to_string(packs).map_err(|_| PublishError::Stored(hash.clone()))?;
        let stored = StoredRelease { hash: hash.clone(), effective, published_at: now, sources };
        store.put_release(&stored).await?;
        release.effective = Some(effective);
        self.insert(effective, &hash, release);
        Ok((hash, compiled.findings))
    }
}
