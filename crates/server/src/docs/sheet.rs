//! The style of a page: one sheet per paper, which templates do not repeat.

use rulebook::model::{Paper, PaperKind};
use std::fmt::Write as _;

const ALL: &str = include_str!("sheet/all.css");
const IMPACT: &str = include_str!("sheet/impact.css");
const RECEIPT: &str = include_str!("sheet/receipt.css");
const LABEL: &str = include_str!("sheet/label.css");

/// A third has room for a dozen rows only.
const THIRD: &str = "body { line-height: 1.2; } th, td { padding: .03em .3em; } \
    header .no svg { width: 12mm; height: 12mm; } table { margin-bottom: .15em; } \
    .ink { height: 6mm; } .sign { margin-top: .2em; } .sign div { min-height: 1.6em; }\n";

/// Half a sheet lying: an order with four lines and its signatures stays on one.
const LYING: &str = "body { line-height: 1.28; } th, td { padding: .14em .4em; } \
    table { margin-bottom: .3em; } p { margin: .2em 0; } .sign { margin-top: .45em; } \
    .sign div { min-height: 2em; } .ink { height: 8mm; } footer { margin-top: .35em; } \
    .sheet:has(.by-hand) td { height: 5.8mm; } \
    .sheet:has(.by-hand) .sign div { min-height: 8mm; }\n";

/// Furthest that a print is moved on its paper, in tenths of a millimetre.
pub const MOST_OFFSET: i32 = 300;
/// How far a print is made smaller or larger, in percent.
pub const SCALES: std::ops::RangeInclusive<i32> = 80..=120;
/// A roll has no height until somebody measures what lies on it; this one is for who does not.
const ROLL: u16 = 2970;

/// How one printer of one workstation puts it on the paper (打印设置).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// To the right, in tenths of a millimetre.
    pub right: i32,
    /// Down, in tenths of a millimetre.
    pub down: i32,
    /// Size, in percent.
    pub scale: i32,
    /// Bold and black throughout, for a worn ribbon.
    pub dark: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { right: 0, down: 0, scale: 100, dark: false }
    }
}

/// The `style` element of a page on this paper.
pub fn style(paper: Paper, look: Look) -> String {
    let cut = paper.cut();
    let roll = if cut.height.is_none() {
        format!(" data-roll=\"{}\"", mm(i32::from(cut.width)))
    } else {
        String::new()
    };
    format!("<style data-paper=\"{}\"{roll}>\n{}</style>", cut.key, css(paper, look))
}

/// The text of the sheet.
fn css(paper: Paper, look: Look) -> String {
    let cut = paper.cut();
    let height = cut.height.unwrap_or(ROLL);
    let (width, tall) = (i32::from(cut.width), i32::from(height));
    let [top, right, bottom, left] = cut.margins.map(i32::from);
    // What moves right takes of the right margin: the width of the text stays.
    let top = (top + look.down).max(0);
    let bottom = (bottom - look.down).max(0);
    let left = (left + look.right).max(0);
    let right = (right - look.right).max(0);
    let inner = width - left - right;
    let own = matches!(cut.kind, PaperKind::Receipt | PaperKind::Label);
    let mut css = String::from(ALL);
    css.push_str(match cut.kind {
        PaperKind::Sheet => "",
        PaperKind::Impact => IMPACT,
        PaperKind::Receipt => RECEIPT,
        PaperKind::Label => LABEL,
    });
    let margins = [top, right, bottom, left].map(|side| format!("{}mm", mm(side))).join(" ");
    let page = if own { "0".to_owned() } else { margins.clone() };
    let (width, tall) = (mm(width), mm(tall));
    let (font, floor) = (mm(i32::from(cut.font)), mm(i32::from(cut.floor)));
    let _ = write!(
        css,
        "@page {{ size: {width}mm {tall}mm; margin: {page}; }}\n\
         body {{ font-size: {font}pt; }}\n\
         .small, footer, .copy, header .station, header .no {{ \
         font-size: max(.9em, {floor}pt); }}\n"
    );
    if own {
        let _ = writeln!(css, ".sheet {{ width: {width}mm; padding: {margins}; }}");
    }
    match paper {
        Paper::Label60x40 => css.push_str(":root { --code: 25mm; }\n"),
        Paper::Label40x30 => {
            css.push_str(":root { --code: 18mm; }\n.label .roomy { display: none; }\n");
        }
        Paper::Triple241Third => css.push_str(THIRD),
        Paper::A5 => css.push_str(LYING),
        _ => {}
    }
    if cut.kind == PaperKind::Label {
        // A hair less than the label: rounding must not feed a second one.
        let high = i32::from(height) * 100 / look.scale.max(100) - 2;
        let _ = writeln!(css, ".sheet {{ height: {}mm; }}", mm(high));
    }
    let least = if cut.height.is_some() { &tall } else { "0" };
    let _ = write!(
        css,
        "@media print {{ .sheet {{ zoom: {}%; {} }} }}\n\
         @media screen {{ html {{ background: #dcd9d0; }} body {{ padding: 5mm; width: \
         calc({width}mm + 10mm); }} .sheet {{ width: {width}mm; min-height: {least}mm; padding: \
         {margins}; background: #fff; box-shadow: 0 .5mm 2mm #0004; }} .sheet + .sheet {{ \
         margin-top: 5mm; }} }}\n",
        look.scale,
        if own { String::new() } else { format!("width: {}mm;", mm(inner)) },
    );
    if cut.kind == PaperKind::Sheet {
        css.push_str(
            "@page { @bottom-right { content: counter(page) \" / \" counter(pages); \
             font: 7.5pt sans-serif; color: #6b7280; } }\n",
        );
    }
    if look.dark {
        css.push_str("* { color: #000 !important; font-weight: 700 !important; }\n");
    }
    css
}

/// Tenths as a decimal: `93.1`.
fn mm(tenths: i32) -> String {
    if tenths % 10 == 0 {
        format!("{}", tenths / 10)
    } else {
        format!("{}.{}", tenths / 10, (tenths % 10).abs())
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, mm, style};
    use rulebook::model::Paper;

    #[test]
    fn a_page_has_the_size_of_its_paper() {
        let check = |paper, size: &str| {
            let style = style(paper, Look::default());
            assert!(style.contains(&format!("@page {{ size: {size};")), "{size}: {style}");
        };
        check(Paper::A4, "210mm 297mm");
        check(Paper::A5, "210mm 148mm");
        check(Paper::Triple241, "241mm 279.4mm");
        check(Paper::Triple241Half, "241mm 139.7mm");
        check(Paper::Triple241Third, "241mm 93.1mm");
        check(Paper::Label40x30, "40mm 30mm");
        check(Paper::Receipt58, "58mm 297mm");
    }

    #[test]
    fn an_offset_moves_the_text_and_leaves_it_as_wide() {
        let look = Look { right: 15, down: -20, ..Look::default() };
        let moved = style(Paper::Triple241Half, look);
        assert!(moved.contains("margin: 4mm 17.5mm 8mm 20.5mm"), "{moved}");
        assert_eq!([mm(-5), mm(931), mm(20)], ["0.5", "93.1", "2"]);
    }
}
