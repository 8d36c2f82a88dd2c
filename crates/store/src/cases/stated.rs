//! What open statements list already, and the cases their numbers name.

use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::{Result, Store};
use base::CaseId;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// Open statements of one unit that are read.
const MOST: usize = 20;
/// Numbers asked for at a time.
const AT_ONCE: usize = 200;

impl Store {
    /// The numbers on the lists of open cases of a process at a unit, those held back aside: what
    /// stands there is not stated a second time.
    pub async fn stated(&self, process: &str, org: &str) -> Result<BTreeSet<String>> {
        let sql = format!(
            "SELECT c.data FROM cases c JOIN orgs o ON o.id = c.org AND o.path = c.org_path \
             WHERE o.code = $1 AND c.process = $2 AND c.closed_at IS NULL \
             ORDER BY c.id DESC LIMIT {MOST}"
        );
        let mut numbers = BTreeSet::new();
        for mut row in self.exec().rows(sql, cells![org, process]).await? {
            let data: Map<String, Json> = serde_json::from_str(&row.text()?).unwrap_or_default();
            let rows = data.values().filter_map(Json::as_array).flatten();
            let stands = rows.filter(|row| row.get("held") != Some(&Json::Bool(true)));
            numbers.extend(stands.filter_map(|row| Some(row.get("number")?.as_str()?.to_owned())));
        }
        Ok(numbers)
    }

    /// The cases of these numbers.
    pub async fn numbered(&self, numbers: &[&str]) -> Result<BTreeMap<String, CaseId>> {
        let mut found = BTreeMap::new();
        for some in numbers.chunks(AT_ONCE) {
            let sql =
                format!("SELECT number, id FROM cases WHERE number IN {}", places(1, some.len()));
            let params = some.iter().map(|number| Cell::from(*number)).collect();
            for mut row in self.exec().rows(sql, params).await? {
                found.insert(row.text()?, CaseId(row.int()?));
            }
        }
        Ok(found)
    }
}
