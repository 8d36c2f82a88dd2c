//! E-mail (电子邮件) by the company's own mail server (SMTP), over TLS.

use super::Outcome;
use super::settings::{Secret, filled, secret, wrong};
use base::Text;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long each step of the dialogue may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The section `[smtp]` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    host: String,
    port: Option<u16>,
    #[serde(default = "starttls")]
    security: String,
    user: Option<String>,
    password_file: Option<PathBuf>,
    password_env: Option<String>,
    from: String,
    reply_to: Option<String>,
}

fn starttls() -> String {
    "starttls".into()
}

/// How the way to the server is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the beginning, usually port 465.
    Tls,
    /// An open beginning, closed before anything is said (STARTTLS), usually port 587.
    Starttls,
    /// Not at all: a server of this machine only.
    None,
}

/// The company's mail server.
#[derive(Debug, Clone)]
pub struct Smtp {
    /// Where it is.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is closed.
    pub security: Security,
    /// Who signs in there, and by which word.
    credentials: Option<(String, Secret)>,
    /// Who writes: a name and an address.
    pub from: Mailbox,
    /// Where answers go.
    pub reply_to: Option<Mailbox>,
}

/// A letter to one reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text; the page beside it is made of the same.
    pub text: String,
    /// Where answers go, instead of where the file says.
    pub reply_to: Option<String>,
    /// The number it is known by; the server's own when absent.
    pub message_id: Option<String>,
    /// The letter it answers, by its number.
    pub in_reply_to: Option<String>,
    /// The address that ends such letters at one press (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Reads the section; names of files in it are below `folder`.
pub(super) fn smtp_of(
    written: Written,
    folder: &Path,
    env: impl Fn(&str) -> Option<String>,
) -> Result<Smtp, Text> {
    filled("smtp.host", &written.host)?;
    let local = ["localhost", "127.0.0.1", "::1"].contains(&written.host.as_str());
    let (security, usual) = match written.security.as_str() {
        "tls" => (Security::Tls, 465),
        "starttls" => (Security::Starttls, 587),
        "none" if local => (Security::None, 25),
        _ => {
            return Err(wrong(
                "smtp.security",
                "是 starttls 或 tls（只有本机的邮件服务可以写 none）",
                "is starttls or tls (none only for a server of this machine)",
            ));
        }
    };
    let credentials = match written.user {
        Some(user) => {
            let named = (&written.password_file, &written.password_env);
            Some((user, secret("smtp.password", named, folder, env)?))
        }
        None => None,
    };
    let mailbox = |name: &str, text: &str| {
        text.parse::<Mailbox>().map_err(|_| {
            wrong(
                name,
                "写成 瑞风售后 <service@example.cn>",
                "is written as Service <service@example.cn>",
            )
        })
    };
    let from = mailbox("smtp.from", &written.from)?;
    let reply_to = written.reply_to.map(|text| mailbox("smtp.reply_to", &text)).transpose()?;
    let port = written.port.unwrap_or(usual);
    Ok(Smtp { host: written.host, port, security, credentials, from, reply_to })
}

impl Smtp {
    /// Signs in and says nothing: whether letters would be taken.
    ///
    /// # Errors
    /// What the server said.
    pub async fn try_out(&self, root: Option<&Path>) -> Result<(), String> {
        let transport = self.transport(root)?;
        match transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the server hung up".into()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn transport(&self, root: Option<&Path>) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
        let tls = || {
            let mut tls = TlsParameters::builder(self.host.clone());
            if let Some(root) = root {
                let pem = std::fs::read(root).map_err(|e| e.to_string())?;
                let root = Certificate::from_pem(&pem).map_err(|e| e.to_string())?;
                tls = tls.add_root_certificate(root);
            }
            tls.build().map_err(|e| e.to_string())
        };
        let tls = match self.security {
            Security::Tls => Tls::Wrapper(tls()?),
            Security::Starttls => Tls::Required(tls()?),
            Security::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .timeout(Some(PATIENCE))
            .tls(tls);
        if let Some((user, secret)) = &self.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), secret.0.clone()));
        }
        Ok(builder.build())
    }

    /// Hands a letter to the server.
    pub(super) async fn post(&self, letter: &Letter, root: Option<&Path>) -> Outcome {
        let message = match self.message(letter) {
            Ok(message) => message,
            Err(why) => return Outcome::Refused(why),
        };
        let transport = match self.transport(root) {
            Ok(transport) => transport,
            Err(why) => return Outcome::Later(why),
        };
        match transport.send(message).await {
            Ok(response) => Outcome::Sent(response.first_word().map(str::to_owned)),
            Err(error) => failed(&error),
        }
    }

    /// The letter as it goes over the wire.
    fn message(&self, letter: &Letter) -> Result<Message, String> {
        let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|e| format!("{text}: {e}"));
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(mailbox(&letter.to)?)
            .subject(letter.subject.clone())
            .message_id(letter.message_id.clone());
        let reply_to = letter.reply_to.as_deref().map(mailbox).transpose()?;
        if let Some(reply_to) = reply_to.or_else(|| self.reply_to.clone()) {
            message = message.reply_to(reply_to);
        }
        if let Some(answered) = &letter.in_reply_to {
            message = message.in_reply_to(answered.clone()).references(answered.clone());
        }
        if let Some(address) = &letter.unsubscribe {
            for (name, value) in [
                ("List-Unsubscribe", format!("<{address}>")),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
            ] {
                let name =
                    HeaderName::new_from_ascii(name.to_owned()).map_err(|e| e.to_string())?;
                message = message.raw_header(HeaderValue::new(name, value));
            }
        }
        let parts = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, letter.text.clone()))
            .singlepart(part(ContentType::TEXT_HTML, page(letter)));
        message.multipart(parts).map_err(|e| e.to_string())
    }
}

fn part(kind: ContentType, text: String) -> SinglePart {
    SinglePart::builder().header(kind).body(text)
}

/// The same text as a page: a paragraph for each line, addresses to press.
fn page(letter: &Letter) -> String {
    let line = |line: &str| {
        let words = line.split(' ').map(|word| {
            let shown = escaped(word);
            if word.starts_with("https://") {
                format!("<a href=\"{shown}\">{shown}</a>")
            } else {
                shown
            }
        });
        format!("<p>{}</p>", words.collect::<Vec<_>>().join(" "))
    };
    let lines: String = letter.text.lines().filter(|l| !l.trim().is_empty()).map(line).collect();
    let title = escaped(&letter.subject);
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body style=\"font:16px/1.6 sans-serif\">{lines}</body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Codes by which a server says that who asks is not let in: mended in the file, and what waited
/// goes out.
const NOT_LET_IN: [u16; 4] = [530, 534, 535, 538];

/// What a failed dialogue means.
fn failed(error: &lettre::transport::smtp::Error) -> Outcome {
    let why = crate::causes::told(error);
    if let Some(code) = error.status() {
        let code = u16::from(code);
        return if code < 500 || NOT_LET_IN.contains(&code) {
            Outcome::Later(why)
        } else {
            Outcome::Refused(why)
        };
    }
    if error.is_tls() || error.is_client() || why.starts_with("Connection error") {
        return Outcome::Later(why);
    }
    // The dialogue broke off: the letter may have been taken.
    Outcome::Unknown(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_the_text_says_and_nothing_runs_in_it() {
        let letter = Letter {
            text: "您好 <b>王</b>\n\n请看 https://a.cn/u/x?y=1&z=2".into(),
            ..Letter::default()
        };
        let page = page(&letter);
        assert!(page.contains("<p>您好 &lt;b&gt;王&lt;/b&gt;</p>"), "{page}");
        let link = "<a href=\"https://a.cn/u/x?y=1&amp;z=2\">https://a.cn/u/x?y=1&amp;z=2</a>";
        assert!(page.contains(link), "{page}");
    }
}
