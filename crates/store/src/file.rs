//! Files: photos, signatures, scans; encrypted one by one, bytes beside the database.

use crate::exec::cell::{cells, print};
use crate::exec::{Row, Write, places};
use crate::vault::DataKey;
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, FileId, Instant, PersonId};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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

/// How long a file may wait for an action that refers to it.
const UNUSED_SECONDS: i64 = 24 * 3600;
/// What the sealed bytes are bound to.
pub(crate) const FILE: &str = "file";
const COLUMNS: &str = "f.id, f.kind, f.bytes, f.width, f.height, f.uploader, f.at, \
    CASE WHEN EXISTS (SELECT 1 FROM file_uses x WHERE x.file = f.id) THEN 1 ELSE 0 END, \
    (SELECT MIN(e.id) FROM files e WHERE e.content_mac = f.content_mac AND e.id < f.id)";

fn read_file(row: &mut Row) -> Result<FileRow> {
    Ok(FileRow {
        id: FileId(row.int()?),
        kind: row.text()?,
        bytes: row.int()?,
        width: row.opt_int()?,
        height: row.opt_int()?,
        uploader: PersonId(row.int()?),
        at: row.instant()?,
        kept: row.flag()?,
        same_as: row.opt_int()?.map(FileId),
    })
}

impl Store {
    /// Keeps a file, encrypted under a key of its own: bytes first, then the row that makes it
    /// known; a crash between leaves bytes that nobody can read and `verify` names.
    pub async fn add_file(
        &self,
        file: NewFile,
        uploader: PersonId,
        now: Instant,
    ) -> Result<FileRow> {
        let id = self.new_id(now);
        let key = DataKey::make()?;
        let wrapped = self.vault().wrap(&key, id)?;
        let mac = self.vault().content(&file.bytes);
        let length = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let path = self.file_path(FileId(id));
        blocking(move || write_bytes(&path, &key.seal(&file.bytes, FILE)?)).await?;
        let taken = file.taken.as_ref().map(print).transpose()?;
        let sql = "INSERT INTO files (id, kind, bytes, width, height, taken, wrapped, \
                   content_mac, uploader, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let params = cells![
            id,
            file.kind,
            length,
            file.width,
            file.height,
            taken,
            wrapped,
            mac,
            uploader,
            now
        ];
        self.exec().write(vec![Write::one(sql, params)]).await?;
        self.file_row(FileId(id)).await
    }

    /// What is known of a file.
    pub async fn file_row(&self, id: FileId) -> Result<FileRow> {
        let sql = format!("SELECT {COLUMNS} FROM files f WHERE f.id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        read_file(&mut row.ok_or(StoreError::NotFound("file"))?)
    }

    /// A file and its bytes in clear. The caller checks the right: see [`Store::file_cases`].
    pub async fn file(&self, id: FileId) -> Result<(FileRow, Vec<u8>)> {
        let sql = format!("SELECT {COLUMNS}, f.wrapped FROM files f WHERE f.id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("file"))?;
        let file = read_file(&mut row)?;
        let key = self.vault().unwrap(&row.bytes()?, id.0)?;
        let path = self.file_path(id);
        let bytes = blocking(move || {
            let sealed = std::fs::read(&path)
                .map_err(|e| StoreError::Damaged(format!("the bytes of {id}: {e}")))?;
            key.open(&sealed, FILE)
        });
        Ok((file, bytes.await?))
    }

    /// The cases whose entries refer to it.
    pub async fn file_cases(&self, id: FileId) -> Result<Vec<CaseId>> {
        let sql = "SELECT case_id FROM file_uses WHERE file = $1 ORDER BY case_id LIMIT 100";
        let rows = self.exec().rows(sql, cells![id]).await?;
        rows.into_iter().map(|mut row| row.int().map(CaseId)).collect()
    }

    /// The files that entries of a case refer to and whose bytes are still kept.
    pub async fn case_files(&self, id: CaseId) -> Result<Vec<FileId>> {
        let sql = "SELECT u.file FROM file_uses u JOIN files f ON f.id = u.file \
                   WHERE u.case_id = $1 AND LENGTH(f.wrapped) > 0 ORDER BY u.file LIMIT 200";
        let rows = self.exec().rows(sql, cells![id]).await?;
        rows.into_iter().map(|mut row| row.int().map(FileId)).collect()
    }

    /// Which of these files a person may put into a form: their own uploads, those of cases in
    /// scope, and what a colleague in scope uploaded and nothing refers to yet (at a shared counter
    /// one takes the photo and another goes on).
    pub async fn files_at_hand(
        &self,
        ids: &[FileId],
        person: PersonId,
        scope: &Scope,
    ) -> Result<BTreeSet<FileId>> {
        if ids.is_empty() {
            return Ok(BTreeSet::new());
        }
        let sql = format!(
            "SELECT f.id FROM files f WHERE (f.uploader = $1 OR EXISTS (SELECT 1 FROM file_uses x \
             JOIN cases c ON c.id = x.case_id WHERE x.file = f.id AND c.org_path >= $2 \
             AND c.org_path < $3 AND (CAST($4 AS BIGINT) = 0 \
             OR $4 IN (c.assignee, c.opener, c.owner))) OR (CAST($4 AS BIGINT) = 0 \
             AND NOT EXISTS (SELECT 1 FROM file_uses x WHERE x.file = f.id) \
             AND EXISTS (SELECT 1 FROM people p JOIN orgs o ON o.id = p.org \
             WHERE p.id = f.uploader AND o.path >= $2 AND o.path < $3))) AND f.id IN {}",
            places(5, ids.len())
        );
        let own = scope.own.map_or(0, |person| person.0);
        let mut params = cells![person, &scope.low, &scope.high, own];
        params.extend(ids.iter().map(|id| id.0.into()));
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| row.int().map(FileId)).collect()
    }

    /// Drops files older than 24 h that nothing refers to, at most 500 at a time; how many.
    pub async fn drop_unused_files(&self, now: Instant) -> Result<u64> {
        let unused = "SELECT f.id FROM files f WHERE f.at < $1 AND NOT EXISTS \
                      (SELECT 1 FROM file_uses x WHERE x.file = f.id) ORDER BY f.at LIMIT 500";
        let rows = self.exec().rows(unused, cells![now.plus_seconds(-UNUSED_SECONDS)]).await?;
        let ids: Vec<i64> = rows.into_iter().map(|mut row| row.int()).collect::<Result<_>>()?;
        if ids.is_empty() {
            return Ok(0);
        }
        let sql = format!(
            "DELETE FROM files WHERE id IN {} AND NOT EXISTS \
             (SELECT 1 FROM file_uses x WHERE x.file = files.id) RETURNING id",
            places(1, ids.len())
        );
        let params = ids.into_iter().map(Into::into).collect();
        let mut done = self.exec().write(vec![Write::any(sql, params)]).await?;
        let rows = done.pop().map(|done| done.returned).unwrap_or_default();
        let mut dropped = 0;
        for mut row in rows {
            let path = self.file_path(FileId(row.int()?));
            blocking(move || {
                // Bytes without a row are unreadable; `verify` names what could not be removed.
                let _ = std::fs::remove_file(path);
                Ok(())
            })
            .await?;
            dropped += 1;
        }
        Ok(dropped)
    }

    /// Where the bytes lie: 1,024 folders by the id's last digits, which are chance.
    pub(crate) fn file_path(&self, id: FileId) -> PathBuf {
        place(self.files_folder(), id)
    }
}

/// Where the bytes of a file lie below the folder of files.
pub(crate) fn place(folder: &Path, id: FileId) -> PathBuf {
    let name = id.to_string();
    let inner = name.get(name.len().saturating_sub(2)..).unwrap_or("00").to_owned();
    folder.join(inner).join(name)
}

/// Writes bytes so that they are there whole, or not at all, also after a power cut.
fn write_bytes(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let folder = path.parent().unwrap_or(path);
    let problem = |e: std::io::Error| StoreError::Full(format!("the folder of files: {e}"));
    std::fs::create_dir_all(folder).map_err(problem)?;
    let part = path.with_extension("part");
    let mut file = std::fs::File::create(&part).map_err(problem)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // What did not fit must not take the room of what would.
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(problem)?;
    std::fs::rename(&part, path).map_err(problem)?;
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(problem)
}

/// Runs file work beside the async threads.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| StoreError::Unavailable(format!("file work was cut off: {e}")))?
}
