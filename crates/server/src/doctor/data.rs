//! The database and what the company put into it.

use super::{Level, Line, Subject};
use crate::release::Releases;
use base::{Instant, Text, Zone};
use store::health::{Health, health};
use store::{Config, Store};

/// A backup older than this is none to rely on.
const BACKUP_SECONDS: i64 = 36 * 3_600;
/// Sealing runs every few seconds; entries that wait so long are waiting for something.
const SEAL_SECONDS: i64 = 600;
/// A clock may run so far behind what was written.
const CLOCK_SECONDS: i64 = 120;

/// Database, key, seals, clock, backup, calendars.
pub(super) async fn database(subject: &Subject) -> Vec<Line> {
    let config = match Config::existing(&subject.data, subject.database.as_deref()) {
        Ok(config) => config,
        Err(error) => return vec![unreachable(&error.to_string())],
    };
    let health = match health(&config).await {
        Ok(health) => health,
        Err(error) => return vec![unreachable(&error.to_string())],
    };
    let now = subject.clock.now();
    let mut lines = vec![schema(&health), key(&health), seals(&health, now)];
    lines.extend(key_age(&health, now));
    lines.extend(clock(&health, now));
    lines.push(backup(&health, now));
    // An older schema is left as it is: opening it would bring it up to date.
    if health.missing.is_empty() && health.newer.is_none() && health.key_fits {
        lines.extend(calendars(config, now).await);
    }
    lines
}

fn unreachable(error: &str) -> Line {
    Line::error(
        "database",
        Text::new(format!("数据库打不开：{error}"), format!("the database does not open: {error}")),
        Text::new(
            "核对 --data 和 --database；PostgreSQL 是否已启动",
            "look at --data and --database, and whether PostgreSQL runs",
        ),
    )
}

fn schema(health: &Health) -> Line {
    if let Some(newer) = health.newer {
        return Line::error(
            "schema",
            Text::new(
                format!("数据库结构 {newer} 比本程序新"),
                format!("the database has schema {newer}, newer than this program"),
            ),
            Text::new("换用更新的程序", "use a newer program"),
        );
    }
    let schema = health.schema;
    let Some(last) = health.missing.last() else {
        let (zh, en) =
            (format!("数据库结构 {schema}"), format!("the database has schema {schema}"));
        return Line::ok("schema", zh, en);
    };
    Line::warn(
        "schema",
        Text::new(
            format!("数据库结构 {schema}，下次启动升到 {last}"),
            format!("the database has schema {schema}; the next start brings it to {last}"),
        ),
        Text::new("先备份，再启动新程序", "make a backup before the new program starts"),
    )
}

fn key(health: &Health) -> Line {
    if health.key_fits {
        return Line::ok("key_fits", "主密钥与数据库相配", "the master key is the database's own");
    }
    Line::error(
        "key_fits",
        Text::new("主密钥不是这个数据库的", "the master key is not this database's"),
        Text::new("放回制作数据库时的那一份", "put back the one the database was made with"),
    )
}

/// A key used for longer is worth changing.
const KEY_DAYS: i64 = 730;

/// How old the key is, and whether a change of it is still to be ended.
fn key_age(health: &Health, now: Instant) -> Vec<Line> {
    let mut lines = Vec::new();
    if health.key_changing {
        lines.push(Line::warn(
            "key_changing",
            Text::new("主密钥轮换没有做完", "a change of the master key was cut off"),
            Text::new(
                "停止服务，再运行 sanbao key rotate 做完",
                "stop the server and run `sanbao key rotate` to its end",
            ),
        ));
    } else if health.key_old {
        lines.push(Line::warn(
            "key_old",
            Text::new("旧主密钥还在数据文件夹里", "the key before still lies in the data folder"),
            Text::new(
                "把 master.key.old 移到存放旧备份密钥的地方：旧备份要用它恢复",
                "put master.key.old away with the keys of old backups: they need it to be restored",
            ),
        ));
    }
    let Some(since) = health.key_since else { return lines };
    let days = now.seconds_since(since).max(0) / 86_400;
    let (zh, en) =
        (format!("主密钥已用 {days} 天"), format!("the master key has been used for {days} days"));
    lines.push(if days <= KEY_DAYS {
        Line::ok("key_age", zh, en)
    } else {
        Line::warn(
            "key_age",
            Text::new(zh, en),
            Text::new("考虑轮换：sanbao key rotate", "consider a new one: `sanbao key rotate`"),
        )
    });
    lines
}

fn seals(health: &Health, now: Instant) -> Line {
    let (count, since) = (health.unsealed, health.unsealed_since.unwrap_or(now));
    let found =
        Text::new(format!("{count} 条记录未封存"), format!("{count} entries not sealed yet"));
    if now.seconds_since(since) < SEAL_SECONDS {
        return Line { id: "seals", level: Level::Ok, found, remedy: None };
    }
    Line::warn(
        "seals",
        found,
        Text::new(
            "服务没有在运行，或 PostgreSQL 上有一个长事务没有结束",
            "the server is not running, or a transaction on the PostgreSQL does not end",
        ),
    )
}

fn clock(health: &Health, now: Instant) -> Option<Line> {
    let behind = health.last_entry?.seconds_since(now);
    if behind <= CLOCK_SECONDS {
        return Some(Line::ok("clock", format!("时钟 {now}"), format!("the clock says {now}")));
    }
    Some(Line::error(
        "clock",
        Text::new(
            format!("时钟 {now} 比最后一条记录早 {behind} 秒"),
            format!("the clock says {now}, {behind} s before the last entry"),
        ),
        Text::new("校时（timedatectl set-ntp true）", "set the clock (timedatectl set-ntp true)"),
    ))
}

fn backup(health: &Health, now: Instant) -> Line {
    let remedy = Text::new(
        "每晚运行 sanbao backup，并把文件复制到另一台机器",
        "run `sanbao backup` every night and copy the file to another machine",
    );
    let Some(last) = health.last_backup else {
        let found = Text::new("从未备份", "no backup was ever made");
        return Line::warn("backup", found, remedy);
    };
    let hours = now.seconds_since(last) / 3_600;
    let found = Text::new(
        format!("上次备份在 {hours} 小时前"),
        format!("the last backup was made {hours} h ago"),
    );
    if now.seconds_since(last) <= BACKUP_SECONDS {
        return Line { id: "backup", level: Level::Ok, found, remedy: None };
    }
    Line::warn("backup", found, remedy)
}

/// Whether the calendars in force know this year and the next.
async fn calendars(config: Config, now: Instant) -> Vec<Line> {
    let store = match Store::open(config).await {
        Ok(store) => store,
        Err(error) => return vec![unreachable(&error.to_string())],
    };
    let zone = store.setting("time_zone").await.ok().flatten();
    let zone = zone.as_deref().and_then(Zone::try_new).unwrap_or_default();
    let today = zone.day(now);
    let releases = Releases::load(&store).await;
    store.close().await;
    let Some(release) = releases.ok().and_then(|releases| releases.current(today).ok()) else {
        return vec![Line::warn(
            "rulebook",
            Text::new("没有生效的制度", "no rulebook is in force"),
            Text::new("运行 sanbao publish", "run `sanbao publish`"),
        )];
    };
    let year = today.year();
    let lacking = |year: i16| {
        let known = release.calendars.iter();
        let known = known.filter(|(_, c)| !c.daily && !c.years.contains_key(&year));
        known.map(|(id, _)| id.clone()).collect::<Vec<_>>().join(", ")
    };
    let remedy = Text::new(
        "在 calendars.toml 补上国务院公布的放假安排，再发布",
        "add the announced holidays to calendars.toml and publish",
    );
    let missing = |year: i16, ids: &str| {
        Text::new(
            format!("日历 {ids} 没有 {year} 年的放假安排"),
            format!("the calendars {ids} do not know the holidays of {year}"),
        )
    };
    let (this, next) = (lacking(year), lacking(year + 1));
    vec![if !this.is_empty() {
        Line::error("calendars", missing(year, &this), remedy)
    } else if !next.is_empty() && today.month() >= 11 {
        // The next year is announced in November.
        Line::warn("calendars", missing(year + 1, &next), remedy)
    } else {
        Line::ok(
            "calendars",
            format!("日历齐全，今天是 {today}"),
            format!("the calendars are complete; today is {today}"),
        )
    }]
}
