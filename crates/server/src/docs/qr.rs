//! QR codes as inline SVG.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Longest text put into a code.
const MAX: usize = 500;

/// The code of a text as an `svg` element; empty when the text is too long for one.
pub fn svg(text: &str) -> String {
    let text: String = text.chars().take(MAX).collect();
    let Ok(code) = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M) else {
        return String::new();
    };
    let drawn = code
        .render::<svg::Color<'_>>()
        // Four white modules all around: without them a scanner finds no edge.
        .quiet_zone(true)
        .min_dimensions(80, 80)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("none"))
        .build();
    // The XML declaration has no place inside HTML.
    drawn.split_once("?>").map_or(drawn.clone(), |(_, rest)| rest.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_one_svg_element() {
        let svg = super::svg("WX202611-0042");
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{svg}");
    }
}
