//! The file that says which provider is asked, how, and what its word is worth here.

use super::claims::Claims;
use axum::http::Uri;
use base::Text;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    issuer: String,
    address: String,
    client_id: String,
    client_secret_file: Option<PathBuf>,
    client_secret_env: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    label: Label,
    passwords: Option<bool>,
    root: Option<PathBuf>,
    link: Option<Link>,
    second_factor: Option<Second>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    claim: String,
    domain: Option<String>,
}

/// What in a token proves the provider's second factor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Second {
    #[serde(default)]
    acr: Vec<String>,
    #[serde(default)]
    amr: Vec<String>,
}

/// By which claim somebody is known here who was not linked yet, as company and provider agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreed {
    /// The claim is the login.
    Login(String),
    /// A verified e-mail address of this domain; what stands before the `@` is the login.
    Email(String),
}

/// A secret that shows itself in no log.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(pub(super) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Which provider is asked, and what its word is worth here.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The provider, as it calls itself.
    pub issuer: String,
    /// Where browsers reach us, without `/` at its end.
    pub address: String,
    /// What it calls us.
    pub client_id: String,
    pub(super) secret: Option<Secret>,
    pub(super) scopes: String,
    /// What the button says after "sign in with".
    pub label: Text,
    /// Whether who is linked may sign in by a password too.
    pub passwords: bool,
    pub(super) root: Option<PathBuf>,
    /// Who is known without having been linked.
    pub agreed: Option<Agreed>,
    second: Option<Second>,
}

/// Longest text of a setting.
const LONGEST: usize = 500;

impl Settings {
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
        let issuer = written.issuer.trim().to_owned();
        reachable("issuer", &issuer)?;
        let address = written.address.trim().trim_end_matches('/').to_owned();
        reachable("address", &address)?;
        for (name, value) in [
            ("client_id", &written.client_id),
            ("label.zh", &written.label.zh),
            ("label.en", &written.label.en),
        ] {
            if value.trim().is_empty() || value.len() > LONGEST {
                return Err(wrong(name, "要填，500 字节以内", "is to be filled in, 500 bytes"));
            }
        }
        let passwords = written.passwords.ok_or_else(|| {
            wrong(
                "passwords",
                "要写 true 或 false：已关联的人是否还能用密码登录",
                "is true or false: whether who is linked may sign in by a password too",
            )
        })?;
        let root = written.root.as_ref().map(|file| folder.join(file));
        if let Some(root) = &root {
            std::fs::metadata(root)
                .map_err(|e| wrong("root", &format!("读不出来：{e}"), &e.to_string()))?;
        }
        Ok(Self {
            secret: secret(&written, folder, env)?,
            scopes: scopes(&written.scopes)?,
            agreed: written.link.map(agreed).transpose()?,
            second: written.second_factor.map(second).transpose()?,
            issuer,
            address,
            client_id: written.client_id.trim().to_owned(),
            label: Text::new(written.label.zh.trim(), written.label.en.trim()),
            passwords,
            root,
        })
    }

    /// Where the provider sends people back to.
    pub fn back(&self) -> String {
        format!("{}{}", self.address, super::BACK)
    }

    /// Whether the provider's second factor counts and this token proves it.
    pub fn second_counts(&self, claims: &Claims) -> bool {
        let Some(second) = &self.second else { return false };
        claims.acr().is_some_and(|acr| second.acr.iter().any(|one| one == acr))
            || claims.amr().any(|amr| second.amr.iter().any(|one| one == amr))
    }

    /// What to ask the provider for, where a level of its own stands for the second factor.
    pub(super) fn wanted_acr(&self) -> Option<String> {
        let acr = &self.second.as_ref()?.acr;
        (!acr.is_empty()).then(|| acr.join(" "))
    }
}

/// The first line of what the reader of TOML says, with its place.
fn unreadable(text: &str, error: &toml::de::Error) -> Text {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    let said = error.message().lines().next().unwrap_or_default();
    Text::new(format!("第 {line} 行：{said}"), format!("line {line}: {said}"))
}

fn wrong(name: &str, zh: &str, en: &str) -> Text {
    Text::new(format!("{name} {zh}"), format!("`{name}` {en}"))
}

/// Whether an address is secured, or of this very machine.
pub(crate) fn is_safe(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let own = host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|host| host.is_loopback());
    match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => own,
        _ => false,
    }
}

fn reachable(name: &str, address: &str) -> Result<(), Text> {
    if is_safe(address) && !address.contains(['?', '#']) && address.len() <= LONGEST {
        return Ok(());
    }
    Err(wrong(
        name,
        "要写成 https://… 的完整地址（只有本机可以用 http），不带 ? 和 #",
        "is a whole address that begins with https:// (http on this machine only), without ? or #",
    ))
}

fn secret(
    written: &Written,
    folder: &Path,
    env: impl Fn(&str) -> Option<String>,
) -> Result<Option<Secret>, Text> {
    let text = match (&written.client_secret_file, &written.client_secret_env) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(wrong(
                "client_secret_file",
                "与 client_secret_env 只能写一个",
                "and `client_secret_env` exclude each other",
            ));
        }
        (Some(file), None) => std::fs::read_to_string(folder.join(file)).map_err(|e| {
            let file = folder.join(file);
            let file = file.display();
            wrong(
                "client_secret_file",
                &format!("“{file}”读不出来：{e}"),
                &format!("{file} cannot be read: {e}"),
            )
        })?,
        (None, Some(name)) => env(name).ok_or_else(|| {
            wrong(
                "client_secret_env",
                &format!("环境变量 {name} 没有设置"),
                &format!("names the variable {name}, which is not set"),
            )
        })?,
    };
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(wrong("client_secret", "是空的", "is empty"));
    }
    Ok(Some(Secret(text)))
}

fn scopes(written: &[String]) -> Result<String, Text> {
    if let Some(bad) = written.iter().find(|one| one.is_empty() || one.contains(' ')) {
        return Err(wrong(
            "scopes",
            &format!("每项一个词，“{bad}”不是"),
            &format!("holds one word each, `{bad}` is none"),
        ));
    }
    let rest = written.iter().map(String::as_str).filter(|one| *one != "openid");
    Ok(std::iter::once("openid").chain(rest).collect::<Vec<_>>().join(" "))
}

fn agreed(link: Link) -> Result<Agreed, Text> {
    match (link.claim.as_str(), link.domain) {
        ("", _) => Err(wrong("link.claim", "要填", "is to be filled in")),
        ("sub", _) => Err(wrong(
            "link.claim",
            "不能是 sub：sub 由本人关联一次，例如用 preferred_username",
            "is not `sub`, which its person links once; take `preferred_username`, for example",
        )),
        ("email", Some(domain)) if domain.contains('.') && !domain.contains('@') => {
            Ok(Agreed::Email(domain.to_lowercase()))
        }
        ("email", _) => Err(wrong(
            "link.domain",
            "用 email 关联时要写公司的邮箱域名，例如 example.cn",
            "names the company's domain, as `example.cn`, where `email` links",
        )),
        (_, Some(_)) => Err(wrong("link.domain", "只与 email 一起用", "goes with `email` only")),
        (claim, None) => Ok(Agreed::Login(claim.to_owned())),
    }
}

fn second(second: Second) -> Result<Second, Text> {
    if second.acr.is_empty() && second.amr.is_empty() {
        return Err(wrong(
            "second_factor",
            "要写明 acr 或 amr 的哪些值证明两步验证",
            "says which values of `acr` or `amr` prove a second factor",
        ));
    }
    Ok(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "issuer = \"https://login.example.cn/realms/staff\"\n\
        address = \"https://service.example.cn/\"\nclient_id = \"sanbao\"\npasswords = false\n\
        label = { zh = \"公司账号\", en = \"company account\" }\n";

    fn parse(text: &str) -> Result<Settings, Text> {
        let env = |name: &str| (name == "SET").then(|| " hush\n".to_owned());
        Settings::parse(text, Path::new("/nowhere"), env)
    }

    #[test]
    fn a_file_that_cannot_be_used_says_in_one_sentence_why() {
        let with = |more: &str| format!("{GOOD}{more}");
        for (text, word) in [
            (GOOD.replace("https://login", "http://login"), "`issuer`"),
            (GOOD.replace("https://service.example.cn/", "service"), "`address`"),
            (GOOD.replace("\"sanbao\"", "\"\""), "`client_id`"),
            (GOOD.replace("passwords = false\n", ""), "`passwords` is true or false"),
            (with("colour = 1\n"), "line 6: unknown field `colour`"),
            (with("client_secret_env = \"UNSET\"\n"), "UNSET"),
            (with("client_secret_file = \"gone\"\n"), "/nowhere/gone"),
            (with("client_secret_file = \"a\"\nclient_secret_env = \"SET\"\n"), "exclude"),
            (with("scopes = [\"openid profile\"]\n"), "`scopes`"),
            (with("[link]\nclaim = \"sub\"\n"), "`link.claim`"),
            (with("[link]\nclaim = \"email\"\n"), "`link.domain`"),
            (with("[link]\nclaim = \"upn\"\ndomain = \"a.cn\"\n"), "`link.domain`"),
            (with("[second_factor]\n"), "`second_factor`"),
            (with("root = \"gone.pem\"\n"), "`root`"),
        ] {
            let why = parse(&text).expect_err(word);
            assert!(why.en.contains(word) && !why.en.contains('\n'), "{word}: {}", why.en);
        }
    }

    #[test]
    fn what_is_written_is_what_holds() {
        let text = format!(
            "{GOOD}client_secret_env = \"SET\"\nscopes = [\"profile\"]\n\
             [link]\nclaim = \"email\"\ndomain = \"Example.cn\"\n[second_factor]\namr = [\"mfa\"]\n"
        );
        let settings = parse(&text).expect("good");
        assert_eq!(settings.back(), "https://service.example.cn/arrived");
        assert_eq!(settings.scopes, "openid profile");
        assert_eq!(settings.agreed, Some(Agreed::Email("example.cn".into())));
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
