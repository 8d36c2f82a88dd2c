//! Online enquiries (在线咨询): the word that leads somebody without an account back to theirs, and
//! the photos they sent.

mod look;

use crate::exec::cell::cells;
use crate::exec::{Rollback, Row, Write};
use crate::file::NewFile;
use crate::{Result, Store, StoreError};
use base::{CaseId, CustomerId, Instant};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};

/// Bytes of the keyed hash in a word: nobody guesses ninety-six bits.
const MAC: usize = 12;
/// Most photos that come with one enquiry from outside.
pub const MOST_PHOTOS: i64 = 12;
/// What the sealed bytes are bound to.
const PHOTO: &str = "enquiry_photo";
/// What words are keyed by.
const WORD: &str = "enquiry";
/// What the words of reply addresses are keyed by: who may write so may not read.
const LETTER: &str = "enquiry_letter";

/// A photo of an enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnquiryPhoto {
    /// Number.
    pub id: i64,
    /// When it came.
    pub at: Instant,
    /// Media type.
    pub kind: String,
}

impl Store {
    /// The word that leads back to an enquiry: its number, how often its link was withdrawn, and a
    /// keyed hash of both.
    pub fn enquiry_word(&self, case: CaseId, round: u16) -> String {
        let mac = self.vault().token(WORD, &format!("{case}:{round}"));
        let (id, round) = (case.0.to_be_bytes(), round.to_be_bytes());
        BASE64URL_NOPAD.encode(&[id.as_slice(), &round, &mac[..MAC]].concat())
    }

    /// Which enquiry a word leads to, and which of its links it is; nothing is looked up for a word
    /// that was made up.
    pub fn enquiry_of(&self, word: &str) -> Option<(CaseId, u16)> {
        let bytes = BASE64URL_NOPAD.decode(word.as_bytes()).ok()?;
        let (id, rest) = bytes.split_first_chunk::<8>()?;
        let (round, mac) = rest.split_first_chunk::<2>()?;
        let (case, round) = (CaseId(i64::from_be_bytes(*id)), u16::from_be_bytes(*round));
        let known = self.vault().tokens(WORD, &format!("{case}:{round}"));
        known.iter().any(|one| one[..MAC] == *mac).then_some((case, round))
    }

    /// The word of the address to which letters about an enquiry are answered: its number and a
    /// keyed hash, in small letters and digits, as mail servers may change the case of an address.
    pub fn letter_word(&self, case: CaseId) -> String {
        let mac = self.vault().token(LETTER, &case.to_string());
        let id = case.0.to_be_bytes();
        BASE32_NOPAD.encode(&[id.as_slice(), &mac[..MAC]].concat()).to_lowercase()
    }

    /// Which enquiry the word of a reply address leads to; nothing is looked up for one that was
    /// made up.
    pub fn letter_of(&self, word: &str) -> Option<CaseId> {
        let bytes = BASE32_NOPAD.decode(word.to_uppercase().as_bytes()).ok()?;
        let (id, mac) = bytes.split_first_chunk::<8>()?;
        let case = CaseId(i64::from_be_bytes(*id));
        let known = self.vault().tokens(LETTER, &case.to_string());
        known.iter().any(|one| one[..MAC] == *mac).then_some(case)
    }

    /// Keeps a photo of an enquiry under its customer's key; [`StoreError::Taken`] once there are
    /// as many as it holds, or this one of a letter is there already.
    pub async fn add_enquiry_photo(
        &self,
        case: CaseId,
        customer: Option<CustomerId>,
        (file, origin): (&NewFile, Option<&str>),
        now: Instant,
    ) -> Result<i64> {
        let (key_id, key) = self.case_key(customer).await?;
        let id = self.new_id(now);
        let sealed = key.seal(&file.bytes, PHOTO)?;
        let sql = "INSERT INTO enquiry_photos (id, case_id, key_id, kind, width, height, sealed, \
                   at, origin) SELECT CAST($1 AS BIGINT), c.id, CAST($3 AS BIGINT), $4, \
                   CAST($5 AS BIGINT), CAST($6 AS BIGINT), $7, CAST($8 AS BIGINT), \
                   CAST($10 AS TEXT) FROM cases c WHERE c.id = $2 AND c.closed_at IS NULL AND \
                   (SELECT COUNT(*) FROM enquiry_photos p WHERE p.case_id = $2) < $9 \
                   AND NOT EXISTS (SELECT 1 \
                   FROM enquiry_photos o WHERE o.case_id = $2 AND o.origin = $10)";
        let (width, height) = (file.width, file.height);
        let most = MOST_PHOTOS;
        let params = cells![id, case, key_id, &file.kind, width, height, sealed, now, most, origin];
        match self.exec().write(vec![Write::one(sql, params)]).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Taken("photos")),
            done => done.map(|_| id).map_err(Into::into),
        }
    }

    /// The photos of an enquiry in the order they came; those of an erased customer are gone.
    pub async fn enquiry_photos(&self, case: CaseId) -> Result<Vec<EnquiryPhoto>> {
        let sql = "SELECT p.id, p.at, p.kind FROM enquiry_photos p \
                   JOIN data_keys k ON k.id = p.key_id WHERE p.case_id = $1 \
                   AND k.wrapped IS NOT NULL ORDER BY p.id LIMIT $2";
        let read = |mut row: Row| {
            Ok(EnquiryPhoto { id: row.int()?, at: row.instant()?, kind: row.text()? })
        };
        let rows = self.exec().rows(sql, cells![case, MOST_PHOTOS]).await?;
        rows.into_iter().map(read).collect()
    }

    /// The media type and the bytes of one photo of that enquiry.
    pub async fn enquiry_photo(&self, case: CaseId, id: i64) -> Result<(String, Vec<u8>)> {
        let sql = "SELECT p.kind, p.sealed, k.id, k.wrapped FROM enquiry_photos p \
                   JOIN data_keys k ON k.id = p.key_id WHERE p.case_id = $1 AND p.id = $2";
        let row = self.exec().row(sql, cells![case, id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("photo"))?;
        let (kind, sealed) = (row.text()?, row.bytes()?);
        let key = self.read_key(&mut row)?.ok_or(StoreError::NotFound("photo"))?;
        Ok((kind, key.open(&sealed, PHOTO)?))
    }
}
