//! One table over the columns: each of its inputs asks one kind of fact, of which there are few
//! different ones, so the class of every one is known before the first verdict is replayed.

use super::super::asked::{Asked, whole};
use super::super::{Outcome, outcome};
use rulebook::expr::Value;
use rulebook::table::{Bulk, BulkAnswer, Table};

/// Most inputs of a table that is asked in bulk.
pub(super) const MOST_INPUTS: usize = 24;
/// Numbers of days up to so many, back and forth, are classed before: 15 years.
const MOST_DAYS: i64 = 5_500;
/// No class: the verdict is given one by one.
const NONE: u16 = u16::MAX;

/// Which fact an input asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    Subject,
    Circumstance,
    Reading,
    InTerm,
    SinceStart,
    DaysLeft,
    SinceReceipt,
}

/// Where one verdict stands in all of these.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub subject: u32,
    pub circumstance: u32,
    pub reading: u32,
    pub in_term: Option<bool>,
    pub since_start: Option<i64>,
    pub days_left: Option<i64>,
    pub since_receipt: Option<i64>,
}

/// The scopes of the distinct facts: `base` with one kind of fact replaced.
pub(super) struct Distinct<'a> {
    pub base: &'a Asked<'a>,
    pub subjects: &'a [Asked<'a>],
    pub circumstances: &'a [Asked<'a>],
    pub readings: &'a [Asked<'a>],
    /// Whether the table knows the receipt of the goods: that of the law does.
    pub receipt: bool,
}

/// A table with the classes of its inputs.
#[derive(Debug, Clone)]
pub(super) struct Classed<'r> {
    bulk: Bulk<'r>,
    inputs: Vec<(Asks, Vec<u16>)>,
    /// What each row gives; `None` where it does not say.
    outcomes: Vec<Option<Outcome<'r>>>,
}

impl<'r> Classed<'r> {
    /// `None` when an input asks several kinds of facts at once.
    pub fn new(table: &'r Table, of: &Distinct<'_>) -> Option<Self> {
        let mut bulk = Bulk::of_rows(table);
        let mut inputs = Vec::with_capacity(table.inputs.len());
        if table.inputs.len() > MOST_INPUTS {
            return None;
        }
        for (column, input) in table.inputs.iter().enumerate() {
            let asks = asks(&input.expr.paths())?;
            let mut class =
                |asked: &Asked<'_>| bulk.class(column, &input.expr.eval(asked)).unwrap_or(NONE);
            let classes = match asks {
                Asks::Nothing => vec![class(of.base)],
                Asks::Subject => of.subjects.iter().map(class).collect(),
                Asks::Circumstance => of.circumstances.iter().map(class).collect(),
                Asks::Reading => of.readings.iter().map(class).collect(),
                Asks::InTerm => [None, Some(false), Some(true)]
                    .map(|inside| {
                        let mut asked = of.base.clone();
                        asked.in_term = inside.map_or(Value::Null, Value::Bool);
                        class(&asked)
                    })
                    .to_vec(),
                days => {
                    let numbers = std::iter::once(None).chain((-MOST_DAYS..=MOST_DAYS).map(Some));
                    let of_days = |number| with_days(of, days, number);
                    numbers.map(|number| class(&of_days(number))).collect()
                }
            };
            inputs.push((asks, classes));
        }
        let outcomes =
            (0..table.len()).map(|row| table.row(row).and_then(|row| outcome(table, row)));
        Some(Self { bulk, inputs, outcomes: outcomes.collect() })
    }

    /// What the table says; `None` when it has to be asked one by one.
    pub fn answer(&self, place: &Place) -> Option<BulkAnswer> {
        let classes = self.classes(place)?;
        Some(self.bulk.answer(&classes))
    }

    /// The rows that surely hold; `None` when it has to be asked one by one.
    pub fn holding(&self, place: &Place, each: impl FnMut(usize)) -> Option<()> {
        let classes = self.classes(place)?;
        self.bulk.holding(&classes, each);
        Some(())
    }

    pub fn outcome(&self, row: u32) -> Option<Outcome<'r>> {
        self.outcomes.get(row as usize).copied().flatten()
    }

    fn classes(&self, place: &Place) -> Option<[u16; MOST_INPUTS]> {
        let mut all = [0; MOST_INPUTS];
        for ((asks, classes), class) in self.inputs.iter().zip(&mut all) {
            let at = match asks {
                Asks::Nothing => 0,
                Asks::Subject => place.subject as usize,
                Asks::Circumstance => place.circumstance as usize,
                Asks::Reading => place.reading as usize,
                Asks::InTerm => place.in_term.map_or(0, |inside| 1 + usize::from(inside)),
                Asks::SinceStart => number(place.since_start)?,
                Asks::DaysLeft => number(place.days_left)?,
                Asks::SinceReceipt => number(place.since_receipt)?,
            };
            *class = *classes.get(at)?;
            if *class == NONE {
                return None;
            }
        }
        Some(all)
    }
}

/// The place of a number of days among the classes; `None` out of reach.
fn number(days: Option<i64>) -> Option<usize> {
    match days {
        None => Some(0),
        Some(days) if days.abs() <= MOST_DAYS => usize::try_from(days + MOST_DAYS + 1).ok(),
        Some(_) => None,
    }
}

fn with_days<'a>(of: &Distinct<'a>, asks: Asks, number: Option<i64>) -> Asked<'a> {
    let mut asked = of.base.clone();
    let value = whole(number);
    match asks {
        Asks::SinceStart => asked.days_since_start = value,
        Asks::DaysLeft => asked.days_left = value,
        Asks::SinceReceipt if of.receipt => asked.days_since_receipt = value,
        _ => {}
    }
    asked
}

/// The one kind of fact these paths read; `None` for several.
fn asks(paths: &[Vec<String>]) -> Option<Asks> {
    let mut all = paths.iter().filter_map(|path| path.first()).map(|root| match root.as_str() {
        "product" | "component" | "fault" | "class" | "group" => Asks::Subject,
        "usage" | "sale_channel" | "in_scope" | "causes" | "evidence" | "distance_sale"
        | "user_caused" => Asks::Circumstance,
        "measurements" => Asks::Reading,
        "in_term" => Asks::InTerm,
        "days_since_start" => Asks::SinceStart,
        "days_left" => Asks::DaysLeft,
        "days_since_receipt" => Asks::SinceReceipt,
        _ => Asks::Nothing,
    });
    let first = all.next().unwrap_or(Asks::Nothing);
    all.all(|other| other == first).then_some(first)
}
