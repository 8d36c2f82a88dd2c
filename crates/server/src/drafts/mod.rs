//! Drafts of the rulebook (制度草稿): the text of a release with somebody's changes laid over it,
//! compiled when somebody looks. A draft writes the company's own packs; what it changes of a
//! parent it writes as an override there, and the parents' text stays theirs.

pub mod choices;
mod compiled;
pub mod edit;
mod kin;
mod table;
pub mod zipped;

pub use compiled::{Compilations, rules_hash};
pub use kin::Kin;
pub use table::{GridView, RowWish, TableWish, grid};

use crate::app::App;
use crate::problem::{Answer, Problem};
use base::Day;
use rulebook::{Compiled, PackSource, Release};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::draft::{DraftFile, DraftRow};

/// Most text of one file.
pub const MOST_FILE_BYTES: usize = 1024 * 1024;
/// Most text of all packs of a draft.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// Most files of all packs of a draft.
pub const MOST_FILES: usize = 2_000;

/// A draft with its text.
#[derive(Debug, Clone)]
pub struct Working {
    /// The draft as stored.
    pub row: DraftRow,
    /// The release it was made of.
    pub base: Arc<Release>,
    /// What differs from it.
    pub files: Vec<DraftFile>,
    /// The packs as the draft has them.
    pub sources: Vec<PackSource>,
}

impl Working {
    /// Loads a draft.
    pub async fn load(app: &App, id: i64) -> Answer<Self> {
        let row = app.store().draft(id).await?;
        let files = app.store().draft_files(id).await?;
        let base = app.releases().pinned(&row.base)?;
        let sources = laid_over(&base.sources, &files);
        Ok(Self { row, base, files, sources })
    }

    /// The draft, checked and compiled.
    pub async fn compiled(&self, app: &App) -> Answer<Arc<Compiled>> {
        app.compilations().of(self.sources.clone()).await
    }

    /// A pack by id.
    pub fn pack(&self, id: &str) -> Answer<&PackSource> {
        let pack = self.sources.iter().find(|pack| pack.dir == id);
        pack.ok_or_else(|| {
            Problem::new("not-found")
                .detail(format!("草稿里没有制度包“{id}”"), format!("The draft has no pack `{id}`"))
        })
    }

    /// A pack that the draft may write.
    pub fn own_pack(&self, id: &str) -> Answer<&PackSource> {
        let pack = self.pack(id)?;
        if self.is_own(id) {
            return Ok(pack);
        }
        let own = own_packs(&self.sources).join(", ");
        Err(Problem::new("draft-foreign-pack").detail(
            format!("“{id}”是继承来的制度包，草稿不改它；改动写在 {own} 里，覆盖继承的内容"),
            format!(
                "`{id}` is inherited and a draft leaves it as it is; write the change in {own}, \
                 where it overrides what is inherited"
            ),
        ))
    }

    /// Whether a draft may write that pack.
    pub fn is_own(&self, id: &str) -> bool {
        own_packs(&self.sources).contains(&id)
    }

    /// The packs a pack inherits from, parents first, and itself last.
    pub fn lineage(&self, id: &str) -> Vec<&PackSource> {
        let mut line = Vec::new();
        self.climb(id, &mut line);
        line
    }

    fn climb<'s>(&'s self, id: &str, line: &mut Vec<&'s PackSource>) {
        let Some(pack) = self.sources.iter().find(|pack| pack.dir == id) else { return };
        if line.len() > self.sources.len() || line.iter().any(|known| known.dir == id) {
            return;
        }
        for parent in head(pack).extends {
            self.climb(&parent, line);
        }
        line.push(pack);
    }

    /// The pack nearest to the own ones in which an entry of a list stands.
    pub fn origin(&self, file: &str, list: &str, id: &str) -> Option<String> {
        let own = own_packs(&self.sources);
        let near = own.first().map(|own| self.lineage(own)).unwrap_or_default();
        let far = self.sources.iter().rev();
        let mut packs = near.into_iter().rev().chain(far);
        packs.find(|pack| has_entry(pack, file, list, id)).map(|pack| pack.dir.clone())
    }

    /// The pack in which a draft writes what stands in another: that one where it is own, the own
    /// one that inherits from it, or none.
    pub fn writer(&self, from: &str) -> Option<String> {
        let own = own_packs(&self.sources);
        let inherits = |own: &&&str| self.lineage(own).iter().any(|pack| pack.dir == from);
        own.iter().find(inherits).map(|own| (*own).to_owned())
    }

    /// The text of a file.
    pub fn text(&self, pack: &str, path: &str) -> Option<&str> {
        let pack = self.sources.iter().find(|known| known.dir == pack)?;
        pack.files.get(path).map(String::as_str)
    }

    /// The packs with one file written anew.
    pub fn with(&self, pack: &str, path: &str, body: Option<&str>) -> Vec<PackSource> {
        let file = DraftFile {
            pack: pack.to_owned(),
            path: path.to_owned(),
            body: body.map(str::to_owned),
        };
        laid_over(&self.sources, &[file])
    }
}

/// What a pack's `rulebook.toml` says of its kin; nothing where it cannot be read.
#[derive(Debug, Default, Deserialize)]
pub struct Head {
    /// Parents.
    #[serde(default)]
    pub extends: Vec<String>,
    /// Version.
    #[serde(default)]
    pub version: String,
    /// The day it is meant to take effect.
    #[serde(default)]
    pub effective: Option<toml::Value>,
}

/// The head of a pack.
pub fn head(pack: &PackSource) -> Head {
    let text = pack.files.get("rulebook.toml");
    text.and_then(|text| toml::from_str(text).ok()).unwrap_or_default()
}

/// Whether a file of a pack has an entry of that id in a list.
fn has_entry(pack: &PackSource, file: &str, list: &str, id: &str) -> bool {
    let Some(text) = pack.files.get(file).filter(|text| text.contains(id)) else { return false };
    let Ok(table) = toml::from_str::<toml::Table>(text) else { return false };
    let entries = table.get(list).and_then(toml::Value::as_array);
    let is_it = |entry: &toml::Value| entry.get("id").and_then(toml::Value::as_str) == Some(id);
    entries.is_some_and(|entries| entries.iter().any(is_it))
}

/// The packs a draft writes: those nobody extends and that are no law; where there is nothing but
/// law, that.
pub fn own_packs(sources: &[PackSource]) -> Vec<&str> {
    let parents: Vec<String> = sources.iter().flat_map(|pack| head(pack).extends).collect();
    let is_law = |pack: &PackSource| pack.files.contains_key("law.toml");
    let only_law = sources.iter().all(is_law);
    let own = sources.iter().filter(|pack| !parents.contains(&pack.dir));
    own.filter(|pack| only_law || !is_law(pack)).map(|pack| pack.dir.as_str()).collect()
}

/// Packs with the files of a draft laid over them; a pack without files is gone.
pub fn laid_over(base: &[PackSource], files: &[DraftFile]) -> Vec<PackSource> {
    let mut sources = base.to_vec();
    for file in files {
        let at = sources.iter().position(|pack| pack.dir == file.pack).unwrap_or_else(|| {
            sources.push(PackSource { dir: file.pack.clone(), files: BTreeMap::new() });
            sources.len() - 1
        });
        let files = &mut sources[at].files;
        match &file.body {
            Some(body) => drop(files.insert(file.path.clone(), body.clone())),
            None => drop(files.remove(&file.path)),
        }
    }
    sources.retain(|pack| !pack.files.is_empty());
    sources
}

/// The files by which packs differ from a base.
pub fn differing(base: &[PackSource], sources: &[PackSource]) -> Vec<DraftFile> {
    let find = |packs: &[PackSource], id: &str, path: &str| {
        let pack = packs.iter().find(|pack| pack.dir == id)?;
        pack.files.get(path).cloned()
    };
    let mut files = Vec::new();
    for pack in sources {
        for (path, body) in &pack.files {
            if find(base, &pack.dir, path).as_ref() != Some(body) {
                files.push(DraftFile {
                    pack: pack.dir.clone(),
                    path: path.clone(),
                    body: Some(body.clone()),
                });
            }
        }
    }
    for pack in base {
        let gone = pack.files.keys().filter(|path| find(sources, &pack.dir, path).is_none());
        files.extend(gone.map(|path| DraftFile {
            pack: pack.dir.clone(),
            path: path.clone(),
            body: None,
        }));
    }
    files
}

/// Whether packs lack a law that the base had.
pub fn drops_law(base: &[PackSource], sources: &[PackSource]) -> bool {
    let has_law = |packs: &[PackSource]| packs.iter().any(|p| p.files.contains_key("law.toml"));
    has_law(base) && !has_law(sources)
}

/// The day packs take effect when nobody says another: the one they are written for
/// (`effective` in `rulebook.toml`), or tomorrow where that day is past or not said.
pub fn effective(sources: &[PackSource], today: Day) -> Day {
    let own = own_packs(sources);
    let days = sources.iter().filter(|pack| own.contains(&pack.dir.as_str())).filter_map(|pack| {
        let value = head(pack).effective?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.parse::<Day>().ok()
    });
    let meant = days.max().filter(|day| *day >= today);
    meant.or_else(|| base::time::add_days(today, 1)).unwrap_or(today)
}

/// The text of a `rulebook.toml` with its version raised by the last figure; `None` where no
/// version of that form stands in it.
pub fn raised(text: &str) -> Option<String> {
    let old = toml::from_str::<Head>(text).ok()?.version;
    let (figures, last) = old.rsplit_once('.')?;
    let new = format!("{figures}.{}", last.parse::<u32>().ok()?.checked_add(1)?);
    let raised = with_version(text, &new);
    (raised != text).then_some(raised)
}

/// The text of a `rulebook.toml` with another version; the rest stays as it is.
pub fn with_version(text: &str, version: &str) -> String {
    let Ok(head) = toml::from_str::<Head>(text) else { return text.to_owned() };
    let mut done = false;
    let line = |line: &str| {
        let key = line.split('=').next().map(str::trim);
        if done || key != Some("version") {
            return line.to_owned();
        }
        done = true;
        line.replacen(&head.version, version, 1)
    };
    text.split_inclusive('\n').map(line).collect()
}
