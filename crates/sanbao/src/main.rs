//! The binary: one command line for the person who owns the standard and the one who runs it.

mod args;
mod command;
mod packs;
mod say;

use clap::Parser;
use std::process::ExitCode;

/// A command allocates some thousand small pieces: a fifth of its time was the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return command::mail_in::misread(&error),
    };
    let lang = args.language();
    match args.command {
        args::Command::Backup(backup) => command::backup::run(&backup, lang),
        args::Command::Bench(bench) => command::bench::run(&bench, lang),
        args::Command::Check(check) => command::check::run(&check, lang),
        args::Command::Diff(diff) => command::diff::run(&diff, lang),
        args::Command::Doctor(doctor) => command::doctor::run(&doctor, lang),
        args::Command::Judge(judge) => command::judge::run(&judge, lang),
        args::Command::MailIn(mail_in) => command::mail_in::run(&mail_in, lang),
        args::Command::Papers(papers) => command::papers::run(&papers, lang),
        args::Command::Key(key) => command::key::run(&key.way, lang),
        args::Command::Restore(restore) => command::restore::run(&restore, lang),
        args::Command::Schema(schema) => command::schema::run(&schema, lang),
        args::Command::Replay(replay) => command::replay::run(&replay, lang),
        args::Command::Standard(standard) => command::standard::run(&standard.way, lang),
        args::Command::Table(table) => command::table::run(&table, lang),
        args::Command::Test(test) => command::test::run(&test, lang),
        args::Command::Publish(publish) => command::publish::run(&publish, lang),
        args::Command::Serve(serve) => command::serve::run(&serve, lang),
        args::Command::Verify(verify) => command::verify::run(&verify, lang),
        args::Command::Openapi => command::openapi::run(),
    }
}
