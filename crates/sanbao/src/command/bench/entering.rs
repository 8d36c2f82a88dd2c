//! What it costs to come in, and to be known at each request.

use super::page::Page;
use super::served::{Failed, Served};
use super::stopwatch;
use std::time::Duration;

/// Sign-ins, and requests of each kind.
const SIGN_INS: u32 = 20;
const REQUESTS: u32 = 2_000;

/// One after the other on one connection: what a single person waits for.
pub fn measure(served: &Served, page: &mut Page) -> Result<(), Failed> {
    let mut all = vec![];
    for _ in 0..SIGN_INS {
        let (entered, took) = stopwatch::timed(|| served.sign_in("服务顾问"));
        entered?;
        all.push(took);
    }
    all.sort_unstable();
    page.figure(
        "sign-in, p50",
        format!("{:.0} ms", all[all.len() / 2].as_secs_f64() * 1_000.0),
        "argon2id as OWASP asks for, slow on purpose; session, journal, durable; one at a time",
    );
    let mut connection = served.sign_in("服务顾问")?;
    let mut each = |path: &str| -> Result<Duration, Failed> {
        let (asked, took) = stopwatch::timed(|| {
            (0..REQUESTS).try_for_each(|_| match connection.send("GET", path, &[], "")?.status {
                200 => Ok(()),
                status => Err(Failed::new(format!("{path} answered {status}"))),
            })
        });
        asked.map(|()| took / REQUESTS)
    };
    let nobody = each("/healthz")?;
    let known = each("/api/v1/me")?;
    page.figure(
        "permission and scope of a request",
        format!("{} µs", known.saturating_sub(nobody).as_micros()),
        "`/api/v1/me` less `/healthz`: session, person, roles, rights and scope read and told; in \
         turn on one connection, so an upper bound",
    );
    Ok(())
}
