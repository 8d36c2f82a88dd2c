//! In-app messages (站内消息).

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places};
use crate::{Result, Store};
use base::{CaseId, CustomerId, Instant, OrgId, PersonId};
use rulebook::model::MessageClass;
use serde_json::{Map, Value as Json};

/// Most people one message is sent to.
const MOST_TOLD: i64 = 200;

/// To whom a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// One person.
    Person(PersonId),
    /// Everybody who holds the role at the case's unit, or at the nearest unit above.
    Role(String),
    /// A customer, by a message of that class; it waits until a channel takes it.
    Customer(CustomerId, MessageClass),
}

/// A message of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
    /// To whom.
    pub to: Recipient,
    /// Its key in the rulebook.
    pub message: String,
    /// Arguments of its text; no personal data in clear.
    pub args: Map<String, Json>,
}

/// A message of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRow {
    /// Number.
    pub id: i64,
    /// Its key in the rulebook.
    pub message: String,
    /// The release whose text holds.
    pub release: String,
    /// Arguments of its text.
    pub args: Map<String, Json>,
    /// When.
    pub at: Instant,
    /// Whether it was read.
    pub read: bool,
    /// The case with its number.
    pub case: Option<(CaseId, String)>,
}

impl Store {
    /// Messages of a person, newest first.
    pub async fn messages(
        &self,
        person: PersonId,
        unread: bool,
        limit: u32,
    ) -> Result<Vec<MessageRow>> {
        let sql = "SELECT m.id, m.message, m.release, m.args, m.at, m.read_at, c.id, c.number \
                   FROM messages m LEFT JOIN cases c ON c.id = m.case_id WHERE m.person = $1 \
                   AND ($2 = 0 OR m.read_at IS NULL) ORDER BY m.id DESC LIMIT $3";
        let read = |mut row: Row| {
            Ok(MessageRow {
                id: row.int()?,
                message: row.text()?,
                release: row.text()?,
                args: row.json()?,
                at: row.instant()?,
                read: row.opt_int()?.is_some(),
                case: row.opt_int()?.map(CaseId).zip(row.opt_text()?),
            })
        };
        let params = cells![person, unread, limit.clamp(1, 100)];
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// How many are unread.
    pub async fn unread(&self, person: PersonId) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM messages WHERE person = $1 AND read_at IS NULL";
        self.exec().row(sql, cells![person]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Marks messages read; all of the person's when `ids` is `None`.
    pub async fn read_messages(
        &self,
        person: PersonId,
        ids: Option<&[i64]>,
        now: Instant,
    ) -> Result<()> {
        let mut sql =
            String::from("UPDATE messages SET read_at = $2 WHERE person = $1 AND read_at IS NULL");
        let mut params = cells![person, now];
        if let Some(ids) = ids {
            if ids.is_empty() {
                return Ok(());
            }
            sql.extend([" AND id IN ", places(3, ids.len()).as_str()]);
            params.extend(ids.iter().map(|id| Cell::Int(*id)));
        }
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }

    /// Tells somebody once, however often it is asked: a message of the same words to the same
    /// people is there already. A role is told at the unit, or at the nearest one above.
    pub async fn tell_once(
        &self,
        message: &NewMessage,
        org: OrgId,
        release: &str,
        now: Instant,
    ) -> Result<()> {
        let args = crate::exec::cell::print(&message.args)?;
        let (people, whom) = match &message.to {
            Recipient::Person(person) => ("p.id = CAST($1 AS BIGINT)", Cell::from(*person)),
            // Customers are told by a case or a correction, with a code.
            Recipient::Customer(..) => return Ok(()),
            Recipient::Role(role) => (
                "p.id IN (SELECT r.person FROM person_roles r JOIN orgs o ON o.id = $5 \
                 WHERE r.role = $1 AND r.path <= o.path AND r.path_end > o.path AND r.path = \
                 (SELECT MAX(n.path) FROM person_roles n WHERE n.role = $1 \
                 AND n.path <= o.path AND n.path_end > o.path))",
                Cell::from(role.as_str()),
            ),
        };
        let sql = format!(
            "SELECT p.id FROM people p WHERE p.active = 1 AND {people} AND CAST($5 AS BIGINT) <> 0 \
             AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.person = p.id AND m.message = $2 \
             AND m.args = $3) ORDER BY p.id LIMIT $4"
        );
        let params = vec![
            whom,
            Cell::from(message.message.as_str()),
            Cell::from(args.as_str()),
            Cell::from(MOST_TOLD),
            Cell::from(org),
        ];
        for mut row in self.exec().rows(sql, params).await? {
            let person = PersonId(row.int()?);
            self.send(person, release, message, now).await?;
        }
        Ok(())
    }

    /// Sends messages outside a decision, for example about an import.
    pub async fn send(
        &self,
        person: PersonId,
        release: &str,
        message: &NewMessage,
        now: Instant,
    ) -> Result<()> {
        let sql = "INSERT INTO messages (person, message, release, args, at) \
                   VALUES ($1, $2, $3, $4, $5)";
        let args = crate::exec::cell::print(&message.args)?;
        let params = cells![person, &message.message, release, args, now];
        self.exec().write(vec![Write::one(sql, params)]).await?;
        Ok(())
    }
}
