//! What the books say: facts that a form or an effect of an action reads from the ledger, and the
//! judgement of what a decision posts.

use super::{known, problem_of, till};
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use crate::view::account::{Names, Quoted};
use base::{CaseId, Money, Text, TransactionId};
use engine::{CaseState, Decision, Facts, OpenItem};
use ledger::Path;
use rulebook::Release;
use rulebook::model::{Action, Effect, Process, scope};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::Scope;

/// Accounts of invoice numbers, one for each: the first key of their paths.
const INVOICES: &str = "invoice";
/// Accounts of labels of old parts (旧件标签), one for each: the first key of their paths.
const LABELS: &str = "label";

/// The fact that names what stands between a unit and the company.
const BETWEEN: [&str; 1] = ["books"];

/// Adds what stands between the unit of a case and the company and what is left at the unit, where
/// an action of its process asks for it: the page of the case shows their forms.
pub async fn read_between(
    app: &App,
    (release, process): (&Release, &Process),
    case: Option<CaseId>,
    facts: &mut Facts,
) -> Answer<()> {
    let asks = |roots: &[&str]| process.actions.iter().any(|action| action.reads_any(roots));
    if asks(&BETWEEN) {
        facts.till.books = between(app, facts).await?;
    }
    if asks(&[till::OPEN_ITEMS]) {
        facts.till.open_items = open_now(app, (release, process), facts).await?;
    }
    if asks(&[known::LEFT]) {
        known::read_left(app, case, facts).await?;
    }
    Ok(())
}

/// Adds what an action reads of the books: the shelf its rows of parts are compared with, what
/// other records say against the case, what the case posted when it reverses, what stands between
/// its unit and the company, and what the company knows of that unit.
pub async fn read_books(
    app: &App,
    (release, process): (&Release, &Process),
    actions: &[&Action],
    case: Option<&CaseState>,
    facts: &mut Facts,
) -> Answer<()> {
    for action in actions {
        let shelf = engine::form::shelf_of(release, process, action, case, facts, app.now());
        if let Some(shelf) = shelf {
            facts.stock = app.store().on_hand(shelf.kept, &shelf.warehouse).await?;
        }
        if action.reads_any(&BETWEEN) {
            facts.till.books = between(app, facts).await?;
        }
        known::read(app, (release, &process.id), action, case, facts).await?;
        if case.is_some() && action.reads_any(&[till::OPEN_ITEMS]) {
            facts.till.open_items = open_now(app, (release, process), facts).await?;
        }
        facts.doubts.extend(super::doubts::asked(app, action, case, facts).await?);
        let reverses = action.effects.iter().any(|effect| matches!(effect, Effect::Reverse { .. }));
        if let (true, Some(case)) = (reverses, case.and_then(|case| case.id)) {
            let posted = app.store().case_transactions(case, &Scope::company()).await?;
            let stands = posted
                .into_iter()
                .filter(|row| row.reversed_by.is_none() && row.transaction.reverses().is_none());
            facts.posted = stands.map(|row| (row.id, row.transaction)).collect();
        }
    }
    Ok(())
}

/// What stands open between the case's unit and the company now (往来未清项).
async fn open_now(
    app: &App,
    (release, process): (&Release, &Process),
    facts: &Facts,
) -> Answer<Vec<OpenItem>> {
    let unit = facts.org.get("code").and_then(Json::as_str).unwrap_or_default();
    till::open_items(app, release, (&process.id, unit)).await
}

/// What stands between the case's unit and the company (往来账); what was never used is zero.
async fn between(app: &App, facts: &Facts) -> Answer<BTreeMap<String, Money>> {
    let unit = facts.org.get("code").and_then(Json::as_str).unwrap_or_default();
    let mut held = BTreeMap::new();
    for name in scope::books() {
        let Ok(path) = Path::try_new(&format!("station/{unit}/{name}")) else { continue };
        let balance = match app.store().account(&path, &Scope::company()).await {
            Ok(account) => account.balance,
            Err(store::StoreError::NotFound(_)) => 0,
            Err(error) => return Err(error.into()),
        };
        held.insert(name.to_owned(), Money(balance));
    }
    Ok(held)
}

/// Whether the books take what a decision posts. A refusal names its account as the reader does.
pub async fn settle(
    app: &App,
    session: Option<&Session>,
    release: &Release,
    decision: &Decision,
) -> Answer<()> {
    if decision.postings.is_empty() {
        return Ok(());
    }
    let mut book = app.store().book(&decision.postings).await?;
    // Numbers nobody has: what is judged here is not what is written.
    let first = TransactionId(i64::MAX - 100_000);
    let Err(mut refusal) = engine::settle(decision, &mut book, first) else { return Ok(()) };
    let path = refusal.account.take().and_then(|path| Path::try_new(&path).ok());
    let first = match &path {
        Some(path) => entered(app, path).await?,
        None => None,
    };
    if let (Some(path), Some(session)) = (path, session) {
        let mut quoted = Quoted::default();
        quoted.path(&path);
        let words = Box::pin(Names::of(app, session, quoted)).await?.account(&path).words;
        let Text { zh, en } = &mut refusal.sentence;
        *zh = zh.replace(path.as_str(), &format!("“{}”", words.zh));
        *en = en.replace(path.as_str(), &format!("“{}”", words.en));
    }
    if let Some(first) = first {
        (refusal.sentence, refusal.remedy) = first.told();
    }
    Err(problem_of(release, &refusal))
}

/// A number that holds once, with the case that used it first.
struct First {
    label: bool,
    number: String,
    case: String,
}

impl First {
    /// What is wrong, and what would make it pass.
    fn told(&self) -> (Text, Option<Text>) {
        let Self { number, case, .. } = self;
        if self.label {
            let wrong = Text::new(
                format!("旧件 {number} 已经用过：见 {case}"),
                format!("The old part {number} was used already: see {case}"),
            );
            let right = Text::new(
                "一件旧件只抵一次；核对标签上的号码",
                "An old part counts once; check the number on its label",
            );
            return (wrong, Some(right));
        }
        let wrong = Text::new(
            format!("发票号码 {number} 已经登记过：见 {case}"),
            format!("Invoice number {number} was entered already: see {case}"),
        );
        let right = Text::new(
            "核对发票上的号码；同一张发票不登记两次",
            "Check the number on the invoice; one invoice is not entered twice",
        );
        (wrong, Some(right))
    }
}

/// The number of an invoice or of a label that was used already, and the case that did.
async fn entered(app: &App, path: &Path) -> Answer<Option<First>> {
    let mut keys = path.keys();
    let label = match keys.next() {
        Some(INVOICES) => false,
        Some(LABELS) => true,
        _ => return Ok(None),
    };
    let Some(number) = keys.last().map(str::to_owned) else { return Ok(None) };
    let page = app.store().account_entries(path, None, 100, &Scope::company()).await;
    let first = match page {
        // What a label was used for and then taken back stands there as well: the newest counts.
        Ok(page) if label => page.items.into_iter().next(),
        Ok(page) => page.items.into_iter().next_back(),
        Err(store::StoreError::NotFound(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let case = first.and_then(|entry| entry.case_number);
    Ok(case.map(|case| First { label, number, case }))
}

/// Somebody posted to the same accounts meanwhile: to be decided again on the books as they stand.
pub fn moved() -> Problem {
    Problem::new("books-moved").retry_after(1)
}
