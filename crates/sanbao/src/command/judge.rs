//! `sanbao judge`: the three-guarantees verdict on facts, one object or one a line.

use crate::args::JudgeArgs;
use crate::packs;
use crate::say::Unusable;
use base::{Lang, Zone};
use engine::why::Reader;
use engine::{Judge, VerdictFacts};
use rulebook::{Level, Release};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Most bytes of one line, or of a file that is one object.
const MOST_BYTES: u64 = 1 << 20;

/// Runs the command: 0 with a verdict on everything, 1 when facts were refused, 2 when rulebook or
/// file cannot be used.
pub fn run(args: &JudgeArgs, lang: Lang) -> ExitCode {
    match answer(args, lang) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(unusable) => unusable.exit(lang),
    }
}

fn answer(args: &JudgeArgs, lang: Lang) -> Result<bool, Unusable> {
    let dirs: Vec<PathBuf> = args.law.iter().chain([&args.rulebook]).cloned().collect();
    let packs = packs::read(&dirs)?;
    let compiled = rulebook::compile(&packs);
    let Some(release) = compiled.release else {
        for finding in compiled.findings.iter().filter(|f| f.level == Level::Error) {
            eprintln!("{}: {}", finding.at, finding.sentence.get(lang));
        }
        let dir = args.rulebook.display();
        return Err(Unusable::new(
            format!("{dir} 有错误，不能用来判定；先运行 sanbao check"),
            format!("{dir} has errors and cannot judge; run sanbao check first"),
        ));
    };
    if args.law.is_some() && release.law.is_none() {
        return Err(Unusable::new(
            "--law 的文件夹不是法律制度包：其中没有 law.toml",
            "the folder of --law is no law pack: it has no law.toml",
        ));
    }
    let facts = open(&args.facts)?;
    let calendars = BTreeMap::new();
    let bench = Bench { release: &release, judge: Judge::new(&release, &calendars), lang };
    let written = bench.all(facts, BufWriter::new(io::stdout().lock()));
    written.map_err(|error| {
        Unusable::new(format!("读写出错：{error}"), format!("cannot read or write: {error}"))
    })
}

fn open(name: &std::path::Path) -> Result<Box<dyn BufRead>, Unusable> {
    if name.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(name).map_err(|error| {
        let shown = name.display();
        Unusable::new(
            format!("读不了“{shown}”：{error}"),
            format!("cannot read `{shown}`: {error}"),
        )
    })?;
    Ok(Box::new(BufReader::new(file)))
}

/// A judge with the language of its reader.
struct Bench<'r> {
    release: &'r Release,
    judge: Judge<'r>,
    lang: Lang,
}

impl Bench<'_> {
    /// Judges everything in `facts`; whether nothing was refused. A file whose first line is whole
    /// by itself and not the only one holds one object a line; any other is one object.
    fn all(&self, mut facts: impl BufRead, mut out: impl Write) -> io::Result<bool> {
        let Some(first) = next_line(&mut facts)? else {
            return alone(&self.one(""), &mut out);
        };
        let second = next_line(&mut facts)?;
        let whole = serde_json::from_str::<Json>(&first).is_ok();
        let Some(second) = second else {
            return alone(&self.one(&first), &mut out);
        };
        let mut rest = String::new();
        if !whole {
            // One object over several lines; or, when it is none, lines of which the first is bad.
            (&mut facts).take(MOST_BYTES).read_to_string(&mut rest)?;
            let text = format!("{first}\n{second}\n{rest}");
            let lines = text.lines().skip(1).any(|line| {
                serde_json::from_str::<Json>(line).is_ok_and(|value| value.is_object())
            });
            if serde_json::from_str::<Json>(&text).is_ok() || !lines {
                return alone(&self.one(&text), &mut out);
            }
        }
        let mut fine = true;
        let mut read = rest.as_bytes().chain(facts);
        let mut waiting = vec![second, first];
        while let Some(line) = match waiting.pop() {
            Some(line) => Some(line),
            None => next_line(&mut read)?,
        } {
            let answer = self.one(&line);
            fine &= answer.is_ok();
            let answer = answer.unwrap_or_else(|sentence| json!({ "error": sentence }));
            writeln!(out, "{answer}")?;
        }
        out.flush()?;
        Ok(fine)
    }

    fn one(&self, text: &str) -> Result<Json, String> {
        let json: Json = serde_json::from_str(text).map_err(|error| match self.lang {
            Lang::Zh => format!("不是 JSON：{error}"),
            Lang::En => format!("this is not JSON: {error}"),
        })?;
        let refused = |refused: engine::FactsRefused| {
            let sentence = refused.sentence.get(self.lang);
            if refused.field.is_empty() {
                sentence.to_owned()
            } else {
                format!("{}: {sentence}", refused.field)
            }
        };
        let facts = VerdictFacts::read(&json).map_err(refused)?;
        let mut verdict = self.judge.judge(&facts).map_err(refused)?;
        let zone = Zone::default();
        let reader = Reader { release: self.release, process: None, zone: &zone, lang: self.lang };
        verdict.speak(reader);
        verdict.why.clear();
        serde_json::to_value(&verdict).map_err(|error| error.to_string())
    }
}

/// The answer to a single object, laid out for people; a refusal also on stderr.
fn alone(answer: &Result<Json, String>, out: &mut impl Write) -> io::Result<bool> {
    match answer {
        Ok(verdict) => writeln!(out, "{verdict:#}")?,
        Err(sentence) => {
            writeln!(out, "{:#}", json!({ "error": sentence }))?;
            eprintln!("{sentence}");
        }
    }
    out.flush()?;
    Ok(answer.is_ok())
}

/// The next line that is not blank; one that is too long is cut and will not read as JSON.
fn next_line(facts: &mut impl BufRead) -> io::Result<Option<String>> {
    loop {
        let mut line = Vec::new();
        if facts.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            return Ok(Some(line.trim_end().trim_start_matches('\u{feff}').to_owned()));
        }
    }
}
