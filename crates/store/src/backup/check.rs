//! An archive before anything of it is believed: whole, signed by the key at hand, and of a schema
//! this program knows.

use super::{FORMAT, HASHES, MANIFEST, Manifest, Refused, SIGNATURE, signature};
use crate::vault::Vault;
use crate::{MasterKey, migrate};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// Most bytes of the manifest.
const MOST_MANIFEST: u64 = 16 << 20;
/// Most bytes of the list of hashes: a line of 90 bytes for ten million files.
const MOST_HASHES: u64 = 1 << 30;

/// An archive that is what it says.
pub(super) struct Checked {
    pub(super) manifest: Manifest,
    pub(super) zip: ZipArchive<BufReader<File>>,
    path: PathBuf,
}

/// Opens an archive and checks every member of it.
pub(super) fn check(path: &Path, master: &MasterKey) -> Result<Checked, Refused> {
    let file = File::open(path).map_err(|e| Refused::of_path(path, &e))?;
    let zip = ZipArchive::new(BufReader::with_capacity(1 << 20, file));
    let zip = zip.map_err(|_| {
        let path = path.display();
        Refused::new(
            format!("“{path}”不是完整的备份文件：请换一份，或重新复制"),
            format!("`{path}` is no whole backup: take another one, or copy it again"),
        )
    })?;
    let mut checked = Checked { manifest: unread(), zip, path: path.to_owned() };
    checked.read_manifest(master)?;
    checked.check_members()?;
    Ok(checked)
}

fn unread() -> Manifest {
    Manifest {
        format: 0,
        program: String::new(),
        made_at: base::Instant(0),
        database: String::new(),
        schema: vec![],
        key: String::new(),
        head: None,
        tables: BTreeMap::new(),
        files: 0,
        bytes: 0,
        lost: vec![],
        hashes: String::new(),
    }
}

impl Checked {
    fn read_manifest(&mut self, master: &MasterKey) -> Result<(), Refused> {
        let text = self.small(MANIFEST, MOST_MANIFEST)?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|_| self.damaged(MANIFEST))?;
        if manifest.format != FORMAT || migrate::refuse_newer(&manifest.schema).is_err() {
            let program = &manifest.program;
            return Err(Refused::new(
                format!("这份备份由更新的程序 {program} 制作，本程序读不了：请用更新的程序恢复"),
                format!(
                    "this backup was made by a newer program, {program}, which this one cannot \
                     read: restore it with a newer program"
                ),
            ));
        }
        if manifest.key != Vault::new(master).fingerprint() {
            return Err(Refused::new(
                "这把主密钥不是这份备份的：请用制作备份时那套系统的 master.key",
                "this master key is not the one of this backup: use the master.key of the \
                 installation that it was made of",
            ));
        }
        let signed = self.small(SIGNATURE, 1024)?;
        if signed != signature(master, &text).as_bytes() {
            return Err(self.damaged(MANIFEST));
        }
        self.manifest = manifest;
        Ok(())
    }

    /// Every member against its hash, and no member beside them.
    fn check_members(&mut self) -> Result<(), Refused> {
        let list = self.small(HASHES, MOST_HASHES)?;
        if HEXLOWER.encode(&Sha256::digest(&list)) != self.manifest.hashes {
            return Err(self.damaged(HASHES));
        }
        let list = String::from_utf8(list).map_err(|_| self.damaged(HASHES))?;
        let mut members = 0;
        let mut buffer = vec![0; 1 << 20];
        for line in list.lines() {
            let Some((hash, name)) = line.split_once("  ") else {
                return Err(self.damaged(HASHES));
            };
            let mut sha = Sha256::new();
            let mut member = self.zip.by_name(name).map_err(|_| damaged(&self.path, name))?;
            loop {
                let read = member.read(&mut buffer).map_err(|_| damaged(&self.path, name))?;
                if read == 0 {
                    break;
                }
                sha.update(&buffer[..read]);
            }
            if HEXLOWER.encode(&sha.finalize()) != hash {
                return Err(damaged(&self.path, name));
            }
            members += 1;
        }
        // The list, the manifest and its signature are not in the list.
        if self.zip.len() == members + 3 { Ok(()) } else { Err(self.damaged(HASHES)) }
    }

    /// A member that is read at once.
    fn small(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Refused> {
        let mut bytes = Vec::new();
        let read = self
            .zip
            .by_name(name)
            .map_err(|_| ())
            .and_then(|member| member.take(most + 1).read_to_end(&mut bytes).map_err(|_| ()));
        match read {
            Ok(_) if bytes.len() as u64 <= most => Ok(bytes),
            _ => Err(self.damaged(name)),
        }
    }

    pub(super) fn damaged(&self, member: &str) -> Refused {
        damaged(&self.path, member)
    }
}

fn damaged(path: &Path, member: &str) -> Refused {
    let path = path.display();
    Refused::new(
        format!("备份“{path}”已损坏：其中的 {member} 不是当时写入的内容；请换一份备份"),
        format!(
            "the backup `{path}` is damaged: {member} in it is not what was written; take another \
             backup"
        ),
    )
}
