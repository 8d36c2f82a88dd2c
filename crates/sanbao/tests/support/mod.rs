//! A running `sanbao serve` and what one may ask it.

use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that answers nothing for so long hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running `sanbao serve`.
pub struct Served {
    pub child: Child,
    pub host: String,
}

impl Served {
    pub fn start(data: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sanbao"))
            .args(["serve", "--data"])
            .arg(data)
            .args(if options.contains(&"--listen") {
                &[][..]
            } else {
                &["--listen", "127.0.0.1:0"]
            })
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary is built for this test");
        let output = child.stdout.take().expect("it was piped");
        let mut lines = BufReader::new(output).lines();
        let host = loop {
            let line = lines.next().expect("it listens").expect("it says so in text");
            if let Some((_, url)) = line.split_once("listening on ") {
                break url.split_once("://").expect("a URL").1.to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, host }
    }

    /// A request with its headers; the body follows.
    pub fn begin(&self, head: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        write!(stream, "{head}\r\nHost: {}\r\nX-Sanbao: 1\r\n", self.host).expect("it reads");
        BufReader::new(stream)
    }

    pub fn ask(&self, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        self.send(method, path, cookie, "application/json", body)
    }

    /// A request with a body of some type.
    pub fn send(&self, method: &str, path: &str, cookie: &str, kind: &str, body: &str) -> Answer {
        let mut stream = self.begin(&format!("{method} /api/v1/{path} HTTP/1.1"));
        let rest = format!(
            "Cookie: {cookie}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        );
        stream.get_mut().write_all(rest.as_bytes()).expect("it reads");
        Answer::read(&mut stream)
    }

    pub fn sign_in(&self) -> String {
        let body = json!({ "login": "lina", "password": "demo1234" }).to_string();
        let answer = self.ask("POST", "session", "", &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = answer.head.lines().find_map(|l| l.strip_prefix("set-cookie: "));
        cookie.and_then(|c| c.split(';').next()).expect("a cookie").to_owned()
    }

    pub fn terminate(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill runs").success());
    }

    /// Waits for the end: exit code, and what it said on stderr.
    pub fn end(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        let mut errors = self.child.stderr.take().expect("it was piped");
        errors.read_to_string(&mut said).expect("it says text");
        (self.child.wait().expect("it ends").code(), said)
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// Reads an answer to the end of the connection, or of its length.
    pub fn read(stream: &mut BufReader<impl Read>) -> Self {
        let head = head(stream);
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        let mut lines = head.lines().map(str::to_ascii_lowercase);
        let length = lines.find_map(|l| l.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).expect("the whole body");
        Self { status, head, body: String::from_utf8(body).expect("text") }
    }

    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

pub fn head(stream: &mut BufReader<impl Read>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(stream.read_line(&mut head).expect("it answers"), 0, "cut off: {head}");
    }
    head
}

/// A folder of the test's own.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn named(name: &str) -> Self {
        let name = format!("sanbao-{name}-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
