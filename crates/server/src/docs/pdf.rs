//! PDF of a document by a headless Chromium, where the machine has one.
//!
//! The page is ours and complete in itself: its policy forbids scripts but the one that cuts a
//! roll, and every host is unknown to the browser, so that a template can neither run nor fetch
//! anything.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// Longest time one page may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Browsers at a time: each takes a core and some hundred megabytes.
static BROWSERS: Semaphore = Semaphore::const_new(1);
/// Where distributions put it.
const PLACES: &[&str] =
    &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// Measures what lies on a roll and cuts the page there: CSS knows no height of its own. The only
/// script that the page's policy lets run, by its hash.
const CUT: &str = include_str!("sheet/cut.js");

/// Stands before the page; a parser puts it into the head.
fn policy(script: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:{script}\">"
    )
}

/// The page with its policy; of a roll, with what cuts it.
fn guarded(html: &str) -> String {
    if !html.contains(" data-roll=\"") {
        return format!("{}{html}", policy(""));
    }
    let hash = BASE64.encode(&Sha256::digest(CUT.as_bytes()));
    let allowed = policy(&format!("; script-src 'sha256-{hash}'"));
    format!("{allowed}{html}<script>{CUT}</script>")
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// No browser on this machine.
    #[error("there is no Chromium on this machine")]
    NoRenderer,
    /// The browser did not make the page.
    #[error("Chromium made no page: {0}")]
    Failed(String),
    /// The folder for the page cannot be used.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// The browser of this machine.
pub fn renderer() -> Option<&'static Path> {
    PLACES.iter().map(Path::new).find(|place| place.exists())
}

/// The document as PDF. `folder` is one of our own, named for this request; it is removed again.
pub async fn render(html: &str, folder: PathBuf) -> Result<Vec<u8>, PdfError> {
    let browser = renderer().ok_or(PdfError::NoRenderer)?;
    let turn = BROWSERS.acquire().await;
    tokio::fs::create_dir_all(&folder).await?;
    let made = print(browser, html, &folder).await;
    // The page is in clear: it goes whatever came of it.
    let removed = tokio::fs::remove_dir_all(&folder).await;
    drop(turn);
    let made = made?;
    removed?;
    Ok(made)
}

async fn print(browser: &Path, html: &str, folder: &Path) -> Result<Vec<u8>, PdfError> {
    let folder = tokio::fs::canonicalize(folder).await?;
    let (page, pdf) = (folder.join("page.html"), folder.join("page.pdf"));
    tokio::fs::write(&page, guarded(html)).await?;
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"])
        .args(["--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"])
        // Chromium refuses its own sandbox to root; anybody else keeps it.
        .args(is_root().then_some("--no-sandbox"))
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(&page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let ended = tokio::time::timeout(PATIENCE, command.output()).await;
    let said = ended.map_err(|_| PdfError::Failed("it took too long".into()))??;
    tokio::fs::read(&pdf).await.map_err(|_| {
        let words = String::from_utf8_lossy(&said.stderr);
        PdfError::Failed(words.lines().last().unwrap_or("no reason given").to_owned())
    })
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Width and height of the pages of a PDF, in millimetres, as Chromium writes them.
pub fn page_sizes(pdf: &[u8]) -> Vec<(f64, f64)> {
    let text = String::from_utf8_lossy(pdf);
    let boxes = text.split("/MediaBox").skip(1).filter_map(|rest| {
        let inside = rest.split_once('[')?.1.split_once(']')?.0;
        let numbers: Vec<f64> = inside.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        let [_, _, width, height] = numbers[..] else { return None };
        Some((width / 72.0 * 25.4, height / 72.0 * 25.4))
    });
    boxes.collect()
}

#[cfg(test)]
mod tests {
    use super::{guarded, page_sizes};
    use crate::docs::whole;
    use rulebook::model::Paper;

    #[test]
    fn only_a_roll_may_run_what_cuts_it() {
        let check = |paper, scripts: usize| {
            let page = guarded(&whole(paper, "结算单", &["<script>alert(1)</script>".into()]));
            assert_eq!(page.matches("script-src").count(), scripts);
            assert!(
                !page.contains("'unsafe-inline'; script") && page.contains("default-src 'none'")
            );
        };
        check(Paper::A4, 0);
        check(Paper::Receipt80, 1);
    }

    #[test]
    fn a_page_size_is_read_in_millimetres() {
        let pdf = b"<</Type /Page\n/MediaBox [0 0 226.79999 400.5]>>";
        let sizes = page_sizes(pdf);
        let [(width, height)] = sizes[..] else { panic!("one page: {sizes:?}") };
        assert!((width - 80.0).abs() < 0.1 && (height - 141.3).abs() < 0.1, "{sizes:?}");
    }
}
