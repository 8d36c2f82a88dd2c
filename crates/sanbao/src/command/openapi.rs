//! `sanbao openapi`: the HTTP interface as an OpenAPI 3.1 document.

use std::process::ExitCode;

/// Prints the document.
pub fn run() -> ExitCode {
    match server::openapi().to_pretty_json() {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
