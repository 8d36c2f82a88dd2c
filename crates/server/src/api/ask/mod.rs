//! The public page of enquiries (在线咨询): asked without an account, read again behind a link.

mod look;
mod more;
mod open;
mod photo;

use crate::app::App;
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::DefaultBodyLimit;
use base::Text;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// Largest text request: a page of writing is a hundredth of it.
const TEXT_LIMIT: usize = 32 * 1024;
/// Largest photo; the page makes them smaller before it sends them.
const PHOTO_LIMIT: usize = 8 * 1024 * 1024;

/// `/ask`.
pub fn routes() -> OpenApiRouter<App> {
    let text = || DefaultBodyLimit::max(TEXT_LIMIT);
    OpenApiRouter::new()
        .routes(routes!(open::open).layer(text()))
        .routes(routes!(look::look, more::more).layer(text()))
        .routes(routes!(photo::send).layer(DefaultBodyLimit::max(PHOTO_LIMIT)))
        .routes(routes!(photo::get))
}

/// A text somebody wrote: not empty, not longer than there is room for.
fn written(field: &str, text: &str, most: usize) -> Answer<String> {
    let text = clean::text(text);
    let length = text.chars().count();
    if length == 0 {
        return Err(wrong(field, Text::new("请写下内容", "Write what it is about")));
    }
    if length > most {
        return Err(wrong(
            field,
            Text::new(format!("最多 {most} 个字"), format!("At most {most} characters")),
        ));
    }
    Ok(text)
}

fn wrong(field: &str, sentence: Text) -> Problem {
    Problem::new("form-invalid").field(field, "invalid", sentence)
}
