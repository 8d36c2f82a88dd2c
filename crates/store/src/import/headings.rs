//! What people have said that the headings of workbooks mean, by kind of import.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store};
use base::{Instant, PersonId};

/// Most headings that are remembered of one kind; the oldest go.
const MOST: i64 = 500;

/// A heading that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingRow {
    /// As headings are compared.
    pub heading: String,
    /// As it was written.
    pub shown: String,
    /// Key of what it holds; empty where the column is not read.
    pub field: String,
    /// Who said so.
    pub person: PersonId,
    /// When.
    pub at: Instant,
}

impl Store {
    /// The headings that are remembered for a kind of import, the latest first.
    pub async fn import_headings(&self, kind: &str) -> Result<Vec<HeadingRow>> {
        let sql = "SELECT heading, shown, field, person, at FROM import_headings WHERE kind = $1 \
                   ORDER BY at DESC, heading LIMIT $2";
        let read = |mut row: Row| {
            Ok(HeadingRow {
                heading: row.text()?,
                shown: row.text()?,
                field: row.text()?,
                person: PersonId(row.int()?),
                at: row.instant()?,
            })
        };
        self.exec().rows(sql, cells![kind, MOST]).await?.into_iter().map(read).collect()
    }

    /// Remembers headings (as compared, as written, what they hold), and forgets others.
    pub async fn remember_headings(
        &self,
        kind: &str,
        keep: &[(String, String, &str)],
        forget: &[String],
        person: PersonId,
        now: Instant,
    ) -> Result<()> {
        let mut writes = Vec::with_capacity(keep.len() + forget.len() + 1);
        let drop = "DELETE FROM import_headings WHERE kind = $1 AND heading = $2";
        writes.extend(forget.iter().map(|heading| Write::any(drop, cells![kind, heading])));
        for (heading, shown, field) in keep {
            let sql = "INSERT INTO import_headings (kind, heading, shown, field, person, at) \
                       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, heading) DO UPDATE SET \
                       shown = EXCLUDED.shown, field = EXCLUDED.field, \
                       person = EXCLUDED.person, at = EXCLUDED.at";
            writes.push(Write::any(sql, cells![kind, heading, shown, *field, person, now]));
        }
        if writes.is_empty() {
            return Ok(());
        }
        let old = "DELETE FROM import_headings WHERE kind = $1 AND heading NOT IN (SELECT heading \
                   FROM import_headings WHERE kind = $1 ORDER BY at DESC, heading LIMIT $2)";
        writes.push(Write::any(old, cells![kind, MOST]));
        self.exec().write(writes).await?;
        Ok(())
    }

    /// Forgets a heading; whether it was known.
    pub async fn forget_heading(&self, kind: &str, heading: &str) -> Result<bool> {
        let sql = "DELETE FROM import_headings WHERE kind = $1 AND heading = $2";
        let done = self.exec().write(vec![Write::any(sql, cells![kind, heading])]).await?;
        Ok(done.first().is_some_and(|done| done.rows > 0))
    }
}
