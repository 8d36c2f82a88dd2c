//! The company's official account at `WeChat` (微信公众号): who is told there, and what they allow.
//!
//! Customers scan a code once and are known to the account from then on. Each notice needs their
//! consent at the platform, which alone knows whether it is there: it is asked, and a refusal
//! hands the message to the next channel.

mod asking;
mod heard;
mod sealing;
mod settings;

pub(super) use asking::Kept;
pub use asking::Told;
pub use heard::{Asked, Did, Heard};
pub use sealing::{Sealing, signature};
pub use settings::{Notice, Wechat};
pub(super) use settings::{Written, wechat_of};

use super::signing::encoded;
use rulebook::Release;

/// Where customers say yes to one message.
const CONFIRM: &str = "https://mp.weixin.qq.com/mp/subscribemsg?action=get_confirm";

impl Wechat {
    /// What the account says to somebody it knows: that they are told here, and where they say yes
    /// to each message that needs one. `site` is where the platform leads back to.
    pub fn greeting(&self, release: &Release, site: Option<&str>) -> String {
        let mut lines = vec!["已关联。维修进展可以发到这里。".to_owned()];
        let Some(site) = site else { return lines.remove(0) };
        let back = encoded(&format!("{site}/w"));
        for (message, notice) in &self.templates {
            let (Some(scene), Some(message)) = (notice.scene, release.messages.get(message)) else {
                continue;
            };
            let (app, id) = (encoded(&self.app_id), encoded(&notice.template.id));
            lines.push(format!(
                "<a href=\"{CONFIRM}&appid={app}&scene={scene}&template_id={id}\
                 &redirect_url={back}&reserved=sanbao#wechat_redirect\">接收“{}”</a>",
                message.title.zh
            ));
        }
        if lines.len() > 1 {
            lines.insert(1, "每点一次允许,发一条;不允许的仍发短信。".to_owned());
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests;
