//! Keys: the master key outside the database, a data key per person under it.

use crate::{Result, StoreError};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::path::{Path, PathBuf};

const NONCE: usize = 24;

/// The master key (32 bytes). It wraps data keys; it is never in the database nor in a backup.
/// While it is changed, and until the one before is put away, the other one is known beside it.
#[derive(Clone)]
pub struct MasterKey {
    key: [u8; 32],
    /// The one that is to come (`master.key.next`): a change is under way.
    next: Option<[u8; 32]>,
    /// The one before (`master.key.old`), while it lies there.
    old: Option<[u8; 32]>,
}

impl MasterKey {
    /// From 64 hexadecimal digits.
    pub fn try_from_hex(text: &str) -> Result<Self> {
        data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self::of)
            .ok_or_else(|| {
                StoreError::Sealed("the master key must be 64 hexadecimal digits".into())
            })
    }

    /// Reads the key file, or makes one (mode 600) when there is none.
    pub fn load_or_create(path: &Path) -> Result<Self> {
        let problem = |e: std::io::Error| {
            StoreError::Sealed(format!("the master key file {}: {e}", path.display()))
        };
        match std::fs::read_to_string(path) {
            Ok(_) => Self::load(path),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = random::<32>()?;
                write_private(path, &data_encoding::HEXLOWER.encode(&key)).map_err(problem)?;
                Ok(Self::of(key))
            }
            Err(e) => Err(problem(e)),
        }
    }

    /// Reads the key file; none is made.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| {
            StoreError::Sealed(format!("the master key file {}: {e}", path.display()))
        })?;
        let beside = |end: &str| match std::fs::read_to_string(Self::beside(path, end)) {
            Ok(text) => Self::try_from_hex(&text).map(|key| Some(key.key)),
            Err(_) => Ok(None),
        };
        Ok(Self { next: beside("next")?, old: beside("old")?, ..Self::try_from_hex(&text)? })
    }

    fn of(key: [u8; 32]) -> Self {
        Self { key, next: None, old: None }
    }

    /// A fresh key.
    pub(crate) fn make() -> Result<Self> {
        random().map(Self::of)
    }

    /// Where the key before (`old`) or the one to come (`next`) lies.
    pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
        path.with_extension(format!("key.{end}"))
    }

    /// Whether a change of the key was begun and has not come to its end.
    pub(crate) fn is_changing(&self) -> bool {
        self.next.is_some()
    }

    /// Whether the key before still lies beside it.
    pub(crate) fn has_old(&self) -> bool {
        self.old.is_some()
    }

    /// All keys at hand, the one of the file first.
    fn all(&self) -> impl Iterator<Item = [u8; 32]> {
        [Some(self.key), self.next, self.old].into_iter().flatten()
    }

    /// Keeps this key in a file of its own (mode 600), which must not be there yet.
    pub(crate) fn keep(&self, path: &Path) -> std::io::Result<()> {
        write_private(path, &data_encoding::HEXLOWER.encode(&self.key))
    }
}

fn derive(master: &[u8; 32], purpose: &str) -> [u8; 32] {
    mac(master, &[b"sanbao", purpose.as_bytes()])
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Random bytes; nothing is sealed without them.
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| StoreError::Sealed(format!("no randomness for a key: {e}")))?;
    Ok(bytes)
}

/// Six digits by chance, each as likely as any other.
pub(crate) fn digits() -> Result<String> {
    // The highest multiple of a million below 2^32: what lies above would favour small numbers.
    const FAIR: u32 = 4_294_000_000;
    loop {
        let number = u32::from_le_bytes(random()?);
        if number < FAIR {
            return Ok(format!("{:06}", number % 1_000_000));
        }
    }
}

/// HMAC-SHA256 over parts, each with its length before it, so that no two lists collide.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The key of one person, customer or file.
#[derive(Clone)]
pub(crate) struct DataKey([u8; 32]);

impl DataKey {
    /// A fresh key.
    pub(crate) fn make() -> Result<Self> {
        random().map(Self)
    }

    /// Nonce and ciphertext; `about` is bound to it and must be given again to open.
    pub(crate) fn seal(&self, clear: &[u8], about: &str) -> Result<Vec<u8>> {
        let nonce = random::<NONCE>()?;
        let sealed = XChaCha20Poly1305::new(&self.0.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: about.as_bytes() })
            .map_err(|_| StoreError::Sealed("a value is too long to seal".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The clear bytes.
    pub(crate) fn open(&self, sealed: &[u8], about: &str) -> Result<Vec<u8>> {
        let wrong = || StoreError::Sealed(format!("{about}: the key does not fit"));
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(wrong)?;
        XChaCha20Poly1305::new(&self.0.into())
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: about.as_bytes() })
            .map_err(|_| wrong())
    }

    /// The clear text.
    pub(crate) fn open_text(&self, sealed: &[u8], about: &str) -> Result<String> {
        String::from_utf8(self.open(sealed, about)?)
            .map_err(|_| StoreError::Damaged(format!("{about} is no text")))
    }
}

/// What the master key is used for; each use has a key of its own.
#[derive(Clone)]
pub(crate) struct Vault {
    /// The first wraps; all unwrap.
    wraps: Vec<DataKey>,
    /// What is written is found by the first; all are asked.
    searches: Vec<[u8; 32]>,
    content: [u8; 32],
    check: [u8; 32],
    sign: [u8; 32],
}

/// Keys that outlive the master key they came from, wrapped by the present one: what was hashed
/// under them cannot be hashed anew.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptKeys {
    content: String,
    searches: Vec<String>,
}

/// What kept keys are bound to.
const KEPT: &str = "kept key";

impl Vault {
    /// Of the key in the file; the others at hand open what they closed.
    pub(crate) fn new(master: &MasterKey) -> Self {
        Self::of(&master.all().collect::<Vec<_>>())
    }

    /// Of the key to which a fingerprint belongs; `None` when it is none of those at hand.
    pub(crate) fn under(master: &MasterKey, fingerprint: &str) -> Option<Self> {
        let mut keys: Vec<[u8; 32]> = master.all().collect();
        let place = keys.iter().position(|key| Self::of(&[*key]).fingerprint() == fingerprint)?;
        keys.swap(0, place);
        Some(Self::of(&keys))
    }

    fn of(keys: &[[u8; 32]]) -> Self {
        let first = keys.first().copied().unwrap_or_default();
        Self {
            wraps: keys.iter().map(|key| DataKey(derive(key, "wrap"))).collect(),
            searches: keys.iter().map(|key| derive(key, "search")).collect(),
            content: derive(&first, "content"),
            check: derive(&first, "check"),
            sign: derive(&first, "sign"),
        }
    }

    /// Takes the kept keys in.
    pub(crate) fn recall(&mut self, kept: &KeptKeys) -> Result<()> {
        let open = |text: &String| -> Result<[u8; 32]> {
            let damaged = || StoreError::Damaged("a kept key cannot be read".into());
            let sealed = data_encoding::BASE64.decode(text.as_bytes()).map_err(|_| damaged())?;
            self.opened(&sealed, KEPT)?.try_into().map_err(|_| damaged())
        };
        let content = open(&kept.content)?;
        let searches = kept.searches.iter().map(open).collect::<Result<Vec<_>>>()?;
        self.content = content;
        self.searches.extend(searches);
        let mut seen = std::collections::BTreeSet::new();
        self.searches.retain(|key| seen.insert(*key));
        Ok(())
    }

    /// The vault that follows this one under another master key: it hashes content as before, and
    /// asks by the search keys of all before it.
    pub(crate) fn followed_by(&self, master: &MasterKey) -> Result<(Self, KeptKeys)> {
        let mut next = Self::of(&[master.key]);
        next.content = self.content;
        let before = self.searches.iter().filter(|key| **key != next.searches[0]);
        let before: Vec<[u8; 32]> = before.copied().collect();
        let close = |key: &[u8; 32]| -> Result<String> {
            Ok(data_encoding::BASE64.encode(&next.wraps[0].seal(key, KEPT)?))
        };
        let searches = before.iter().map(close).collect::<Result<Vec<_>>>()?;
        let kept = KeptKeys { content: close(&self.content)?, searches };
        next.searches.extend(before);
        Ok((next, kept))
    }

    /// A data key as stored.
    pub(crate) fn wrap(&self, key: &DataKey, id: i64) -> Result<Vec<u8>> {
        self.wraps[0].seal(&key.0, &format!("key {id}"))
    }

    /// A stored data key.
    pub(crate) fn unwrap(&self, wrapped: &[u8], id: i64) -> Result<DataKey> {
        self.opened(wrapped, &format!("key {id}"))?
            .try_into()
            .map(DataKey)
            .map_err(|_| StoreError::Damaged(format!("key {id} has a wrong length")))
    }

    /// By whichever of the keys at hand closed it.
    fn opened(&self, sealed: &[u8], about: &str) -> Result<Vec<u8>> {
        let mut found = self.wraps[0].open(sealed, about);
        for wrap in &self.wraps[1..] {
            found = found.or_else(|_| wrap.open(sealed, about));
        }
        found
    }

    /// What one may search by, as a keyed hash: 128 bits are enough against twins.
    pub(crate) fn token(&self, kind: &str, value: &str) -> Vec<u8> {
        token(&self.searches[0], kind, value)
    }

    /// The same under every key it may have been written by.
    pub(crate) fn tokens(&self, kind: &str, value: &str) -> Vec<Vec<u8>> {
        self.searches.iter().map(|key| token(key, kind, value)).collect()
    }

    /// Keyed hash of a file's content: the same photo twice is seen, its content is not.
    pub(crate) fn content(&self, bytes: &[u8]) -> Vec<u8> {
        mac(&self.content, &[bytes]).to_vec()
    }

    /// Signs what leaves the installation and may come back: a backup.
    pub(crate) fn signature(&self, bytes: &[u8]) -> Vec<u8> {
        mac(&self.sign, &[bytes]).to_vec()
    }

    /// Tells this master key from another one.
    pub(crate) fn fingerprint(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.check[..8])
    }
}

fn token(search: &[u8; 32], kind: &str, value: &str) -> Vec<u8> {
    mac(search, &[kind.as_bytes(), value.as_bytes()])[..16].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_only_with_its_key_and_about() {
        let (key, other) = (DataKey::make().unwrap(), DataKey::make().unwrap());
        let sealed = key.seal("王小明".as_bytes(), "name").unwrap();
        assert_eq!(key.open_text(&sealed, "name").unwrap(), "王小明");
        assert!(other.open(&sealed, "name").is_err());
        assert!(key.open(&sealed, "phone").is_err());
        assert!(key.open(&sealed[..10], "name").is_err());
        assert_ne!(sealed, key.seal("王小明".as_bytes(), "name").unwrap());
    }

    #[test]
    fn keys_are_wrapped_under_their_own_master_and_id() {
        let vault = Vault::new(&MasterKey::of([7; 32]));
        let key = DataKey::make().unwrap();
        let wrapped = vault.wrap(&key, 5).unwrap();
        assert!(vault.unwrap(&wrapped, 5).is_ok_and(|k| k.0 == key.0));
        assert!(vault.unwrap(&wrapped, 6).is_err());
        assert!(Vault::new(&MasterKey::of([8; 32])).unwrap(&wrapped, 5).is_err());
    }

    #[test]
    fn what_was_closed_before_a_change_opens_after_it() {
        let before = Vault::new(&MasterKey::of([7; 32]));
        let (after, kept) = before.followed_by(&MasterKey::of([8; 32])).unwrap();
        let mut again = Vault::new(&MasterKey::of([8; 32]));
        again.recall(&kept).unwrap();
        assert_eq!(again.content(b"photo"), before.content(b"photo"));
        assert_eq!(again.tokens("frame", "L1"), after.tokens("frame", "L1"));
        assert!(again.tokens("frame", "L1").contains(&before.token("frame", "L1")));
        assert_ne!(again.token("frame", "L1"), before.token("frame", "L1"));
        let both = MasterKey { key: [8; 32], next: None, old: Some([7; 32]) };
        let key = DataKey::make().unwrap();
        let wrapped = before.wrap(&key, 5).unwrap();
        assert!(again.unwrap(&wrapped, 5).is_err());
        assert!(Vault::new(&both).unwrap(&wrapped, 5).is_ok_and(|k| k.0 == key.0));
        let chosen = Vault::under(&both, &before.fingerprint()).unwrap();
        assert_eq!(chosen.fingerprint(), before.fingerprint());
        assert!(Vault::under(&MasterKey::of([9; 32]), &before.fingerprint()).is_none());
    }

    #[test]
    fn bad_master_keys_are_refused() {
        for bad in ["", "abc", &"g".repeat(64), &"0".repeat(63)] {
            assert!(MasterKey::try_from_hex(bad).is_err(), "{bad}");
        }
        assert!(MasterKey::try_from_hex(&format!(" {}\n", "0aF1".repeat(16))).is_ok());
    }
}
