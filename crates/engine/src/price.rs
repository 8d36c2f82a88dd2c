//! The price book (价目): what a code costs whom on which day, and where that stands.

use base::{Day, Money, Quantity, Text};
use rulebook::Release;
use rulebook::model::{BuyerClass, Part, PriceItem, PriceRow};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The pack's baseline with the company's own rows over it. Pure: the day is an argument, so a
/// price that begins at midnight does so by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceBook {
    charges: BTreeMap<String, Entry>,
    /// Rows of a code, by the day they begin; of two from one day the later entered holds.
    rows: BTreeMap<String, Vec<PriceRow>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    charge: Charge,
    /// What it costs where the company has said nothing.
    baseline: Option<PriceItem>,
}

/// Something that may be charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Its code.
    pub code: String,
    /// As printed.
    pub title: Text,
    /// `part`, `labour`, `travel` or `fee`.
    pub kind: String,
    /// The component it is about.
    pub component: Option<String>,
    /// Models it fits; empty for all.
    pub models: Vec<String>,
    /// Standard hours, where it is a job.
    pub standard: Option<Quantity>,
    /// The code whose price it has: its own, or the rate of a job.
    pub priced_by: String,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

/// A price with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price<'a> {
    /// The amount, tax included.
    pub amount: Money,
    /// For which buyers.
    pub class: BuyerClass,
    /// The star level it is for; absent for all.
    pub stars: Option<u8>,
    /// Since when; absent for the pack's baseline.
    pub since: Option<Day>,
    /// Clauses it stands on.
    pub clause: &'a [String],
}

/// On what terms an organisation unit buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Ex-factory for a registered unit, wholesale for any other (EB-8.3.1a, b).
    pub class: BuyerClass,
    /// Its star level (EB-8.3.1c).
    pub stars: Option<u8>,
    /// The day of the price.
    pub day: Day,
}

impl Terms {
    /// Of a unit with so many stars, registered or not.
    pub fn of(stars: Option<i64>, registered: bool, day: Day) -> Self {
        let class = if registered { BuyerClass::ExFactory } else { BuyerClass::Wholesale };
        Self { class, stars: stars.and_then(|stars| u8::try_from(stars).ok()), day }
    }

    /// Of a unit by its facts: `registered`, `stars`, `standing`. A unit that is suspended or left
    /// buys as one that is not registered (EB-6.1.1).
    pub fn by_facts(org: &Map<String, Json>, day: Day) -> Self {
        let active = org.get("standing").and_then(Json::as_str).unwrap_or("active") == "active";
        let registered = org.get("registered").and_then(Json::as_bool).unwrap_or(true) && active;
        Self::of(org.get("stars").and_then(Json::as_i64), registered, day)
    }
}

impl PriceBook {
    /// The book of a release, the company's parts and its price rows in the order of entry.
    pub fn new(
        release: &Release,
        parts: &BTreeMap<String, Part>,
        rows: impl IntoIterator<Item = PriceRow>,
    ) -> Self {
        let mut book = Self::default();
        for item in release.prices.values() {
            let part = parts.get(&item.code).filter(|_| item.kind == "part");
            book.charges.insert(item.code.clone(), listed(item, part));
        }
        for part in parts.values() {
            book.charges.entry(part.code.clone()).or_insert_with(|| of_part(part));
        }
        for job in release.labour.values() {
            let charge = Charge {
                code: job.code.clone(),
                title: job.title.clone(),
                kind: "labour".to_owned(),
                component: job.component.clone(),
                models: Vec::new(),
                standard: Some(job.hours),
                priced_by: job.rate.clone(),
                clause: job.clause.clone(),
            };
            book.charges.insert(job.code.clone(), Entry { charge, baseline: None });
        }
        for row in rows {
            book.rows.entry(row.code.clone()).or_default().push(row);
        }
        for rows in book.rows.values_mut() {
            rows.sort_by_key(|row| row.effective_from);
        }
        book
    }

    /// The book of a release alone.
    pub fn baseline(release: &Release) -> Self {
        Self::new(release, &release.parts, [])
    }

    /// Sets the baseline of an item, for examples.
    pub fn set(&mut self, item: &PriceItem) {
        self.charges.insert(item.code.clone(), listed(item, None));
    }

    /// What may be charged under a code; nothing else may (严禁乱收费).
    pub fn charge(&self, code: &str) -> Option<&Charge> {
        self.charges.get(code).map(|entry| &entry.charge)
    }

    /// Everything that may be charged, by code.
    pub fn charges(&self) -> impl Iterator<Item = &Charge> {
        self.charges.values().map(|entry| &entry.charge)
    }

    /// What a code costs: the latest row of the buyer's own star level that has begun, else the
    /// latest for all levels, else the baseline; a row that ends a price leaves it to the next of
    /// these. `None` where nobody has set a price.
    pub fn price(
        &self,
        code: &str,
        class: BuyerClass,
        stars: Option<u8>,
        day: Day,
    ) -> Option<Price<'_>> {
        let code = self.charges.get(code).map_or(code, |entry| &entry.charge.priced_by);
        let entry = self.charges.get(code)?;
        let at = |level: Option<u8>| {
            let begun = self.of(code, class, level).filter(|row| row.effective_from <= day);
            begun.last().filter(|row| !row.ends)
        };
        if let Some(row) = stars.and_then(|stars| at(Some(stars))).or_else(|| at(None)) {
            return Some(Price {
                amount: row.amount,
                class,
                stars: row.stars,
                since: Some(row.effective_from),
                clause: if row.clause.is_empty() { &entry.charge.clause } else { &row.clause },
            });
        }
        let item = entry.baseline.as_ref()?;
        let (amount, clause) = (item.amount(class), entry.charge.clause.as_slice());
        Some(Price { amount, class, stars: None, since: None, clause })
    }

    /// The next price of a code after a day, where one is entered already (将于…生效), with the day
    /// from which it holds: by a new row, or because one ends.
    pub fn next(
        &self,
        code: &str,
        class: BuyerClass,
        stars: Option<u8>,
        day: Day,
    ) -> Option<(Day, Price<'_>)> {
        let now = self.price(code, class, stars, day);
        let own = stars.into_iter().flat_map(|stars| self.of(code, class, Some(stars)));
        let later = own.chain(self.of(code, class, None)).map(|row| row.effective_from);
        let mut days: Vec<Day> = later.filter(|from| *from > day).collect();
        days.sort_unstable();
        let at = |from: Day| Some((from, self.price(code, class, stars, from)?));
        days.into_iter().filter_map(at).find(|(_, then)| now.as_ref() != Some(then))
    }

    /// Whether the company's own price of a class and level holds on a day, so that it can end.
    pub fn is_set(&self, code: &str, class: BuyerClass, stars: Option<u8>, day: Day) -> bool {
        let begun = self.of(code, class, stars).filter(|row| row.effective_from <= day);
        begun.last().is_some_and(|row| !row.ends)
    }

    fn of(
        &self,
        code: &str,
        class: BuyerClass,
        stars: Option<u8>,
    ) -> impl Iterator<Item = &PriceRow> {
        let rows = self.rows.get(code).map_or(&[][..], Vec::as_slice);
        rows.iter().filter(move |row| row.class == class && row.stars == stars)
    }
}

/// An item of the pack's list; a part is named by the part master.
fn listed(item: &PriceItem, part: Option<&Part>) -> Entry {
    let charge = Charge {
        code: item.code.clone(),
        title: part.map_or_else(|| item.title.clone(), |part| part.title.clone()),
        kind: item.kind.clone(),
        component: part.map(|part| part.component.clone()).or_else(|| item.component.clone()),
        models: part.map_or_else(|| item.models.clone(), |part| part.models.clone()),
        standard: None,
        priced_by: item.code.clone(),
        clause: item.clause.clone(),
    };
    Entry { charge, baseline: Some(item.clone()) }
}

/// A part that the pack's list does not price: it costs what the company says, or nothing may be
/// charged for it yet.
fn of_part(part: &Part) -> Entry {
    let charge = Charge {
        code: part.code.clone(),
        title: part.title.clone(),
        kind: "part".to_owned(),
        component: Some(part.component.clone()),
        models: part.models.clone(),
        standard: None,
        priced_by: part.code.clone(),
        clause: part.clause.clone(),
    };
    Entry { charge, baseline: None }
}
