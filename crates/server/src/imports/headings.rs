//! Which column is which: as somebody said by hand, as they said before, else by its name.

use super::workbook::Cell;
use super::{clean, errors_book};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Longest heading that is remembered, in characters.
const MAX_HEADING: usize = 40;
/// A heading with so many digits may be somebody's telephone, and is never remembered.
const DIGITS: usize = 7;
/// Columns that make a header row where at least one of them is remembered.
const FEW: usize = 2;

/// How columns are told.
#[derive(Debug, Clone)]
pub struct Headings {
    /// Tells the key of a column name.
    pub by_name: fn(&str) -> Option<&'static str>,
    /// Columns a header row has at least.
    pub needed: usize,
    /// What headings were said to be, as compared; `None`: not read.
    pub remembered: HashMap<String, Option<&'static str>>,
    /// What somebody says of this workbook.
    pub by_hand: Option<ByHand>,
}

/// What somebody says of a workbook: its sheet, its header row, and the columns that are read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Name of the sheet.
    pub sheet: String,
    /// Its header row, from 1.
    pub row: u32,
    /// Keys by column, from 0.
    pub columns: BTreeMap<u32, String>,
}

/// The same with keys that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// Name of the sheet.
    pub sheet: String,
    /// Its header row, from 1.
    pub row: u32,
    /// Keys by column, from 0.
    pub columns: BTreeMap<u32, &'static str>,
}

/// How a column was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By its name.
    Name,
    /// As somebody said before.
    Remembered,
    /// As somebody says now.
    Hand,
}

/// A column of the header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its heading, cleaned.
    pub text: String,
    /// What it holds; `None` where it is not read.
    pub key: Option<&'static str>,
    /// How that was told.
    pub by: By,
}

impl Heading {
    /// The heading as it is kept beside an import; what may be somebody's number is not.
    pub fn shown(&self) -> String {
        if self.text.chars().filter(char::is_ascii_digit).count() >= DIGITS {
            return "…".to_owned();
        }
        self.text.chars().take(MAX_HEADING).collect()
    }

    /// Whether somebody said before what it is.
    pub fn is_remembered(&self) -> bool {
        self.by == By::Remembered
    }
}

/// What is to be kept of what somebody said, and what is to be forgotten.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    /// Heading as compared, as shown, and its key; an empty key: not read.
    pub keep: Vec<(String, String, &'static str)>,
    /// Headings as compared.
    pub forget: Vec<String>,
}

impl Headings {
    /// Columns told by their names alone.
    pub fn by_name(by_name: fn(&str) -> Option<&'static str>, needed: usize) -> Self {
        Self { by_name, needed, remembered: HashMap::new(), by_hand: None }
    }

    /// What a row is as the header of a sheet, when it is one.
    pub fn header(
        &self,
        sheet: &str,
        row: u32,
        cells: &BTreeMap<u32, Cell>,
    ) -> Option<BTreeMap<u32, Heading>> {
        if let Some(said) = &self.by_hand {
            return (said.sheet == sheet && said.row == row).then(|| by_hand(said, cells));
        }
        let told = self.told(cells);
        let known = told.values().filter(|heading| heading.key.is_some()).count();
        let remembered = told.values().any(|h| h.by == By::Remembered && h.key.is_some());
        let needed = if remembered { self.needed.min(FEW) } else { self.needed };
        (known >= needed).then_some(told)
    }

    /// What each cell of a row would be as a heading; the first of two that say the same is read.
    pub fn told(&self, cells: &BTreeMap<u32, Cell>) -> BTreeMap<u32, Heading> {
        let mut taken = BTreeSet::new();
        let texts: Vec<(u32, String)> = cells.iter().map(|(at, cell)| (*at, cell.text())).collect();
        // Rejected rows come back under our own names, whatever was said of those.
        let ours = errors_book::is_head(texts.iter().map(|(_, text)| text.as_str()));
        let mut heading = |text: String| {
            let (key, by) = match self.remembered.get(&compared(&text)).filter(|_| !ours) {
                Some(key) => (*key, By::Remembered),
                None => ((self.by_name)(&text), By::Name),
            };
            Heading { text, key: key.filter(|key| taken.insert(*key)), by }
        };
        texts.into_iter().map(|(at, text)| (at, heading(text))).collect()
    }

    /// What is learnt from what somebody said of this header row.
    pub fn lesson(&self, headings: &BTreeMap<u32, Heading>) -> Lesson {
        let mut lesson = Lesson::default();
        if self.by_hand.is_none() {
            return lesson;
        }
        let mapped = headings.values().filter(|heading| heading.key.is_some()).count();
        for heading in headings.values() {
            let text = compared(&heading.text);
            let twice = headings.values().filter(|other| compared(&other.text) == text).count() > 1;
            let digits = text.chars().filter(char::is_ascii_digit).count();
            if text.is_empty() || twice || digits >= DIGITS || text.chars().count() > MAX_HEADING {
                continue;
            }
            // What its name says anyway is kept where the names alone would not be enough.
            if heading.key == (self.by_name)(&heading.text)
                && (mapped >= self.needed || heading.key.is_none())
            {
                if self.remembered.contains_key(&text) {
                    lesson.forget.push(text);
                }
                continue;
            }
            lesson.keep.push((text, heading.text.clone(), heading.key.unwrap_or_default()));
        }
        lesson
    }
}

fn by_hand(said: &ByHand, cells: &BTreeMap<u32, Cell>) -> BTreeMap<u32, Heading> {
    let columns: BTreeSet<u32> = cells.keys().chain(said.columns.keys()).copied().collect();
    let heading = |column: u32| Heading {
        text: cells.get(&column).map(Cell::text).unwrap_or_default(),
        key: said.columns.get(&column).copied(),
        by: By::Hand,
    };
    columns.into_iter().map(|column| (column, heading(column))).collect()
}

/// A heading as headings are compared: without blanks, stars and colons, in small letters.
pub fn compared(heading: &str) -> String {
    let text = clean::text(heading).to_lowercase();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.trim_end_matches(['*', ':', '：']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::sheets::customer_column;

    fn row(texts: &[&str]) -> BTreeMap<u32, Cell> {
        (0..).zip(texts.iter().map(|text| Cell::Text((*text).to_owned()))).collect()
    }

    fn keys(headings: &BTreeMap<u32, Heading>) -> Vec<&'static str> {
        headings.values().map(|heading| heading.key.unwrap_or("-")).collect()
    }

    #[test]
    fn what_was_said_by_hand_is_known_the_next_time() {
        let mut headings = Headings::by_name(customer_column, 2);
        let head = row(&["买主", "手机号", "家庭住址", "备注"]);
        assert_eq!(headings.header("Sheet1", 1, &head), None, "one column of two");
        headings.by_hand = Some(ByHand {
            sheet: "Sheet1".into(),
            row: 1,
            columns: BTreeMap::from([(0, "name"), (1, "phone"), (2, "address")]),
        });
        let told = headings.header("Sheet1", 1, &head).expect("it is said");
        assert_eq!(keys(&told), ["name", "phone", "address", "-"]);
        assert_eq!(headings.header("Sheet1", 2, &head), None, "another row");
        let lesson = headings.lesson(&told);
        let kept: Vec<(&str, &str)> =
            lesson.keep.iter().map(|(t, _, k)| (t.as_str(), *k)).collect();
        assert_eq!(kept, [("买主", "name"), ("家庭住址", "address")]);

        let mut next = Headings::by_name(customer_column, 2);
        next.remembered = lesson.keep.into_iter().map(|(text, _, key)| (text, Some(key))).collect();
        let told = next.header("十月", 3, &row(&["序号", "买 主：", "手机号"])).expect("known");
        assert_eq!(keys(&told), ["-", "name", "phone"]);
        assert_eq!(told[&1].by, By::Remembered);
    }

    #[test]
    fn a_name_may_be_overruled_and_nothing_of_a_person_is_remembered() {
        let mut headings = Headings::by_name(customer_column, 2);
        headings.remembered.insert("电话".into(), None);
        let columns = BTreeMap::from([(0, "name"), (2, "phone")]);
        headings.by_hand = Some(ByHand { sheet: "S".into(), row: 1, columns });
        let head = row(&["姓名", "手机", "电话", "13800138000", "地址"]);
        let told = headings.header("S", 1, &head).expect("it is said");
        let lesson = headings.lesson(&told);
        let kept: Vec<(&str, &str)> =
            lesson.keep.iter().map(|(t, _, k)| (t.as_str(), *k)).collect();
        assert_eq!(kept, [("手机", ""), ("地址", "")], "not read, though their names are known");
        assert_eq!(lesson.forget, ["电话"], "its name says it now");
    }
}
