//! What opens the door must be what the journal says was given out: a second factor taken out of
//! the table, a password hash or a PIN put in, a token made or brought back to life there, an
//! account led to somebody else at the identity provider.

use super::Problems;
use super::chains::name;
use crate::exec::cell::{cells, parse};
use crate::exec::{Read, Row};
use crate::person::identity::{LINKED, UNLINKED, print};
use crate::session::fingerprint;
use crate::token::{ENDED, MADE, Made};
use crate::{Result, Store};
use base::{OrgId, TokenId};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// What the entries of a person add up to.
#[derive(Default)]
struct Known {
    /// Fingerprint of the password's hash; entries from before it was noted do not say.
    password: Option<String>,
    factor: Secret,
    pin: Secret,
    tokens: BTreeMap<TokenId, Made>,
    /// Fingerprint of the identity linked.
    identity: Option<String>,
}

/// Something sealed that a person opens with: what their authenticator shares, or their PIN.
#[derive(Default, PartialEq, Eq)]
enum Secret {
    #[default]
    Off,
    /// With the fingerprint of what is sealed, where it was noted.
    On(Option<String>),
    /// An early entry does not say whether a link let it go.
    Either,
}

impl Secret {
    fn is(&self, sealed: Option<&[u8]>) -> bool {
        match (self, sealed) {
            (Self::Either, _) | (Self::Off, None) => true,
            (Self::On(print), Some(sealed)) => {
                print.as_ref().is_none_or(|print| *print == fingerprint(sealed))
            }
            (Self::Off, Some(_)) | (Self::On(_), None) => false,
        }
    }
}

/// What is read of an entry.
#[derive(Deserialize)]
struct Entry {
    password: Option<String>,
    by_link: Option<bool>,
    sealed: Option<String>,
    made: Option<Made>,
    ended: Option<TokenId>,
    identity: Option<String>,
}

impl Known {
    fn read(&mut self, event: &str, entry: Entry) {
        match event {
            "added" => self.password = entry.password,
            "password_set" => {
                self.password = entry.password;
                match entry.by_link {
                    Some(true) => {
                        self.factor = Secret::Off;
                        self.pin = Secret::Off;
                        self.tokens.clear();
                    }
                    None if self.factor != Secret::Off => self.factor = Secret::Either,
                    Some(false) | None => {}
                }
            }
            LINKED => {
                self.identity = entry.identity;
                if entry.by_link == Some(true) {
                    self.password = entry.password;
                    self.factor = Secret::Off;
                    self.pin = Secret::Off;
                    self.tokens.clear();
                }
            }
            UNLINKED => self.identity = None,
            "second_factor_on" => self.factor = Secret::On(entry.sealed),
            "second_factor_off" => self.factor = Secret::Off,
            "pin_set" => self.pin = Secret::On(entry.sealed),
            "pin_off" => self.pin = Secret::Off,
            MADE => self.tokens.extend(entry.made.map(|made| (made.id, made))),
            ENDED => {
                entry.ended.map(|id| self.tokens.remove(&id));
            }
            _ => {}
        }
    }

    fn is_password(&self, hash: &str) -> bool {
        self.password.as_ref().is_none_or(|print| *print == fingerprint(hash.as_bytes()))
    }
}

const ENTRIES: &str = "SELECT aggregate_id, event, body FROM journal WHERE aggregate = 'person' \
    AND event IN ('added', 'password_set', 'second_factor_on', 'second_factor_off', \
    'pin_set', 'pin_off', 'token_made', 'token_ended', 'identity_linked', 'identity_unlinked') \
    ORDER BY aggregate_id, seq";
// Who was there before people had a journal begins with their first change.
const PEOPLE: &str = "SELECT id, password_hash, second_secret, pin_sealed FROM people \
    WHERE journal_seq > 0 ORDER BY id";
const TOKENS: &str = "SELECT person, id, name, org, permissions, token_hash, expires_at \
    FROM api_tokens WHERE ended_at IS NULL ORDER BY id";
const IDENTITIES: &str = "SELECT person, lookup, sealed FROM identities ORDER BY person";

fn living(row: &mut Row) -> Result<(i64, Made)> {
    let person = row.int()?;
    let made = Made {
        id: TokenId(row.int()?),
        name: row.text()?,
        org: OrgId(row.int()?),
        permissions: row.json()?,
        hash: data_encoding::HEXLOWER.encode(&row.bytes()?),
        expires_at: row.int()?,
    };
    Ok((person, made))
}

impl Store {
    /// Compares passwords, second factors, PINs and tokens with the entries about them.
    pub(super) async fn compare_credentials(&self, problems: &mut Problems) -> Result<()> {
        let reads = [ENTRIES, PEOPLE, TOKENS, IDENTITIES].map(|sql| Read::new(sql, cells![]));
        let mut read = self.exec().read(reads.into()).await?.into_iter();
        let mut known: HashMap<i64, Known> = HashMap::new();
        for mut row in read.next().unwrap_or_default() {
            let (person, event, body) = (row.int()?, row.text()?, row.text()?);
            // An entry that cannot be read does not fit its chain, which is named elsewhere.
            if let Ok(entry) = parse(&body) {
                known.entry(person).or_default().read(&event, entry);
            }
        }
        for mut row in read.next().unwrap_or_default() {
            let (id, hash) = (row.int()?, row.text()?);
            let (factor, pin) = (row.opt_bytes()?, row.opt_bytes()?);
            let known = known.entry(id).or_default();
            let (zh, en) = name("person", id);
            if !known.is_password(&hash) {
                problems.add(
                    format!("{zh}：密码绕过记录被改过"),
                    format!("{en}: the password was changed beside the journal"),
                );
            }
            if !known.factor.is(factor.as_deref()) {
                problems.add(
                    format!("{zh}：两步验证绕过记录被改过"),
                    format!("{en}: the second factor was changed beside the journal"),
                );
            }
            if !known.pin.is(pin.as_deref()) {
                problems.add(
                    format!("{zh}：柜台口令绕过记录被改过"),
                    format!("{en}: the PIN was changed beside the journal"),
                );
            }
        }
        for mut row in read.next().unwrap_or_default() {
            let (person, made) = living(&mut row)?;
            let told = known.get_mut(&person).and_then(|known| known.tokens.remove(&made.id));
            if told.as_ref() != Some(&made) {
                token(problems, person, made.id);
            }
        }
        let mut lost: Vec<(i64, TokenId)> = known
            .iter()
            .flat_map(|(person, known)| known.tokens.keys().map(|token| (*person, *token)))
            .collect();
        lost.sort_unstable();
        for (person, id) in lost {
            token(problems, person, id);
        }
        for mut row in read.next().unwrap_or_default() {
            let person = row.int()?;
            let there = print(&row.bytes()?, &row.bytes()?);
            let told = known.get_mut(&person).and_then(|known| known.identity.take());
            if told.as_ref() != Some(&there) {
                identity(problems, person);
            }
        }
        let mut lost: Vec<i64> = known
            .iter()
            .filter_map(|(person, known)| known.identity.is_some().then_some(*person))
            .collect();
        lost.sort_unstable();
        for person in lost {
            identity(problems, person);
        }
        Ok(())
    }
}

fn identity(problems: &mut Problems, person: i64) {
    let (zh, en) = name("person", person);
    problems.add(
        format!("{zh}：关联的外部身份绕过记录被改过"),
        format!("{en}: the linked identity was changed beside the journal"),
    );
}

fn token(problems: &mut Problems, person: i64, id: TokenId) {
    let (zh, en) = name("person", person);
    problems.add(
        format!("{zh}：接口令牌 {id} 绕过记录被改过"),
        format!("{en}: the token {id} was made, changed or ended beside the journal"),
    );
}
