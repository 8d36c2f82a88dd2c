//! `sanbao standard`: a standard's own text on its way into a rulebook.

use crate::args::StandardWay;
use crate::packs;
use crate::say::Unusable;
use base::{Lang, Text};
use rulebook::standard::{Document, Passage, split, uncarried, write};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Most bytes of a text, and of a part of a .docx once unpacked.
const MOST_BYTES: u64 = 32 << 20;

/// Runs the command: 0 when done, 1 when figures are open, 2 when a file cannot be used.
pub fn run(way: &StandardWay, lang: Lang) -> ExitCode {
    let done = match way {
        StandardWay::Import { file, prefix, into, replace } => {
            import(file, prefix, into.as_deref(), *replace, lang)
        }
        StandardWay::Figures { dirs } => list(dirs, lang),
    };
    done.unwrap_or_else(|unusable| unusable.exit(lang))
}

fn import(
    file: &Path,
    prefix: &str,
    into: Option<&Path>,
    replace: bool,
    lang: Lang,
) -> Result<ExitCode, Unusable> {
    let title = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let passages = split(&text_of(file)?);
    if passages.is_empty() {
        let shown = file.display();
        return Err(Unusable::new(
            format!("“{shown}”里没有文字；扫描件请先识别成文字"),
            format!("`{shown}` holds no text; a scan must be recognised first"),
        ));
    }
    let draft = write(&passages, prefix, &title.unwrap_or_default());
    let Some(into) = into else {
        print!("{draft}");
        return Ok(ExitCode::SUCCESS);
    };
    let target = into.join("standard.md");
    if target.exists() && !replace {
        let shown = target.display();
        return Err(Unusable::new(
            format!("“{shown}”已经存在；要覆盖请加 --replace"),
            format!("`{shown}` is there already; add --replace to write over it"),
        ));
    }
    fs::create_dir_all(into)
        .and_then(|()| fs::write(&target, draft))
        .map_err(|error| unwritable(&target, &error))?;
    println!("{}", written(&target, &passages).get(lang));
    Ok(ExitCode::SUCCESS)
}

fn written(target: &Path, passages: &[Passage]) -> Text {
    let (shown, headings) =
        (target.display(), passages.iter().filter(|p| p.heading && p.depth > 0).count());
    let clauses = passages.iter().filter(|p| !p.heading).count();
    Text::new(
        format!(
            "已写入 {shown}：{clauses} 条条款、{headings} 个标题；请核对类别并补上英文，再运行 \
             sanbao check"
        ),
        format!(
            "wrote {shown}: {clauses} clauses, {headings} headings; read over their kinds, add the \
             English, then run `sanbao check`"
        ),
    )
}

fn list(dirs: &[PathBuf], lang: Lang) -> Result<ExitCode, Unusable> {
    let compiled = rulebook::compile(&packs::read(dirs)?);
    let release = compiled.release.ok_or_else(|| {
        Unusable::new(
            "制度包有错误；先运行 sanbao check",
            "the rulebook has errors; run `sanbao check`",
        )
    })?;
    let open = uncarried(&release);
    for found in &open {
        let (clause, figure) = (&found.clause, &found.figure);
        let line = if found.carried {
            Text::new(
                format!("{clause}：承载它的条目里没有“{}”——{}", figure.text, figure.sentence),
                format!(
                    "{clause}: nothing that carries it says “{}”: {}",
                    figure.text, figure.sentence
                ),
            )
        } else {
            Text::new(
                format!("{clause}：还没有条目承载“{}”——{}", figure.text, figure.sentence),
                format!("{clause}: nothing carries “{}” yet: {}", figure.text, figure.sentence),
            )
        };
        println!("{}", line.get(lang));
    }
    let count = open.len();
    let total = Text::new(
        format!("{count} 处数字尚待落实或核对"),
        format!("{count} figures to be carried or read over"),
    );
    println!("{}", total.get(lang));
    Ok(if open.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The text of a file: Word, UTF-8, or the Chinese encoding of older Windows.
fn text_of(file: &Path) -> Result<String, Unusable> {
    let shown = file.display();
    let size = fs::metadata(file).map_err(|error| unreadable(file, &error.to_string()))?.len();
    if size > MOST_BYTES {
        return Err(Unusable::new(
            format!("“{shown}”超过 32 MB；请去掉图片后再导入"),
            format!("`{shown}` is larger than 32 MB; take its pictures out first"),
        ));
    }
    let bytes = fs::read(file).map_err(|error| unreadable(file, &error.to_string()))?;
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("docx") => word(file, &bytes),
        Some("doc") => Err(Unusable::new(
            format!("“{shown}”是旧的 .doc 格式；请在 Word 里另存为 .docx"),
            format!("`{shown}` is of the old .doc kind; save it as .docx in Word"),
        )),
        _ => Ok(match String::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(other) => encoding_rs::GB18030.decode(other.as_bytes()).0.into_owned(),
        }),
    }
}

fn word(file: &Path, bytes: &[u8]) -> Result<String, Unusable> {
    let no_word = || unreadable(file, "it is no .docx");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_word())?;
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let document = part("word/document.xml").ok_or_else(no_word)?;
    let (numbering, styles) = (part("word/numbering.xml"), part("word/styles.xml"));
    let parts = Document {
        document: &document,
        numbering: numbering.as_deref(),
        styles: styles.as_deref(),
    };
    parts.text().map_err(|error| unreadable(file, &error.to_string()))
}

fn unreadable(file: &Path, reason: &str) -> Unusable {
    let shown = file.display();
    Unusable::new(
        format!("读不了“{shown}”：{reason}；需要 .docx 或 .txt"),
        format!("cannot read `{shown}`: {reason}; a .docx or .txt is needed"),
    )
}

fn unwritable(file: &Path, error: &std::io::Error) -> Unusable {
    let shown = file.display();
    Unusable::new(format!("写不了“{shown}”：{error}"), format!("cannot write `{shown}`: {error}"))
}
