//! Rows as boxes of regions: gaps, overlaps, rows that can never fire.

use super::super::bits::Bits;
use super::super::{Policy, Row, Table};
use super::place;
use super::regions::{Axis, Region};
use crate::Finding;
use std::collections::HashSet;

/// A search over the boxes of one table, with a budget of steps.
pub(super) struct Search<'t> {
    pub table: &'t Table,
    pub axes: Vec<Axis>,
    steps: usize,
    budget: usize,
}

impl<'t> Search<'t> {
    pub fn new(table: &'t Table, axes: Vec<Axis>, budget: usize) -> Self {
        Self { table, axes, steps: 0, budget }
    }

    pub fn gave_up(&self) -> bool {
        self.steps > self.budget
    }

    /// Counts a step; whether there are steps left.
    pub fn step(&mut self) -> bool {
        self.steps += 1;
        !self.gave_up()
    }

    pub fn all_rows(&self) -> Bits {
        Bits::of(self.table.rows.len(), |_| true)
    }

    /// The facts of a corner, as a sentence shows them, Chinese and English.
    pub fn shown(&self, corner: &[(usize, usize)]) -> (String, String) {
        let pair = |lang: fn(&Region) -> &str| {
            let facts = corner.iter().map(|(axis, region)| {
                let axis = &self.axes[*axis];
                let name = &self.table.inputs[axis.column].name;
                format!("{name} = {}", lang(&axis.regions[*region]))
            });
            facts.collect::<Vec<_>>().join(", ")
        };
        (pair(|region| &region.sample.0), pair(|region| &region.sample.1))
    }

    fn row(&self, row: usize) -> &'t Row {
        &self.table.rows[row]
    }

    /// Regions of each axis in which `row` holds.
    fn sides(&self, row: usize) -> Vec<Vec<usize>> {
        let holds = |region: &Region| region.rows.contains(row);
        self.axes
            .iter()
            .map(|axis| (0..axis.regions.len()).filter(|r| holds(&axis.regions[*r])).collect())
            .collect()
    }

    /// A corner of the box of `sides` in which none of `rows` holds.
    fn uncovered(&mut self, sides: &[Vec<usize>], rows: &Bits) -> Option<Vec<(usize, usize)>> {
        let mut corner = Vec::new();
        self.descend(sides, rows, &mut corner, &mut HashSet::new()).then_some(corner)
    }

    fn descend(
        &mut self,
        sides: &[Vec<usize>],
        rows: &Bits,
        corner: &mut Vec<(usize, usize)>,
        seen: &mut HashSet<(usize, Bits)>,
    ) -> bool {
        let axis = corner.len();
        if rows.is_empty() {
            // Nothing holds any more: the other axes may be anything.
            let rest = sides.iter().enumerate().skip(axis);
            corner.extend(rest.filter_map(|(axis, side)| Some((axis, *side.first()?))));
            return true;
        }
        if axis == sides.len() || !self.step() || !seen.insert((axis, rows.clone())) {
            return false;
        }
        for region in &sides[axis] {
            let left = rows.and(&self.axes[axis].regions[*region].rows);
            corner.push((axis, *region));
            if self.descend(sides, &left, corner, seen) {
                return true;
            }
            corner.truncate(axis);
        }
        false
    }

    /// Facts for which no row fits.
    pub fn gap(&mut self, findings: &mut Vec<Finding>) {
        let sides: Vec<Vec<usize>> =
            self.axes.iter().map(|axis| (0..axis.regions.len()).collect()).collect();
        let Some(corner) = self.uncovered(&sides, &self.all_rows()) else { return };
        let (zh, en) = self.shown(&corner);
        let id = &self.table.id;
        findings.push(Finding::error(
            "table-gap",
            place(self.table, self.table.rows.last().map_or(1, |row| row.line)),
            format!(
                "没有一行符合：{zh}。请补一行，或在最后加一行各格留空的 otherwise；\
                 若本来可以没有，请在 {id}.toml 写 total = false"
            ),
            format!(
                "no row fits {en}. Add a row, or a last row `otherwise` with empty cells; if it is \
                 meant, write total = false in {id}.toml"
            ),
        ));
    }

    /// Rows that no facts can reach.
    pub fn never_fires(&mut self, findings: &mut Vec<Finding>) {
        for row in 0..self.table.rows.len() {
            if self.gave_up() {
                return;
            }
            let sides = self.sides(row);
            if let Some(axis) = sides.iter().position(Vec::is_empty) {
                findings.push(self.never_matches(row, axis));
            } else if self.table.policy == Policy::First {
                let earlier = Bits::of(self.table.rows.len(), |other| other < row);
                let fires = self.uncovered(&sides, &earlier).is_some();
                let sure = self.axes.iter().all(|axis| axis.exact) || self.is_covered(row, &sides);
                if !fires && sure && !self.gave_up() {
                    findings.push(self.hidden(row, &sides));
                }
            }
        }
    }

    fn never_matches(&self, row: usize, axis: usize) -> Finding {
        let column = self.axes[axis].column;
        let (name, row) = (&self.table.inputs[column].name, self.row(row));
        let cell = &row.tests[column].text;
        Finding::error(
            "table-never-matches",
            place(self.table, row.line),
            format!("行“{}”的格“{cell}”（列 {name}）永远不成立", row.id),
            format!("the cell `{cell}` (column {name}) of the row `{}` never holds", row.id),
        )
    }

    /// Whether a row holds wherever the one of `sides` does.
    fn covers(&self, other: usize, sides: &[Vec<usize>]) -> bool {
        sides.iter().zip(&self.axes).all(|(side, axis)| {
            side.iter().all(|region| axis.regions[*region].rows.contains(other))
        })
    }

    /// Whether one row above asks nothing that this one does not.
    fn is_covered(&self, row: usize, sides: &[Vec<usize>]) -> bool {
        (0..row).any(|other| {
            let columns = self.axes.iter().filter(|axis| !axis.exact).map(|axis| axis.column);
            let asks_less = |column: usize| {
                let (above, below) = (&self.row(other).tests[column], &self.row(row).tests[column]);
                above.is_any() || above.text == below.text
            };
            columns.into_iter().all(asks_less) && self.covers(other, sides)
        })
    }

    /// A row that the rows above leave nothing to.
    fn hidden(&self, row: usize, sides: &[Vec<usize>]) -> Finding {
        let meets = |other: usize| {
            sides.iter().zip(&self.axes).all(|(side, axis)| {
                side.iter().any(|region| axis.regions[*region].rows.contains(other))
            })
        };
        let by: Vec<usize> = match (0..row).find(|other| self.covers(*other, sides)) {
            Some(one) => vec![one],
            None => (0..row).filter(|other| meets(*other)).collect(),
        };
        let names = by.iter().map(|other| self.row(*other).id.as_str()).collect::<Vec<_>>();
        let (row, names) = (self.row(row), names.join(", "));
        Finding::error(
            "table-row-never-fires",
            place(self.table, row.line),
            format!("行“{}”永远轮不到：前面的 {names} 已全部占先；请上移或删去", row.id),
            format!(
                "the row `{}` can never fire: {names} above always comes first; move it up or \
                 take it away",
                row.id
            ),
        )
    }

    /// Pairs of rows that both fit, under *unique*; under *any* those that say different things.
    pub fn overlaps(&mut self, findings: &mut Vec<Finding>) {
        let unique = self.table.policy == Policy::Unique;
        for second in 0..self.table.rows.len() {
            for first in 0..second {
                if !self.step() {
                    return;
                }
                let differ = self.row(first).outputs != self.row(second).outputs;
                if !(unique || differ) {
                    continue;
                }
                if let Some(corner) = self.common(first, second) {
                    findings.push(self.overlap(first, second, &corner));
                }
            }
        }
    }

    /// A corner in which both rows hold.
    fn common(&self, first: usize, second: usize) -> Option<Vec<(usize, usize)>> {
        let both = |region: &Region| region.rows.contains(first) && region.rows.contains(second);
        let sides = self.axes.iter().enumerate();
        sides.map(|(at, axis)| Some((at, axis.regions.iter().position(both)?))).collect()
    }

    fn overlap(&self, first: usize, second: usize, corner: &[(usize, usize)]) -> Finding {
        let (zh, en) = self.shown(corner);
        let (first, second) = (self.row(first), self.row(second));
        let (above, below) = (&first.id, &second.id);
        let (zh_end, en_end) = match self.table.policy {
            Policy::Any => ("结果却不同", "but say different things"),
            _ => ("但 unique 只许一行符合", "but under unique only one may"),
        };
        Finding::error(
            "table-overlap",
            place(self.table, second.line),
            format!("行“{above}”（第 {} 行）与“{below}”同时符合：{zh}；{zh_end}", first.line),
            format!(
                "the rows `{above}` (line {}) and `{below}` both fit {en}, {en_end}",
                first.line
            ),
        )
    }
}
