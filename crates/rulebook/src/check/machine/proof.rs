//! What the combinations show: actions that are never possible, states that are never come to,
//! cases that cannot end, in some mode or at all.

use super::super::Checker;
use super::combination::{Combination, Condition, Machine, conditions, deciding};
use super::graph::{Graph, MOST_COMBINATIONS, explore};
use crate::model::{Action, Process, StateKind};
use base::Text;
use std::collections::BTreeSet;

/// The modes of an organisation unit, with their words.
const MODES: &[(&str, &str)] = &[("simple", "简易"), ("standard", "标准"), ("full", "完整")];
/// Most actions a way names.
const WAY: usize = 12;

pub(in crate::check) fn check(checker: &mut Checker<'_>, process: &Process) {
    let Some(mut machine) = Machine::new(process) else { return };
    let graph = explore(&mut machine, checker.release);
    let proof = Proof { machine: &machine, graph: &graph, process };
    if graph.cut || machine.gave_up.get() {
        proof.gave_up(checker);
    }
    // What lies beyond the budget might be the way out.
    if graph.cut {
        return;
    }
    let never = proof.actions(checker);
    proof.states(checker, &never);
    let leads = graph.leads_to(|at| proof.ended(at));
    proof.ends(checker);
    proof.closes(checker, &leads);
    let asks = |when: &crate::expr::Expr| when.paths().iter().any(|path| path.join(".") == MODE);
    if deciding(process).any(asks) {
        for (mode, zh) in MODES {
            machine.in_mode(Some(mode));
            of_mode(checker, &machine, &graph, (mode, zh), &leads);
        }
    }
}

const MODE: &str = "org.mode";

struct Proof<'m, 'p> {
    machine: &'m Machine<'p>,
    graph: &'m Graph,
    process: &'p Process,
}

impl<'p> Proof<'_, 'p> {
    fn gave_up(&self, checker: &mut Checker<'_>) {
        let path = format!("process/{}", self.process.id);
        let (zh, en) = if self.graph.cut {
            (
                format!(
                    "流程“{}”的分线状态组合超过 {MOST_COMBINATIONS} 种，只查到这里；\
                     分线可以拆成子单",
                    self.process.id
                ),
                format!(
                    "the tracks of `{}` stand in more than {MOST_COMBINATIONS} combinations, and \
                     the proof stopped there; a track can become a case of its own",
                    self.process.id
                ),
            )
        } else {
            (
                format!("流程“{}”有条件同时比较太多事实，没有逐一验证；请拆开写", self.process.id),
                format!(
                    "conditions of `{}` compare too many facts at once to try them all; write \
                     them apart",
                    self.process.id
                ),
            )
        };
        checker.note("proof-gave-up", &path, zh, en);
    }

    /// Actions that stand open in some combination and can be done in none.
    fn actions(&self, checker: &mut Checker<'_>) -> BTreeSet<&'p str> {
        let done = self.graph.done();
        let mut never = BTreeSet::new();
        for (number, action) in self.process.actions.iter().enumerate() {
            let stands = |at: &&Combination| self.machine.stands(at, action);
            let open: Vec<&Combination> = self.graph.all.iter().filter(stands).collect();
            if open.is_empty() || done.contains(&(number + 1)) {
                continue;
            }
            never.insert(action.id.as_str());
            self.never(checker, action, &open);
        }
        never
    }

    fn never(&self, checker: &mut Checker<'_>, action: &'p Action, open: &[&Combination]) {
        let path = self.process.action_path(&action.id);
        let asked = conditions(self.process, action);
        let alone = asked
            .iter()
            .find(|condition| open.iter().all(|at| !self.machine.can_hold(at, &[condition.when])));
        let id = &action.id;
        let Some(condition) = alone else {
            let all: Vec<&str> = asked.iter().map(|c| c.when.source()).collect();
            checker.error(
                "action-never",
                &path,
                format!(
                    "动作“{id}”永远办不了：它的条件不能同时成立：{}",
                    all.iter().map(|one| format!("“{one}”")).collect::<Vec<_>>().join("、")
                ),
                format!(
                    "the action `{id}` is never possible: its conditions contradict each other: {}",
                    all.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
                ),
            );
            return;
        };
        let source = condition.when.source();
        let (zh, en) = self.why(condition, open);
        checker.error(
            "action-never",
            &format!("{path}/{}", condition.at),
            format!("动作“{id}”永远办不了：条件“{source}”从不成立{zh}"),
            format!("the action `{id}` is never possible: `{source}` never holds{en}"),
        );
    }

    /// Where the tracks it reads can stand while the action's own track stands where it starts.
    fn why(&self, condition: &Condition<'_>, open: &[&Combination]) -> (String, String) {
        let paths = condition.when.paths();
        let reasons = paths.iter().filter_map(|path| self.reason(path, open));
        reasons.map(|reason| (reason.zh, reason.en)).unzip()
    }

    fn reason(&self, path: &[String], open: &[&Combination]) -> Option<Text> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["case", "tracks", track] => {
                let place = self.machine.track(track)?;
                let states = open.iter().filter_map(|at| self.machine.state(at, place));
                let states: BTreeSet<&str> = states.map(|s| s.id.as_str()).collect();
                let states: Vec<&str> = states.into_iter().collect();
                Some(Text::new(
                    format!("；那时 {track} 只会是 {}", states.join("、")),
                    format!("; by then `{track}` is {}", states.join(" or ")),
                ))
            }
            ["data", field, ..] if !self.machine.fills(field) => Some(Text::new(
                format!("；没有办得了的动作填写“{field}”"),
                format!("; no action that can be done fills `{field}`"),
            )),
            ["done" | "last_done", action] => {
                let done = |at: &&Combination| self.machine.was_done(at, action) == Some(true);
                (!open.iter().any(done)).then(|| {
                    Text::new(
                        format!("；那时还不可能办过“{action}”"),
                        format!("; by then `{action}` cannot have been done"),
                    )
                })
            }
            _ => None,
        }
    }

    /// States that actions lead to, yet no combination has.
    fn states(&self, checker: &mut Checker<'_>, never: &BTreeSet<&str>) {
        for (place, track) in self.machine.tracks.iter().enumerate() {
            for state in &track.states {
                let has = |at: &Combination| {
                    self.machine.state(at, place).is_some_and(|s| s.id == state.id)
                };
                if self.graph.all.iter().any(has) {
                    continue;
                }
                let leads = |action: &&Action| {
                    let own = action.track == track.id
                        && action
                            .to
                            .iter()
                            .chain(action.branch.iter().map(|b| &b.to))
                            .any(|to| *to == state.id);
                    own || action.also.iter().any(|a| a.track == track.id && a.to == state.id)
                };
                let leading: Vec<&str> =
                    self.process.all_actions().filter(leads).map(|a| a.id.as_str()).collect();
                // The action's own finding says why.
                if leading.iter().any(|action| never.contains(action)) {
                    continue;
                }
                let name = format!("{}.{}", track.id, state.id);
                checker.error(
                    "unreachable-state",
                    &format!("process/{}/state/{name}", self.process.id),
                    format!("状态“{name}”到不了：动作 {} 的条件从不让它成立", leading.join("、")),
                    format!(
                        "the state `{name}` is never come to: the conditions of {} never let it",
                        leading.join(", ")
                    ),
                );
            }
        }
    }

    /// Whether the case is closed there.
    fn ended(&self, at: &[u16]) -> bool {
        (0..self.machine.tracks.len()).all(|track| self.track_ended(at, track))
    }

    fn track_ended(&self, at: &[u16], track: usize) -> bool {
        self.machine.state(at, track).is_some_and(|state| {
            state.kind.is_final() || (track > 0 && state.kind == StateKind::Idle)
        })
    }

    /// From every state of every track an end of that track can follow.
    fn ends(&self, checker: &mut Checker<'_>) {
        for (place, track) in self.machine.tracks.iter().enumerate() {
            let leads = self.graph.leads_to(|at| self.track_ended(at, place));
            for state in &track.states {
                let mut stuck = None;
                let mut way_out = false;
                for (at, leads) in self.graph.all.iter().zip(&leads).enumerate().filter_map(
                    |(number, (at, leads))| {
                        let here = self.machine.state(at, place)?.id == state.id;
                        here.then_some((number, *leads))
                    },
                ) {
                    way_out |= leads;
                    stuck = stuck.or(Some(at));
                }
                let Some(stuck) = stuck.filter(|_| !way_out) else { continue };
                let name = format!("{}.{}", track.id, state.id);
                let way = self.way(stuck);
                checker.error(
                    "no-end",
                    &format!("process/{}/state/{name}", self.process.id),
                    format!(
                        "从状态“{name}”到不了任何结束状态：动作虽有，条件不让（例如 {way} 之后）"
                    ),
                    format!(
                        "from the state `{name}` no end is reached: there are actions, but their \
                         conditions never let them (for example after {way})"
                    ),
                );
            }
        }
    }

    /// From every combination the whole case can close.
    fn closes(&self, checker: &mut Checker<'_>, leads: &[bool]) {
        let Some(stuck) = leads.iter().position(|leads| !leads) else { return };
        let each_alone = (0..self.machine.tracks.len()).all(|track| {
            let of_track = self.graph.leads_to(|at| self.track_ended(at, track));
            of_track[stuck]
        });
        if !each_alone && checker.findings.iter().any(|found| found.code == "no-end") {
            return;
        }
        let (way, stand) = (self.way(stuck), self.stand(stuck));
        checker.note(
            "may-not-close",
            &format!("process/{}", self.process.id),
            format!("此单可能结不了：{way} 之后各分线停在 {stand}，再没有动作能把它们都带到结束"),
            format!(
                "a case may never close: after {way} it stands at {stand}, and no action brings \
                 all tracks to an end"
            ),
        );
    }

    fn way(&self, place: usize) -> String {
        let way = self.graph.way(self.process, place);
        let shown = way.len().min(WAY);
        let more = if way.len() > shown { " → …" } else { "" };
        format!("{}{more}", way[..shown].join(" → "))
    }

    fn stand(&self, place: usize) -> String {
        let at = &self.graph.all[place];
        let state = |(track, of): (usize, &super::combination::Track<'_>)| {
            Some(format!("{}.{}", of.id, self.machine.state(at, track)?.id))
        };
        let stand = self.machine.tracks.iter().enumerate().filter_map(state);
        stand.collect::<Vec<_>>().join(", ")
    }
}

/// A mode that leaves a case without a way to its end, though another has one.
fn of_mode(
    checker: &mut Checker<'_>,
    machine: &Machine<'_>,
    graph: &Graph,
    (mode, zh): (&str, &str),
    leads: &[bool],
) {
    let own: BTreeSet<Combination> = Graph::of(machine).all.into_iter().collect();
    let bound = graph.again(machine);
    let proof = Proof { machine, graph, process: machine.process };
    let here = bound.leads_to(|at| proof.ended(at));
    let lost = |place: &usize| leads[*place] && !here[*place];
    let all = || (0..graph.all.len()).filter(lost);
    let within = all().find(|place| own.contains(&graph.all[*place]));
    let Some(place) = within.or_else(|| all().next()) else { return };
    let (way, stand) = (proof.way(place), proof.stand(place));
    let path = format!("process/{}", machine.process.id);
    if within.is_some() {
        checker.error(
            "mode-no-end",
            &path,
            format!("{zh}模式下此单结不了：{way} 之后停在 {stand}，剩下的动作都要别的模式"),
            format!(
                "in the mode `{mode}` a case cannot end: after {way} it stands at {stand}, and \
                 what would lead on asks for another mode"
            ),
        );
    } else {
        checker.note(
            "mode-no-end",
            &path,
            format!("单位改成{zh}模式后，停在 {stand} 的单（{way} 之后）结不了，要改回去才行"),
            format!(
                "once a unit changes to the mode `{mode}`, a case at {stand} (after {way}) cannot \
                 end until it changes back"
            ),
        );
    }
}
