//! `GET /hotline/script`: what is said on the telephone, as the rulebook has it.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{ClauseView, List, Words};
use axum::extract::State;
use base::Text;
use rulebook::model::Script;
use serde::Serialize;
use utoipa::ToSchema;

/// A script of calls (规范用语).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CallScript)]
pub struct ScriptView {
    id: String,
    title: Words,
    /// The process that takes the call down.
    process: String,
    clauses: Vec<ClauseView>,
    steps: Vec<StepView>,
}

/// A step of a script.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CallScriptStep)]
pub struct StepView {
    id: String,
    title: Words,
    /// What is said: company, speaker and time of day filled in; `{{ caller.name }}`,
    /// `{{ caller.phone }}` and `{{ call_back_at }}` are filled as they are taken down.
    say: Words,
    /// The field that the answer goes into.
    field: Option<String>,
    clauses: Vec<ClauseView>,
}

/// The scripts of the release in force, as they are said now and by me.
#[utoipa::path(
    get, path = "/hotline/script", tag = "hotline", operation_id = "hotline_script",
    responses((status = 200, body = List<ScriptView>)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn script(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
) -> Answer<Json<List<ScriptView>>> {
    let company = app.store().setting("company_name").await?.unwrap_or_default();
    let part = day_part(app.zone().local(app.now()).hour());
    let agent = session.person.name.reveal();
    let known = |name: &str| match name {
        "company" => Some(Text::new(&company, &company)),
        "agent" => Some(Text::new(agent, agent)),
        "day_part" => Some(part.clone()),
        _ => None,
    };
    let scripts = session.release.scripts.values();
    Ok(Json(List::whole(scripts.map(|script| view(&session, script, &known)).collect())))
}

fn view(session: &Session, script: &Script, known: &dyn Fn(&str) -> Option<Text>) -> ScriptView {
    let (release, lang) = (&session.release, session.lang);
    let steps = script.steps.iter().map(|step| StepView {
        id: step.id.clone(),
        title: (&step.title).into(),
        say: Words {
            zh: filled(&step.say.zh, &|name| known(name).map(|text| text.zh)),
            en: filled(&step.say.en, &|name| known(name).map(|text| text.en)),
        },
        field: step.field.clone(),
        clauses: ClauseView::all(release, &step.clause, lang),
    });
    ScriptView {
        id: script.id.clone(),
        title: (&script.title).into(),
        process: script.process.clone(),
        clauses: ClauseView::all(release, &script.clause, lang),
        steps: steps.collect(),
    }
}

/// The words of a greeting by the hour of the day.
fn day_part(hour: i8) -> Text {
    match hour {
        5..=10 => Text::new("早上", "morning"),
        11..=12 => Text::new("中午", "afternoon"),
        13..=17 => Text::new("下午", "afternoon"),
        _ => Text::new("晚上", "evening"),
    }
}

/// A text with the names that are known filled in; the others stay as they are.
fn filled(text: &str, known: &dyn Fn(&str) -> Option<String>) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        said.push_str(before);
        let Some((name, next)) = after.split_once("}}") else {
            said.push_str("{{");
            rest = after;
            continue;
        };
        match known(name.trim()) {
            Some(word) => said.push_str(&word),
            None => said.extend(["{{", name, "}}"]),
        }
        rest = next;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_goes_by_the_time_of_day() {
        for (hour, word) in [(4, "晚上"), (5, "早上"), (11, "中午"), (13, "下午"), (18, "晚上")]
        {
            assert_eq!(day_part(hour).zh, word, "{hour}");
        }
    }

    #[test]
    fn what_is_not_known_yet_stays_to_be_filled() {
        let known = |name: &str| (name == "company").then(|| "闪电".to_owned());
        for (text, said) in [
            ("这里是{{ company }}服务部", "这里是闪电服务部"),
            ("{{caller.phone}}对吗", "{{caller.phone}}对吗"),
            ("没有名字", "没有名字"),
            ("开了没关 {{ company", "开了没关 {{ company"),
        ] {
            assert_eq!(filled(text, &known), said);
        }
    }
}
