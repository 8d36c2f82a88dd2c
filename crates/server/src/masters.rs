//! Part master and price book in memory: the rulebook's baseline with the company's rows over it.

use base::PersonId;
use engine::PriceBook;
use rulebook::Release;
use rulebook::model::{Part, PriceRow};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use store::masters::Entered;
use store::{Store, StoreError};

/// What the company has entered.
#[derive(Debug, Default)]
pub struct Rows {
    /// Prices in the order of entry.
    pub prices: Vec<Entered<PriceRow>>,
    /// Parts in the order of entry.
    pub parts: Vec<Entered<Part>>,
}

/// The lists under one release. The day is asked of the book, so that a price which begins at
/// midnight holds from midnight without anybody doing anything.
#[derive(Debug, Clone)]
pub struct Lists {
    /// The release they were made of.
    release: String,
    /// What may be charged, at which price.
    pub book: Arc<PriceBook>,
    /// The part master.
    pub parts: Arc<BTreeMap<String, Part>>,
    /// The company's rows.
    pub rows: Arc<Rows>,
}

/// The rows as last read, and the lists made of them.
#[derive(Debug, Default)]
pub struct Masters {
    rows: RwLock<Arc<Rows>>,
    made: RwLock<Option<Lists>>,
}

impl Masters {
    /// Reads what the company has entered.
    pub async fn load(store: &Store) -> Result<Self, StoreError> {
        let masters = Self::default();
        masters.refresh(store).await?;
        Ok(masters)
    }

    /// Reads it anew, after a change here or by another process.
    pub async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let prices = store.entered_prices().await?;
        let parts = store.entered_parts().await?;
        if let Ok(mut rows) = self.rows.write() {
            *rows = Arc::new(Rows { prices, parts });
        }
        Ok(())
    }

    /// The lists of a release as they stand.
    pub fn of(&self, release: &Release) -> Lists {
        let rows = self.rows.read().map(|rows| Arc::clone(&rows)).unwrap_or_default();
        let fits = |made: &&Lists| made.release == release.hash && Arc::ptr_eq(&made.rows, &rows);
        if let Ok(made) = self.made.read()
            && let Some(made) = made.as_ref().filter(fits)
        {
            return made.clone();
        }
        let mut parts = release.parts.clone();
        parts.extend(rows.parts.iter().map(|part| (part.row.code.clone(), part.row.clone())));
        let book = PriceBook::new(release, &parts, rows.prices.iter().map(|p| p.row.clone()));
        let made = Lists {
            release: release.hash.clone(),
            book: Arc::new(book),
            parts: Arc::new(parts),
            rows,
        };
        if let Ok(mut last) = self.made.write() {
            *last = Some(made.clone());
        }
        made
    }
}

impl Rows {
    /// People who entered a price of that code.
    pub fn people(&self, code: &str) -> Vec<PersonId> {
        let mut people: Vec<PersonId> =
            self.prices.iter().filter(|p| p.row.code == code).map(|p| p.person).collect();
        people.sort_unstable();
        people.dedup();
        people
    }
}
