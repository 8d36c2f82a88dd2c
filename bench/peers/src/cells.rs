//! The cells of the table in the words of other engines, which here happen to be the same.

use crate::parts;

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it asks of the facts, in FEEL.
    pub feel: &'static str,
    /// What it asks of the facts, in zen's expressions.
    pub zen: &'static str,
    /// The type of the fact, as DMN calls it.
    pub fact: &'static str,
    /// The type of what is asked, as DMN calls it.
    pub asked: &'static str,
    /// Turns one of our cells into theirs; empty where nothing is asked.
    spell: fn(&str) -> String,
}

/// The columns that ask. Whether a list of causes has one of some words is asked before the rows
/// are: one engine has no `?` in its cells, and the other finds rows of such a column by an index.
pub const INPUTS: [Column; 5] = [
    Column::plain("component", "string", words),
    Column::plain("fault", "string", words),
    Column::plain("in_term", "boolean", boolean),
    Column::plain("capacity", "number", same),
    Column {
        name: "causes",
        feel: "list contains(causes, \"impact\") or list contains(causes, \"misuse\")",
        zen: "some(causes, # in ['impact', 'misuse'])",
        fact: "Any",
        asked: "boolean",
        spell: harmed,
    },
];

impl Column {
    /// A column that asks a fact as it is.
    const fn plain(name: &'static str, kind: &'static str, spell: fn(&str) -> String) -> Self {
        Self { name, feel: name, zen: name, fact: kind, asked: kind, spell }
    }

    /// Whether it asks a fact as it is.
    pub fn is_plain(&self) -> bool {
        self.feel == self.name
    }
}

/// A row: what it asks by column, whether it covers, and the remedy.
#[derive(Debug)]
pub struct Row {
    /// Cells by input column.
    pub cells: Vec<String>,
    /// `true` or `false`.
    pub covered: String,
    /// In quotes.
    pub remedy: String,
}

/// The rows of the table.
pub fn rows() -> Vec<Row> {
    let text = parts::csv(parts::PARTS);
    let row = |line: &str| {
        // No cell of this table holds a comma or a quote. The first two are the id and the clause.
        let cells: Vec<&str> = line.split(',').skip(2).collect();
        let (asked, given) = cells.split_at(INPUTS.len());
        let asked = INPUTS.iter().zip(asked).map(|(column, cell)| match *cell {
            "" => String::new(),
            cell => (column.spell)(cell),
        });
        Row { cells: asked.collect(), covered: boolean(given[0]), remedy: words(given[1]) }
    };
    text.lines().skip(1).map(row).collect()
}

fn same(cell: &str) -> String {
    cell.to_owned()
}

fn words(cell: &str) -> String {
    let quoted: Vec<String> = cell.split('|').map(|word| format!("\"{word}\"")).collect();
    quoted.join(", ")
}

fn boolean(cell: &str) -> String {
    (cell == "yes").to_string()
}

fn harmed(cell: &str) -> String {
    assert_eq!(cell, "impact|misuse", "the column asks for these words");
    true.to_string()
}
