//! A small language for tests: one event a line, ending in `= ` and the expected code.
//!
//! ```text
//! open stock/main pieces:TUBE holds                 = ok
//! open agent/A/loan fen quota 1000                  = ok
//! post 1 maker -> stock/main 10 TUBE, x -> y 5 fen  = ok
//! post 2 maker -> stock/main #SN1 BAT               = account-unknown
//! rows 3 a fen +5, b fen -4                         = unbalanced
//! reverse 4 1                                       = below-zero
//! undo 4 1 a fen -5, b fen +4                       = not-opposite
//! limit agent/A/loan 500                            = ok
//! close agent/A/loan                                = not-empty
//! balance stock/main                                = 10
//! holder BAT SN1                                    = nobody
//! ```

use base::{CaseId, Instant, TransactionId};
use ledger::{
    Account, Amount, Book, Commodity, Entry, Header, Key, Limits, Move, Outcome, Path, Source,
    Transaction,
};

pub fn path(text: &str) -> Path {
    Path::try_new(text).expect("the test names a path")
}

pub fn key(text: &str) -> Key {
    Key::try_new(text).expect("the test names a key")
}

pub fn header() -> Header {
    Header { posting: key("test"), source: Source::Case(CaseId(1)), occurred_at: Instant(0) }
}

/// Runs the script on an empty book, compares each line, and verifies the book after each.
pub fn run(script: &str) -> Book {
    let mut book = Book::new();
    for (place, line) in script.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let (event, expect) = line.rsplit_once('=').expect("a line ends in `= code`");
        let got = step(&mut book, event.trim());
        assert_eq!(got, expect.trim(), "line {}: {line}", place + 1);
        assert_eq!(book.verify(), [], "line {}: {line}", place + 1);
    }
    book
}

fn step(book: &mut Book, event: &str) -> String {
    let (verb, rest) = event.split_once(' ').expect("an event has a verb");
    let words: Vec<&str> = rest.split_whitespace().collect();
    let outcome = match (verb, words.as_slice()) {
        ("open", [at, commodity, limits @ ..]) => {
            let commodity = commodity.parse().expect("the test names a commodity");
            book.open(Account { path: path(at), commodity, limits: read_limits(limits) })
        }
        ("post", [id, ..]) => Transaction::from_moves(header(), &read_moves(&rest[id.len()..]))
            .and_then(|transaction| book.post(read_id(id), transaction)),
        ("rows", [id, ..]) => {
            Transaction::try_from_entries(header(), None, read_rows(&rest[id.len()..]))
                .and_then(|transaction| book.post(read_id(id), transaction))
        }
        ("reverse", [id, of]) => {
            let original = book.transaction(read_id(of)).expect("it was posted");
            let reversal = original.reversal(read_id(of), header());
            book.post(read_id(id), reversal)
        }
        ("undo", [id, of, ..]) => {
            let rows = read_rows(rest.splitn(3, ' ').nth(2).expect("undo has rows"));
            Transaction::try_from_entries(header(), Some(read_id(of)), rows)
                .and_then(|transaction| book.post(read_id(id), transaction))
        }
        ("limit", [at, "none"]) => book.limit(&path(at), None),
        ("limit", [at, most]) => book.limit(&path(at), Some(most.parse().expect("a limit"))),
        ("close", [at]) => book.close(&path(at)),
        ("balance", [at]) => {
            return book.account(&path(at)).expect("the account is open").balance.to_string();
        }
        ("holder", [part, serial]) => {
            let custody = book.custody(&key(part), &key(serial));
            return custody.map_or("nobody".to_owned(), |custody| custody.holder.to_string());
        }
        _ => panic!("no such event: {event}"),
    };
    match outcome {
        Ok(Outcome::Executed) => "ok".to_owned(),
        Ok(Outcome::Ignored) => "ignored".to_owned(),
        Err(refused) => refused.code.as_str().to_owned(),
    }
}

fn read_id(text: &str) -> TransactionId {
    TransactionId(text.parse().expect("an id is a number"))
}

fn read_limits(words: &[&str]) -> Limits {
    match words {
        ["holds"] => Limits::HOLDS,
        ["source"] => Limits::SOURCE,
        ["quota", most] => Limits::quota(most.parse().expect("a quota is a number")),
        _ => panic!("no such limits: {words:?}"),
    }
}

fn read_moves(text: &str) -> Vec<Move> {
    let moves = text.split(',').map(str::trim).filter(|each| !each.is_empty());
    moves
        .map(|each| {
            let words: Vec<&str> = each.split_whitespace().collect();
            let [from, "->", to, count, of] = words.as_slice() else {
                panic!("no move: {each}");
            };
            let what = match (count.strip_prefix('#'), *of) {
                (Some(serial), part) => Amount::Serial { part: key(part), serial: key(serial) },
                (None, "fen") => Amount::Fen(count.parse().expect("an amount")),
                (None, part) => {
                    Amount::Pieces { part: key(part), count: count.parse().expect("a count") }
                }
            };
            Move { from: path(from), to: path(to), what }
        })
        .collect()
}

fn read_rows(text: &str) -> Vec<Entry> {
    text.split(',')
        .map(|each| {
            let words: Vec<&str> = each.split_whitespace().collect();
            let [account, commodity, serial @ .., change] = words.as_slice() else {
                panic!("no row: {each}");
            };
            Entry {
                account: path(account),
                commodity: commodity.parse::<Commodity>().expect("a commodity"),
                serial: serial.first().map(|text| key(text)),
                change: change.parse().expect("a change"),
            }
        })
        .collect()
}
