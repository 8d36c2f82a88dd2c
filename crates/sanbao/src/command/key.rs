//! `sanbao key rotate`: a new master key, while nothing is served.

use super::serve::{block_on, log};
use crate::args::KeyWay;
use crate::say::failed;
use base::{Lang, Text};
use server::clock::Clock;
use std::process::ExitCode;
use store::rotation::rotate;

/// Runs the command: 0 when everything is wrapped by the new key, 1 otherwise.
pub fn run(way: &KeyWay, lang: Lang) -> ExitCode {
    log();
    let KeyWay::Rotate { data } = way;
    let now = Clock::System.now();
    let done = match block_on(rotate(&data.data, data.database.as_deref(), now)) {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => return failed(&error.to_string()),
        Err(error) => return failed(&error.to_string()),
    };
    let old = data.data.join("master.key.old");
    let (keys, files, customers, old) = (done.keys, done.files, done.customers, old.display());
    let said = Text::new(
        format!(
            "主密钥已更换：{keys} 把资料密钥、{files} 个文件密钥重新加密，{customers} 位客户的查找标记重做\n\
             请现在：1) 另存新的 master.key；2) 做一次备份；3) 把“{old}”移到存放旧备份密钥的地方，\n\
             以前的备份只能用它恢复。"
        ),
        format!(
            "the master key was changed: {keys} keys of people and {files} of files are wrapped \
             anew, {customers} customers are found by it\n\
             Now: 1) keep a copy of the new master.key elsewhere; 2) make a backup;\n\
             3) put `{old}` away with the keys of old backups: backups made until\n\
             now are restored by it alone."
        ),
    );
    println!("{}", said.get(lang));
    ExitCode::SUCCESS
}
