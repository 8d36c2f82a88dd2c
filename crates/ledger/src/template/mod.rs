//! Posting templates (记账模板): `[[posting]]` of `postings.toml`.
//!
//! A template is a function of declared variables. What is generic is the expression `E`: the
//! rulebook brings its own, typed against the variables when a pack is checked; this crate only
//! knows that one answers with a number or a list of serials.

mod check;
mod fill;

use crate::{AccountRule, Key, Pattern};
use base::Text;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `postings.toml` of a pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingsFile<E> {
    /// Account rules.
    #[serde(default = "Vec::new", rename = "account")]
    pub accounts: Vec<AccountRule>,
    /// Templates.
    #[serde(default = "Vec::new", rename = "posting")]
    pub postings: Vec<Template<E>>,
}

/// A posting template. It cannot be unbalanced: it says what goes from where to where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template<E> {
    /// Key, named by the effect `post`.
    pub id: Key,
    /// Name, as on statements and account pages.
    pub title: Text,
    /// The kind of movement; needed as soon as parts move (EB-5.2.3).
    #[serde(default)]
    pub kind: Option<MovementKind>,
    /// What the effect must give, by name.
    pub vars: BTreeMap<String, VarKind>,
    /// What moves; a move of nothing is left out when it is filled.
    pub moves: Vec<TemplateMove<E>>,
    /// Clauses.
    pub clause: Vec<String>,
}

/// One move of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateMove<E> {
    /// Where it leaves: words and variables of kind `key`, as `stock/{warehouse}/{part}`.
    pub from: Pattern,
    /// Where it arrives.
    pub to: Pattern,
    /// Money: an expression. One of `amount` and `pieces`.
    #[serde(default = "none")]
    pub amount: Option<E>,
    /// Whole pieces: an expression.
    #[serde(default = "none")]
    pub pieces: Option<E>,
    /// The serials of the pieces, for parts that are tracked: an expression of a list of texts.
    #[serde(default = "none")]
    pub serials: Option<E>,
}

const fn none<E>() -> Option<E> {
    None
}

/// What a variable of a template holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VarKind {
    /// A word of a path: a station's code, a warehouse, a year, a part code.
    Key,
    /// Money.
    Money,
    /// A number of pieces.
    Pieces,
    /// Serial numbers: a list of texts.
    Serials,
    /// A plain number, such as a share.
    Number,
    /// Yes or no.
    YesNo,
}

/// The kind of a movement of parts. The first four are what goes out to stations and buyers
/// (EB-5.2.3); the others stay possible beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// 配发
    Allocation,
    /// 零售
    Retail,
    /// 批发
    Wholesale,
    /// 以旧换新
    OldForNew,
    /// 入库
    Receipt,
    /// 调拨
    Transfer,
    /// 维修领用
    Use,
    /// 预留
    Reservation,
    /// 借领
    Loan,
    /// 退回
    Return,
    /// 报废
    Scrap,
    /// 盘点差异
    StockDifference,
}

macro_rules! words {
    ($($kind:ident = $word:literal;)*) => {
        impl MovementKind {
            /// The word it is stored and written as, for example `old_for_new`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $word),* }
            }

            /// The kind of that word.
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

words! {
    Allocation = "allocation";
    Retail = "retail";
    Wholesale = "wholesale";
    OldForNew = "old_for_new";
    Receipt = "receipt";
    Transfer = "transfer";
    Use = "use";
    Reservation = "reservation";
    Loan = "loan";
    Return = "return";
    Scrap = "scrap";
    StockDifference = "stock_difference";
}

/// What an expression answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A fact is missing.
    Missing,
    /// Unrounded fen, or pieces.
    Number(Decimal),
    /// Serials.
    Serials(Vec<String>),
}

/// Whether a part is tracked by serial, from the part master.
pub type Tracked<'a> = &'a dyn Fn(&Key) -> bool;

/// Something wrong with an account rule or a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// A stable code, `account-…` or `posting-…`.
    pub code: &'static str,
    /// Where, for example `posting loan_issue, move 2`.
    pub at: String,
    /// What is wrong and what would be right.
    pub sentence: Text,
}
