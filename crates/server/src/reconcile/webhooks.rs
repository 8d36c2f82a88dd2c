//! Subscriptions: each is told what lies ahead of its mark, in order, beside the others.

use crate::app::{App, Audience};
use crate::problem::Answer;
use crate::webhooks::Telling;
use crate::webhooks::event::{body, id_of};
use base::Instant;
use serde_json::{Map, json};
use store::message::{NewMessage, Recipient};
use store::webhook::{Answered, Happened, Step, TryState, Turn, Webhook};
use tokio::task::JoinSet;

/// The key of the message to whoever looks after a subscription; no rulebook writes it.
pub const RESTS: &str = "webhook_rests";
/// Turns of one subscription in one round.
const TURNS: u32 = 20;
/// Who takes long to answer gives the others their turn, in seconds.
const LONG: i64 = 30;
/// Waits before an event is told again, in seconds; the last one from then on.
const WAITS: [i64; 8] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 43_200];
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
        let answered = one(app, &turn.webhook, about).await?;
        // Only the first event of a turn may have been tried before.
        let before = if place == 0 { turn.webhook.tries } else { 0 };
        let since = turn.webhook.failing_since.filter(|_| place == 0);
        let step = after(&answered, before, since, app.now());
        store.end_telling(turn, (id, about), &answered, &step, app.now()).await?;
        match &step {
            Step::On => {}
            Step::Again(_) => return Ok(false),
            Step::Rest(why) => {
                told_owner(app, &turn.webhook, why).await?;
                return Ok(false);
            }
        }
    }
    store.end_turn(turn, app.now()).await?;
    Ok(true)
}

async fn one(app: &App, webhook: &Webhook, about: &Happened) -> Answer<Answered> {
    let secrets = app.store().webhook_secrets(webhook.id, app.now()).await?;
    let address = &webhook.form.address;
    let telling = Telling { address, id: id_of(about), body: body(about), secrets };
    let answered = app.webhooks().tell(&telling, app.now()).await;
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
    if answered.status == Some(410) {
        return Step::Rest("gone");
    }
    if since.is_some_and(|since| now.seconds_since(since) >= PATIENCE) {
        return Step::Rest("failing");
    }
    let place = usize::try_from(tries).unwrap_or(usize::MAX).min(WAITS.len() - 1);
    Step::Again(now.plus_seconds(WAITS[place]))
}

/// Whoever looks after it hears that it rests.
async fn told_owner(app: &App, webhook: &Webhook, why: &str) -> Answer<()> {
    let release = app.releases().current(app.today())?;
    let args = json!({ "name": webhook.form.name, "why": why });
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
