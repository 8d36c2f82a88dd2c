//! The section `[wechat]` of the channels file.

use super::sealing::Sealing;
use crate::channels::settings::{
    Secret, Template, WrittenParam, filled, reachable, secret, template_of, wrong,
};
use base::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the platform is asked unless the file says otherwise.
const ADDRESS: &str = "https://api.weixin.qq.com";
/// Largest scene (订阅场景值) the platform knows.
const MOST_SCENE: u16 = 10_000;

/// The section as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::channels) struct Written {
    app_id: String,
    secret_file: Option<PathBuf>,
    secret_env: Option<String>,
    token_file: Option<PathBuf>,
    token_env: Option<String>,
    aes_key_file: Option<PathBuf>,
    aes_key_env: Option<String>,
    address: Option<String>,
    #[serde(default)]
    templates: BTreeMap<String, WrittenNotice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNotice {
    id: String,
    scene: Option<u16>,
    #[serde(default)]
    params: Vec<WrittenParam>,
}

/// A text the platform lets us send: a subscription notification (订阅通知) with places to fill, or
/// with a scene a one-time subscription message (一次性订阅消息), which says what the rulebook says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number at the platform, and what fills its places.
    pub template: Template,
    /// What customers agree to one by one; each of another number.
    pub scene: Option<u16>,
}

/// The company's official account (公众号).
#[derive(Debug, Clone)]
pub struct Wechat {
    /// Its number (`AppID`).
    pub app_id: String,
    pub(super) secret: Secret,
    pub(super) token: Secret,
    pub(super) sealing: Option<Sealing>,
    pub(super) address: String,
    /// By message of the rulebook.
    pub templates: BTreeMap<String, Notice>,
}

/// Reads the section; names of files in it are below `folder`.
pub(in crate::channels) fn wechat_of(
    written: Written,
    folder: &Path,
    env: impl Fn(&str) -> Option<String>,
) -> Result<Wechat, Text> {
    filled("wechat.app_id", &written.app_id)?;
    let read = |name: &str, file, variable| secret(name, (file, variable), folder, &env);
    let sealing = match (&written.aes_key_file, &written.aes_key_env) {
        (None, None) => None,
        (file, variable) => {
            let signs = read("wechat.aes_key", file, variable)?;
            Some(Sealing::try_new(&signs.0, &written.app_id).ok_or_else(|| {
                wrong(
                    "wechat.aes_key",
                    "是公众平台上 43 个字符的 EncodingAESKey",
                    "is the EncodingAESKey of 43 signs",
                )
            })?)
        }
    };
    let address = written.address.unwrap_or_else(|| ADDRESS.to_owned());
    let address = address.trim_end_matches('/').to_owned();
    reachable("wechat.address", &address)?;
    let mut templates = BTreeMap::new();
    let mut scenes = Vec::new();
    for (message, notice) in written.templates {
        let template =
            template_of(&format!("wechat.templates.{message}"), notice.id, notice.params)?;
        if let Some(scene) = notice.scene {
            if scene > MOST_SCENE || scenes.contains(&scene) {
                return Err(wrong(
                    &format!("wechat.templates.{message}.scene"),
                    "是 0 到 10000 的数，每条消息一个，不能相同",
                    "is 0 to 10000, another one for each message",
                ));
            }
            scenes.push(scene);
        }
        templates.insert(message, Notice { template, scene: notice.scene });
    }
    Ok(Wechat {
        secret: read("wechat.secret", &written.secret_file, &written.secret_env)?,
        token: read("wechat.token", &written.token_file, &written.token_env)?,
        app_id: written.app_id,
        sealing,
        address,
        templates,
    })
}
