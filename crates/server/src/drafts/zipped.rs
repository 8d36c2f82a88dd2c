//! Packs as folders in a zip archive. What comes from outside is bounded: names, files, bytes.

use super::edit::plain_path;
use super::{MOST_BYTES, MOST_FILE_BYTES, MOST_FILES};
use crate::problem::{Answer, Problem};
use rulebook::PackSource;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// An archive of packs, each in the folder of its id.
pub fn write(packs: &[PackSource]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for pack in packs {
        for (path, body) in &pack.files {
            zip.start_file(format!("{}/{path}", pack.dir), options).ok()?;
            zip.write_all(body.as_bytes()).ok()?;
        }
    }
    Some(zip.finish().ok()?.into_inner())
}

/// The packs of an archive: every folder with a `rulebook.toml`, also one folder deeper, as a file
/// manager packs them.
pub fn read(bytes: &[u8]) -> Answer<Vec<PackSource>> {
    let files = files(bytes)?;
    let mut packs: BTreeMap<String, PackSource> = BTreeMap::new();
    let roots: Vec<&str> =
        files.keys().filter_map(|name| name.strip_suffix("/rulebook.toml")).collect();
    for root in roots {
        let id = root.rsplit('/').next().unwrap_or(root).to_owned();
        let inside = files.iter().filter_map(|(name, body)| {
            let path = name.strip_prefix(root)?.strip_prefix('/')?;
            Some((path.to_owned(), body.clone()))
        });
        let pack = PackSource { dir: id.clone(), files: inside.collect() };
        if packs.insert(id.clone(), pack).is_some() {
            return Err(unreadable(
                format!("压缩包里有两个“{id}”"),
                format!("the archive has two packs `{id}`"),
            ));
        }
    }
    for pack in packs.values() {
        pack.files.keys().try_for_each(|path| plain_path(path))?;
    }
    if packs.is_empty() {
        return Err(unreadable(
            "压缩包里没有含 rulebook.toml 的文件夹".to_owned(),
            "no folder of the archive has a rulebook.toml".to_owned(),
        ));
    }
    Ok(packs.into_values().collect())
}

fn files(bytes: &[u8]) -> Answer<BTreeMap<String, String>> {
    let broken = || {
        unreadable(
            "这不是 zip 压缩包，或已损坏".to_owned(),
            "this is no zip archive, or it is damaged".to_owned(),
        )
    };
    let large = || {
        Problem::new("too-large").detail(
            "压缩包解开后太大：每个文件最多 1 MB，全部最多 16 MB、2000 个文件",
            "The archive unpacks to too much: 1 MB a file, 16 MB and 2,000 files in all",
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MOST_FILES * 2 {
        return Err(large());
    }
    let mut files = BTreeMap::new();
    let mut total = 0;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|_| broken())?;
        if !file.is_file() {
            continue;
        }
        let name = file.name().map_err(|_| broken())?.replace('\\', "/");
        let parts: Vec<&str> = name.split('/').collect();
        if parts.iter().any(|part| *part == ".." || part.is_empty()) || parts.len() > 5 {
            return Err(unreadable(
                format!("压缩包里的文件名“{name}”不能用"),
                format!("the archive names a file `{name}`, which is no place in a pack"),
            ));
        }
        if parts.iter().any(|part| part.starts_with('.') || *part == "__MACOSX") {
            continue;
        }
        // What the archive says of its sizes may be a lie: it is counted while it unpacks.
        let mut text = Vec::new();
        let limit = u64::try_from(MOST_FILE_BYTES).unwrap_or(u64::MAX);
        file.take(limit + 1).read_to_end(&mut text).map_err(|_| broken())?;
        total += text.len();
        if text.len() > MOST_FILE_BYTES || total > MOST_BYTES || files.len() >= MOST_FILES {
            return Err(large());
        }
        let text = String::from_utf8(text).map_err(|_| {
            unreadable(format!("“{name}”不是 UTF-8 文本"), format!("`{name}` is not UTF-8 text"))
        })?;
        files.insert(name, text);
    }
    Ok(files)
}

fn unreadable(zh: String, en: String) -> Problem {
    Problem::new("draft-unreadable").detail(zh, en)
}
