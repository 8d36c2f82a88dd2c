//! `sanbao publish`: checks, compiles and publishes a release from a day on.

use super::serve::{block_on, config, done, log};
use crate::args::PublishArgs;
use crate::packs;
use crate::say::Unusable;
use base::Lang;
use rulebook::diff::diff;
use rulebook::{PackSource, Release};
use server::{App, StartError, drafts};
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
    let published = block_on(async {
        let app = App::start(config).await?;
        let done = publish(&app, args, &packs, lang).await;
        app.store().close().await;
        done
    });
    match published {
        Ok(Ok(Some(refused))) => refused.exit(lang),
        other => done(other.map(|published| published.map(drop))),
    }
}

/// Publishes; the sentence when that is refused.
async fn publish(
    app: &App,
    args: &PublishArgs,
    packs: &[PackSource],
    lang: Lang,
) -> Result<Option<Unusable>, StartError> {
    let by_id: Vec<PackSource> = packs.iter().map(named).collect();
    let day = args.effective.unwrap_or_else(|| drafts::effective(&by_id, app.today()));
    let before = app.releases().current(day).ok();
    let drops = before.as_ref().is_some_and(|before| drafts::drops_law(&before.sources, packs));
    if drops && !args.without_law {
        return Ok(Some(Unusable::new(
            "之前的版本带有法律底线，这些制度包里没有：请加上 law-cn，或写 --without-law",
            "the release before carries the law and these packs do not: name law-cn too, or say \
             --without-law",
        )));
    }
    let (hash, _) = app.releases().publish(app.store(), packs, day, app.now()).await?;
    if let (Some(before), Ok(after)) = (before, app.releases().pinned(&hash)) {
        say_changes(&before, &after, lang);
    }
    println!("{day} {hash}");
    Ok(None)
}

/// The pack under its id: the last part of its folder.
fn named(pack: &PackSource) -> PackSource {
    let dir = pack.dir.trim_end_matches('/');
    let id = dir.rsplit('/').next().unwrap_or(dir).to_owned();
    PackSource { dir: id, files: pack.files.clone() }
}

/// What the release changes against the one it follows, so that nothing is taken away unseen.
fn say_changes(before: &Release, after: &Release, lang: Lang) {
    for sentence in diff(before, after).iter().flat_map(|difference| &difference.sentences) {
        println!("{}", sentence.get(lang));
    }
}
