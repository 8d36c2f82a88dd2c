//! Subscriptions: each is told what lies ahead of its mark, in order, beside the others.

use crate::app::{App, Audience};
use crate::problem::{Answer, Problem};
use crate::webhooks::Telling;
use crate::webhooks::event::{body, id_of, test_body};
use crate::webhooks::robot::Robot;
use crate::webhooks::robot_text::{Names, Said};
use base::Instant;
use serde_json::{Map, json};
use store::message::{NewMessage, Recipient};
use store::webhook::{Answered, Happened, Step, TryState, Turn, Webhook};
use tokio::task::JoinSet;

/// The key of the message to whoever looks after a subscription; no rulebook writes it.
pub const RESTS: &str = "webhook_rests";
/// Turns of one subscription in one round.
const TURNS: u32 = 20;
/// A robot speaks at most twenty times a minute; it leaves some of them for trying by hand, in
/// seconds from one message to the next.
const BREATH: i64 = 4;
/// Who said that it is too often is left alone for so long, in seconds.
const TOO_OFTEN: i64 = 60;
/// Who takes long to answer gives the others their turn, in seconds.
const LONG: i64 = 30;
/// Waits before an event is told again, in seconds; the last one from then on.
const WAITS: [i64; 8] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 43_200];
/// After so many tries an event counts as one that holds its subscription up: whoever looks after
/// it hears, and may skip it.
pub const STOPPED_AFTER: i64 = 5;
/// A subscription rests when nothing was taken for so long, in seconds: three days.
const PATIENCE: i64 = 3 * 24 * 3600;

/// Tells what is to be told.
pub async fn run(app: &App) -> Answer<()> {
    let mut all = JoinSet::new();
    for id in app.store().due_webhooks(app.now()).await? {
        let app = app.clone();
        all.spawn(async move { turns(&app, id).await });
    }
    let mut first = Ok(());
    while let Some(done) = all.join_next().await {
        if let (Ok(Err(problem)), true) = (done, first.is_ok()) {
            first = Err(problem);
        }
    }
    first
}

async fn turns(app: &App, id: i64) -> Answer<()> {
    let begun = app.now();
    for _ in 0..TURNS {
        let Some(turn) = app.store().take_turn(id, app.now()).await? else { return Ok(()) };
        if turn.webhook.form.kind.is_robot() {
            // The next message is not due yet.
            return tell_group(app, &turn).await;
        }
        let whole = tell(app, &turn).await?;
        if !whole || !turn.more || app.now().seconds_since(begun) > LONG {
            return Ok(());
        }
    }
    Ok(())
}

/// Tells all of a turn; whether everything was taken.
async fn tell(app: &App, turn: &Turn) -> Answer<bool> {
    let store = app.store();
    let mut stopping = app.stopping();
    for (place, about) in turn.told.iter().enumerate() {
        if *stopping.borrow_and_update() {
            store.leave_turn(turn).await?;
            return Ok(false);
        }
        let Some(id) = store.begin_telling(turn, about, app.now()).await? else {
            return Ok(false);
        };
        let about_one = std::slice::from_ref(about);
        let answered = one(app, &turn.webhook, about_one).await?;
        // Only the first event of a turn may have been tried before.
        let before = if place == 0 { turn.webhook.tries } else { 0 };
        let since = turn.webhook.failing_since.filter(|_| place == 0);
        let step = after(&answered, before, since, app.now());
        store.end_telling(turn, (id, about), &answered, &step, app.now()).await?;
        match &step {
            Step::On => {}
            Step::Again(_) => {
                told_stopped(app, &turn.webhook, before).await?;
                return Ok(false);
            }
            Step::Rest(why) => {
                told_owner(app, &turn.webhook, why).await?;
                return Ok(false);
            }
        }
    }
    store.end_turn(turn, app.now()).await?;
    Ok(true)
}

/// Tells a group all of a turn in one message: thirty at once would be read by nobody.
async fn tell_group(app: &App, turn: &Turn) -> Answer<()> {
    let (store, hook) = (app.store(), &turn.webhook);
    if turn.told.is_empty() {
        return Ok(store.end_turn(turn, app.now()).await?);
    }
    let mut begun = Vec::with_capacity(turn.told.len());
    for about in &turn.told {
        let Some(id) = store.begin_telling(turn, about, app.now()).await? else { return Ok(()) };
        begun.push((id, about));
    }
    let answered = one(app, hook, &turn.told).await?;
    let step = after(&answered, hook.tries, hook.failing_since, app.now());
    for about in begun {
        store.end_telling(turn, about, &answered, &step, app.now()).await?;
    }
    match &step {
        Step::On => store.end_turn(turn, app.now().plus_seconds(BREATH)).await?,
        Step::Again(_) => told_stopped(app, hook, hook.tries).await?,
        Step::Rest(why) => told_owner(app, hook, why).await?,
    }
    Ok(())
}

/// Asks a subscription now: a program is told the one event, a group all of them in one message;
/// nothing is a test, which `test` numbers.
pub async fn ask(app: &App, webhook: &Webhook, about: &[Happened], test: i64) -> Answer<Answered> {
    let (form, now) = (&webhook.form, app.now());
    let secrets = app.store().webhook_secrets(webhook.id, now).await?;
    if form.kind.is_robot() {
        let robot = secrets.first().and_then(|sealed| Robot::opened(sealed));
        let robot = robot.ok_or_else(|| Problem::new("internal"))?;
        let said = if about.is_empty() {
            Said::test(&form.name, form.lang)
        } else {
            let release = app.releases().current(app.today())?;
            let (orgs, site) = (app.orgs(), app.site());
            let names = Names { release: &release, orgs: &orgs, zone: app.zone(), site };
            Said::of(&form.name, form.lang, about, &names)
        };
        return Ok(app.webhooks().speak(form.kind, &robot, &said, now).await);
    }
    let about = about.first();
    let telling = Telling {
        address: &form.address,
        id: about.map_or_else(|| format!("evt_test_{test}"), id_of),
        body: about.map_or_else(|| test_body(now), body),
        secrets,
    };
    Ok(app.webhooks().tell(&telling, now).await)
}

async fn one(app: &App, webhook: &Webhook, about: &[Happened]) -> Answer<Answered> {
    let answered = ask(app, webhook, about, 0).await?;
    if answered.state != TryState::Taken {
        let (why, status) = (answered.why.as_deref(), answered.status);
        tracing::warn!(webhook = webhook.id, why, status, "an event was not taken");
    }
    Ok(answered)
}

/// What becomes of a subscription after an answer. What may have arrived is told again: the
/// receiver knows it by its number.
fn after(answered: &Answered, tries: i64, since: Option<Instant>, now: Instant) -> Step {
    if answered.state == TryState::Taken {
        return Step::On;
    }
    let said = |word: &str| answered.why.as_ref().is_some_and(|why| why.starts_with(word));
    if answered.status == Some(410) || said("gone") {
        return Step::Rest("gone");
    }
    if since.is_some_and(|since| now.seconds_since(since) >= PATIENCE) {
        return Step::Rest("failing");
    }
    if said("too_often") {
        return Step::Again(now.plus_seconds(TOO_OFTEN));
    }
    let place = usize::try_from(tries).unwrap_or(usize::MAX).min(WAITS.len() - 1);
    Step::Again(now.plus_seconds(WAITS[place]))
}

/// Whoever looks after it hears once that an event is not taken, try after try.
async fn told_stopped(app: &App, webhook: &Webhook, before: i64) -> Answer<()> {
    if before + 1 == STOPPED_AFTER { told_owner(app, webhook, "stopped").await } else { Ok(()) }
}

/// Whoever looks after it hears that it rests.
async fn told_owner(app: &App, webhook: &Webhook, why: &str) -> Answer<()> {
    let release = app.releases().current(app.today())?;
    let args = json!({ "name": webhook.form.name, "why": why, "kind": webhook.form.kind.word() });
    let message = NewMessage {
        to: Recipient::Person(webhook.owner),
        message: RESTS.into(),
        args: args.as_object().cloned().unwrap_or_else(Map::new),
    };
    app.store().send(webhook.owner, &release.hash, &message, app.now()).await?;
    app.changed("messages", None, Audience::Person(webhook.owner));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_after_three_days_it_rests() {
        let now = Instant(1_795_132_800_000_000);
        let answer = |state, status| Answered { state, status, why: None };
        let check = |answered: &Answered, tries, hours: Option<i64>, expect| {
            let since = hours.map(|hours| now.plus_seconds(-hours * 3600));
            assert_eq!(after(answered, tries, since, now), expect, "{tries} {hours:?}");
        };
        let failed = answer(TryState::Failed, Some(500));
        check(&answer(TryState::Taken, Some(204)), 3, Some(80), Step::On);
        check(&failed, 0, None, Step::Again(now.plus_seconds(5)));
        check(&failed, 2, Some(1), Step::Again(now.plus_seconds(300)));
        check(&failed, 40, Some(71), Step::Again(now.plus_seconds(43_200)));
        check(&failed, 9, Some(72), Step::Rest("failing"));
        check(&answer(TryState::Unknown, None), 0, None, Step::Again(now.plus_seconds(5)));
        check(&answer(TryState::Failed, Some(410)), 0, None, Step::Rest("gone"));
    }
}
