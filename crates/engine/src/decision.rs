//! What the engine answers: everything that follows from a command, as data.

use crate::case::CaseState;
use crate::count::Delta;
use crate::grants::Handover;
use crate::why::Args;
use base::{Clauses, Instant, PersonId, Text, TransactionId, Word};
use ledger::{Account, Key, Move, MovementKind, Path, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// The answer to a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is done; the store applies it in one transaction.
    Decided(Box<Decision>),
    /// It is refused; nothing changes. What time did meanwhile (`advance`) is decided separately.
    Refused(Box<Refusal>),
    /// It was consumed before: a repeated timer or a child's end.
    Ignored,
}

/// A decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The case as it stands afterwards; `version` is the version it was decided on.
    pub case: CaseState,
    /// Journal entries in order.
    pub entries: Vec<Entry>,
    /// What else is to be written or done, in written order.
    pub followups: Vec<Followup>,
    /// What moves in the ledger, in written order. [`crate::settle`] judges it against the book
    /// before it is applied.
    pub postings: Vec<Posting>,
    /// The actions now open and to whom: to-do rows, replacing the earlier ones.
    pub offers: Vec<Offer>,
    /// The verdicts given by it, with the facts they were given on, for a replay.
    pub judged: Vec<Judged>,
}

/// A verdict as it was given (三包判定), with its facts: what a draft of the rules is tried on.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The facts it was given on; nothing personal is among them.
    pub facts: crate::verdict::VerdictFacts,
    /// What it came down to.
    pub given: crate::warranty::Given<'static>,
    /// The deciding row.
    pub row: Option<String>,
    /// Content hash of the release that judged.
    pub release: String,
}

/// One effect on the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Posting {
    /// The rule that posts: `finish_repair/post/part_use`.
    pub rule: String,
    /// Clauses of the template.
    pub clauses: Vec<String>,
    /// When it happened in the world.
    pub occurred_at: Instant,
    /// What is posted.
    pub what: Planned,
}

/// What an effect asks of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum Planned {
    /// A transaction (凭证); its source is the case, whose id the store knows.
    Moves {
        /// The template (记账模板).
        posting: Key,
        /// The kind of the movement, where parts move (EB-5.2.3).
        kind: Option<MovementKind>,
        /// What goes from where to where.
        moves: Vec<Move>,
        /// The accounts it names, as they are opened where they do not exist yet.
        accounts: Vec<NewAccount>,
    },
    /// The exact opposite of what this case posted before (冲销).
    Reversal {
        /// Which transaction.
        of: TransactionId,
        /// What it did.
        original: Transaction,
    },
    /// A quota is decided (配额): what the account holds at most; `None` lifts it.
    Limit {
        /// The account.
        account: NewAccount,
        /// Fen or pieces.
        at_most: Option<i64>,
    },
    /// An account is closed for good, at zero only.
    Close {
        /// The account.
        path: Path,
    },
}

/// An account that a posting names, opened if it is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The account with the limits of its rule.
    pub account: Account,
    /// Code of the organisation unit it belongs to; `None`: the company's own.
    pub owner: Option<String>,
}

/// A journal entry. The why is codes and arguments, rendered in the reader's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// `opened`, `action`, `approved` (one of several), `handed_on`, `taken_back`, `child_ended`,
    /// `warned`, `breached`, `escalated`, `breach_annulled`, `closed`, `reopened`,
    /// `self_approved`, `migrated`.
    pub event: String,
    /// The action, deadline or child it is about.
    pub subject: String,
    /// Who; `None` for the system.
    pub actor: Option<PersonId>,
    /// Whose office they held in it: as a deputy (代), or because it was handed on to them (转办).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<PersonId>,
    /// When it happened.
    pub occurred_at: Instant,
    /// Whether it was entered late (补录).
    pub late: bool,
    /// Moves: full state names before and after, one per track moved.
    pub moves: Vec<(String, String)>,
    /// The submitted form.
    pub form: Map<String, Json>,
    /// Why: rules, clauses, inputs, arithmetic.
    pub why: Vec<Why>,
    /// The reason given, where one was asked.
    pub reason: Option<String>,
    /// What measures counted of it: the totals are the sum of these and nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Delta>,
}

/// One step of an explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// Code of the sentence: `term_starts`, `row_hit`, `require_held`, `require_noted`, …
    pub code: Word,
    /// The rule's path, for example `coverage/battery-low` or `repair_order/assign/certified`.
    pub rule: Word,
    /// Clauses.
    pub clauses: Clauses,
    /// Arguments of the sentence: inputs and results.
    pub args: Args,
}

/// What follows from a decision beside the case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Followup {
    /// Make a document.
    Print {
        /// Its key.
        document: String,
    },
    /// Freeze a document: its signature has come.
    Freeze {
        /// Its key.
        document: String,
        /// The signature field.
        field: String,
    },
    /// Send a message.
    Notify {
        /// Its key.
        message: String,
        /// Roles or `@…`.
        to: Vec<String>,
        /// The deadline it is about, when one warned or broke; the action that was handed on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<String>,
    },
    /// Open a child case with these answers; its start was decided with it.
    Open {
        /// The process.
        process: String,
        /// Fields of its start form.
        form: Map<String, Json>,
    },
    /// Have the open cases of a process that this case opened do an action (随之办理), each by a
    /// command of its own.
    Tell {
        /// The process.
        process: String,
        /// The action.
        act: String,
    },
    /// Write to the vehicle or another registered thing.
    Register {
        /// `unit.component`, `unit.warning`, `unit.repair`, `unit.customer`.
        target: String,
        /// Values.
        values: Map<String, Json>,
    },
    /// Give these cases from who leaves to who comes (交接班), each by a command of its own.
    HandOver {
        /// The cases.
        cases: Vec<base::CaseId>,
        /// Who leaves.
        from: PersonId,
        /// Who comes.
        to: PersonId,
    },
    /// Tell the parent that this case ended.
    TellParent {
        /// The final state.
        state: String,
        /// Which end of the case it is.
        round: u32,
    },
}

/// An action open to somebody now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// The action.
    pub action: String,
    /// Roles and `@…` that may do it.
    pub by: Vec<String>,
    /// One person, when only that one may (assignee).
    pub person: Option<PersonId>,
    /// Who has it by name, because it was handed on.
    pub handed: Option<Handover>,
    /// Who approved it already: nothing is left for them to do.
    pub approved: Vec<PersonId>,
    /// Whether it stands among what they have to do; otherwise only the case offers it.
    pub todo: bool,
    /// The earliest running deadline it would stop.
    pub due_at: Option<Instant>,
    /// Why it is blocked now, with what would open it; `None` when it is free. With grade `reason`
    /// it is open to whoever gives one.
    pub blocked: Option<Refusal>,
}

/// A refusal: names process, state, action, rule, clause and what would make it pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code of `errors.toml`: `require-failed`, `not-allowed-now`, `not-your-role`,
    /// `separation-of-duties`, `form-invalid`, `reason-needed`, `setting-unset`, `facts-refused`…
    pub code: String,
    /// The process.
    pub process: String,
    /// Where the case stands.
    pub state: String,
    /// The action.
    pub action: String,
    /// The rule, for example `assign/certified`.
    pub rule: String,
    /// Clauses.
    pub clauses: Vec<String>,
    /// What is wrong.
    pub sentence: Text,
    /// What would make it pass.
    pub remedy: Option<Text>,
    /// The requirement's grade, when one failed; `reason` can be answered by giving one.
    pub grade: Option<rulebook::model::Grade>,
    /// Fields with their sentences.
    pub fields: Vec<FieldError>,
    /// What of the ledger the sentence names by its path, to be shown in words.
    #[serde(default)]
    pub account: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field; lines as `lines[2].unit_price`.
    pub field: String,
    /// Stable code: `required`, `type`, `range`, `choice`, `invalid`.
    pub code: String,
    /// What is wrong and what would be right.
    pub sentence: Text,
}
