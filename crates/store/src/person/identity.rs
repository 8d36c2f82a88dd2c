//! Identities (身份) of people at the company's identity provider: linked, found, let go.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::session::{fingerprint, token_hash};
use crate::{Personal, Result, Store, StoreError};
use base::{Instant, PersonId};
use rulebook::model::form::Personal as Class;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What the sealed identity is bound to.
const IDENTITY: &str = "identity";
/// The event of an identity linked.
pub(crate) const LINKED: &str = "identity_linked";
/// The event of an identity let go.
pub(crate) const UNLINKED: &str = "identity_unlinked";

/// Who somebody is at the provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// What it calls them: a name for people where it gave one, else its own number.
    pub name: Personal,
    /// Since when.
    pub linked_at: Instant,
}

/// An identity as the provider has just proven it.
#[derive(Debug, Clone)]
pub struct Proven {
    /// The provider (`iss`).
    pub issuer: String,
    /// Its own number of the person (`sub`), which never changes.
    pub subject: String,
    /// What it calls them.
    pub name: Option<String>,
}

/// How an identity came to its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking<'a> {
    /// The person, who had shown their password.
    Own,
    /// What the provider calls them is their login, as the company has agreed with it.
    Claim,
    /// The person, by the link that takes an account over; by the hash of its token.
    Invited(&'a [u8]),
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    subject: String,
    name: Option<String>,
}

/// The fingerprint of a row, as the journal keeps it.
pub(crate) fn print(lookup: &[u8], sealed: &[u8]) -> String {
    fingerprint(&[lookup, sealed].concat())
}

fn value(issuer: &str, subject: &str) -> String {
    format!("{issuer}\n{subject}")
}

impl Store {
    /// The identity of a person.
    pub async fn identity(&self, person: PersonId) -> Result<Option<Identity>> {
        let sql = "SELECT p.key_id, i.issuer, i.sealed, i.linked_at FROM identities i \
                   JOIN people p ON p.id = i.person WHERE i.person = $1";
        let Some(mut row) = self.exec().row(sql, cells![person]).await? else { return Ok(None) };
        let (key, issuer) = (row.int()?, row.text()?);
        let (sealed, linked_at) = (row.bytes()?, row.instant()?);
        let text = self.key(key).await?.open_text(&sealed, IDENTITY)?;
        let Sealed { subject, name } = crate::exec::cell::parse(&text)?;
        let name = Personal::new(Class::Name, name.unwrap_or(subject));
        Ok(Some(Identity { issuer, name, linked_at }))
    }

    /// Whose identity it is, however they stand.
    pub async fn identified(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>> {
        for lookup in self.vault().tokens(IDENTITY, &value(issuer, subject)) {
            let sql = "SELECT person FROM identities WHERE lookup = $1";
            if let Some(mut row) = self.exec().row(sql, cells![lookup]).await? {
                return Ok(Some(PersonId(row.int()?)));
            }
        }
        Ok(None)
    }

    /// Links an identity to a person; one they had is replaced. By an invitation it does what a
    /// password set by it does: sessions, tokens, second factor and PIN end, and a password too.
    /// [`StoreError::Taken`] when somebody has that identity, [`StoreError::NotFound`] when the
    /// invitation was used.
    pub async fn link_identity(
        &self,
        person: PersonId,
        proven: &Proven,
        how: Linking<'_>,
        now: Instant,
    ) -> Result<()> {
        let holder = self.identified(&proven.issuer, &proven.subject).await?;
        if holder.is_some_and(|holder| holder != person) {
            return Err(StoreError::Taken("identity"));
        }
        let (key, chain) = self.person_chain(person).await?;
        let text = Sealed { subject: proven.subject.clone(), name: proven.name.clone() };
        let text = crate::exec::cell::print(&text)?;
        let sealed = self.key(key).await?.seal(text.as_bytes(), IDENTITY)?;
        let lookup = self.vault().token(IDENTITY, &value(&proven.issuer, &proven.subject));
        let mut body = json!({ "identity": print(&lookup, &sealed), "issuer": proven.issuer });
        let mut writes = vec![];
        match how {
            Linking::Own => {}
            Linking::Claim => body["by_claim"] = true.into(),
            Linking::Invited(hash) => {
                body["by_link"] = true.into();
                body["password"] = fingerprint(b"").into();
                let used = "DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2 \
                            AND person = $3";
                writes.push(Write::one(used, cells![hash.to_vec(), now, person]));
                let fresh = "UPDATE people SET password_hash = '', second_secret = NULL, \
                             pin_sealed = NULL WHERE id = $1 AND active = 1";
                writes.push(Write::one(fresh, cells![person]));
                let out = "DELETE FROM sessions WHERE person = $1";
                writes.push(Write::any(out, cells![person]));
                writes.push(Write::any(crate::token::END_ALL, cells![person, now]));
            }
        }
        writes.push(Write::one(
            "INSERT INTO identities (person, issuer, lookup, sealed, linked_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person) DO UPDATE SET issuer = $2, \
             lookup = $3, sealed = $4, linked_at = $5",
            cells![person, &proven.issuer, lookup, sealed, now],
        ));
        let invited = matches!(how, Linking::Invited(_));
        match self.journaled(chain, (LINKED, body), Some(person), writes, now).await {
            Err(StoreError::Stale { .. }) if invited => Err(StoreError::NotFound("invitation")),
            done => done,
        }
    }

    /// Lets the identity of a person go, and signs them out; [`StoreError::NotFound`] when there is
    /// none.
    pub async fn unlink_identity(
        &self,
        person: PersonId,
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let (_, chain) = self.person_chain(person).await?;
        let gone = "DELETE FROM identities WHERE person = $1";
        if self.identity(person).await?.is_none() {
            return Err(StoreError::NotFound("identity"));
        }
        let writes = vec![
            Write::one(gone, cells![person]),
            Write::any("DELETE FROM sessions WHERE person = $1", cells![person]),
        ];
        self.journaled(chain, (UNLINKED, json!({})), Some(by), writes, now).await
    }

    /// The session's person has just proven at the provider who they are; `false` when the session
    /// has ended meanwhile.
    pub async fn confirm_session(&self, token: &str, now: Instant) -> Result<bool> {
        let sql = "UPDATE sessions SET confirmed_at = $2 WHERE token_hash = $1 AND expires_at > $2";
        match self.exec().write(vec![Write::one(sql, cells![token_hash(token), now])]).await {
            Err(Rollback::Guard(_)) => Ok(false),
            done => done.map(|_| true).map_err(Into::into),
        }
    }
}
