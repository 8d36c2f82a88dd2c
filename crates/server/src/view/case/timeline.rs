//! The timeline (办理记录) of a case, each entry with its why.

use super::labels::fields;
use crate::view::form::text_of;
use crate::view::{ClauseView, PersonRef, Words};
use base::{Lang, Text};
use engine::Entry;
use engine::why::Reader;
use rulebook::model::{Field, FieldKind, Paper};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::timeline::TimelineEntry;
use utoipa::ToSchema;

/// An entry of the timeline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TimelineEntry)]
pub struct TimelineView {
    id: String,
    /// `opened`, `action`, `approved`, `handed_on`, `taken_back`,
    /// `handed_over`, `child_ended`, `warned`,
    /// `breached`, `escalated`, `breach_annulled`, `closed`, `reopened`, `self_approved`, `noted`,
    /// `printed`, `migrated`.
    event: String,
    subject: String,
    title: Words,
    actor: Option<PersonRef>,
    /// At which shared counter they did it.
    counter: Option<CounterView>,
    /// What the token was called that a program did it with.
    via: Option<String>,
    /// Whose office they held in it.
    on_behalf: Option<PersonRef>,
    occurred_at: String,
    recorded_at: String,
    /// Entered late (补录).
    late: bool,
    /// States before and after.
    moves: Vec<(Words, Words)>,
    reason: Option<String>,
    why: Vec<WhyView>,
    form_summary: Vec<SummaryLine>,
}

/// The shared counter (柜台) an act was done at.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = TimelineCounter)]
pub struct CounterView {
    name: String,
    /// Whether they showed a PIN, not the password.
    pin: bool,
}

/// One step of an explanation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Why)]
pub struct WhyView {
    code: String,
    rule: String,
    clauses: Vec<ClauseView>,
    sentence: String,
}

/// A field of the submitted form in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SummaryLine {
    field: String,
    title: Words,
    text: String,
    /// Rows of parts, to be drawn as a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    rows: Option<Json>,
}

/// Entries as shown. `names` gives the words of people's ids; forms are already masked.
pub fn timeline(
    reader: &Reader<'_>,
    entries: &[TimelineEntry],
    names: &BTreeMap<String, String>,
) -> Vec<TimelineView> {
    let known = reader.process.map(|p| fields(reader.release, p)).unwrap_or_default();
    entries.iter().map(|row| entry(reader, row, &known, names)).collect()
}

fn entry(
    reader: &Reader<'_>,
    row: &TimelineEntry,
    known: &BTreeMap<&str, &Field>,
    names: &BTreeMap<String, String>,
) -> TimelineView {
    let entry = &row.entry;
    // What a child brought home is called as in its own process.
    let child =
        (entry.event == "child_ended").then(|| reader.release.processes.get(&entry.subject));
    let of_child = child.flatten().map(|process| fields(reader.release, process));
    let known = of_child.as_ref().unwrap_or(known);
    let state = |full: &String| super::StateRef::of(reader.process, full).title;
    let form_summary = entry.form.iter().filter_map(|(key, value)| {
        if entry.event == "noted" {
            let title = Words { zh: "备注".into(), en: "Note".into() };
            let text = value.as_str()?.to_owned();
            return Some(SummaryLine { field: key.clone(), title, text, rows: None });
        }
        if entry.event == "printed" {
            let paper = Paper::named(value.as_str()?)?.title();
            let title = Words { zh: "纸张".into(), en: "Paper".into() };
            let text = paper.get(reader.lang).to_owned();
            return Some(SummaryLine { field: key.clone(), title, text, rows: None });
        }
        if let Some(title) = passed(&entry.event, key) {
            let text = names.get(value.as_str()?)?.clone();
            return Some(SummaryLine { field: key.clone(), title, text, rows: None });
        }
        let field = known.get(key.as_str())?;
        let text = match (field.kind, value.as_str()) {
            (FieldKind::Person | FieldKind::Org | FieldKind::Customer, Some(id)) => {
                names.get(id).cloned().unwrap_or_default()
            }
            _ => text_of(reader.release, field, value, reader.lang),
        };
        let title = (&field.title).into();
        let rows = (field.kind == FieldKind::Parts).then(|| value.clone());
        (!text.is_empty()).then(|| SummaryLine { field: key.clone(), title, text, rows })
    });
    TimelineView {
        id: row.id.to_string(),
        event: entry.event.clone(),
        subject: entry.subject.clone(),
        title: title(reader, entry),
        actor: entry.actor.map(|id| PersonRef::new(id, row.actor_name.as_deref().unwrap_or(""))),
        counter: row.counter.as_ref().map(|at| CounterView { name: at.name.clone(), pin: at.pin }),
        via: row.via.as_ref().map(|via| via.name.clone()),
        on_behalf: entry.on_behalf.map(|id| super::grants::person(names, id)),
        occurred_at: entry.occurred_at.to_string(),
        recorded_at: row.recorded_at.to_string(),
        late: entry.late,
        moves: entry.moves.iter().map(|(from, to)| (state(from), state(to))).collect(),
        reason: entry.reason.clone(),
        why: entry
            .why
            .iter()
            .map(|why| WhyView {
                code: why.code.to_string(),
                rule: why.rule.to_string(),
                clauses: ClauseView::all(reader.release, &why.clauses, reader.lang),
                sentence: reader.sentence(why),
            })
            .collect(),
        form_summary: form_summary.collect(),
    }
}

/// What a person in an entry is, of what passed from hand to hand.
fn passed(event: &str, key: &str) -> Option<Words> {
    let (zh, en) = match (event, key) {
        ("handed_on", _) => ("转给", "To"),
        ("taken_back", _) => ("原转给", "It was with"),
        ("handed_over", "from") => ("交班人", "From"),
        ("handed_over", _) => ("接班人", "To"),
        _ => return None,
    };
    Some(Words { zh: zh.into(), en: en.into() })
}

/// A print of a document; from the second on which reprint (补打) it was.
fn printed(reader: &Reader<'_>, entry: &Entry) -> Words {
    let known = reader.release.documents.get(&entry.subject);
    let title = known.map_or_else(|| Words::key(&entry.subject), |d| (&d.title).into());
    let Words { zh, en } = title;
    match entry.form.get("print").and_then(Json::as_i64) {
        Some(print @ 2..) => Words {
            zh: format!("补打第{}次：{zh}", print - 1),
            en: format!("Reprint {}: {en}", print - 1),
        },
        _ => Words { zh: format!("打印：{zh}"), en: format!("Printed: {en}") },
    }
}

/// What happened, in words.
fn title(reader: &Reader<'_>, entry: &Entry) -> Words {
    let process = reader.process;
    let deadline = |zh: &str, en: &str| {
        let rule = process.and_then(|p| p.deadlines.iter().find(|d| d.id == entry.subject));
        let title = rule
            .map_or_else(|| Text::new(&entry.subject, &entry.subject), |rule| rule.title.clone());
        Words { zh: format!("{zh}：{}", title.zh), en: format!("{en}: {}", title.en) }
    };
    let action = |zh: &str, en: &str| {
        let action = process.and_then(|p| p.action(&entry.subject));
        let title = action.map_or_else(|| Words::key(&entry.subject), |a| (&a.title).into());
        Words { zh: format!("{zh}：{}", title.zh), en: format!("{en}: {}", title.en) }
    };
    let fixed = |zh: &str, en: &str| Words { zh: zh.into(), en: en.into() };
    match entry.event.as_str() {
        "opened" | "action" => {
            let id = if entry.event == "opened" { "open" } else { &entry.subject };
            let Some(action) = process.and_then(|p| p.action(id)) else {
                return Words::key(&entry.subject);
            };
            // A branch says what happened where it led; it is found by where the entry led.
            let branch = action.branch.iter().find(|b| {
                let to = format!("{}.{}", action.track, b.to);
                action.to.as_ref() != Some(&b.to) && entry.moves.iter().any(|(_, t)| *t == to)
            });
            let done = branch.and_then(|b| b.done.as_ref()).or(action.done.as_ref());
            done.unwrap_or(&action.title).into()
        }
        "approved" => action("同意", "Approved"),
        "handed_on" => action("转办", "Handed on"),
        "taken_back" => action("收回", "Taken back"),
        "handed_over" => Words {
            zh: format!("交接班：换承办人（{}）", entry.subject),
            en: format!("Shift handover: another assignee ({})", entry.subject),
        },
        "warned" if entry.why.iter().any(|why| why.code == "deadline_opens") => {
            deadline("可以办理", "Can be done now")
        }
        "warned" => deadline("临近时限", "Due soon"),
        "breached" => deadline("超过时限", "Overdue"),
        "breach_annulled" => deadline("超时作废", "Breach annulled"),
        "escalated" => deadline("超时升级", "Escalated"),
        "closed" => fixed("结案", "Closed"),
        "self_approved" => action("自行核准", "Self-approval"),
        "reopened" => fixed("重新打开", "Reopened"),
        "child_ended" => {
            let child = reader.release.processes.get(&entry.subject);
            let title = child
                .map_or_else(|| Text::new(&entry.subject, &entry.subject), |p| p.title.clone());
            Words { zh: format!("{}结束", title.zh), en: format!("{} ended", title.en) }
        }
        "noted" => fixed("备注", "Note"),
        "printed" => printed(reader, entry),
        "migrated" => {
            let to = &entry.subject;
            fixed(&format!("转到新版制度：{to}"), &format!("Moved to another release: {to}"))
        }
        _ => {
            let zh = reader.lang == Lang::Zh;
            Words::key(if zh && entry.subject.is_empty() { &entry.event } else { &entry.subject })
        }
    }
}
