//! The registry of problem codes: `errors.toml`, compiled in.

use base::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// One registered problem code.
#[derive(Debug, Clone, Deserialize)]
pub struct Registered {
    /// Stable code, kebab-case.
    pub code: String,
    /// HTTP status.
    pub status: u16,
    /// What a client shows when it knows nothing better.
    pub title: Text,
}

#[derive(Deserialize)]
struct File {
    problem: Vec<Registered>,
}

/// All codes by name.
pub fn problems() -> &'static BTreeMap<String, Registered> {
    static ALL: OnceLock<BTreeMap<String, Registered>> = OnceLock::new();
    ALL.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../errors.toml"))
            .expect("errors.toml is checked by a test of this crate");
        file.problem.into_iter().map(|p| (p.code.clone(), p)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// How a code is used; written in two parts, so that this file does not find itself.
    const CALL: &str = concat!("Problem::", "new(");

    #[test]
    fn every_code_used_is_registered() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut used = Vec::new();
        walk(&root, &mut used);
        assert!(used.len() > 10, "the search for codes finds nothing");
        for (file, code) in used {
            assert!(problems().contains_key(&code), "{file} uses `{code}`, not in errors.toml");
        }
    }

    fn walk(dir: &Path, used: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(dir).expect("source folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, used);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("source file");
                for piece in text.split(CALL).skip(1) {
                    let code = piece.trim_start().strip_prefix('"').and_then(|p| p.split_once('"'));
                    if let Some((code, _)) = code {
                        used.push((path.display().to_string(), code.to_owned()));
                    }
                }
            }
        }
    }
}
