//! A double of a mail server: it speaks SMTP, keeps the letters it took, and refuses as it is told.

use server::channels::Settings;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Default)]
struct Script {
    port: u16,
    letters: Vec<String>,
    next: VecDeque<&'static str>,
}

#[derive(Clone, Default)]
pub struct Post(Arc<Mutex<Script>>);

impl Post {
    pub async fn start() -> Self {
        let post = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        post.0.lock().expect("whole").port = listener.local_addr().expect("bound").port();
        let own = post.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move { own.talk(stream).await });
            }
        });
        post
    }

    /// What it says to the next readers' names, once each: `550 no such user`; `cut` hangs up
    /// behind the letter.
    pub fn says(&self, next: &[&'static str]) {
        self.0.lock().expect("whole").next.extend(next);
    }

    /// The letters it took since the last question.
    pub fn letters(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("whole").letters)
    }

    /// A channels file with this server, and what else stands in it.
    pub fn settings(&self, more: &str) -> Settings {
        let port = self.0.lock().expect("whole").port;
        let text = format!(
            "{more}address = \"https://service.example.cn\"\n[smtp]\nhost = \"127.0.0.1\"\n\
             port = {port}\nsecurity = \"none\"\nuser = \"service\"\npassword_env = \"WORD\"\n\
             from = \"瑞风售后 <service@example.cn>\"\nreply_to = \"help@example.cn\"\n"
        );
        let env = |_: &str| Some("secret".to_owned());
        Settings::parse(&text, Path::new("."), env).expect("a good file")
    }

    /// The same, where letters come in too.
    pub fn taking(&self, more: &str) -> Settings {
        let port = self.0.lock().expect("whole").port;
        let text = format!(
            "{more}address = \"https://service.example.cn\"\n[smtp]\nhost = \"127.0.0.1\"\n\
             port = {port}\nsecurity = \"none\"\nfrom = \"瑞风售后 <service@example.cn>\"\n\
             [mail_in]\naddress = \"kefu@example.cn\"\nword_env = \"WORD\"\n"
        );
        let env = |_: &str| Some("0123456789abcdefghij".to_owned());
        Settings::parse(&text, Path::new("."), env).expect("a good file")
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 here\r\n").await.ok()?;
        let mut cut = false;
        while let Some(line) = lines.next_line().await.ok()? {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-here\r\n250 AUTH PLAIN".to_owned(),
                // \0service\0secret
                "AUTH" if line.ends_with("AHNlcnZpY2UAc2VjcmV0") => "235 in".to_owned(),
                "AUTH" => "535 no".to_owned(),
                "RCPT" => match self.0.lock().expect("whole").next.pop_front() {
                    Some("cut") => {
                        cut = true;
                        "250 ok".to_owned()
                    }
                    Some(said) => said.to_owned(),
                    None => "250 ok".to_owned(),
                },
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    let mut letter = String::new();
                    while let Some(line) = lines.next_line().await.ok()? {
                        if line == "." {
                            break;
                        }
                        letter.push_str(&line);
                        letter.push('\n');
                    }
                    self.0.lock().expect("whole").letters.push(letter);
                    if cut {
                        return None;
                    }
                    "250 queued".to_owned()
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
                _ => "250 ok".to_owned(),
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
        None
    }
}

/// A header of a letter, its folded lines put together.
pub fn header(letter: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in letter.lines().take_while(|line| !line.is_empty()) {
        if let Some(value) = line.strip_prefix(&format!("{name}: ")) {
            found = Some(value.to_owned());
        } else if let (Some(before), true) = (&found, line.starts_with(' ')) {
            found = Some(format!("{before}{line}"));
        } else if found.is_some() {
            break;
        }
    }
    found
}
