//! Robots of staff groups (群机器人): what each vendor is asked, how that is signed, what its answers
//! mean. Whoever knows the address may speak in the group, so it is kept as a secret.

use super::robot_text::Said;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, Uri};
use base::{Instant, Text};
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::Sha256;
use store::webhook::{Answered, Kind, TryState};

/// Longest signing key.
const LONGEST: usize = 200;

/// What lies sealed for a robot.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robot {
    /// Its address with its key.
    pub address: String,
    /// What it signs with, where the group asks for it (加签).
    #[serde(default)]
    pub secret: Option<String>,
}

/// Shows its key in no log.
impl std::fmt::Debug for Robot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Robot(…)")
    }
}

impl Robot {
    /// As it is sealed.
    pub fn sealed(&self) -> Vec<u8> {
        json!(self).to_string().into_bytes()
    }

    /// As it was sealed.
    pub fn opened(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// What may be shown of the address: where it leads, and the end of its key.
    pub fn masked(&self) -> String {
        let host = self.address.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
        let signs: Vec<char> = self.address.chars().collect();
        let end: String = signs[signs.len().saturating_sub(4)..].iter().collect();
        format!("{}/…{end}", host.unwrap_or_default())
    }
}

/// The beginnings of the addresses that a vendor gives out.
fn beginnings(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Program => &[],
        Kind::Wecom => &["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="],
        Kind::Dingtalk => &["https://oapi.dingtalk.com/robot/send?access_token="],
        Kind::Feishu => &[
            "https://open.feishu.cn/open-apis/bot/v2/hook/",
            "https://open.larksuite.com/open-apis/bot/v2/hook/",
        ],
    }
}

/// Whether an address is one the vendor gives out.
pub(super) fn is_of(kind: Kind, address: &str) -> bool {
    let keyed = |start: &&str| address.strip_prefix(*start).is_some_and(|key| key.len() >= 8);
    beginnings(kind).iter().any(keyed)
}

/// What would be right.
pub(super) fn expected(kind: Kind) -> Text {
    let start = beginnings(kind).first().copied().unwrap_or_default();
    Text::new(
        format!("粘贴群机器人的完整地址，以 {start} 开头"),
        format!("Paste the whole address of the robot; it begins with {start}"),
    )
}

/// Whether a signing key can be one of the vendor's.
///
/// # Errors
/// One sentence with what would be right.
pub fn check_secret(kind: Kind, secret: &str) -> Result<(), Text> {
    if kind == Kind::Wecom {
        return Err(Text::new(
            "企业微信群机器人没有加签密钥，留空",
            "Robots of WeChat Work have no signing key; leave it empty",
        ));
    }
    if secret.len() > LONGEST || !secret.chars().all(|c| c.is_ascii_graphic()) {
        return Err(Text::new(
            "从机器人的安全设置里复制“加签”密钥",
            "Copy the signing key from the robot's security settings",
        ));
    }
    Ok(())
}

fn hmac(key: &[u8], text: &[u8]) -> String {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    BASE64.encode(&mac.finalize().into_bytes())
}

/// The request that speaks in the group.
pub(super) fn request(
    kind: Kind,
    robot: &Robot,
    said: &Said,
    now: Instant,
) -> Result<Request<Body>, String> {
    let seconds = now.timestamp().as_second();
    let mut address = robot.address.clone();
    let body = match kind {
        Kind::Program => return Err("a program is no robot".into()),
        Kind::Wecom => json!({ "msgtype": "markdown", "markdown": { "content": said.wecom() } }),
        Kind::Dingtalk => {
            if let Some(secret) = &robot.secret {
                let milliseconds = seconds * 1000;
                let text = format!("{milliseconds}\n{secret}");
                let sign = hmac(secret.as_bytes(), text.as_bytes());
                let sign = sign.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
                address = format!("{address}&timestamp={milliseconds}&sign={sign}");
            }
            let text = said.dingtalk();
            json!({ "msgtype": "markdown", "markdown": { "title": said.title, "text": text } })
        }
        Kind::Feishu => {
            let mut body = json!({ "msg_type": "post", "content": { "post": said.feishu() } });
            if let Some(secret) = &robot.secret {
                // Time and key together are the key, and nothing is what is signed.
                body["sign"] = hmac(format!("{seconds}\n{secret}").as_bytes(), b"").into();
                body["timestamp"] = seconds.to_string().into();
            }
            body
        }
    };
    let request = Request::post(address).header(CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_string())).map_err(|e| e.to_string())
}

/// What an answer means: a word for a person, and behind a colon what was said.
pub(super) fn answered(kind: Kind, status: u16, answer: &Json) -> Answered {
    let code = ["errcode", "code", "StatusCode"].iter().find_map(|name| answer[name].as_i64());
    let said = ["errmsg", "msg", "StatusMessage"].iter().find_map(|name| answer[name].as_str());
    let said = said.unwrap_or_default();
    let failed = |word: &str| Answered {
        state: TryState::Failed,
        status: Some(status),
        why: Some(code.map_or_else(|| word.to_owned(), |code| format!("{word}: {code} {said}"))),
    };
    let Some(code) = code else {
        return match status {
            429 => failed("too_often"),
            400..=499 => failed("refused"),
            // It may have been said all the same.
            _ => Answered { state: TryState::Unknown, ..failed("no_answer") },
        };
    };
    if code == 0 {
        return Answered { state: TryState::Taken, status: Some(status), why: None };
    }
    let lower = said.to_lowercase();
    let word = match (kind, code) {
        (Kind::Wecom, 45_009 | 45_033)
        | (Kind::Dingtalk, 130_101 | 410_100)
        | (Kind::Feishu, 11_232) => "too_often",
        (Kind::Feishu, 9_499) if lower.contains("too many") => "too_often",
        (Kind::Wecom, 93_000 | 93_004 | 93_008)
        | (Kind::Dingtalk, 300_001 | 300_005 | 400_013 | 400_101 | 400_102 | 400_106)
        | (Kind::Feishu, 19_001) => "gone",
        (Kind::Feishu, 19_022) => "own_address",
        (Kind::Feishu, 19_024) => "keyword",
        (Kind::Dingtalk, 310_000) if lower.contains("keyword") => "keyword",
        (Kind::Dingtalk, 310_000) if lower.contains("whitelist") => "own_address",
        (Kind::Dingtalk, 310_000) | (Kind::Feishu, 19_021) => "signature",
        _ => "refused",
    };
    failed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said() -> Said {
        Said { title: "城北站".into(), lines: vec![], en: false }
    }

    fn robot(secret: Option<&str>) -> Robot {
        Robot { address: "https://host/in?key=12345678".into(), secret: secret.map(str::to_owned) }
    }

    /// Computed beforehand with `openssl dgst -sha256 -hmac` and with Python's `hmac`, as the pages
    /// of the vendors write the two ways.
    #[test]
    fn each_signs_as_its_vendor_says() {
        let now = Instant(1_795_132_800_000_000);
        let robot = robot(Some("SEC0123456789abcdef"));
        let request = request(Kind::Dingtalk, &robot, &said(), now).expect("a request");
        assert_eq!(
            request.uri().to_string(),
            "https://host/in?key=12345678&timestamp=1795132800000\
             &sign=kH%2BiUVHWx5mGpDRj4Teh08ZWrIpsd8PmF05pAxG8cCs%3D"
        );
        assert_eq!(
            hmac(b"1795132800\nfeishu-secret", b""),
            "f3/d+Cf6ArL8FIPvJ1TbwOOCGp5JXBUWbB+v0qyoYMc="
        );
    }

    #[test]
    fn an_address_is_one_of_the_vendors_and_is_shown_without_its_key() {
        for (kind, address, fine) in [
            (Kind::Wecom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7x", true),
            (Kind::Wecom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", false),
            (Kind::Wecom, "https://oapi.dingtalk.com/robot/send?access_token=abcdefgh", false),
            (Kind::Dingtalk, "https://oapi.dingtalk.com/robot/send?access_token=abcdefgh", true),
            (Kind::Dingtalk, "https://oapi.dingtalk.com.example.com/?access_token=abcdefgh", false),
            (Kind::Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/abcd-efgh", true),
            (Kind::Feishu, "https://open.larksuite.com/open-apis/bot/v2/hook/abcd-efgh", true),
        ] {
            assert_eq!(is_of(kind, address), fine, "{address}");
        }
        let address = "https://open.feishu.cn/open-apis/bot/v2/hook/abcd-efgh".to_owned();
        let shown = Robot { address, secret: None };
        assert_eq!(shown.masked(), "open.feishu.cn/…efgh");
        assert_eq!(Robot::opened(&shown.sealed()), Some(shown));
    }

    #[test]
    fn answers_mean_what_the_vendors_say_of_them() {
        let check = |kind, status, body: Json, expect: Option<&str>| {
            let answered = answered(kind, status, &body);
            assert_eq!(answered.why.as_deref(), expect, "{body}");
            assert_eq!(answered.state == TryState::Taken, expect.is_none(), "{body}");
        };
        let ding = |code: i64, said: &str| json!({ "errcode": code, "errmsg": said });
        let feishu = |code: i64, said: &str| json!({ "code": code, "msg": said });
        check(Kind::Wecom, 200, ding(0, "ok"), None);
        check(Kind::Wecom, 200, ding(45_009, "freq"), Some("too_often: 45009 freq"));
        check(Kind::Wecom, 200, ding(93_000, "invalid"), Some("gone: 93000 invalid"));
        check(Kind::Dingtalk, 200, ding(310_000, "sign not match"), {
            Some("signature: 310000 sign not match")
        });
        check(Kind::Dingtalk, 200, ding(310_000, "keywords not in content"), {
            Some("keyword: 310000 keywords not in content")
        });
        check(Kind::Dingtalk, 200, ding(130_101, "send too fast"), {
            Some("too_often: 130101 send too fast")
        });
        check(Kind::Feishu, 200, json!({ "StatusCode": 0, "StatusMessage": "success" }), None);
        check(Kind::Feishu, 200, feishu(19_021, "sign match fail"), {
            Some("signature: 19021 sign match fail")
        });
        check(Kind::Feishu, 200, feishu(19_024, "Key Words Not Found"), {
            Some("keyword: 19024 Key Words Not Found")
        });
        check(Kind::Feishu, 429, Json::Null, Some("too_often"));
        check(Kind::Feishu, 502, Json::Null, Some("no_answer"));
    }
}
