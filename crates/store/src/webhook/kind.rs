//! Who listens to a subscription.

use crate::{Result, StoreError};
use base::Lang;

/// Who listens: a program, or people of a group by its robot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A program (程序).
    Program,
    /// A robot of a group of `WeChat` Work (企业微信群机器人).
    Wecom,
    /// A robot of a group of `DingTalk` (钉钉群机器人).
    Dingtalk,
    /// A robot of a group of Feishu or Lark (飞书群机器人).
    Feishu,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Program, Self::Wecom, Self::Dingtalk, Self::Feishu];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Wecom => "wecom",
            Self::Dingtalk => "dingtalk",
            Self::Feishu => "feishu",
        }
    }

    /// Whether people read it.
    pub fn is_robot(self) -> bool {
        self != Self::Program
    }

    /// A robot by its word.
    pub fn robot(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.is_robot() && kind.word() == word)
    }

    pub(super) fn of(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| StoreError::Damaged(format!("`{word}` listens to no subscription")))
    }
}

/// A language as kept.
pub(super) fn word_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}
