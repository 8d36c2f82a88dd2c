//! What a verdict comes down to where nobody asks why.

use super::super::{Gain, Judge, gain};
use crate::verdict::{Verdict, VerdictFacts};
use base::{Day, Word};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Covered or not, remedy, payer and last day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given<'r> {
    /// No verdict can be given: a word the rules do not know, dates that cannot be true.
    pub refused: bool,
    /// Covered; `None` where a missing fact could change the answer, or it is refused.
    pub covered: Option<bool>,
    /// Remedy.
    pub remedy: Option<Cow<'r, str>>,
    /// Who pays.
    pub payer: Option<Cow<'r, str>>,
    /// Last day of the term.
    pub ends: Option<Day>,
}

impl Given<'_> {
    /// Facts that no verdict can be given on.
    pub const REFUSED: Self =
        Self { refused: true, covered: None, remedy: None, payer: None, ends: None };

    /// What a verdict gave.
    pub fn of(verdict: &Verdict) -> Given<'static> {
        let owned = |word: &Option<Word>| word.as_deref().map(|word| Cow::Owned(word.to_owned()));
        Given {
            refused: false,
            covered: verdict.covered,
            remedy: owned(&verdict.remedy),
            payer: owned(&verdict.payer),
            ends: verdict.term.as_ref().map(|term| term.ends),
        }
    }

    /// The verdict of a judge on these facts, given one by one.
    pub fn one_by_one(judge: &Judge<'_>, facts: &VerdictFacts) -> Self {
        judge.judge(facts).map_or(Self::REFUSED, |verdict| Self::of(&verdict))
    }

    /// The same, kept apart from the rules it came from.
    pub fn kept(&self) -> Given<'static> {
        let owned =
            |text: &Option<Cow<'_, str>>| text.as_deref().map(|text| Cow::Owned(text.to_owned()));
        let (remedy, payer) = (owned(&self.remedy), owned(&self.payer));
        Given { refused: self.refused, covered: self.covered, remedy, payer, ends: self.ends }
    }

    /// How good it is for the customer.
    pub fn gain(&self) -> Gain {
        gain(self.covered, self.remedy.as_deref(), self.ends)
    }
}
