//! What people may do must be what their journal says they were given: a role slipped into the
//! table opens every door, and no chain of hashes would show it.

use super::Problems;
use super::chains::name;
use crate::exec::Read;
use crate::exec::cell::{cells, parse};
use crate::person::RoleAt;
use crate::{Result, Store};
use base::OrgId;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// What is compared.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Stands {
    org: OrgId,
    active: bool,
    roles: BTreeSet<RoleAt>,
}

#[derive(Deserialize)]
struct Entry {
    stands: Stands,
}

impl Store {
    /// Compares unit, roles and right to sign in of everybody with the last entry about them.
    pub(super) async fn compare_people(&self, problems: &mut Problems) -> Result<()> {
        let people = "SELECT p.id, p.org, p.active, (SELECT j.body FROM journal j \
                      WHERE j.aggregate = 'person' AND j.aggregate_id = p.id \
                      AND j.event IN ('added', 'changed') ORDER BY j.seq DESC LIMIT 1) \
                      FROM people p ORDER BY p.id";
        let roles = "SELECT person, role, org FROM person_roles";
        let reads = vec![Read::new(people, cells![]), Read::new(roles, cells![])];
        let mut read = self.exec().read(reads).await?.into_iter();
        let people = read.next().unwrap_or_default();
        let mut held: HashMap<i64, BTreeSet<RoleAt>> = HashMap::new();
        for mut row in read.next().unwrap_or_default() {
            let person = row.int()?;
            let role = RoleAt { role: row.text()?, org: OrgId(row.int()?) };
            held.entry(person).or_default().insert(role);
        }
        for mut row in people {
            let id = row.int()?;
            let (org, active) = (OrgId(row.int()?), row.flag()?);
            let there = Stands { org, active, roles: held.remove(&id).unwrap_or_default() };
            // Who was there before people had a journal has none until the first change.
            let Some(body) = row.opt_text()? else { continue };
            if parse::<Entry>(&body).ok().map(|entry| entry.stands) != Some(there) {
                let (zh, en) = name("person", id);
                problems.add(
                    format!("{zh}：机构、岗位或登录权限绕过记录被改过"),
                    format!(
                        "{en}: unit, roles or right to sign in were changed beside the journal"
                    ),
                );
            }
        }
        Ok(())
    }
}
