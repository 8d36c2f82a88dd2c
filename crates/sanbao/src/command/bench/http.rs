//! The smallest HTTP client that can measure: one kept connection, one request at a time. A ready
//! client would add its own pools and timers to the figures.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request that takes longer is a failure of what is measured.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than this is no answer of ours.
const MAX_BODY: usize = 64 << 20;

/// A connection to one server.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
    cookie: String,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// The body as it came over the wire, perhaps compressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null when it is something else.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Connection {
    /// Connects to `host:port`.
    pub fn open(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), host: host.to_owned(), cookie: String::new() })
    }

    /// A further connection of the same session.
    pub fn another(&self) -> io::Result<Self> {
        Ok(Self { cookie: self.cookie.clone(), ..Self::open(&self.host)? })
    }

    /// Sends a request and reads the whole answer. `headers` are complete lines.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[String],
        body: &str,
    ) -> io::Result<Answer> {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nX-Sanbao: 1\r\nContent-Type: \
             application/json\r\nContent-Length: {}\r\n",
            self.host,
            body.len()
        );
        if !self.cookie.is_empty() {
            head.extend(["Cookie: ", &self.cookie, "\r\n"]);
        }
        for line in headers {
            head.push_str(line);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        head.push_str(body);
        self.stream.get_mut().write_all(head.as_bytes())?;
        self.receive()
    }

    fn receive(&mut self) -> io::Result<Answer> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| broken("no status line"))?;
        let mut length = 0;
        let mut chunked = false;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => {
                    length = value.parse().map_err(|_| broken("no length"))?;
                }
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "set-cookie" => {
                    value.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
                }
                _ => {}
            }
        }
        let body = if chunked { self.chunks()? } else { self.exactly(length)? };
        Ok(Answer { status, body })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(broken("the connection was closed"));
        }
        Ok(line.trim_end().to_owned())
    }

    fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        if length > MAX_BODY {
            return Err(broken("the answer is too long"));
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }

    fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let length = usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16)
                .map_err(|_| broken("no chunk length"))?;
            body.extend(self.exactly(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Serves `raw` once and returns what the client made of it.
    fn answer(raw: &'static str) -> io::Result<Answer> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let host = listener.local_addr()?.to_string();
        let server = std::thread::spawn(move || -> io::Result<()> {
            let (mut stream, _) = listener.accept()?;
            let mut seen = [0; 1024];
            let _ = stream.read(&mut seen)?;
            stream.write_all(raw.as_bytes())
        });
        let got = Connection::open(&host)?.send("GET", "/", &[], "");
        server.join().expect("the little server does not panic")?;
        got
    }

    #[test]
    fn answers_of_either_length_are_read_whole() {
        let check = |raw: &'static str, expect: Option<(u16, &str)>| {
            let got = answer(raw).ok().map(|a| (a.status, String::from_utf8(a.body)));
            let expect = expect.map(|(status, body)| (status, Ok(body.to_owned())));
            assert_eq!(got, expect, "{raw}");
        };
        check("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok", Some((201, "ok")));
        check("HTTP/1.1 204 No Content\r\n\r\n", Some((204, "")));
        check(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
            Some((200, "abc")),
        );
        check("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", None);
        check("nonsense\r\n\r\n", None);
    }
}
