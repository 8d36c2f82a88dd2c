//! What the crates may depend on: layers, bans and licences, read from `cargo tree`.
//!
//! `cargo tree` resolves features as the build does; `cargo metadata` lists optional dependencies
//! that are never built, which would make the purity check useless.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::Finding;

/// Which crates of this workspace each crate may use (its own `[dependencies]`, direct or not).
const LAYERS: [(&str, &[&str]); 6] = [
    ("base", &[]),
    ("rulebook", &["base", "ledger"]),
    ("ledger", &["base"]),
    ("engine", &["base", "rulebook", "ledger"]),
    ("simulator", &["base"]),
    ("store", &["base", "rulebook", "ledger", "engine"]),
];

/// Packages that do IO, wait, or draw random numbers: none may be reached by a pure crate.
const IMPURE_PACKAGES: [&str; 12] = [
    "tokio",
    "mio",
    "axum",
    "hyper",
    "tower-http",
    "rusqlite",
    "tokio-postgres",
    "getrandom",
    "rand",
    "ureq",
    "object_store",
    "async-trait",
];

/// Packages that must not be built at all, with what is used instead.
const BANNED: [(&str, &str); 13] = [
    ("openssl", "rustls with ring"),
    ("openssl-sys", "rustls with ring"),
    ("native-tls", "rustls with ring"),
    ("aws-lc-rs", "rustls with ring"),
    ("aws-lc-sys", "rustls with ring"),
    ("deno_core", "the rulebook's own expressions"),
    ("v8", "the rulebook's own expressions"),
    ("boa_engine", "the rulebook's own expressions"),
    ("rquickjs", "the rulebook's own expressions"),
    ("actix-web", "axum"),
    ("rocket", "axum"),
    ("typst", "HTML with print CSS"),
    ("chrono", "jiff"),
];

/// Licences that may be linked into an Apache-2.0 binary without further conditions than notice.
const LICENCES: [&str; 15] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "MPL-2.0",
    "CC0-1.0",
    "0BSD",
    "BSL-1.0",
    "Unlicense",
    "CDLA-Permissive-2.0",
];

/// All findings about dependencies.
///
/// # Errors
/// A sentence, when `cargo tree` does not answer.
pub fn check(root: &Path) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for (layer, allowed) in LAYERS {
        let tree = tree(root, &["--package", &format!("sanbao-{layer}"), "--edges", "normal"])?;
        let names = tree.iter().map(|package| package.name.as_str()).collect();
        layers(layer, allowed, &names, &mut findings);
    }
    for package in tree(root, &["--workspace", "--edges", "normal,build,dev"])? {
        ban(&package, &mut findings);
    }
    Ok(findings)
}

/// One package of the tree with its licence expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    licence: String,
}

fn tree(root: &Path, arguments: &[&str]) -> Result<BTreeSet<Package>, String> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["tree", "--quiet", "--locked", "--prefix", "none", "--format", "{p}|{l}"])
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot run cargo tree: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo tree: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(package).collect())
}

/// Reads `name v1.2.3 (…)|LICENCE (*)`.
fn package(line: &str) -> Option<Package> {
    let (id, licence) = line.trim_end_matches(" (*)").split_once('|')?;
    let name = id.split(' ').next()?.to_owned();
    Some(Package { name, licence: licence.to_owned() })
}

fn layers(layer: &str, allowed: &[&str], names: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    let place = format!("crates/{layer}/Cargo.toml");
    for name in names {
        if let Some(own) = name.strip_prefix("sanbao-")
            && own != layer
            && !allowed.contains(&own)
        {
            let sentence = format!("`{layer}` may not depend on `{own}`");
            findings.push(Finding::plain("layer", &place, 0, sentence));
        }
        let is_outside = if layer == "store" {
            ["axum", "utoipa"].contains(name)
        } else {
            IMPURE_PACKAGES.contains(name)
        };
        if is_outside {
            let sentence = format!("`{layer}` reaches `{name}`, which it must not");
            findings.push(Finding::plain("layer", &place, 0, sentence));
        }
    }
}

fn ban(package: &Package, findings: &mut Vec<Finding>) {
    if let Some((_, instead)) = BANNED.iter().find(|(name, _)| *name == package.name) {
        let sentence = format!("is banned; use {instead}");
        findings.push(Finding::plain("banned", &package.name, 0, sentence));
    }
    if !may_link(&package.licence) {
        let sentence = format!("licence `{}` is not on the list", package.licence);
        findings.push(Finding::plain("licence", &package.name, 0, sentence));
    }
}

/// Whether an SPDX expression can be met by licences of the list. `A/B` is the old form of `OR`;
/// `AND` binds closer than `OR`.
fn may_link(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

fn either(words: &mut &[&str]) -> bool {
    let mut met = both(words);
    while words.first() == Some(&"OR") {
        *words = &words[1..];
        met |= both(words);
    }
    met
}

fn both(words: &mut &[&str]) -> bool {
    let mut met = one(words);
    while words.first() == Some(&"AND") {
        *words = &words[1..];
        met &= one(words);
    }
    met
}

fn one(words: &mut &[&str]) -> bool {
    let Some((first, tail)) = words.split_first() else { return false };
    *words = tail;
    if *first == "(" {
        let met = either(words);
        if words.first() == Some(&")") {
            *words = &words[1..];
        }
        return met;
    }
    let mut met = LICENCES.contains(first);
    if words.first() == Some(&"WITH") {
        // An exception grants more than the licence alone; only the known one is accepted.
        met &= words.get(1) == Some(&"LLVM-exception");
        *words = words.get(2..).unwrap_or_default();
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_expressions() {
        let check = |expression: &str, expect: bool| {
            assert_eq!(may_link(expression), expect, "{expression}");
        };
        check("MIT", true);
        check("GPL-3.0-only", false);
        check("MIT/Apache-2.0", true);
        check("GPL-3.0-only OR MIT", true);
        check("MIT AND GPL-3.0-only", false);
        check("(MIT OR GPL-3.0-only) AND Unicode-3.0", true);
        check("GPL-2.0 OR MIT AND LGPL-3.0", false);
        check("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true);
        check("Apache-2.0 WITH other-exception", false);
        check("", false);
    }

    #[test]
    fn layers_are_refused_by_name() {
        let check = |layer: &str, names: &[&str], expect: usize| {
            let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |l| l.1);
            let mut findings = Vec::new();
            layers(layer, allowed, &names.iter().copied().collect(), &mut findings);
            assert_eq!(findings.len(), expect, "{layer} {names:?}: {findings:?}");
        };
        check("engine", &["sanbao-engine", "sanbao-base", "serde"], 0);
        check("engine", &["sanbao-store", "tokio", "rand"], 3);
        check("ledger", &["sanbao-rulebook"], 1);
        check("store", &["tokio", "rusqlite", "getrandom", "sanbao-engine"], 0);
        check("store", &["axum", "sanbao-server"], 2);
    }

    #[test]
    fn banned_packages_name_the_way_out() {
        let mut findings = Vec::new();
        let name = "openssl".to_owned();
        ban(&Package { name, licence: "Apache-2.0".to_owned() }, &mut findings);
        assert_eq!(findings[0].to_string(), "openssl: [banned] is banned; use rustls with ring");
    }
}
