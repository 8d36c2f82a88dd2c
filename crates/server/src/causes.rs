//! Errors in words.

/// An error with what it came from: `client error (Connect)` alone helps nobody.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
    let mut sentence = error.to_string();
    let mut next = error.source();
    while let Some(why) = next {
        sentence = format!("{sentence}: {why}");
        next = why.source();
    }
    sentence
}
