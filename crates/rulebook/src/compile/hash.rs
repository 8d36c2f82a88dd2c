//! The content hash by which a release is named and pinned.

use crate::PackSource;
use crate::load::Pack;
use sha2::{Digest, Sha256};

/// SHA-256 over the packs' text: packs by id, files by name, each with its length, so that no two
/// different sets of files read the same. Where the folders lie does not matter.
pub(super) fn of(packs: &[Pack], sources: &[PackSource]) -> String {
    let mut by_id: Vec<_> = packs.iter().zip(sources).collect();
    by_id.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut hasher = Sha256::new();
    for (pack, source) in by_id {
        for (name, text) in &source.files {
            part(&mut hasher, &format!("{}/{name}", pack.id));
            part(&mut hasher, text);
        }
    }
    data_encoding::HEXLOWER.encode(&hasher.finalize())
}

fn part(hasher: &mut Sha256, text: &str) {
    hasher.update((text.len() as u64).to_be_bytes());
    hasher.update(text.as_bytes());
}

/// The text as a release keeps it: each pack under its id, wherever it was read from.
pub(super) fn sources(packs: &[Pack], sources: &[PackSource]) -> Vec<PackSource> {
    let kept = packs.iter().zip(sources);
    kept.map(|(pack, source)| PackSource { dir: pack.id.clone(), files: source.files.clone() })
        .collect()
}
