//! What a script consists of.

use crate::Vehicle;
use base::Instant;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What the story says of some fields of forms; the rest is filled plausibly by the player.
pub type Story = BTreeMap<&'static str, Json>;

/// A station's life up to the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Vehicles sold before, the oldest first.
    pub vehicles: Vec<Vehicle>,
    /// The cases of the story.
    pub cases: Vec<Case>,
    /// What happens, in its order in time.
    pub steps: Vec<Step>,
}

/// Which station it happens at: its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Station(pub &'static str);

impl Station {
    /// 城北维修站
    pub const NORTH: Self = Self("CB");
    /// 滨江维修站
    pub const RIVER: Self = Self("BJ");
}

/// A case of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Whose people work on it.
    pub station: Station,
    /// Login of who opens it; whoever stands at the station's counter when absent.
    pub opener: Option<&'static str>,
    /// The process.
    pub process: &'static str,
    /// The vehicle, by its place in the script.
    pub vehicle: Option<usize>,
    /// The part that the estimate names.
    pub component: Option<&'static str>,
    /// The customer hears the price and declines.
    pub declines: bool,
    /// Who pays every line, where it is not left to the verdict.
    pub payer: Option<&'static str>,
    /// Login of the technician who gets the job.
    pub technician: Option<&'static str>,
    /// What the forms of this case say.
    pub story: Story,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// What.
    pub turn: Turn,
}

/// What happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// The case comes in.
    Open(usize),
    /// Its next primary action is done, unless it stands at this main state already.
    Toward(usize, &'static str),
    /// An action is done, with what the story says of its form besides.
    Do(usize, &'static str, Story),
    /// An action of the open child case of that process is done.
    OfChild(usize, &'static str, &'static str, Story),
    /// Everybody reads what they were told so far.
    Read,
}

impl Turn {
    /// The case it is about.
    pub fn case(&self) -> Option<usize> {
        match self {
            Self::Open(case)
            | Self::Toward(case, _)
            | Self::Do(case, ..)
            | Self::OfChild(case, ..) => Some(*case),
            Self::Read => None,
        }
    }
}
