//! Prices as shown: each class of buyers, since when, by which clause, and what comes next.

use super::part::NamedKey;
use super::{ClauseView, PersonRef, Words};
use crate::auth::Session;
use base::{Day, PersonId};
use engine::PriceBook;
use engine::price::Charge;
use rulebook::model::{BuyerClass, PriceItem, PriceRow};
use serde::Serialize;
use std::collections::BTreeMap;
use store::masters::Entered;
use utoipa::ToSchema;

/// Whose prices on which day.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The star level.
    pub stars: Option<u8>,
    /// The day.
    pub day: Day,
}

/// Something that may be charged, with its prices.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Price)]
pub struct PriceView {
    code: String,
    title: Words,
    /// `part`, `labour`, `travel`, `freight`, `fee`.
    kind: String,
    component: Option<NamedKey>,
    models: Vec<NamedKey>,
    /// Standard hours of a job, in thousandths; its price is hours × rate.
    standard: Option<i64>,
    /// The code of the rate of a job.
    rate: Option<String>,
    /// One for each class: ex-factory, wholesale, retail.
    prices: Vec<PriceCell>,
}

/// The price for one class of buyers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceCell {
    /// `ex_factory`, `wholesale`, `retail`.
    class: &'static str,
    /// In fen; absent where no price is set. For a job that of its standard hours.
    amount: Option<i64>,
    /// The star level it is for; absent for all.
    stars: Option<u8>,
    /// Since when; absent for the rulebook's baseline.
    since: Option<String>,
    clauses: Vec<ClauseView>,
    /// What it will be, where that is entered already.
    next: Option<NextPrice>,
}

/// A price that is entered and does not hold yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextPrice {
    /// In fen.
    amount: i64,
    /// First day it holds.
    from: String,
    stars: Option<u8>,
}

impl PriceView {
    /// A charge with its prices in force.
    pub fn of(session: &Session, book: &PriceBook, charge: &Charge, asked: Asked) -> Self {
        let cell = |class| PriceCell::of(session, book, charge, class, asked);
        Self {
            code: charge.code.clone(),
            title: (&charge.title).into(),
            kind: charge.kind.clone(),
            component: charge.component.as_deref().map(|id| NamedKey::component(session, id)),
            models: NamedKey::models(session, &charge.models),
            standard: charge.standard.map(|hours| hours.0),
            rate: (charge.priced_by != charge.code).then(|| charge.priced_by.clone()),
            prices: BuyerClass::ALL.into_iter().map(cell).collect(),
        }
    }
}

impl PriceCell {
    fn of(
        session: &Session,
        book: &PriceBook,
        charge: &Charge,
        class: BuyerClass,
        asked: Asked,
    ) -> Self {
        let whole = |amount| match charge.standard {
            Some(hours) => hours.price(amount),
            None => Some(amount),
        };
        let price = book.price(&charge.code, class, asked.stars, asked.day);
        let next = book.next(&charge.priced_by, class, asked.stars, asked.day);
        Self {
            class: class.word(),
            amount: price.as_ref().and_then(|p| whole(p.amount)).map(|amount| amount.0),
            stars: price.as_ref().and_then(|p| p.stars),
            since: price.as_ref().and_then(|p| p.since).map(|day| day.to_string()),
            clauses: price.map_or_else(Vec::new, |p| {
                ClauseView::all(&session.release, p.clause, session.lang)
            }),
            next: next.and_then(|(from, price)| {
                let amount = whole(price.amount)?.0;
                Some(NextPrice { amount, from: from.to_string(), stars: price.stars })
            }),
        }
    }
}

/// A code with every price entered for it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceHistory)]
pub struct HistoryView {
    item: PriceView,
    /// What the rulebook says, by class; absent where it has no price of its own.
    baseline: Option<Vec<BaselineCell>>,
    /// The latest to begin first.
    rows: Vec<HistoryRow>,
}

/// A price of the rulebook's baseline.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaselineCell {
    /// `ex_factory`, `wholesale`, `retail`.
    class: &'static str,
    /// In fen.
    amount: i64,
    clauses: Vec<ClauseView>,
}

/// A price as it was entered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceHistoryRow)]
pub struct HistoryRow {
    class: &'static str,
    stars: Option<u8>,
    amount: i64,
    /// Whether it ends the company's price of this class and level, instead of setting one.
    ends: bool,
    effective_from: String,
    clauses: Vec<ClauseView>,
    entered_by: PersonRef,
    entered_at: String,
}

impl HistoryRow {
    /// A price with who entered it.
    pub fn of(
        session: &Session,
        book: &PriceBook,
        entered: &Entered<PriceRow>,
        names: &BTreeMap<PersonId, String>,
    ) -> Self {
        let row = &entered.row;
        let own = book.charge(&row.code).map_or(&[][..], |charge| &charge.clause);
        let clause = if row.clause.is_empty() { own } else { &row.clause };
        let name = names.get(&entered.person).map_or("", String::as_str);
        Self {
            class: row.class.word(),
            stars: row.stars,
            amount: row.amount.0,
            ends: row.ends,
            effective_from: row.effective_from.to_string(),
            clauses: ClauseView::all(&session.release, clause, session.lang),
            entered_by: PersonRef::new(entered.person, name),
            entered_at: entered.at.to_string(),
        }
    }

    /// First day it holds.
    pub fn effective_from(&self) -> &str {
        &self.effective_from
    }
}

impl HistoryView {
    /// A code with its history.
    pub fn new(
        session: &Session,
        item: PriceView,
        baseline: Option<&PriceItem>,
        rows: Vec<HistoryRow>,
    ) -> Self {
        let cells = |base: &PriceItem| {
            let cell = |class: BuyerClass| BaselineCell {
                class: class.word(),
                amount: base.amount(class).0,
                clauses: ClauseView::all(&session.release, &base.clause, session.lang),
            };
            BuyerClass::ALL.into_iter().map(cell).collect()
        };
        Self { item, baseline: baseline.map(cells), rows }
    }
}
