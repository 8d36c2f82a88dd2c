//! The registers as lists (车辆台账、客户台账): what my stations sold or took down, station by
//! station, the newest first.
//!
//! The order is that of an index over place and number, so that a page costs what it shows however
//! large the register is.

use crate::cases::{Page, cursor};
use crate::customer::{self, Customer};
use crate::exec::Cell;
use crate::exec::cell::cells;
use crate::unit::UnitHit;
use crate::units::{FIELDS, VISIBLE, read_fields};
use crate::{Result, Scope, Store};
use base::{CustomerId, Day, UnitId};

/// Most rows of a page.
const MOST: u32 = 100;

/// Which vehicles of a register.
#[derive(Debug, Clone, Default)]
pub struct UnitQuery {
    /// Key of the model.
    pub model: Option<String>,
    /// Sold on this day or later.
    pub from: Option<Day>,
    /// Sold on this day or before.
    pub to: Option<Day>,
    /// The vehicle after which the page begins.
    pub cursor: Option<String>,
    /// At most so many; 0 for a full page.
    pub limit: u32,
}

/// Which customers of a register.
#[derive(Debug, Clone, Default)]
pub struct CustomerQuery {
    /// With this tag on the file.
    pub tag: Option<String>,
    /// The customer after whom the page begins.
    pub cursor: Option<String>,
    /// At most so many; 0 for a full page.
    pub limit: u32,
}

/// Conditions over the register as `r`, and their parameters.
struct Filter {
    sql: String,
    params: Vec<Cell>,
}

impl Filter {
    fn within(scope: &Scope) -> Self {
        let (sql, params) = match scope.alone() {
            Some(path) => ("r.org_path = $1".to_owned(), cells![path]),
            None => {
                ("r.org_path >= $1 AND r.org_path < $2".to_owned(), cells![&scope.low, &scope.high])
            }
        };
        Self { sql, params }
    }

    /// One more condition; `?` stands for the parameter.
    fn and(&mut self, condition: &str, value: impl Into<Cell>) {
        self.params.push(value.into());
        let place = format!("${}", self.params.len());
        self.sql = format!("{} AND {}", self.sql, condition.replace('?', &place));
    }

    /// Behind the row where the page before ended.
    fn behind(&mut self, path: String, id: i64) {
        self.and("r.org_path >= ?", path.clone());
        self.and("(r.org_path > ?", path);
        self.and_or("r.id < ?)", id);
    }

    fn and_or(&mut self, condition: &str, value: impl Into<Cell>) {
        self.params.push(value.into());
        let place = format!("${}", self.params.len());
        self.sql = format!("{} OR {}", self.sql, condition.replace('?', &place));
    }

    /// The numbers of a page.
    fn page(&self, table: &str, limit: u32) -> String {
        format!(
            "SELECT r.id FROM {table} r WHERE {} AND (r.import_id IS NULL OR EXISTS (SELECT 1 FROM \
             imports i WHERE i.id = r.import_id AND i.state = 'applied')) \
             ORDER BY r.org_path, r.id DESC LIMIT {}",
            self.sql,
            limit + 1
        )
    }
}

const fn rows_of(limit: u32) -> u32 {
    if limit == 0 || limit > MOST { MOST } else { limit }
}

/// A page out of one row more than it holds.
fn page<T>(mut items: Vec<T>, limit: u32, id: impl Fn(&T) -> String) -> Page<T> {
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(id);
    Page { items, next }
}

impl Store {
    /// Vehicles that my stations sold or took down.
    pub async fn unit_register(&self, query: &UnitQuery, scope: &Scope) -> Result<Page<UnitHit>> {
        let limit = rows_of(query.limit);
        let mut filter = Filter::within(scope);
        if let Some(model) = &query.model {
            filter.and("r.model = ?", model.as_str());
        }
        if let Some(day) = query.from {
            filter
                .and("COALESCE(r.sold_on, r.invoice_date, r.registered_on) >= ?", day.to_string());
        }
        if let Some(day) = query.to {
            filter
                .and("COALESCE(r.sold_on, r.invoice_date, r.registered_on) <= ?", day.to_string());
        }
        let behind = cursor::<UnitId>(query.cursor.as_deref())?.map(|id| id.0);
        self.and_behind(&mut filter, "units", behind).await?;
        let sql = format!(
            "SELECT u.id, {FIELDS}, o.name, {} FROM units u LEFT JOIN orgs o ON o.id = u.org \
             LEFT JOIN customers c ON c.id = u.owner LEFT JOIN data_keys ck ON ck.id = c.key_id \
             WHERE u.id IN ({}) AND {VISIBLE} ORDER BY u.org_path, u.id DESC",
            customer::COLUMNS,
            filter.page("units", limit)
        );
        let rows = self.exec().rows(sql, filter.params).await?;
        let hits = rows.into_iter().map(|mut row| {
            let id = UnitId(row.int()?);
            let fields = read_fields(&mut row)?;
            let org_name = row.opt_text()?;
            let owner = self.read_customer(&mut row)?;
            let (matched_by, in_scope, void_card) = (String::new(), true, None);
            Ok(UnitHit { id, fields, org_name, owner, matched_by, in_scope, void_card })
        });
        Ok(page(hits.collect::<Result<Vec<_>>>()?, limit, |hit| hit.id.to_string()))
    }

    /// Customers whom my stations took down; of merged files the kept one.
    pub async fn customer_register(
        &self,
        query: &CustomerQuery,
        scope: &Scope,
    ) -> Result<Page<Customer>> {
        let limit = rows_of(query.limit);
        let mut filter = Filter::within(scope);
        filter.sql.push_str(" AND r.merged_into IS NULL AND r.erased_at IS NULL");
        if let Some(tag) = &query.tag {
            // Keys of the rulebook; a list of them is kept as JSON.
            let key = tag.replace('_', "!_");
            filter.and("r.needs LIKE ? ESCAPE '!'", format!("%\"{key}\"%"));
        }
        let behind = cursor::<CustomerId>(query.cursor.as_deref())?.map(|id| id.0);
        self.and_behind(&mut filter, "customers", behind).await?;
        let sql = format!(
            "SELECT {} FROM customers c JOIN data_keys ck ON ck.id = c.key_id WHERE c.id IN ({}) \
             ORDER BY c.org_path, c.id DESC",
            customer::COLUMNS,
            filter.page("customers", limit)
        );
        let rows = self.exec().rows(sql, filter.params).await?;
        let read = |mut row| self.read_customer(&mut row).transpose();
        let found = rows.into_iter().filter_map(read).collect::<Result<Vec<_>>>()?;
        Ok(page(found, limit, |one| one.id.to_string()))
    }

    async fn and_behind(
        &self,
        filter: &mut Filter,
        table: &str,
        cursor: Option<i64>,
    ) -> Result<()> {
        let Some(id) = cursor else { return Ok(()) };
        let sql = format!("SELECT org_path FROM {table} WHERE id = $1");
        if let Some(mut row) = self.exec().row(sql, cells![id]).await? {
            filter.behind(row.text()?, id);
        }
        Ok(())
    }
}
