//! Blocks of blank forms as shown.

use crate::app::App;
use crate::auth::Session;
use crate::problem::Answer;
use crate::view::Words;
use serde::Serialize;
use store::blank::{BlankBlock, BlankNumber};
use utoipa::ToSchema;

/// A block of numbered forms.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BlankBlock)]
pub struct BlockView {
    id: String,
    /// The form, by its key in the rulebook.
    form: String,
    title: Words,
    /// Keys of the papers it may lie on, the usual one first.
    papers: Vec<String>,
    /// The unit that uses them.
    org: String,
    first: String,
    last: String,
    /// Handed out, nothing heard of them.
    printed: i64,
    /// Entered late.
    used: i64,
    /// Thrown away.
    spoilt: i64,
    /// Not found.
    missing: i64,
    /// Who asked for them.
    person: String,
    at: String,
}

/// A block with each of its numbers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BlankRegister)]
pub struct RegisterView {
    block: BlockView,
    numbers: Vec<NumberView>,
}

/// What became of one numbered form.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BlankNumber)]
pub struct NumberView {
    number: String,
    /// `printed`, `used`, `spoilt`, `missing`.
    state: &'static str,
    /// The case it was entered for.
    case: Option<String>,
    /// That one's number.
    case_number: Option<String>,
    /// Why it is spoilt or missing.
    note: Option<String>,
    at: String,
}

/// A block as shown.
pub async fn block(app: &App, session: &Session, block: BlankBlock) -> Answer<BlockView> {
    let release = app.releases().pinned(&block.release);
    let form = release.as_ref().ok().and_then(|release| release.documents.get(&block.document));
    let people = app.store().people_named(&[block.person]).await?;
    let [printed, used, spoilt, missing] = block.counts;
    let named = |text: &base::Text| Words::from(text);
    Ok(BlockView {
        id: block.id.to_string(),
        title: form.map_or_else(
            || named(&base::Text::new(block.document.as_str(), block.document.as_str())),
            |form| named(&form.title),
        ),
        papers: form
            .map(|form| form.papers().map(|p| p.key().to_owned()).collect())
            .unwrap_or_default(),
        form: block.document,
        org: app
            .orgs()
            .get(block.org)
            .map_or_else(|| session.org.name.clone(), |org| org.name.clone()),
        first: block.range.0,
        last: block.range.1,
        printed,
        used,
        spoilt,
        missing,
        person: people.first().map_or_else(String::new, |p| p.name.reveal().to_owned()),
        at: block.at.to_string(),
    })
}

/// A block with its numbers as shown.
pub async fn register(
    app: &App,
    session: &Session,
    of: BlankBlock,
    numbers: Vec<BlankNumber>,
) -> Answer<RegisterView> {
    let numbers = numbers.into_iter().map(|one| {
        let (case, case_number) = one.case.map(|(id, number)| (id.to_string(), number)).unzip();
        NumberView {
            number: one.number,
            state: one.state.word(),
            case,
            case_number,
            note: one.note,
            at: one.at.to_string(),
        }
    });
    let numbers = numbers.collect();
    Ok(RegisterView { block: block(app, session, of).await?, numbers })
}
