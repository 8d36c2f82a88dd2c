//! Opening stock: what is there already of what a workbook names, and posting the accepted rows.

use super::opening_rows::{Known, Opened, named};
use super::workbook::Sheet;
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use crate::view::account::{Names, Quoted};
use base::{Text, TransactionId};
use engine::Posting;
use ledger::{Key, Path};
use rulebook::expr::Value;
use rulebook::model::Part;
use std::collections::{BTreeMap, BTreeSet};
use store::import::ImportRow;

/// Templates of the rulebook that opening stock is posted by.
const NEW: &str = "opening";
const OLD: &str = "opening_old";
/// How often the books are asked again when somebody posts at the same moment.
const TRIES: usize = 3;

/// Asks the books and the register about everything the sheet names.
pub async fn known(app: &App, session: &Session, sheet: &Sheet) -> Answer<Known> {
    let orgs = app.orgs();
    let mine = orgs.all().into_iter().filter(|org| session.scope.holds(&org.path));
    let warehouses = mine.map(|org| (org.code.clone(), org.name.clone())).collect();
    let parts = (*app.masters().of(&session.release).parts).clone();
    let mut known = Known { warehouses, parts, ..Known::default() };
    let rows = named(sheet, &session.release, &known);
    look_up(app, session, &rows, &mut known).await?;
    Ok(known)
}

async fn look_up(app: &App, session: &Session, rows: &[Opened], known: &mut Known) -> Answer<()> {
    let pairs: Vec<(Key, Key)> = rows
        .iter()
        .flat_map(|row| row.serials.iter().map(move |serial| (&row.part, serial)))
        .filter_map(|(part, serial)| Some((Key::try_new(part).ok()?, Key::try_new(serial).ok()?)))
        .collect();
    let held = app.store().holders_of(&pairs).await?;
    let mut quoted = Quoted::default();
    for path in held.values() {
        quoted.path(path);
    }
    let names = Names::of(app, session, quoted).await?;
    for ((part, serial), path) in held {
        let at = names.account(&path);
        // Whose it is, is not told to those who may not see it.
        let words = if at.open {
            Text::new(at.words.zh, at.words.en)
        } else {
            Text::new("别的单位", "another unit")
        };
        known.held.insert((part.to_string(), serial.to_string()), words);
    }
    let serials: Vec<String> = pairs.iter().map(|(_, serial)| serial.to_string()).collect();
    known.fitted = app.store().fitted_serials(&serials).await?;
    let sources = rows.iter().filter_map(|row| Path::try_new(&row.source()).ok()).collect();
    let there = app.store().accounts_there(&sources).await?;
    known.opened = there.iter().map(ToString::to_string).collect();
    Ok(())
}

/// Posts the rows in one go, as the books take them now.
pub async fn post(app: &App, session: &Session, id: i64, rows: &[Opened]) -> Answer<ImportRow> {
    let parts = app.masters().of(&session.release).parts;
    let fresh: BTreeSet<Path> = rows
        .iter()
        .filter(|row| !parts.get(&row.part).is_some_and(|part| part.tracked))
        .filter_map(|row| Path::try_new(&row.source()).ok())
        .collect();
    check_scope(app, session, rows)?;
    let postings = postings(session, &parts, rows)?;
    for _ in 0..TRIES {
        check_fresh(app, session, &fresh).await?;
        let mut book = app.store().book(&postings).await?;
        // Numbers nobody has: what is judged here is not what is written.
        let first = TransactionId(i64::MAX - 100_000);
        engine::settle_import(&postings, id, &mut book, first)
            .map_err(|wrong| refused(&wrong.0, wrong.1))?;
        let (actor, now) = (session.id(), session.now);
        match app.store().post_import(id, &postings, &fresh, actor, now).await {
            Err(store::StoreError::Moved) => {}
            done => return Ok(done?),
        }
    }
    Err(Problem::new("books-moved").retry_after(1))
}

/// Since the check, the caller may have been given another scope.
fn check_scope(app: &App, session: &Session, rows: &[Opened]) -> Answer<()> {
    let orgs = app.orgs();
    let mine = |code: &str| orgs.by_code(code).is_some_and(|org| session.scope.holds(&org.path));
    match rows.iter().find(|row| !mine(&row.warehouse)) {
        None => Ok(()),
        Some(Opened { warehouse, .. }) => Err(Problem::new("forbidden").detail(
            format!("库房 {warehouse} 已不在您的范围内，请重新上传"),
            format!("The warehouse {warehouse} is not in your scope any more; upload anew"),
        )),
    }
}

/// Since the check, somebody may have entered the same. Pieces without a serial could come in twice
/// unnoticed, so that each part of a warehouse is opened once.
async fn check_fresh(app: &App, session: &Session, fresh: &BTreeSet<Path>) -> Answer<()> {
    let there = app.store().accounts_there(fresh).await?;
    let Some(path) = there.first() else { return Ok(()) };
    let names = Names::of(app, session, Quoted::default()).await?;
    let words = names.account(path).words;
    Err(Problem::new("import-state").detail(
        format!("检查之后已有人记过“{}”，请重新上传核对", words.zh),
        format!("Since the check somebody entered {}; upload the workbook again", words.en),
    ))
}

fn postings(
    session: &Session,
    parts: &BTreeMap<String, Part>,
    rows: &[Opened],
) -> Answer<Vec<Posting>> {
    let release = &session.release;
    let tracked = |part: &Key| parts.get(part.as_str()).is_some_and(|part| part.tracked);
    let mut all = Vec::new();
    for (id, old) in [(NEW, false), (OLD, true)] {
        let of_it = rows.iter().filter(|row| row.fault.is_some() == old);
        let of_it: Vec<engine::opening::Row> = of_it.map(variables).collect();
        if of_it.is_empty() {
            continue;
        }
        let template = release.postings.get(id).ok_or_else(|| {
            Problem::new("import-state").detail(
                format!("规则包没有记账模板 {id}，不能导入期初库存"),
                format!("The rulebook has no posting template `{id}` for opening stock"),
            )
        })?;
        let rule = (id, session.now);
        let made = engine::opening::postings(release, template, &of_it, &tracked, rule)
            .map_err(|wrong| refused(&wrong, None))?;
        all.extend(made);
    }
    Ok(all)
}

fn variables(row: &Opened) -> engine::opening::Row {
    let text = |text: &str| Value::Text(text.to_owned().into());
    let serials = row.serials.iter().map(|serial| text(serial)).collect();
    let mut vars = BTreeMap::from([
        ("warehouse".to_owned(), text(&row.warehouse)),
        ("part".to_owned(), text(&row.part)),
        ("pieces".to_owned(), Value::Number(row.pieces.into())),
        ("serials".to_owned(), Value::List(serials)),
    ]);
    vars.extend(row.fault.as_deref().map(|fault| ("fault".to_owned(), text(fault))));
    vars
}

fn refused(refused: &ledger::Refused, remedy: Option<Text>) -> Problem {
    let Text { zh, en } = refused.sentence();
    Problem::new("posting-refused").detail(zh, en).remedy(remedy)
}
