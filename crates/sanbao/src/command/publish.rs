//! `sanbao publish`: checks, compiles and publishes a release from a day on.

use super::serve::{block_on, config, done, log};
use crate::args::PublishArgs;
use crate::packs;
use base::Lang;
use rulebook::Release;
use rulebook::diff::diff;
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
        let before = app.releases().current(args.effective).ok();
        let published = app.releases().publish(app.store(), &packs, args.effective, now).await;
        app.store().close().await;
        let (hash, _) = published?;
        if let (Some(before), Ok(after)) = (before, app.releases().pinned(&hash)) {
            say_changes(&before, &after, lang);
        }
        println!("{} {hash}", args.effective);
        Ok::<(), server::StartError>(())
    }))
}

/// What the release changes against the one it follows, so that nothing is taken away unseen.
fn say_changes(before: &Release, after: &Release, lang: Lang) {
    for sentence in diff(before, after).iter().flat_map(|difference| &difference.sentences) {
        println!("{}", sentence.get(lang));
    }
}
