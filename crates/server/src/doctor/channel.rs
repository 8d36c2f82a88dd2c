//! The channels to customers: their file can be used, and fits the release in force.

use super::{Line, Subject};
use crate::channels::{Channels, Settings, missing};
use crate::release::Releases;
use base::{Instant, Text, Zone};
use rulebook::Release;
use std::sync::Arc;
use store::{Config, Store};

/// How it stands with the channels of a file. No provider of text messages is asked, as each
/// question would be a message to somebody; a mail server is, which lets one in and go again.
pub(super) async fn lines(read: &Result<Settings, Text>, subject: &Subject) -> Vec<Line> {
    let remedy =
        || Text::new("按 docs/operations.md 改好这个文件", "mend the file (docs/operations.md)");
    let settings = match read {
        Ok(settings) => settings,
        Err(why) => return vec![Line::error("channels", why.clone(), remedy())],
    };
    let mut lines = mail(settings).await;
    lines.extend(wechat(settings, subject.clock.now()).await);
    let Some(release) = in_force(subject).await else {
        let found = Text::new(
            "通道文件可以用；没有读到现行制度，模板未核对",
            "the file of channels can be used; no release was read to compare it with",
        );
        let remedy = Text::new("启动一次再查", "look again after a first start");
        lines.push(Line::warn("channels", found, remedy));
        return lines;
    };
    let (wrong, untold) = missing(settings, &release);
    let fits = wrong.is_empty() && untold.is_empty();
    lines.extend(wrong.into_iter().map(|why| Line::error("channels", why, remedy())));
    let template = || {
        Text::new(
            "在服务商申请模板，把编号写进 [sms.templates]",
            "have a template approved and write its number under [sms.templates]",
        )
    };
    lines.extend(untold.into_iter().map(|why| Line::warn("channels", why, template())));
    if fits && settings.sms.is_some() {
        let (zh, en) =
            ("给客户的每条消息都有短信模板", "every message to customers has a template");
        lines.push(Line::ok("channels", zh, en));
    }
    lines
}

/// Whether the mail server takes letters.
async fn mail(settings: &Settings) -> Vec<Line> {
    let Some(smtp) = &settings.smtp else { return vec![] };
    let host = &smtp.host;
    match smtp.try_out(settings.root().map(std::path::PathBuf::as_path)).await {
        Ok(()) => {
            let (zh, en) = (format!("邮件服务 {host} 可以登录"), format!("{host} takes letters"));
            vec![Line::ok("mail", zh, en)]
        }
        Err(why) => {
            let found = Text::new(
                format!("邮件服务 {host} 不接受：{why}"),
                format!("{host} takes no letters: {why}"),
            );
            let remedy = Text::new(
                "核对 [smtp] 的主机、端口、security、用户和密码",
                "check host, port, security, user and password of [smtp]",
            );
            vec![Line::error("mail", found, remedy)]
        }
    }
}

/// Whether the official account lets us in. A key is asked for, which tells nobody anything.
async fn wechat(settings: &Settings, now: Instant) -> Vec<Line> {
    let Some(account) = &settings.wechat else { return vec![] };
    let tried = match Channels::try_new(settings.clone()) {
        Ok(channels) => channels.try_wechat(now).await,
        Err(why) => Err(why),
    };
    let app = &account.app_id;
    let Err(why) = tried else {
        let (zh, en) = (format!("公众号 {app} 可以登录"), format!("account {app} lets us in"));
        return vec![Line::ok("wechat", zh, en)];
    };
    let found = Text::new(
        format!("公众号 {app} 不让登录：{why}"),
        format!("account {app} does not let us in: {why}"),
    );
    let remedy = Text::new(
        "核对 [wechat] 的 app_id 和 secret，并把本机出口地址加进公众平台的 IP 白名单",
        "check app_id and secret of [wechat], and add this machine to the account's IP list",
    );
    vec![Line::error("wechat", found, remedy)]
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
