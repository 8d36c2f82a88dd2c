//! A replay (回放): a draft of the rules over past verdicts. How many change, in which direction,
//! and what that would have cost or saved; each number by model, part, station and month.

use crate::warranty::{BulkJudge, Columns, Given};
use base::{Day, Money, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// How a verdict changes; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Covered now, and not before (不保改为保).
    Gained,
    /// No longer covered (保改为不保).
    Lost,
    /// A fact is missing that the draft asks for, or it gives no verdict at all.
    Open,
    /// A fact was missing before; now it is decided.
    Settled,
    /// A better remedy for the customer.
    Better,
    /// A worse one.
    Worse,
    /// Another payer.
    Payer,
    /// A later last day.
    Later,
    /// An earlier last day.
    Earlier,
}

impl Turn {
    /// In words.
    pub fn words(self) -> Text {
        match self {
            Self::Gained => Text::new("不保改为保", "now covered"),
            Self::Lost => Text::new("保改为不保", "no longer covered"),
            Self::Open => Text::new("变为待定或不能判定", "left open or refused"),
            Self::Settled => Text::new("待定变为确定", "decided now"),
            Self::Better => Text::new("处理方式更好", "a better remedy"),
            Self::Worse => Text::new("处理方式更差", "a worse remedy"),
            Self::Payer => Text::new("承担方改变", "another payer or charge"),
            Self::Later => Text::new("三包期更长", "a later last day"),
            Self::Earlier => Text::new("三包期更短", "an earlier last day"),
        }
    }
}

/// In which direction a verdict goes; `None` when it stays.
pub fn turn(before: &Given<'_>, after: &Given<'_>) -> Option<Turn> {
    if before.covered != after.covered {
        return Some(match (before.covered, after.covered) {
            (Some(false), Some(true)) => Turn::Gained,
            (Some(true), Some(false)) => Turn::Lost,
            (None, _) => Turn::Settled,
            (_, None) => Turn::Open,
            _ => Turn::Payer,
        });
    }
    if before.refused != after.refused {
        return Some(if after.refused { Turn::Open } else { Turn::Settled });
    }
    let (was, is) = (before.gain(), after.gain());
    let ends = before.ends.cmp(&after.ends);
    match (was.1.cmp(&is.1), before.payer == after.payer, ends) {
        (std::cmp::Ordering::Less, _, _) => Some(Turn::Better),
        (std::cmp::Ordering::Greater, _, _) => Some(Turn::Worse),
        (_, false, _) => Some(Turn::Payer),
        (_, true, std::cmp::Ordering::Less) => Some(Turn::Later),
        (_, true, std::cmp::Ordering::Greater) => Some(Turn::Earlier),
        _ if before.remedy != after.remedy => Some(Turn::Payer),
        _ => None,
    }
}

/// What a change costs the maker (负数为节省), fen: the whole of the case's lines where the payer
/// becomes or ceases to be the maker. `Err` where the lines do not say: there are none, or another
/// remedy of the same payer would have had others.
pub fn cost(
    turn: Turn,
    before: &Given<'_>,
    after: &Given<'_>,
    lines_fen: Option<i64>,
) -> Result<i64, Unknown> {
    let pays = |given: &Given<'_>| given.payer.as_deref() == Some("maker");
    match (turn, pays(before), pays(after)) {
        (Turn::Later | Turn::Earlier, _, _) => Ok(0),
        (Turn::Open | Turn::Settled, _, _) | (Turn::Better | Turn::Worse, true, true) => {
            Err(Unknown)
        }
        (_, false, true) => lines_fen.ok_or(Unknown),
        (_, true, false) => lines_fen.map(|fen| -fen).ok_or(Unknown),
        _ => Ok(0),
    }
}

/// The money of a change is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown;

/// A past verdict beside its facts: what it was, and whose.
#[derive(Debug, Clone, Default)]
pub struct Was {
    /// What was given then.
    pub given: Given<'static>,
    /// Model of the vehicle.
    pub model: String,
    /// Code of the station.
    pub station: String,
    /// Month, `2026-11`.
    pub month: String,
    /// What the lines of the case come to, fen: parts at their ex-factory price, the rest as on
    /// the case. `None` where there are no lines, or a part has no such price.
    pub lines_fen: Option<i64>,
}

/// Past verdicts beside the columns of their facts; what repeats is kept once.
#[derive(Debug, Clone, Default)]
pub struct Past {
    words: Vec<String>,
    known: BTreeMap<String, u32>,
    givens: Vec<Given<'static>>,
    known_givens: BTreeMap<GivenKey, u32>,
    rows: Vec<PastRow>,
}

/// Covered, remedy, payer, last day.
type GivenKey = (Option<bool>, Option<String>, Option<String>, Option<Day>);

#[derive(Debug, Clone, Copy)]
struct PastRow {
    given: u32,
    /// Model, station and month as words.
    groups: [u32; 3],
    lines_fen: Option<i64>,
}

impl Past {
    /// Adds a verdict.
    pub fn push(&mut self, was: Was) {
        let groups = [was.model, was.station, was.month].map(|word| self.word(word));
        let given = was.given;
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let key = (given.covered, text(&given.remedy), text(&given.payer), given.ends);
        let next = u32::try_from(self.givens.len()).unwrap_or(u32::MAX);
        let code = *self.known_givens.entry(key).or_insert(next);
        if code == next {
            self.givens.push(given);
        }
        self.rows.push(PastRow { given: code, groups, lines_fen: was.lines_fen });
    }

    /// Adds the same as of `row`, for sets of measured size.
    pub fn push_again(&mut self, row: usize) {
        self.rows.push(self.rows[row]);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What was given then.
    pub fn given(&self, row: usize) -> Option<&Given<'static>> {
        self.givens.get(self.rows.get(row)?.given as usize)
    }

    /// A row as it was pushed.
    pub fn was(&self, row: usize) -> Was {
        let PastRow { groups, lines_fen, .. } = self.rows[row];
        let [model, station, month] = groups.map(|word| self.words[word as usize].clone());
        let given = self.given(row).cloned().unwrap_or_default();
        Was { given, model, station, month, lines_fen }
    }

    fn word(&mut self, word: String) -> u32 {
        if let Some(code) = self.known.get(&word) {
            return *code;
        }
        let code = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.clone());
        self.known.insert(word, code);
        code
    }

    /// The counts by word as a report has them.
    fn named(&self, counts: Vec<Count>) -> BTreeMap<String, Count> {
        let met = self.words.iter().cloned().zip(counts).filter(|(_, count)| count.verdicts > 0);
        met.collect()
    }
}

/// What the lines of a case come to, fen: each part at its ex-factory price, the rest as charged.
/// A line is its kind, its code, how many thousandths, and the amount. `None` where there is no
/// line, or a part without such a price.
pub fn lines_fen<'l>(
    lines: impl IntoIterator<Item = (&'l str, Option<&'l str>, i64, i64)>,
    ex_factory: impl Fn(&str) -> Option<Money>,
) -> Option<i64> {
    let mut sum = None;
    for (kind, item, quantity, amount_fen) in lines {
        let fen = match kind {
            "part" => ex_factory(item?)?.0.checked_mul(quantity)? / 1000,
            _ => amount_fen,
        };
        sum = Some(sum.unwrap_or(0_i64).checked_add(fen)?);
    }
    sum
}

/// One number of the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Verdicts replayed.
    pub verdicts: u64,
    /// Of which change.
    pub changed: u64,
    /// What the changes cost the maker, fen; negative: saved.
    pub cost_fen: i64,
    /// Changes whose money is not known.
    pub unknown: u64,
}

impl Count {
    fn add(&mut self, change: Option<Result<i64, Unknown>>) {
        self.verdicts += 1;
        let Some(cost) = change else { return };
        self.changed += 1;
        match cost {
            Ok(fen) => self.cost_fen = self.cost_fen.saturating_add(fen),
            Err(Unknown) => self.unknown += 1,
        }
    }

    fn join(&mut self, other: &Self) {
        self.verdicts += other.verdicts;
        self.changed += other.changed;
        self.cost_fen = self.cost_fen.saturating_add(other.cost_fen);
        self.unknown += other.unknown;
    }
}

/// A change, by its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which of the verdicts.
    pub row: usize,
    /// In which direction.
    pub turn: Turn,
    /// What it costs the maker, fen; `None` where it is not known.
    pub cost_fen: Option<i64>,
}

/// What a replay found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// All of them.
    pub total: Count,
    /// By direction.
    pub turns: BTreeMap<Turn, Count>,
    /// By model.
    pub models: BTreeMap<String, Count>,
    /// By component.
    pub parts: BTreeMap<String, Count>,
    /// By station.
    pub stations: BTreeMap<String, Count>,
    /// By month.
    pub months: BTreeMap<String, Count>,
    /// The verdicts that change, in their order.
    pub changes: Vec<Change>,
}

impl Report {
    /// Both together; `other` follows in the order of rows.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        fn join<K: Ord>(into: &mut BTreeMap<K, Count>, from: BTreeMap<K, Count>) {
            for (key, count) in from {
                into.entry(key).or_default().join(&count);
            }
        }
        self.total.join(&other.total);
        join(&mut self.turns, other.turns);
        join(&mut self.models, other.models);
        join(&mut self.parts, other.parts);
        join(&mut self.stations, other.stations);
        join(&mut self.months, other.months);
        self.changes.extend(other.changes);
        self
    }
}

/// Replays these rows: `past` stands beside the columns, row by row. Rows apart can be replayed at
/// the same time and their reports joined.
pub fn replay(
    judge: &BulkJudge<'_, '_>,
    columns: &Columns,
    past: &Past,
    rows: Range<usize>,
) -> Report {
    let mut report = Report::default();
    let mut groups = [(); 3].map(|()| vec![Count::default(); past.words.len()]);
    let mut parts = vec![Count::default(); columns.subjects()];
    for row in rows.start..rows.end.min(past.len()).min(columns.len()) {
        let was = &past.rows[row];
        let given = &past.givens[was.given as usize];
        let is = judge.given(row);
        let turn = turn(given, &is);
        let change = turn.map(|turn| (turn, cost(turn, given, &is, was.lines_fen)));
        let counted = change.map(|(_, cost)| cost);
        report.total.add(counted);
        for (group, word) in groups.iter_mut().zip(was.groups) {
            group[word as usize].add(counted);
        }
        parts[columns.subject(row)].add(counted);
        if let Some((turn, cost)) = change {
            report.turns.entry(turn).or_default().add(counted);
            report.changes.push(Change { row, turn, cost_fen: cost.ok() });
        }
    }
    let [models, stations, months] = groups.map(|counts| past.named(counts));
    (report.models, report.stations, report.months) = (models, stations, months);
    for (subject, count) in parts.iter().enumerate().filter(|(_, count)| count.verdicts > 0) {
        let component = columns.component_of(subject).to_owned();
        report.parts.entry(component).or_default().join(count);
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn given(covered: Option<bool>, remedy: &'static str, payer: &'static str) -> Given<'static> {
        Given {
            refused: false,
            covered,
            remedy: Some(Cow::Borrowed(remedy)),
            payer: Some(Cow::Borrowed(payer)),
            ends: Some(Day::constant(2027, 1, 1)),
        }
    }

    #[test]
    fn a_change_has_a_direction_and_a_price() {
        let replace = given(Some(true), "replace", "maker");
        let repair = given(Some(true), "repair", "maker");
        let station = given(Some(true), "repair", "station");
        let charge = given(Some(false), "repair_at_charge", "customer");
        let open = Given { ends: replace.ends, ..Given::default() };
        let late = Given { ends: Some(Day::constant(2027, 2, 1)), ..replace.clone() };
        for (was, is, turn_is, cost_is) in [
            (&replace, &replace, None, None),
            (&charge, &replace, Some(Turn::Gained), Some(100)),
            (&replace, &charge, Some(Turn::Lost), Some(-100)),
            (&repair, &replace, Some(Turn::Better), None),
            (&replace, &repair, Some(Turn::Worse), None),
            (&repair, &station, Some(Turn::Payer), Some(-100)),
            (&replace, &late, Some(Turn::Later), Some(0)),
            (&late, &replace, Some(Turn::Earlier), Some(0)),
            (&replace, &open, Some(Turn::Open), None),
            (&open, &replace, Some(Turn::Settled), None),
            (&replace, &Given::REFUSED, Some(Turn::Open), None),
        ] {
            let got = turn(was, is);
            assert_eq!(got, turn_is, "{was:?} {is:?}");
            let priced = got.and_then(|got| cost(got, was, is, Some(100)).ok());
            assert_eq!(priced, cost_is, "{was:?} {is:?}");
        }
        assert_eq!(cost(Turn::Lost, &replace, &charge, None), Err(Unknown));
    }

    #[test]
    fn the_lines_of_a_case_come_to_parts_at_ex_factory_and_the_rest_as_charged() {
        let price = |code: &str| (code == "BAT").then_some(Money(1000));
        let sum = |lines: &[(&'static str, Option<&'static str>, i64, i64)]| {
            lines_fen(lines.iter().copied(), price)
        };
        let labour = ("labour", Some("L1"), 500, 300);
        assert_eq!(sum(&[("part", Some("BAT"), 2000, 9999), labour]), Some(2300));
        assert_eq!(sum(&[]), None);
        assert_eq!(sum(&[labour, ("part", Some("NEW"), 1000, 5)]), None);
    }
}
