//! What the files of a pack may hold, read from the source of the types they are read into: doc
//! comments and serde attributes are the one place where both are said. Schemas for editors and
//! the pages of the reference are drawn from here.

pub mod basics;
mod items;
mod read;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub use items::{Body, Field, Item, Shape, Variant, Word};

/// Folders whose types files are read into.
const FOLDERS: [&str; 5] = [
    "crates/base/src",
    "crates/ledger/src",
    "crates/rulebook/src/load",
    "crates/rulebook/src/model",
    "crates/rulebook/src/table",
];

/// Types that repeat the keys of another, whose doc comments hold for both.
const SAME_WORDS: [(&str, &str); 4] = [
    ("ProcessFile", "Process"),
    ("ActionPatch", "Action"),
    ("FormFile", "Form"),
    ("CalendarItem", "Calendar"),
];

/// All types by name.
#[derive(Debug, Default)]
pub struct Shapes {
    items: BTreeMap<String, Result<Item, String>>,
    intros: BTreeMap<String, String>,
}

impl Shapes {
    /// Reads the types below the repository's root.
    ///
    /// # Errors
    /// A sentence, when a source file cannot be read or is no Rust.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut shapes = Self::default();
        for folder in FOLDERS {
            shapes.folder(root, &root.join(folder))?;
        }
        for (name, like) in SAME_WORDS {
            shapes.borrow_words(name, like);
        }
        Ok(shapes)
    }

    fn folder(&mut self, root: &Path, folder: &Path) -> Result<(), String> {
        let told = |error: std::io::Error| format!("{}: {error}", folder.display());
        let mut entries: Vec<_> =
            fs::read_dir(folder).map_err(told)?.collect::<Result<_, _>>().map_err(told)?;
        entries.sort_by_key(std::fs::DirEntry::path);
        for entry in entries {
            let path = entry.path();
            if path.is_dir() {
                self.folder(root, &path)?;
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).map_err(told)?;
                let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
                self.file(&shown, &text)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, shown: &str, text: &str) -> Result<(), String> {
        let found = read::file(text).map_err(|error| format!("{shown}: {error}"))?;
        // Its headings stand below that of the page.
        let intro = found.intro.replace("\n# ", "\n## ");
        self.intros.insert(shown.to_owned(), intro);
        for (name, item) in found.items {
            let item = item.map_err(|error| format!("{shown}: {name}: {error}"));
            let item = match self.items.remove(&name) {
                None => item,
                Some(_) => Err(format!("{name} is the name of two types; give one another")),
            };
            self.items.insert(name, item);
        }
        Ok(())
    }

    fn borrow_words(&mut self, name: &str, like: &str) {
        let Some(Ok(Item { body: Body::Table { fields: known, .. }, .. })) = self.items.get(like)
        else {
            return;
        };
        let known: BTreeMap<String, String> =
            known.iter().map(|field| (field.key.clone(), field.docs.clone())).collect();
        let Some(Ok(Item { body: Body::Table { fields, .. }, .. })) = self.items.get_mut(name)
        else {
            return;
        };
        for field in fields.iter_mut().filter(|field| field.docs.is_empty()) {
            field.docs = known.get(&field.key).cloned().unwrap_or_default();
        }
    }

    /// The type of that name.
    ///
    /// # Errors
    /// A sentence that says what to do, when the type is not known or not understood.
    pub fn item(&self, name: &str) -> Result<&Item, String> {
        match self.items.get(name) {
            Some(Ok(item)) => Ok(item),
            Some(Err(error)) => Err(error.clone()),
            None => Err(format!(
                "the type `{name}` is read from a file of a pack, but nothing says what it looks \
                 like: derive `Deserialize` for it below {}, or describe it in {}",
                FOLDERS[3], "xtask/src/codegen/shape/basics.rs"
            )),
        }
    }

    /// What the head of a source file says.
    pub fn intro(&self, file: &str) -> &str {
        self.intros.get(file).map_or("", String::as_str)
    }

    /// The types a type is made of, itself first, each once, in the order they are met.
    ///
    /// # Errors
    /// As [`Shapes::item`]; and when a key or word has no doc comment.
    pub fn reached(&self, root: &str) -> Result<Vec<&Item>, String> {
        let mut names = vec![root.to_owned()];
        let mut next = 0;
        let mut items = Vec::new();
        while let Some(name) = names.get(next).cloned() {
            next += 1;
            let item = self.item(&name)?;
            said(item)?;
            for inner in item.names() {
                if !names.contains(&inner) && basics::find(&inner).is_none() {
                    names.push(inner);
                }
            }
            items.push(item);
        }
        // What a hand-written shape names is reached too.
        let more: Vec<&str> = items
            .iter()
            .flat_map(|item| item.names())
            .filter_map(|name| basics::find(&name))
            .flat_map(|basic| basic.names.iter().copied())
            .collect();
        for name in more {
            if !items.iter().any(|item| item.name == name) {
                items.push(self.item(name)?);
            }
        }
        Ok(items)
    }
}

/// Every key and word says what it means.
fn said(item: &Item) -> Result<(), String> {
    let missing = match &item.body {
        Body::Table { fields, .. } => {
            fields.iter().filter(|f| f.docs.is_empty()).map(|f| f.key.clone()).next()
        }
        Body::Words(words) => {
            words.iter().filter(|w| w.docs.is_empty()).map(|w| w.key.clone()).next()
        }
        Body::Either(_) => None,
    };
    missing.map_or(Ok(()), |key| {
        Err(format!("`{key}` of {} has no doc comment; the reference is made of them", item.name))
    })
}
