//! How the packs of a draft inherit from each other and where each entry stands, read once for a
//! whole list: asking [`Working`] entry by entry parses every file again each time.

use super::{Working, own_packs};
use std::collections::BTreeMap;

/// The packs of a draft with their parents.
#[derive(Debug)]
pub struct Kin {
    own: Vec<String>,
    lines: BTreeMap<String, Vec<String>>,
}

/// Where an entry stands, and what stands there.
#[derive(Debug)]
pub struct Origin {
    /// The pack.
    pub pack: String,
    /// Its keys as that pack writes them.
    pub keys: toml::Value,
}

impl Kin {
    /// The kin of all packs of a draft.
    pub fn of(working: &Working) -> Self {
        let line = |id: &str| working.lineage(id).iter().map(|pack| pack.dir.clone()).collect();
        let packs = working.sources.iter();
        Self {
            own: own_packs(&working.sources).into_iter().map(str::to_owned).collect(),
            lines: packs.map(|pack| (pack.dir.clone(), line(&pack.dir))).collect(),
        }
    }

    /// Whether a draft may write that pack.
    pub fn is_own(&self, id: &str) -> bool {
        self.own.iter().any(|own| own == id)
    }

    /// Whether a pack is another or inherits from it.
    pub fn inherits(&self, id: &str, from: &str) -> bool {
        self.lines.get(id).is_some_and(|line| line.iter().any(|known| known == from))
    }

    /// The pack in which a draft writes what stands in another, as [`Working::writer`] says it.
    pub fn writer(&self, from: &str) -> Option<String> {
        self.own.iter().find(|own| self.inherits(own, from)).cloned()
    }

    /// Each entry of a list by id, as the pack nearest to the own ones has it; that pack is what
    /// [`Working::origin`] says.
    pub fn origins(&self, working: &Working, file: &str, list: &str) -> BTreeMap<String, Origin> {
        let near = self.own.first().and_then(|own| self.lines.get(own));
        let near = near.into_iter().flatten().rev();
        let far = working.sources.iter().rev().map(|pack| &pack.dir);
        let mut seen: Vec<&String> = Vec::new();
        let mut origins = BTreeMap::new();
        for pack in near.chain(far) {
            if seen.contains(&pack) {
                continue;
            }
            seen.push(pack);
            let text = working.text(pack, file).unwrap_or_default();
            for (id, keys) in entries(text, list) {
                origins.entry(id).or_insert_with(|| Origin { pack: pack.clone(), keys });
            }
        }
        origins
    }
}

/// The entries of a list in a file, by id.
fn entries(text: &str, list: &str) -> Vec<(String, toml::Value)> {
    let mut table = toml::from_str::<toml::Table>(text).unwrap_or_default();
    let Some(toml::Value::Array(entries)) = table.remove(list) else { return vec![] };
    let named = |entry: toml::Value| Some((entry.get("id")?.as_str()?.to_owned(), entry));
    entries.into_iter().filter_map(named).collect()
}
