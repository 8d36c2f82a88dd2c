//! Past verdicts (历史判定) with the facts they were given on: what a replay reads.

use crate::apply::Target;
use crate::exec::cell::{cells, print};
use crate::exec::{Cell, Read, Row, Write};
use crate::{Result, Scope, Store};
use base::{CaseId, Instant};
use engine::VerdictFacts;
use engine::decision::Judged;
use engine::warranty::Given;
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::HashMap;

/// Verdicts read at once.
pub const PAGE: u32 = 2_000;
/// Cases whose numbers are asked for at once.
const NAMED: usize = 500;

/// The standing verdict of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct PastVerdict {
    /// Its place in the order of time; the next page begins behind it.
    pub id: i64,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// When it was given.
    pub judged_at: Instant,
    /// Content hash of the release that judged.
    pub release: String,
    /// The facts.
    pub facts: VerdictFacts,
    /// What it came down to.
    pub given: Given<'static>,
    /// The deciding row.
    pub row: Option<String>,
    /// Code of the organisation unit.
    pub org: String,
    /// Model of the vehicle, where it is known.
    pub model: Option<String>,
    /// What the case charges, whoever pays; lines the customer declined are left out.
    pub lines: Vec<Charged>,
}

/// One line of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charged {
    /// `part`, `labour`, `travel` or `fee`.
    pub kind: String,
    /// Code of the price list.
    pub item: Option<String>,
    /// Thousandths.
    pub quantity: i64,
    /// As on the case, fen.
    pub amount_fen: i64,
}

/// The rows of the verdicts that a decision gave.
pub(crate) fn writes(
    judged: &[Judged],
    target: &Target<'_>,
    mut id: impl FnMut() -> i64,
) -> Result<Vec<Write>> {
    let row = |judged: &Judged| -> Result<Vec<Cell>> {
        let mut facts = serde_json::to_value(&judged.facts).unwrap_or_default();
        if let Json::Object(map) = &mut facts {
            map.retain(|_, value| !value.is_null());
        }
        let Given { covered, remedy, payer, ends, .. } = &judged.given;
        Ok(cells![
            id(),
            target.id,
            target.now,
            &judged.release,
            print(&facts)?,
            *covered,
            remedy.as_deref(),
            payer.as_deref(),
            *ends,
            &judged.row,
        ])
    };
    let rows: Vec<Vec<Cell>> = judged.iter().map(row).collect::<Result<_>>()?;
    let head = "INSERT INTO verdicts (id, case_id, judged_at, release, facts, covered, remedy, \
                payer, ends, decided_by) VALUES";
    Ok(Write::rows(head, rows, ""))
}

/// The standing verdicts in scope within a time, behind a place.
const STANDING: &str = "FROM verdicts v JOIN cases c ON c.id = v.case_id \
    JOIN orgs o ON o.id = c.org LEFT JOIN units u ON u.id = c.unit \
    WHERE c.org_path >= $1 AND c.org_path < $2 \
    AND CAST($3 AS BIGINT) IN (0, COALESCE(c.assignee, 0), COALESCE(c.opener, 0), \
    COALESCE(c.owner, 0)) AND v.judged_at >= $4 AND v.judged_at < $5 AND v.id > $6 \
    AND NOT EXISTS (SELECT 1 FROM verdicts w WHERE w.case_id = v.case_id AND w.id > v.id)";

impl Store {
    /// A page of past verdicts in the order of time: of each case the last one given, `from`
    /// included, `to` not, those behind `after`.
    pub async fn past_verdicts(
        &self,
        scope: &Scope,
        from: Instant,
        to: Instant,
        after: i64,
    ) -> Result<Vec<PastVerdict>> {
        let own = scope.own.map_or(0, |person| person.0);
        let params = || cells![&scope.low, &scope.high, own, from, to, after, PAGE];
        let verdicts = format!(
            "SELECT v.id, v.case_id, c.number, v.judged_at, v.release, v.facts, v.covered, \
             v.remedy, v.payer, v.ends, v.decided_by, o.code, u.model {STANDING} \
             ORDER BY v.id LIMIT $7"
        );
        let lines = format!(
            "SELECT l.case_id, l.kind, l.item, l.quantity, l.amount_fen FROM case_lines l \
             WHERE l.field = 'lines' AND l.declined = 0 AND l.case_id IN \
             (SELECT case_id FROM (SELECT v.case_id {STANDING} ORDER BY v.id LIMIT $7) page) \
             ORDER BY l.case_id, l.line"
        );
        let mut found = self
            .exec()
            .read(vec![Read::new(verdicts, params()), Read::new(lines, params())])
            .await?;
        let mut charged: HashMap<i64, Vec<Charged>> = HashMap::new();
        for mut row in found.pop().unwrap_or_default() {
            let case = row.int()?;
            charged.entry(case).or_default().push(Charged {
                kind: row.text()?,
                item: row.opt_text()?,
                quantity: row.int()?,
                amount_fen: row.int()?,
            });
        }
        let verdicts = found.pop().unwrap_or_default().into_iter();
        verdicts.map(|row| read(row, &mut charged)).collect()
    }

    /// Whether there is any past verdict in scope.
    pub async fn any_past_verdict(&self, scope: &Scope) -> Result<bool> {
        let own = scope.own.map_or(0, |person| person.0);
        let sql = format!("SELECT v.id {STANDING} LIMIT 1");
        let (from, to) = (Instant(0), Instant::NEVER);
        let params = cells![&scope.low, &scope.high, own, from, to, 0_i64];
        Ok(self.exec().row(sql, params).await?.is_some())
    }

    /// The numbers of cases, for those that are found.
    pub async fn case_numbers(&self, cases: &[CaseId]) -> Result<HashMap<CaseId, String>> {
        let mut numbers = HashMap::new();
        for some in cases.chunks(NAMED) {
            let places = crate::exec::places(1, some.len());
            let sql = format!("SELECT id, number FROM cases WHERE id IN {places}");
            let params = some.iter().map(|case| (*case).into()).collect();
            for mut row in self.exec().rows(sql, params).await? {
                numbers.insert(CaseId(row.int()?), row.text()?);
            }
        }
        Ok(numbers)
    }

    /// How many standing verdicts there are in scope within a time: the size of a replay.
    pub async fn count_past_verdicts(
        &self,
        scope: &Scope,
        from: Instant,
        to: Instant,
    ) -> Result<u32> {
        let own = scope.own.map_or(0, |person| person.0);
        let sql = format!("SELECT COUNT(*) {STANDING}");
        let params = cells![&scope.low, &scope.high, own, from, to, 0_i64];
        self.exec().row(sql, params).await?.map_or(Ok(0), |mut row| row.count())
    }
}

fn read(mut row: Row, charged: &mut HashMap<i64, Vec<Charged>>) -> Result<PastVerdict> {
    let (id, case) = (row.int()?, row.int()?);
    let (number, judged_at, release) = (row.text()?, row.instant()?, row.text()?);
    let facts = row.json()?;
    let given = Given {
        refused: false,
        covered: row.opt_int()?.map(|covered| covered != 0),
        remedy: row.opt_text()?.map(Cow::Owned),
        payer: row.opt_text()?.map(Cow::Owned),
        ends: row.opt_day()?,
    };
    Ok(PastVerdict {
        id,
        case: CaseId(case),
        number,
        judged_at,
        release,
        facts,
        given,
        row: row.opt_text()?,
        org: row.text()?,
        model: row.opt_text()?,
        lines: charged.remove(&case).unwrap_or_default(),
    })
}
