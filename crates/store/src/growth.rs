//! A company made large for `sanbao bench --large` on a throwaway folder: vehicles as an import
//! writes them, and cases copied from those that are there with their clocks and to-dos. Copies
//! have no journal, so `verify` would name them.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places};
use crate::unit::{NewUnit, UnitFields};
use crate::units::UnitRows;
use crate::{Result, Store};
use base::{Instant, OrgId};

/// Rows written in one transaction.
const CHUNK: usize = 2_000;
/// One in so many copies is of an open case.
const OPEN_ONE_IN: usize = 200;
/// What is copied with a case, and in which column it names the case.
const TABLES: [(&str, &str, usize); 4] = [
    ("cases", "id", 0),
    ("deadlines", "case_id", 1),
    ("offers", "case_id", 0),
    ("case_lines", "case_id", 0),
];

/// A case and what belongs to it, to be copied.
struct Template(Vec<(&'static str, usize, Vec<Vec<Cell>>)>);

impl Store {
    /// Registers that many vehicles, spread over all units, with the frame numbers `GROW00000001`
    /// and on.
    pub async fn grow_units(&self, many: usize, at: Instant) -> Result<()> {
        let orgs = self.orgs().await?;
        for begin in (0..many).step_by(CHUNK) {
            let mut rows = UnitRows::default();
            // A millisecond has ids for a million rows.
            let now = Instant(at.0 + i64::try_from(begin).unwrap_or_default());
            for n in begin..many.min(begin + CHUNK) {
                let Some(org) = orgs.get(n % orgs.len()) else { return Ok(()) };
                let unit = grown(n, org.id);
                self.new_unit(self.new_id(now), &unit, &org.path, None, GONE, &mut rows, now)?;
            }
            self.exec().write(rows.writes()).await?;
        }
        Ok(())
    }

    /// Copies the cases that are there until about that many more are; one in two hundred is open.
    /// Nothing of them ever falls due.
    pub async fn grow_cases(&self, many: usize) -> Result<()> {
        let first = self.exec().row("SELECT MIN(id) FROM cases", cells![]).await?;
        let mut next = first.map(|mut row| row.int()).transpose()?.unwrap_or_default();
        let first = self.exec().row("SELECT MIN(id) FROM deadlines", cells![]).await?;
        let mut clock = first.map(|mut row| row.int()).transpose()?.unwrap_or_default();
        let open = self.templates("closed_at IS NULL").await?;
        let closed = self.templates("closed_at IS NOT NULL").await?;
        let mut writes = Vec::new();
        for n in 0..many {
            let kind = if n % OPEN_ONE_IN == 0 { &open } else { &closed };
            let Some(template) = kind.get(n % kind.len().max(1)) else { continue };
            next -= 1;
            writes.extend(template.copy(next, &mut clock));
            if writes.len() >= CHUNK || n + 1 == many {
                self.exec().write(std::mem::take(&mut writes)).await?;
            }
        }
        let still =
            Write::any("UPDATE deadlines SET fire_at = NULL WHERE fire_at IS NOT NULL", cells![]);
        self.exec().write(vec![still]).await?;
        Ok(())
    }

    async fn templates(&self, which: &str) -> Result<Vec<Template>> {
        let sql = format!("SELECT id FROM cases WHERE {which} ORDER BY id LIMIT 100");
        let mut all = Vec::new();
        for mut found in self.exec().rows(sql, cells![]).await? {
            let (case, mut parts) = (found.int()?, Vec::new());
            for (table, column, place) in TABLES {
                let sql = format!("SELECT * FROM {table} WHERE {column} = $1");
                let rows = self.exec().rows(sql, cells![case]).await?;
                parts.push((table, place, rows.into_iter().map(Row::into_cells).collect()));
            }
            all.push(Template(parts));
        }
        Ok(all)
    }
}

/// Where the chain of a vehicle without a journal stands.
const GONE: (i64, [u8; 32]) = (0, [0; 32]);

fn grown(n: usize, org: OrgId) -> NewUnit {
    let fields = UnitFields {
        frame_no: Some(format!("GROW{n:08}")),
        product: Some("ebike".into()),
        org: Some(org),
        ..UnitFields::default()
    };
    NewUnit { fields, ..NewUnit::default() }
}

impl Template {
    /// The rows of a copy under an id of its own; `clock` is the last id given to a deadline.
    fn copy(&self, case: i64, clock: &mut i64) -> Vec<Write> {
        let parts = self.0.iter().filter(|(_, _, rows)| !rows.is_empty());
        parts.map(|(table, place, rows)| insert(table, *place, rows, case, clock)).collect()
    }
}

fn insert(table: &str, place: usize, rows: &[Vec<Cell>], case: i64, clock: &mut i64) -> Write {
    let width = rows.first().map_or(0, Vec::len);
    let tuples: Vec<String> = (0..rows.len()).map(|n| places(n * width + 1, width)).collect();
    let sql = format!("INSERT INTO {table} VALUES {}", tuples.join(", "));
    let mut params = Vec::with_capacity(rows.len() * width);
    for row in rows {
        let begin = params.len();
        params.extend(row.iter().cloned());
        params[begin + place] = case.into();
        if table == "deadlines" {
            *clock -= 1;
            params[begin] = (*clock).into();
        }
        if table == "cases" {
            // Its number, which is its own.
            params[begin + 1] = format!("G{case}").into();
        }
    }
    Write::any(sql, params)
}
