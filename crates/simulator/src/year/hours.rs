//! The hours at which a station works.

use base::time::add_days;
use base::{Instant, Zone};
use jiff::civil::time;

/// Work that goes on minute by minute while the shop is open.
pub struct Hours<'a> {
    zone: &'a Zone,
    /// Now.
    pub at: Instant,
}

impl<'a> Hours<'a> {
    /// Work that begins.
    pub fn from(zone: &'a Zone, at: Instant) -> Self {
        Self { zone, at }
    }

    /// So many minutes later; what would come after closing is done the next morning.
    pub fn after(&mut self, minutes: i64) -> Instant {
        let at = self.at.plus_seconds(minutes * 60);
        let local = self.zone.local(at);
        let (opens, closes) = (time(8, 0, 0, 0), time(18, 30, 0, 0));
        self.at = if local.time() > closes || local.time() < opens {
            let late = local.time() > closes;
            let day = if late { add_days(local.date(), 1) } else { Some(local.date()) };
            let day = day.unwrap_or(local.date());
            let beyond = minutes.rem_euclid(40);
            self.zone.instant(day.to_datetime(opens)).plus_seconds((20 + beyond) * 60)
        } else {
            at
        };
        self.at
    }
}
