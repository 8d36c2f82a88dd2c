//! Reads the catalogue, the price list and the durations of the term from CSV.

use super::csv_file::{CsvFile, CsvRow};
use super::places::Places;
use crate::model::{
    Cause, Component, Fault, Group, LINE_KINDS, LabourJob, LawTerm, Model, Part, PartClass,
    PriceItem, Product, TermRow,
};
use crate::{Finding, Place};
use base::time::Span;
use base::{Money, Quantity, Text, Word};

/// Reads one kind of row from a file: checks the columns and ids, then makes the items.
pub(super) struct Sheet<'a> {
    /// File as shown.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Where places go.
    pub places: &'a mut Places,
    /// Where findings go.
    pub findings: &'a mut Vec<Finding>,
}

impl Sheet<'_> {
    fn rows(&mut self, kind: &str, key: &str, needed: &[&str], more: &[&str]) -> Vec<CsvRow> {
        let mut file = CsvFile::parse(self.file, self.text, self.findings);
        file.expect(self.file, needed, more, self.findings);
        file.index(kind, key, self.places, self.findings);
        file.rows
    }

    fn title(&mut self, row: &CsvRow) -> Text {
        for column in ["title_zh", "title_en"] {
            if row.get(column).is_empty() {
                self.findings.push(Finding::error(
                    "empty-text",
                    row.at.clone(),
                    format!("“{column}”不能为空：中英文名称都要有"),
                    format!("`{column}` is empty; every name stands in both languages"),
                ));
            }
        }
        Text::new(row.get("title_zh"), row.get("title_en"))
    }

    fn word(&mut self, row: &CsvRow, column: &str, words: &[&str]) -> String {
        let word = row.get(column);
        if !words.contains(&word) {
            self.findings.push(Finding::error(
                "unknown-word",
                row.at.clone(),
                format!("“{column}”应是 {} 之一，这里是“{word}”", words.join("、")),
                format!("`{column}` is one of {}, here it is `{word}`", words.join(", ")),
            ));
        }
        word.to_owned()
    }

    fn flag(&mut self, row: &CsvRow, column: &str) -> bool {
        if row.get(column).is_empty() {
            return false;
        }
        matches!(self.word(row, column, &["yes", "no", "true", "false"]).as_str(), "yes" | "true")
    }

    /// `products.csv`.
    pub fn products(&mut self) -> Vec<Product> {
        let rows = self.rows("product", "id", &["id", "title_zh", "title_en"], &["clause"]);
        let mut made = Vec::new();
        for row in &rows {
            let title = self.title(row);
            made.push(Product { id: row.get("id").into(), title, clause: row.list("clause") });
        }
        made
    }

    /// `groups.csv`.
    pub fn groups(&mut self) -> Vec<Group> {
        let rows = self.rows("group", "id", &["id", "title_zh", "title_en"], &["whole", "clause"]);
        let mut made = Vec::new();
        for row in &rows {
            made.push(Group {
                id: row.get("id").into(),
                title: self.title(row),
                whole: self.flag(row, "whole"),
                clause: row.list("clause"),
            });
        }
        made
    }

    /// `components.csv`.
    pub fn components(&mut self) -> Vec<Component> {
        let needed = ["id", "title_zh", "title_en", "group", "class"];
        let more = ["serial", "clause"];
        let rows = self.rows("component", "id", &needed, &more);
        let mut made = Vec::new();
        for row in &rows {
            made.push(Component {
                id: row.get("id").into(),
                title: self.title(row),
                group: row.get("group").into(),
                class: self.word(row, "class", &["main", "wearing", "consumable"]),
                serial: self.flag(row, "serial"),
                clause: row.list("clause"),
            });
        }
        made
    }

    /// `faults.csv`.
    pub fn faults(&mut self) -> Vec<Fault> {
        let needed = ["id", "title_zh", "title_en", "components"];
        let rows = self.rows("fault", "id", &needed, &["clause"]);
        let mut made = Vec::new();
        for row in &rows {
            made.push(Fault {
                id: row.get("id").into(),
                title: self.title(row),
                components: row.list("components"),
                clause: row.list("clause"),
            });
        }
        made
    }

    /// `causes.csv`.
    pub fn causes(&mut self) -> Vec<Cause> {
        let rows = self.rows("cause", "id", &["id", "title_zh", "title_en"], &["clause"]);
        let mut made = Vec::new();
        for row in &rows {
            let title = self.title(row);
            made.push(Cause { id: row.get("id").into(), title, clause: row.list("clause") });
        }
        made
    }

    /// `models.csv`.
    pub fn models(&mut self) -> Vec<Model> {
        let needed = ["id", "title_zh", "title_en", "product"];
        let rows = self.rows("model", "id", &needed, &[]);
        let mut made = Vec::new();
        for row in &rows {
            let title = self.title(row);
            made.push(Model {
                id: row.get("id").into(),
                title,
                product: row.get("product").into(),
            });
        }
        made
    }

    /// `parts.csv`.
    pub fn parts(&mut self) -> Vec<Part> {
        let needed = ["code", "title_zh", "title_en", "component", "class", "tracked"];
        let more = ["models", "substitutes", "reorder_point", "clause"];
        let rows = self.rows("part", "code", &needed, &more);
        let mut made = Vec::new();
        for row in &rows {
            let class = self.word(row, "class", &PartClass::WORDS);
            made.push(Part {
                code: row.get("code").into(),
                title: self.title(row),
                component: row.get("component").into(),
                models: row.list("models"),
                class: PartClass::parse(&class).unwrap_or(PartClass::Ordinary),
                tracked: self.word(row, "tracked", &["yes", "no"]) == "yes",
                substitutes: row.list("substitutes"),
                reorder_point: self.pieces(row, "reorder_point"),
                clause: row.list("clause"),
            });
        }
        made
    }

    /// A number of pieces; `None` when the cell is empty or wrong.
    fn pieces(&mut self, row: &CsvRow, column: &str) -> Option<u32> {
        let cell = row.get(column);
        if cell.is_empty() {
            return None;
        }
        let pieces = cell.parse().ok();
        if pieces.is_none() {
            self.findings.push(Finding::error(
                "bad-number",
                row.at.clone(),
                format!("“{column}”应是不小于零的整数（件），这里是“{cell}”"),
                format!("`{column}` is a whole number of pieces from 0, not `{cell}`"),
            ));
        }
        pieces
    }

    /// `prices.csv`.
    pub fn prices(&mut self) -> Vec<PriceItem> {
        let needed = ["code", "title_zh", "title_en", "kind", "retail"];
        let more = ["component", "models", "ex_factory", "wholesale", "clause"];
        let rows = self.rows("price", "code", &needed, &more);
        let mut made = Vec::new();
        for row in &rows {
            let retail = self.money(row, "retail").unwrap_or(Money(0));
            let component = Some(row.get("component").to_owned()).filter(|c| !c.is_empty());
            made.push(PriceItem {
                code: row.get("code").into(),
                title: self.title(row),
                kind: self.word(row, "kind", LINE_KINDS),
                component,
                models: row.list("models"),
                ex_factory: self.money(row, "ex_factory").unwrap_or(retail),
                wholesale: self.money(row, "wholesale").unwrap_or(retail),
                retail,
                clause: row.list("clause"),
            });
        }
        made
    }

    /// `labour.csv`.
    pub fn labour(&mut self) -> Vec<LabourJob> {
        let needed = ["code", "title_zh", "title_en", "hours", "rate"];
        let rows = self.rows("labour", "code", &needed, &["component", "faults", "clause"]);
        let mut made = Vec::new();
        for row in &rows {
            made.push(LabourJob {
                code: row.get("code").into(),
                title: self.title(row),
                component: Some(row.get("component").to_owned()).filter(|c| !c.is_empty()),
                faults: row.list("faults"),
                hours: self.hours(row),
                rate: row.get("rate").into(),
                clause: row.list("clause"),
            });
        }
        made
    }

    /// Standard hours: above zero, at most a thousand, in thousandths.
    fn hours(&mut self, row: &CsvRow) -> Quantity {
        let cell = row.get("hours");
        let hours = cell.parse::<rust_decimal::Decimal>().ok();
        let thousandths = hours
            .and_then(|hours| hours.checked_mul(1000.into()))
            .filter(rust_decimal::Decimal::is_integer)
            .and_then(|n| i64::try_from(n).ok())
            .filter(|n| (1..=1_000_000).contains(n));
        if thousandths.is_none() {
            self.findings.push(Finding::error(
                "bad-number",
                row.at.clone(),
                format!("“hours”应是大于零的工时，最多三位小数，例如 0.5，这里是“{cell}”"),
                format!("`hours` is above zero with at most three decimals as 0.5, not `{cell}`"),
            ));
        }
        Quantity(thousandths.unwrap_or(1000))
    }

    /// An amount in yuan; `None` when the cell is empty or wrong.
    fn money(&mut self, row: &CsvRow, column: &str) -> Option<Money> {
        let cell = row.get(column);
        if cell.is_empty() {
            return None;
        }
        let yuan = cell.parse::<rust_decimal::Decimal>().ok();
        let fen = yuan.and_then(|yuan| yuan.checked_mul(100.into()));
        let money = fen
            .filter(|fen| fen.is_integer() && !fen.is_sign_negative())
            .and_then(|fen| i64::try_from(fen).ok());
        if money.is_none() {
            self.findings.push(Finding::error(
                "bad-money",
                row.at.clone(),
                format!("“{column}”应是以元为单位的金额，最多两位小数，这里是“{cell}”"),
                format!("`{column}` is an amount in yuan with at most two decimals, not `{cell}`"),
            ));
        }
        money.map(Money)
    }

    /// `tables/term.csv`.
    pub fn term_rows(&mut self) -> Vec<TermRow> {
        let needed = ["id", "clause", "component", "fault", "duration"];
        let rows = self.rows("term-row", "id", &needed, &["before"]);
        rows.iter().filter_map(|row| self.term_row(row)).collect()
    }

    /// `tables/floor_term.csv` of a law pack.
    pub fn law_terms(&mut self) -> Vec<LawTerm> {
        let needed = ["id", "clause", "component", "fault", "duration", "status", "source"];
        let rows = self.rows("law-term", "id", &needed, &[]);
        let mut made = Vec::new();
        for row in &rows {
            let Some(term) = self.term_row(row) else { continue };
            let (status, source) = (row.get("status").into(), Word::read(row.get("source")));
            made.push(LawTerm { row: term, status, source });
        }
        made
    }

    fn term_row(&mut self, row: &CsvRow) -> Option<TermRow> {
        let Some(duration) = Span::parse(row.get("duration")) else {
            self.findings.push(bad_span(row.at.clone(), row.get("duration")));
            return None;
        };
        Some(TermRow {
            id: row.get("id").into(),
            clause: row.list("clause").into(),
            components: row.list("component"),
            faults: row.list("fault"),
            duration,
        })
    }
}

fn bad_span(at: Place, cell: &str) -> Finding {
    Finding::error(
        "bad-span",
        at,
        format!("“{cell}”不是时间长度；写数字加单位，例如 24 mo、15 d、半年"),
        format!(
            "`{cell}` is no length of time; write a number and a unit, for example 24 mo, 15 d"
        ),
    )
}
