//! Organisation units (机构): a tree of maker, departments, agents and stations.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store, StoreError};
use base::{Instant, OrgId};
use serde::{Deserialize, Serialize};

/// An organisation unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Station code as on papers (`S0101`), unique; letters, digits, `-` and `_`.
    pub code: String,
    /// Name.
    pub name: String,
    /// `maker`, `department`, `agent`, `station`, `network`…
    pub kind: String,
    /// The unit above.
    pub parent: Option<OrgId>,
    /// `/HQ/D01/S0101/`; made by the store.
    pub path: String,
    /// Star level of a station.
    pub stars: Option<i64>,
    /// Whether it is an authorised (registered) station.
    pub registered: bool,
    /// Province, for legal and price regions.
    pub province: Option<String>,
}

impl Default for Org {
    fn default() -> Self {
        Self {
            id: OrgId(0),
            code: String::new(),
            name: String::new(),
            kind: "station".into(),
            parent: None,
            path: String::new(),
            stars: None,
            registered: true,
            province: None,
        }
    }
}

const COLUMNS: &str = "id, code, name, kind, parent, path, stars, registered, province";

pub(crate) fn read_org(row: &mut Row) -> Result<Org> {
    Ok(Org {
        id: OrgId(row.int()?),
        code: row.text()?,
        name: row.text()?,
        kind: row.text()?,
        parent: row.opt_int()?.map(OrgId),
        path: row.text()?,
        stars: row.opt_int()?,
        registered: row.flag()?,
        province: row.opt_text()?,
    })
}

impl Store {
    /// Adds a unit, or changes the one with the same code; `id` and `path` are filled in. A unit
    /// keeps its place in the tree.
    pub async fn put_org(&self, org: Org, now: Instant) -> Result<Org> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if org.code.is_empty() || !org.code.chars().all(plain) {
            return Err(StoreError::Invalid("a unit's code is letters, digits, - and _".into()));
        }
        let above = match org.parent {
            Some(parent) => self.org(parent).await?.path,
            None => "/".into(),
        };
        let path = format!("{above}{}/", org.code);
        let sql = format!(
            "INSERT INTO orgs ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (code) DO UPDATE SET name = $3, kind = $4, stars = $7, registered = $8, \
             province = $9 RETURNING {COLUMNS}"
        );
        let params = cells![
            self.new_id(now),
            org.code,
            org.name,
            org.kind,
            org.parent,
            path,
            org.stars,
            org.registered,
            org.province,
        ];
        let mut done = self.exec().write(vec![Write::one(sql, params)]).await?;
        let row = done.first_mut().and_then(|done| done.returned.pop());
        read_org(&mut row.ok_or(StoreError::NotFound("org"))?)
    }

    /// All units, parents before children.
    pub async fn orgs(&self) -> Result<Vec<Org>> {
        let rows = self.exec().rows(format!("SELECT {COLUMNS} FROM orgs ORDER BY path"), vec![]);
        rows.await?.iter_mut().map(read_org).collect()
    }

    /// One unit.
    pub async fn org(&self, id: OrgId) -> Result<Org> {
        let sql = format!("SELECT {COLUMNS} FROM orgs WHERE id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        read_org(&mut row.ok_or(StoreError::NotFound("org"))?)
    }
}
