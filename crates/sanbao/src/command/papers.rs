//! `sanbao papers`: every document as the examples fill it, on each paper it may lie on, for the
//! author to look at and print.

use crate::args::PapersArgs;
use crate::packs;
use base::{Lang, Text, Zone};
use rulebook::model::Document;
use rulebook::{Level, Release};
use server::docs::dress::{Dress, dressed};
use server::docs::sample::samples;
use server::docs::{blanks, may_be_blank};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the command: 0 when every document is written, 1 when the examples leave one out, 2 when
/// there is nothing to run or nowhere to write.
pub fn run(args: &PapersArgs, lang: Lang) -> ExitCode {
    let packs = match packs::read(&args.dirs) {
        Ok(packs) => packs,
        Err(unusable) => return unusable.exit(lang),
    };
    let compiled = rulebook::compile(&packs);
    let Some(release) = compiled.release else {
        for finding in compiled.findings.iter().filter(|f| f.level == Level::Error) {
            eprintln!("{}: {}", finding.at, finding.sentence.get(lang));
        }
        return ExitCode::from(1);
    };
    let wanted = |id: &str| args.document.as_deref().is_none_or(|only| only == id);
    match write(&release.into(), &args.out, wanted) {
        Ok(lacking) if lacking.is_empty() => ExitCode::SUCCESS,
        Ok(lacking) => {
            for id in lacking {
                let said = Text::new(
                    format!("没有示例打印单据“{id}”；在示例中写一步会打印它的办理"),
                    format!("no example prints the document `{id}`; let a step of one print it"),
                );
                eprintln!("{}", said.get(lang));
            }
            ExitCode::from(1)
        }
        Err(text) => {
            eprintln!("{}", text.get(lang));
            ExitCode::from(2)
        }
    }
}

/// Writes the documents; names those that no example prints.
fn write(
    release: &Arc<Release>,
    out: &Path,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<String>, Text> {
    let nowhere = |error: std::io::Error| {
        let out = out.display();
        Text::new(format!("不能写入“{out}”：{error}"), format!("cannot write to `{out}`: {error}"))
    };
    let broken = |(id, why): (String, String)| {
        let zh = format!("documents/{id}.html 的模板有错：{why}");
        Text::new(zh, format!("the template documents/{id}.html has a mistake: {why}"))
    };
    let mut made = samples(release, &Zone::default()).map_err(broken)?;
    fs::create_dir_all(out).map_err(nowhere)?;
    let mut lacking = Vec::new();
    for (id, document) in release.documents.iter().filter(|(id, _)| wanted(id)) {
        let Some(sample) = made.remove(id) else {
            lacking.push(id.clone());
            continue;
        };
        on_each(document, out, (id, &sample.html), &sample.example).map_err(nowhere)?;
        if may_be_blank(document) {
            let blank = blank(release, document).map_err(|why| broken((id.clone(), why)))?;
            let name = format!("{id}-blank");
            on_each(document, out, (&name, &blank), "—").map_err(nowhere)?;
        }
    }
    Ok(lacking)
}

/// Writes a form on each paper it may lie on, and says which example fills it.
fn on_each(
    form: &Document,
    out: &Path,
    (name, html): (&str, &str),
    example: &str,
) -> std::io::Result<()> {
    for paper in form.papers() {
        let other = (paper != form.paper).then_some(paper);
        let html = dressed(html, &Dress { paper: other, ..Dress::default() }).into_owned();
        let name = format!("{name}.{}.html", paper.key());
        fs::write(out.join(&name), html)?;
        println!("{name}\t{example}");
    }
    Ok(())
}

/// A form as it is printed in advance.
fn blank(release: &Arc<Release>, form: &Document) -> Result<String, String> {
    let case = serde_json::json!({
        "number": "KBS0101-00042", "station": "杭州余杭良渚授权维修服务站", "station_code": "S0101",
    });
    let context = serde_json::json!({
        "blank": true, "case": case, "company": "小骑电动车股份有限公司", "data": {},
    });
    let made = blanks(&Zone::default(), release, form, &form.title.zh, &[context]);
    made.map_err(|problem| problem.code().to_owned())
}
