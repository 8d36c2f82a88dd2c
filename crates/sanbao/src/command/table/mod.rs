//! `sanbao table`: decision tables to spreadsheets and back, and from DMN.

mod workbook;

use crate::args::{TableArgs, TableWay};
use crate::say::Unusable;
use base::{Lang, Text};
use rulebook::dmn::{self, Logic};
use rulebook::table::Table;
use rulebook::table::excel::TableFiles;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Most bytes of a file that is read.
const MOST_BYTES: u64 = 16 << 20;

/// Runs the command: 0 when everything was read and written, 1 when something of a model has no
/// counterpart here or a table has mistakes, 2 when a file cannot be used.
pub fn run(args: &TableArgs, lang: Lang) -> ExitCode {
    let done = match &args.way {
        TableWay::Export { table, workbook } => export(table, workbook, lang),
        TableWay::Import { file, into, replace } => {
            let beside = || file.parent().unwrap_or(Path::new("")).to_owned();
            let to = Target { dir: into.clone().unwrap_or_else(beside), replace: *replace, lang };
            let is_model = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("dmn"));
            if is_model { import_model(file, &to) } else { import_workbook(file, &to) }
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(unusable) => unusable.exit(lang),
    }
}

fn unreadable(path: &Path, error: impl std::fmt::Display) -> Unusable {
    let shown = path.display();
    Unusable::new(format!("读不了“{shown}”：{error}"), format!("cannot read `{shown}`: {error}"))
}

fn unwritable(path: &Path, error: impl std::fmt::Display) -> Unusable {
    let shown = path.display();
    Unusable::new(format!("写不了“{shown}”：{error}"), format!("cannot write `{shown}`: {error}"))
}

fn small(path: &Path) -> Result<(), Unusable> {
    let size = fs::metadata(path).map_err(|error| unreadable(path, error))?.len();
    if size > MOST_BYTES {
        return Err(unreadable(path, "> 16 MB"));
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Unusable> {
    small(path)?;
    fs::read_to_string(path).map_err(|error| unreadable(path, error))
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn export(table: &Path, workbook: &Path, lang: Lang) -> Result<bool, Unusable> {
    let beside = table.with_extension("toml");
    let sidecar = if beside.exists() { Some(read(&beside)?) } else { None };
    let files = TableFiles { id: stem(table), csv: read(table)?, sidecar };
    let bytes = workbook::bytes(&files.to_sheets()).map_err(|error| unwritable(workbook, error))?;
    fs::write(workbook, bytes).map_err(|error| unwritable(workbook, error))?;
    let shown = workbook.display();
    say(
        lang,
        &Text::new(
            format!("已写出 {shown}；改好后用 sanbao table import 读回"),
            format!("wrote {shown}; read it back with sanbao table import"),
        ),
    );
    Ok(true)
}

/// Where imported tables go.
struct Target {
    dir: PathBuf,
    replace: bool,
    lang: Lang,
}

fn import_workbook(file: &Path, to: &Target) -> Result<bool, Unusable> {
    small(file)?;
    let bytes = fs::read(file).map_err(|error| unreadable(file, error))?;
    let sheets = workbook::read(&bytes).map_err(|why| unreadable(file, why))?;
    let files = TableFiles::from_sheets(&sheets, &stem(file)).map_err(Unusable)?;
    to.write(&files)
}

fn import_model(file: &Path, to: &Target) -> Result<bool, Unusable> {
    let text = read(file)?;
    let model = dmn::read(&text).map_err(|cannot| Unusable(cannot.sentence))?;
    let mut whole = true;
    for decision in &model.decisions {
        let place = format!("{}:{}", file.display(), decision.line);
        match &decision.logic {
            Ok(Logic::Table(draft)) => {
                let sidecar = Some(draft.sidecar.clone());
                let files = TableFiles { id: draft.id.clone(), csv: draft.csv.clone(), sidecar };
                whole &= to.write(&files)?;
                for remark in &draft.remarks {
                    println!("{place}: {}", remark.get(to.lang));
                }
            }
            Ok(Logic::Formula(expr)) => {
                let (name, source) = (&decision.name, expr.source());
                let sentence = Text::new(
                    format!("决策“{name}”是公式，可写在要用它的地方：{source}"),
                    format!(
                        "the decision `{name}` is a formula; write it where it is used: {source}"
                    ),
                );
                println!("{place}: {}", sentence.get(to.lang));
            }
            Err(cannot) => {
                whole = false;
                let (name, why) = (&decision.name, &cannot.sentence);
                let sentence = Text::new(
                    format!("决策“{name}”读不进来：{}", why.zh),
                    format!("the decision `{name}` cannot be taken over: {}", why.en),
                );
                eprintln!("{}:{}: {}", file.display(), cannot.line, sentence.get(to.lang));
            }
        }
    }
    Ok(whole)
}

impl Target {
    /// Writes CSV and sidecar; whether the table can be read.
    fn write(&self, files: &TableFiles) -> Result<bool, Unusable> {
        let csv = self.dir.join(format!("{}.csv", files.id));
        let toml = csv.with_extension("toml");
        let there = [&csv, &toml].into_iter().find(|path| path.exists());
        if let (Some(path), false) = (there, self.replace) {
            let shown = path.display();
            return Err(Unusable::new(
                format!("“{shown}”已存在；要覆盖请加 --replace，或用 --into 另选文件夹"),
                format!("`{shown}` is there already; add --replace, or --into another folder"),
            ));
        }
        fs::write(&csv, &files.csv).map_err(|error| unwritable(&csv, error))?;
        if let Some(sidecar) = &files.sidecar {
            fs::write(&toml, sidecar).map_err(|error| unwritable(&toml, error))?;
        } else if toml.exists() {
            fs::remove_file(&toml).map_err(|error| unwritable(&toml, error))?;
        }
        let shown = csv.display();
        say(self.lang, &Text::new(format!("已写出 {shown}"), format!("wrote {shown}")));
        Ok(self.is_readable(files))
    }

    /// Names what is wrong with a decision table; other tables have no tests to read.
    fn is_readable(&self, files: &TableFiles) -> bool {
        let header = files.csv.lines().find(|line| !line.starts_with('#') && !line.is_empty());
        if !header.is_some_and(|header| header.contains('→') || header.contains("->")) {
            return true;
        }
        let findings = match Table::parse(&files.id, &files.csv, files.sidecar.as_deref()) {
            Ok(_) => Vec::new(),
            Err(findings) => findings,
        };
        for finding in &findings {
            eprintln!("{}: {}", finding.at, finding.sentence.get(self.lang));
        }
        findings.is_empty()
    }
}

fn say(lang: Lang, sentence: &Text) {
    println!("{}", sentence.get(lang));
}
