//! A small pack that is right, to be broken in one place at a time.

use rulebook::{Compiled, PackSource, compile};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../packs/shop/", $name)))),*]
    };
}

/// The pack.
pub fn shop() -> PackSource {
    let files = files![
        "rulebook.toml",
        "standard.md",
        "roles.toml",
        "messages.toml",
        "documents.toml",
        "documents/order.html",
        "calendars.toml",
        "catalog/products.csv",
        "catalog/components.csv",
        "catalog/faults.csv",
        "catalog/parts.csv",
        "catalog/prices.csv",
        "tables/term.csv",
        "term.toml",
        "forms/intake.toml",
        "forms/assignment.toml",
        "processes/repair.toml",
        "examples/verdicts.toml",
    ];
    pack("shop", &files)
}

/// A pack from its files.
pub fn pack(dir: &str, files: &[(&str, &str)]) -> PackSource {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    PackSource { dir: dir.to_owned(), files: files.collect() }
}

/// The pack with `from` replaced by `to` in one file; a file that is not there is added.
pub fn edited(file: &str, from: &str, to: &str) -> PackSource {
    let mut pack = shop();
    let text = pack.files.entry(file.to_owned()).or_default();
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    pack
}

/// All findings, one a line, for the message of a failed test.
pub fn shown(compiled: &Compiled) -> String {
    let lines = compiled.findings.iter().map(|f| format!("{}: {} {}", f.at, f.code, f.sentence.en));
    lines.collect::<Vec<_>>().join("\n")
}

/// Compiles one pack.
pub fn compiled(pack: PackSource) -> Compiled {
    compile(&[pack])
}
