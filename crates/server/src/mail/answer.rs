//! Answers to who wrote by letter go back by letter, into the thread of their program.

use super::quoted::ABOVE;
use crate::app::App;
use crate::channels::Letter;
use crate::enquiries::{ANSWER, ANSWER_PHOTOS, MAIL_FROM, MAIL_ID, MAIL_SUBJECT};
use crate::problem::Answer;
use base::CaseId;
use engine::{CaseState, Entry};
use serde_json::{Map, Value as Json, json};
use store::Show;
use store::email::normal;

/// Where a letter's part stands among the arguments of a message to a customer.
pub const MAIL: &str = "mail";
/// Longest subject of an answer, in characters.
const LONGEST_SUBJECT: usize = 120;

/// What an answer by letter needs to know, as closed as it stands in the case; nothing for who did
/// not write by letter.
pub fn about(case: &CaseState, entries: &[Entry]) -> Option<Json> {
    let data = &case.data;
    let to = data.get(MAIL_FROM)?;
    let answered = entries.iter().rev().map(|entry| &entry.form).find(|f| f.contains_key(ANSWER));
    let photos = answered.and_then(|form| form.get(ANSWER_PHOTOS)).and_then(Json::as_array);
    Some(json!({
        "to": to,
        "id": data.get(MAIL_ID),
        "subject": data.get(MAIL_SUBJECT),
        "answer": answered.and_then(|form| form.get(ANSWER)),
        "photos": photos.map_or(0, Vec::len),
    }))
}

/// The same, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The address they wrote from.
    pub to: String,
    id: Option<String>,
    subject: String,
    answer: Option<String>,
    photos: u64,
}

impl About {
    /// Of the arguments of a message; nothing where it is no letter's, or was erased.
    pub async fn of(app: &App, args: &Map<String, Json>) -> Answer<Option<Self>> {
        let Some(mut mail) = args.get(MAIL).cloned() else { return Ok(None) };
        app.store().open_sealed(&mut mail, Show::Clear).await?;
        let text = |name: &str| mail.get(name).and_then(Json::as_str).map(str::to_owned);
        let Some(to) = text("to").as_deref().and_then(normal) else { return Ok(None) };
        Ok(Some(Self {
            to,
            id: text("id"),
            subject: text("subject").unwrap_or_default(),
            answer: text("answer"),
            photos: mail.get("photos").and_then(Json::as_u64).unwrap_or(0),
        }))
    }
}

/// The letter about an enquiry: what was answered, the way to answer again, and the link.
pub fn letter(
    app: &App,
    about: &About,
    (case, message): (CaseId, i64),
    word: Option<&str>,
    (title, text): (&str, &str),
) -> Letter {
    let subject: String = about.subject.chars().take(LONGEST_SUBJECT).collect();
    let subject = if subject.is_empty() { title.to_owned() } else { format!("Re: {subject}") };
    let mut lines = Vec::new();
    let own = app.channels().and_then(|channels| channels.settings().mail_in.as_ref());
    if own.is_some() {
        lines.push(ABOVE.to_owned());
    }
    lines.push(about.answer.clone().unwrap_or_else(|| text.to_owned()));
    let link = app.site().zip(word).map(|(site, word)| format!("{site}/q/{word}"));
    if let Some(link) = link.filter(|_| about.answer.is_some()) {
        lines.push(match about.photos {
            0 => format!("往来和照片也可以在这里看： {link}"),
            photos => format!("另有 {photos} 张照片，请打开查看： {link}"),
        });
    }
    Letter {
        to: about.to.clone(),
        subject,
        text: lines.join("\n\n"),
        reply_to: own.map(|own| own.reply_to(app, case)),
        message_id: own.map(|own| own.number(app, case, message)),
        in_reply_to: about.id.as_ref().map(|id| format!("<{id}>")),
        unsubscribe: None,
    }
}

/// Where an answer to a letter about that enquiry goes, where letters come in.
pub fn reply_to(app: &App, word: &str) -> Option<String> {
    let own = app.channels()?.settings().mail_in.as_ref()?;
    let (case, _) = app.store().enquiry_of(word)?;
    Some(own.reply_to(app, case))
}
