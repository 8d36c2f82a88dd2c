//! `sanbao replay`: a draft of the rules over the past verdicts of a database.

use super::serve::{block_on, log};
use crate::args::ReplayArgs;
use crate::packs;
use crate::say::Unusable;
use base::{CaseId, Day, Instant, Lang, Text, Zone};
use engine::replay::{Count, Report};
use rulebook::Release;
use serde_json::json;
use server::masters::Masters;
use server::release::Releases;
use server::replay::{Prices, Progress, Verdicts, over};
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Config, Scope, Store};

/// Groups of one kind shown; the JSON has all.
const SHOWN: usize = 20;

/// Runs the command: 0 when it was replayed, whatever changes.
pub fn run(args: &ReplayArgs, lang: Lang) -> ExitCode {
    log();
    match replayed(args) {
        Ok(found) => {
            if args.json {
                println!("{}", found.json());
            } else {
                found.print(args.cases, lang);
            }
            ExitCode::SUCCESS
        }
        Err(unusable) => unusable.exit(lang),
    }
}

/// What a replay found, with the numbers of the cases that change.
struct Found {
    verdicts: Verdicts,
    report: Report,
    numbers: HashMap<CaseId, String>,
}

fn replayed(args: &ReplayArgs) -> Result<Found, Unusable> {
    let law = args.law.as_ref();
    let draft = release(law, &args.to)?;
    let before = args.from.as_ref().map(|from| release(law, from)).transpose()?;
    let unreadable = |error: &dyn std::fmt::Display| {
        Unusable::new(format!("读不了历史判定：{error}"), format!("no past verdicts: {error}"))
    };
    let found = block_on(async {
        let config = Config::existing(&args.data.data, args.data.database.as_deref())
            .map_err(|error| unreadable(&error))?;
        let store = Store::open(config).await.map_err(|error| unreadable(&error))?;
        let mut verdicts = read(&store, args).await.map_err(|error| unreadable(&*error))?;
        if let Some(before) = &before {
            verdicts.past = verdicts.judged_by(before);
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (columns, past) = (&verdicts.columns, &verdicts.past);
        let report = over(&draft, columns, past, threads, &Progress::default());
        let cases: Vec<CaseId> =
            report.changes.iter().map(|change| verdicts.ids[change.row].case).collect();
        let shown = if args.json { cases.len() } else { args.cases.min(cases.len()) };
        let numbers = store.case_numbers(&cases[..shown]).await;
        let numbers = numbers.map_err(|error| unreadable(&error))?;
        store.close().await;
        Ok(Found { verdicts, report, numbers })
    });
    found.map_err(|error| unreadable(&error))?
}

/// The verdicts of a database, with the prices of their days.
async fn read(
    store: &Store,
    args: &ReplayArgs,
) -> Result<Verdicts, Box<dyn std::error::Error + Send + Sync>> {
    let (releases, masters) = (Releases::load(store).await?, Masters::load(store).await?);
    let zone = Zone::default();
    let start = |day: Day| zone.minute_of(day, 0);
    let from = args.since.map_or(Instant(0), start);
    let to = args.until.and_then(|day| day.tomorrow().ok()).map_or(Instant::NEVER, start);
    let scope = Scope::company();
    let mut prices = Prices::new(&releases, &masters);
    let mut verdicts = Verdicts::default();
    while verdicts.read_on(store, (&scope, from, to), &mut prices, &zone).await? {}
    Ok(verdicts)
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

impl Found {
    fn part(&self, row: usize) -> &str {
        self.verdicts.columns.component_of(self.verdicts.columns.subject(row))
    }

    fn number(&self, row: usize) -> &str {
        self.numbers.get(&self.verdicts.ids[row].case).map_or("", String::as_str)
    }

    fn json(&self) -> serde_json::Value {
        let report = &self.report;
        let change = |change: &engine::replay::Change| {
            json!({
                "case": self.number(change.row), "turn": change.turn,
                "cost_fen": change.cost_fen, "part": self.part(change.row),
            })
        };
        json!({
            "total": report.total, "turns": report.turns, "models": report.models,
            "parts": report.parts, "stations": report.stations, "months": report.months,
            "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
        })
    }

    fn print(&self, cases: usize, lang: Lang) {
        let report = &self.report;
        let total = &report.total;
        let sentence = Text::new(
            format!(
                "回放{}个判定，{}个改变，{}",
                total.verdicts,
                total.changed,
                money(total, lang)
            ),
            format!(
                "{} verdicts replayed, {} change, {}",
                total.verdicts,
                total.changed,
                money(total, lang)
            ),
        );
        println!("{}", sentence.get(lang));
        for (turn, count) in &report.turns {
            println!("  {}: {}, {}", turn.words().get(lang), count.changed, money(count, lang));
        }
        for (zh, en, groups) in [
            ("按车型", "by model", &report.models),
            ("按部件", "by part", &report.parts),
            ("按网点", "by station", &report.stations),
            ("按月份", "by month", &report.months),
        ] {
            let mut changed: Vec<_> = groups.iter().filter(|(_, n)| n.changed > 0).collect();
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
            let (number, part) = (self.number(change.row), self.part(change.row));
            println!("{number} {part}: {}", change.turn.words().get(lang));
        }
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
