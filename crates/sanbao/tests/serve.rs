//! The real binary as an operator stops it: what is begun is finished, and is there again at the
//! next start.

use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that answers nothing for so long hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running `sanbao serve`.
struct Served {
    child: Child,
    host: String,
}

impl Served {
    fn start(data: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sanbao"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary is built for this test");
        let output = child.stdout.take().expect("it was piped");
        let mut lines = BufReader::new(output).lines();
        let host = loop {
            let line = lines.next().expect("it listens").expect("it says so in text");
            if let Some((_, address)) = line.split_once("listening on http://") {
                break address.to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, host }
    }

    /// A request with its headers; the body follows.
    fn begin(&self, head: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        write!(stream, "{head}\r\nHost: {}\r\nX-Sanbao: 1\r\n", self.host).expect("it reads");
        BufReader::new(stream)
    }

    fn ask(&self, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        let mut stream = self.begin(&format!("{method} /api/v1/{path} HTTP/1.1"));
        let rest = format!(
            "Cookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        );
        stream.get_mut().write_all(rest.as_bytes()).expect("it reads");
        Answer::read(&mut stream)
    }

    fn sign_in(&self) -> String {
        let body = json!({ "login": "lina", "password": "demo1234" }).to_string();
        let answer = self.ask("POST", "session", "", &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = answer.head.lines().find_map(|l| l.strip_prefix("set-cookie: "));
        cookie.and_then(|c| c.split(';').next()).expect("a cookie").to_owned()
    }

    fn terminate(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill runs").success());
    }

    /// Waits for the end: exit code, and what it said on stderr.
    fn end(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        let mut errors = self.child.stderr.take().expect("it was piped");
        errors.read_to_string(&mut said).expect("it says text");
        (self.child.wait().expect("it ends").code(), said)
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// Reads an answer to the end of the connection, or of its length.
    fn read(stream: &mut BufReader<TcpStream>) -> Self {
        let head = head(stream);
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let length = head.lines().find_map(|l| l.strip_prefix("content-length: "));
        let mut body = vec![0; length.and_then(|l| l.parse().ok()).unwrap_or(0)];
        stream.read_exact(&mut body).expect("the whole body");
        Self { status, head, body: String::from_utf8(body).expect("text") }
    }

    fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

fn head(stream: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(stream.read_line(&mut head).expect("it answers"), 0, "cut off: {head}");
    }
    head
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_stop_signal_lets_a_begun_request_finish_and_a_second_start_has_it() {
    let name = format!("sanbao-serve-{}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    let first = Served::start(&folder.0, &["--demo"]);
    let cookie = first.sign_in();
    let listed = first.ask("GET", "cases?limit=100", &cookie, "").json();
    let items = listed["items"].as_array().cloned().unwrap_or_default();
    let unit = items.iter().find_map(|c| c["unit"]["id"].as_str()).expect("a vehicle");
    let body = json!({
        "process": "repair_order", "subject": { "unit": unit }, "form": { "symptom": "停机前报修" },
    })
    .to_string();

    // The server says that it waits for the body: from here the request is in its hands.
    let mut begun = first.begin("POST /api/v1/cases HTTP/1.1");
    let rest = format!(
        "Cookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Idempotency-Key: stop\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    begun.get_mut().write_all(rest.as_bytes()).expect("it reads");
    assert_eq!(Answer::read(&mut begun).status, 100);
    // An open stream of events ends when the server stops, which tells that it does.
    let mut events = first.begin("GET /api/v1/events HTTP/1.1");
    let rest = format!("Cookie: {cookie}\r\nConnection: close\r\n\r\n");
    events.get_mut().write_all(rest.as_bytes()).expect("it reads");
    assert!(head(&mut events).starts_with("HTTP/1.1 200"));
    first.terminate();
    events.read_to_string(&mut String::new()).expect("the stream ends in order");

    begun.get_mut().write_all(body.as_bytes()).expect("it still reads");
    let opened = Answer::read(&mut begun);
    assert_eq!(opened.status, 201, "{}", opened.body);
    drop(begun);
    let (code, said) = first.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours where nobody sees them: {said}");

    let second = Served::start(&folder.0, &[]);
    let path = format!("cases/{}", opened.json()["id"].as_str().expect("an id"));
    let cookie = second.sign_in();
    let kept = second.ask("GET", &path, &cookie, "");
    assert_eq!((kept.status, kept.json()["data"]["symptom"].as_str()), (200, Some("停机前报修")));
    second.terminate();
    assert_eq!(second.end().0, Some(0));
}
