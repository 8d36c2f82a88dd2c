//! The duty roster (值班表): who is on duty at a unit when.

use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Row, Write, places};
use crate::{Result, Store, StoreError};
use base::{Day, Instant, OrgId, PersonId};

/// Most shifts read at once: a year of days at a few units, each with several shifts.
const MOST_READ: i64 = 5000;
/// Most units one question goes up through.
const MOST_UNITS: usize = 32;

/// The days a shift is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyDay {
    /// Every week, 1 Monday to 7 Sunday.
    Weekly(u8),
    /// One day, in place of what the week says.
    On(Day),
}

/// A shift of a unit's roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyShift {
    /// The unit.
    pub org: OrgId,
    /// On which days it begins.
    pub on: DutyDay,
    /// Minute of the day it begins.
    pub from_minute: u16,
    /// How long it is, in minutes; it may go into the next day.
    pub minutes: u16,
    /// Who is on duty; `None` says that nobody is on that day.
    pub person: Option<PersonId>,
}

impl Store {
    /// The shifts of these units: the weekly ones, and those of single days from one through
    /// another.
    pub async fn duty_shifts(
        &self,
        orgs: &[OrgId],
        from: Day,
        through: Day,
    ) -> Result<Vec<DutyShift>> {
        if orgs.is_empty() {
            return Ok(vec![]);
        }
        let orgs = &orgs[..orgs.len().min(MOST_UNITS)];
        let sql = format!(
            "SELECT org, weekday, day, from_minute, minutes, person FROM duty_shifts \
             WHERE ended_at IS NULL AND (day IS NULL OR (day >= $1 AND day <= $2)) \
             AND org IN {} ORDER BY org, from_minute, id LIMIT $3",
            places(4, orgs.len())
        );
        let mut params = cells![from, through, MOST_READ];
        params.extend(orgs.iter().map(|org| Cell::from(*org)));
        self.exec().rows(sql, params).await?.into_iter().filter_map(read).collect()
    }

    /// How often a unit's roster was changed.
    pub async fn duty_version(&self, org: OrgId) -> Result<i64> {
        let sql = "SELECT version FROM duty_rosters WHERE org = $1";
        self.exec().row(sql, cells![org]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Puts these shifts in place of what each of the days, or days of every week, had.
    /// `Taken("duty")` where somebody changed the roster since `version`.
    pub async fn set_duty(
        &self,
        org: OrgId,
        days: &[DutyDay],
        shifts: &[DutyShift],
        version: i64,
        (by, now): (PersonId, Instant),
    ) -> Result<()> {
        let mut writes = vec![
            Write::any(
                "INSERT INTO duty_rosters (org, version) VALUES ($1, 0) ON CONFLICT DO NOTHING",
                cells![org],
            ),
            Write::one(
                "UPDATE duty_rosters SET version = version + 1 WHERE org = $1 AND version = $2",
                cells![org, version],
            ),
        ];
        let mut rows = Vec::new();
        for on in days {
            let (weekday, day) = parts(*on);
            writes.push(Write::any(
                "UPDATE duty_shifts SET ended_by = $4, ended_at = $5 WHERE org = $1 \
                 AND ended_at IS NULL AND (weekday = CAST($2 AS BIGINT) OR day = CAST($3 AS TEXT))",
                cells![org, weekday, day, by, now],
            ));
            for shift in shifts {
                let (from, minutes) = (i64::from(shift.from_minute), i64::from(shift.minutes));
                let id = self.new_id(now);
                let (person, day) = (shift.person, day);
                rows.push(cells![id, org, weekday, day, from, minutes, person, by, now]);
            }
        }
        writes.extend(Write::rows(
            "INSERT INTO duty_shifts (id, org, weekday, day, from_minute, minutes, person, \
             set_by, set_at) VALUES",
            rows,
            "",
        ));
        match self.exec().write(writes).await {
            Ok(_) => Ok(()),
            Err(Rollback::Guard(_)) => Err(StoreError::Taken("duty")),
            Err(other) => Err(other.into()),
        }
    }
}

fn parts(on: DutyDay) -> (Option<i64>, Option<Day>) {
    match on {
        DutyDay::Weekly(weekday) => (Some(i64::from(weekday)), None),
        DutyDay::On(day) => (None, Some(day)),
    }
}

/// A shift; a row that no calendar has is passed over.
fn read(mut row: Row) -> Option<Result<DutyShift>> {
    let mut shift = || -> Result<Option<DutyShift>> {
        let org = OrgId(row.int()?);
        let (weekday, day) = (row.opt_int()?, row.opt_day()?);
        let (from, minutes) = (row.int()?, row.int()?);
        let person = row.opt_int()?.map(PersonId);
        let weekly = weekday.and_then(|n| u8::try_from(n).ok()).map(DutyDay::Weekly);
        let Some(on) = day.map(DutyDay::On).or(weekly) else { return Ok(None) };
        let (Ok(from_minute), Ok(minutes)) = (u16::try_from(from), u16::try_from(minutes)) else {
            return Ok(None);
        };
        Ok(Some(DutyShift { org, on, from_minute, minutes, person }))
    };
    shift().transpose()
}
