//! What a browser fetches before the first screen works, as it comes over the wire.

use super::http::{Answer, Connection};
use super::page::Page;
use super::served::{Failed, Served};

/// Scripts and styles the page itself names, in kB as transferred.
pub fn measure(served: &Served, page: &mut Page) -> Result<(), Failed> {
    let mut connection = Connection::open(&served.host)?;
    // The page is read plain, as it must be searched; its parts as a browser asks for them.
    let shell = connection.send("GET", "/", &[], "")?;
    let shell = String::from_utf8_lossy(&shell.body).into_owned();
    let mut weights = [("script", ".js", 0), ("style", ".css", 0)];
    for path in shell.split('"').filter(|part| part.starts_with("/assets/")) {
        let Answer { status, body } =
            connection.send("GET", path, &["Accept-Encoding: gzip".to_owned()], "")?;
        if status != 200 {
            return Err(Failed::new(format!("{path} answered {status}")));
        }
        for (_, ending, sum) in &mut weights {
            if path.ends_with(*ending) {
                *sum += body.len();
            }
        }
    }
    for (name, _, bytes) in weights {
        let (value, how) = match bytes {
            0 => ("—".to_owned(), "the web client is not built into this binary"),
            bytes => {
                let value = format!("{} kB", bytes.div_ceil(1000));
                (value, "named by the page itself, gzip, before any route is loaded")
            }
        };
        page.figure(&format!("{name} of the first screen"), value, how);
    }
    Ok(())
}
