//! The archive while it is written: beside its name until it is whole.

use super::{HASHES, MANIFEST, Manifest, Refused, SIGNATURE, signature};
use crate::MasterKey;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive that is being written. Dropped before [`Archive::finish`] nothing of it remains.
pub(super) struct Archive {
    target: PathBuf,
    part: PathBuf,
    zip: Option<ZipWriter<BufWriter<File>>>,
    current: Option<(String, Sha256)>,
    hashes: String,
}

/// Whether a member is worth packing; encrypted bytes are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Packed,
    Plain,
}

impl Archive {
    /// Begins; a file that is there is never written over.
    pub(super) fn create(target: &Path) -> Result<Self, Refused> {
        if target.exists() {
            let path = target.display();
            return Err(Refused::new(
                format!("“{path}”已经存在：备份不覆盖别的文件，请换一个名字"),
                format!(
                    "`{path}` is there already: a backup overwrites nothing, choose another name"
                ),
            ));
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = target.with_file_name(name);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // Ciphertext still tells who had how many repairs: it is the owner's alone.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&part).map_err(|e| Refused::of_path(&part, &e))?;
        Ok(Self {
            target: target.to_owned(),
            part,
            zip: Some(ZipWriter::new(BufWriter::with_capacity(1 << 20, file))),
            current: None,
            hashes: String::new(),
        })
    }

    /// Begins a member.
    pub(super) fn begin(&mut self, name: &str, packing: Packing) -> Result<(), Refused> {
        self.end();
        let method = match packing {
            Packing::Packed => CompressionMethod::Deflated,
            Packing::Plain => CompressionMethod::Stored,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((packing == Packing::Packed).then_some(1))
            .unix_permissions(0o600)
            .large_file(true);
        let begun = self.zip().start_file(name, options);
        begun.map_err(|e| self.failed(&std::io::Error::from(e)))?;
        self.current = Some((name.to_owned(), Sha256::new()));
        Ok(())
    }

    /// Writes into the member that was begun.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        if let Some((_, sha)) = &mut self.current {
            sha.update(bytes);
        }
        self.zip().write_all(bytes).map_err(|e| self.failed(&e))
    }

    fn end(&mut self) {
        if let Some((name, sha)) = self.current.take() {
            let hash = data_encoding::HEXLOWER.encode(&sha.finalize());
            // Writing to a text never fails.
            let _ = writeln!(self.hashes, "{hash}  {name}");
        }
    }

    /// Adds hashes and manifest, makes sure that all is on the disk, and gives it its name.
    pub(super) fn finish(
        mut self,
        mut manifest: Manifest,
        master: &MasterKey,
    ) -> Result<Manifest, Refused> {
        self.end();
        let hashes = std::mem::take(&mut self.hashes);
        manifest.hashes = data_encoding::HEXLOWER.encode(&Sha256::digest(hashes.as_bytes()));
        let text = serde_json::to_vec_pretty(&manifest)
            .map_err(|e| self.failed(&std::io::Error::other(e)))?;
        let signature = signature(master, &text);
        for (name, body) in
            [(HASHES, hashes.as_bytes()), (MANIFEST, &text), (SIGNATURE, signature.as_bytes())]
        {
            self.begin(name, Packing::Packed)?;
            self.write(body)?;
        }
        let zip = self.zip.take().expect("it is taken at the end only");
        let file = zip.finish().map_err(|e| self.failed(&std::io::Error::from(e)))?;
        let file = file.into_inner().map_err(|e| self.failed(e.error()))?;
        file.sync_all().map_err(|e| self.failed(&e))?;
        std::fs::rename(&self.part, &self.target).map_err(|e| self.failed(&e))?;
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = File::open(folder.unwrap_or(Path::new(".")));
        folder.and_then(|folder| folder.sync_all()).map_err(|e| self.failed(&e))?;
        Ok(manifest)
    }

    fn zip(&mut self) -> &mut ZipWriter<BufWriter<File>> {
        self.zip.as_mut().expect("it is taken at the end only")
    }

    fn failed(&self, error: &std::io::Error) -> Refused {
        Refused::of_path(&self.target, error)
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // Whole, it carries its name by now and there is nothing to remove.
        let _ = std::fs::remove_file(&self.part);
    }
}
