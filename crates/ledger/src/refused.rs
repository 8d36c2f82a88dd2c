//! A refusal: the code, what it is about, and what would have passed.

use crate::{Code, Commodity};
use base::{Money, Text};

/// Why a posting is refused. Stored as code and arguments; the sentence is made for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The first thing wrong in the declared order.
    pub code: Code,
    /// The account, serial, variable or word it is about.
    pub about: String,
    /// What the account counts, where amounts are named.
    pub commodity: Option<Commodity>,
    /// What was asked for.
    pub asked: i64,
    /// What would have passed.
    pub room: i64,
    /// Who holds the serial, where another account does.
    pub holder: Option<String>,
}

impl std::error::Error for Refused {}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.sentence().en)
    }
}

impl Refused {
    /// A refusal about `what`, cut to a readable length: it may come from outside.
    pub fn about(code: Code, what: impl AsRef<str>) -> Self {
        let about = what.as_ref().chars().take(120).collect();
        Self { code, about, commodity: None, asked: 0, room: 0, holder: None }
    }

    /// A refusal that names amounts.
    #[must_use]
    pub(crate) fn amounts(mut self, commodity: &Commodity, asked: i64, room: i64) -> Self {
        self.commodity = Some(commodity.clone());
        (self.asked, self.room) = (asked, room);
        self
    }

    fn amount(&self, count: i64) -> Text {
        match self.commodity {
            Some(Commodity::Fen) => Text::new(Money(count).to_string(), Money(count).to_string()),
            _ => Text::new(format!("{count} 件"), format!("{count} pcs")),
        }
    }

    /// What is wrong and what would be right.
    pub fn sentence(&self) -> Text {
        let about = &self.about;
        let (asked, room) = (self.amount(self.asked), self.amount(self.room));
        let holder = self.holder.as_deref().unwrap_or("?");
        let (zh, en) = match self.code {
            Code::BelowZero => (
                format!("{about} 不足：要 {}，只有 {}", asked.zh, room.zh),
                format!("{about} holds {}, {} were asked for", room.en, asked.en),
            ),
            Code::OverLimit => (
                format!("{about} 超过限额：要增加 {}，还可增加 {}", asked.zh, room.zh),
                format!("{about} may take {} more, {} were asked for", room.en, asked.en),
            ),
            Code::NotEmpty => (
                format!("{about} 还有 {}，结清后才能关闭", room.zh),
                format!("{about} still holds {}; settle it before it is closed", room.en),
            ),
            Code::SerialElsewhere => (
                format!("编号 {about} 现在 {holder}，不能从别处转出"),
                format!("Serial {about} is held by {holder}; move it from there"),
            ),
            Code::SerialsCount => (
                format!("{about} 按编号管理：{} 要逐件写明编号，现有 {}", asked.zh, room.zh),
                format!(
                    "{about} goes by serial: name one for each of {}, not {}",
                    asked.en, room.en
                ),
            ),
            code => {
                let (zh, en) = plain(code);
                (zh.replace("{}", about), en.replace("{}", about))
            }
        };
        Text::new(zh, en)
    }
}

/// Sentences that name one thing only.
fn plain(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::KeyMalformed => (
            "“{}” 不能作代码：不含空格、斜杠和花括号，最多 64 字节",
            "`{}` is no key: no spaces, slashes or braces, at most 64 bytes",
        ),
        Code::PathMalformed => (
            "“{}” 不是科目：应像 stock/main/BAT-48-20",
            "`{}` is no account; it should look like stock/main/BAT-48-20",
        ),
        Code::VariableMissing => ("记账缺少 {}", "The posting needs `{}`"),
        Code::RuleMissing => (
            "没有科目规则说明 {} 记什么",
            "No account rule says what `{}` counts; add an [[account]] for it",
        ),
        Code::ValueMissing => ("“{}” 没有值，请先补齐", "`{}` has no value; complete it first"),
        Code::PiecesNotWhole => ("{} 不是整件", "{} is not a whole number of pieces"),
        Code::NoMoves => ("凭证没有分录", "The transaction moves nothing"),
        Code::TooManyMoves => ("一张凭证最多 500 笔，请分开", "At most 500 moves; split it"),
        Code::AmountZero => ("{} 的数额为零", "{} is moved by zero; leave it out"),
        Code::AmountNegative => ("{} 的数额为负，请调换方向", "{} is negative; turn it round"),
        Code::AmountTooLarge => ("{} 的数额太大", "The amount of {} is too large"),
        Code::SameAccount => ("{} 不能转给自己", "{} cannot be moved to itself"),
        Code::SerialTwice => ("编号 {} 在一张凭证里转了两次", "Serial {} is moved twice at once"),
        Code::MovesCancel => {
            ("各笔互相抵消，无可记账", "The moves cancel; nothing is left to post")
        }
        Code::SerialShape => (
            "{} 的编号不对：按编号管理的每行一个编号一件，其他不写编号",
            "{}: a tracked part has one serial and one piece a row, anything else has none",
        ),
        Code::EntryTwice => ("{} 重复出现，请合并", "{} stands there twice; merge the rows"),
        Code::Unbalanced => ("{} 收付不平", "{} does not sum to zero"),
        Code::IdTaken => ("凭证号 {} 已用", "Another transaction has the id {}"),
        Code::OriginalUnknown => ("没有凭证 {}，无从冲销", "There is no {} to reverse"),
        Code::OriginalIsReversal => {
            ("{} 本身是冲销，不能再冲；请重新记账", "{} is a reversal itself; post anew instead")
        }
        Code::AlreadyReversed => ("{} 已冲销过", "{} was reversed before"),
        Code::NotOpposite => ("与 {} 不是完全相反", "It is not the exact opposite of {}"),
        Code::AccountUnknown => ("没有科目 {}", "There is no account {}"),
        Code::AccountClosed => ("科目 {} 已关闭", "The account {} is closed"),
        Code::WrongCommodity => ("科目 {} 记的是别的", "The account {} counts something else"),
        Code::SerialUnknown => {
            ("没有编号 {} 的在账记录，应先入库", "Nobody holds serial {}; receive it first")
        }
        Code::BalanceTooLarge => ("{} 的余额会太大", "The balance of {} would be too large"),
        Code::AccountDiffers => {
            ("科目 {} 已存在，记的是别的", "The account {} exists and counts something else")
        }
        Code::LimitNegative => ("{} 的限额不能为负", "The limit of {} cannot be below zero"),
        Code::BelowZero
        | Code::OverLimit
        | Code::NotEmpty
        | Code::SerialElsewhere
        | Code::SerialsCount => ("{}", "{}"),
    }
}
