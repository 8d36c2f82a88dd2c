//! Organisation units (机构): a tree of maker, departments, agents and stations.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Row, Write};
use crate::journal::{Aggregate, Chain, GENESIS, stored_hash};
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Instant, OrgId, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// Whether a unit works (状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It works (在网).
    #[default]
    Active,
    /// It is held back for a while (停用).
    Suspended,
    /// It left (已退网).
    Closed,
}

impl Standing {
    /// As it is stored and written in rules.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }

    /// The standing of that word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Active, Self::Suspended, Self::Closed].into_iter().find(|s| s.word() == word)
    }
}

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
    /// Town or district.
    pub city: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Telephone of the place, as on its sign.
    pub phone: Option<String>,
    /// Floor area of the workshop in hundredths of a square metre (平方分米).
    pub floor_area_dm2: Option<i64>,
    /// Number of its nameplate (铭牌), unique for ever.
    pub nameplate: Option<String>,
    /// Whether it works.
    pub standing: Standing,
    /// Whether it had its first goods (第一批提货).
    pub supplied: bool,
    /// The case that last said what it is; `None` where somebody typed it.
    pub set_by: Option<CaseId>,
    /// Mode set here: `simple` (简易), `standard` (标准), `full` (完整); `None`: as the unit above
    /// has it. Changed by [`Store::set_mode`] only.
    pub mode: Option<String>,
    /// How many entries its journal has: a change names the one it was made on.
    pub version: i64,
}

/// The mode where no unit sets one.
pub const DEFAULT_MODE: &str = "standard";

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
            city: None,
            address: None,
            phone: None,
            floor_area_dm2: None,
            nameplate: None,
            standing: Standing::Active,
            supplied: true,
            set_by: None,
            mode: None,
            version: 0,
        }
    }
}

/// A change of a unit's mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeChange {
    /// The unit.
    pub org: OrgId,
    /// The mode; `None`: as the unit above has it.
    pub mode: Option<String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub actor: PersonId,
}

/// A change of a unit's mode as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeChanged {
    /// What was set before.
    pub was: Option<String>,
    /// What was set.
    pub mode: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// Name of who did it.
    pub actor: Option<String>,
}

/// What [`read_org`] reads, of `orgs o`.
pub(crate) const COLUMNS: &str = "o.id, o.code, o.name, o.kind, o.parent, o.path, o.stars, \
    o.registered, o.province, o.city, o.address, o.phone, o.floor_area_dm2, o.nameplate, \
    o.standing, o.supplied, o.set_by, o.mode, o.journal_seq";

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
        city: row.opt_text()?,
        address: row.opt_text()?,
        phone: row.opt_text()?,
        floor_area_dm2: row.opt_int()?,
        nameplate: row.opt_text()?,
        standing: Standing::of(&row.text()?).unwrap_or_default(),
        supplied: row.flag()?,
        set_by: row.opt_int()?.map(CaseId),
        mode: row.opt_text()?,
        version: row.int()?,
    })
}

/// A unit as its journal keeps it.
pub(crate) fn stands(org: &Org) -> Json {
    json!({
        "code": org.code, "name": org.name, "kind": org.kind, "parent": org.parent,
        "stars": org.stars, "registered": org.registered, "province": org.province,
        "city": org.city, "address": org.address, "phone": org.phone,
        "floor_area_dm2": org.floor_area_dm2, "nameplate": org.nameplate,
        "standing": org.standing, "supplied": org.supplied,
    })
}

/// The statement that adds a unit whose chain stands there.
pub(crate) fn insert(org: &Org, chain: &Chain) -> Write {
    Write::one(
        "INSERT INTO orgs (id, code, name, kind, parent, path, stars, registered, province, city, \
         address, phone, floor_area_dm2, nameplate, standing, supplied, set_by, journal_seq, \
         journal_head) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
         $16, $17, $18, $19)",
        cells![
            org.id,
            &org.code,
            &org.name,
            &org.kind,
            org.parent,
            &org.path,
            org.stars,
            org.registered,
            &org.province,
            &org.city,
            &org.address,
            &org.phone,
            org.floor_area_dm2,
            &org.nameplate,
            org.standing.word(),
            org.supplied,
            org.set_by,
            chain.seq,
            chain.hash,
        ],
    )
}

/// The statement that writes what may change of a unit; its chain guards it.
pub(crate) fn update(org: &Org) -> Write {
    Write::one(
        "UPDATE orgs SET name = $2, kind = $3, stars = $4, registered = $5, province = $6, \
         city = $7, address = $8, phone = $9, floor_area_dm2 = $10, nameplate = $11, \
         standing = $12, supplied = $13, set_by = $14 WHERE id = $1",
        cells![
            org.id,
            &org.name,
            &org.kind,
            org.stars,
            org.registered,
            &org.province,
            &org.city,
            &org.address,
            &org.phone,
            org.floor_area_dm2,
            &org.nameplate,
            org.standing.word(),
            org.supplied,
            org.set_by,
        ],
    )
}

/// Whether a code is one: letters, digits, `-` and `_`.
pub(crate) fn plain_code(code: &str) -> bool {
    !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

impl Store {
    /// Adds a unit; `id`, `path` and `version` are filled in. [`StoreError::Taken`] when another
    /// has its code.
    pub async fn add_org(&self, org: Org, by: Option<PersonId>, now: Instant) -> Result<Org> {
        if !plain_code(&org.code) {
            return Err(StoreError::Invalid("a unit's code is letters, digits, - and _".into()));
        }
        let above = match org.parent {
            Some(parent) => self.org(parent).await?.path,
            None => "/".into(),
        };
        let id = self.new_id(now);
        let path = format!("{above}{}/", org.code);
        let org = Org { id: OrgId(id), path, ..org };
        let mut chain = Chain::begin(Aggregate::Org, id);
        let body = json!({ "stands": stands(&org) });
        chain.push(self.plain_entry("added", by, &body, now), now);
        let mut writes = vec![insert(&org, &chain)];
        writes.append(&mut chain.inserts());
        self.exec().write(writes).await?;
        self.org(OrgId(id)).await
    }

    /// Changes what was typed of a unit as it stood at
    /// `org.version`; [`StoreError::Stale`] when somebody else did meanwhile. A unit keeps its code
    /// and its place in the tree: what happened there is found by them.
    pub async fn change_org(&self, org: &Org, by: PersonId, now: Instant) -> Result<Org> {
        let sql = "SELECT journal_seq, journal_head FROM orgs WHERE id = $1";
        let row = self.exec().row(sql, cells![org.id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("org"))?;
        let seq = row.int()?;
        let head = row.opt_bytes()?.map_or(Ok(GENESIS), stored_hash)?;
        if seq != org.version {
            return Err(StoreError::Stale { current: seq });
        }
        let mut chain = Chain::at(Aggregate::Org, org.id.0, seq, head);
        let org = &Org { set_by: None, ..org.clone() };
        let body = json!({ "stands": stands(org) });
        chain.push(self.plain_entry("changed", Some(by), &body, now), now);
        let mut writes = chain.writes();
        writes.push(update(org));
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Stale { current: seq + 1 }),
            done => {
                done?;
                self.org(org.id).await
            }
        }
    }

    /// Sets the mode of a unit, or with `None` lets it follow the unit above again; kept with who
    /// and why. Answers the unit as it now stands.
    pub async fn set_mode(&self, change: &ModeChange, now: Instant) -> Result<Org> {
        let before = self.org(change.org).await?;
        let log = "INSERT INTO org_modes (id, org, was, mode, reason, actor, at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let params = cells![
            self.new_id(now),
            change.org,
            &before.mode,
            &change.mode,
            &change.reason,
            change.actor,
            now,
        ];
        // Whoever was quicker changed what this one looked at: nothing is written then.
        let set = "UPDATE orgs SET mode = $2 WHERE id = $1 \
                   AND COALESCE(mode, '') = COALESCE($3, '')";
        let writes = vec![
            Write::one(set, cells![change.org, &change.mode, &before.mode]),
            Write::one(log, params),
        ];
        self.exec().write(writes).await?;
        self.org(change.org).await
    }

    /// The changes of a unit's mode, the latest first.
    pub async fn mode_changes(&self, org: OrgId, limit: u32) -> Result<Vec<ModeChanged>> {
        let sql = "SELECT m.was, m.mode, m.reason, m.at, k.id, k.wrapped, p.name FROM org_modes m \
                   LEFT JOIN people p ON p.id = m.actor \
                   LEFT JOIN data_keys k ON k.id = p.key_id WHERE m.org = $1 \
                   ORDER BY m.id DESC LIMIT $2";
        let read = |mut row: Row| {
            Ok(ModeChanged {
                was: row.opt_text()?,
                mode: row.opt_text()?,
                reason: row.text()?,
                at: row.instant()?,
                actor: self.read_name(&mut row)?,
            })
        };
        let rows = self.exec().rows(sql, cells![org, limit.clamp(1, 500)]).await?;
        rows.into_iter().map(read).collect()
    }

    /// How often since then the same person did both in units below a path (自行核准), by unit.
    pub async fn self_approvals(&self, scope: &Scope, since: Instant) -> Result<Vec<(OrgId, i64)>> {
        let sql = "SELECT c.org, COUNT(*) FROM journal j JOIN cases c ON c.id = j.aggregate_id \
                   WHERE j.event = 'self_approved' AND j.recorded_at >= $1 \
                   AND j.aggregate = 'case' AND c.org_path >= $2 AND c.org_path < $3 \
                   GROUP BY c.org ORDER BY c.org LIMIT 5000";
        let rows = self.exec().rows(sql, cells![since, &scope.low, &scope.high]).await?;
        rows.into_iter().map(|mut row| Ok((OrgId(row.int()?), row.int()?))).collect()
    }

    /// All units, parents before children.
    pub async fn orgs(&self) -> Result<Vec<Org>> {
        let rows = self.exec().rows(format!("SELECT {COLUMNS} FROM orgs o ORDER BY path"), vec![]);
        rows.await?.iter_mut().map(read_org).collect()
    }

    /// One unit.
    pub async fn org(&self, id: OrgId) -> Result<Org> {
        let sql = format!("SELECT {COLUMNS} FROM orgs o WHERE id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        read_org(&mut row.ok_or(StoreError::NotFound("org"))?)
    }
}
