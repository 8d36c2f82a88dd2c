//! The counter on `PostgreSQL`, where the environment names a server.

use super::desk::said;
use super::page::Page;
use super::served::{Failed, Served};
use super::station::Station;
use super::{acting, machine, opening, raw};
use crate::args::BenchArgs;
use store::yardstick::Room;

const ON: &str = ", PostgreSQL";

/// Opens and acts as on the embedded database.
pub fn measure(args: &BenchArgs, page: &mut Page) -> Result<(), Failed> {
    let Some(server) = machine::postgres() else { return Ok(()) };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failed::new(error.to_string()))?;
    let name = format!("bench_{}", std::process::id());
    let room = runtime.block_on(Room::make(&server, &name)).map_err(said)?;
    let done = counter(args, &room.url(), page);
    runtime.block_on(room.clear()).map_err(said)?;
    done
}

fn counter(args: &BenchArgs, url: &str, page: &mut Page) -> Result<(), Failed> {
    let mut served = Served::start_on(url)?;
    page.figure(
        &format!("first start to ready{ON}"),
        format!("{:.1} s", served.ready.as_secs_f64()),
        "empty database, packs compiled, demo data made by ordinary commands",
    );
    let station = Station::enter(&served)?;
    let cases = opening(args, &station, (&served.process().to_string(), ON), page)?;
    acting(args, &station, &cases, ON, page)?;
    raw::measure(served.rest(), Some(url), ON, page)
}
