//! `sanbao backup`: everything as it stands at one moment into one file, also while it is served.

use super::serve::{block_on, log};
use crate::args::BackupArgs;
use crate::say::failed;
use base::{Lang, Text};
use server::clock::Clock;
use std::process::ExitCode;
use store::Config;
use store::backup::{Manifest, Refused, backup};

/// Runs the command: 0 when the whole backup lies on the disk, 1 otherwise.
pub fn run(args: &BackupArgs, lang: Lang) -> ExitCode {
    log();
    let made = block_on(async {
        let config = Config::existing(&args.data.data, args.data.database.as_deref())?;
        backup(&config, &args.file, Clock::System.now()).await
    });
    let manifest = match made {
        Ok(Ok(manifest)) => manifest,
        Ok(Err(Refused(sentence))) => return failed(sentence.get(lang)),
        Err(error) => return failed(&error.to_string()),
    };
    if args.json {
        match serde_json::to_string(&manifest) {
            Ok(json) => println!("{json}"),
            Err(error) => return failed(&error.to_string()),
        }
    } else {
        print(args, &manifest, lang);
    }
    for lost in &manifest.lost {
        let sentence = Text::new(
            format!("文件 {lost} 的内容早已不见，备份里没有它"),
            format!("the bytes of {lost} were gone before; the backup does not hold them"),
        );
        eprintln!("{}", sentence.get(lang));
    }
    ExitCode::SUCCESS
}

fn print(args: &BackupArgs, manifest: &Manifest, lang: Lang) {
    let (rows, tables) = (manifest.rows(), manifest.tables.len());
    let (files, file) = (manifest.files, args.file.display());
    let head = manifest.head.as_deref().unwrap_or("-");
    let key = args.data.data.join("master.key");
    let key = key.display();
    let said = Text::new(
        format!(
            "已备份到“{file}”：{tables} 张表 {rows} 行，{files} 个文件\n封存头: {head}\n\n\
             备份里没有主密钥“{key}”。没有它，备份里的姓名、电话、照片谁也读不出来：\n\
             请把它另存一份，放在与备份不同的地方。封存头也请另记，恢复时用 --expect 核对。"
        ),
        format!(
            "backed up to `{file}`: {rows} rows of {tables} tables, {files} files\n\
             seal head: {head}\n\n\
             THE MASTER KEY `{key}` IS NOT IN IT. Without it nobody can read the names, numbers\n\
             and photos in this backup: keep a copy of the key in another place than the backup. \
             Note the\nseal head elsewhere too; a restore compares it by --expect."
        ),
    );
    println!("{}", said.get(lang));
}
