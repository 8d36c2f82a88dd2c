//! What a decision writes to the register of people: certificates and skills.

use super::register::{Values, day, text};
use super::rows::Target;
use crate::exec::Write;
use crate::exec::cell::{cells, parse, print};
use crate::{Result, Store, StoreError};
use base::{Day, PersonId};
use serde_json::{Value as Json, json};

fn person(values: &Values) -> Result<PersonId> {
    let id = text(values, "person").and_then(|id| id.parse().ok());
    id.ok_or_else(|| StoreError::Invalid("a certificate and a skill are somebody's".into()))
}

impl Store {
    /// What a `register` effect writes to a person.
    pub(super) async fn register_person(
        &self,
        what: &str,
        values: &Values,
        target: &Target<'_>,
        today: Day,
    ) -> Result<Vec<Write>> {
        let person = person(values)?;
        let own = target.case.number.as_deref();
        let number = || {
            text(values, "number")
                .or(own)
                .ok_or_else(|| StoreError::Invalid("a certificate has a number".into()))
        };
        match what {
            "person.certificate" => self.certified(person, number()?, values, target, today),
            "person.certificate_withdrawn" => Ok(withdrawn(person, number()?, target)),
            _ => self.skilled(person, values).await,
        }
    }

    /// The new certificate takes the place of the one held so far, whose case hears of it.
    fn certified(
        &self,
        person: PersonId,
        number: &str,
        values: &Values,
        target: &Target<'_>,
        today: Day,
    ) -> Result<Vec<Write>> {
        let expires = day(values, "expires")
            .ok_or_else(|| StoreError::Invalid("a certificate has a last day".into()))?;
        let issued = day(values, "issued_on").unwrap_or(today);
        let mut writes = Vec::new();
        if let Some(action) = text(values, "replaced") {
            let body = json!({ "action": action }).to_string();
            // The casts: in a SELECT list, PostgreSQL takes a bare parameter for text.
            writes.push(Write::any(
                "INSERT INTO outbox (id, kind, case_id, body, due_at) \
                 SELECT CAST($1 AS BIGINT), 'system_action', c.case_id, $2, CAST($3 AS BIGINT) \
                 FROM certificates c WHERE c.person = $4 AND c.ended IS NULL",
                cells![self.new_id(target.now), body, target.now, person],
            ));
        }
        writes.push(Write::any(
            "UPDATE certificates SET ended = 'replaced', ended_at = $2 \
             WHERE person = $1 AND ended IS NULL",
            cells![person, target.now],
        ));
        writes.push(Write::one(
            "INSERT INTO certificates (id, person, number, issued_on, expires, case_id) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            cells![self.new_id(target.now), person, number, issued, expires, target.id],
        ));
        writes.push(Write::one(
            "UPDATE people SET certificate_number = $2, certificate_expires = $3 WHERE id = $1",
            cells![person, number, expires],
        ));
        Ok(writes)
    }

    /// Skills are added to those a person has; none is lost by a training about another.
    async fn skilled(&self, person: PersonId, values: &Values) -> Result<Vec<Write>> {
        let sql = "SELECT skills FROM people WHERE id = $1";
        let Some(mut row) = self.exec().row(sql, cells![person]).await? else {
            return Err(StoreError::NotFound("person"));
        };
        let mut skills: Vec<String> = parse(&row.text()?)?;
        let added = values.get("skills").and_then(Json::as_array);
        for skill in added.into_iter().flatten().filter_map(Json::as_str) {
            if !skills.iter().any(|known| known == skill) {
                skills.push(skill.to_owned());
            }
        }
        let sql = "UPDATE people SET skills = $2 WHERE id = $1";
        Ok(vec![Write::one(sql, cells![person, print(&skills)?])])
    }
}

/// From now on the person holds none: whoever assigns work sees it at once.
fn withdrawn(person: PersonId, number: &str, target: &Target<'_>) -> Vec<Write> {
    vec![
        Write::any(
            "UPDATE certificates SET ended = 'withdrawn', ended_at = $3 \
             WHERE person = $1 AND number = $2 AND ended IS NULL",
            cells![person, number, target.now],
        ),
        Write::any(
            "UPDATE people SET certificate_number = NULL, certificate_expires = NULL \
             WHERE id = $1 AND certificate_number = $2",
            cells![person, number],
        ),
    ]
}
