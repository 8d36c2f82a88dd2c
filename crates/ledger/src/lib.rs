//! The double-entry engine for parts and money: what is where, who owes what.
//!
//! An amount never appears or vanishes, it *moves* from one account to another: a
//! [`Transaction`] is made of [`Move`]s and therefore sums to zero for each [`Commodity`]. Money is
//! counted in fen, parts in pieces or serial by serial. Nothing posted ever changes; a mistake is
//! corrected by its exact opposite, once.
//!
//! A balance is what an account holds. There is no debit or credit (借、贷): what moves *to* an
//! account adds, what moves *from* it takes away. An account that may go below zero is the outside
//! world (a supplier, the maker's purse); any other one holds zero or more.
//!
//! Rulebooks say who moves what by [`Template`]s over a [`Chart`] of accounts; the [`Book`] is the
//! whole ledger in memory, for tests, the simulator and as the model the store is compared with;
//! [`Audit`] recomputes balances and custody from what was posted.

mod account;
mod audit;
mod book;
mod chart;
mod code;
mod commodity;
mod custody;
mod pattern;
mod refused;
mod template;
mod transaction;
mod word;

pub use account::{Account, AccountState, Limits};
pub use audit::{Audit, Drift};
pub use book::{Book, Outcome};
pub use chart::{AccountRule, Chart, Counts};
pub use code::Code;
pub use commodity::Commodity;
pub use custody::{Custody, Serials};
pub use pattern::Pattern;
pub use refused::Refused;
pub use template::{Answer, Mistake, MovementKind, PostingsFile};
pub use template::{Template, TemplateMove, Tracked, VarKind};
pub use transaction::{Amount, Entry, Header, Move, Source, Transaction};
pub use word::{Key, Path};

/// The largest move and the largest balance, either way: 2⁵³ − 1, so that a browser and a JSON
/// reader lose no fen (about 90 trillion yuan).
pub const LARGEST: i64 = 9_007_199_254_740_991;
