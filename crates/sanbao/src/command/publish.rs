//! `sanbao publish`: checks, compiles and publishes a release from a day on.

use super::serve::{block_on, config, done, log};
use crate::args::PublishArgs;
use crate::packs;
use base::Lang;
use server::App;
use std::process::ExitCode;

/// Publishes, or says everything that is wrong and publishes nothing.
pub fn run(args: &PublishArgs, lang: Lang) -> ExitCode {
    log();
    let packs = match packs::read(&args.dirs) {
        Ok(packs) => packs,
        Err(unusable) => return unusable.exit(lang),
    };
    let mut config = config(&args.data);
    // In an empty database these packs are the first release, instead of the embedded ones.
    config.packs = Some(packs.clone());
    done(block_on(async {
        let app = App::start(config).await?;
        let now = app.now();
        let published = app.releases().publish(app.store(), &packs, args.effective, now).await;
        app.store().close().await;
        let (hash, _) = published?;
        println!("{} {hash}", args.effective);
        Ok::<(), server::StartError>(())
    }))
}
