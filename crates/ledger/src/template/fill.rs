//! Filling a template: variables and answers become moves.

use super::{Answer, Template, TemplateMove, Tracked};
use crate::pattern::Place;
use crate::{Amount, Chart, Code, Key, Move, Path, Pattern, Refused};
use base::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

impl<E> Template<E> {
    /// The moves for these keys. Money is rounded half up once, for each move; what comes out as
    /// zero is left out, so that an allowance that is switched off posts nothing.
    ///
    /// Of several things wrong the first in the order of [`Code`] is named.
    pub fn fill(
        &self,
        chart: &Chart,
        keys: &BTreeMap<String, String>,
        tracked: Tracked<'_>,
        mut answer: impl FnMut(&E) -> Answer,
    ) -> Result<Vec<Move>, Refused> {
        let mut moves = Vec::new();
        let mut first: Option<Refused> = None;
        for each in &self.moves {
            match each.fill(chart, keys, tracked, &mut answer) {
                Ok(made) => moves.extend(made),
                Err(refused) => {
                    if first.as_ref().is_none_or(|known| refused.code < known.code) {
                        first = Some(refused);
                    }
                }
            }
        }
        first.map_or(Ok(moves), Err)
    }
}

impl<E> TemplateMove<E> {
    fn fill(
        &self,
        chart: &Chart,
        keys: &BTreeMap<String, String>,
        tracked: Tracked<'_>,
        answer: &mut impl FnMut(&E) -> Answer,
    ) -> Result<Vec<Move>, Refused> {
        let (from, to) = (path(&self.from, keys)?, path(&self.to, keys)?);
        let missing = || Refused::about(Code::ValueMissing, self.to.source());
        let one = |what| vec![Move { from: from.clone(), to: to.clone(), what }];
        let part = self.part(chart, keys)?;
        let Some(part) = part else {
            let fen = number(self.amount.as_ref(), answer).ok_or_else(missing)?;
            let fen = Money::try_from_fen(fen)
                .ok_or_else(|| Refused::about(Code::AmountTooLarge, from.as_str()))?;
            return Ok(if fen == Money::ZERO { vec![] } else { one(Amount::Fen(fen.0)) });
        };
        let pieces = number(self.pieces.as_ref(), answer).ok_or_else(missing)?;
        if !pieces.is_integer() {
            let about = format!("{} {part}", pieces.normalize());
            return Err(Refused::about(Code::PiecesNotWhole, about));
        }
        let count =
            pieces.to_i64().ok_or_else(|| Refused::about(Code::AmountTooLarge, from.as_str()))?;
        if !tracked(&part) {
            return Ok(if count == 0 { vec![] } else { one(Amount::Pieces { part, count }) });
        }
        let serials = match self.serials.as_ref().map(answer) {
            Some(Answer::Serials(serials)) => serials,
            _ => vec![],
        };
        let given = i64::try_from(serials.len()).unwrap_or(i64::MAX);
        if given != count {
            let commodity = crate::Commodity::Serials(part.clone());
            let refused = Refused::about(Code::SerialsCount, part.as_str());
            return Err(refused.amounts(&commodity, count, given));
        }
        let mut moves = Vec::new();
        for serial in serials {
            let serial = Key::try_new(&serial)?;
            moves.extend(one(Amount::Serial { part: part.clone(), serial }));
        }
        Ok(moves)
    }

    /// The part it moves; `None` when it moves money.
    fn part(&self, chart: &Chart, keys: &BTreeMap<String, String>) -> Result<Option<Key>, Refused> {
        if self.pieces.is_none() {
            return Ok(None);
        }
        let place = chart
            .rule(&self.from)
            .and_then(|rule| self.from.places().get(rule.part_place()?))
            .ok_or_else(|| Refused::about(Code::RuleMissing, self.from.source()))?;
        Key::try_new(word(place, keys)?).map(Some)
    }
}

fn number<E>(expr: Option<&E>, answer: &mut impl FnMut(&E) -> Answer) -> Option<Decimal> {
    match answer(expr?) {
        Answer::Number(number) => Some(number),
        _ => None,
    }
}

fn word<'a>(place: &'a Place, keys: &'a BTreeMap<String, String>) -> Result<&'a str, Refused> {
    match place {
        Place::Word(word) => Ok(word),
        Place::Name(name) => keys
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| Refused::about(Code::VariableMissing, name)),
    }
}

/// The path of a pattern. A key with a slash in it is refused, so that no value from a form can
/// reach another account than the template means.
fn path(pattern: &Pattern, keys: &BTreeMap<String, String>) -> Result<Path, Refused> {
    let mut words = Vec::new();
    for place in pattern.places() {
        let key = word(place, keys)?;
        words.push(Key::try_new(key)?.to_string());
    }
    Path::try_new(&words.join("/"))
}
