//! Restoring into an empty place: all of it appears, or nothing.

use super::check::{Checked, check};
use super::load::load;
use super::{FILES, Refused, Restored};
use crate::exec::load::Load;
use crate::{Config, Database, MasterKey, Store, file};
use base::FileId;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The name of the key in a data folder.
const KEY: &str = "master.key";
/// Folder inside the data folder where everything is made ready.
const READY: &str = "restoring";

/// Where a backup is restored to.
#[derive(Debug, Clone)]
pub struct Place {
    /// The data folder; nothing but `master.key` may lie in it.
    pub data: PathBuf,
    /// A `PostgreSQL` address, whose schema must be empty; `SQLite` in the data folder when absent.
    pub database: Option<String>,
    /// The key file when it is not in the data folder; it is copied there.
    pub master_key: Option<PathBuf>,
}

/// Restores an archive and walks it as `verify` does. `expect` is a seal head noted elsewhere,
/// which must be in the archive.
pub async fn restore(
    archive: &Path,
    place: &Place,
    expect: Option<&str>,
) -> Result<Restored, Refused> {
    refuse_full(&place.data)?;
    let master = master_key(place)?;
    let mut checked = check(archive, &master)?;
    let mut made = Made::begin(&place.data)?;
    let ready = place.data.join(READY);
    let database = match &place.database {
        Some(url) => Database::Postgres(url.clone()),
        None => Database::Sqlite(ready.join("sanbao.db")),
    };
    let load = load(&mut checked, &database, expect).await?;
    extract(&mut checked, &ready.join("files"))?;
    put_in_place(place, load, &master, &mut made).await?;
    let config = Config::existing(&place.data, place.database.as_deref())?;
    let store = Store::open(config).await?;
    // What waited when the backup was made may have been sent since: a person says so.
    store.hold_messages().await?;
    store.hold_webhooks().await?;
    let report = store.verify(expect).await;
    store.close().await;
    Ok(Restored { manifest: checked.manifest, report: report? })
}

/// Only a folder that holds nothing but the key is empty.
fn refuse_full(data: &Path) -> Result<(), Refused> {
    let entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Refused::of_path(data, &e)),
    };
    for entry in entries {
        let name = entry.map_err(|e| Refused::of_path(data, &e))?.file_name();
        if name != KEY && name != "lost+found" {
            let (data, name) = (data.display(), name.to_string_lossy().into_owned());
            return Err(Refused::new(
                format!("“{data}”不是空的（有 {name}）：备份只恢复到空文件夹，请换一个"),
                format!(
                    "`{data}` is not empty, it holds {name}: a backup is restored into an empty \
                     folder only, choose another"
                ),
            ));
        }
    }
    Ok(())
}

fn master_key(place: &Place) -> Result<MasterKey, Refused> {
    let own = place.data.join(KEY);
    let path = place.master_key.as_ref().unwrap_or(&own);
    if !path.is_file() {
        let path = path.display();
        return Err(Refused::new(
            format!(
                "没有“{path}”：备份里没有主密钥，请把原来那套系统的主密钥放到这里，或用 --master-key 指明"
            ),
            format!(
                "there is no `{path}`: the backup does not hold the master key; put that of the \
                 installation there, or name it by --master-key"
            ),
        ));
    }
    Ok(MasterKey::load(path)?)
}

/// Files from the archive, each by its own id and never by a name of the archive.
fn extract(archive: &mut Checked, folder: &Path) -> Result<(), Refused> {
    fs::create_dir_all(folder).map_err(|e| Refused::of_path(folder, &e))?;
    let names: Vec<String> =
        archive.zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    for name in names {
        let Some(id) = name.strip_prefix(FILES) else { continue };
        let id: FileId = id.parse().map_err(|_| archive.damaged(&name))?;
        let path = file::place(folder, id);
        let mut member = archive.zip.by_name(&name).map_err(|_| damaged(&path))?;
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
            let mut file = File::create(&path)?;
            std::io::copy(&mut member, &mut file)?;
            file.sync_all()
        });
        written.map_err(|e| Refused::of_path(&path, &e))?;
    }
    Ok(())
}

fn damaged(path: &Path) -> Refused {
    Refused::of_path(path, &std::io::Error::other("its member of the archive cannot be read"))
}

/// What is ready becomes what is there: files, key, and last the database, which is what a start
/// looks for.
async fn put_in_place(
    place: &Place,
    load: Load,
    master: &MasterKey,
    made: &mut Made,
) -> Result<(), Refused> {
    let ready = place.data.join(READY);
    let key = place.data.join(KEY);
    if !key.is_file() {
        made.add(key.clone());
        master.keep(&key).map_err(|e| Refused::of_path(&key, &e))?;
    }
    let sqlite = place.database.is_none();
    let mut load = Some(load);
    if sqlite && let Some(load) = load.take() {
        load.finish().await?;
    }
    made.rename(&ready.join("files"), &place.data.join("files"))?;
    if sqlite {
        made.rename(&ready.join("sanbao.db"), &place.data.join("sanbao.db"))?;
    }
    File::open(&place.data)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| Refused::of_path(&place.data, &e))?;
    if let Some(load) = load.take() {
        load.finish().await?;
    }
    made.keep(&ready);
    Ok(())
}

/// What a restore made so far; it is taken away again unless it is kept.
struct Made {
    paths: Vec<PathBuf>,
    folder: Option<PathBuf>,
}

impl Made {
    fn begin(data: &Path) -> Result<Self, Refused> {
        let folder = (!data.exists()).then(|| data.to_owned());
        let ready = data.join(READY);
        fs::create_dir_all(&ready).map_err(|e| Refused::of_path(&ready, &e))?;
        Ok(Self { paths: vec![ready], folder })
    }

    fn add(&mut self, path: PathBuf) {
        self.paths.push(path);
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), Refused> {
        fs::rename(from, to).map_err(|e| Refused::of_path(to, &e))?;
        self.add(to.to_owned());
        Ok(())
    }

    fn keep(&mut self, ready: &Path) {
        self.paths.clear();
        self.folder = None;
        // Empty by now; a rest of it is in nobody's way but the next restore's, which says so.
        let _ = fs::remove_dir_all(ready);
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // What cannot be removed is named by the next try.
        for path in &self.paths {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir(folder);
        }
    }
}
