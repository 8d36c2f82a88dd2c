//! Offers (待办): the actions open to a person now, as stored to-do rows.

use crate::cases::{CaseRow, TABLES, case_columns};
use crate::exec::Row;
use crate::exec::cell::{cells, parse};
use crate::{Result, Scope, Store};
use base::{Instant, PersonId};
use engine::Refusal;

/// A to-do row with its case.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferRow {
    /// The case.
    pub case: CaseRow,
    /// The action.
    pub action: String,
    /// When it is due.
    pub due_at: Option<Instant>,
    /// The deadline it would stop, when the case names one.
    pub deadline: Option<String>,
    /// Whether an open deadline of the case is broken.
    pub late: bool,
    /// Why it is blocked now.
    pub blocked: Option<Refusal>,
    /// Who handed it on to this person (转办).
    pub handed_by: Option<PersonId>,
    /// Who approved it already, of an action that several people do: nothing is left for them.
    pub approved: Vec<PersonId>,
}

/// What is read of an offer.
const ROW: &str = "f.case_id, f.action, f.due_at, f.deadline, f.blocked, f.handed_by, f.approved";

/// What is offered to a person by name, and what to a role held there. Three parts, since each has
/// an index of its own; one condition with `OR` reads every offer of the company. The third is for
/// a role held at a unit above the case's own.
const MINE: &str = "\
    SELECT {ROW} FROM offers f \
    WHERE f.person = $1 AND f.person <> 0 AND f.org_path >= $2 AND f.org_path < $3 \
    UNION SELECT {ROW} FROM person_roles r \
    JOIN offers f ON f.person = 0 AND f.role = r.role \
    AND f.org_path >= r.path AND f.org_path < r.path_end \
    WHERE r.person = $1 AND f.org_path >= $2 AND f.org_path < $3 \
    UNION SELECT {ROW} FROM person_roles r \
    JOIN offers f ON f.person = 0 AND f.role = 'above:' || r.role \
    AND f.org_path > r.path AND f.org_path < r.path_end \
    WHERE r.person = $1 AND f.org_path >= $2 AND f.org_path < $3";

impl Store {
    /// Offers to the person: their own, and those to a role they hold at the case's unit or above;
    /// of cases in scope; the most urgent first.
    pub async fn offers(
        &self,
        person: PersonId,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<OfferRow>> {
        let mine = MINE.replace("{ROW}", ROW);
        let sql = format!(
            "WITH mine AS ({mine}), page AS (SELECT f.*, \
             CASE WHEN f.due_at IS NULL THEN 1 ELSE 0 END AS undated FROM mine f \
             WHERE CAST($4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM cases m \
             WHERE m.id = f.case_id AND $4 IN (m.assignee, m.opener, m.owner)) \
             ORDER BY undated, f.due_at, f.case_id LIMIT $5) \
             SELECT f.action, f.due_at, f.deadline, f.blocked, f.handed_by, f.approved, {} \
             FROM {TABLES} JOIN page f ON f.case_id = c.id ORDER BY f.undated, f.due_at, c.id",
            case_columns()
        );
        let own = scope.own.map_or(0, |person| person.0);
        let limit = limit.clamp(1, 500);
        let params = cells![person, &scope.low, &scope.high, own, limit];
        let rows = self.exec().rows(sql, params).await?;
        let mut offers = Vec::new();
        for row in rows {
            let offer = self.read_offer(row)?;
            // One action offered by two of my roles is one thing to do.
            let twice = |o: &OfferRow| o.case.id == offer.case.id && o.action == offer.action;
            if !offers.iter().any(twice) {
                offers.push(offer);
            }
        }
        Ok(offers)
    }

    fn read_offer(&self, mut row: Row) -> Result<OfferRow> {
        let (action, due_at) = (row.text()?, row.opt_instant()?);
        let (deadline, blocked) = (row.opt_text()?, row.opt_text()?);
        let handed_by = row.opt_int()?.map(PersonId);
        let approved = row.json()?;
        let case = self.read_case_columns(&mut row)?;
        Ok(OfferRow {
            action,
            due_at,
            deadline,
            late: case.late,
            blocked: blocked.map(|text| parse(&text)).transpose()?,
            handed_by,
            approved,
            case,
        })
    }
}
