//! Schedules (定期任务): cases opened by the calendar. File `schedules.toml`: `[[schedule]]`.

use super::deadline::Within;
use crate::expr::Expr;
use base::time::{Span, SpanUnit, add_days, add_months};
use base::{Day, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A schedule: opens a case of a process once for each period and subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Key, unique in a release.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The process it opens; its start is open to `@system`.
    pub opens: String,
    /// The length of its periods.
    pub every: Every,
    /// The month: of the year (1 to 12) for `year`, of the quarter (1 to 3) for `quarter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<i8>,
    /// The day of the month, or `last`; a shorter month has its last day instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<MonthDay>,
    /// The day of the week, for `week`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Weekday>,
    /// The time of the day, `09:00`; midnight when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<DayTime>,
    /// What happens on a day that is not worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
    /// The calendar that says which days are worked, where there is a `shift`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// For whom a case is opened.
    pub each: Subjects,
    /// Of vehicles: how old one becomes on the day of the run (售出满多久), counted from its invoice,
    /// else its sale, else its registration. Written out, or settings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub age: Vec<Within>,
    /// Which of them: a condition over `org` and `schedule`; of vehicles also `unit`, `customer`.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Expr>,
    /// The first day it may run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// What is made up for after an outage.
    #[serde(default)]
    pub missed: Missed,
    /// Fields of the start form, each an expression over `schedule`, `org` and `params`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub form: BTreeMap<String, Expr>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// 每日
    Day,
    /// 每周, from Monday
    Week,
    /// 每月
    Month,
    /// 每季度
    Quarter,
    /// 每年
    Year,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MonthDay {
    /// 1 to 31.
    Number(i8),
    /// `last` (月末).
    Word(String),
}

impl MonthDay {
    /// The number of the day in a month of that length; `None` where it is no day.
    pub fn in_month(&self, days: i8) -> Option<i8> {
        match self {
            Self::Number(day) => (1..=31).contains(day).then_some((*day).min(days)),
            Self::Word(word) => (word == "last").then_some(days),
        }
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// 周一
    Mon,
    /// 周二
    Tue,
    /// 周三
    Wed,
    /// 周四
    Thu,
    /// 周五
    Fri,
    /// 周六
    Sat,
    /// 周日
    Sun,
}

/// What happens on a day that is not worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// The next day that is worked (顺延).
    Next,
    /// The last one before (提前).
    Previous,
    /// That period has none (不办).
    Skip,
}

/// For whom a case is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subjects {
    /// Once, for the company: the unit at the top owns it.
    Company,
    /// For each organisation unit that `where` holds for; it owns the case.
    Org,
    /// For each vehicle of the register that comes of an `age` and that `where` holds for; the
    /// outlet that sold it owns the case.
    Unit,
}

/// What is made up for after an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missed {
    /// Every period that was missed, each once.
    #[default]
    Each,
    /// The latest only; the others are recorded as passed over.
    Latest,
}

/// A time of the day, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DayTime(pub u16);

impl DayTime {
    /// Reads `09:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once([':', '：'])?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(Self(hour * 60 + minute))
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for DayTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DayTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("`{text}` is no time of the day; write \"09:00\""))
        })
    }
}

impl Schedule {
    /// Every expression in it.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        self.form.values().chain(&self.filter)
    }

    /// The days of sale of the vehicles that come of an age on that day, each with the age, the
    /// earliest first. The end of a short month stands for the days it lacks, as everywhere.
    pub fn sold_for(&self, day: Day) -> Vec<(Day, Span)> {
        let mut sold = Vec::new();
        for age in self.age.iter().filter_map(|age| age.span) {
            match age.unit {
                SpanUnit::Mo => {
                    let first = add_months(day, -age.count);
                    let near = (0..4).filter_map(|more| add_days(first?, more));
                    let of_age = near.filter(|sold| add_months(*sold, age.count) == Some(day));
                    sold.extend(of_age.map(|sold| (sold, age)));
                }
                SpanUnit::D => sold.extend(add_days(day, -age.count).map(|sold| (sold, age))),
                SpanUnit::Min | SpanUnit::H | SpanUnit::Workday => {}
            }
        }
        sold.sort_by_key(|(sold, _)| *sold);
        sold.dedup_by_key(|(sold, _)| *sold);
        sold
    }

    /// When it runs, in words: `每年1月15日 09:00，遇休息日顺延`.
    pub fn rule(&self) -> Text {
        let time = self.time.unwrap_or_default();
        let (day_zh, day_en) = match &self.day {
            Some(MonthDay::Number(day)) => (format!("{day}日"), format!("day {day}")),
            Some(MonthDay::Word(_)) => ("最后一日".to_owned(), "the last day".to_owned()),
            None => ("1日".to_owned(), "day 1".to_owned()),
        };
        let month = self.month.unwrap_or(1);
        let (zh, en) = match self.every {
            Every::Day => ("每日".to_owned(), "every day".to_owned()),
            Every::Week => {
                let (zh, en) = self.weekday.unwrap_or(Weekday::Mon).words();
                (format!("每{zh}"), format!("every {en}"))
            }
            Every::Month => (format!("每月{day_zh}"), format!("every month on {day_en}")),
            Every::Quarter => (
                format!("每季度第{month}个月{day_zh}"),
                format!("every quarter, month {month}, on {day_en}"),
            ),
            Every::Year => (
                format!("每年{month}月{day_zh}"),
                format!("every year, month {month}, on {day_en}"),
            ),
        };
        let (shift_zh, shift_en) = match self.shift {
            Some(Shift::Next) => ("，遇休息日顺延", ", or the next working day"),
            Some(Shift::Previous) => ("，遇休息日提前", ", or the working day before"),
            Some(Shift::Skip) => ("，休息日不办", ", not on days off"),
            None => ("", ""),
        };
        let mut ages = Text::default();
        if !self.age.is_empty() {
            let all: Vec<Text> =
                self.age.iter().filter_map(|age| age.span).map(age_in_words).collect();
            let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().map(|age| (age.zh, age.en)).unzip();
            ages.zh = format!("，车辆售出满 {} 时", zh.join("、"));
            ages.en = format!(", vehicles sold {} ago", en.join(", "));
        }
        Text::new(
            format!("{zh} {time}{shift_zh}{}", ages.zh),
            format!("{en}, {time}{shift_en}{}", ages.en),
        )
    }
}

/// The age of a vehicle in words: `12 个月`, `12 months`.
pub fn age_in_words(age: Span) -> Text {
    let count = age.count;
    match age.unit {
        SpanUnit::Mo => Text::new(format!("{count} 个月"), format!("{count} months")),
        SpanUnit::D => Text::new(format!("{count} 天"), format!("{count} days")),
        SpanUnit::Min | SpanUnit::H | SpanUnit::Workday => {
            Text::new(age.to_string(), age.to_string())
        }
    }
}

impl Weekday {
    /// Days after Monday.
    pub const fn after_monday(self) -> i64 {
        match self {
            Self::Mon => 0,
            Self::Tue => 1,
            Self::Wed => 2,
            Self::Thu => 3,
            Self::Fri => 4,
            Self::Sat => 5,
            Self::Sun => 6,
        }
    }

    /// In words, Chinese and English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Mon => ("周一", "Monday"),
            Self::Tue => ("周二", "Tuesday"),
            Self::Wed => ("周三", "Wednesday"),
            Self::Thu => ("周四", "Thursday"),
            Self::Fri => ("周五", "Friday"),
            Self::Sat => ("周六", "Saturday"),
            Self::Sun => ("周日", "Sunday"),
        }
    }
}
