//! Blank numbered forms printed in advance (预印空白单): blocks of numbers, and what became of each.

use crate::cases::Page;
use crate::exec::cell::{Cell, cells};
use crate::exec::{Rollback, Row, Write};
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Instant, OrgId, PersonId};

/// Most forms of one block: what a counter writes by hand before it asks again.
pub const MOST_BLANKS: u32 = 200;
/// Most blocks of a page.
const PAGE: u32 = 100;
/// Before the code of the unit: no process draws a number that begins so.
const PREFIX: &str = "KB";

/// What became of a numbered form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankState {
    /// Handed out, nothing heard of it.
    Printed,
    /// Entered late (补录) for a case.
    Used,
    /// Thrown away (作废), with the reason.
    Spoilt,
    /// Not found when they were counted (缺号).
    Missing,
}

impl BlankState {
    /// As it is stored and spoken.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Used => "used",
            Self::Spoilt => "spoilt",
            Self::Missing => "missing",
        }
    }

    fn read(word: &str) -> Self {
        match word {
            "used" => Self::Used,
            "spoilt" => Self::Spoilt,
            "missing" => Self::Missing,
            _ => Self::Printed,
        }
    }
}

/// A block to be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewBlanks<'a> {
    /// The unit that uses them.
    pub org: OrgId,
    /// Its code, which stands in the numbers.
    pub station: &'a str,
    /// The form, by its key in the rulebook.
    pub document: &'a str,
    /// The release whose form it is.
    pub release: &'a str,
    /// How many; at most [`MOST_BLANKS`].
    pub count: u32,
    /// Who asks for them.
    pub person: PersonId,
}

/// A block of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankBlock {
    /// Number.
    pub id: i64,
    /// The unit that uses them.
    pub org: OrgId,
    /// The form, by its key in the rulebook.
    pub document: String,
    /// The release whose form it is.
    pub release: String,
    /// Who asked for them.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// The first and the last number.
    pub range: (String, String),
    /// How many are printed, used, spoilt, missing.
    pub counts: [i64; 4],
}

/// One numbered form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankNumber {
    /// Its number.
    pub number: String,
    /// The block it is of.
    pub block: i64,
    /// The unit that uses it.
    pub org: OrgId,
    /// What became of it.
    pub state: BlankState,
    /// The case it was entered for, and that one's number.
    pub case: Option<(CaseId, String)>,
    /// Who said so.
    pub person: Option<PersonId>,
    /// When.
    pub at: Instant,
    /// Why it is spoilt or missing.
    pub note: Option<String>,
}

/// The number somebody typed or scanned, where it is one of a blank form; `None` for any other
/// paper.
pub fn blank_number(said: &str) -> Option<String> {
    let number: String =
        said.trim().to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let (station, digits) = number.strip_prefix(PREFIX)?.rsplit_once('-')?;
    let ours = !station.is_empty() && digits.len() >= 5;
    (ours && digits.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

/// The statement that uses a number for a case: once, though several acts of that case may name it.
pub(crate) fn used(number: &str, case: CaseId, now: Instant) -> Write {
    Write::one(
        "UPDATE blank_numbers SET state = 'used', case_id = $2, at = $3 WHERE number = $1 \
         AND (state IN ('printed', 'missing') OR (state = 'used' AND case_id = $2))",
        cells![number, case, now],
    )
}

const BLOCK: &str = "b.id, b.org, b.document, b.release, b.person, b.at, MIN(n.number), \
    MAX(n.number), COUNT(CASE WHEN n.state = 'printed' THEN 1 END), \
    COUNT(CASE WHEN n.state = 'used' THEN 1 END), COUNT(CASE WHEN n.state = 'spoilt' THEN 1 END), \
    COUNT(CASE WHEN n.state = 'missing' THEN 1 END)";
const BLOCKS: &str = "blank_blocks b JOIN orgs o ON o.id = b.org \
    JOIN blank_numbers n ON n.block = b.id";
const GROUPED: &str = "GROUP BY b.id, b.org, b.document, b.release, b.person, b.at";
const NUMBER: &str =
    "n.number, n.block, b.org, n.state, n.case_id, c.number, n.person, n.at, n.note";
const NUMBERS: &str = "blank_numbers n JOIN blank_blocks b ON b.id = n.block \
    JOIN orgs o ON o.id = b.org LEFT JOIN cases c ON c.id = n.case_id";

fn read_block(mut row: Row) -> Result<BlankBlock> {
    Ok(BlankBlock {
        id: row.int()?,
        org: OrgId(row.int()?),
        document: row.text()?,
        release: row.text()?,
        person: PersonId(row.int()?),
        at: row.instant()?,
        range: (row.text()?, row.text()?),
        counts: [row.int()?, row.int()?, row.int()?, row.int()?],
    })
}

fn read_number(mut row: Row) -> Result<BlankNumber> {
    Ok(BlankNumber {
        number: row.text()?,
        block: row.int()?,
        org: OrgId(row.int()?),
        state: BlankState::read(&row.text()?),
        case: match (row.opt_int()?, row.opt_text()?) {
            (Some(id), Some(number)) => Some((CaseId(id), number)),
            _ => None,
        },
        person: row.opt_int()?.map(PersonId),
        at: row.instant()?,
        note: row.opt_text()?,
    })
}

impl Store {
    /// Reserves a block of numbers for a unit; nobody else ever gets one of them.
    pub async fn reserve_blanks(&self, new: NewBlanks<'_>, now: Instant) -> Result<BlankBlock> {
        let count = i64::from(new.count.clamp(1, MOST_BLANKS));
        let sql = "INSERT INTO counters (scope, value) VALUES ($1, $2) \
                   ON CONFLICT (scope) DO UPDATE SET value = counters.value + $2 RETURNING value";
        let scope = format!("blank|{}", new.station);
        let mut done = self.exec().write(vec![Write::one(sql, cells![scope, count])]).await?;
        let row = done.first_mut().and_then(|done| done.returned.pop());
        let last = row.ok_or(StoreError::NotFound("counter"))?.int()?;
        let id = self.new_id(now);
        let mut writes = vec![Write::one(
            "INSERT INTO blank_blocks (id, org, document, release, person, at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            cells![id, new.org, new.document, new.release, new.person, now],
        )];
        let numbers = (last - count + 1)..=last;
        let station = new.station.to_uppercase();
        let row = |n| cells![format!("{PREFIX}{station}-{n:05}"), id, "printed", new.person, now];
        let rows: Vec<Vec<Cell>> = numbers.map(row).collect();
        let head = "INSERT INTO blank_numbers (number, block, state, person, at) VALUES";
        writes.extend(Write::rows(head, rows, ""));
        self.exec().write(writes).await?;
        self.blank_block(id, &Scope::company()).await
    }

    /// One block in sight.
    pub async fn blank_block(&self, id: i64, scope: &Scope) -> Result<BlankBlock> {
        let sql = format!(
            "SELECT {BLOCK} FROM {BLOCKS} WHERE b.id = $1 AND o.path >= $2 AND o.path < $3 \
             {GROUPED}"
        );
        let row = self.exec().row(sql, cells![id, &scope.low, &scope.high]).await?;
        read_block(row.ok_or(StoreError::NotFound("blank block"))?)
    }

    /// Blocks of the units in sight, the newest first.
    pub async fn blank_blocks(
        &self,
        scope: &Scope,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<BlankBlock>> {
        let limit = limit.clamp(1, PAGE);
        let before = crate::cases::cursor::<i64>(cursor)?.unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT {BLOCK} FROM {BLOCKS} WHERE o.path >= $1 AND o.path < $2 AND b.id < $3 \
             {GROUPED} ORDER BY b.id DESC LIMIT $4"
        );
        let params = cells![&scope.low, &scope.high, before, limit + 1];
        let rows = self.exec().rows(sql, params).await?;
        let mut items = rows.into_iter().map(read_block).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|block| block.id.to_string());
        Ok(Page { items, next })
    }

    /// The numbers of a block, in order.
    pub async fn blank_numbers(&self, block: i64) -> Result<Vec<BlankNumber>> {
        let sql =
            format!("SELECT {NUMBER} FROM {NUMBERS} WHERE n.block = $1 ORDER BY n.number LIMIT $2");
        let rows = self.exec().rows(sql, cells![block, MOST_BLANKS]).await?;
        rows.into_iter().map(read_number).collect()
    }

    /// One number, wherever it was printed.
    pub async fn blank(&self, number: &str) -> Result<Option<BlankNumber>> {
        let sql = format!("SELECT {NUMBER} FROM {NUMBERS} WHERE n.number = $1");
        self.exec().row(sql, cells![number]).await?.map(read_number).transpose()
    }

    /// Says what became of a number that was not used: spoilt, missing, or at hand after all.
    /// Whether it could be said: what was used stays used.
    pub async fn mark_blank(
        &self,
        number: &str,
        (state, note): (BlankState, Option<&str>),
        person: PersonId,
        now: Instant,
    ) -> Result<bool> {
        let sql = "UPDATE blank_numbers SET state = $2, note = $3, person = $4, at = $5 \
                   WHERE number = $1 AND state <> 'used'";
        let write = Write::one(sql, cells![number, state.word(), note, person, now]);
        match self.exec().write(vec![write]).await {
            Ok(_) => Ok(true),
            Err(Rollback::Guard(_)) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::blank_number;

    #[test]
    fn only_a_number_of_ours_is_taken_for_one() {
        for (said, expect) in [
            (" kbs0101-00042 ", Some("KBS0101-00042")),
            ("KBS-01-00042", Some("KBS-01-00042")),
            ("WX202611-0042", None),
            ("KB-00042", None),
            ("KBS0101-0042", None),
            ("纸单 12", None),
        ] {
            assert_eq!(blank_number(said).as_deref(), expect, "{said}");
        }
    }
}
