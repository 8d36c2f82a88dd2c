//! What the rows above have taken, as digests: 200,000 rows of a sheet are known again in some
//! dozens of megabytes.

use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A text as 16 bytes.
pub type Print = [u8; 16];

/// The digest of texts.
pub fn print(parts: &[&str]) -> Print {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    let mut print = Print::default();
    print.copy_from_slice(&sha.finalize()[..16]);
    print
}

/// What rows above have taken.
#[derive(Debug, Default)]
pub struct Seen {
    /// Frame number to the whole sale.
    pub frames: HashMap<Print, Print>,
    /// Warranty card to frame number.
    pub cards: HashMap<Print, Print>,
    /// Component and serial to frame number.
    pub serials: HashMap<Print, Print>,
    /// Customer by name and telephone to row.
    pub people: HashMap<Print, u32>,
    /// Identity number to name and row.
    pub identities: HashMap<Print, (Print, u32)>,
    /// Price by code, stars and day to row.
    pub prices: HashMap<Print, u32>,
}
