//! Paper (纸张) as shown.

use super::Words;
use rulebook::model::{Paper, PaperKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A paper with its measures in millimetres.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Paper)]
pub struct PaperView {
    /// `A4`, `triple_241_half`, `receipt_80`…
    key: String,
    title: Words,
    /// `sheet`, `impact`, `receipt`, `label`.
    #[schema(value_type = String)]
    kind: PaperKind,
    width_mm: f64,
    /// Missing for a roll, which is cut where the text ends.
    height_mm: Option<f64>,
    /// Top and bottom margins together.
    margins_mm: f64,
}

impl From<Paper> for PaperView {
    fn from(paper: Paper) -> Self {
        let cut = paper.cut();
        let mm = |tenths: u16| f64::from(tenths) / 10.0;
        Self {
            key: cut.key.to_owned(),
            title: (&paper.title()).into(),
            kind: cut.kind,
            width_mm: mm(cut.width),
            height_mm: cut.height.map(mm),
            margins_mm: mm(cut.margins[0] + cut.margins[2]),
        }
    }
}
