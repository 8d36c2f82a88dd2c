//! Certificates (上岗证) that no case watches over, as they were entered by hand: their holders are
//! warned when those of a case would be.

use crate::app::App;
use crate::problem::Answer;
use base::time::{SpanUnit, add_days, days_between};
use rulebook::model::Warning;
use serde_json::{Map, Value as Json, json};
use store::message::{NewMessage, Recipient};

/// The process whose clock holds for all certificates.
const PROCESS: &str = "repair_certificate";
/// People of one round.
const BATCH: u32 = 200;

/// Warns once at each step of the clock.
pub async fn run(app: &App) -> Answer<()> {
    let today = app.today();
    let release = app.releases().current(today)?;
    let Some(process) = release.processes.get(PROCESS) else { return Ok(()) };
    let warnings = process.deadlines.iter().flat_map(|deadline| &deadline.warn);
    let mut steps: Vec<(i64, &Warning)> =
        warnings.filter_map(|warning| Some((days(warning)?, warning))).collect();
    steps.sort_by_key(|(days, _)| *days);
    let Some((first, _)) = steps.last() else { return Ok(()) };
    let Some(until) = add_days(today, *first) else { return Ok(()) };
    for person in app.store().certificates_without_case(today, until, BATCH).await? {
        let Some(held) = &person.certificate else { continue };
        let left = days_between(today, held.expires);
        // Of several steps that have come, the last one is told.
        let Some((days, step)) = steps.iter().find(|(days, _)| left <= *days) else { continue };
        let Some(message) = &step.notify else { continue };
        let args = json!({
            "case": { "number": held.number, "process": process.title },
            "data": { "paper_number": held.number, "expires": held.expires.to_string() },
            "before": days,
        });
        let args = if let Json::Object(args) = args { args } else { Map::new() };
        for to in &step.to {
            let to = match to.strip_prefix('@') {
                Some("data.holder") => Recipient::Person(person.id),
                Some(_) => continue,
                None => Recipient::Role(to.clone()),
            };
            let told = NewMessage { to, message: message.clone(), args: args.clone() };
            app.store().tell_once(&told, person.org, &release.hash, app.now()).await?;
        }
    }
    Ok(())
}

/// How many days before the last day; a certificate is valid by days.
fn days(warning: &Warning) -> Option<i64> {
    let span = warning.before.as_ref()?.span?;
    (span.unit == SpanUnit::D).then_some(span.count)
}
