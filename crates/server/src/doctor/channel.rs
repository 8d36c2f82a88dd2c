//! The channels to customers: their file can be used, and fits the release in force.

use super::{Line, Subject};
use crate::channels::{Settings, missing};
use crate::release::Releases;
use base::{Text, Zone};
use rulebook::Release;
use std::sync::Arc;
use store::{Config, Store};

/// How it stands with the channels of a file. No provider is asked: each question would be a
/// message to somebody.
pub(super) async fn lines(read: &Result<Settings, Text>, subject: &Subject) -> Vec<Line> {
    let remedy =
        || Text::new("按 docs/operations.md 改好这个文件", "mend the file (docs/operations.md)");
    let settings = match read {
        Ok(settings) => settings,
        Err(why) => return vec![Line::error("channels", why.clone(), remedy())],
    };
    let Some(release) = in_force(subject).await else {
        let found = Text::new(
            "通道文件可以用；没有读到现行制度，模板未核对",
            "the file of channels can be used; no release was read to compare it with",
        );
        let remedy = Text::new("启动一次再查", "look again after a first start");
        return vec![Line::warn("channels", found, remedy)];
    };
    let (wrong, untold) = missing(settings, &release);
    let mut lines: Vec<Line> =
        wrong.into_iter().map(|why| Line::error("channels", why, remedy())).collect();
    let template = || {
        Text::new(
            "在服务商申请模板，把编号写进 [sms.templates]",
            "have a template approved and write its number under [sms.templates]",
        )
    };
    lines.extend(untold.into_iter().map(|why| Line::warn("channels", why, template())));
    if lines.is_empty() {
        let (zh, en) =
            ("给客户的每条消息都有短信模板", "every message to customers has a template");
        lines.push(Line::ok("channels", zh, en));
    }
    lines
}

async fn in_force(subject: &Subject) -> Option<Arc<Release>> {
    let config = Config::existing(&subject.data, subject.database.as_deref()).ok()?;
    let health = store::health::health(&config).await.ok()?;
    // An older schema is left as it is: opening it would bring it up to date.
    if !health.missing.is_empty() || health.newer.is_some() || !health.key_fits {
        return None;
    }
    let store = Store::open(config).await.ok()?;
    let zone = store.setting("time_zone").await.ok().flatten();
    let zone = zone.as_deref().and_then(Zone::try_new).unwrap_or_default();
    let releases = Releases::load(&store).await;
    store.close().await;
    releases.ok()?.current(zone.day(subject.clock.now())).ok()
}
