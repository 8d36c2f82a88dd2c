//! What proves that the platform asks (消息签名), and how it closes what it says (安全模式).

use aes::Aes256;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use data_encoding::{BASE64, Encoding, HEXLOWER};
use sha1::{Digest, Sha1};

/// What is padded to: the platform's own, wider than a block.
const PADDED: usize = 32;
/// Bytes of chance before each text.
const CHANCE: usize = 16;

/// SHA-1 of the parts in the order of their bytes, put together, in hexadecimal.
pub fn signature(parts: &[&str]) -> String {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    HEXLOWER.encode(&Sha1::digest(sorted.concat().as_bytes()))
}

/// Whether a signature is the one of these parts; how far it fits cannot be timed.
pub fn fits(said: &str, parts: &[&str]) -> bool {
    Sha1::digest(said.as_bytes()) == Sha1::digest(signature(parts).as_bytes())
}

/// The key by which messages are closed, and for whom.
#[derive(Clone)]
pub struct Sealing {
    key: [u8; 32],
    app_id: String,
}

impl std::fmt::Debug for Sealing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealing(…)")
    }
}

/// The platform draws 43 signs by chance: the last one holds two bits too many.
fn lenient() -> Option<Encoding> {
    let mut spec = BASE64.specification();
    spec.check_trailing_bits = false;
    spec.encoding().ok()
}

impl Sealing {
    /// Of the 43 signs that the platform shows (`EncodingAESKey`); `None` when they are none.
    pub fn try_new(signs: &str, app_id: &str) -> Option<Self> {
        let bytes = lenient()?.decode(format!("{signs}=").as_bytes()).ok()?;
        Some(Self { key: bytes.try_into().ok()?, app_id: app_id.to_owned() })
    }

    fn iv(&self) -> [u8; 16] {
        let mut iv = [0; 16];
        iv.copy_from_slice(&self.key[..16]);
        iv
    }

    /// The text, where it was closed for us.
    pub fn open(&self, sealed: &str) -> Option<String> {
        let mut bytes = BASE64.decode(sealed.trim().as_bytes()).ok()?;
        let clear = cbc::Decryptor::<Aes256>::new(&self.key.into(), &self.iv().into())
            .decrypt_padded::<NoPadding>(&mut bytes)
            .ok()?;
        let pad = usize::from(*clear.last()?);
        let whole = (1..=PADDED).contains(&pad).then(|| clear.len().checked_sub(pad))??;
        let (length, rest) = clear.get(CHANCE..whole)?.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (text, app_id) = rest.split_at_checked(length)?;
        (app_id == self.app_id.as_bytes()).then(|| String::from_utf8(text.to_vec()).ok())?
    }

    /// A text closed, after sixteen bytes of chance.
    pub fn close(&self, text: &str, chance: [u8; CHANCE]) -> Option<String> {
        let length = u32::try_from(text.len()).ok()?.to_be_bytes();
        let parts = [&chance[..], &length[..], text.as_bytes(), self.app_id.as_bytes()];
        let mut bytes = parts.concat();
        let pad = PADDED - bytes.len() % PADDED;
        bytes.extend(std::iter::repeat_n(u8::try_from(pad).ok()?, pad));
        let long = bytes.len();
        let sealed = cbc::Encryptor::<Aes256>::new(&self.key.into(), &self.iv().into())
            .encrypt_padded::<NoPadding>(&mut bytes, long)
            .ok()?;
        Some(BASE64.encode(sealed))
    }
}
