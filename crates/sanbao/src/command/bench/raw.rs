//! What limits an opening: the rows it wrote, written once more by the database alone.

use super::desk::{at_once, said};
use super::page::Page;
use super::served::Failed;
use super::{PROCESS, machine, stopwatch};
use std::path::Path;
use std::sync::Arc;
use store::{Config, Store};

/// Openings written again, and how many at the same time: as many as connections open cases.
const OPENINGS: u32 = 3_200;
const HANDS: usize = 64;

/// Measures it in the folder of a server that rests.
pub fn measure(folder: &Path, url: Option<&str>, on: &str, page: &mut Page) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failed::new(error.to_string()))?;
    let rows = runtime.block_on(async {
        let store = Store::open(Config::in_folder(folder, url)?).await?;
        let cases = store.just_opened(PROCESS, OPENINGS).await?;
        Ok((store.yardstick(&cases).await?, cases.len(), store))
    });
    let (plain, openings, store) = rows.map_err(said)?;
    let plain = Arc::new(plain);
    let before = machine::cpu_ms("self");
    let (written, took) = stopwatch::timed(|| {
        runtime.block_on(at_once(openings, HANDS, move |n| {
            let plain = Arc::clone(&plain);
            async move { plain.write(n).await }
        }))
    });
    written.map_err(said)?;
    let used = machine::cpu_ms("self") - before;
    runtime.block_on(store.close());
    let openings = f64::from(u32::try_from(openings).unwrap_or(u32::MAX));
    page.figure(
        &format!("plain inserts of the rows of an opening{on}, per second"),
        format!("{:.0}", openings / took.as_secs_f64()),
        format!(
            "case, journal, to-dos, figures and answer of {openings} openings; prepared \
             statements, grouped commits, no check, no index, {HANDS} at once; {:.2} ms CPU each",
            used / openings
        ),
    );
    Ok(())
}
