//! What a browser fetches before the first screen works, as it comes over the wire.

use super::Figure;
use super::http::{Answer, Connection};
use super::served::{Failed, Served};

/// Scripts and styles the page itself names, in kB as transferred.
pub fn measure(served: &Served) -> Result<Vec<Figure>, Failed> {
    let mut connection = Connection::open(&served.host)?;
    // The page is read plain, as it must be searched; its parts as a browser asks for them.
    let page = connection.send("GET", "/", &[], "")?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    let mut weights = [("script", ".js", 0), ("style", ".css", 0)];
    for path in page.split('"').filter(|part| part.starts_with("/assets/")) {
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
    let kilobytes = |bytes: usize| format!("{} kB", bytes.div_ceil(1000));
    let figure = |name, bytes| Figure {
        name,
        value: kilobytes(bytes),
        how: "named by the page itself, gzip, before any route is loaded".to_owned(),
    };
    Ok(vec![
        figure("script of the first screen", weights[0].2),
        figure("style of the first screen", weights[1].2),
    ])
}
