//! `sanbao doctor`: what is set up here and what would hurt one day.

use super::serve::{block_on, channels, log, provider};
use crate::args::DoctorArgs;
use crate::say::failed;
use base::{Lang, Text};
use server::clock::Clock;
use server::doctor::{Level, Line, Subject, examine};
use std::process::ExitCode;

/// Runs the command: 1 when anything is an error.
pub fn run(args: &DoctorArgs, lang: Lang) -> ExitCode {
    log();
    let subject = Subject {
        data: args.data.data.clone(),
        database: args.data.database.clone(),
        clock: Clock::System,
        oidc: args.oidc.as_deref().map(provider),
        channels: args.channels.as_deref().map(channels),
    };
    let lines = match block_on(examine(&subject)) {
        Ok(lines) => lines,
        Err(error) => return failed(&error.to_string()),
    };
    if args.json {
        match serde_json::to_string(&lines) {
            Ok(json) => println!("{json}"),
            Err(error) => return failed(&error.to_string()),
        }
    } else {
        for line in &lines {
            print(line, lang);
        }
    }
    let broken = lines.iter().any(|line| line.level == Level::Error);
    if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn print(line: &Line, lang: Lang) {
    let word = match line.level {
        Level::Ok => Text::new("好　", "ok   "),
        Level::Warn => Text::new("注意", "warn "),
        Level::Error => Text::new("错误", "error"),
    };
    println!("{} {}", word.get(lang), line.found.get(lang));
    if let Some(remedy) = &line.remedy {
        println!("      {}", remedy.get(lang));
    }
}
