//! For which place and period figures are asked, and what may not be asked.

use super::period::{Grain, MOST_POINTS};
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use crate::view::OrgRef;
use base::{Day, OrgId};
use engine::count::read_key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Scope;
use store::org::Org;
use utoipa::{IntoParams, ToSchema};

/// Place and period.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
pub struct Filter {
    /// Organisation unit, with everything below it; all I see where absent.
    pub org: Option<String>,
    /// First day, `2026-11-01`; the first of this month where absent.
    pub from: Option<String>,
    /// Last day; today where absent.
    pub to: Option<String>,
    /// How the trend is divided: `day`, `month`, `quarter`, `year`.
    pub grain: Option<String>,
    /// Only what was counted with these values of dimensions: `component=li_battery;`.
    pub only: Option<String>,
}

/// Place and period, proven to be in scope and in order.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The unit that was chosen, or the highest one in scope.
    pub org: Option<Org>,
    /// What it holds, within the reader's scope.
    pub place: Scope,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// How the trend is divided.
    pub grain: Grain,
    /// The periods of the trend, the earliest first.
    pub periods: Vec<String>,
    /// Values of dimensions that are asked for.
    pub only: BTreeMap<String, String>,
}

/// A place one may choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    #[serde(flatten)]
    org: OrgRef,
    /// How deep it lies below the highest one.
    depth: usize,
}

impl Asked {
    /// Reads a request.
    pub fn of(app: &App, session: &Session, filter: &Filter) -> Answer<Self> {
        let (org, place) = place(app, session, filter.org.as_deref())?;
        let today = app.today();
        let to = day(filter.to.as_deref())?.unwrap_or(today);
        let month = Day::new(to.year(), to.month(), 1).unwrap_or(to);
        let from = day(filter.from.as_deref())?.unwrap_or(month);
        if from > to {
            return Err(Problem::new("bad-request").detail(
                format!("起始日 {from} 晚于截止日 {to}；请把两个日期对调"),
                format!("The first day {from} is after the last day {to}; swap the two"),
            ));
        }
        let grain = grain(filter.grain.as_deref())?;
        let periods = grain.between(grain.since(from, to), to).ok_or_else(|| {
            Problem::new("bad-request").detail(
                format!("走势最多 {MOST_POINTS} 个点；请缩短期间，或改按月、季、年"),
                format!(
                    "A trend has at most {MOST_POINTS} points; choose a shorter period, or months, \
                     quarters or years"
                ),
            )
        })?;
        let only = filter.only.as_deref().map(read_key).unwrap_or_default();
        Ok(Self { org, place, from, to, grain, periods, only })
    }

    /// The first day the trend looks at.
    pub fn since(&self) -> Day {
        self.grain.since(self.from, self.to)
    }
}

/// The unit with everything below it, where the reader sees it; the whole of their scope without
/// one.
pub fn place(app: &App, session: &Session, org: Option<&str>) -> Answer<(Option<Org>, Scope)> {
    if session.scope.is_own() {
        return Err(Problem::new("forbidden").detail(
            "统计按机构计数，您的岗位只能看自己的案件；请站长查看",
            "Figures are counted by organisation unit and your role sees only its own cases; ask \
             the station manager",
        ));
    }
    let orgs = app.orgs();
    let Some(asked) = org.map(str::trim).filter(|org| !org.is_empty()) else {
        let top = orgs.all().into_iter().find(|org| session.scope.holds(&org.path)).cloned();
        return Ok((top, session.scope.clone()));
    };
    let found = asked.parse::<OrgId>().ok().and_then(|id| orgs.get(id));
    let found = found.filter(|org| session.scope.holds(&org.path));
    let org = found.ok_or_else(|| Problem::from(store::StoreError::NotFound("org")))?;
    Ok((Some(org.clone()), Scope::subtree(org)))
}

/// The places a reader may choose, parents before children.
pub fn places(app: &App, session: &Session) -> Vec<Place> {
    let depth = |org: &Org| org.path.matches('/').count();
    let orgs = app.orgs();
    let seen: Vec<&Org> =
        orgs.all().into_iter().filter(|org| session.scope.holds(&org.path)).collect();
    let top = seen.iter().map(|org| depth(org)).min().unwrap_or_default();
    seen.into_iter().map(|org| Place { org: org.into(), depth: depth(org) - top }).collect()
}

fn day(text: Option<&str>) -> Answer<Option<Day>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        Problem::new("bad-request").detail(
            format!("“{text}”不是日期；请写成 2026-11-21 这样"),
            format!("`{text}` is no date; write it like 2026-11-21"),
        )
    })
}

fn grain(text: Option<&str>) -> Answer<Grain> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(Grain::default());
    };
    Grain::parse(text).ok_or_else(|| {
        Problem::new("bad-request").detail(
            format!("“{text}”不是时间粒度；可用 day、month、quarter、year"),
            format!("`{text}` is no division of time; use day, month, quarter or year"),
        )
    })
}
