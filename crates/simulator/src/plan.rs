//! Writing the script: vehicles are taken, cases come in, steps are put into their order in time.

use crate::complaint::Complaint;
use crate::dice::Dice;
use crate::fleet::{self, Vehicle};
use crate::script::{Case, Script, Station, Step, Story, Turn};
use base::time::{add_days, days_between};
use base::{Day, Instant, Zone};
use jiff::civil::time;
use serde_json::{Value as Json, json};

/// The states of the repair order, in order.
const REPAIR: &[&str] = &[
    "received",
    "diagnosing",
    "judging",
    "estimating",
    "estimated",
    "confirmed",
    "routed",
    "assigned",
    "repairing",
    "inspecting",
    "passed",
    "settled",
    "delivered",
];
/// The states of the on-site commission, in order.
const VISIT: &[&str] =
    &["issued", "received", "dispatched", "on_site", "handled", "reported", "returned", "filed"];
/// Turns more than the way is long: a pack may add a step.
const SPARE: usize = 2;
/// Vehicles that stay at home, oldest and a young one: who tries the product out takes those.
const AT_HOME: [u32; 2] = [0, 49];

/// A script in the making.
pub struct Plan<'a> {
    /// The chance of this day.
    pub dice: Dice,
    zone: &'a Zone,
    closes: Instant,
    vehicles: Vec<Vehicle>,
    taken: Vec<bool>,
    cases: Vec<Case>,
    steps: Vec<Step>,
}

impl<'a> Plan<'a> {
    /// An empty story about a fleet; it ends at `closes`.
    pub fn new(seed: u64, today: Day, closes: Instant, zone: &'a Zone) -> Self {
        let vehicles = fleet::sold(seed, today);
        let taken = vehicles.iter().map(|vehicle| AT_HOME.contains(&vehicle.number)).collect();
        // The fleet has its own throws, so that it stays when the story grows.
        let dice = Dice::new(seed.rotate_left(17) ^ 0x9E37_79B9_7F4A_7C15);
        Self { dice, zone, closes, vehicles, taken, cases: vec![], steps: vec![] }
    }

    /// The vehicle nearest to an age in days that nobody has come with yet.
    pub fn vehicle(&mut self, age: i64) -> Option<usize> {
        let today = self.zone.day(self.closes);
        let free = (0..self.vehicles.len()).filter(|place| !self.taken[*place]);
        let off = |place: &usize| (days_between(self.vehicles[*place].sold_on, today) - age).abs();
        let nearest = free.min_by_key(off)?;
        self.taken[nearest] = true;
        Some(nearest)
    }

    /// A time of day, so many days before the last.
    pub fn on(&self, days_back: i64, hour: i8, minute: i8) -> Instant {
        let last = self.zone.day(self.closes);
        let day = add_days(last, -days_back).unwrap_or(last);
        self.zone.instant(day.to_datetime(time(hour, minute, 0, 0)))
    }

    /// So many minutes before the end.
    pub fn ago(&self, minutes: i64) -> Instant {
        self.closes.plus_seconds(-minutes * 60)
    }

    /// Brings a case in.
    pub fn open(&mut self, at: Instant, case: Case) -> usize {
        let number = self.cases.len();
        self.cases.push(case);
        self.step(at, Turn::Open(number));
        number
    }

    /// Puts a step into the story; what would come after its end does not happen.
    pub fn step(&mut self, at: Instant, turn: Turn) {
        if at <= self.closes {
            self.steps.push(Step { at, turn });
        }
    }

    /// Follows the way of a case to a state, some minutes apart; when it is there.
    pub fn drive(&mut self, case: usize, from: Instant, pace: i64, until: &'static str) -> Instant {
        let visit = self.cases[case].process == "on_site_commission";
        let way = if visit { VISIT } else { REPAIR };
        let length = way.iter().position(|state| *state == until).unwrap_or(way.len());
        let mut at = from;
        for _ in 0..length + SPARE {
            at = at.plus_seconds((pace * 60) + self.dice.between(0, 90));
            self.step(at, Turn::Toward(case, until));
        }
        at
    }

    /// The script, in its order in time.
    pub fn script(mut self) -> Script {
        self.steps.sort_by_key(|step| step.at);
        Script { vehicles: self.vehicles, cases: self.cases, steps: self.steps }
    }
}

/// A repair order at a station for a vehicle with a complaint.
pub fn repair(station: Station, vehicle: Option<usize>, complaint: &Complaint) -> Case {
    let story = Story::from([
        ("symptom", json!(complaint.symptom)),
        ("component", json!(complaint.component)),
        ("fault", json!(complaint.fault)),
        ("reproduced", json!(true)),
        ("evidence", json!({ "card": true, "card_matches": true, "invoice": true })),
        ("failure_cause", json!(complaint.cause)),
        ("plan", json!(complaint.work)),
        ("work_done", json!(complaint.work)),
        ("planned_hours", json!(1)),
    ]);
    Case {
        station,
        opener: None,
        process: "repair_order",
        vehicle,
        component: Some(complaint.component),
        declines: false,
        payer: None,
        technician: None,
        story,
    }
}

impl Case {
    /// With a word of the story more.
    #[must_use]
    pub fn told(mut self, field: &'static str, value: Json) -> Self {
        self.story.insert(field, value);
        self
    }

    /// With the technician who gets the job.
    #[must_use]
    pub fn by(mut self, technician: &'static str) -> Self {
        self.technician = Some(technician);
        self
    }
}
