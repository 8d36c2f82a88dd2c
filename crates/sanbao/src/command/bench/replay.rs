//! How long a draft takes over ten million past verdicts, and whether it says what one by one says.

use super::page::Page;
use super::stopwatch;
use base::Word;
use engine::replay::{Past, Was};
use engine::warranty::{BulkJudge, Columns, Given};
use engine::{Judge, VerdictFacts};
use rulebook::Release;
use rulebook::table::Table;
use serde_json::Value as Json;
use server::replay::{Progress, over};
use std::collections::BTreeMap;

/// Verdicts replayed.
const VERDICTS: usize = 10_000_000;
/// Days over which the examples are spread.
const DAYS: u16 = 1_460;
/// Cores it is shared among.
const THREADS: usize = 2;
/// Every so many of them is compared with the verdict given one by one.
const SAMPLE: usize = 997;

/// Replays a draft that lacks the row of the coverage that decides most.
pub fn measure(release: &Release, page: &mut Page) {
    let (columns, past) = years(release);
    if past.is_empty() {
        return;
    }
    let mut draft = release.clone();
    let Some(coverage) = draft.tables.get("coverage") else { return };
    let Some(row) = busiest(release, coverage) else { return };
    let without = coverage.without(&row);
    draft.tables.insert("coverage".to_owned(), without);
    let progress = Progress::default();
    let (report, took) = stopwatch::timed(|| over(&draft, &columns, &past, THREADS, &progress));
    let calendars = BTreeMap::new();
    let judge = Judge::new(&draft, &calendars);
    let bulk = BulkJudge::new(&judge, &columns);
    let sample: Vec<usize> = (0..columns.len()).step_by(SAMPLE).collect();
    let same = |row: &&usize| bulk.given(**row) == Given::one_by_one(&judge, &columns.facts(**row));
    let equal = sample.iter().filter(same).count();
    page.figure(
        "ten million verdicts replayed",
        format!("{:.1} s", took.as_secs_f64()),
        format!(
            "in bulk on two cores, law included; {} change by a draft without the row `{row}`; \
             {equal} of {} sampled are equal to the verdict given one by one; budget 10 s",
            report.total.changed,
            sample.len()
        ),
    );
}

/// The row of the coverage that decides most of the pack's examples.
fn busiest(release: &Release, coverage: &Table) -> Option<Word> {
    let calendars = BTreeMap::new();
    let judge = Judge::new(release, &calendars);
    let mut hits: BTreeMap<Word, usize> = BTreeMap::new();
    let rows = examples(release).filter_map(|facts| judge.judge(&facts).ok()?.row);
    for row in rows.filter(|row| coverage.named(row).is_some()) {
        *hits.entry(row).or_default() += 1;
    }
    hits.into_iter().max_by_key(|(_, times)| *times).map(|(row, _)| row)
}

fn examples(release: &Release) -> impl Iterator<Item = VerdictFacts> {
    let verdicts = release.examples.iter().filter(|example| example.process.is_none());
    verdicts.filter_map(|example| serde_json::from_value(Json::Object(example.given.clone())).ok())
}

/// The pack's own examples on each day of four years, judged by the release itself; then all of it
/// again and again.
fn years(release: &Release) -> (Columns, Past) {
    let mut columns = Columns::default();
    for facts in examples(release) {
        columns.push(&facts);
    }
    let examples = columns.len();
    for later in 1..DAYS {
        for row in 0..examples {
            columns.push_later(row, later);
        }
    }
    let block = columns.len();
    let mut past = judged(release, &columns, examples);
    for row in block..if block == 0 { 0 } else { VERDICTS.max(block) } {
        columns.push_later(row % block, 0);
        past.push_again(row % block);
    }
    (columns, past)
}

/// What the release itself gives, with groups of the size a maker of some stations has.
fn judged(release: &Release, columns: &Columns, examples: usize) -> Past {
    let calendars = BTreeMap::new();
    let judge = Judge::new(release, &calendars);
    let bulk = BulkJudge::new(&judge, columns);
    let mut past = Past::default();
    for row in 0..columns.len() {
        past.push(Was {
            given: bulk.given(row).kept(),
            model: format!("M{}", row % 7),
            station: format!("S{:03}", row % 40),
            month: format!("{:02}", row / examples.max(1) / 30),
            lines_fen: (row % 3 > 0).then_some(12_800),
        });
    }
    past
}
