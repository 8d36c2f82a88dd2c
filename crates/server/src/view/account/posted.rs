//! What a case posted, as moves in words.

use super::entry::counts;
use super::{AccountRef, Names, PartRef, Quoted};
use crate::view::{ClauseView, PersonRef, Words};
use ledger::{Commodity, Entry, Key, Path};
use serde::Serialize;
use std::collections::BTreeMap;
use store::accounts::PostedRow;
use utoipa::ToSchema;

/// A transaction (凭证) of a case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Posted)]
pub struct PostedView {
    id: String,
    posting: String,
    title: Words,
    /// Kind of the movement: `receipt`, `transfer`, `use`…
    kind: Option<&'static str>,
    clauses: Vec<ClauseView>,
    moves: Vec<MoveView>,
    occurred_at: String,
    recorded_at: String,
    actor: Option<PersonRef>,
    /// The transaction it undoes.
    reverses: Option<String>,
    /// The transaction that undid it.
    reversed_by: Option<String>,
}

/// What went from where to where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PostedMove)]
pub struct MoveView {
    from: AccountRef,
    to: AccountRef,
    /// `fen` or `pieces`.
    counts: &'static str,
    part: Option<PartRef>,
    /// Fen or pieces.
    amount: i64,
    /// The serials, when the part is tracked.
    serials: Vec<String>,
}

impl PostedView {
    /// What has to be looked up for it.
    pub fn quote(row: &PostedRow, quoted: &mut Quoted) {
        quoted.person(row.actor);
        for entry in row.transaction.entries() {
            quoted.path(&entry.account);
        }
    }

    /// A transaction in words.
    pub fn of(names: &Names<'_>, row: &PostedRow) -> Self {
        let header = row.transaction.header();
        let reverses = row.transaction.reverses();
        let moves = moves(row.transaction.entries()).into_iter().map(|moved| MoveView {
            from: names.account(&moved.from),
            to: names.account(&moved.to),
            counts: counts(&moved.what),
            part: names.part_of(&moved.what),
            amount: moved.amount,
            serials: moved.serials.iter().map(ToString::to_string).collect(),
        });
        Self {
            id: row.id.to_string(),
            posting: header.posting.to_string(),
            title: names.posting(&header.posting, reverses.is_some()),
            kind: row.kind.map(ledger::MovementKind::as_str),
            clauses: names.clauses(&header.posting),
            moves: moves.collect(),
            occurred_at: header.occurred_at.to_string(),
            recorded_at: row.recorded_at.to_string(),
            actor: names.person(row.actor),
            reverses: reverses.map(|id| id.to_string()),
            reversed_by: row.reversed_by.map(|id| id.to_string()),
        }
    }
}

/// A move read back from rows.
#[derive(Debug, PartialEq)]
struct Moved {
    from: Path,
    to: Path,
    what: Commodity,
    amount: i64,
    serials: Vec<Key>,
}

/// The moves that make these rows. Rows keep what each account gave and gained; where several gave
/// the same thing, who gave to whom is told in the order of accounts.
fn moves(entries: &[Entry]) -> Vec<Moved> {
    let mut things: BTreeMap<(&Commodity, Option<&Key>), Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        things.entry((&entry.commodity, entry.serial.as_ref())).or_default().push(entry);
    }
    let mut made: Vec<Moved> = Vec::new();
    for ((what, serial), rows) in things {
        let side = |gave: bool| {
            let chosen = rows.iter().filter(move |entry| (entry.change < 0) == gave);
            chosen.map(|entry| (&entry.account, entry.change.abs())).collect::<Vec<_>>()
        };
        let (mut gave, mut gained) = (side(true).into_iter(), side(false).into_iter());
        let (mut from, mut to) = (gave.next(), gained.next());
        while let (Some((giver, left)), Some((taker, room))) = (from, to) {
            let amount = left.min(room);
            let same = |m: &&mut Moved| m.from == *giver && m.to == *taker && m.what == *what;
            match made.iter_mut().find(same) {
                Some(moved) => {
                    moved.amount += amount;
                    moved.serials.extend(serial.cloned());
                }
                None => made.push(Moved {
                    from: giver.clone(),
                    to: taker.clone(),
                    what: what.clone(),
                    amount,
                    serials: serial.cloned().into_iter().collect(),
                }),
            }
            from = if left > amount { Some((giver, left - amount)) } else { gave.next() };
            to = if room > amount { Some((taker, room - amount)) } else { gained.next() };
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(account: &str, what: &str, serial: &str, change: i64) -> Entry {
        Entry {
            account: Path::try_new(account).expect("a path"),
            commodity: what.parse().expect("a commodity"),
            serial: Key::try_new(serial).ok(),
            change,
        }
    }

    #[test]
    fn rows_are_told_as_moves() {
        let check = |rows: &[(&str, &str, &str, i64)], told: &[&str]| {
            let entries: Vec<Entry> = rows.iter().map(|(a, w, s, c)| entry(a, w, s, *c)).collect();
            let lines: Vec<String> = moves(&entries)
                .iter()
                .map(|m| {
                    let serials: Vec<&str> = m.serials.iter().map(Key::as_str).collect();
                    format!("{} {} {}>{} {}", m.amount, m.what, m.from, m.to, serials.join(","))
                })
                .collect();
            assert_eq!(lines, told);
        };
        check(&[("a", "fen", "", -5), ("b", "fen", "", 5)], &["5 fen a>b "]);
        check(
            &[("a", "fen", "", -5), ("b", "fen", "", 3), ("c", "fen", "", 2)],
            &["3 fen a>b ", "2 fen a>c "],
        );
        check(
            &[
                ("s", "serials:BAT", "B1", -1),
                ("s", "serials:BAT", "B2", -1),
                ("t", "serials:BAT", "B1", 1),
                ("t", "serials:BAT", "B2", 1),
            ],
            &["2 serials:BAT s>t B1,B2"],
        );
        check(
            &[
                ("a", "pieces:TUB", "", -4),
                ("b", "pieces:TUB", "", -1),
                ("c", "pieces:TUB", "", 2),
                ("d", "pieces:TUB", "", 3),
            ],
            &["2 pieces:TUB a>c ", "2 pieces:TUB a>d ", "1 pieces:TUB b>d "],
        );
    }
}
