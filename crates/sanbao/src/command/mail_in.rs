//! `sanbao mail-in`: a letter from the mail server to the running server (来信).
//!
//! The exit codes are those that mail servers know (`sysexits.h`): what may be mended on our side
//! is never an end, but a reason to try again.

use super::serve::block_on;
use crate::args::MailInArgs;
use base::Lang;
use server::mail::{Envelope, Handed, LARGEST, hand_over};
use std::io::Read;
use std::process::ExitCode;

/// The letter itself is wrong: the mail server sends it back (`EX_DATAERR`).
const REFUSED: u8 = 65;
/// Not now: the mail server keeps it and tries again (`EX_TEMPFAIL`).
const LATER: u8 = 75;

/// Runs the command.
pub fn run(args: &MailInArgs, lang: Lang) -> ExitCode {
    let word = match std::fs::read_to_string(&args.word_file) {
        Ok(word) => word.trim().to_owned(),
        Err(error) => return later(&format!("{}: {error}", args.word_file.display())),
    };
    let mut letter = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    if let Err(error) = std::io::stdin().take(most + 1).read_to_end(&mut letter) {
        return later(&error.to_string());
    }
    if letter.len() > LARGEST {
        let megabytes = LARGEST / 1024 / 1024;
        let said = match lang {
            Lang::Zh => format!("来信超过 {megabytes} MB，没有收"),
            Lang::En => format!("the letter is larger than {megabytes} MB and was not taken"),
        };
        return refused(&said);
    }
    let envelope = Envelope { sender: args.sender.clone(), recipient: args.recipient.clone() };
    let handed = hand_over((&args.to, &word), &envelope, letter, args.root.as_deref());
    match block_on(handed) {
        Ok(Handed::Over(said)) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Ok(Handed::Refused(why)) => refused(&why),
        Ok(Handed::Later(why)) => later(&why),
        Err(error) => later(&error.to_string()),
    }
}

/// A command line that cannot be read loses no letter either: somebody mends it, and the mail
/// server tries again.
pub fn misread(error: &clap::Error) -> ExitCode {
    let asked = std::env::args().any(|word| word == "mail-in");
    let _ = error.print();
    match (error.use_stderr(), asked) {
        (false, _) => ExitCode::SUCCESS,
        (true, true) => ExitCode::from(LATER),
        (true, false) => ExitCode::from(2),
    }
}

fn refused(why: &str) -> ExitCode {
    eprintln!("sanbao mail-in: {why}");
    ExitCode::from(REFUSED)
}

fn later(why: &str) -> ExitCode {
    eprintln!("sanbao mail-in: {why}");
    ExitCode::from(LATER)
}
