//! How long the engine takes over one command of a case: pure, without the store.

use super::page::Page;
use super::stopwatch;
use engine::example::{Moment, moments};
use rulebook::Release;
use std::hint::black_box;
use std::time::Duration;

/// How often each command is decided; the middle of them is its time.
const TIMES: usize = 200;

/// The commands of the pack's own stories of that process.
pub fn measure(release: &Release, process: &str, page: &mut Page) {
    let stories = release.examples.iter().filter(|story| {
        // A story with settings of its own is told of another release.
        story.process.as_deref() == Some(process) && !story.given.contains_key("params")
    });
    let moments: Vec<Moment> = stories.flat_map(|story| moments(release, story)).collect();
    let mut each: Vec<Duration> = moments.iter().map(|moment| middle(release, moment)).collect();
    if each.is_empty() {
        return;
    }
    each.sort_unstable();
    let at = |percent: usize| each[(each.len() - 1) * percent / 100];
    let shown = |took: Duration| format!("{:.1} µs", took.as_secs_f64() * 1e6);
    let how = format!(
        "{} commands of the stories of `{process}`, done or refused; the middle of {TIMES} runs \
         of each; no store; budget 50 µs",
        each.len()
    );
    page.figure("`decide`, one command, p50", shown(at(50)), how);
    page.figure("`decide`, one command, p99", shown(at(99)), "the same");
    page.figure("`decide`, the slowest command", shown(at(100)), "the same");
}

fn middle(release: &Release, moment: &Moment) -> Duration {
    let Moment { case, facts, command, now } = moment;
    let once = || {
        let decide = || engine::decide(release, case.as_ref(), facts, command, *now);
        stopwatch::timed(|| drop(black_box(decide()))).1
    };
    let mut took: Vec<Duration> = (0..TIMES).map(|_| once()).collect();
    took.sort_unstable();
    took[TIMES / 2]
}
