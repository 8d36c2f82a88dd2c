//! The machine: folder, room, disk, key file, browser.

use super::Line;
use crate::clock::Stopwatch;
use crate::docs::pdf;
use base::Text;
use std::io::Write;
use std::path::Path;
use store::MasterKey;

/// Less room than this stops the product within days: photos are half a megabyte each.
const LITTLE_MIB: u64 = 2_048;
/// Less room than this stops it now.
const NONE_MIB: u64 = 100;
/// A commit waits for the disk; slower than this is felt at the counter.
const SLOW_MICROS: u64 = 50_000;
/// Writes that are timed.
const WRITES: u32 = 5;

/// The data folder: there, writable, with room, on a disk that keeps its word quickly.
pub(super) fn folder(data: &Path) -> Vec<Line> {
    let shown = data.display();
    if !data.is_dir() {
        return vec![Line::error(
            "folder",
            Text::new(format!("没有数据文件夹“{shown}”"), format!("there is no folder `{shown}`")),
            Text::new(
                "用 --data 指明，或第一次运行 sanbao serve 时自动建立",
                "name it by --data; the first `sanbao serve` makes it",
            ),
        )];
    }
    let mut lines = vec![match probe(data) {
        Ok(micros) if micros <= SLOW_MICROS => Line::ok(
            "folder",
            format!("“{shown}”可写，一次落盘 {micros} 微秒"),
            format!("`{shown}` is writable, {micros} µs until a write is on the disk"),
        ),
        Ok(micros) => Line::warn(
            "folder",
            Text::new(
                format!("“{shown}”可写，但一次落盘要 {} 毫秒", micros / 1_000),
                format!("`{shown}` is writable, but takes {} ms a write", micros / 1_000),
            ),
            Text::new(
                "每次保存都要等它：换固态盘，或检查磁盘和虚拟机",
                "each saving waits for it: use a solid state disk, or look at disk and host",
            ),
        ),
        Err(error) => Line::error(
            "folder",
            Text::new(
                format!("“{shown}”写不进去：{error}"),
                format!("`{shown}` cannot be written to: {error}"),
            ),
            Text::new(
                "把它交给运行 Sanbao 的用户（chown），或腾出空间",
                "give it to the user who runs Sanbao (chown), or free some space",
            ),
        ),
    }];
    lines.extend(room(data));
    if data.join("restoring").exists() {
        lines.push(Line::error(
            "restoring",
            Text::new(
                "有一次恢复中途停了，留下了 restoring",
                "a restore was cut off and left `restoring` behind",
            ),
            Text::new(
                "删掉数据文件夹里除 master.key 以外的内容，重新恢复",
                "remove all but master.key from the data folder and restore again",
            ),
        ));
    }
    lines
}

/// The slowest of a few small writes with their way to the disk, in microseconds.
fn probe(data: &Path) -> std::io::Result<u64> {
    let path = data.join(".doctor");
    let written = (0..WRITES).try_fold(0, |most: u64, _| {
        let watch = Stopwatch::start();
        let mut file = std::fs::File::create(&path)?;
        file.write_all(&[0; 4096])?;
        file.sync_all()?;
        Ok::<_, std::io::Error>(most.max(watch.micros()))
    });
    let removed = std::fs::remove_file(&path);
    let micros = written?;
    removed?;
    Ok(micros)
}

fn room(data: &Path) -> Option<Line> {
    let stat = rustix::fs::statvfs(data).ok()?;
    let mib = stat.f_bavail.saturating_mul(stat.f_frsize) >> 20;
    let found = Text::new(format!("磁盘剩余 {mib} MiB"), format!("{mib} MiB are free"));
    let remedy = Text::new(
        "腾出空间或换大盘：写满以后只能看不能存",
        "free some space or take a larger disk: a full one can be read but not written",
    );
    Some(match mib {
        0..NONE_MIB => Line::error("disk", found, remedy),
        NONE_MIB..LITTLE_MIB => Line::warn("disk", found, remedy),
        _ => Line { id: "disk", level: super::Level::Ok, found, remedy: None },
    })
}

/// The key file: there, a key, and its owner's alone.
pub(super) fn master_key(data: &Path) -> Line {
    let path = data.join("master.key");
    let shown = path.display();
    if !path.is_file() {
        return Line::warn(
            "master_key",
            Text::new(format!("没有“{shown}”"), format!("there is no `{shown}`")),
            Text::new(
                "第一次启动时自动生成；若数据库里已有数据，请放回原来的主密钥",
                "the first start makes one; with data in the database put the old one back",
            ),
        );
    }
    if let Err(error) = MasterKey::load(&path) {
        return Line::error(
            "master_key",
            Text::new(
                format!("“{shown}”不是主密钥：{error}"),
                format!("`{shown}` is no master key: {error}"),
            ),
            Text::new(
                "放回另存的那一份；没有它，姓名和照片都读不出来",
                "put the copy back that was kept; without it names and photos cannot be read",
            ),
        );
    }
    let mode = mode(&path);
    let others = mode % 0o100;
    if others == 0 {
        return Line::ok("master_key", "主密钥在，只有本用户可读", "the master key is its owner's");
    }
    Line::error(
        "master_key",
        Text::new(
            format!("“{shown}”别的用户也能读（权限 {mode:o}）"),
            format!("others can read `{shown}` (mode {mode:o})"),
        ),
        Text::new(format!("chmod 600 “{shown}”"), format!("chmod 600 '{shown}'")),
    )
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).map_or(0, |meta| meta.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_: &Path) -> u32 {
    0
}

/// The browser that prints.
pub(super) fn browser() -> Line {
    match pdf::renderer() {
        Some(path) => {
            let path = path.display();
            Line::ok("pdf", format!("用“{path}”出 PDF"), format!("`{path}` makes PDFs"))
        }
        None => Line::warn(
            "pdf",
            Text::new("没有 Chromium，单据不能出 PDF", "no Chromium: documents do not become PDFs"),
            Text::new("安装 chromium（apt install chromium）", "install chromium"),
        ),
    }
}
