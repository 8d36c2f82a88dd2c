//! `sanbao openapi`: the HTTP interface as an OpenAPI 3.1 document.

use std::process::ExitCode;

/// Prints the document.
pub fn run() -> ExitCode {
    println!("{:#}", server::openapi());
    ExitCode::SUCCESS
}
