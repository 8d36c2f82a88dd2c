//! Vehicles sold over two years, more in spring and when schools begin; one month's batteries of
//! them are bad.

use super::Shape;
use super::places::{PLACES, Place};
use crate::dice::Dice;
use crate::fleet::{COLOURS, FAMILY, GIVEN, Owner, Vehicle};
use base::time::{add_days, add_months, days_between};
use base::{Day, Money};

/// The first number of these vehicles: those of the day have the ones before.
const FIRST: u32 = 1000;
/// How much is sold in a month of the year, from January.
const SEASON: [u64; 12] = [5, 4, 9, 11, 10, 8, 7, 8, 12, 10, 8, 6];
/// Models in the order of the catalogue, by how often they are sold.
const MODELS: [u64; 5] = [34, 26, 18, 12, 10];
/// Days from manufacture to sale.
const ON_THE_WAY: (i64, i64) = (18, 45);
/// What the number of the first plate is.
const PLATES: u32 = 10_000;

/// A vehicle with the place where its outlet belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// The vehicle; its `outlet` counts within its station.
    pub vehicle: Vehicle,
    /// The station that looks after its outlet, by its place among [`PLACES`].
    pub place: usize,
    /// Whether its battery is of the bad month.
    pub bad: bool,
}

/// The month whose batteries are bad: the beginning of their numbers, such as `BT2603`.
pub fn bad_batch(today: Day, shape: &Shape) -> String {
    let month = add_months(today, -shape.bad_ago).unwrap_or(today);
    format!("BT{:02}{:02}", month.year() % 100, month.month())
}

/// The vehicles of a year of that shape, the oldest first.
pub fn sold(seed: u64, today: Day, shape: &Shape) -> Vec<Sold> {
    let mut dice = Dice::new(seed.rotate_left(7) ^ 0x2545_F491_4F6C_DD1D);
    let bad = bad_batch(today, shape);
    let mut days: Vec<Day> =
        (0..shape.vehicles).map(|_| day(&mut dice, today, shape.sold_in)).collect();
    days.sort_unstable();
    let numbered = (FIRST..).zip(days);
    let places = &PLACES[..shape.places.min(PLACES.len())];
    numbered.map(|(number, day)| one(&mut dice, places, number, day, &bad)).collect()
}

fn day(dice: &mut Dice, today: Day, months: i64) -> Day {
    let begins = add_months(today, -months).unwrap_or(today);
    let days = days_between(begins, today);
    loop {
        let day = add_days(begins, dice.between(0, days - 2)).unwrap_or(begins);
        let weight = SEASON[usize::try_from(day.month() - 1).unwrap_or(0)];
        if dice.roll(12) < weight {
            return day;
        }
    }
}

fn one(dice: &mut Dice, places: &[Place], number: u32, sold_on: Day, bad: &str) -> Sold {
    let made_on = add_days(sold_on, -dice.between(ON_THE_WAY.0, ON_THE_WAY.1)).unwrap_or(sold_on);
    let serial = format!("{:02}{:02}7{number:04}", made_on.year() % 100, made_on.month());
    let place = dice.weigh(places, |place| place.share);
    let model = dice.weigh(&MODELS, |weight| *weight);
    let tail = PLATES + number.wrapping_mul(7919) % 89_999;
    let town = match PLACES[place].agent {
        "A01" => "江B",
        "A02" => "苏H",
        _ => "苏J",
    };
    let vehicle = Vehicle {
        number,
        model,
        outlet: usize::try_from(dice.roll(64)).unwrap_or(0),
        sold_on,
        made_on,
        owner: Owner {
            name: format!("{}{}", dice.pick(FAMILY), dice.pick(GIVEN)),
            phone: format!("15{:09}", 100_000_000 + dice.roll(800_000_000)),
            consent: dice.comes(80),
        },
        colour: dice.pick(COLOURS),
        plate: format!("{town}{tail:05}"),
        card_no: format!("BX{:02}{serial}", dice.roll(90) + 10),
        invoice_no: format!("FP{serial}{:03}", dice.roll(1000)),
        price: Money(199_900 + dice.between(0, 19) * 10_000),
        components: [("li_battery", "BT"), ("hub_motor", "HM"), ("controller", "CT")]
            .map(|(part, prefix)| (part, format!("{prefix}{serial}{:03}", dice.roll(1000))))
            .into(),
        serial,
    };
    let bad = vehicle.components["li_battery"].starts_with(bad);
    Sold { vehicle, place, bad }
}
