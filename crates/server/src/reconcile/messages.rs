//! Messages to customers: each is handed to the first channel that takes it.

use crate::app::{App, Audience};
use crate::channels::{Channel, Channels, Letter, Mail, Message, Outcome, Told, said};
use crate::mail;
use crate::problem::Answer;
use base::Instant;
use engine::quiet;
use rulebook::Release;
use rulebook::model::MessageClass;
use rulebook::model::form::Personal as Class;
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use store::Personal;
use store::delivery::{Answered, Next, Outgoing};

/// Messages of one batch: its lease is longer than all of them may take.
const BATCH: u32 = 10;
/// Batches of one round.
const ROUNDS: u32 = 20;
/// Waits before the next try of one channel, in seconds.
const WAITS: [i64; 5] = [30, 120, 600, 1_800, 7_200];
/// The same for a code, which somebody stands at the counter and waits for.
const CODE_WAITS: [i64; 4] = [5, 15, 30, 60];
/// The same for `WeChat` where another channel follows: who waits for news is not kept waiting.
const WECHAT_WAITS: [i64; 1] = [30];
/// The wait before the one other try of what may have arrived.
const UNKNOWN_WAIT: i64 = 300;

/// Sends what is due.
pub async fn run(app: &App) -> Answer<()> {
    for _ in 0..ROUNDS {
        let batch = app.store().claim_messages(BATCH, app.now()).await?;
        if batch.is_empty() {
            break;
        }
        for message in batch {
            one(app, &message).await?;
            if let Some((case, org)) = message.case {
                app.changed("case", Some(case.to_string()), Audience::Orgs(vec![org]));
            }
        }
    }
    // After what was due: it says why it was not sent better than that it is late.
    app.store().sweep_messages(app.now()).await?;
    Ok(())
}

async fn one(app: &App, message: &Outgoing) -> Answer<()> {
    let (store, now) = (app.store(), app.now());
    if let Some(cut_off) = message.cut_off {
        let answered = Answered::Unknown("cut off by a restart".into());
        // That try is counted already.
        let mut before = message.clone();
        before.tries -= 1;
        let next = after(&before, &Outcome::Unknown(String::new()), waits(app, &before), now);
        return Ok(store.end_delivery(message, cut_off, &answered, &next, now).await?);
    }
    let any =
        app.channels().is_some_and(|channels| channels.place(0, by_letter(message)).is_some());
    if !any {
        // A company without channels telephones everybody, and needs no list of them.
        return Ok(store.end_message(message, &Next::Over("no_channel"), now).await?);
    }
    let args = match sendable(app, message) {
        Ok(args) => args,
        Err(next) => return Ok(store.end_message(message, &next, now).await?),
    };
    let release = app.releases().pinned(&message.release)?;
    let open = quiet::open_from(&release, message.class, app.zone(), now);
    let place = |place| app.channels().and_then(|c| Some((c, c.place(place, by_letter(message))?)));
    // A letter wakes nobody who wrote one.
    let silent =
        by_letter(message) && place(message.place).is_some_and(|(_, c)| c == Channel::Email);
    if open > now && !silent {
        return Ok(store.put_off(message, open).await?);
    }
    let Some((channels, channel)) = place(message.place) else {
        let next = lost(message.class, "refused");
        return Ok(store.end_message(message, &next, now).await?);
    };
    let further = |why| match place(message.place + 1) {
        Some(_) => Next::Further,
        None if message.place > 0 => lost(message.class, "refused"),
        None => lost(message.class, why),
    };
    let about = mail::About::of(app, args).await?;
    let about = about.as_ref();
    let Some(contact) = contact(app, message, (channel, about)).await? else {
        let why = match channel {
            Channel::Sms => "no_phone",
            Channel::Email => "no_email",
            Channel::Wechat => "no_wechat",
        };
        return Ok(store.end_message(message, &further(why), now).await?);
    };
    let Some(written) =
        written(app, channels, (channel, &contact), &release, message, (args, about))
    else {
        return Ok(store.end_message(message, &further("no_template"), now).await?);
    };
    let told = match channel {
        Channel::Sms => contact.masked(),
        Channel::Email => store::email::masked(contact.reveal()),
        Channel::Wechat => store::wechat::masked(contact.reveal()),
    };
    let delivery = store.begin_delivery(message, (channel.word(), &told), now).await?;
    let outcome = channels.send(&written, now).await;
    note(channel, message, &outcome);
    let next = after(message, &outcome, waits(app, message), app.now());
    Ok(store.end_delivery(message, delivery, &outcome.answered(), &next, app.now()).await?)
}

/// Whether it is for somebody who wrote by letter.
fn by_letter(message: &Outgoing) -> bool {
    message.args.as_ref().is_some_and(|args| args.contains_key(mail::MAIL))
}

/// What is to be said, or why it is not sent at all.
fn sendable<'a>(app: &App, message: &'a Outgoing) -> Result<&'a Map<String, Json>, Next> {
    let Some(args) = &message.args else { return Err(Next::Over("erased")) };
    if message.expires_at <= app.now() {
        return Err(lost(message.class, "too_late"));
    }
    if message.class == MessageClass::Marketing && !message.consent {
        return Err(Next::Over("no_consent"));
    }
    Ok(args)
}

/// Where a channel reaches them. A code proves that somebody has the telephone on record, which
/// nothing but a text message does; the platform lets no account send offers.
async fn contact(
    app: &App,
    message: &Outgoing,
    (channel, about): (Channel, Option<&mail::About>),
) -> Answer<Option<Personal>> {
    let code = message.class == MessageClass::Code;
    Ok(match channel {
        Channel::Sms => message.phone.clone(),
        Channel::Email => match about {
            Some(about) => Some(Personal::new(Class::Other, about.to.clone())),
            None => message.email.clone().filter(|_| !code),
        },
        Channel::Wechat if message.class == MessageClass::Service => {
            let known = app.store().customer_wechat(message.customer).await?;
            known.map(|(openid, _)| Personal::new(Class::Other, openid))
        }
        Channel::Wechat => None,
    })
}

/// What a channel is handed; `None` where it cannot say this message.
fn written<'a>(
    app: &App,
    channels: &'a Channels,
    (channel, contact): (Channel, &'a Personal),
    release: &Arc<Release>,
    message: &Outgoing,
    (args, about): (&Map<String, Json>, Option<&mail::About>),
) -> Option<Message<'a>> {
    let offer = message.class == MessageClass::Marketing;
    let word = offer.then(|| app.store().unsubscribe_word(message.customer));
    let mut args = args.clone();
    if let Some(word) = &word {
        args.insert("unsubscribe".into(), word.as_str().into());
    }
    if channel == Channel::Sms {
        let (template, filled) = channels.filled(release, &message.message, app.zone(), &args)?;
        return Some(Message::Sms(Mail { phone: contact.reveal(), template, filled }));
    }
    let (subject, mut text) = said(release, &message.message, app.zone(), &args)?;
    if channel == Channel::Wechat {
        let (notice, filled) = channels.noticed(release, &message.message, app.zone(), &args)?;
        let word = args.get("ask").and_then(Json::as_str);
        let url = app.site().zip(word).map(|(site, word)| format!("{site}/q/{word}"));
        let (openid, said) = (contact.reveal().to_owned(), (subject, text));
        return Some(Message::Wechat(Box::new(Told { openid, notice, said, filled, url })));
    }
    let link = args.get("ask").and_then(Json::as_str);
    if let Some((about, (case, _))) = about.zip(message.case) {
        let letter = mail::letter(app, about, (case, message.id), link, (&subject, &text));
        return Some(Message::Email(Box::new(letter)));
    }
    let reply_to = link.and_then(|word| mail::reply_to(app, word));
    let to = contact.reveal().to_owned();
    let mut letter = Letter { to, subject, reply_to, ..Letter::default() };
    if let Some(word) = &word {
        // Without a way to end them there are no offers by letter.
        let site = app.site()?;
        letter.unsubscribe = Some(format!("{site}/api/v1/unsubscribe?word={word}"));
        text = format!("{text}\n\n不想再收到这类邮件，请打开 {site}/u/{word}");
    }
    Some(Message::Email(Box::new(Letter { text, ..letter })))
}

/// The waits of the channel that is asked.
fn waits(app: &App, message: &Outgoing) -> &'static [i64] {
    let letter = by_letter(message);
    let place = |place| app.channels().and_then(|channels| channels.place(place, letter));
    if place(message.place) == Some(Channel::Wechat) && place(message.place + 1).is_some() {
        return &WECHAT_WAITS;
    }
    if message.class == MessageClass::Code { &CODE_WAITS } else { &WAITS }
}

/// What becomes of a message after an answer.
fn after(message: &Outgoing, outcome: &Outcome, waits: &[i64], now: Instant) -> Next {
    let tries = usize::try_from(message.tries).unwrap_or(usize::MAX);
    match outcome {
        Outcome::Sent(_) => Next::Told,
        Outcome::Refused(_) => Next::Further,
        Outcome::Later(_) => match waits.get(tries) {
            Some(wait) => Next::Again(now.plus_seconds(*wait)),
            None => Next::Further,
        },
        // Told twice is better than not told, where somebody waits for their vehicle; once. A code
        // is asked for again by who needs it, and an offer twice annoys.
        Outcome::Unknown(_) if message.class == MessageClass::Service && tries == 0 => {
            Next::Again(now.plus_seconds(UNKNOWN_WAIT))
        }
        Outcome::Unknown(_) => lost(message.class, "unknown"),
    }
}

/// Nobody was reached: somebody has to tell the customer how their case stands. Nobody telephones
/// because of a code, which its case shows, nor because of an offer.
fn lost(class: MessageClass, why: &'static str) -> Next {
    match class {
        MessageClass::Service => Next::Dead(why),
        MessageClass::Code | MessageClass::Marketing => Next::Over(why),
    }
}

fn note(channel: Channel, message: &Outgoing, outcome: &Outcome) {
    let (channel, id) = (channel.word(), message.id);
    match outcome {
        Outcome::Sent(_) => tracing::debug!(channel, id, "a message was taken"),
        Outcome::Refused(why) | Outcome::Later(why) | Outcome::Unknown(why) => {
            tracing::warn!(channel, id, why, "a message was not taken");
        }
    }
}
