//! The identity provider: its file can be used, and it answers.

use super::Line;
use crate::oidc::{BACK, Oidc, Settings, Trouble};
use base::{Instant, Text};

/// How it stands with the provider of a file.
pub(super) async fn line(read: &Result<Settings, Text>, now: Instant) -> Line {
    let remedy =
        Text::new("按 docs/operations.md 改好这个文件", "mend the file (docs/operations.md)");
    let settings = match read {
        Ok(settings) => settings,
        Err(why) => return Line::error("oidc", why.clone(), remedy),
    };
    let issuer = &settings.issuer;
    let asked = match Oidc::try_new(settings.clone()) {
        Ok(oidc) => oidc.look(now).await,
        Err(why) => return Line::error("oidc", Text::new(why.as_str(), why.as_str()), remedy),
    };
    match asked {
        Ok(()) => {
            let back = settings.back();
            Line::ok(
                "oidc",
                format!("登录平台 {issuer} 有答复；回到 {back}"),
                format!("the identity provider {issuer} answers; it sends people back to {back}"),
            )
        }
        Err(Trouble::Away(why) | Trouble::Refused(why)) => Line::error(
            "oidc",
            Text::new(
                format!("登录平台 {issuer} 没有答复：{why}"),
                format!("the identity provider {issuer} does not answer: {why}"),
            ),
            Text::new(
                "核对地址、网络和证书（企业内部的根证书写在 root）",
                "look at address, network and certificate (`root` names a root of the company)",
            ),
        ),
        Err(Trouble::Untrusted(why)) => Line::error(
            "oidc",
            Text::new(format!("登录平台的说明不能用：{why}"), format!("it cannot be used: {why}")),
            Text::new(
                format!("issuer 要与它自称的一字不差；回到的地址以 {BACK} 结尾"),
                format!("`issuer` is what it calls itself to the letter; it leads back to {BACK}"),
            ),
        ),
    }
}
