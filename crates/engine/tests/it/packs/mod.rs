//! The packs of this repository, compiled once for the tests.

use rulebook::{PackSource, Release};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The e-bike maker's standard with its parents.
pub fn ebike() -> &'static Release {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    RELEASE.get_or_init(|| compiled(&["common", "ebike-maker"]))
}

/// These packs in one release.
pub fn compiled(ids: &[&str]) -> Release {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let packs: Vec<PackSource> = ids.iter().map(|id| read(&root.join(id), id)).collect();
    let compiled = rulebook::compile(&packs);
    let errors: Vec<String> = compiled
        .findings
        .iter()
        .filter(|finding| finding.level == rulebook::Level::Error)
        .map(|finding| format!("{}: {}", finding.at, finding.sentence.en))
        .collect();
    compiled.release.unwrap_or_else(|| panic!("{}", errors.join("\n")))
}

fn read(dir: &Path, id: &str) -> PackSource {
    let mut files = BTreeMap::new();
    let mut waiting = vec![(dir.to_path_buf(), String::new())];
    while let Some((at, under)) = waiting.pop() {
        for entry in fs::read_dir(&at).expect("the packs lie in the repository") {
            let path: PathBuf = entry.expect("a readable folder").path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            let name = format!("{under}{}", name.unwrap_or_default());
            if path.is_dir() {
                waiting.push((path, format!("{name}/")));
            } else {
                let text = fs::read_to_string(&path).expect("packs are text");
                files.insert(name, text);
            }
        }
    }
    PackSource { dir: id.to_owned(), files }
}
