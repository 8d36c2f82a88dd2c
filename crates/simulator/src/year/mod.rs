//! A year of a company: twelve stations, what breaks at which age and season, and the office work
//! that follows. Pure as the day is: the same seed and days are the same year.

mod desk;
mod faults;
mod fleet;
mod hours;
mod office;
mod people;
mod places;
mod repairs;
#[cfg(test)]
mod tests;

use crate::dice::Dice;
use crate::script::{Case, Station, Story};
use base::time::{add_days, add_months};
use base::{Day, Instant, Zone};

pub use fleet::{Sold, bad_batch};
pub use people::{CAST, Worker, workers};
pub use places::{AGENTS, Agent, PLACES, Place};

/// Under this name a story says that nobody takes photographs unless they are asked for.
pub const PLAIN: &str = "$plain";
/// Whoever is the so-many-th technician of the station.
pub const TECHNICIAN: &str = "$technician";
/// The person with this login, the unit with this code.
pub const PERSON: &str = "$person";
/// The unit with this code.
pub const ORG: &str = "$org";
/// Days before the end at which the stations of the cast go over to the story of the day.
pub const DAY_DAYS: i64 = 26;
/// The last days, in which photographs are taken of what is done.
const PICTURED_DAYS: i64 = 8;

/// How large a year is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Vehicles beside those of the day.
    pub vehicles: usize,
    /// How many of the [`PLACES`], from the first.
    pub places: usize,
    /// Months that are lived through.
    pub months: i64,
    /// Months over which the vehicles were sold.
    pub sold_in: i64,
    /// How many months ago the batteries were made that are bad.
    pub bad_ago: i64,
}

/// The demonstration: two thousand vehicles with those of the day, twelve stations, twelve months.
pub const COMPANY: Shape =
    Shape { vehicles: 1940, places: 12, months: 12, sold_in: 24, bad_ago: 8 };

/// A year.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// When it begins.
    pub begins: Instant,
    /// The vehicles, the oldest first.
    pub vehicles: Vec<Sold>,
    /// Its cases.
    pub cases: Vec<Case>,
    /// What happens, each in its order in time: first at the office, then at each station. They
    /// work beside each other.
    pub lanes: Vec<Vec<Stint>>,
}

/// Something that is done at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct Stint {
    /// When.
    pub at: Instant,
    /// What.
    pub work: Work,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// A case comes in.
    Open(usize),
    /// An action on it, with what the story says besides.
    Do(usize, &'static str, Story),
    /// Everything of a kind that lies there is worked off.
    WorkOff(Pile),
    /// The maker's warehouse receives and ships what the stations need.
    Supply,
    /// The shelves are counted as the month's task says.
    Count,
    /// The old parts that lie there are offered for exchange.
    OldParts,
    /// Everybody reads what they were told so far.
    Read,
}

impl Work {
    /// The case it is about.
    pub fn case(&self) -> Option<usize> {
        match self {
            Self::Open(case) | Self::Do(case, ..) => Some(*case),
            _ => None,
        }
    }
}

/// Cases that wait for the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Pile {
    /// Their process.
    pub process: &'static str,
    /// Where they stand.
    pub state: &'static str,
    /// What is done with each.
    pub action: &'static str,
    /// Seconds they have lain there at least.
    pub lain: i64,
    /// Of a hundred, how many are left lying this time.
    pub left: u8,
    /// What the forms say.
    pub story: Story,
}

/// A year in the making.
struct Plan<'a> {
    dice: Dice,
    zone: &'a Zone,
    begins: Instant,
    ends: Instant,
    vehicles: Vec<Sold>,
    cases: Vec<Case>,
    lanes: Vec<Vec<Stint>>,
}

/// The year up to `ends`. `today` is the day from which the fleet's ages count.
pub fn year(seed: u64, today: Day, ends: Instant, zone: &Zone, shape: &Shape) -> Year {
    let begins = add_months(zone.day(ends), -shape.months).unwrap_or(today);
    let begins = zone.minute_of(begins, 8 * 60);
    let lanes = vec![vec![]; shape.places.min(PLACES.len()) + 1];
    let mut plan = Plan {
        dice: Dice::new(seed.rotate_left(41) ^ 0x6C62_272E_07BB_0142),
        zone,
        begins,
        ends,
        vehicles: fleet::sold(seed, today, shape),
        cases: vec![],
        lanes,
    };
    repairs::all(&mut plan);
    desk::all(&mut plan);
    office::all(&mut plan);
    for lane in &mut plan.lanes {
        lane.sort_by_key(|stint| stint.at);
    }
    Year { begins, vehicles: plan.vehicles, cases: plan.cases, lanes: plan.lanes }
}

impl Plan<'_> {
    /// The place of a lane; the office has none.
    fn place(lane: usize) -> Option<&'static Place> {
        lane.checked_sub(1).and_then(|place| PLACES.get(place))
    }

    /// Until when a lane lives: the stations of the cast until their story of the day begins.
    fn until(&self, lane: usize) -> Instant {
        let cast = Self::place(lane).is_some_and(|place| CAST.contains(&place.code));
        if cast { self.ends.plus_seconds(-DAY_DAYS * 86_400) } else { self.ends }
    }

    /// Puts something into a lane; what lies outside its time does not happen.
    fn step(&mut self, lane: usize, at: Instant, work: Work) {
        if at >= self.begins && at <= self.until(lane) {
            self.lanes[lane].push(Stint { at, work });
        }
    }

    /// Brings a case in, where the lane lives then.
    fn open(&mut self, lane: usize, at: Instant, case: Case) -> Option<usize> {
        if at < self.begins || at > self.until(lane) {
            return None;
        }
        let number = self.cases.len();
        let mut case = case;
        if at < self.ends.plus_seconds(-PICTURED_DAYS * 86_400) {
            case.story.insert(PLAIN, true.into());
        }
        self.cases.push(case);
        self.step(lane, at, Work::Open(number));
        Some(number)
    }

    /// A case of a process at a lane, with what its forms say.
    fn case(lane: usize, process: &'static str, vehicle: Option<usize>, story: Story) -> Case {
        Case {
            station: Station(Self::place(lane).map_or("", |place| place.code)),
            opener: None,
            process,
            vehicle,
            component: None,
            declines: false,
            payer: None,
            technician: None,
            story,
        }
    }

    /// The days that are lived through, the first to the last.
    fn days(&self) -> Vec<Day> {
        let last = self.zone.day(self.ends);
        let first = self.zone.day(self.begins);
        let mut days = vec![];
        let mut day = first;
        while day <= last {
            days.push(day);
            match add_days(day, 1) {
                Some(next) => day = next,
                None => break,
            }
        }
        days
    }

    /// A time of day.
    fn on(&self, day: Day, hour: i8, minute: i8) -> Instant {
        self.zone.instant(day.at(hour, minute, 0, 0))
    }
}
