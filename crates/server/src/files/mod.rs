//! Uploads: what a file really is, photos made anew without their hidden data.

mod exif;
mod photo;

use crate::problem::Problem;
use base::Text;
use store::file::NewFile;

/// Largest upload.
pub const MAX_BYTES: usize = 12 * 1024 * 1024;

/// What a file is by its first bytes; its name and declared type are not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A photo.
    Jpeg,
    /// A drawing or a signature.
    Png,
    /// A photo.
    Webp,
    /// A scan.
    Pdf,
}

/// The kind of a file, `None` when it is none that is taken.
pub fn sniff(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Kind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
        _ => None,
    }
}

/// Makes the file that is kept from an upload. Pictures are drawn anew, so that nothing hidden in
/// them survives; where and when a photo was taken is kept as data.
pub fn accept(bytes: Vec<u8>, declared: Option<&str>) -> Result<NewFile, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    let Some(kind) = sniff(&bytes) else {
        return Err(Problem::new("unsupported-type").detail(
            "只接受 JPEG、PNG、WebP 图片和 PDF；请重新拍照或导出",
            "Only JPEG, PNG and WebP pictures and PDF are taken; photograph or export it again",
        ));
    };
    if declared.is_some_and(|d| lies(d, kind)) {
        let declared: String = declared.unwrap_or_default().chars().take(60).collect();
        return Err(Problem::new("unsupported-type").field(
            "file",
            "type",
            Text::new(
                format!("文件声称是 {declared}，内容却不是；请上传原始照片"),
                format!("The file claims to be {declared} but is not; upload the original photo"),
            ),
        ));
    }
    match kind {
        Kind::Pdf => Ok(NewFile {
            kind: "application/pdf".into(),
            bytes,
            width: None,
            height: None,
            taken: None,
        }),
        _ => photo::redraw(&bytes, kind),
    }
}

/// The problem of a file that is too large.
pub fn too_large() -> Problem {
    Problem::new("too-large").detail(
        "文件超过 12 MB；请压缩或重新拍照",
        "The file is larger than 12 MB; compress it or photograph it again",
    )
}

/// Whether the declared type names another kind of content; unspecific ones do not lie.
fn lies(declared: &str, kind: Kind) -> bool {
    let declared = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is = match kind {
        Kind::Jpeg => ["image/jpeg", "image/jpg"].contains(&declared.as_str()),
        Kind::Png => declared == "image/png",
        Kind::Webp => declared == "image/webp",
        Kind::Pdf => declared == "application/pdf",
    };
    !is && !declared.is_empty() && declared != "application/octet-stream"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let png = b"\x89PNG\r\n\x1a\nrest".to_vec();
        for (bytes, declared, code) in [
            (b"<html>".to_vec(), Some("image/jpeg"), "unsupported-type"),
            (b"MZ\x90".to_vec(), None, "unsupported-type"),
            (png.clone(), Some("image/jpeg"), "unsupported-type"),
            (png, Some("image/png"), "unsupported-type"),
            (vec![], None, "unsupported-type"),
        ] {
            let problem = accept(bytes, declared).expect_err("refused");
            assert_eq!(problem.code(), code);
        }
        let pdf = accept(b"%PDF-1.7 ...".to_vec(), Some("application/octet-stream"));
        assert_eq!(pdf.expect("taken").kind, "application/pdf");
    }
}
