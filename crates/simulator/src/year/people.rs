//! Who works at the stations beside the cast of the day: made from the seed, signed in by scheme.

use super::places::{PLACES, Place};
use crate::dice::Dice;
use crate::fleet::{FAMILY, GIVEN};

/// A person of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Login: the code of the station and what the person is, such as `qj-head`.
    pub login: String,
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<&'static str>,
    /// Code of the unit where the person works and holds the roles.
    pub org: &'static str,
    /// Number of the repair certificate and the days it is still valid, of a technician.
    pub certificate: Option<(String, i64)>,
}

/// What the people of the office are: word of the login and role.
const OFFICE: &[(&str, &str, &str)] = &[
    ("hq-claims", "after_sales_dept", "HQ"),
    ("hq-hotline", "operator", "HQ"),
    ("hq-info", "info_centre", "HQ"),
    ("hq-tech", "technical_dept", "HQ"),
    ("a03-agent", "general_agent", "A03"),
];

/// Stations whose people are the cast of the day.
pub const CAST: [&str; 2] = ["CB", "BJ"];

/// Everybody beside the cast of the day.
pub fn workers(seed: u64) -> Vec<Worker> {
    let mut dice = Dice::new(seed.rotate_left(29) ^ 0x5851_F42D_4C95_7F2D);
    let mut all: Vec<Worker> = Vec::new();
    for (login, role, org) in OFFICE {
        all.push(worker(&mut dice, (*login).to_owned(), &[role], org));
    }
    for place in PLACES.iter().filter(|place| !CAST.contains(&place.code)) {
        crew(&mut dice, place, &mut all);
    }
    all
}

fn crew(dice: &mut Dice, place: &Place, all: &mut Vec<Worker>) {
    let login = |word: &str| format!("{}-{word}", place.code.to_lowercase());
    let head: &[&'static str] = if place.small {
        &["station_manager", "service_advisor", "storekeeper"]
    } else {
        &["station_manager"]
    };
    all.push(worker(dice, login("head"), head, place.code));
    if !place.small {
        all.push(worker(dice, login("desk"), &["service_advisor"], place.code));
        all.push(worker(dice, login("store"), &["storekeeper"], place.code));
    }
    let technicians = if place.share > 8 { 3 } else { 2 };
    for number in 1..=technicians {
        let mut one = worker(dice, login(&format!("tech{number}")), &["technician"], place.code);
        let paper = format!("WX-2025-{:04}", 1000 + all.len() * 7);
        one.certificate = Some((paper, dice.between(40, 520)));
        all.push(one);
    }
}

fn worker(dice: &mut Dice, login: String, roles: &[&'static str], org: &'static str) -> Worker {
    let name = format!("{}{}", dice.pick(FAMILY), dice.pick(GIVEN));
    Worker { login, name, roles: roles.to_vec(), org, certificate: None }
}
