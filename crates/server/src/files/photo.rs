//! Pictures drawn anew: turned upright, not larger than needed, without hidden data.

use super::{Kind, exif};
use crate::problem::Problem;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use store::file::NewFile;

/// Longest side kept: a number plate is readable, a phone's 12 megapixels are not needed.
const MAX_SIDE: u32 = 2560;
/// Longest side decoded.
const MAX_DECODED_SIDE: u32 = 20_000;
/// Memory for decoding.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// Quality of JPEG.
const QUALITY: u8 = 85;

/// Draws the picture anew.
pub fn redraw(bytes: &[u8], kind: Kind) -> Result<NewFile, Problem> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_DECODED_SIDE);
    limits.max_image_height = Some(MAX_DECODED_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let orientation = decoder.orientation().map_err(broken)?;
    let taken = decoder.exif_metadata().ok().flatten().and_then(|raw| exif::taken(&raw));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > MAX_SIDE {
        picture = picture.thumbnail(MAX_SIDE, MAX_SIDE);
    }
    let mut out = Cursor::new(Vec::new());
    // Signatures are transparent; photos are not and become much smaller as JPEG.
    let kind = if format == ImageFormat::Png && picture.color().has_alpha() {
        picture.write_to(&mut out, ImageFormat::Png).map_err(broken)?;
        "image/png"
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
        picture.to_rgb8().write_with_encoder(encoder).map_err(broken)?;
        "image/jpeg"
    };
    Ok(NewFile {
        kind: kind.into(),
        bytes: out.into_inner(),
        width: Some(picture.width().into()),
        height: Some(picture.height().into()),
        taken,
    })
}

fn broken(_: image::ImageError) -> Problem {
    Problem::new("unsupported-type").detail(
        "图片已损坏或过大，无法读取；请重新拍照",
        "The picture is damaged or too large to be read; photograph it again",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbImage;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        RgbImage::new(width, height).write_to(&mut out, ImageFormat::Jpeg).expect("encodes");
        out.into_inner()
    }

    #[test]
    fn a_large_photo_becomes_smaller_and_hidden_data_is_gone() {
        let mut bytes = jpeg(3000, 10);
        let secret = b"hidden words";
        // A comment segment behind the start of the image.
        let mut segment = vec![0xff, 0xfe, 0, u8::try_from(secret.len() + 2).expect("short")];
        segment.extend_from_slice(secret);
        bytes.splice(2..2, segment);
        let kept = redraw(&bytes, Kind::Jpeg).expect("a photo");
        assert_eq!((kept.kind.as_str(), kept.width), ("image/jpeg", Some(2560)));
        assert!(!kept.bytes.windows(secret.len()).any(|w| w == secret));
    }

    #[test]
    fn a_broken_photo_is_refused() {
        let bytes = &jpeg(100, 100)[..200];
        assert_eq!(redraw(bytes, Kind::Jpeg).expect_err("refused").code(), "unsupported-type");
    }
}
