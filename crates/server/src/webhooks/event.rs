//! What programs are told of: the events by their public names, and the body of each.

use base::{Instant, Text};
use serde_json::{Value as Json, json};
use store::webhook::{Happened, TEST};

/// A kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The word of the journal.
    pub word: &'static str,
    /// Its public name.
    pub name: &'static str,
    zh: &'static str,
    en: &'static str,
}

const fn event(
    word: &'static str,
    name: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Event {
    Event { word, name, zh, en }
}

/// All of them, in the order they are offered.
pub const EVENTS: [Event; 14] = [
    event("opened", "case.opened", "建单", "A case is opened"),
    event("action", "case.acted", "办理一步", "A step is done"),
    event("approved", "case.approved", "会签中一人同意", "One of several agrees"),
    event("closed", "case.closed", "办结或取消", "A case is closed"),
    event("reopened", "case.reopened", "重开", "A case is opened again"),
    event("child_ended", "case.child_ended", "子单办结", "A case below it ends"),
    event("handed_on", "case.handed_on", "转办", "A step is handed on"),
    event("taken_back", "case.taken_back", "转办收回", "A step handed on is taken back"),
    event("handed_over", "case.handed_over", "交接", "A case changes hands"),
    event("migrated", "case.migrated", "转到新制度", "A case moves to other rules"),
    event("warned", "deadline.warned", "临近时限", "A deadline nears"),
    event("breached", "deadline.breached", "超过时限", "A deadline is missed"),
    event("escalated", "deadline.escalated", "超时上报", "A missed deadline is reported"),
    event("breach_annulled", "deadline.annulled", "超时撤销", "A miss is annulled"),
];

impl Event {
    /// By its public name.
    pub fn named(name: &str) -> Option<Self> {
        EVENTS.into_iter().find(|event| event.name == name)
    }

    /// By the word of the journal.
    pub fn of(word: &str) -> Option<Self> {
        EVENTS.into_iter().find(|event| event.word == word)
    }

    /// What it is called.
    pub fn title(self) -> Text {
        Text::new(self.zh, self.en)
    }
}

/// The public name of a word of the journal; of a test too.
pub fn name_of(word: &str) -> String {
    match Event::of(word) {
        Some(event) => event.name.to_owned(),
        None if word == TEST => "webhook.test".to_owned(),
        None => word.to_owned(),
    }
}

/// The number a receiver knows an event by: the same however often it is told.
pub fn id_of(happened: &Happened) -> String {
    format!("evt_{}", happened.entry)
}

/// The body that is signed. Neither names nor numbers of people stand in it, nor what a form holds:
/// who needs more asks the interface, with the rights of its token.
pub fn body(happened: &Happened) -> String {
    let moves: Vec<Json> =
        happened.moves.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
    json!({
        "type": name_of(&happened.event),
        "timestamp": happened.occurred_at.to_string(),
        "data": {
            "case": happened.case.to_string(),
            "number": happened.number,
            "process": happened.process,
            "org": happened.org,
            "state": happened.state,
            "subject": happened.subject,
            "moves": moves,
            "late": happened.late,
            "recorded_at": happened.recorded_at.to_string(),
        },
    })
    .to_string()
}

/// The body of a test.
pub fn test_body(now: Instant) -> String {
    json!({ "type": "webhook.test", "timestamp": now.to_string(), "data": {} }).to_string()
}
