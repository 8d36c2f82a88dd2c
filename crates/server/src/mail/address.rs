//! The address that letters come to, and the words in it that lead to their threads.

use crate::app::App;
use crate::channels::{Secret, secret, wrong};
use base::{CaseId, Text};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use store::email::normal;

/// Shortest word by which the mail server proves itself.
const SHORTEST: usize = 20;
/// Longest name of the address: the word of a thread has room behind it.
const LONGEST_NAME: usize = 30;

/// The section `[mail_in]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    address: String,
    #[serde(default = "plus")]
    delimiter: String,
    word_file: Option<PathBuf>,
    word_env: Option<String>,
}

fn plus() -> String {
    "+".into()
}

/// How letters come in (来信).
#[derive(Debug, Clone)]
pub struct MailIn {
    /// The address of the desk.
    pub address: String,
    /// What stands between its name and the word of a thread; nothing where the mail server knows
    /// no such addresses.
    delimiter: Option<char>,
    /// What proves that it is the company's own mail server that brings a letter.
    word: Secret,
}

/// Reads the section; names of files in it are below `folder`.
pub(crate) fn mail_in_of(
    written: &Written,
    folder: &Path,
    env: impl Fn(&str) -> Option<String>,
) -> Result<MailIn, Text> {
    let address = normal(&written.address)
        .filter(|address| address.split('@').next().is_some_and(|name| name.len() <= LONGEST_NAME));
    let address = address.ok_or_else(|| {
        wrong(
            "mail_in.address",
            "是一个邮箱地址，如 kefu@example.cn，@ 前最多 30 个字符",
            "is an address as kefu@example.cn, with at most 30 signs before the @",
        )
    })?;
    let delimiter = match written.delimiter.as_str() {
        "" => None,
        "+" => Some('+'),
        "-" => Some('-'),
        _ => {
            return Err(wrong(
                "mail_in.delimiter",
                "是 + 或 -，邮件服务器不认这种地址的写空",
                "is + or -, or empty where the mail server knows no such addresses",
            ));
        }
    };
    let word = secret("mail_in.word", (&written.word_file, &written.word_env), folder, env)?;
    if word.reveal().len() < SHORTEST {
        return Err(wrong(
            "mail_in.word",
            "至少 20 个字符，别人猜不出",
            "has 20 signs at least, which nobody guesses",
        ));
    }
    Ok(MailIn { address, delimiter, word })
}

impl MailIn {
    /// Whether that is the word of the company's mail server.
    pub fn knows(&self, word: &str) -> bool {
        // Hashes, so that the time it takes says nothing of the word.
        Sha256::digest(self.word.reveal()) == Sha256::digest(word)
    }

    /// The address to which a letter about that enquiry is answered.
    pub fn reply_to(&self, app: &App, case: CaseId) -> String {
        match (self.delimiter, self.address.split_once('@')) {
            (Some(delimiter), Some((name, domain))) => {
                format!("{name}{delimiter}{}@{domain}", app.store().letter_word(case))
            }
            _ => self.address.clone(),
        }
    }

    /// The number of a letter of ours about that enquiry.
    pub fn number(&self, app: &App, case: CaseId, message: i64) -> String {
        let domain = self.address.split('@').next_back().unwrap_or("localhost");
        format!("<{}.{message}@{domain}>", app.store().letter_word(case))
    }

    /// The enquiry that an address leads to.
    pub fn addressed(&self, app: &App, address: &str) -> Option<CaseId> {
        let name = address.trim().trim_matches(['<', '>']).split('@').next()?;
        let (_, word) = name.rsplit_once(self.delimiter?)?;
        app.store().letter_of(word)
    }

    /// Whether somebody writes from the address of the desk itself.
    pub fn is_own(&self, address: &str) -> bool {
        let (theirs, ours) = (address.to_lowercase(), self.address.to_lowercase());
        let (Some((name, domain)), Some((own, home))) =
            (theirs.split_once('@'), ours.split_once('@'))
        else {
            return false;
        };
        let behind = name.strip_prefix(own);
        let own = |rest: &str| rest.is_empty() || rest.starts_with(self.delimiter.unwrap_or('+'));
        domain == home && behind.is_some_and(own)
    }
}

/// The enquiry of a letter of ours, by its number.
pub fn numbered(app: &App, id: &str) -> Option<CaseId> {
    let name = id.trim().trim_matches(['<', '>']).split('@').next()?;
    app.store().letter_of(name.split('.').next()?)
}
