//! What the platform tells us (事件推送): somebody scanned a code, left, or asks what they may get.

use super::sealing::fits;
use super::{Wechat, signature};
use base::Instant;
use roxmltree::{Document, Node};
use serde::Deserialize;
use utoipa::IntoParams;

/// How far a request's time may lie from ours, in seconds: an old one is not heard again.
const LATE_SECONDS: i64 = 900;
/// What a menu of the account may send to ask which notices there are.
const NOTICES: &str = "notices";

/// What stands in the address of a request of the platform.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// SHA-1 of token, time and nonce.
    #[serde(default)]
    signature: String,
    /// Seconds since 1970.
    timestamp: String,
    /// A word by chance.
    nonce: String,
    /// What is to be answered to show that the token is known here.
    pub echostr: Option<String>,
    /// SHA-1 of token, time, nonce and the closed text.
    msg_signature: Option<String>,
    /// `aes` where the text is closed.
    encrypt_type: Option<String>,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// Scanned a code with this word.
    Scanned(String),
    /// Left the account.
    Left,
    /// Asked which notices there are.
    Asked,
    /// Was sent a notice, or was not: its number, and why not.
    Got(String, Option<String>),
    /// Something that is no matter of ours.
    Other,
}

/// An event, and who it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Who, as the platform calls them.
    pub who: String,
    /// The account, as the platform calls it.
    pub account: String,
    /// What they did.
    pub did: Did,
}

impl Wechat {
    /// Whether the platform asks, and does so now.
    pub fn knows(&self, asked: &Asked, now: Instant) -> bool {
        let second = asked.timestamp.parse::<i64>().unwrap_or_default();
        let near = (now.timestamp().as_second() - second).abs() <= LATE_SECONDS;
        near && fits(&asked.signature, &[&self.token.0, &asked.timestamp, &asked.nonce])
    }

    /// What it says; nothing where it does not say it, or we cannot read it. An account whose
    /// messages are closed says nothing in clear.
    pub fn hear(&self, asked: &Asked, body: &str, now: Instant) -> Option<Heard> {
        let Some(sealing) = &self.sealing else {
            return if self.knows(asked, now) { read(body) } else { None };
        };
        let envelope = Document::parse(body).ok()?;
        let sealed = child(envelope.root_element(), "Encrypt")?;
        let said = asked.msg_signature.as_deref().filter(|_| asked.encrypt_type.is_some())?;
        let parts = [self.token.0.as_str(), &asked.timestamp, &asked.nonce, &sealed];
        let second = asked.timestamp.parse::<i64>().ok()?;
        let near = (now.timestamp().as_second() - second).abs() <= LATE_SECONDS;
        if !near || !fits(said, &parts) {
            return None;
        }
        read(&sealing.open(&sealed)?)
    }

    /// A text to whoever the event is about, as the answer to it.
    pub fn answer(&self, heard: &Heard, text: &str, now: Instant) -> Option<String> {
        let at = now.timestamp().as_second().to_string();
        let clear = format!(
            "<xml><ToUserName>{}</ToUserName><FromUserName>{}</FromUserName>\
             <CreateTime>{at}</CreateTime><MsgType>{}</MsgType><Content>{}</Content></xml>",
            cdata(&heard.who),
            cdata(&heard.account),
            cdata("text"),
            cdata(text),
        );
        let Some(sealing) = &self.sealing else { return Some(clear) };
        let mut chance = [0; 16];
        getrandom::fill(&mut chance).ok()?;
        let nonce = data_encoding::HEXLOWER.encode(&chance[..8]);
        let sealed = sealing.close(&clear, chance)?;
        let signature = signature(&[&self.token.0, &at, &nonce, &sealed]);
        Some(format!(
            "<xml><Encrypt>{sealed}</Encrypt><MsgSignature>{signature}</MsgSignature>\
             <TimeStamp>{at}</TimeStamp><Nonce>{nonce}</Nonce></xml>"
        ))
    }
}

/// The text of a child; none where there is none.
fn child(node: Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.children().find(|child| child.has_tag_name(name))?;
    Some(found.text().unwrap_or_default().trim().to_owned())
}

/// The event in a text.
fn read(text: &str) -> Option<Heard> {
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    let said = |name: &str| child(root, name).unwrap_or_default();
    let (kind, event, key) = (said("MsgType"), said("Event"), said("EventKey"));
    let did = match (kind.as_str(), event.as_str()) {
        // Who followed by a code says so before its word.
        ("event", "subscribe") => match key.strip_prefix("qrscene_") {
            Some(word) => Did::Scanned(word.to_owned()),
            None => Did::Asked,
        },
        ("event", "SCAN") => Did::Scanned(key),
        ("event", "unsubscribe") => Did::Left,
        ("event", "CLICK") if key == NOTICES => Did::Asked,
        ("event", "subscribe_msg_sent_event") => root
            .descendants()
            .find(|node| node.has_tag_name("MsgID"))
            .and_then(|id| got(id.parent()?))
            .unwrap_or(Did::Other),
        ("text", _) if said("Content") == "通知" => Did::Asked,
        _ => Did::Other,
    };
    Some(Heard { who: said("FromUserName"), account: said("ToUserName"), did })
}

/// The fate of a notice.
fn got(list: Node<'_, '_>) -> Option<Did> {
    let code = child(list, "ErrorCode")?;
    let why = child(list, "ErrorStatus").unwrap_or_default();
    let why = (code != "0").then(|| format!("{code}: {why}"));
    Some(Did::Got(child(list, "MsgID")?, why))
}

/// A text as the platform writes them; what would end it early is taken out.
fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", ""))
}
