//! Adding and changing people: every change is an entry of the person's journal.

use super::{NewPerson, Standing};
use crate::exec::cell::{cells, parse, print};
use crate::exec::{Cell, Rollback, Write};
use crate::journal::{Aggregate, Chain, GENESIS, stored_hash};
use crate::keys::{sealed_json, word};
use crate::session::fingerprint;
use crate::vault::DataKey;
use crate::via::Via;
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId};
use rulebook::model::form::Personal as Class;
use serde_json::{Value as Json, json};

/// An entry of a person's journal.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonEvent {
    /// `added`, `changed`, `invited`, `password_set`, `signed_out`, `second_factor_on`,
    /// `second_factor_off`, `pin_set`, `pin_off`, `pin_blocked`, `token_made`, `token_ended`,
    /// `identity_linked`, `identity_unlinked`.
    pub event: String,
    /// Who did it; `None`: the program, at set-up.
    pub actor: Option<PersonId>,
    /// When.
    pub at: Instant,
    /// The token it was done through.
    pub via: Option<Via>,
    /// How the person stood behind it, where it changed that.
    pub stands: Option<Json>,
    /// What the token was called that it made or ended.
    pub token: Option<String>,
}

impl Store {
    /// Adds a person; [`StoreError::Taken`] when somebody has that login.
    pub async fn add_person(
        &self,
        person: NewPerson,
        by: Option<PersonId>,
        now: Instant,
    ) -> Result<PersonId> {
        let writes = self.adding(person, by, now)?;
        let id = writes.0;
        self.exec().write(writes.1).await?;
        Ok(id)
    }

    /// The statements that add a person.
    pub(crate) fn adding(
        &self,
        person: NewPerson,
        by: Option<PersonId>,
        now: Instant,
    ) -> Result<(PersonId, Vec<Write>)> {
        let NewPerson { login, password_hash, certificate, standing } = person;
        let (id, key_id) = (self.new_id(now), self.new_id(now));
        let (key, key_row) = self.new_key(key_id, now)?;
        let mut chain = Chain::begin(Aggregate::Person, id);
        let password = fingerprint(password_hash.as_deref().unwrap_or_default().as_bytes());
        let stands = stands(&standing, key_id, &key)?;
        let body = json!({ "login": login, "stands": stands, "password": password });
        chain.push(self.plain_entry("added", by, &body, now), now);
        let row = cells![
            id,
            login,
            key_id,
            sealed_name(&standing, &key)?,
            standing.org,
            lang(&standing),
            password_hash.unwrap_or_default(),
            certificate.as_ref().map(|c| &c.number),
            certificate.as_ref().map(|c| c.expires),
            print(&standing.skills)?,
            standing.away_until,
            standing.active,
            chain.seq,
            chain.hash,
        ];
        let mut writes = vec![
            key_row,
            Write::one(
                "INSERT INTO people (id, login, key_id, name, org, lang, password_hash, \
                 certificate_number, certificate_expires, skills, away_until, active, \
                 journal_seq, journal_head) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                row,
            ),
        ];
        writes.extend(role_rows(id, &standing));
        writes.append(&mut chain.inserts());
        Ok((PersonId(id), writes))
    }

    /// Changes a person as they stood at `version`; [`StoreError::Stale`] when somebody else did
    /// meanwhile. Who may no longer sign in is signed out.
    pub async fn change_person(
        &self,
        id: PersonId,
        version: i64,
        standing: &Standing,
        by: Option<PersonId>,
        now: Instant,
    ) -> Result<()> {
        let (key_id, chain) = self.person_chain(id).await?;
        if chain.seq != version {
            return Err(StoreError::Stale { current: chain.seq });
        }
        let key = self.key(key_id).await?;
        let body = json!({ "stands": stands(standing, key_id, &key)? });
        let mut writes = vec![Write::one(
            "UPDATE people SET name = $2, org = $3, lang = $4, skills = $5, away_until = $6, \
             active = $7 WHERE id = $1",
            cells![
                id,
                sealed_name(standing, &key)?,
                standing.org,
                lang(standing),
                print(&standing.skills)?,
                standing.away_until,
                standing.active,
            ],
        )];
        writes.push(Write::any("DELETE FROM person_roles WHERE person = $1", cells![id]));
        writes.extend(role_rows(id.0, standing));
        if !standing.active {
            writes.push(Write::any("DELETE FROM sessions WHERE person = $1", cells![id]));
            writes.push(Write::any("DELETE FROM invitations WHERE person = $1", cells![id]));
        }
        self.journaled(chain, ("changed", body), by, writes, now).await
    }

    /// Sets a password; every session but `kept` ends, and a link that was out is void.
    pub async fn set_password(
        &self,
        id: PersonId,
        hash: &str,
        kept: Option<&str>,
        now: Instant,
    ) -> Result<()> {
        let (_, chain) = self.person_chain(id).await?;
        let mut writes = vec![
            Write::one("UPDATE people SET password_hash = $2 WHERE id = $1", cells![id, hash]),
            Write::any("DELETE FROM invitations WHERE person = $1", cells![id]),
        ];
        writes.push(Write::any(
            "DELETE FROM sessions WHERE person = $1 AND token_hash <> $2",
            cells![id, kept.map(crate::session::token_hash).unwrap_or_default()],
        ));
        let body = json!({ "by_link": false, "password": fingerprint(hash.as_bytes()) });
        self.journaled(chain, ("password_set", body), Some(id), writes, now).await
    }

    /// Ends all sessions of a person: a lost phone, a shared password.
    pub async fn sign_out(&self, id: PersonId, by: PersonId, now: Instant) -> Result<()> {
        let (_, chain) = self.person_chain(id).await?;
        let writes = vec![Write::any("DELETE FROM sessions WHERE person = $1", cells![id])];
        self.journaled(chain, ("signed_out", json!({})), Some(by), writes, now).await
    }

    /// What happened to a person, the latest first; names in it are sealed.
    pub async fn person_events(&self, id: PersonId, limit: u32) -> Result<Vec<PersonEvent>> {
        let sql = "SELECT event, actor, recorded_at, body FROM journal \
                   WHERE aggregate = 'person' AND aggregate_id = $1 ORDER BY seq DESC LIMIT $2";
        let rows = self.exec().rows(sql, cells![id, limit.clamp(1, 500)]).await?;
        let mut events = Vec::with_capacity(rows.len());
        for mut row in rows {
            let (event, actor) = (row.text()?, row.opt_int()?.map(PersonId));
            let (at, text) = (row.instant()?, row.text()?);
            let (via, mut body) = (crate::via::said(&text), parse::<Json>(&text)?);
            let stands = body.get_mut("stands").map(Json::take);
            let token = body.pointer("/made/name").or_else(|| body.get("name"));
            let token = token.filter(|_| event.starts_with("token_"));
            let token = token.and_then(Json::as_str).map(str::to_owned);
            events.push(PersonEvent { event, actor, at, via, stands, token });
        }
        Ok(events)
    }

    /// How many people may sign in that hold one of these roles: by a password, and where a
    /// provider is asked (`linked`), as who they are there.
    pub async fn holders_of_roles(&self, roles: &[&str], linked: bool) -> Result<i64> {
        if roles.is_empty() {
            return Ok(0);
        }
        let sql = format!(
            "SELECT COUNT(DISTINCT p.id) FROM people p JOIN person_roles r ON r.person = p.id \
             WHERE p.active = 1 AND r.role IN {} AND (p.password_hash <> ''{})",
            crate::exec::places(1, roles.len()),
            if linked { " OR p.id IN (SELECT person FROM identities)" } else { "" },
        );
        let params: Vec<Cell> = roles.iter().map(|role| Cell::from(*role)).collect();
        self.exec().row(sql, params).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Writes down that somebody took a list out as a workbook (导出): how many rows of what.
    pub async fn note_export(
        &self,
        id: PersonId,
        list: &str,
        rows: usize,
        columns: &[&str],
        now: Instant,
    ) -> Result<()> {
        let (_, chain) = self.person_chain(id).await?;
        let body = json!({ "list": list, "rows": rows, "columns": columns });
        self.journaled(chain, ("exported", body), Some(id), vec![], now).await
    }

    pub(crate) async fn person_chain(&self, id: PersonId) -> Result<(i64, Chain)> {
        let sql = "SELECT key_id, journal_seq, journal_head FROM people WHERE id = $1";
        let row = self.exec().row(sql, cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("person"))?;
        let (key_id, seq) = (row.int()?, row.int()?);
        let head = row.opt_bytes()?.map_or(Ok(GENESIS), stored_hash)?;
        Ok((key_id, Chain::at(Aggregate::Person, id.0, seq, head)))
    }

    /// Writes with an entry of a person's journal, or [`StoreError::Stale`].
    pub(crate) async fn journaled(
        &self,
        mut chain: Chain,
        (event, body): (&str, Json),
        by: Option<PersonId>,
        mut writes: Vec<Write>,
        now: Instant,
    ) -> Result<()> {
        let before = chain.seq;
        chain.push(self.plain_entry(event, by, &body, now), now);
        // Its guard stands first: who comes second changes nothing.
        let mut all = chain.writes();
        all.append(&mut writes);
        match self.exec().write(all).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Stale { current: before + 1 }),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }
}

fn lang(standing: &Standing) -> &'static str {
    if standing.lang == "en" { "en" } else { "zh" }
}

fn sealed_name(standing: &Standing, key: &DataKey) -> Result<Vec<u8>> {
    key.seal(standing.name.as_bytes(), word(Class::Name))
}

/// How a person stands, as their journal keeps it; `verify` compares it with the tables.
fn stands(standing: &Standing, key_id: i64, key: &DataKey) -> Result<Json> {
    Ok(json!({
        "name": sealed_json(key_id, key, Class::Name, &standing.name)?,
        "org": standing.org,
        "lang": lang(standing),
        "roles": standing.roles,
        "skills": standing.skills,
        "away_until": standing.away_until,
        "active": standing.active,
    }))
}

fn role_rows(id: i64, standing: &Standing) -> impl Iterator<Item = Write> {
    standing.roles.iter().map(move |held| {
        Write::one(
            "INSERT INTO person_roles (person, role, org, path, path_end) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), id, path, \
             substr(path, 1, length(path) - 1) || '0' FROM orgs WHERE id = $3 \
             ON CONFLICT (person, role, org) DO UPDATE SET role = $2",
            cells![id, &held.role, held.org],
        )
    })
}
