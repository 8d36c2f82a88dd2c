//! What lies beside the journal: documents, files, numbers.

use super::{Problems, VerifyReport};
use crate::apply::DOCUMENT;
use crate::exec::cell::cells;
use crate::file::{FILE, blocking};
use crate::vault::DataKey;
use crate::{Result, Store};
use base::{DocumentId, FileId};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const PAGE: i64 = 200;

impl Store {
    /// Each document's text must have the hash noted when it was made.
    pub(super) async fn check_documents(
        &self,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let sql = "SELECT d.id, k.id, k.wrapped, d.html, d.content_hash FROM documents d \
                   JOIN data_keys k ON k.id = d.key_id WHERE d.id > $1 ORDER BY d.id LIMIT $2";
        let mut from = i64::MIN;
        loop {
            let rows = self.exec().rows(sql, cells![from, PAGE]).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for mut row in rows {
                from = row.int()?;
                let Some(key) = self.read_key(&mut row)? else { continue };
                let html = key.open(&row.bytes()?, DOCUMENT).ok();
                let hash = html.map(|html| Sha256::digest(html).to_vec());
                report.documents += 1;
                if hash != Some(row.bytes()?) {
                    let id = DocumentId(from);
                    problems.add(
                        format!("单据 {id}：正文被改过"),
                        format!("document {id}: its text was changed"),
                    );
                }
            }
        }
    }

    /// Each file's bytes must be there and be the very ones that were kept: they are sealed under a
    /// key of their own, so that a changed, cut or swapped file does not open. Bytes without a row
    /// are counted; a file that was erased has no key any more and is none to look for.
    pub(super) async fn check_files(
        &self,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let sql = "SELECT id, wrapped FROM files WHERE id > $1 AND LENGTH(wrapped) > 0 \
                   ORDER BY id LIMIT $2";
        let mut from = i64::MIN;
        let mut present = 0;
        loop {
            let rows = self.exec().rows(sql, cells![from, PAGE]).await?;
            if rows.is_empty() {
                break;
            }
            let mut kept: Vec<(FileId, PathBuf, Option<DataKey>)> = Vec::new();
            for mut row in rows {
                from = row.int()?;
                let key = self.vault().unwrap(&row.bytes()?, from).ok();
                kept.push((FileId(from), self.file_path(FileId(from)), key));
            }
            report.files += kept.len() as u64;
            let found = blocking(move || {
                let look = |(id, path, key): (_, PathBuf, Option<DataKey>)| (id, state(&path, key));
                Ok(kept.into_iter().map(look).collect::<Vec<_>>())
            })
            .await?;
            for (id, state) in found {
                present += u64::from(state != State::Missing);
                match state {
                    State::Whole => {}
                    State::Missing => problems.add(
                        format!("文件 {id}：内容不见了"),
                        format!("file {id}: its bytes are missing"),
                    ),
                    State::Changed => problems.add(
                        format!("文件 {id}：内容被改过，或换成了别的文件"),
                        format!("file {id}: its bytes were changed or are those of another file"),
                    ),
                }
            }
        }
        let folder = self.files_folder().to_owned();
        let lying = blocking(move || Ok(count_files(&folder))).await?;
        report.orphaned_files = lying.saturating_sub(present);
        Ok(())
    }

    /// Numbers drawn against numbers used.
    pub(super) async fn count_numbers(&self, report: &mut VerifyReport) -> Result<()> {
        let sql = "SELECT CAST((SELECT COALESCE(SUM(value), 0) FROM counters) AS BIGINT) - \
                   (SELECT COUNT(*) FROM cases)";
        report.unused_numbers =
            self.exec().row(sql, vec![]).await?.map_or(Ok(0), |mut row| row.int())?;
        Ok(())
    }
}

/// How the bytes of a file lie there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Whole,
    Missing,
    Changed,
}

fn state(path: &Path, key: Option<DataKey>) -> State {
    let Ok(sealed) = std::fs::read(path) else { return State::Missing };
    let opened = key.and_then(|key| key.open(&sealed, FILE).ok());
    if opened.is_some() { State::Whole } else { State::Changed }
}

/// Files two levels down; a folder that is not there holds none.
fn count_files(folder: &std::path::Path) -> u64 {
    let entries = |folder: &std::path::Path| {
        std::fs::read_dir(folder).into_iter().flatten().flatten().collect::<Vec<_>>()
    };
    let inner = entries(folder).into_iter().flat_map(|entry| entries(&entry.path()));
    inner.filter(|entry| entry.path().is_file()).count() as u64
}
