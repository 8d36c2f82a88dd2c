//! `sanbao replay`: a draft of the rules over the past verdicts of a database.

use super::serve::{block_on, log};
use crate::args::ReplayArgs;
use crate::packs;
use crate::say::Unusable;
use base::{Day, Instant, Lang, Text, Zone};
use engine::replay::{Count, Past, Report, Turn, Was};
use engine::warranty::BulkJudge;
use engine::{Judge, PriceBook};
use rulebook::Release;
use serde_json::json;
use server::replay::{Progress, Verdicts, over};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Config, Scope, Store};

/// Groups of one kind shown; the JSON has all.
const SHOWN: usize = 20;

/// Runs the command: 0 when it was replayed, whatever changes.
pub fn run(args: &ReplayArgs, lang: Lang) -> ExitCode {
    log();
    match replayed(args) {
        Ok((verdicts, report)) => {
            if args.json {
                println!("{}", json(&verdicts, &report));
            } else {
                print(&verdicts, &report, args.cases, lang);
            }
            ExitCode::SUCCESS
        }
        Err(unusable) => unusable.exit(lang),
    }
}

fn replayed(args: &ReplayArgs) -> Result<(Verdicts, Report), Unusable> {
    let law = args.law.as_ref();
    let draft = release(law, &args.to)?;
    let before = args.from.as_ref().map(|from| release(law, from)).transpose()?;
    let progress = Progress::default();
    let prices = PriceBook::baseline(&draft);
    let read = async {
        let config = Config::existing(&args.data.data, args.data.database.as_deref())?;
        let store = Store::open(config).await?;
        let zone = Zone::default();
        let start = |day: Day| zone.minute_of(day, 0);
        let from = args.since.map_or(Instant(0), start);
        let to = args.until.and_then(|day| day.tomorrow().ok()).map_or(Instant::NEVER, start);
        let scope = Scope::company();
        let read = Verdicts::read(&store, &scope, (from, to), &prices, &zone, &progress).await;
        store.close().await;
        read
    };
    let unreadable = |error: &dyn std::fmt::Display| {
        Unusable::new(format!("读不了历史判定：{error}"), format!("no past verdicts: {error}"))
    };
    let mut verdicts = match block_on(read) {
        Ok(Ok(verdicts)) => verdicts,
        Ok(Err(error)) => return Err(unreadable(&error)),
        Err(error) => return Err(unreadable(&error)),
    };
    if let Some(before) = &before {
        verdicts.past = judged_by(before, &verdicts);
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let report = over(&draft, &verdicts.columns, &verdicts.past, threads, &progress);
    Ok((verdicts, report))
}

/// The same verdicts as other rules give them.
fn judged_by(rules: &Release, verdicts: &Verdicts) -> Past {
    let calendars = BTreeMap::new();
    let judge = Judge::new(rules, &calendars);
    let bulk = BulkJudge::new(&judge, &verdicts.columns);
    let mut past = Past::default();
    for row in 0..verdicts.past.len() {
        let was = verdicts.past.was(row);
        past.push(Was { given: bulk.given(row).kept(), ..was });
    }
    past
}

fn release(law: Option<&PathBuf>, dir: &PathBuf) -> Result<Release, Unusable> {
    let dirs: Vec<PathBuf> = law.into_iter().chain([dir]).cloned().collect();
    rulebook::compile(&packs::read(&dirs)?).release.ok_or_else(|| {
        let shown = dir.display();
        Unusable::new(
            format!("“{shown}”有错误；先运行 sanbao check"),
            format!("`{shown}` has errors; run `sanbao check` first"),
        )
    })
}

fn json(verdicts: &Verdicts, report: &Report) -> serde_json::Value {
    let change = |change: &engine::replay::Change| {
        let judged = &verdicts.cases[change.row];
        json!({
            "case": judged.number, "turn": change.turn, "cost_fen": change.cost_fen,
            "part": verdicts.columns.component_of(verdicts.columns.subject(change.row)),
        })
    };
    json!({
        "total": report.total, "turns": report.turns, "models": report.models,
        "parts": report.parts, "stations": report.stations, "months": report.months,
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn print(verdicts: &Verdicts, report: &Report, cases: usize, lang: Lang) {
    let total = &report.total;
    let sentence = Text::new(
        format!("回放{}个判定，{}个改变，{}", total.verdicts, total.changed, money(total, lang)),
        format!(
            "{} verdicts replayed, {} change, {}",
            total.verdicts,
            total.changed,
            money(total, lang)
        ),
    );
    println!("{}", sentence.get(lang));
    for (turn, count) in &report.turns {
        println!("  {}: {}, {}", words(*turn).get(lang), count.changed, money(count, lang));
    }
    for (zh, en, groups) in [
        ("按车型", "by model", &report.models),
        ("按部件", "by part", &report.parts),
        ("按网点", "by station", &report.stations),
        ("按月份", "by month", &report.months),
    ] {
        let mut changed: Vec<_> = groups.iter().filter(|(_, count)| count.changed > 0).collect();
        changed.sort_by_key(|(_, count)| std::cmp::Reverse(count.changed));
        if !changed.is_empty() {
            println!("{}:", Text::new(zh, en).get(lang));
        }
        for (key, count) in changed.into_iter().take(SHOWN) {
            let key = if key.is_empty() { "—" } else { key };
            println!("  {key}: {} / {}, {}", count.changed, count.verdicts, money(count, lang));
        }
    }
    for change in report.changes.iter().take(cases) {
        let part = verdicts.columns.component_of(verdicts.columns.subject(change.row));
        let number = &verdicts.cases[change.row].number;
        println!("{number} {part}: {}", words(change.turn).get(lang));
    }
}

/// What the changes cost or save.
fn money(count: &Count, lang: Lang) -> String {
    let yuan = base::Money(count.cost_fen.abs()).to_string();
    let sentence = match (count.cost_fen >= 0, count.unknown) {
        (true, 0) => Text::new(format!("多支出{yuan}"), format!("costs {yuan} more")),
        (false, 0) => Text::new(format!("节省{yuan}"), format!("saves {yuan}")),
        (true, unknown) => Text::new(
            format!("多支出{yuan}（另有{unknown}个金额未知）"),
            format!("costs {yuan} more ({unknown} of unknown amount)"),
        ),
        (false, unknown) => Text::new(
            format!("节省{yuan}（另有{unknown}个金额未知）"),
            format!("saves {yuan} ({unknown} of unknown amount)"),
        ),
    };
    sentence.get(lang).to_owned()
}

fn words(turn: Turn) -> Text {
    match turn {
        Turn::Gained => Text::new("不保改为保", "now covered"),
        Turn::Lost => Text::new("保改为不保", "no longer covered"),
        Turn::Open => Text::new("变为待定或不能判定", "left open or refused"),
        Turn::Settled => Text::new("待定变为确定", "decided now"),
        Turn::Better => Text::new("处理方式更好", "a better remedy"),
        Turn::Worse => Text::new("处理方式更差", "a worse remedy"),
        Turn::Payer => Text::new("承担方改变", "another payer or charge"),
        Turn::Later => Text::new("三包期更长", "a later last day"),
        Turn::Earlier => Text::new("三包期更短", "an earlier last day"),
    }
}
