//! Where all tracks of a case stand at once, and what an action can make of it.
//!
//! Of a condition only that counts which the process itself decides: the states of its tracks,
//! whether an action was ever done, whether a field can be filled by then, the mode. Everything
//! else may be so or not so, but one fact is not two things at once.

use crate::expr::possible::{Compared, Known, Outcomes, Path};
use crate::expr::{Expr, Value};
use crate::model::{Action, Also, Effect, Grade, Process, Release, State};
use base::Word;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// A combination (组合): of each track the place of its state, main first, and of each counted
/// action whether it was done.
pub(super) type Combination = Vec<u16>;

/// Main has not begun: the case is about to be opened.
const NOT_BEGUN: u16 = u16::MAX;
/// Most ways to set the facts that the conditions of one action share.
const MOST_WAYS: usize = 2048;

/// A process with what its conditions ask of it.
pub(super) struct Machine<'p> {
    pub process: &'p Process,
    pub tracks: Vec<Track<'p>>,
    counted: Vec<&'p str>,
    /// Fields that some possible action fills.
    filled: BTreeSet<&'p str>,
    /// The mode of the unit, where one is asked about.
    pub mode: Option<&'static str>,
    /// Whether a question had too many ways.
    pub gave_up: Cell<bool>,
    /// Of each action, the start first, what it asks.
    asks: Vec<Asks<'p>>,
    answers: RefCell<BTreeMap<(usize, Vec<u16>), bool>>,
}

/// What an action asks before it can be done.
struct Asks<'p> {
    conditions: Vec<&'p Expr>,
    /// The places of a combination that these read.
    read: Vec<usize>,
}

/// A track with its states.
pub(super) struct Track<'p> {
    pub id: &'p str,
    pub states: Vec<&'p State>,
    initial: u16,
}

/// A condition an action must meet to be done, with its place.
pub(super) struct Condition<'p> {
    pub when: &'p Expr,
    /// Below the action: `when`, `require/certified/when`.
    pub at: String,
}

/// What nobody may pass over: `when`, and each requirement that blocks and that no action lifts.
pub(super) fn conditions<'p>(process: &'p Process, action: &'p Action) -> Vec<Condition<'p>> {
    let offered = action.when.iter().map(|when| Condition { when, at: "when".into() });
    let lifted = |id: &str| {
        let lift = format!("{}/{id}", action.id);
        process.actions.iter().any(|other| other.lifts.contains(&lift))
    };
    let blocks = action.requires.iter().filter(|r| r.grade == Grade::Block && !lifted(&r.id));
    let asked = blocks.map(|r| Condition { when: &r.when, at: format!("require/{}/when", r.id) });
    offered.chain(asked).collect()
}

/// Every condition of a process that decides where a case goes.
pub(super) fn deciding(process: &Process) -> impl Iterator<Item = &Expr> {
    process.all_actions().flat_map(|action| {
        let own = action.when.iter().chain(action.requires.iter().map(|r| &r.when));
        let moves = action.branch.iter().map(|branch| &branch.when);
        own.chain(moves).chain(action.also.iter().filter_map(|also| also.when.as_ref()))
    })
}

impl<'p> Machine<'p> {
    /// `None` where the process has no main state to begin in.
    pub fn new(process: &'p Process) -> Option<Self> {
        let states = |track: &str| process.states.iter().filter(|s| s.track == track).collect();
        let place = |states: &[&State], id: &str| {
            states.iter().position(|s| s.id == id).and_then(|at| u16::try_from(at).ok())
        };
        let mut tracks = vec![Track { id: "main", states: states("main"), initial: NOT_BEGUN }];
        for track in &process.tracks {
            let states: Vec<&State> = states(&track.id);
            let initial = place(&states, &track.initial)?;
            tracks.push(Track { id: &track.id, states, initial });
        }
        let mut counted = BTreeSet::new();
        for path in deciding(process).flat_map(Expr::paths) {
            if let [root, action, ..] = path.as_slice()
                && matches!(root.as_str(), "done" | "last_done")
            {
                counted.extend(process.action(action).map(|action| action.id.as_str()));
            }
        }
        let mut machine = Self {
            process,
            tracks,
            counted: counted.into_iter().collect(),
            filled: BTreeSet::new(),
            mode: None,
            gave_up: Cell::new(false),
            asks: Vec::new(),
            answers: RefCell::default(),
        };
        machine.asks = process.all_actions().map(|action| machine.asks_of(action)).collect();
        Some(machine)
    }

    fn asks_of(&self, action: &'p Action) -> Asks<'p> {
        let asked = conditions(self.process, action).into_iter().map(|asked| asked.when);
        let conditions: Vec<&Expr> = asked.collect();
        let read = conditions.iter().flat_map(|when| when.paths());
        let read: BTreeSet<usize> = read.filter_map(|path| self.read(&path)).collect();
        Asks { conditions, read: read.into_iter().collect() }
    }

    /// The place of a combination that a fact is read from.
    fn read(&self, path: &[String]) -> Option<usize> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["case", "tracks", track] => self.track(track),
            ["case", "state"] => Some(0),
            ["done" | "last_done", action] => {
                let place = self.counted.iter().position(|counted| counted == action);
                place.map(|place| self.tracks.len() + place)
            }
            _ => None,
        }
    }

    /// Before it is opened.
    pub fn unopened(&self) -> Combination {
        let tracks = self.tracks.iter().map(|track| track.initial);
        tracks.chain(self.counted.iter().map(|_| 0)).collect()
    }

    /// Takes note of what an action fills in; whether that is news.
    pub fn fill(&mut self, action: &'p Action, release: &'p Release) -> bool {
        let before = self.filled.len();
        let form = action.form.as_ref().and_then(|id| release.forms.get(id));
        self.filled.extend(form.iter().flat_map(|form| &form.fields).map(|f| f.id.as_str()));
        for effect in &action.effects {
            match effect {
                Effect::Judge { .. } => _ = self.filled.insert("verdict"),
                Effect::Set { set, .. } => _ = self.filled.insert(set),
                _ => {}
            }
        }
        let news = self.filled.len() > before;
        if news {
            self.answers.borrow_mut().clear();
        }
        news
    }

    /// Asks under another mode.
    pub fn in_mode(&mut self, mode: Option<&'static str>) {
        self.mode = mode;
        self.answers.borrow_mut().clear();
    }

    /// The state of a track, `None` before it has begun.
    pub fn state(&self, at: &[u16], track: usize) -> Option<&'p State> {
        self.tracks[track].states.get(usize::from(at[track])).copied()
    }

    pub fn track(&self, id: &str) -> Option<usize> {
        self.tracks.iter().position(|track| track.id == id)
    }

    fn place(&self, track: usize, state: &str) -> Option<u16> {
        let found = self.tracks[track].states.iter().position(|s| s.id == state)?;
        u16::try_from(found).ok()
    }

    /// Whether the action's own track stands where it starts from.
    pub fn stands(&self, at: &[u16], action: &Action) -> bool {
        let state = self.track(&action.track).and_then(|track| self.state(at, track));
        action.id == "open" || state.is_some_and(|state| action.from.contains(&state.id))
    }

    /// Whether the conditions can hold together there.
    pub fn can_hold(&self, at: &[u16], asked: &[&Expr]) -> bool {
        let known = |path: &[String]| self.known(at, path);
        if !asked.iter().all(|when| when.outcomes(&known).may_hold()) {
            return false;
        }
        let mut compared = BTreeMap::new();
        for when in asked {
            when.compared(&mut compared);
        }
        self.ways(at, asked, &compared)
    }

    /// Tries what the facts that are asked more than once can be.
    fn ways(&self, at: &[u16], asked: &[&Expr], compared: &BTreeMap<Path, Compared>) -> bool {
        let apart = |path: &Path| {
            let below = |other: &Path| {
                other.len() != path.len() && (other.starts_with(path) || path.starts_with(other))
            };
            !compared.keys().any(below)
        };
        let mut shared: Vec<(&Path, Vec<Known>)> = Vec::new();
        for (path, asks) in compared.iter().filter(|(path, asks)| asks.times > 1 && apart(path)) {
            let known = self.known(at, path);
            let Some(mut values) = asks.values().filter(|_| !matches!(known, Known::Is(_))) else {
                continue;
            };
            if known == Known::There {
                values.retain(at_least_once);
            }
            shared.push((path, values));
        }
        let ways = shared.iter().try_fold(1, |ways: usize, (_, values)| {
            ways.checked_mul(values.len()).filter(|ways| *ways <= MOST_WAYS)
        });
        let Some(ways) = ways else {
            self.gave_up.set(true);
            return true;
        };
        (0..ways).any(|way| {
            let known = |path: &[String]| {
                let mut rest = way;
                for (shared, values) in &shared {
                    let one = &values[rest % values.len()];
                    rest /= values.len();
                    if shared.as_slice() == path {
                        return one.clone();
                    }
                }
                self.known(at, path)
            };
            let mut together = asked.iter().map(|when| when.outcomes(&known));
            together.all(Outcomes::may_hold)
        })
    }

    /// Whether some possible action fills the field.
    pub fn fills(&self, field: &str) -> bool {
        self.filled.contains(field)
    }

    /// What is known of a fact there.
    fn known(&self, at: &[u16], path: &[String]) -> Known {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let text = |state: Option<&State>| {
            Known::Is(state.map_or(Value::Null, |state| Value::Text(Word::read(&state.id))))
        };
        match names.as_slice() {
            ["case", "tracks", track] => {
                self.track(track).map_or(Known::Open, |track| text(self.state(at, track)))
            }
            ["case", "state"] => text(self.state(at, 0)),
            ["done", action] => match self.was_done(at, action) {
                Some(false) => Known::Is(Value::Number(0.into())),
                Some(true) => Known::There,
                None => Known::Open,
            },
            ["last_done", action] => match self.was_done(at, action) {
                Some(false) => Known::Is(Value::Null),
                Some(true) => Known::There,
                None => Known::Open,
            },
            ["data", field, ..] if !self.filled.contains(field) => Known::Is(Value::Null),
            ["org", "mode"] => {
                self.mode.map_or(Known::Open, |mode| Known::Is(Value::Text(mode.into())))
            }
            _ => Known::Open,
        }
    }

    /// Whether an action that is counted was done by then.
    pub fn was_done(&self, at: &[u16], action: &str) -> Option<bool> {
        let place = self.counted.iter().position(|counted| *counted == action)?;
        Some(at[self.tracks.len() + place] > 0)
    }

    /// Where an action can lead from there; nowhere when it cannot be done.
    pub fn after(&self, at: &[u16], number: usize, action: &'p Action) -> Vec<Combination> {
        let Some(own) = self.track(&action.track) else { return Vec::new() };
        if !self.stands(at, action) || !self.remembered(at, number) {
            return Vec::new();
        }
        let mut done = at.to_vec();
        if let Some(place) = self.counted.iter().position(|counted| *counted == action.id) {
            done[self.tracks.len() + place] = 1;
        }
        let mut reached = Vec::new();
        for end in self.ends(&done, action, self.asks[number].conditions.clone()) {
            let mut next = done.clone();
            if let Some(place) = end.and_then(|end| self.place(own, end)) {
                next[own] = place;
            }
            reached.push(next);
        }
        for also in &action.also {
            reached = self.moved(&done, also, reached);
        }
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    /// The states its own track can come to, `None` where it stays.
    fn ends(
        &self,
        done: &[u16],
        action: &'p Action,
        mut asked: Vec<&'p Expr>,
    ) -> Vec<Option<&'p str>> {
        let known = |path: &[String]| self.known(done, path);
        let mut ends = Vec::new();
        for branch in &action.branch {
            asked.push(&branch.when);
            if self.can_hold(done, &asked) {
                ends.push(Some(branch.to.as_str()));
            }
            asked.pop();
            if branch.when.outcomes(&known).holds() {
                return ends;
            }
        }
        ends.push(action.to.as_deref());
        ends
    }

    /// With another track moved, or not, or either.
    fn moved(&self, done: &[u16], also: &Also, from: Vec<Combination>) -> Vec<Combination> {
        let Some(track) = self.track(&also.track) else { return from };
        let Some(to) = self.place(track, &also.to) else { return from };
        let known = |path: &[String]| self.known(done, path);
        let when = also.when.as_ref().map(|when| when.outcomes(&known));
        let mut moved = Vec::new();
        for one in from {
            let state = self.state(&one, track);
            let stands = also.from.is_empty() || state.is_some_and(|s| also.from.contains(&s.id));
            let may = stands && when.is_none_or(Outcomes::may_hold);
            if may {
                let mut next = one.clone();
                next[track] = to;
                moved.push(next);
            }
            if !may || when.is_some_and(|when| !when.holds()) {
                moved.push(one);
            }
        }
        moved
    }

    /// Whether its conditions can hold there, asked once for what they read of the combination.
    fn remembered(&self, at: &[u16], number: usize) -> bool {
        let Asks { conditions, read } = &self.asks[number];
        if conditions.is_empty() {
            return true;
        }
        let key = (number, read.iter().map(|place| at[*place]).collect());
        let known = self.answers.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let answer = self.can_hold(at, conditions);
            self.answers.borrow_mut().insert(key, answer);
            answer
        })
    }
}

/// Of an action that was done, how often.
fn at_least_once(value: &Known) -> bool {
    match value {
        Known::Is(Value::Number(times)) => *times >= 1.into(),
        Known::Is(Value::Null) => false,
        _ => true,
    }
}
