//! Files derived from others. They are committed, so that a clone can be read and the web client
//! built without a server; `--check` proves them fresh.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

mod columns;
mod errors;
pub mod kinds;
mod language;
mod reference;
pub mod schemas;
pub mod shape;

use kinds::KINDS;

/// The files written here; the checks about hand-written code leave them out.
pub const TARGETS: [&str; 5] = [OPENAPI, SCHEMA, ERRORS, LANGUAGE, EDITOR];
/// Folders whose files are all written here.
pub const FOLDERS: [&str; 2] = [REFERENCE, SCHEMAS];

/// The HTTP interface, printed by `sanbao openapi`.
const OPENAPI: &str = "docs/openapi.json";
/// The web client's types.
const SCHEMA: &str = "web/src/api/schema.ts";
/// The list of problem and finding codes.
const ERRORS: &str = "docs/errors.md";
/// What an expression may name and call.
const LANGUAGE: &str = "docs/rulebook/language.md";
/// Which file of a pack has which schema, for editors.
const EDITOR: &str = ".taplo.toml";
/// Where the pages of the reference stand.
const REFERENCE: &str = "docs/rulebook/reference";
/// Where the schemas stand.
const SCHEMAS: &str = "docs/rulebook/schema";
/// Where the codes are kept.
const ERROR_REGISTRY: &str = "errors.toml";

/// What one run did.
#[derive(Debug, Default)]
pub struct Report {
    /// Files that differ from what would be written (or were written).
    pub changed: Vec<String>,
    /// Steps that could not run, each with its reason.
    pub left_out: Vec<String>,
}

/// Writes the derived files below `root`, or only compares them. `binary` is a `sanbao` that is
/// already built; without it, cargo builds one.
///
/// # Errors
/// A sentence, when a source is broken or a tool fails.
pub fn run(root: &Path, check: bool, binary: Option<&Path>) -> Result<Report, String> {
    let mut report = Report::default();
    put(root, LANGUAGE, &language::page(), check, &mut report)?;
    files_of_a_pack(root, check, &mut report)?;
    match fs::read_to_string(root.join(ERROR_REGISTRY)) {
        Ok(text) => put(root, ERRORS, &errors::page(&text)?, check, &mut report)?,
        Err(error) => report.left_out.push(format!("{ERRORS}: {ERROR_REGISTRY}: {error}")),
    }
    let document = openapi(root, binary)?;
    put(root, OPENAPI, &document, check, &mut report)?;
    match types(root)? {
        Some(text) => put(root, SCHEMA, &text, check, &mut report)?,
        None => report.left_out.push(format!("{SCHEMA}: run `npm ci` in web/ first")),
    }
    Ok(report)
}

/// Schemas and reference pages of the files of a pack.
fn files_of_a_pack(root: &Path, check: bool, report: &mut Report) -> Result<(), String> {
    let shapes = shape::Shapes::read(root)?;
    let mut editor = String::from(EDITOR_HEAD);
    for kind in KINDS {
        let name = kind.name;
        let schema = schemas::schema(kind, &shapes)?;
        let text = serde_json::to_string_pretty(&schema).map_err(|error| error.to_string())?;
        put(root, &format!("{SCHEMAS}/{name}.json"), &format!("{text}\n"), check, report)?;
        let page = reference::page(kind, &shapes)?;
        put(root, &format!("{REFERENCE}/{name}.md"), &page, check, report)?;
        let _ = write!(
            editor,
            "\n[[rule]]\ninclude = [\"rulebooks/*/{}\"]\n\
             schema = {{ path = \"./{SCHEMAS}/{name}.json\" }}\n",
            kind.place
        );
    }
    put(root, &format!("{REFERENCE}/README.md"), &reference::index(), check, report)?;
    put(root, &format!("{REFERENCE}/csv.md"), &columns::page(root, &shapes)?, check, report)?;
    put(root, EDITOR, &editor, check, report)
}

const EDITOR_HEAD: &str = "\
# Written by `cargo xtask codegen`: which file of a pack has which schema, for taplo and the VS Code
# extension Even Better TOML.
include = [\"rulebooks/**/*.toml\"]
";

/// The document as the server itself prints it.
fn openapi(root: &Path, binary: Option<&Path>) -> Result<String, String> {
    let mut command = if let Some(binary) = binary {
        Command::new(binary)
    } else {
        let mut cargo = Command::new(option_env!("CARGO").unwrap_or("cargo"));
        cargo.args(["run", "--quiet", "--package", "sanbao-sanbao", "--"]);
        cargo
    };
    let text = output(command.current_dir(root).arg("openapi"))?;
    Ok(format!("{}\n", text.trim_end()))
}

/// The web client's types of the document just written, by the generator pinned in `web/`.
fn types(root: &Path) -> Result<Option<String>, String> {
    let generator = root.join("web/node_modules/.bin/openapi-typescript");
    if !generator.exists() {
        return Ok(None);
    }
    let document = root.join(OPENAPI);
    output(Command::new(generator).current_dir(root.join("web")).arg(document)).map(Some)
}

fn output(command: &mut Command) -> Result<String, String> {
    let done = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if !done.status.success() {
        return Err(format!("{command:?} ended with {}", done.status));
    }
    String::from_utf8(done.stdout).map_err(|_| format!("{command:?} did not print UTF-8"))
}

fn put(root: &Path, path: &str, text: &str, check: bool, out: &mut Report) -> Result<(), String> {
    let target = root.join(path);
    if fs::read_to_string(&target).is_ok_and(|old| old == text) {
        return Ok(());
    }
    out.changed.push(path.to_owned());
    if check {
        return Ok(());
    }
    let folder = target.parent().expect("a target lies in a folder of the repository");
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::write(&target, text).map_err(|error| format!("{path}: {error}"))
}
