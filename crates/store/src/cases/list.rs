//! The case list: filters, scope and cursor.

use crate::dialect::Dialect;
use crate::exec::cell::cells;
use crate::exec::{Cell, Row, places};
use crate::keys::word;
use crate::personal::{ERASED, mask};
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, CustomerId, Instant, OrgId, PersonId, UnitId};
use rulebook::model::form::Personal as Class;

/// What is asked of the list; empty fields ask nothing.
#[derive(Debug, Clone, Default)]
pub struct CaseQuery {
    /// Process.
    pub process: Option<String>,
    /// Main state, without the track.
    pub state: Option<String>,
    /// Subject area.
    pub area: Option<String>,
    /// Owning unit.
    pub station: Option<OrgId>,
    /// Vehicle.
    pub unit: Option<UnitId>,
    /// Customer.
    pub customer: Option<CustomerId>,
    /// Person who works on it.
    pub assignee: Option<PersonId>,
    /// Only open (`true`) or only closed (`false`) ones.
    pub open: Option<bool>,
    /// Number, frame, plate, phone, last digits or name.
    pub text: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// At most so many, 100 at the most; 0 is 50.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// Where a page begins, from what the last one named; nothing means from the start. What no list
/// gave is refused: read as the start, a client would page for ever.
pub(crate) fn cursor<T: std::str::FromStr>(text: Option<&str>) -> Result<Option<T>> {
    let Some(text) = text else { return Ok(None) };
    let shown = || StoreError::Cursor(text.chars().take(40).collect());
    text.parse().map(Some).map_err(|_| shown())
}

/// A row of the case list.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// Process.
    pub process: String,
    /// The release it runs under.
    pub release: String,
    /// Main state, without the track.
    pub state: String,
    /// Owning unit.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// Vehicle.
    pub unit: Option<UnitId>,
    /// Frame number of the vehicle.
    pub frame_no: Option<String>,
    /// Model key of the vehicle.
    pub model: Option<String>,
    /// Plate of the vehicle.
    pub plate: Option<String>,
    /// Customer, name masked.
    pub customer: Option<CustomerId>,
    /// 王*明
    pub customer_masked: Option<String>,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// Name of who works on it.
    pub assignee_name: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// The earliest running deadline.
    pub due_at: Option<Instant>,
    /// Whether an open deadline is broken.
    pub late: bool,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// The component it is about (`component` of its data), for the vehicle's history.
    pub component: Option<String>,
}

/// Cases of a part of the company that are sorted for a page of it; of more, the newest of the
/// company are walked until the page is full.
const SORTED: i64 = 5_000;
/// Most cases on one handover sheet.
const MOST_HELD: u32 = 200;

pub(crate) const COLUMNS: &str = "c.id, c.number, c.process, c.release, c.main_state, c.org, \
    o.name, c.unit, u.frame_no, u.model, u.plate, c.customer, ck.id, ck.wrapped, k.name, \
    c.assignee, pk.id, pk.wrapped, p.name, c.opened_at, c.due_at, c.late, c.closed_at, c.component";

/// The tables behind [`COLUMNS`], beginning with cases as `c`.
pub(crate) const TABLES: &str = "cases c JOIN orgs o ON o.id = c.org \
    LEFT JOIN units u ON u.id = c.unit \
    LEFT JOIN customers k ON k.id = c.customer LEFT JOIN data_keys ck ON ck.id = k.key_id \
    LEFT JOIN people p ON p.id = c.assignee LEFT JOIN data_keys pk ON pk.id = p.key_id";

/// Rows of the case list by a condition over `c` alone, the newest first. The page is chosen among
/// the cases before anything is joined: names and vehicles are read for the rows that are shown,
/// not for all that were sorted.
pub(crate) fn case_rows(filter: &str, limit: &str) -> String {
    format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE c.id IN \
         (SELECT c.id FROM cases c WHERE {filter} ORDER BY c.id DESC LIMIT {limit}) \
         ORDER BY c.id DESC"
    )
}

/// The columns of a case row with others before it.
pub(crate) fn case_columns() -> &'static str {
    COLUMNS
}

/// A filter under construction: conditions and their parameters.
struct Filter {
    sql: String,
    params: Vec<Cell>,
}

impl Filter {
    /// What the scope holds. One unit alone is asked by equality, the whole company and a large
    /// part of it by no index: the cases are then walked in the order of the list, up to the end of
    /// the page. Open cases have an index so small that it is walked whole.
    fn within(scope: &Scope, large: bool, dialect: Dialect) -> Self {
        if let Some(path) = scope.alone() {
            return Self { sql: "c.org_path = $1".into(), params: cells![path] };
        }
        let path = if large { dialect.unindexed("c.org_path") } else { "c.org_path".into() };
        let sql = format!("{path} >= $1 AND {path} < $2");
        Self { sql, params: cells![&scope.low, &scope.high] }
    }

    fn and(&mut self, condition: &str, value: impl Into<Cell>) {
        self.params.push(value.into());
        let place = format!("${}", self.params.len());
        self.sql.push_str(" AND ");
        self.sql.push_str(&condition.replace('?', &place));
    }

    fn and_some(&mut self, condition: &str, value: Option<impl Into<Cell>>) {
        if let Some(value) = value {
            self.and(condition, value);
        }
    }
}

impl Store {
    /// Cases in scope, the newest first.
    pub async fn cases(&self, query: &CaseQuery, scope: &Scope) -> Result<Page<CaseRow>> {
        let large = query.open != Some(true) && self.is_large(scope).await?;
        let mut filter = Filter::within(scope, large, self.exec().dialect());
        filter.and_some("? IN (c.assignee, c.opener, c.owner)", scope.own);
        filter.and_some("c.process = ?", query.process.as_deref());
        filter.and_some("c.main_state = ?", query.state.as_deref());
        filter.and_some("c.area = ?", query.area.as_deref());
        filter.and_some("c.org_path = (SELECT path FROM orgs WHERE id = ?)", query.station);
        filter.and_some("c.unit = ?", query.unit);
        filter.and_some("c.customer = ?", query.customer);
        filter.and_some("c.assignee = ?", query.assignee);
        match query.open {
            Some(true) => filter.sql.push_str(" AND c.closed_at IS NULL"),
            Some(false) => filter.sql.push_str(" AND c.closed_at IS NOT NULL"),
            None => {}
        }
        filter.and_some("c.id < ?", cursor::<CaseId>(query.cursor.as_deref())?);
        if let Some(text) = query.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            self.and_text(&mut filter, text, scope).await?;
        }
        let limit = match query.limit {
            0 => 50,
            limit => limit.min(100),
        };
        filter.params.push(Cell::from(limit + 1));
        let sql = case_rows(&filter.sql, &format!("${}", filter.params.len()));
        let rows = self.exec().rows(sql, filter.params).await?;
        let mut items =
            rows.into_iter().map(|row| self.read_case_row(row)).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|row| row.id.to_string());
        Ok(Page { items, next })
    }

    /// Whether a scope of several units holds so many cases that sorting them would take longer
    /// than to pass over those of others.
    async fn is_large(&self, scope: &Scope) -> Result<bool> {
        if scope.alone().is_some() || scope.is_company() {
            return Ok(scope.is_company());
        }
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM cases WHERE org_path >= $1 \
                   AND org_path < $2 LIMIT $3) few";
        let params = cells![&scope.low, &scope.high, SORTED];
        let mut rows = self.exec().rows(sql, params).await?;
        Ok(rows.first_mut().map(Row::int).transpose()? == Some(SORTED))
    }

    /// Open cases of a unit that somebody works on or answers for, the most pressing first.
    pub async fn held_cases(&self, person: PersonId, org: OrgId) -> Result<Vec<CaseRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE c.closed_at IS NULL AND c.org = $2 \
             AND (c.assignee = $1 OR c.owner = $1) \
             ORDER BY COALESCE(c.due_at, 9223372036854775807), c.id LIMIT {MOST_HELD}"
        );
        let rows = self.exec().rows(sql, cells![person, org]).await?;
        rows.into_iter().map(|row| self.read_case_row(row)).collect()
    }

    /// By number, by a vehicle or customer that the text finds, or by a frame number typed into it.
    async fn and_text(&self, filter: &mut Filter, text: &str, scope: &Scope) -> Result<()> {
        let found = self.found(text, scope).await?;
        let of = |subject: &str| -> Vec<Cell> {
            let hits = found.iter().filter(|hit| hit.subject == subject);
            hits.map(|hit| hit.id.into()).collect()
        };
        let typed = self.typed_frames(text, scope).await?;
        filter.and("(c.number = ?", normalise_number(text));
        for (column, ids) in
            [("c.unit", of("unit")), ("c.customer", of("customer")), ("c.id", typed)]
        {
            if !ids.is_empty() {
                let list = places(filter.params.len() + 1, ids.len());
                filter.sql.extend([" OR ", column, " IN ", list.as_str()]);
                filter.params.extend(ids);
            }
        }
        filter.sql.push(')');
        Ok(())
    }

    /// A row of [`case_rows`].
    pub(crate) fn read_case_row(&self, mut row: Row) -> Result<CaseRow> {
        self.read_case_columns(&mut row)
    }

    /// A case row from its columns.
    pub(crate) fn read_case_columns(&self, row: &mut Row) -> Result<CaseRow> {
        let (id, number, process) = (CaseId(row.int()?), row.text()?, row.text()?);
        let (release, state) = (row.text()?, row.text()?);
        let (org, org_name) = (OrgId(row.int()?), row.text()?);
        let unit = row.opt_int()?.map(UnitId);
        let (frame_no, model, plate) = (row.opt_text()?, row.opt_text()?, row.opt_text()?);
        let customer = row.opt_int()?.map(CustomerId);
        let customer_masked = self.read_masked(row)?;
        let assignee = row.opt_int()?.map(PersonId);
        let assignee_name = self.read_name(row)?;
        Ok(CaseRow {
            id,
            number,
            process,
            release,
            state,
            org,
            org_name,
            unit,
            frame_no,
            model,
            plate,
            customer,
            customer_masked,
            assignee,
            assignee_name,
            opened_at: row.instant()?,
            due_at: row.opt_instant()?,
            late: row.flag()?,
            closed_at: row.opt_instant()?,
            component: row.opt_text()?,
        })
    }

    /// A customer's name as a list shows it, from the columns key id, wrapped key, sealed name.
    fn read_masked(&self, row: &mut Row) -> Result<Option<String>> {
        let (id, wrapped, sealed) = (row.opt_int()?, row.opt_bytes()?, row.opt_bytes()?);
        let Some(id) = id else { return Ok(None) };
        let Some(wrapped) = wrapped else { return Ok(Some(ERASED.into())) };
        let Some(sealed) = sealed else { return Ok(None) };
        let name = self.vault().unwrap(&wrapped, id)?.open_text(&sealed, word(Class::Name))?;
        Ok(Some(mask(Class::Name, &name)))
    }

    /// A name in clear from the columns key id, wrapped key, sealed name.
    pub(crate) fn read_name(&self, row: &mut Row) -> Result<Option<String>> {
        let key = self.read_key(row)?;
        let sealed = row.opt_bytes()?;
        let open = |(key, sealed): (crate::vault::DataKey, Vec<u8>)| {
            key.open_text(&sealed, word(Class::Name))
        };
        key.zip(sealed).map(open).transpose()
    }

    /// How many open cases the scope holds, by process and main state.
    pub async fn case_counts(&self, scope: &Scope) -> Result<Vec<(String, String, i64)>> {
        let sql = "SELECT process, main_state, COUNT(*) FROM cases WHERE org_path >= $1 \
                   AND org_path < $2 AND closed_at IS NULL \
                   AND (CAST($3 AS BIGINT) = 0 OR assignee = $3 OR opener = $3 OR owner = $3) \
                   GROUP BY process, main_state ORDER BY process, main_state";
        let own = scope.own.map_or(0, |person| person.0);
        let rows = self.exec().rows(sql, cells![&scope.low, &scope.high, own]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.text()?, row.int()?))).collect()
    }

    /// How many open cases the scope holds, by release and process.
    pub async fn open_by_release(&self, scope: &Scope) -> Result<Vec<(String, String, i64)>> {
        let sql = "SELECT release, process, COUNT(*) FROM cases WHERE org_path >= $1 \
                   AND org_path < $2 AND closed_at IS NULL \
                   AND (CAST($3 AS BIGINT) = 0 OR assignee = $3 OR opener = $3 OR owner = $3) \
                   GROUP BY release, process ORDER BY release, process LIMIT 10000";
        let own = scope.own.map_or(0, |person| person.0);
        let rows = self.exec().rows(sql, cells![&scope.low, &scope.high, own]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.text()?, row.int()?))).collect()
    }
}

/// A document number as printed, typed by hand: `wx202611-0042`.
fn normalise_number(text: &str) -> String {
    text.trim().chars().flat_map(char::to_uppercase).collect()
}
