//! `apply`: a decision becomes one transaction.

mod answer;
mod certificate;
mod documents;
mod messages;
mod number;
mod office;
mod ownership;
mod printed;
mod register;
mod returned;
mod rows;
mod typed;

use crate::accounts::{Noted, Posted, writes as ledger_writes};
use crate::campaign::Listed;
use crate::cases::LoadedAt;
use crate::code::RightCode;
use crate::counter::CounterAct;
use crate::document::NewDocument;
use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::journal::{Aggregate, Chain, NewEntry};
use crate::message::NewMessage;
use crate::outbox::NewOutbox;
use crate::schedule::NewRun;
use crate::{Result, Store, StoreError};
pub use answer::{Answer, Answered};
use base::{CaseId, CustomerId, Instant, PersonId, Zone};
pub(crate) use documents::DOCUMENT;
use engine::{CaseState, Decision};
use ledger::Source;
pub use printed::Printing;
use rows::Body;
pub(crate) use rows::Target;
pub(crate) use rows::{After, row_hash};

/// A decided case with what the server rendered for it.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The decision. For a new case `case.id` is `None`, and its `number` is drawn before
    /// ([`Store::next_number`]).
    pub decision: Decision,
    /// Where the case stood when it was loaded ([`crate::cases::LoadedCase::at`]); `None` for a
    /// new one.
    pub loaded: Option<LoadedAt>,
    /// Subject area of the process, for lists.
    pub area: String,
    /// Kind of the main state (`working`, `waiting_customer`, …), for lists.
    pub state_kind: String,
    /// Documents made or frozen by it, rendered.
    pub documents: Vec<NewDocument>,
    /// Messages to staff and to customers.
    pub messages: Vec<NewMessage>,
    /// Customers its forms name beside its own, by field.
    pub parties: Vec<(String, CustomerId)>,
    /// Work for reconcilers, beside what the store adds itself (`child_ended`).
    pub outbox: Vec<NewOutbox>,
}

/// One command's worth of change: the case, and the children it opened.
#[derive(Debug, Clone)]
pub struct Change {
    /// The case of the command.
    pub case: Decided,
    /// Cases opened in the same transaction; their `case.parent` is set by the store.
    pub children: Vec<Decided>,
    /// The key that makes the command idempotent, with the answer to give again.
    pub answer: Option<Answer>,
    /// The run of a schedule that opens the case, once.
    pub run: Option<NewRun>,
    /// The vehicle of a campaign that the case is opened for, once.
    pub listed: Option<Listed>,
    /// The shared counter it was done at, which the journal names beside the person.
    pub counter: Option<CounterAct>,
    /// Codes that customers read back for it, used up by it.
    pub codes: Vec<RightCode>,
    /// The blank form (预印空白单) it was written on, used up by it.
    pub blank: Option<String>,
    /// The company's time zone, for days in the register.
    pub zone: Zone,
}

impl Decided {
    /// Whether it writes of organisation units: their tree is then read anew.
    fn shapes(&self) -> bool {
        self.decision.followups.iter().any(|followup| match followup {
            engine::Followup::Register { target, .. } => target.starts_with("org."),
            _ => false,
        })
    }

    fn posts(&self, id: CaseId) -> Posted<'_> {
        let entries = &self.decision.entries;
        Posted {
            source: Source::Case(id),
            postings: &self.decision.postings,
            actor: entries.iter().rev().find_map(|entry| entry.actor),
            journaled: !entries.is_empty(),
        }
    }
}

impl Change {
    /// Whether it writes of organisation units: their tree is then read anew.
    pub fn shapes(&self) -> bool {
        std::iter::once(&self.case).chain(&self.children).any(Decided::shapes)
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its version now.
    pub version: i64,
    /// Children opened.
    pub children: Vec<CaseId>,
    /// Statements of the transaction.
    pub statements: usize,
}

/// One case of a command on its way into statements.
struct One<'a> {
    decided: &'a Decided,
    id: CaseId,
    parent: Option<CaseId>,
    zone: &'a Zone,
    /// What its last journal entry keeps of its postings.
    noted: Option<&'a Noted>,
    counter: Option<&'a CounterAct>,
}

/// Where the statements of a case stand.
struct Written {
    version: i64,
    /// The case's row.
    guard: usize,
    /// What it writes to registers: one that misses met somebody else's change.
    registers: std::ops::Range<usize>,
}

/// Events of time alone, and the end of a child that nothing answers: they leave the version as it
/// is, so that nobody's open form gets stale.
const EVENTS_OF_TIME: [&str; 4] = ["warned", "breached", "escalated", "child_ended"];

impl Store {
    /// Writes a decision: case (guarded by id, version, main state and journal), journal,
    /// deadlines, offers, lines, documents, messages, outbox, registers, children, postings,
    /// answer: all or nothing.
    ///
    /// [`StoreError::Stale`] when somebody was quicker. With another version than the one decided
    /// on: answer 409. With the same one only time or a note came in between: load and decide
    /// again. [`StoreError::Moved`]: what it posts was moved in between, take the book and decide
    /// again. `Taken("idempotency_key")`: the same command is being applied beside; ask
    /// [`Store::answered`]. `Taken("schedule_run")`: that period has opened its case before.
    /// `Taken("campaign_unit")`: that vehicle is listed already, or its campaign ended.
    pub async fn apply(&self, change: &Change, now: Instant) -> Result<Applied> {
        let id = |decided: &Decided| {
            decided.decision.case.id.unwrap_or_else(|| CaseId(self.new_id(now)))
        };
        let cases: Vec<(CaseId, &Decided)> =
            std::iter::once(&change.case).chain(&change.children).map(|d| (id(d), d)).collect();
        let postings: Vec<Posted<'_>> = cases.iter().map(|(id, d)| d.posts(*id)).collect();
        let plan = self.plan_postings(&postings, now).await?;
        let mut writes = Vec::new();
        let mut registers = Vec::new();
        let mut guard = None;
        let mut version = 0;
        let case = cases.first().map_or(CaseId(0), |(id, _)| *id);
        for (place, (id, decided)) in cases.iter().enumerate() {
            let parent = (place > 0).then_some(case);
            let (noted, counter) = (plan.noted(place), change.counter.as_ref());
            let one = One { decided, id: *id, parent, zone: &change.zone, noted, counter };
            let written = self.write_decided(&one, &mut writes, now).await?;
            if place == 0 {
                (version, guard) = (written.version, Some(written.guard));
            }
            registers.push(written.registers);
        }
        let codes = writes.len();
        writes.extend(change.codes.iter().map(RightCode::used));
        let blank = change.blank.as_ref();
        writes.extend(blank.map(|number| crate::blank::used(number, case, now)));
        let codes = codes..writes.len();
        // The ledger comes last: what many post to is locked for the shortest time.
        let ledger = writes.len();
        writes.extend(ledger_writes(&plan, self.exec().dialect())?);
        let ledger = ledger..writes.len();
        let answer_place = change.answer.as_ref().map(|answer| {
            writes.push(answer.write(Some(case), now));
            writes.len() - 1
        });
        let (once, names) = (writes.len(), self.once(change, case, &mut writes, now));
        let statements = writes.len();
        match self.exec().write(writes).await {
            Ok(_) => Ok(Applied {
                case,
                number: change.case.decision.case.number.clone().unwrap_or_default(),
                version,
                children: cases[1..].iter().map(|(id, _)| *id).collect(),
                statements,
            }),
            Err(Rollback::Guard(place)) if Some(place) == guard => Err(self.stale(case).await?),
            Err(Rollback::Guard(place)) if Some(place) == answer_place => {
                Err(StoreError::Taken("idempotency_key"))
            }
            Err(Rollback::Guard(place)) if place >= once => {
                Err(StoreError::Taken(names.get(place - once).copied().unwrap_or("case")))
            }
            Err(Rollback::Guard(place)) if ledger.contains(&place) => Err(StoreError::Moved),
            Err(Rollback::Guard(place)) if codes.contains(&place) => Err(StoreError::Moved),
            Err(Rollback::Guard(place)) if registers.iter().any(|r| r.contains(&place)) => {
                Err(StoreError::Moved)
            }
            Err(Rollback::Error(StoreError::Taken("reversal"))) => Err(StoreError::Moved),
            Err(other) => Err(other.into()),
        }
    }

    /// What opens a case once only, each with its name: the run of a schedule, the vehicle of a
    /// campaign. Nothing is written behind them.
    fn once(
        &self,
        change: &Change,
        case: CaseId,
        writes: &mut Vec<Write>,
        now: Instant,
    ) -> Vec<&'static str> {
        let run = change.run.as_ref().map(|run| run.opened(case, self.new_id(now), now));
        let listed = change.listed.map(|listed| listed.write(case, now));
        let all = [("schedule_run", run), ("campaign_unit", listed)];
        let all: Vec<_> =
            all.into_iter().filter_map(|(name, write)| Some((name, write?))).collect();
        let names = all.iter().map(|(name, _)| *name).collect();
        writes.extend(all.into_iter().map(|(_, write)| write));
        names
    }

    async fn stale(&self, case: CaseId) -> Result<StoreError> {
        let row = self.exec().row("SELECT version FROM cases WHERE id = $1", cells![case]).await?;
        let current = row.ok_or(StoreError::NotFound("case"))?.int()?;
        Ok(StoreError::Stale { current })
    }

    /// The statements of one case.
    async fn write_decided(
        &self,
        one: &One<'_>,
        writes: &mut Vec<Write>,
        now: Instant,
    ) -> Result<Written> {
        let One { decided, id, .. } = *one;
        let decision = &decided.decision;
        let path = match &decided.loaded {
            Some(at) if at.org == decision.case.org => at.org_path.clone(),
            _ => self.org(decision.case.org).await?.path,
        };
        let timed = decision.entries.iter().all(|e| EVENTS_OF_TIME.contains(&e.event.as_str()));
        let version = decision.case.version + i64::from(!timed || decided.loaded.is_none());
        let mut case = decision.case.clone();
        case.parent = case.parent.or(one.parent);
        // A vehicle that a rule confirms has to stand in the register before the case names it.
        if let Some(confirmed) = self.confirmed(decision, &path, now).await? {
            case.unit = Some(confirmed.unit);
            writes.extend(confirmed.writes);
        }
        let target = Target { id, version, path: &path, case: &case, now };
        let mut chain = self.append_entries(one, &target)?;
        let guard = writes.len();
        writes.push(rows::case_row(decided, &target, &chain)?);
        let entries = chain.ids();
        writes.append(&mut chain.inserts());
        writes.extend(crate::measures::writes(id, &decision.entries, &entries));
        writes.extend(rows::deadlines(&target, || self.new_id(now))?);
        writes.extend(rows::offers(decision, &target, decided.loaded.is_some())?);
        writes.extend(rows::lines(decision, &target, decided.loaded.is_none()));
        writes.extend(rows::files(decision, &target));
        writes.extend(crate::verdicts::writes(&decision.judged, &target, || self.new_id(now))?);
        if decided.loaded.is_none() {
            writes.extend(self.typed_frame(&target));
        }
        writes.extend(served(decided, &target));
        let registers = writes.len();
        writes.extend(self.register(decision, &target, one.zone).await?);
        let registers = registers..writes.len();
        writes.extend(rows::parties(decided, &target));
        let documents = &decided.documents;
        writes.extend(self.document_rows(documents, id, case.customer, now).await?);
        writes.extend(messages::writes(&decided.messages, &target)?);
        writes.extend(self.to_customers(&decided.messages, &target).await?);
        writes.extend(self.outbox_writes(decided, &target)?);
        Ok(Written { version, guard, registers })
    }

    fn append_entries(&self, one: &One<'_>, target: &Target<'_>) -> Result<Chain> {
        let decided = one.decided;
        let mut chain = match &decided.loaded {
            Some(at) => Chain::at(Aggregate::Case, target.id.0, at.seq, at.hash),
            None => Chain::begin(Aggregate::Case, target.id.0),
        };
        let entries = &decided.decision.entries;
        for (place, entry) in entries.iter().enumerate() {
            let last = place + 1 == entries.len();
            let after = if last { Some(After::of(target)?) } else { None };
            let noted = one.noted.filter(|_| last);
            let counter = one.counter.filter(|_| entry.actor.is_some());
            let body = crate::exec::cell::print(&Body { entry, after, noted, counter })?;
            chain.push(
                NewEntry {
                    id: self.new_id(target.now),
                    occurred_at: entry.occurred_at.min(target.now),
                    actor: entry.actor,
                    event: entry.event.clone(),
                    subject: entry.subject.clone(),
                    body,
                },
                target.now,
            );
        }
        Ok(chain)
    }

    /// A note on a case, by whom and at which counter: a journal entry that leaves the version
    /// alone.
    pub async fn add_note(
        &self,
        case: CaseId,
        by: (PersonId, Option<&CounterAct>),
        text: &str,
        now: Instant,
    ) -> Result<()> {
        // Somebody may write at the same moment; a note fits behind whatever they wrote.
        let mut tries = 0;
        loop {
            let sql =
                "SELECT c.journal_seq, c.journal_head, c.customer FROM cases c WHERE c.id = $1";
            let row = self.exec().row(sql, cells![case]).await?;
            let mut row = row.ok_or(StoreError::NotFound("case"))?;
            let (seq, hash) = (row.int()?, crate::journal::stored_hash(row.bytes()?)?);
            let customer = row.opt_int()?.map(base::CustomerId);
            let text = self.seal_for_case(customer, text).await?;
            let mut chain = Chain::at(Aggregate::Case, case.0, seq, hash);
            chain.push(rows::note(self.new_id(now), by, text, now)?, now);
            match self.exec().write(chain.writes()).await {
                Err(Rollback::Guard(_)) if tries < 5 => tries += 1,
                result => return result.map(|_| ()).map_err(Into::into),
            }
        }
    }
}

/// Whoever serves a vehicle or customer finds them from then on by their last digits or name.
fn served(decided: &Decided, target: &Target<'_>) -> Option<Write> {
    let CaseState { unit, customer, .. } = target.case;
    let before = decided.loaded.as_ref().map(|at| (at.unit, at.customer, at.org));
    let after = (*unit, *customer, target.case.org);
    if (unit.is_none() && customer.is_none()) || before == Some(after) {
        return None;
    }
    Some(Write::any(
        "INSERT INTO search_tokens (token, kind, subject, id, path) \
         SELECT DISTINCT token, kind, subject, id, $3 FROM search_tokens \
         WHERE (subject = 'unit' AND id = $1) OR (subject = 'customer' AND id = $2) \
         ORDER BY token, kind, subject, id ON CONFLICT DO NOTHING",
        cells![unit.map_or(0, |u| u.0), customer.map_or(0, |c| c.0), target.path],
    ))
}
