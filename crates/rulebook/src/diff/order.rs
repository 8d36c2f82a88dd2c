//! Rows that are asked in another order: under *first* that changes the answer.

use crate::Release;
use crate::table::Table;

/// Rows of both releases that stand elsewhere among the rows both have: table, row, and the row of
/// the second release before it. As few rows as possible are called moved.
pub fn moved(a: &Release, b: &Release) -> Vec<(String, String, Option<String>)> {
    let mut moved = Vec::new();
    for (id, new) in &b.tables {
        let Some(old) = a.tables.get(id) else { continue };
        let rows: Vec<&str> = ids(new).collect();
        let both: Vec<(usize, usize)> = rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((at, ids(old).position(|known| known == *row)?)))
            .collect();
        let stay = longest_rising(&both.iter().map(|(_, was)| *was).collect::<Vec<_>>());
        for (nth, (at, _)) in both.iter().enumerate() {
            if !stay.contains(&nth) {
                let after = at.checked_sub(1).map(|before| rows[before].to_owned());
                moved.push((id.clone(), rows[*at].to_owned(), after));
            }
        }
    }
    moved
}

fn ids(table: &Table) -> impl Iterator<Item = &str> {
    table.rows().map(|(id, ..)| id)
}

/// Indices of a longest rising run of numbers, not necessarily side by side.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // `ends[k]` is the index of the smallest number that ends a rising run of k + 1.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let place = ends.partition_point(|end| numbers[*end] < *number);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        run.push(index);
        at = before[index];
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_possible_have_moved() {
        for (numbers, stay) in
            [(&[0, 1, 2][..], 3), (&[2, 0, 1], 2), (&[0, 3, 1, 2], 3), (&[3, 2, 1], 1), (&[], 0)]
        {
            assert_eq!(longest_rising(numbers).len(), stay, "{numbers:?}");
        }
    }
}
