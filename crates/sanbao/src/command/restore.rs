//! `sanbao restore`: a backup into an empty place, walked as `verify` does.

use super::serve::{block_on, log};
use crate::args::RestoreArgs;
use crate::say::failed;
use base::{Lang, Text};
use std::process::ExitCode;
use store::backup::{Place, Refused, restore};

/// Runs the command: 0 when all is there and fits, 1 otherwise. A refused backup leaves nothing.
pub fn run(args: &RestoreArgs, lang: Lang) -> ExitCode {
    log();
    let place = Place {
        data: args.data.data.clone(),
        database: args.data.database.clone(),
        master_key: args.master_key.clone(),
    };
    let restored = match block_on(restore(&args.file, &place, args.expect.as_deref())) {
        Ok(Ok(restored)) => restored,
        Ok(Err(Refused(sentence))) => return failed(sentence.get(lang)),
        Err(error) => return failed(&error.to_string()),
    };
    if args.json {
        match serde_json::to_string(&restored) {
            Ok(json) => println!("{json}"),
            Err(error) => return failed(&error.to_string()),
        }
    } else {
        let (at, rows) = (restored.manifest.made_at, restored.manifest.rows());
        let (file, data) = (args.file.display(), args.data.data.display());
        let said = Text::new(
            format!("已把“{file}”（{at} 的备份，{rows} 行）恢复到“{data}”"),
            format!("restored `{file}`, the backup of {at} with {rows} rows, into `{data}`"),
        );
        println!("{}", said.get(lang));
        super::verify::print(&restored.report, lang);
    }
    if restored.report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
