//! How somebody asks to see a paper: the words of an address.

use super::dress::Copies;
use super::sheet::{Look, MOST_OFFSET, SCALES};
use crate::problem::{Answer, Problem};
use base::Text;
use rulebook::model::Paper;
use serde::Deserialize;
use utoipa::IntoParams;

/// How a page is put on the paper.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
pub struct Asked {
    /// `zh` or `en`, for a frame that cannot send a header.
    pub lang: Option<String>,
    /// Another paper than the usual one: `A5`, `receipt_80`…
    paper: Option<String>,
    /// To the right, in millimetres; negative is to the left.
    x: Option<f64>,
    /// Down, in millimetres; negative is up.
    y: Option<f64>,
    /// Size in percent, 80 to 120.
    scale: Option<i32>,
    /// Black and bold throughout, for a worn ribbon: `1`.
    dark: Option<u8>,
    /// `each` copy on its own, `carbon` once for all, or the number of one.
    copies: Option<String>,
    /// Which print it is, from 1: from the second on it says 补打第 n 次.
    pub print: Option<i64>,
}

impl Asked {
    /// How the printer puts it there; refused is what no printer does.
    pub fn look(&self) -> Answer<Look> {
        look((self.x, self.y), self.scale, self.dark)
    }

    /// The paper asked for, of those the form may lie on.
    pub fn paper(&self, allowed: &[Paper]) -> Answer<Option<Paper>> {
        let Some(key) = self.paper.as_deref().filter(|key| !key.is_empty()) else {
            return Ok(None);
        };
        let known = Paper::named(key).filter(|paper| allowed.contains(paper));
        let list = |lang| {
            let titles = allowed.iter().map(|paper| paper.title().get(lang).to_owned());
            titles.collect::<Vec<_>>()
        };
        known.map(Some).ok_or_else(|| {
            let zh = format!("这张单据不印在“{key}”上；可用：{}", list(base::Lang::Zh).join("、"));
            let en = format!(
                "This document is not printed on `{key}`; it may lie on {}",
                list(base::Lang::En).join(", ")
            );
            refused("paper", zh, en)
        })
    }

    /// Which copies.
    pub fn copies(&self) -> Answer<Copies> {
        match self.copies.as_deref() {
            None | Some("" | "each") => Ok(Copies::Each),
            Some("carbon") => Ok(Copies::Carbon),
            Some(number) => match number.parse() {
                Ok(number @ 1..=9) => Ok(Copies::One(number)),
                _ => Err(refused(
                    "copies",
                    "联次须是 each、carbon，或第几联的数字".to_owned(),
                    "The copies must be each, carbon, or the number of one".to_owned(),
                )),
            },
        }
    }
}

/// How a printer puts it there: moved by so many millimetres, so large, so dark.
pub fn look(
    (x, y): (Option<f64>, Option<f64>),
    scale: Option<i32>,
    dark: Option<u8>,
) -> Answer<Look> {
    let right = tenths("x", x)?;
    let down = tenths("y", y)?;
    let scale = scale.unwrap_or(100);
    if !SCALES.contains(&scale) {
        let (zh, en) = (
            format!("缩放须在 {}% 到 {}% 之间", SCALES.start(), SCALES.end()),
            format!("The scale must be from {} to {} %", SCALES.start(), SCALES.end()),
        );
        return Err(refused("scale", zh, en));
    }
    Ok(Look { right, down, scale, dark: dark.is_some_and(|on| on != 0) })
}

fn tenths(field: &str, mm: Option<f64>) -> Answer<i32> {
    let tenths = (mm.unwrap_or(0.0) * 10.0).round();
    if tenths.abs() <= f64::from(MOST_OFFSET) {
        #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
        return Ok(tenths as i32);
    }
    let most = MOST_OFFSET / 10;
    Err(refused(
        field,
        format!("偏移最多 {most} 毫米；差得更多时请调整打印机的走纸位置"),
        format!("An offset is at most {most} mm; beyond that, move the paper in the printer"),
    ))
}

fn refused(field: &str, zh: String, en: String) -> Problem {
    let sentence = Text::new(zh, en);
    Problem::new("form-invalid").sentence(sentence.clone()).field(field, "invalid", sentence)
}

#[cfg(test)]
mod tests {
    use super::{Asked, Copies, Paper};

    #[test]
    fn what_no_printer_does_is_refused_in_a_sentence() {
        let ask = |asked: Asked| asked.look().map_err(|problem| problem.code().to_owned());
        let x = |x| ask(Asked { x: Some(x), ..Asked::default() });
        assert_eq!(x(1.25).map(|look| look.right), Ok(13));
        assert_eq!(x(-30.0).map(|look| look.right), Ok(-300));
        for far in [30.1, f64::NAN, f64::INFINITY] {
            assert_eq!(x(far), Err("form-invalid".to_owned()), "{far}");
        }
        let scale = |scale| ask(Asked { scale: Some(scale), ..Asked::default() });
        assert!(scale(98).is_ok() && scale(0).is_err() && scale(500).is_err());
    }

    #[test]
    fn a_paper_the_form_does_not_lie_on_is_refused() {
        let ask = |paper: &str| {
            let asked = Asked { paper: Some(paper.into()), ..Asked::default() };
            asked.paper(&[Paper::A4, Paper::Receipt80]).map_err(|_| ())
        };
        assert_eq!(ask("receipt_80"), Ok(Some(Paper::Receipt80)));
        assert_eq!([ask("A5"), ask("A3")], [Err(()), Err(())]);
        assert_eq!(ask(""), Ok(None));
    }

    #[test]
    fn copies_are_named_or_numbered() {
        let ask = |copies: &str| {
            let asked = Asked { copies: Some(copies.into()), ..Asked::default() };
            asked.copies().map_err(|_| ())
        };
        assert_eq!(ask("carbon"), Ok(Copies::Carbon));
        assert_eq!(ask("2"), Ok(Copies::One(2)));
        assert_eq!([ask("0"), ask("x"), ask("-1")], [Err(()); 3]);
    }
}
