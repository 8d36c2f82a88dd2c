//! What safe keeping costs: a walk over a million entries, a backup while people work, and the
//! sealing of personal data.

use super::desk::{Desk, Folder, NOW, at_once, config, said};
use super::page::Page;
use super::served::Failed;
use super::stopwatch;
use base::{CustomerId, Instant};
use rulebook::model::form::Personal as Class;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use store::customer::NewCustomer;
use store::{Store, StoreError};

/// Cases, and journal entries of each: a million in all. A trial run has no use for so many.
const CASES: usize = if cfg!(debug_assertions) { 1_000 } else { 100_000 };
const ENTRIES: usize = 10;
/// Customers whose data is sealed.
const CUSTOMERS: usize = 2_000;
/// Who fills the store at once, and who works while it is backed up.
const FILLING: usize = 64;
const WORKING: usize = 8;
/// How long the work alone is watched, to compare.
const ALONE: Duration = Duration::from_secs(5);

/// On SQLite in a folder of its own.
pub fn measure(page: &mut Page) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failed::new(error.to_string()))?;
    let folder = Folder::make()?;
    let desk = Arc::new(runtime.block_on(Desk::open(&folder.0, None)).map_err(said)?);
    runtime.block_on(sealing(&desk, page)).map_err(said)?;
    runtime.block_on(fill(&desk)).map_err(said)?;
    verifying(&runtime, &desk.store, page)?;
    backing_up(&runtime, &folder, &desk, page)?;
    runtime.block_on(desk.store.close());
    Ok(())
}

/// A customer is three sealed fields under a key of their own, and the tokens they are found by.
async fn sealing(desk: &Arc<Desk>, page: &mut Page) -> Result<(), StoreError> {
    let mut customers = vec![];
    let mut adding = Duration::ZERO;
    for n in 0..CUSTOMERS {
        let customer = NewCustomer {
            name: Some(format!("顾客{n}")),
            phone: Some(format!("139{n:08}")),
            address: Some("浙江省杭州市西湖区文三路1号".into()),
            org: Some(desk.station),
            ..NewCustomer::default()
        };
        let (added, took) = stopwatch::awaited(desk.store.add_customer(customer, NOW)).await;
        customers.push(added?);
        adding += took;
    }
    page.figure(
        "a new customer, kept sealed",
        micros(adding, CUSTOMERS),
        "one at a time: a key of their own, name, phone and address sealed under it, search \
         tokens, journal, durable",
    );
    let (sealed, took) = stopwatch::awaited(seal(&desk.store, &customers)).await;
    sealed?;
    page.figure(
        "encryption of a case",
        micros(took, CUSTOMERS),
        "three personal answers of a form sealed under the customer's key, the key read and \
         unwrapped each time",
    );
    let (read, took) = stopwatch::awaited(open(&desk.store, &customers)).await;
    read?;
    page.figure(
        "a customer read and opened",
        micros(took, CUSTOMERS),
        "the row and the key read, three fields opened; in turn",
    );
    Ok(())
}

async fn seal(store: &Store, customers: &[CustomerId]) -> Result<(), StoreError> {
    for customer in customers {
        for text in ["王小明", "13900001111", "浙江省杭州市西湖区文三路1号"] {
            store.seal_for(*customer, Class::Address, text).await?;
        }
    }
    Ok(())
}

async fn open(store: &Store, customers: &[CustomerId]) -> Result<(), StoreError> {
    for customer in customers {
        store.customer(*customer).await?;
    }
    Ok(())
}

async fn fill(desk: &Arc<Desk>) -> Result<(), StoreError> {
    let desk = Arc::clone(desk);
    at_once(CASES, FILLING, move |n| {
        let desk = Arc::clone(&desk);
        async move { desk.store.apply(&desk.change(&n.to_string(), vec![], ENTRIES), at(n)).await }
    })
    .await?;
    Ok(())
}

fn verifying(
    runtime: &tokio::runtime::Runtime,
    store: &Store,
    page: &mut Page,
) -> Result<(), Failed> {
    let (sealed, took) = stopwatch::timed(|| runtime.block_on(seal_all(store)));
    let seals = sealed.map_err(said)?;
    page.figure(
        &format!("{} entries sealed", CASES * ENTRIES),
        format!("{:.1} s", took.as_secs_f64()),
        format!("{seals} seals after each other; a server seals what is new every few seconds"),
    );
    let (report, took) = stopwatch::timed(|| runtime.block_on(store.verify(None)));
    let report = report.map_err(said)?;
    if let Some(problem) = report.problems.first() {
        return Err(Failed::new(format!("the journal does not verify: {}", problem.en)));
    }
    page.figure(
        &format!("`verify` on {} entries", report.entries),
        format!("{:.1} s", took.as_secs_f64()),
        format!("of {CASES} cases: each hash, each chain, each seal"),
    );
    Ok(())
}

/// Seals until nothing is left; how many seals that took, as each takes a bounded number.
async fn seal_all(store: &Store) -> Result<u32, StoreError> {
    let mut seals = 0;
    while store.seal(NOW).await?.is_some() {
        seals += 1;
    }
    Ok(seals)
}

/// Work goes on while the backup is taken; how long its commands take with it and without.
fn backing_up(
    runtime: &tokio::runtime::Runtime,
    folder: &Folder,
    desk: &Arc<Desk>,
    page: &mut Page,
) -> Result<(), Failed> {
    let target = folder.0.join("backup.zip");
    let config = config(&folder.0, None).map_err(said)?;
    let next = Arc::new(AtomicUsize::new(0));
    let alone = runtime.block_on(async {
        work(desk, &next, tokio::time::sleep(ALONE)).await.map(|(all, ())| all)
    });
    let alone = alone.map_err(said)?;
    let (beside, took) = stopwatch::timed(|| {
        runtime.block_on(work(desk, &next, store::backup::backup(&config, &target, NOW)))
    });
    let (beside, made) = beside.map_err(said)?;
    let manifest = made.map_err(|refused| Failed::new(refused.0.en))?;
    let bytes = std::fs::metadata(&target)?.len();
    page.figure(
        &format!("backup of {CASES} cases while serving"),
        format!("{:.1} s", took.as_secs_f64()),
        format!(
            "{} rows, {} MB of one file, sealed and hashed",
            manifest.rows(),
            bytes / 1_000_000
        ),
    );
    let shown = |all: &[Duration]| {
        let at = |percent: usize| all[(all.len() * percent / 100).min(all.len() - 1)];
        format!("p50 {:.1} ms, p99 {:.1} ms", millis(at(50)), millis(at(99)))
    };
    let how = format!("{WORKING} at once, each a case and its journal, durable when answered");
    page.figure("commands beside the backup", shown(&beside), &how);
    page.figure("commands without it", shown(&alone), "the same");
    Ok(())
}

/// Opens cases until something else is done; how long each took, the shortest first.
async fn work<T>(
    desk: &Arc<Desk>,
    next: &Arc<AtomicUsize>,
    other: impl Future<Output = T>,
) -> Result<(Vec<Duration>, T), StoreError> {
    let over = Arc::new(AtomicBool::new(false));
    let mut hands = vec![];
    for _ in 0..WORKING {
        let (desk, next, over) = (Arc::clone(desk), Arc::clone(next), Arc::clone(&over));
        hands.push(tokio::spawn(async move {
            let mut all = vec![];
            while !over.load(Ordering::Relaxed) || all.is_empty() {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let change = desk.change(&format!("w{n}"), vec![], 1);
                let applied = desk.store.apply(&change, at(CASES + n));
                let (done, took) = stopwatch::awaited(applied).await;
                done?;
                all.push(took);
            }
            Ok::<_, StoreError>(all)
        }));
    }
    let done = other.await;
    over.store(true, Ordering::Relaxed);
    let mut all = vec![];
    for hand in hands {
        all.extend(hand.await.map_err(|error| StoreError::Unavailable(error.to_string()))??);
    }
    all.sort_unstable();
    Ok((all, done))
}

/// A millisecond for each case: one alone has not ids enough for a million rows.
fn at(n: usize) -> Instant {
    Instant(NOW.0 + i64::try_from(n).unwrap_or_default() * 1_000)
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure is shown with three digits")]
fn micros(took: Duration, times: usize) -> String {
    format!("{:.0} µs", took.as_secs_f64() * 1e6 / times as f64)
}
