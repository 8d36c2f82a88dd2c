//! A server of this very binary, started on an empty folder for as long as the bench lasts.

use super::http::Connection;
use super::stopwatch;
use crate::say::Unusable;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A child process that serves demo data.
#[derive(Debug)]
pub struct Served {
    child: Child,
    data: PathBuf,
    kept: bool,
    /// `host:port`.
    pub host: String,
    /// From the start of the process to the line that says it listens.
    pub ready: Duration,
}

/// Why the server cannot be measured.
#[derive(Debug)]
pub struct Failed(String);

impl Failed {
    /// A reason in English; a bench is read by engineers.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// As the command says it.
    pub fn say(self) -> Unusable {
        Unusable::new(format!("测量中止：{}", self.0), format!("the bench stopped: {}", self.0))
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl Served {
    /// Starts on a fresh folder and waits until it listens.
    pub fn start() -> Result<Self, Failed> {
        let data = std::env::temp_dir().join(format!("sanbao-bench-{}", std::process::id()));
        let (child, host, ready) = launch(&data, &["--demo=day"])?;
        Ok(Self { child, data, kept: false, host, ready })
    }

    /// Starts on a fresh folder and an empty database of a server.
    pub fn start_on(url: &str) -> Result<Self, Failed> {
        let data = std::env::temp_dir().join(format!("sanbao-bench-pg-{}", std::process::id()));
        let (child, host, ready) = launch(&data, &["--demo=day", "--database", url])?;
        Ok(Self { child, data, kept: false, host, ready })
    }

    /// Starts on a folder that stays.
    pub fn start_in(folder: &Path) -> Result<Self, Failed> {
        let data = folder.to_owned();
        let (child, host, ready) = launch(&data, &["--demo=day"])?;
        Ok(Self { child, data, kept: true, host, ready })
    }

    /// Stops as an operator would, so that the folder may be changed; where it is.
    pub fn rest(&mut self) -> &Path {
        self.stop();
        &self.data
    }

    /// Stops as an operator would and starts on the same folder; how long the start took.
    pub fn restart(&mut self) -> Result<Duration, Failed> {
        self.stop();
        let (child, host, ready) = launch(&self.data, &["--demo=day"])?;
        self.child = child;
        self.host = host;
        Ok(ready)
    }

    /// The id of the process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A connection signed in as the first demo account of that role, by its Chinese name.
    pub fn sign_in(&self, role: &str) -> Result<Connection, Failed> {
        let mut connection = Connection::open(&self.host)?;
        let listed = connection.send("GET", "/api/v1/door", &[], "")?.json();
        let accounts = listed["accounts"].as_array().cloned().unwrap_or_default();
        let account = accounts
            .iter()
            .find(|account| account["role"]["zh"] == role)
            .ok_or_else(|| Failed::new(format!("no demo account is a {role}")))?;
        let body = serde_json::json!({
            "login": account["login"], "password": account["password"],
        });
        let answer = connection.send("POST", "/api/v1/session", &[], &body.to_string())?;
        match answer.status {
            200 => Ok(connection),
            status => Err(Failed::new(format!("sign-in answered {status}"))),
        }
    }

    fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        // The standard library only knows how to kill; an operator asks.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop();
        if !self.kept {
            let _ = std::fs::remove_dir_all(&self.data);
        }
    }
}

fn launch(data: &PathBuf, options: &[&str]) -> Result<(Child, String, Duration), Failed> {
    let binary = std::env::current_exe()?;
    let (started, ready) = stopwatch::timed(|| -> Result<(Child, String), Failed> {
        let mut child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().ok_or_else(|| Failed::new("the server has no output"))?;
        let mut lines = BufReader::new(output).lines();
        let host = loop {
            let Some(line) = lines.next().transpose()? else {
                let _ = child.wait();
                return Err(Failed::new("the server ended before it listened"));
            };
            if let Some((_, address)) = line.split_once("listening on http://") {
                break address.trim_end_matches('/').to_owned();
            }
        };
        // What it says later is read and dropped, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Ok((child, host))
    });
    let (child, host) = started?;
    Ok((child, host, ready))
}
