//! When a photo was taken, from its EXIF block: the only thing kept of it.

use serde_json::{Value as Json, json};

/// `DateTimeOriginal` and its place within the sub-directory.
const EXIF_POINTER: u16 = 0x8769;
const DATE_TIME: u16 = 0x0132;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
/// Most entries of a directory looked at.
const MAX_ENTRIES: u16 = 200;

/// `{"at": "2026-11-21T14:05:00"}`: camera time, without a zone; `None` when it says nothing.
pub fn taken(raw: &[u8]) -> Option<Json> {
    let tiff = Tiff::new(raw)?;
    let first = tiff.u32(4)?;
    let original =
        tiff.find(first, EXIF_POINTER).and_then(|at| tiff.find(tiff.u32(at)?, DATE_TIME_ORIGINAL));
    let entry = original.or_else(|| tiff.find(first, DATE_TIME))?;
    let at = tiff.date_time(entry)?;
    Some(json!({ "at": at }))
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            [b'I', b'I', 42, 0] => Some(Self { bytes, little: true }),
            [b'M', b'M', 0, 42] => Some(Self { bytes, little: false }),
            _ => None,
        }
    }

    fn u16(&self, at: u32) -> Option<u16> {
        let at = usize::try_from(at).ok()?;
        let raw: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(raw) } else { u16::from_be_bytes(raw) })
    }

    fn u32(&self, at: u32) -> Option<u32> {
        let at = usize::try_from(at).ok()?;
        let raw: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
    }

    /// Where the value field of a tag stands within a directory.
    fn find(&self, directory: u32, tag: u16) -> Option<u32> {
        let entries = self.u16(directory)?.min(MAX_ENTRIES);
        (0..u32::from(entries))
            .map(|n| directory.checked_add(2 + n * 12))
            .map_while(|at| at)
            .find(|at| self.u16(*at) == Some(tag))?
            .checked_add(8)
    }

    /// `2026:11:21 14:05:00` as an ISO date and time.
    fn date_time(&self, entry: u32) -> Option<String> {
        let at = usize::try_from(self.u32(entry)?).ok()?;
        let text = std::str::from_utf8(self.bytes.get(at..at.checked_add(19)?)?).ok()?;
        let (day, time) = text.split_once(' ')?;
        let iso = format!("{}T{time}", day.replace(':', "-"));
        iso.parse::<jiff::civil::DateTime>().ok().map(|_| iso)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_read_and_nonsense_is_not() {
        let mut raw = b"II\x2a\0\x08\0\0\0\x01\0".to_vec();
        raw.extend_from_slice(&[0x32, 0x01, 2, 0, 20, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
        raw.extend_from_slice(b"2026:11:21 14:05:00\0");
        assert_eq!(taken(&raw), Some(json!({ "at": "2026-11-21T14:05:00" })));
        for cut in 0..raw.len() - 1 {
            assert_eq!(taken(&raw[..cut]), None, "{cut}");
        }
    }
}
