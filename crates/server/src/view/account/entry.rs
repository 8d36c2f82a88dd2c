//! An account and what was posted to it.

use super::{AccountRef, Names, PartRef, Quoted, SourceCase, SourceImport};
use crate::view::sheet::Cell;
use crate::view::{ClauseView, PersonRef, Words};
use base::{Instant, Lang, Zone};
use ledger::Commodity;
use serde::Serialize;
use store::accounts::{AccountRow, EntryRow};
use utoipa::ToSchema;

/// An account (科目) as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerAccount)]
pub struct AccountView {
    account: AccountRef,
    /// `fen` or `pieces`.
    counts: &'static str,
    /// The part it counts.
    part: Option<PartRef>,
    /// Whether the part goes by serial.
    tracked: bool,
    /// What it holds: fen or pieces. A source holds less than nothing.
    balance: i64,
    /// Its quota (限额), in the same unit.
    at_most: Option<i64>,
    /// Whether it is the outside world and may go below zero.
    source: bool,
    /// The organisation unit it belongs to; the company's own where absent.
    owner: Option<String>,
    opened_at: String,
    closed_at: Option<String>,
}

impl AccountView {
    /// What has to be looked up for it.
    pub fn quote(row: &AccountRow, quoted: &mut Quoted) {
        quoted.path(&row.path);
    }

    /// An account in words.
    pub fn of(names: &Names<'_>, row: &AccountRow) -> Self {
        Self {
            account: names.account(&row.path),
            counts: counts(&row.commodity),
            part: names.part_of(&row.commodity),
            tracked: matches!(row.commodity, Commodity::Serials(_)),
            balance: row.balance,
            at_most: row.at_most,
            source: row.source,
            owner: row.owner_name.clone(),
            opened_at: row.opened_at.to_string(),
            closed_at: row.closed_at.map(|at| at.to_string()),
        }
    }
}

impl AccountView {
    /// The account as cells of a sheet.
    pub fn cells(&self, lang: Lang) -> Vec<Cell> {
        let fen = self.counts == "fen";
        let (pieces, yuan) = if fen {
            (Cell::Empty, Cell::Fen(self.balance))
        } else {
            (Cell::Whole(self.balance), Cell::Empty)
        };
        let amount = |n| if fen { Cell::Fen(n) } else { Cell::Whole(n) };
        let state = match (self.closed_at.is_some(), lang) {
            (true, Lang::Zh) => "已关闭",
            (true, Lang::En) => "closed",
            (false, Lang::Zh) => "使用中",
            (false, Lang::En) => "open",
        };
        vec![
            self.account.words.get(lang).into(),
            self.account.path.as_str().into(),
            self.part.as_ref().map_or(Cell::Empty, |part| part.code.as_str().into()),
            pieces,
            yuan,
            self.at_most.map_or(Cell::Empty, amount),
            self.owner.as_deref().map_or(Cell::Empty, Cell::from),
            state.into(),
        ]
    }
}

/// What an account counts, as one word.
pub fn counts(commodity: &Commodity) -> &'static str {
    if *commodity == Commodity::Fen { "fen" } else { "pieces" }
}

/// The page of an account: itself, and what was posted to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountPage {
    /// The account.
    pub account: AccountView,
    /// What was posted, the newest first.
    pub items: Vec<EntryView>,
    /// Where the next page begins; null at the end.
    pub next: Option<String>,
}

/// A line of an account page, explained.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LedgerEntry)]
pub struct EntryView {
    /// The transaction (凭证).
    transaction: String,
    /// The posting template.
    posting: String,
    /// The posting in words.
    title: Words,
    /// Kind of the movement: `receipt`, `transfer`, `use`…
    kind: Option<&'static str>,
    clauses: Vec<ClauseView>,
    serial: Option<String>,
    /// What the account gained; below zero what it gave.
    change: i64,
    /// What it held afterwards.
    balance: i64,
    /// Where it came from, or went.
    counter: Vec<CounterView>,
    /// The case it stems from; absent for what was imported.
    case: Option<SourceCase>,
    /// The import it stems from.
    import: Option<SourceImport>,
    /// When it happened.
    occurred_at: String,
    /// When it was recorded.
    recorded_at: String,
    /// Who did it; absent for the system.
    actor: Option<PersonRef>,
    /// The transaction it undoes.
    reverses: Option<String>,
    /// The transaction that undid it.
    reversed_by: Option<String>,
    #[serde(skip)]
    at: Instant,
}

/// The other side of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterView {
    account: AccountRef,
    /// What the transaction did to it.
    change: i64,
}

impl EntryView {
    /// What has to be looked up for it.
    pub fn quote(row: &EntryRow, quoted: &mut Quoted) {
        quoted.person(row.actor);
        for counter in &row.counter {
            quoted.path(&counter.path);
        }
    }

    /// A line in words.
    pub fn of(names: &Names<'_>, row: &EntryRow) -> Self {
        let counter = row.counter.iter().map(|counter| CounterView {
            account: names.account(&counter.path),
            change: counter.change,
        });
        Self {
            transaction: row.transaction.to_string(),
            posting: row.posting.to_string(),
            title: names.posting(&row.posting, row.reverses.is_some()),
            kind: row.kind.map(ledger::MovementKind::as_str),
            clauses: names.clauses(&row.posting),
            serial: row.serial.as_ref().map(ToString::to_string),
            change: row.change,
            balance: row.balance,
            counter: counter.collect(),
            import: SourceImport::of(row.import.as_ref()),
            case: names.case(row.case, row.case_number.as_deref(), row.process.as_deref()),
            occurred_at: row.occurred_at.to_string(),
            recorded_at: row.recorded_at.to_string(),
            actor: names.person(row.actor),
            reverses: row.reverses.map(|id| id.to_string()),
            reversed_by: row.reversed_by.map(|id| id.to_string()),
            at: row.occurred_at,
        }
    }

    /// The line as cells of a sheet.
    pub fn cells(&self, of: &AccountView, zone: &Zone, lang: Lang) -> Vec<Cell> {
        let amount = |n| if of.counts == "fen" { Cell::Fen(n) } else { Cell::Whole(n) };
        let others: Vec<&str> = self.counter.iter().map(|c| c.account.words.get(lang)).collect();
        let (number, process) = match (&self.case, &self.import) {
            (Some(case), _) => (case.number.as_str().into(), case.process_title.get(lang).into()),
            (None, Some(import)) => {
                let import_word = if lang == Lang::Zh { "导入" } else { "Import" };
                (import.file_name.as_str().into(), import_word.into())
            }
            (None, None) => (Cell::Empty, Cell::Empty),
        };
        let optional = |text: Option<&str>| text.map_or(Cell::Empty, Cell::from);
        vec![
            zone.local(self.at).strftime("%Y-%m-%d %H:%M").to_string().as_str().into(),
            self.title.get(lang).into(),
            amount(self.change),
            amount(self.balance),
            optional(self.serial.as_deref()),
            others.join("; ").as_str().into(),
            number,
            process,
            optional(self.actor.as_ref().map(|person| person.name.as_str())),
        ]
    }
}
