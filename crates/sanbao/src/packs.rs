//! Reads the folders of packs; parents named by `extends` are looked up beside their child.

use crate::say::Unusable;
use rulebook::PackSource;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Most bytes of one file of a pack: a standard is text, not a film.
const MOST_BYTES: u64 = 4 << 20;
/// Most files of one pack.
const MOST_FILES: usize = 2_000;

/// The packs in these folders with all their parents.
pub fn read(dirs: &[PathBuf]) -> Result<Vec<PackSource>, Unusable> {
    let mut packs = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<(PathBuf, bool)> = dirs.iter().rev().map(|d| (d.clone(), true)).collect();
    while let Some((dir, named)) = waiting.pop() {
        let Ok(whole) = dir.canonicalize() else {
            if named {
                let shown = dir.display();
                return Err(Unusable::new(
                    format!("没有文件夹“{shown}”"),
                    format!("there is no folder `{shown}`"),
                ));
            }
            continue; // A parent that is not there is a finding with a line, said by the checker.
        };
        if !seen.insert(whole.clone()) {
            continue;
        }
        let pack = read_pack(&dir, &whole)?;
        for parent in rulebook::parents(&pack) {
            if let Some(beside) = beside(&dir, &whole, &parent) {
                waiting.push((beside, false));
            }
        }
        packs.push(pack);
    }
    Ok(packs)
}

/// The folder of a parent, shown the way the child was named.
fn beside(dir: &Path, whole: &Path, parent: &str) -> Option<PathBuf> {
    let plain = !parent.is_empty() && !parent.contains(['/', '\\', '.']);
    if !plain {
        return None;
    }
    match dir.parent() {
        Some(above) if dir.file_name().is_some() => Some(above.join(parent)),
        _ => Some(whole.parent()?.join(parent)),
    }
}

fn read_pack(dir: &Path, whole: &Path) -> Result<PackSource, Unusable> {
    let mut files = BTreeMap::new();
    collect(dir, whole, "", &mut files)?;
    // A folder named `.` has no name of its own to compare the pack's id with.
    let shown = if dir.file_name().is_some() { dir } else { whole };
    Ok(PackSource { dir: shown.display().to_string(), files })
}

fn collect(
    dir: &Path,
    at: &Path,
    under: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Unusable> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let shown = path.display();
        Unusable::new(
            format!("读不了“{shown}”：{error}"),
            format!("cannot read `{shown}`: {error}"),
        )
    };
    for entry in fs::read_dir(at).map_err(|error| unreadable(at, &error))? {
        let entry = entry.map_err(|error| unreadable(at, &error))?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        let name = if under.is_empty() { name } else { format!("{under}/{name}") };
        let meta = entry.metadata().map_err(|error| unreadable(&path, &error))?;
        if meta.is_dir() {
            if under.split('/').count() > 4 {
                continue; // No pack nests this deep; a loop of links would.
            }
            collect(dir, &path, &name, files)?;
            continue;
        }
        let shown = dir.join(&name).display().to_string();
        if meta.len() > MOST_BYTES || files.len() >= MOST_FILES {
            return Err(Unusable::new(
                format!("“{shown}”超出制度包的大小（每个文件 4 MB，共 2000 个文件）"),
                format!("`{shown}` is too much for a pack (4 MB a file, 2,000 files)"),
            ));
        }
        let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Unusable::new(
                format!("“{shown}”不是 UTF-8 文本；请另存为 UTF-8"),
                format!("`{shown}` is not UTF-8 text; save it as UTF-8"),
            )
        })?;
        files.insert(name, text);
    }
    Ok(())
}
