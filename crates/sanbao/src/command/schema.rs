//! `sanbao schema`: what a file of a pack may hold, for editors.

use crate::args::SchemaArgs;
use crate::say::Unusable;
use base::Lang;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// A kind of file: its name, where it lies in a pack, its schema.
type Kind = (&'static str, &'static str, &'static str);

macro_rules! kinds {
    ($($name:literal $place:literal)*) => {
        &[$((
            $name,
            $place,
            include_str!(concat!("../../../../docs/rulebook/schema/", $name, ".json")),
        )),*]
    };
}

/// All kinds, as `cargo xtask codegen` writes them.
const KINDS: &[Kind] = kinds![
    "rulebook" "rulebook.toml"
    "process" "processes/*.toml"
    "form" "forms/*.toml"
    "term" "term.toml"
    "law" "law.toml"
    "table" "tables/*.toml"
    "roles" "roles.toml"
    "messages" "messages.toml"
    "scripts" "scripts.toml"
    "customers" "customers.toml"
    "documents" "documents.toml"
    "postings" "postings.toml"
    "calendars" "calendars.toml"
    "schedules" "schedules.toml"
    "measures" "measures.toml"
    "scorecard" "scorecards/*.toml"
    "example" "examples/*.toml"
];

/// Runs the command: 0 when done, 2 when there is no such kind or the folder cannot be written.
pub fn run(args: &SchemaArgs, lang: Lang) -> ExitCode {
    let done = match (&args.kind, &args.into) {
        (_, Some(folder)) => write_all(folder, lang),
        (Some(kind), None) => print(kind),
        (None, None) => {
            for (name, place, _) in KINDS {
                println!("{name:<10} {place}");
            }
            Ok(())
        }
    };
    done.map_or_else(|unusable| unusable.exit(lang), |()| ExitCode::SUCCESS)
}

fn print(kind: &str) -> Result<(), Unusable> {
    let found = KINDS.iter().find(|(name, ..)| *name == kind);
    let Some((_, _, text)) = found else {
        let known = KINDS.iter().map(|(name, ..)| *name).collect::<Vec<_>>();
        return Err(Unusable::new(
            format!("没有“{kind}”这种文件；有：{}", known.join("、")),
            format!("no kind of file is called `{kind}`; there are {}", known.join(", ")),
        ));
    };
    print!("{text}");
    Ok(())
}

/// Writes every schema and what an editor needs to find them, beside the packs.
fn write_all(folder: &Path, lang: Lang) -> Result<(), Unusable> {
    let mut editor = String::from(EDITOR);
    for (name, place, text) in KINDS {
        put(&folder.join("schema").join(format!("{name}.json")), text)?;
        let _ = write!(
            editor,
            "\n[[rule]]\ninclude = [\"**/{place}\"]\n\
             schema = {{ path = \"./schema/{name}.json\" }}\n"
        );
    }
    // What somebody has set up for their editor is not written over.
    let target = folder.join(".taplo.toml");
    if !target.exists() {
        put(&target, &editor)?;
    }
    let shown = folder.display();
    let said = match lang {
        Lang::Zh => format!("{shown}：{} 份 schema 和 .taplo.toml", KINDS.len()),
        Lang::En => format!("{shown}: {} schemas and .taplo.toml", KINDS.len()),
    };
    println!("{said}");
    Ok(())
}

const EDITOR: &str = "# Which file of a pack has which schema, for taplo and Even Better TOML.\n";

fn put(target: &Path, text: &str) -> Result<(), Unusable> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder).and_then(|()| fs::write(target, text)).map_err(|error| {
        let shown = target.display();
        Unusable::new(
            format!("写不了“{shown}”：{error}"),
            format!("cannot write `{shown}`: {error}"),
        )
    })
}
