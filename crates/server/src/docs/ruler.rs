//! The test page of a printer (打印测试页): rulers from the corner of the text, a cross in the
//! middle, a code to scan and the smallest words.

use super::{qr, whole};
use base::Lang;
use rulebook::model::{Paper, PaperKind};
use std::fmt::Write as _;

/// Longest ruler, in millimetres.
const LONGEST: u16 = 200;
/// How long the cross is upright where the paper has no height of its own.
const ROLL: u16 = 600;

/// The page for this paper.
pub fn page(paper: Paper, lang: Lang, day: &str) -> String {
    let cut = paper.cut();
    let [top, right, bottom, left] = cut.margins;
    let wide = (cut.width - left - right) / 10;
    let high = (cut.height.unwrap_or(ROLL) - top - bottom) / 10;
    // Labels have no room beside the rulers; their words stand in the angle of both.
    let words = words(paper, lang, day);
    let small = cut.kind == PaperKind::Label;
    let place = if small { "left:9mm;top:7mm;right:0" } else { "left:14mm;top:14mm;right:0" };
    let code = if small { String::new() } else { qr::svg("SANBAO-PRINT-TEST") };
    let high = high.min(LONGEST).saturating_sub(u16::from(small));
    let body = format!(
        "<div style=\"position:relative;height:{high}mm\">{}<div \
         style=\"position:absolute;{place}\">{words}<div style=\"width:20mm\">{code}</div></div>\
         </div>",
        rulers(wide.min(LONGEST), high, !small),
    );
    whole(paper, paper.title().get(lang), &[body])
}

fn words(paper: Paper, lang: Lang, day: &str) -> String {
    let title = paper.title();
    let title = title.get(lang);
    let small = paper.cut().kind == PaperKind::Label;
    let (zh, en) = (
        "左上角的尺从版心边缘量起。打印偏右写负的左右偏移，偏下写负的上下偏移；\
         100 毫米的尺量出来不是 100 毫米时调缩放。最小的字：保修卡 三包 0123456789",
        "The rulers begin at the corner of the text. What lies too far right needs a negative \
         offset across, too low a negative one down; adjust the scale where 100 mm are not 100 mm. \
         The smallest words: warranty 0123456789",
    );
    let said = if lang == Lang::Zh { zh } else { en };
    let said = if small { "" } else { said };
    format!("<b>{title}</b> {day}<div class=\"small\">{said}</div>")
}

/// Two rulers with a stroke per millimetre, and a cross at the end of the shorter way.
fn rulers(wide: u16, high: u16, cross: bool) -> String {
    let mut strokes = String::new();
    for (length, across) in [(wide, true), (high, false)] {
        for mm in 0..=length {
            let long = if mm % 10 == 0 {
                5
            } else if mm % 5 == 0 {
                3
            } else {
                2
            };
            let _ = if across {
                write!(strokes, "M{mm} 0V{long}")
            } else {
                write!(strokes, "M0 {mm}H{long}")
            };
        }
    }
    let mut numbers = String::new();
    for mm in (10..=wide).step_by(10).filter(|mm| *mm + 4 <= wide) {
        let _ = write!(numbers, "<text x=\"{mm}\" y=\"8\" text-anchor=\"middle\">{mm}</text>");
    }
    for mm in (10..=high).step_by(10).filter(|mm| *mm + 2 <= high) {
        let _ =
            write!(numbers, "<text x=\"6\" y=\"{mm}\" dominant-baseline=\"middle\">{mm}</text>");
    }
    if cross {
        let (x, y) = (wide / 2, high / 2);
        let _ = write!(strokes, "M{} {y}H{}M{x} {}V{}", x - 10, x + 10, y - 10, y + 10);
    }
    format!(
        "<svg style=\"position:absolute;left:0;top:0;width:{wide}mm;height:{high}mm\" \
         viewBox=\"0 0 {wide} {high}\" \
         font-size=\"2.6\"><path d=\"{strokes}\" fill=\"none\" stroke=\"#000\" \
         stroke-width=\".2\"/>{numbers}</svg>"
    )
}
