//! Channels to people outside (消息通道): how a message reaches a customer's telephone.
//!
//! One small file for each provider: what it is sent, how that is signed, what its answers mean.
//! Which of them are used says a file (`serve --channels`), with what they were told in secret.

mod aliyun;
mod email;
mod reports;
mod settings;
mod signing;
mod tencent;
mod texts;
mod wechat;

pub use email::{Letter, Smtp};
pub(crate) use settings::{Secret, secret, wrong};
pub use settings::{Settings, Sms, SmsProvider, Template};
pub use texts::{missing, said};
pub use wechat::{Asked, Did, Heard, Notice, Sealing, Told, Wechat, signature};

use crate::outward::{Outward, Unanswered};
use axum::body::Body;
use axum::http::Request;
use base::{Instant, Zone};
use rulebook::Release;
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use std::time::Duration;
use store::delivery::Answered;

/// How long a provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer read.
const LARGEST: usize = 64 * 1024;

/// A channel to customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A text message (短信).
    Sms,
    /// An e-mail (电子邮件).
    Email,
    /// A notice of the company's official account (微信).
    Wechat,
}

impl Channel {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Wechat => "wechat",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Sms, Self::Email, Self::Wechat].into_iter().find(|channel| channel.word() == word)
    }
}

/// What is to be said to whom.
#[derive(Debug)]
pub enum Message<'a> {
    /// By text message.
    Sms(Mail<'a>),
    /// By e-mail.
    Email(Box<Letter>),
    /// By `WeChat`.
    Wechat(Box<Told<'a>>),
}

/// A text message.
#[derive(Debug, Clone)]
pub struct Mail<'a> {
    /// The telephone as it was registered.
    pub phone: &'a str,
    /// The template and what fills it, in its order.
    pub template: &'a Template,
    /// Names and values of what fills it.
    pub filled: Vec<(String, String)>,
}

/// What a channel said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It took the message.
    Sent(Option<String>),
    /// It never will: wrong number, wrong template.
    Refused(String),
    /// It did not now.
    Later(String),
    /// Nobody knows.
    Unknown(String),
}

impl Outcome {
    /// As it is kept.
    pub fn answered(&self) -> Answered {
        match self {
            Self::Sent(reference) => Answered::Sent(reference.clone()),
            Self::Refused(why) | Self::Later(why) => Answered::Failed(why.clone()),
            Self::Unknown(why) => Answered::Unknown(why.clone()),
        }
    }

    /// Why it was not taken.
    fn into_why(self) -> String {
        match self {
            Self::Sent(_) => String::new(),
            Self::Refused(why) | Self::Later(why) | Self::Unknown(why) => why,
        }
    }
}

/// The channels of this process.
#[derive(Debug)]
pub struct Channels {
    settings: Settings,
    outward: Outward,
    wechat_key: tokio::sync::Mutex<wechat::Kept>,
}

impl Channels {
    /// Nobody is asked yet.
    ///
    /// # Errors
    /// When the root of the file cannot be read.
    pub fn try_new(settings: Settings) -> Result<Self, String> {
        let outward = Outward::new(settings.root.as_deref())?;
        Ok(Self { settings, outward, wechat_key: tokio::sync::Mutex::default() })
    }

    /// How they were set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The channel that is tried in this place, from 0. Who wrote a letter is answered by letter
    /// first, in whatever order others are told.
    pub fn place(&self, place: i64, by_letter: bool) -> Option<Channel> {
        let first = (by_letter && self.settings.smtp.is_some()).then_some(Channel::Email);
        let rest = self.settings.customers.iter().copied();
        let mut order = first.into_iter().chain(rest.filter(|channel| Some(*channel) != first));
        order.nth(usize::try_from(place).ok()?)
    }

    /// What a text message says, filled; `None` where there is no template for it.
    pub fn filled(
        &self,
        release: &Arc<Release>,
        message: &str,
        zone: &Zone,
        args: &Map<String, Json>,
    ) -> Option<(&Template, Vec<(String, String)>)> {
        let template = self.settings.sms.as_ref()?.templates.get(message)?;
        Some((template, texts::fill(template, release, zone, args)))
    }

    /// How a message goes by `WeChat`, filled; `None` where it does not.
    pub fn noticed(
        &self,
        release: &Arc<Release>,
        message: &str,
        zone: &Zone,
        args: &Map<String, Json>,
    ) -> Option<(&Notice, Vec<(String, String)>)> {
        let notice = self.settings.wechat.as_ref()?.templates.get(message)?;
        Some((notice, texts::fill(&notice.template, release, zone, args)))
    }

    /// Hands a message to its channel.
    pub async fn send(&self, message: &Message<'_>, now: Instant) -> Outcome {
        match message {
            Message::Sms(mail) => self.text(mail, now).await,
            Message::Email(letter) => self.post(letter).await,
            Message::Wechat(told) => self.notify(told, now).await,
        }
    }

    /// Hands a letter to the company's mail server. It is also the way of letters that are no
    /// messages of the rulebook, such as answers to letters that came.
    pub async fn post(&self, letter: &Letter) -> Outcome {
        match &self.settings.smtp {
            Some(smtp) => smtp.post(letter, self.settings.root.as_deref()).await,
            None => Outcome::Refused("no mail server is set up".into()),
        }
    }

    async fn text(&self, mail: &Mail<'_>, now: Instant) -> Outcome {
        let Some(sms) = &self.settings.sms else {
            return Outcome::Refused("no provider of text messages is set up".into());
        };
        let Some(phone) = mainland(mail.phone) else {
            return Outcome::Refused("the number is no mobile number of the mainland".into());
        };
        let request = match sms.provider {
            SmsProvider::Aliyun => aliyun::request(sms, &phone, mail, now),
            SmsProvider::Tencent => tencent::request(sms, &phone, mail, now),
        };
        let request = match request {
            Ok(request) => request,
            Err(why) => return Outcome::Refused(why),
        };
        let answer = match self.ask(request).await {
            Ok(answer) => answer,
            Err(outcome) => return outcome,
        };
        match sms.provider {
            SmsProvider::Aliyun => aliyun::outcome(answer.0, &answer.1),
            SmsProvider::Tencent => tencent::outcome(answer.0, &answer.1),
        }
    }

    async fn ask(&self, request: Request<Body>) -> Result<(u16, Json), Outcome> {
        match self.outward.ask(request, LARGEST, PATIENCE).await {
            Ok(answer) => {
                let json = serde_json::from_slice(&answer.body).unwrap_or_default();
                Ok((answer.status.as_u16(), json))
            }
            Err(Unanswered::Unknown(why)) => Err(Outcome::Unknown(why)),
            Err(not) => Err(Outcome::Later(not.told())),
        }
    }
}

/// The eleven digits of a mobile number of the mainland; templates are approved for those.
fn mainland(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let digits = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() == 11))
        .unwrap_or(&digits);
    // 13 to 19: what else has eleven digits and begins with 1 is a number of another country.
    let mobile = digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'));
    (digits.len() == 11 && mobile).then(|| digits.to_owned())
}

/// What a provider's answer of no known shape means.
fn odd(status: u16) -> Outcome {
    let why = format!("answered {status}");
    if (400..500).contains(&status) { Outcome::Later(why) } else { Outcome::Unknown(why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_of_the_mainland_or_none() {
        for (phone, digits) in [
            ("13812345678", Some("13812345678")),
            ("+86 138-1234-5678", Some("13812345678")),
            ("0086 13812345678", Some("13812345678")),
            ("86123456789", None),
            ("0571-88889999", None),
            ("1381234567", None),
            ("+1 202 555 0100", None),
            ("", None),
        ] {
            assert_eq!(mainland(phone).as_deref(), digits, "{phone}");
        }
    }
}
