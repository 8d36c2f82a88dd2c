//! Paper (纸张): what a printed form lies on, and what it measures.

use base::Text;
use serde::{Deserialize, Serialize};

/// Paper that a counter has (纸张). Each is cut one way only: what needs another height is another
/// paper, so that a printer is set up once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// A4 upright, 210 × 297 mm.
    #[serde(rename = "A4")]
    A4,
    /// A5 lying, 210 × 148 mm: half of an A4 sheet, as receipts and notices are cut.
    #[serde(rename = "A5")]
    A5,
    /// Impact paper in three parts (三联), whole: 241 × 279.4 mm.
    #[serde(rename = "triple_241")]
    Triple241,
    /// Impact paper in three parts, half (二等分): 241 × 139.7 mm.
    #[serde(rename = "triple_241_half")]
    Triple241Half,
    /// Impact paper in three parts, a third (三等分): 241 × 93.1 mm.
    #[serde(rename = "triple_241_third")]
    Triple241Third,
    /// Receipt roll 58 mm wide, of which 48 mm are printed; as long as it needs to be.
    #[serde(rename = "receipt_58")]
    Receipt58,
    /// Receipt roll 80 mm wide, of which 72 mm are printed; as long as it needs to be.
    #[serde(rename = "receipt_80")]
    Receipt80,
    /// Label 60 × 40 mm.
    #[serde(rename = "label_60x40")]
    Label60x40,
    /// Label 40 × 30 mm.
    #[serde(rename = "label_40x30")]
    Label40x30,
}

/// How paper is printed on, which decides lines, greys and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// Single sheets in a laser or ink printer.
    Sheet,
    /// Continuous paper with carbon in a needle printer (针式打印机): black only, no thin strokes.
    Impact,
    /// A roll in a thermal printer: one column.
    Receipt,
    /// Labels on a roll.
    Label,
}

/// What a paper measures, in tenths of a millimetre and of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Its name in the rulebook.
    pub key: &'static str,
    /// How it is printed on.
    pub kind: PaperKind,
    /// Width.
    pub width: u16,
    /// Height; `None` for a roll, which is cut where the text ends.
    pub height: Option<u16>,
    /// Margins that no printer of this kind reaches into: top, right, bottom, left. On impact
    /// paper the sides hold the strips with the holes.
    pub margins: [u16; 4],
    /// Size of the text.
    pub font: u16,
    /// Smallest text: below it the needles of an impact printer, or the dots of a thermal one, run
    /// a Chinese character into a blot.
    pub floor: u16,
}

impl Paper {
    /// Every paper, in the order in which a person is asked.
    pub const ALL: [Self; 9] = [
        Self::A4,
        Self::A5,
        Self::Triple241,
        Self::Triple241Half,
        Self::Triple241Third,
        Self::Receipt58,
        Self::Receipt80,
        Self::Label60x40,
        Self::Label40x30,
    ];

    /// What it measures: the one table of it.
    pub const fn cut(self) -> Cut {
        use PaperKind::{Impact, Label, Receipt, Sheet};
        match self {
            Self::A4 => cut("A4", Sheet, (2100, 2970), [120, 130, 140, 130], (105, 75)),
            Self::A5 => cut("A5", Sheet, (2100, 1480), [80, 100, 90, 100], (95, 75)),
            Self::Triple241 => {
                cut("triple_241", Impact, (2410, 2794), [80, 190, 80, 190], (105, 90))
            }
            Self::Triple241Half => {
                cut("triple_241_half", Impact, (2410, 1397), [60, 190, 60, 190], (95, 90))
            }
            Self::Triple241Third => {
                cut("triple_241_third", Impact, (2410, 931), [40, 190, 40, 190], (90, 90))
            }
            Self::Receipt58 => cut("receipt_58", Receipt, (580, 0), [30, 50, 60, 50], (85, 75)),
            Self::Receipt80 => cut("receipt_80", Receipt, (800, 0), [30, 40, 60, 40], (95, 80)),
            Self::Label60x40 => cut("label_60x40", Label, (600, 400), [20, 20, 20, 20], (80, 60)),
            Self::Label40x30 => cut("label_40x30", Label, (400, 300), [15, 15, 15, 15], (65, 55)),
        }
    }

    /// Its name in the rulebook.
    pub const fn key(self) -> &'static str {
        self.cut().key
    }

    /// The paper of that name.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.key() == key)
    }

    /// Its name as people say it.
    pub fn title(self) -> Text {
        let (zh, en) = match self {
            Self::A4 => ("A4", "A4"),
            Self::A5 => ("A5 横", "A5 landscape"),
            Self::Triple241 => ("241 三联 整张", "241 mm three-part, whole"),
            Self::Triple241Half => ("241 三联 二等分", "241 mm three-part, half"),
            Self::Triple241Third => ("241 三联 三等分", "241 mm three-part, third"),
            Self::Receipt58 => ("58 mm 小票", "58 mm receipt"),
            Self::Receipt80 => ("80 mm 小票", "80 mm receipt"),
            Self::Label60x40 => ("标签 60×40", "Label 60×40"),
            Self::Label40x30 => ("标签 40×30", "Label 40×30"),
        };
        Text::new(zh, en)
    }
}

const fn cut(
    key: &'static str,
    kind: PaperKind,
    (width, height): (u16, u16),
    margins: [u16; 4],
    (font, floor): (u16, u16),
) -> Cut {
    let height = if height == 0 { None } else { Some(height) };
    Cut { key, kind, width, height, margins, font, floor }
}

#[cfg(test)]
mod tests {
    use super::{Paper, PaperKind};

    #[test]
    fn the_name_in_the_table_is_the_name_in_the_rulebook() {
        for paper in Paper::ALL {
            let written = serde_json::to_value(paper).expect("a unit variant is a string");
            assert_eq!(written, paper.key());
            assert_eq!(Paper::named(paper.key()), Some(paper));
        }
        assert_eq!(Paper::named("A3"), None);
    }

    #[test]
    fn what_is_printed_fits_on_it_and_can_be_read() {
        for paper in Paper::ALL {
            let cut = paper.cut();
            let [top, right, bottom, left] = cut.margins;
            assert!(left + right < cut.width && cut.height.is_none_or(|h| top + bottom < h));
            assert!(cut.font >= cut.floor, "{}", cut.key);
            // 24 needles at 180 dpi draw a Chinese character 9 points high.
            assert!(cut.kind != PaperKind::Impact || cut.floor >= 90, "{}", cut.key);
        }
    }
}
