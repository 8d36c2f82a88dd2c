//! Row by row: decision tables whose columns are the same on all sides.

use super::{Conflict, Merged, Side};
use crate::edit::{Grid, Row, grid, put_table};
use std::collections::BTreeMap;

/// The rows of a table by id, each with the id it stands behind.
struct Rows {
    order: Vec<String>,
    by_id: BTreeMap<String, Row>,
}

impl Rows {
    /// `None` where a row has no id, or two have the same.
    fn of(table: &Grid) -> Option<Self> {
        let id = table.columns.iter().position(|column| column == "id")?;
        let mut rows = Self { order: Vec::new(), by_id: BTreeMap::new() };
        for row in &table.rows {
            let name = row.cells.get(id)?.clone();
            let cells: Row = table.columns.iter().cloned().zip(row.cells.iter().cloned()).collect();
            if name.is_empty() || rows.by_id.insert(name.clone(), cells).is_some() {
                return None;
            }
            rows.order.push(name);
        }
        Some(rows)
    }
}

/// Lays three tables together; `None` where they cannot be compared row by row.
pub(super) fn merge(texts: [&str; 3], decided: &BTreeMap<String, Side>) -> Option<Merged> {
    let tables = texts.map(grid);
    let [base_table, mine_table, their_table] = &tables;
    if mine_table.columns != their_table.columns || base_table.columns != their_table.columns {
        return None;
    }
    let (base, mine, theirs) =
        (Rows::of(base_table)?, Rows::of(mine_table)?, Rows::of(their_table)?);
    let mut conflicts = Vec::new();
    let mut chosen: Vec<(String, Row)> = Vec::new();
    let mut choose = |id: &String| {
        let sides = [&base, &mine, &theirs].map(|rows| rows.by_id.get(id));
        pick(id, sides, decided, &their_table.columns, &mut conflicts)
    };
    for id in &theirs.order {
        if let Some(row) = choose(id) {
            chosen.push((id.clone(), row));
        }
    }
    // What only the draft has stands behind the row it stood behind there.
    for (place, id) in mine.order.iter().enumerate() {
        if theirs.by_id.contains_key(id) {
            continue;
        }
        let Some(row) = choose(id) else { continue };
        let mut above = mine.order[..place].iter().rev();
        let behind = above.find_map(|known| chosen.iter().position(|(id, _)| id == known));
        let behind = behind.map_or(0, |at| at + 1);
        chosen.insert(behind, (id.clone(), row));
    }
    let rows: Vec<Row> = chosen.into_iter().map(|(_, row)| row).collect();
    let text = put_table(texts[2], &rows).ok()?;
    Some(Merged { text: Some(text), conflicts })
}

/// Which of three rows holds; `None` where it is gone.
fn pick(
    id: &str,
    [base, mine, theirs]: [Option<&Row>; 3],
    decided: &BTreeMap<String, Side>,
    columns: &[String],
    conflicts: &mut Vec<Conflict>,
) -> Option<Row> {
    if mine == base || mine == theirs {
        return theirs.cloned();
    }
    if theirs == base {
        return mine.cloned();
    }
    match decided.get(id) {
        Some(Side::Mine) => mine.cloned(),
        Some(Side::Theirs) => theirs.cloned(),
        None => {
            let shown = |row: Option<&Row>| {
                let cells = columns.iter().map(|c| row.and_then(|row| row.get(c)).cloned());
                let cells: Vec<String> = cells.map(Option::unwrap_or_default).collect();
                row.map(|_| cells.join(","))
            };
            conflicts.push(Conflict {
                at: id.to_owned(),
                base: shown(base),
                mine: shown(mine),
                theirs: shown(theirs),
            });
            theirs.cloned()
        }
    }
}
