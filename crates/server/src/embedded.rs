//! What is compiled in: the rulebooks and the web client.

use rulebook::PackSource;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "../../rulebooks/"]
struct Rulebooks;

/// The web client as built by `npm run build`, or the page that says how to build it.
#[derive(RustEmbed)]
#[folder = "../../web/dist/"]
pub struct Web;

/// Packs published at the first start, parents first; those that exist are taken.
const FIRST: [&str; 3] = ["common", "law-cn", "ebike-maker"];

/// The packs that came with the program.
pub fn packs() -> Vec<PackSource> {
    let mut packs: BTreeMap<String, PackSource> = BTreeMap::new();
    for path in Rulebooks::iter() {
        let Some((pack, name)) = path.split_once('/') else { continue };
        let Some(file) = Rulebooks::get(&path) else { continue };
        let Ok(text) = String::from_utf8(file.data.into_owned()) else { continue };
        let source = packs.entry(pack.to_owned()).or_default();
        source.dir = format!("rulebooks/{pack}");
        source.files.insert(name.to_owned(), text);
    }
    FIRST.iter().filter_map(|id| packs.remove(*id)).collect()
}
