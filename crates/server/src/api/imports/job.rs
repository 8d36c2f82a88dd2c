//! Large imports: read and judged in the background batch by batch, written chunk by chunk; a page
//! asks how far they are, and a restart goes on with what was being written.

use super::Brings;
use super::apply::begins;
use super::headings::learn;
use super::judged::{about, judged, why_unreadable};
use crate::app::App;
use crate::auth::Session;
use crate::imports::headings::Headings;
use crate::imports::seen::Seen;
use crate::imports::stream::{self, Wanted};
use crate::imports::workbook::{Sheet, Unreadable};
use crate::imports::{Sale, customer_rows::Entered, register};
use crate::problem::{Answer, Problem};
use base::{PersonId, Text};
use rulebook::Release;
use rulebook::model::PriceRow;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use store::StoreError;
use store::import::{CHUNK, ImportRow, ImportState, ImportedUnit, StagedRow};
use tokio::sync::{Semaphore, SemaphorePermit, mpsc};

/// Large workbooks read at a time: each holds its texts in memory.
static TURNS: Semaphore = Semaphore::const_new(1);
/// Rows judged and staged at a time.
const BATCH: usize = 500;
/// Batches read ahead of the judging.
const AHEAD: usize = 2;
/// What was not heard of for so many seconds was stopped with its server.
const SILENCE: i64 = 120;

/// Begins to read a large workbook; the rows come while the page looks on.
pub async fn begin(
    app: &App,
    session: &Session,
    brings: Brings,
    told: Headings,
    (name, bytes): (&str, Vec<u8>),
) -> Answer<ImportRow> {
    let turn = TURNS.try_acquire().map_err(|_| {
        Problem::new("busy").retry_after(30).detail(
            "正在读取另一份大文件，请过一两分钟再上传",
            "Another large workbook is being read; upload this one in a minute or two",
        )
    })?;
    let import = app.store().begin_staging(brings.word(), name, session.id(), session.now).await?;
    let reading = Reading { app: app.clone(), session: session.clone(), brings, id: import.id };
    tokio::spawn(reading.run(bytes, told, turn));
    Ok(import)
}

struct Reading {
    app: App,
    session: Session,
    brings: Brings,
    id: i64,
}

impl Reading {
    async fn run(self, bytes: Vec<u8>, told: Headings, _turn: SemaphorePermit<'static>) {
        let failed = match self.read(bytes, told).await {
            Ok(Ok(())) => return,
            Ok(Err(unreadable)) => why_unreadable(&unreadable, self.brings),
            Err(problem) => {
                tracing::error!(import = self.id, code = problem.code(), "an import failed");
                problem.words()
            }
        };
        if let Err(error) = self.app.store().fail_staging(self.id, &said(&failed)).await {
            tracing::warn!(%error, import = self.id, "the end of an import is not on record");
        }
    }

    async fn read(&self, bytes: Vec<u8>, told: Headings) -> Answer<Result<(), Unreadable>> {
        let (by, most) = (told.clone(), self.brings.most_rows());
        let (sender, mut batches) = mpsc::channel::<(Sheet, u32)>(AHEAD);
        let reader = tokio::task::spawn_blocking(move || {
            let wanted = Wanted { headings: &by, most, batch: BATCH };
            stream::read(&bytes, wanted, &mut |sheet, whole| {
                sender.blocking_send((sheet, whole)).is_ok()
            })
        });
        let mut seen = Seen::default();
        let mut known: Option<Map<String, Value>> = None;
        let mut done = 0_i64;
        while let Some((sheet, whole)) = batches.recv().await {
            let rows = judged(&self.app, &self.session, self.brings, &sheet, &mut seen).await?;
            done += i64::try_from(sheet.rows.len()).unwrap_or(0);
            if known.is_none() {
                learn(&self.app, &self.session, self.brings, &told, &sheet).await?;
            }
            let known = known.get_or_insert_with(|| about(&sheet));
            let far = (done, i64::from(whole).max(done));
            let (store, now) = (self.app.store(), self.app.now());
            if !store.stage_batch(self.id, known, rows, far, now).await? {
                // Somebody threw it away; what was staged of it went with it.
                return Ok(Ok(()));
            }
        }
        if let Err(unreadable) = reader.await.map_err(|_| Problem::new("import-unreadable"))? {
            return Ok(Err(unreadable));
        }
        self.app.store().end_staging(self.id, done, self.session.id(), self.app.now()).await?;
        Ok(Ok(()))
    }
}

fn said(why: &Text) -> Map<String, Value> {
    Map::from_iter([("failed".to_owned(), json!({ "zh": why.zh, "en": why.en }))])
}

/// What writes an import of vehicles, customers or prices.
pub struct Writing {
    /// The application.
    pub app: App,
    /// Vehicles, customers or prices.
    pub brings: Brings,
    /// The import.
    pub id: i64,
    /// The models are named by it.
    pub release: Arc<Release>,
    /// Who writes.
    pub actor: PersonId,
}

impl Writing {
    /// Writes all accepted rows, and shows them at once; or takes back what it wrote.
    pub async fn run(&self) -> Answer<ImportRow> {
        let (app, store) = (&self.app, self.app.store());
        match self.chunks().await {
            Ok(rows) => {
                let import = store.end_applying(self.id, rows, self.actor, app.now()).await?;
                if self.brings == Brings::Prices {
                    app.masters_changed().await?;
                }
                Ok(import)
            }
            Err(problem) if problem.code() == "books-moved" => {
                let import = store.import(self.id).await?;
                let stops = import.progress.as_ref().is_some_and(|p| p.phase == "stopping");
                if !stops {
                    // Another server goes on with it.
                    return Ok(import);
                }
                store.undo_import(self.id, self.actor, app.now()).await?;
                Ok(store.import(self.id).await?)
            }
            Err(problem) => {
                store.undo_import(self.id, self.actor, app.now()).await?;
                Err(problem)
            }
        }
    }

    /// The same in the background; the page asks how far it is.
    pub fn spawn(self) {
        tokio::spawn(async move {
            if let Err(problem) = self.run().await {
                let code = problem.code();
                tracing::warn!(import = self.id, code, "an import was taken back");
                let why = problem.words();
                let noted = self.app.store().note_import(self.id, &said(&why)).await;
                if let Err(error) = noted {
                    tracing::warn!(%error, import = self.id, "why is not on record");
                }
            }
        });
    }

    async fn chunks(&self) -> Answer<usize> {
        let (mut rows, mut place) = (0, 0_i64);
        let mut cursor: Option<String> = None;
        let most = u32::try_from(CHUNK).unwrap_or(u32::MAX);
        loop {
            let store = self.app.store();
            let page = store.import_rows(self.id, Some("accept"), cursor.as_deref(), most).await?;
            rows += page.items.len();
            if !page.items.is_empty() {
                self.chunk(place, page.items).await?;
            }
            place += 1;
            cursor = page.next;
            if cursor.is_none() {
                return Ok(rows);
            }
        }
    }

    async fn chunk(&self, place: i64, staged: Vec<StagedRow>) -> Answer<()> {
        let (store, now) = (self.app.store(), self.app.now());
        if self.brings == Brings::Prices {
            let rows = staged.len();
            let prices: Vec<Vec<PriceRow>> =
                staged.into_iter().map(prices).collect::<Answer<_>>()?;
            let prices: Vec<PriceRow> = prices.into_iter().flatten().collect();
            begins(&self.app, &prices)?;
            let by = (self.actor, now);
            return Ok(store.write_prices(self.id, place, rows, prices, by).await?);
        }
        let chunk: Vec<ImportedUnit> =
            staged.into_iter().map(|row| self.unit(row)).collect::<Answer<_>>()?;
        Ok(store.write_chunk(self.id, place, &chunk, self.actor, now).await?)
    }

    fn unit(&self, mut staged: StagedRow) -> Answer<ImportedUnit> {
        let internal = |_| Problem::new("internal");
        staged.values.remove("cells");
        if self.brings == Brings::Customers {
            let entry = staged.values.shift_remove("entry").unwrap_or_default();
            let entered: Entered = serde_json::from_value(entry).map_err(internal)?;
            return Ok((staged.row, None, Some(entered.into())));
        }
        let sale: Sale = serde_json::from_value(Value::Object(staged.values)).map_err(internal)?;
        let (unit, owner) = register::unit_of(&self.app, &self.release, &sale);
        Ok((staged.row, Some(unit), Some(owner)))
    }
}

fn prices(mut staged: StagedRow) -> Answer<Vec<PriceRow>> {
    let entry = staged.values.shift_remove("entry").unwrap_or_default();
    serde_json::from_value(entry).map_err(|_| Problem::new("internal"))
}

/// Goes on with imports whose server was stopped: what was being written is written on, what was
/// being read has to be uploaded again.
pub async fn resume(app: &App) -> Answer<()> {
    let now = app.now();
    for import in app.store().silent_imports(now.plus_seconds(-SILENCE)).await? {
        tracing::info!(import = import.id, "goes on with an import that was interrupted");
        if import.state == ImportState::Staged {
            let why = Text::new(
                "读取时服务器重新启动，请重新上传这份文件",
                "The server was restarted while it read this workbook; upload it again",
            );
            app.store().fail_staging(import.id, &said(&why)).await?;
            continue;
        }
        if import.progress.as_ref().is_some_and(|p| p.phase == "stopping") {
            app.store().undo_import(import.id, import.person, now).await?;
            continue;
        }
        match app.store().begin_applying(import.id, import.counts.0, now).await {
            Err(StoreError::Invalid(_)) => continue,
            begun => begun?,
        }
        let writing = Writing {
            app: app.clone(),
            brings: Brings::parse(&import.kind)?,
            id: import.id,
            release: app.releases().current(app.today())?,
            actor: import.person,
        };
        writing.spawn();
    }
    Ok(())
}
