//! A workbook on its way out: in pieces, as it is packed, with lines of how far it is in between.

use crate::problem::Problem;
use crate::view::sheet::Book;
use axum::body::Body;
use axum::http::{HeaderName, header};
use rust_xlsxwriter::XlsxError;
use serde_json::{Value, json};
use std::io::{self, Write};
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;

/// What a page asks for that shows how far an export is.
pub const KIND: &str = "application/vnd.sanbao.export";
/// A workbook alone.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces and lines that wait for a slow network.
const WAITING: usize = 4;

type Piece = io::Result<Vec<u8>>;

/// Where pieces go, and whether lines are wanted between them.
pub struct Telling {
    sender: Sender<Piece>,
    lines: bool,
}

/// A body, and what fills it.
pub fn channel(lines: bool) -> (Telling, Body) {
    let (sender, pieces) = mpsc::channel(WAITING);
    (Telling { sender, lines }, Body::from_stream(ReceiverStream::new(pieces)))
}

/// The headers of an export. It is packed already, and nobody on the way shall collect it.
pub fn headers(kind: &str, name: &str) -> [(HeaderName, String); 4] {
    [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_ENCODING, "identity".to_owned()),
        (HeaderName::from_static("x-accel-buffering"), "no".to_owned()),
    ]
}

impl Telling {
    /// Says a line, where lines are wanted; whether somebody listens still.
    pub async fn say(&self, line: &Value) -> bool {
        if !self.lines {
            return !self.sender.is_closed();
        }
        self.sender.send(Ok(format!("{line}\n").into_bytes())).await.is_ok()
    }
}

/// Packs a workbook and gives it piece by piece.
pub async fn give(book: Book, telling: Telling) {
    let rows = book.rows();
    let Telling { sender, lines } = telling;
    let mut out = Pieces { sender: sender.clone(), lines, held: Vec::new() };
    let packed = tokio::task::spawn_blocking(move || {
        book.write_to(&mut out)?;
        out.flush().map_err(XlsxError::from)
    });
    let last = match packed.await {
        Ok(Ok(())) if lines => Ok(format!("{}\n", json!({ "end": rows })).into_bytes()),
        Ok(Ok(())) => return,
        // Who reads it learns that it broke off.
        Ok(Err(error)) => Err(io::Error::other(error.to_string())),
        Err(error) => Err(io::Error::other(error.to_string())),
    };
    if let Err(error) = &last {
        tracing::warn!(%error, "an export broke off");
    }
    // Nobody may be listening any more.
    let _ = sender.send(last).await;
}

/// The refusal of a workbook that cannot be written.
pub fn unwritten(error: &XlsxError) -> Problem {
    tracing::error!(%error, "a workbook could not be written");
    Problem::new("internal")
}

/// Gathers what is packed into pieces.
struct Pieces {
    sender: Sender<Piece>,
    lines: bool,
    held: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.held);
        let mut piece = if self.lines {
            format!("{}\n", json!({ "bytes": bytes.len() })).into_bytes()
        } else {
            Vec::new()
        };
        piece.extend(bytes);
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.sender.blocking_send(Ok(piece)).map_err(gone)
    }
}
