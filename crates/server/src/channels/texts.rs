//! Templates of providers and messages of the rulebook: which fills which, and which has none.

use super::settings::{Settings, Template};
use crate::docs::template;
use base::{Lang, Text, Zone};
use rulebook::Release;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// Longest value that fills a place: providers refuse more.
const LONGEST: usize = 35;

/// The places of a template, filled.
pub(super) fn fill(
    template: &Template,
    release: &Arc<Release>,
    zone: &Zone,
    args: &Map<String, Json>,
) -> Vec<(String, String)> {
    let args = Json::Object(args.clone());
    let one = |(name, value): &(String, String)| {
        let text = template::line(zone, release, Lang::Zh, value, &args).unwrap_or_default();
        (name.clone(), text.trim().chars().take(LONGEST).collect())
    };
    template.params.iter().map(one).collect()
}

/// A message of the rulebook as a letter says it: subject and text.
pub fn said(
    release: &Arc<Release>,
    message: &str,
    zone: &Zone,
    args: &Map<String, Json>,
) -> Option<(String, String)> {
    let message = release.messages.get(message)?;
    let args = Json::Object(args.clone());
    let text = template::line(zone, release, Lang::Zh, &message.body.zh, &args)?;
    Some((message.title.zh.clone(), text))
}

/// What is wrong between the file and a release: errors, then what customers will not be told.
pub fn missing(settings: &Settings, release: &Release) -> (Vec<Text>, Vec<Text>) {
    let mut wrong = Vec::new();
    let mut untold = Vec::new();
    if let Some(wechat) = &settings.wechat {
        for (id, notice) in &wechat.templates {
            wrong.extend(unfit("wechat", id, &notice.template, release));
        }
    }
    let Some(sms) = &settings.sms else { return (wrong, untold) };
    for (id, template) in &sms.templates {
        wrong.extend(unfit("sms", id, template, release));
    }
    for id in rulebook::model::to_customers(release) {
        if !sms.templates.contains_key(id) {
            let title = release.messages.get(id).map(|m| m.title.clone()).unwrap_or_default();
            untold.push(Text::new(
                format!("“{}”（{id}）没有短信模板，客户收不到", title.zh),
                format!("“{}” ({id}) has no template; customers do not get it", title.en),
            ));
        }
    }
    (wrong, untold)
}

/// What a template of a section says that its message does not hold.
fn unfit(section: &str, id: &str, template: &Template, release: &Release) -> Vec<Text> {
    let Some(message) = release.messages.get(id) else {
        return vec![Text::new(
            format!("{section}.templates.{id}：现行制度里没有叫“{id}”的消息"),
            format!("{section}.templates.{id}: the release in force has no message `{id}`"),
        )];
    };
    let body = format!("{}{}", message.body.zh, message.body.en);
    let mut wrong = Vec::new();
    for (name, value) in &template.params {
        for field in value.split("data.").skip(1) {
            let end = field.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let field = &field[..end.unwrap_or(field.len())];
            if !body.contains(&format!("data.{field}")) {
                wrong.push(Text::new(
                    format!("{section}.templates.{id}：{name} 用了消息正文里没有的 data.{field}"),
                    format!(
                        "{section}.templates.{id}: `{name}` uses data.{field}, which the text of \
                         the message does not name"
                    ),
                ));
            }
        }
    }
    wrong
}
