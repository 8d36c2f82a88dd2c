//! Drafts compiled, the last few kept: a page, its findings and its trial ask for the same text.

use super::with_version;
use crate::problem::{Answer, Problem};
use rulebook::{Compiled, PackSource};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// Texts kept compiled.
const KEPT: usize = 8;
/// Texts compiled at a time: each takes a core.
const AT_ONCE: usize = 1;

type Hash = [u8; 32];

/// The last few texts compiled.
#[derive(Debug)]
pub struct Compilations {
    kept: Mutex<VecDeque<(Hash, Arc<Compiled>)>>,
    turns: Semaphore,
}

impl Default for Compilations {
    fn default() -> Self {
        Self { kept: Mutex::default(), turns: Semaphore::new(AT_ONCE) }
    }
}

impl Compilations {
    /// These packs, compiled.
    pub async fn of(&self, sources: Vec<PackSource>) -> Answer<Arc<Compiled>> {
        let hash = hash(&sources);
        if let Some(known) = self.known(&hash) {
            return Ok(known);
        }
        let _turn = self.turns.acquire().await.map_err(|_| Problem::new("internal"))?;
        // Whoever had the turn before may have compiled the same text.
        if let Some(known) = self.known(&hash) {
            return Ok(known);
        }
        let work = tokio::task::spawn_blocking(move || rulebook::compile(&sources));
        let compiled = Arc::new(work.await.map_err(|_| Problem::new("internal"))?);
        if let Ok(mut kept) = self.kept.lock() {
            kept.push_front((hash, Arc::clone(&compiled)));
            kept.truncate(KEPT);
        }
        Ok(compiled)
    }

    fn known(&self, hash: &Hash) -> Option<Arc<Compiled>> {
        let kept = self.kept.lock().ok()?;
        kept.iter().find(|(known, _)| known == hash).map(|(_, compiled)| Arc::clone(compiled))
    }
}

/// What packs say, by a hash: their versions are not asked, as submitting a draft raises them and
/// changes no rule.
pub fn rules_hash(sources: &[PackSource]) -> String {
    let mut bare = sources.to_vec();
    for pack in &mut bare {
        if let Some(head) = pack.files.get_mut("rulebook.toml") {
            *head = with_version(head, "");
        }
    }
    data_encoding::HEXLOWER.encode(&hash(&bare))
}

fn hash(sources: &[PackSource]) -> Hash {
    let mut sha = Sha256::new();
    for pack in sources {
        for (path, body) in &pack.files {
            for text in [&pack.dir, path, body] {
                sha.update((text.len() as u64).to_le_bytes());
                sha.update(text.as_bytes());
            }
        }
    }
    sha.finalize().into()
}
