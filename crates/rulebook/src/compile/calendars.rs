//! Calendars that have another one's working days get its years once the packs are laid over each
//! other, so that a year is added in one place.

use super::Draft;
use crate::expr::suggest;

/// Fills in the years of every calendar that is `like` another.
pub(super) fn fill(draft: &mut Draft) {
    let plain = draft.release.calendars.clone();
    let mut unknown = Vec::new();
    for (id, calendar) in &mut draft.release.calendars {
        let Some(like) = &calendar.like else { continue };
        match plain.get(like).filter(|other| other.like.is_none()) {
            Some(other) => {
                let mut years = other.years.clone();
                years.append(&mut calendar.years);
                calendar.years = years;
            }
            None => unknown.push((id.clone(), like.clone())),
        }
    }
    let known = || plain.iter().filter(|(_, c)| c.like.is_none()).map(|(id, _)| id.as_str());
    for (id, like) in unknown {
        let (zh, en) = suggest::nearest(&like, known());
        let at = draft.places.of(&format!("calendar/{id}"));
        draft.error(
            "unknown-calendar",
            at,
            format!("like 要写一个有年份的日历，没有“{like}”{zh}"),
            format!("`like` names a calendar with years of its own; there is no `{like}`{en}"),
        );
    }
}
