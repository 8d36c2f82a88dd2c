//! What the platform is asked: for a key of two hours, for a code to scan, to tell somebody.

use super::Wechat;
use crate::channels::{Channels, Outcome, odd};
use axum::body::Body;
use axum::http::Request;
use base::Instant;
use serde_json::{Map, Value as Json, json};

/// How long before its end a key is asked for anew, in seconds.
const BEFORE_SECONDS: i64 = 300;
/// Longest title of a one-time message, in characters.
const TITLE: usize = 15;
/// Longest text of one.
const TEXT: usize = 200;
/// Codes by which the platform says that the key is none any more.
const STALE: [i64; 3] = [40001, 40014, 42001];
/// Codes that will be another one soon: busy, too often in a minute; or once the operator has
/// mended the account's settings: secret, address of this server.
const LATER: [i64; 6] = [-1, 45011, 40013, 40125, 40164, 61004];

/// The key of the platform (`access_token`), and when it ends.
#[derive(Debug, Clone, Default)]
pub(in crate::channels) struct Kept(Option<(String, Instant)>);

/// A notice to one customer.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// Who, as the platform calls them.
    pub openid: String,
    /// How it goes.
    pub notice: &'a super::Notice,
    /// Title and text of the rulebook.
    pub said: (String, String),
    /// Names and values of its places.
    pub filled: Vec<(String, String)>,
    /// Where it leads when pressed.
    pub url: Option<String>,
}

impl Told<'_> {
    fn body(&self) -> (&'static str, Json) {
        let template = &self.notice.template.id;
        let cut = |text: &str, most| text.chars().take(most).collect::<String>();
        if let Some(scene) = self.notice.scene {
            let mut body = json!({
                "touser": self.openid, "template_id": template, "scene": scene.to_string(),
                "title": cut(&self.said.0, TITLE),
                "data": { "content": { "value": cut(&self.said.1, TEXT) } },
            });
            if let Some(url) = &self.url {
                body["url"] = json!(url);
            }
            return ("/cgi-bin/message/template/subscribe", body);
        }
        let data: Map<String, Json> = self
            .filled
            .iter()
            .map(|(name, value)| (name.clone(), json!({ "value": cut(value, room(name)) })))
            .collect();
        let mut body = json!({ "touser": self.openid, "template_id": template, "data": data });
        if let Some(url) = &self.url {
            body["page"] = json!(url);
        }
        ("/cgi-bin/message/subscribe/bizsend", body)
    }
}

/// Characters a place holds: its name begins with its kind.
fn room(name: &str) -> usize {
    match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "phrase" => 5,
        "name" => 10,
        "thing" => 20,
        _ => 32,
    }
}

impl Channels {
    /// Tells somebody by `WeChat`.
    pub(in crate::channels) async fn notify(&self, told: &Told<'_>, now: Instant) -> Outcome {
        let Some(wechat) = &self.settings.wechat else {
            return Outcome::Refused("no official account is set up".into());
        };
        let (path, body) = told.body();
        match self.platform(wechat, path, &body, now).await {
            Ok(answer) => {
                let id = answer.get("msgid").filter(|id| !id.is_null());
                Outcome::Sent(id.map(|id| id.to_string().trim_matches('"').to_owned()))
            }
            Err(outcome) => outcome,
        }
    }

    /// The text of a code that leads whoever scans it to the account, with a word.
    ///
    /// # Errors
    /// What the platform said.
    pub async fn wechat_code(
        &self,
        word: &str,
        seconds: i64,
        now: Instant,
    ) -> Result<String, String> {
        let wechat = self.settings.wechat.as_ref().ok_or("no official account is set up")?;
        let body = json!({
            "expire_seconds": seconds, "action_name": "QR_STR_SCENE",
            "action_info": { "scene": { "scene_str": word } },
        });
        let answer = self.platform(wechat, "/cgi-bin/qrcode/create", &body, now).await;
        let answer = answer.map_err(Outcome::into_why)?;
        let url = answer.get("url").and_then(Json::as_str);
        url.map(str::to_owned).ok_or_else(|| "the answer holds no code".into())
    }

    /// Asks for a key and nothing else: whether the account lets us in.
    ///
    /// # Errors
    /// What the platform said.
    pub async fn try_wechat(&self, now: Instant) -> Result<(), String> {
        let wechat = self.settings.wechat.as_ref().ok_or("no official account is set up")?;
        self.key(wechat, now).await.map(|_| ()).map_err(Outcome::into_why)
    }

    /// Asks with the key, and once more with another where that one was none any more.
    async fn platform(
        &self,
        wechat: &Wechat,
        path: &str,
        body: &Json,
        now: Instant,
    ) -> Result<Json, Outcome> {
        let mut key = self.key(wechat, now).await?;
        let mut again = true;
        loop {
            let query = format!("{path}?access_token={}", super::encoded(&key));
            match judged(self.posted(wechat, &query, body).await?) {
                Err((code, _)) if again && STALE.contains(&code) => {
                    again = false;
                    self.drop_key(&key).await;
                    key = self.key(wechat, now).await?;
                }
                Err((code, why)) => return Err(meant(code, why)),
                Ok(answer) => return Ok(answer),
            }
        }
    }

    /// The key. Whoever comes while it is asked for waits, and asks nobody.
    async fn key(&self, wechat: &Wechat, now: Instant) -> Result<String, Outcome> {
        let mut kept = self.wechat_key.lock().await;
        if let Some((key, ends)) = &kept.0
            && now.plus_seconds(BEFORE_SECONDS) < *ends
        {
            return Ok(key.clone());
        }
        let body = json!({
            "grant_type": "client_credential", "appid": wechat.app_id,
            "secret": wechat.secret.0, "force_refresh": false,
        });
        let answer = self.posted(wechat, "/cgi-bin/stable_token", &body).await?;
        let answer = judged(answer).map_err(|(_, why)| Outcome::Later(why))?;
        let key = answer.get("access_token").and_then(Json::as_str);
        let seconds = answer.get("expires_in").and_then(Json::as_i64);
        let (Some(key), Some(seconds)) = (key, seconds) else {
            return Err(Outcome::Later("the answer holds no key".into()));
        };
        kept.0 = Some((key.to_owned(), now.plus_seconds(seconds)));
        Ok(key.to_owned())
    }

    async fn drop_key(&self, stale: &str) {
        let mut kept = self.wechat_key.lock().await;
        // Somebody else may have another one by now.
        if kept.0.as_ref().is_some_and(|(key, _)| key == stale) {
            kept.0 = None;
        }
    }

    async fn posted(&self, wechat: &Wechat, path: &str, body: &Json) -> Result<Json, Outcome> {
        let request = Request::post(format!("{}{path}", wechat.address))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .map_err(|e| Outcome::Refused(e.to_string()))?;
        match self.ask(request).await? {
            (200, answer) if answer.is_object() => Ok(answer),
            (status, _) => Err(odd(status)),
        }
    }
}

/// What the platform says of a request: its answer, or a code with its reason.
fn judged(answer: Json) -> Result<Json, (i64, String)> {
    let code = answer.get("errcode").and_then(Json::as_i64).unwrap_or(0);
    if code == 0 {
        return Ok(answer);
    }
    let said = answer.get("errmsg").and_then(Json::as_str).unwrap_or_default();
    // The number of the request, which the platform adds, says nothing to a person.
    let said = said.split(" rid:").next().unwrap_or_default();
    Err((code, format!("{code}: {said}")))
}

/// What a code means for the message: not agreed to, has left, unknown there (43101, 43004, 40003)
/// and all that is not known to pass are for good.
fn meant(code: i64, why: String) -> Outcome {
    if LATER.contains(&code) || STALE.contains(&code) {
        Outcome::Later(why)
    } else {
        Outcome::Refused(why)
    }
}
