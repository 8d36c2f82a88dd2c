//! When customers are left alone (免打扰): the hours in which a message to them waits.

use base::time::add_days;
use base::{Instant, Zone};
use rulebook::Release;
use rulebook::model::{MESSAGE_SETTINGS, MessageClass};

/// The first moment from `now` on at which a message of that class may be sent.
pub fn open_from(release: &Release, class: MessageClass, zone: &Zone, now: Instant) -> Instant {
    let hour = |name: &str| {
        let value = release.parameters.get(name)?.value.as_ref()?.as_u64()?;
        u16::try_from(value).ok().filter(|hour| *hour <= 24)
    };
    let [from, until, late, early] = MESSAGE_SETTINGS;
    let quiet = match class {
        MessageClass::Code => None,
        MessageClass::Service => hour(from).zip(hour(until)),
        MessageClass::Marketing => hour(late).zip(hour(early)),
    };
    quiet.map_or(now, |quiet| after(quiet, zone, now))
}

/// The end of the quiet hours that `now` lies in; `now` outside of them. They may lie over
/// midnight; from an hour to the same one is never.
fn after((from, until): (u16, u16), zone: &Zone, now: Instant) -> Instant {
    let local = zone.local(now);
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()));
    let minute = minute.unwrap_or_default();
    let (from, until, day) = (from * 60, until * 60, local.date());
    let overnight = from > until;
    let evening = minute >= from && (overnight || minute < until);
    let morning = overnight && minute < until;
    if morning || (evening && !overnight) {
        zone.minute_of(day, until)
    } else if evening {
        add_days(day, 1).map_or(now, |next| zone.minute_of(next, until))
    } else {
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_at_night_and_everybody_in_the_morning() {
        let zone = Zone::default();
        let at = |text: &str| Instant::from(text.parse::<jiff::Timestamp>().expect("an instant"));
        let check = |quiet, now: &str, then: &str| {
            let found = after(quiet, &zone, at(now));
            assert_eq!(found.to_string(), at(then).to_string(), "{quiet:?} at {now}");
        };
        let night = (21, 8);
        check(night, "2026-11-20T20:59:59+08:00", "2026-11-20T20:59:59+08:00");
        check(night, "2026-11-20T21:00:00+08:00", "2026-11-21T08:00:00+08:00");
        check(night, "2026-11-20T23:59:59+08:00", "2026-11-21T08:00:00+08:00");
        check(night, "2026-11-21T00:00:00+08:00", "2026-11-21T08:00:00+08:00");
        check(night, "2026-12-31T22:30:00+08:00", "2027-01-01T08:00:00+08:00");
        check(night, "2026-11-21T08:00:00+08:00", "2026-11-21T08:00:00+08:00");
        // Within one day; never; from an hour to midnight.
        check((12, 14), "2026-11-20T12:30:00+08:00", "2026-11-20T14:00:00+08:00");
        check((12, 14), "2026-11-20T14:00:00+08:00", "2026-11-20T14:00:00+08:00");
        check((8, 8), "2026-11-20T08:00:00+08:00", "2026-11-20T08:00:00+08:00");
        check((22, 24), "2026-11-20T23:00:00+08:00", "2026-11-21T00:00:00+08:00");
        check((22, 0), "2026-11-20T23:00:00+08:00", "2026-11-21T00:00:00+08:00");
    }
}
