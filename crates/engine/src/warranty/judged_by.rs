//! Which release judges: the one in force when the term started (the promise of the sale), or a
//! later one that is better for the customer. Both are named.

use super::{FactsRefused, Judge, TermFacts, gain};
use crate::decision::Why;
use crate::verdict::{JudgedBy, ReleaseRef, Verdict, VerdictFacts};
use crate::why::Untold;
use base::Day;
use std::borrow::Cow;

/// Judges by the releases in force up to now, the earliest first. A release that does not know the
/// words of the facts gives no answer; when none does, the latest says what it misses.
///
/// # Errors
/// Facts that no release can judge.
pub fn judge_by_sale(judges: &[Judge<'_>], facts: &VerdictFacts) -> Result<Verdict, FactsRefused> {
    let [judges @ .., newest] = judges else { return Err(super::no_rules()) };
    let started = newest.started(facts);
    let sold = started.and_then(|day| at_sale(judges, newest, day));
    // Without a start, or for what was sold under the newest, it judges alone.
    let Some(sold) = sold else {
        return newest.judge(facts).map(|verdict| named(verdict, newest, newest));
    };
    let mut best: Option<(Verdict, &Judge<'_>)> = None;
    let mut refused = None;
    for judge in judges[sold..].iter().chain([newest]) {
        match judge.judge(&judge.readable(facts)) {
            Ok(verdict) if best.as_ref().is_none_or(|(b, _)| gained(&verdict) > gained(b)) => {
                best = Some((verdict, judge));
            }
            Ok(_) => {}
            Err(why) => refused = Some(why),
        }
    }
    match best {
        Some((verdict, judge)) => Ok(named(verdict, judge, &judges[sold])),
        None => Err(refused.unwrap_or_else(super::no_rules)),
    }
}

/// The release in force on a day among the earlier ones; before the first took effect it holds.
/// `None` when it is the newest.
fn at_sale(earlier: &[Judge<'_>], newest: &Judge<'_>, day: Day) -> Option<usize> {
    let in_force = |judge: &Judge<'_>| judge.release.effective.is_none_or(|from| from <= day);
    if earlier.is_empty() || in_force(newest) {
        return None;
    }
    Some(earlier.iter().rposition(in_force).unwrap_or(0))
}

/// How good a verdict is for the customer.
fn gained(verdict: &Verdict) -> super::Gain {
    let ends = verdict.term.as_ref().map(|term| term.ends);
    gain(verdict.covered, verdict.remedy.as_deref(), ends)
}

/// The verdict with the release that judged and that of the sale.
fn named(mut verdict: Verdict, by: &Judge<'_>, sale: &Judge<'_>) -> Verdict {
    let (by, sale) = (by.reference(), sale.reference());
    let day = |reference: &ReleaseRef| reference.effective.map(|day| day.to_string());
    let later = by.hash != sale.hash;
    if let Some(sold_under) = day(&sale) {
        let code = if later { "judged_by_later" } else { "judged_by_sale" };
        verdict.why.push(
            Why::new(code, "judged_by", [])
                .with("sale", sold_under)
                .with("version", sale.version.as_str())
                .with("judged", day(&by).unwrap_or_default())
                .with("by", by.version.as_str()),
        );
    }
    verdict.judged_by = Some(Box::new(JudgedBy { release: by, sale }));
    verdict
}

impl Judge<'_> {
    /// The first day of the term by this release's order of proofs.
    fn started(&self, facts: &VerdictFacts) -> Option<Day> {
        self.term()?.start(&TermFacts::of(facts), &mut Untold).map(|start| start.day)
    }

    /// The facts without measurements this release does not know: it was written before them.
    fn readable<'f>(&self, facts: &'f VerdictFacts) -> Cow<'f, VerdictFacts> {
        let known = |key: &String| self.measurements.contains(key) || super::is_condition(key);
        if facts.measurements.keys().all(known) {
            return Cow::Borrowed(facts);
        }
        let mut facts = facts.clone();
        facts.measurements.retain(|key, _| known(key));
        Cow::Owned(facts)
    }

    fn reference(&self) -> ReleaseRef {
        ReleaseRef {
            hash: self.release.hash.clone(),
            effective: self.release.effective,
            version: format!("{} {}", self.by.id, self.by.version),
        }
    }
}
