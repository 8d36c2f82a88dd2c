//! The file that says by which channels people are told, in what order, by which templates.

use super::email::{Smtp, Written as WrittenSmtp, smtp_of};
use super::wechat::{Wechat, Written as WrittenWechat, wechat_of};
use super::{Channel, aliyun, tencent};
use crate::mail::{MailIn, Written as WrittenMailIn, mail_in_of};
use crate::webhooks;
use axum::http::Uri;
use base::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Shortest word of the address where reports are taken.
const SHORTEST: usize = 20;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    customers: Vec<String>,
    root: Option<PathBuf>,
    address: Option<String>,
    sms: Option<WrittenSms>,
    smtp: Option<WrittenSmtp>,
    wechat: Option<WrittenWechat>,
    mail_in: Option<WrittenMailIn>,
    #[serde(default)]
    webhooks: webhooks::Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSms {
    provider: String,
    key_id: String,
    key_secret_file: Option<PathBuf>,
    key_secret_env: Option<String>,
    sign_name: String,
    sdk_app_id: Option<String>,
    region: Option<String>,
    address: Option<String>,
    reports_file: Option<PathBuf>,
    reports_env: Option<String>,
    #[serde(default)]
    templates: BTreeMap<String, WrittenTemplate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTemplate {
    id: String,
    #[serde(default)]
    params: Vec<WrittenParam>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenParam {
    name: String,
    value: String,
}

/// A secret that shows itself in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub(super) String);

impl Secret {
    /// The secret itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Who sends text messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmsProvider {
    /// 阿里云短信.
    Aliyun,
    /// 腾讯云短信.
    Tencent,
}

/// A text that the provider approved (短信模板), and what fills its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its number at the provider.
    pub id: String,
    /// Names and values of its places, in order; a value is written like the text of a message.
    pub params: Vec<(String, String)>,
}

/// Text messages.
#[derive(Debug, Clone)]
pub struct Sms {
    /// Who sends them.
    pub provider: SmsProvider,
    pub(super) key_id: String,
    pub(super) secret: Secret,
    /// What stands before the text (签名), approved too.
    pub sign_name: String,
    pub(super) sdk_app_id: String,
    pub(super) region: String,
    pub(super) address: String,
    /// The word of the address where its reports are taken.
    pub(super) reports: Option<Secret>,
    /// By message of the rulebook.
    pub templates: BTreeMap<String, Template>,
}

impl Sms {
    /// The host as it is signed.
    pub(super) fn host(&self) -> String {
        let rest = self.address.split_once("://").map_or("", |(_, rest)| rest);
        rest.trim_end_matches('/').to_owned()
    }
}

/// By which channels people are told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Channels to customers; the next one where one cannot.
    pub customers: Vec<Channel>,
    pub(super) root: Option<PathBuf>,
    /// Where the program is reached by a browser: links in messages lead there.
    pub address: Option<String>,
    /// Text messages.
    pub sms: Option<Sms>,
    /// The company's mail server.
    pub smtp: Option<Smtp>,
    /// The company's official account at `WeChat`.
    pub wechat: Option<Wechat>,
    /// Letters to the desk of enquiries.
    pub mail_in: Option<MailIn>,
    /// What programs of others are told, and where.
    pub webhooks: webhooks::Settings,
}

impl Settings {
    /// The authority that is trusted beside the machine's own.
    pub fn root(&self) -> Option<&PathBuf> {
        self.root.as_ref()
    }

    /// Reads the file; `env` looks a variable of the environment up.
    ///
    /// # Errors
    /// One sentence with what is wrong and what would be right.
    pub fn read(path: &Path, env: impl Fn(&str) -> Option<String>) -> Result<Self, Text> {
        let shown = path.display();
        let refused =
            |why: Text| Text::new(format!("“{shown}”：{}", why.zh), format!("{shown}: {}", why.en));
        let text = std::fs::read_to_string(path)
            .map_err(|e| refused(Text::new(format!("读不出来：{e}"), format!("{e}"))))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, folder, env).map_err(refused)
    }

    /// Reads the text of the file; names of files in it are below `folder`.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(
        text: &str,
        folder: &Path,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Text> {
        let written: Written = toml::from_str(text).map_err(|e| unreadable(text, &e))?;
        let mut customers = Vec::new();
        for word in &written.customers {
            let channel = Channel::of(word).filter(|channel| !customers.contains(channel));
            customers.push(channel.ok_or_else(|| {
                wrong(
                    "customers",
                    "每种通道写一次：wechat、sms、email",
                    "names each channel once: wechat, sms, email",
                )
            })?);
        }
        let sms = written.sms.map(|sms| sms_of(sms, folder, &env)).transpose()?;
        let smtp = written.smtp.map(|smtp| smtp_of(smtp, folder, &env)).transpose()?;
        let wechat = written.wechat.map(|section| wechat_of(section, folder, &env)).transpose()?;
        let mail_in = written.mail_in.map(|own| mail_in_of(&own, folder, &env)).transpose()?;
        for (channel, section, there) in [
            (Channel::Wechat, "wechat", wechat.is_some()),
            (Channel::Sms, "sms", sms.is_some()),
            (Channel::Email, "smtp", smtp.is_some()),
        ] {
            if customers.contains(&channel) && !there {
                let word = channel.word();
                return Err(wrong(
                    "customers",
                    &format!("写了 {word}，要有 [{section}] 一节"),
                    &format!("names {word}; there is to be a section [{section}]"),
                ));
            }
        }
        let webhooks = webhooks::Settings::try_new(&written.webhooks)?;
        let root = written.root.map(|file| folder.join(file));
        if let Some(root) = &root {
            std::fs::metadata(root)
                .map_err(|e| wrong("root", &format!("读不出来：{e}"), &e.to_string()))?;
        }
        let address = written.address.map(|address| address.trim_end_matches('/').to_owned());
        if let Some(address) = &address {
            reachable("address", address)?;
        }
        Ok(Self { customers, root, address, sms, smtp, wechat, mail_in, webhooks })
    }
}

fn sms_of(
    written: WrittenSms,
    folder: &Path,
    env: impl Fn(&str) -> Option<String>,
) -> Result<Sms, Text> {
    let provider = match written.provider.as_str() {
        "aliyun" => SmsProvider::Aliyun,
        "tencent" => SmsProvider::Tencent,
        _ => return Err(wrong("sms.provider", "是 aliyun 或 tencent", "is aliyun or tencent")),
    };
    let named = (&written.key_secret_file, &written.key_secret_env);
    let reports = match (&written.reports_file, &written.reports_env) {
        (None, None) => None,
        named => Some(secret("sms.reports", named, folder, &env)?),
    };
    if reports.as_ref().is_some_and(|word| word.0.len() < SHORTEST) {
        return Err(wrong(
            "sms.reports",
            "至少 20 个字符，别人猜不出",
            "has 20 signs at least, which nobody guesses",
        ));
    }
    let secret = secret("sms.key_secret", named, folder, env)?;
    for (name, value) in [("sms.key_id", &written.key_id), ("sms.sign_name", &written.sign_name)] {
        filled(name, value)?;
    }
    let sdk_app_id = written.sdk_app_id.unwrap_or_default();
    if provider == SmsProvider::Tencent {
        filled("sms.sdk_app_id", &sdk_app_id)?;
    }
    let usual = match provider {
        SmsProvider::Aliyun => aliyun::ADDRESS,
        SmsProvider::Tencent => tencent::ADDRESS,
    };
    let address = written.address.unwrap_or_else(|| usual.to_owned());
    let address = address.trim_end_matches('/').to_owned();
    reachable("sms.address", &address)?;
    let mut templates = BTreeMap::new();
    for (message, template) in written.templates {
        let name = format!("sms.templates.{message}");
        templates.insert(message, template_of(&name, template.id, template.params)?);
    }
    Ok(Sms {
        provider,
        key_id: written.key_id,
        secret,
        sign_name: written.sign_name,
        sdk_app_id,
        region: written.region.unwrap_or_else(|| "ap-guangzhou".to_owned()),
        address,
        reports,
        templates,
    })
}

/// A template as written under this name.
pub(super) fn template_of(
    name: &str,
    id: String,
    params: Vec<WrittenParam>,
) -> Result<Template, Text> {
    filled(&format!("{name}.id"), &id)?;
    let params = params.into_iter().map(|param| (param.name, param.value)).collect();
    Ok(Template { id, params })
}

/// The first line of what the reader of TOML says, with its place.
fn unreadable(text: &str, error: &toml::de::Error) -> Text {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    let said = error.message().lines().next().unwrap_or_default();
    Text::new(format!("第 {line} 行：{said}"), format!("line {line}: {said}"))
}

pub(crate) fn wrong(name: &str, zh: &str, en: &str) -> Text {
    Text::new(format!("{name} {zh}"), format!("`{name}` {en}"))
}

pub(super) fn filled(name: &str, value: &str) -> Result<(), Text> {
    if value.trim().is_empty() || value.len() > 200 {
        return Err(wrong(name, "要填，200 字节以内", "is to be filled in, 200 bytes"));
    }
    Ok(())
}

/// An address over TLS, or on this machine, without anything behind the host.
pub(super) fn reachable(name: &str, address: &str) -> Result<(), Text> {
    let plain = address.parse::<Uri>().is_ok_and(|uri| uri.path() == "/" && uri.query().is_none());
    if plain && crate::oidc::is_safe(address) {
        return Ok(());
    }
    Err(wrong(
        name,
        "要写成 https://主机 的地址（只有本机可以用 http）",
        "is an address as https://host (http on this machine only)",
    ))
}

/// A secret from a file or a variable of the environment.
pub(crate) fn secret(
    name: &str,
    (file, variable): (&Option<PathBuf>, &Option<String>),
    folder: &Path,
    env: impl Fn(&str) -> Option<String>,
) -> Result<Secret, Text> {
    let text = match (file, variable) {
        (Some(file), None) => std::fs::read_to_string(folder.join(file)).map_err(|e| {
            let file = folder.join(file);
            let file = file.display();
            wrong(
                &format!("{name}_file"),
                &format!("“{file}”读不出来：{e}"),
                &format!("{file} cannot be read: {e}"),
            )
        })?,
        (None, Some(variable)) => env(variable).ok_or_else(|| {
            wrong(
                &format!("{name}_env"),
                &format!("环境变量 {variable} 没有设置"),
                &format!("names the variable {variable}, which is not set"),
            )
        })?,
        _ => {
            return Err(wrong(
                &format!("{name}_file"),
                "与 _env 写一个，密钥不写在本文件里",
                "or the same with `_env` is given, one of the two; no secret stands in this file",
            ));
        }
    };
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(wrong(name, "是空的", "is empty"));
    }
    Ok(Secret(text))
}
