//! Whether somebody sits at the desk now (营业时间).

use base::{Instant, Zone};
use rulebook::Release;

/// The calendar of the desk's opening hours; `enquiry_hours@CODE` is a unit's own.
const CALENDAR: &str = "enquiry_hours";

/// Whether the desk of that unit is closed at that time. A calendar that is not there, or knows
/// nothing of the year, closes nothing: who waits is answered all the same.
pub fn closed_now(release: &Release, code: &str, zone: &Zone, now: Instant) -> bool {
    let own = release.calendars.get(&format!("{CALENDAR}@{code}"));
    let Some(calendar) = own.or_else(|| release.calendars.get(CALENDAR)) else { return false };
    let local = zone.local(now);
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let within =
        |hours: &base::Hours| (i32::from(hours.from)..i32::from(hours.to)).contains(&minute);
    let open = calendar.hours.is_empty() || calendar.hours.iter().any(within);
    !(open && calendar.is_workday(local.date()).unwrap_or(true))
}
