//! `sanbao verify`: walks what is stored and names what does not fit; also while it is served.

use super::serve::{block_on, log};
use crate::args::VerifyArgs;
use crate::say::failed;
use base::{Lang, Text};
use std::process::ExitCode;
use store::verify::VerifyReport;
use store::{Config, Store, StoreError};

/// Runs the command: 0 when everything fits, 1 otherwise.
pub fn run(args: &VerifyArgs, lang: Lang) -> ExitCode {
    log();
    let report = match block_on(verify(args)) {
        Ok(Ok(report)) => report,
        Ok(Err(error)) => return failed(&error.to_string()),
        Err(error) => return failed(&error.to_string()),
    };
    if args.json {
        match serde_json::to_string(&report) {
            Ok(json) => println!("{json}"),
            Err(error) => return failed(&error.to_string()),
        }
    } else {
        print(&report, lang);
    }
    if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn verify(args: &VerifyArgs) -> Result<VerifyReport, StoreError> {
    let config = Config::existing(&args.data.data, args.data.database.as_deref())?;
    let store = Store::open(config).await?;
    if args.refold {
        store.refold_measures().await?;
    }
    let report = store.verify(args.expect.as_deref()).await;
    store.close().await;
    report
}

/// The figures, what does not fit before them.
pub(super) fn print(report: &VerifyReport, lang: Lang) {
    for problem in &report.problems {
        println!("{}", problem.get(lang));
    }
    for (zh, en, count) in [
        ("办理记录", "journal entries", report.entries),
        ("记录链", "chains", report.chains),
        ("封存", "seals", report.seals),
        ("未封存的记录", "entries not sealed yet", report.unsealed),
        ("工单", "cases", report.cases),
        ("凭证", "ledger transactions", report.transactions),
        ("科目", "ledger accounts", report.accounts),
        ("编号件", "serials", report.serials),
        ("推送", "subscriptions", report.subscriptions),
        ("指标合计", "totals of measures", report.totals),
        ("单据", "documents", report.documents),
        ("文件", "files", report.files),
        ("无人引用的文件", "files nobody knows", report.orphaned_files),
    ] {
        println!("{}: {count}", Text::new(zh, en).get(lang));
    }
    let gaps = Text::new("未用的单号", "numbers drawn and not used");
    println!("{}: {}", gaps.get(lang), report.unused_numbers);
    let head = Text::new("封存头", "seal head");
    println!("{}: {}", head.get(lang), report.head.as_deref().unwrap_or("-"));
    let found = report.problems.len();
    let end = if found == 0 {
        Text::new("核对无误", "everything fits")
    } else {
        Text::new(format!("有 {found} 处不符"), format!("{found} things do not fit"))
    };
    println!("{}", end.get(lang));
}
