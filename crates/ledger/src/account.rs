//! Accounts (科目), their limits, and what a change does to a balance.

use crate::{Code, Commodity, LARGEST, Path, Refused};
use serde::{Deserialize, Serialize};

/// How far a balance may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Whether it may go below zero: a source, such as a supplier or the maker's purse.
    pub negative: bool,
    /// What it holds at most, in its own unit: the quota of a loan (配额).
    pub at_most: Option<i64>,
}

impl Limits {
    /// Zero or more: a shelf, a float.
    pub const HOLDS: Self = Self { negative: false, at_most: None };
    /// Anything: the outside world.
    pub const SOURCE: Self = Self { negative: true, at_most: None };

    /// Zero or more, up to a quota.
    pub const fn quota(at_most: i64) -> Self {
        Self { negative: false, at_most: Some(at_most) }
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name.
    pub path: Path,
    /// What it counts.
    pub commodity: Commodity,
    /// How far it may go.
    pub limits: Limits,
}

/// An account as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountState {
    /// The account.
    pub account: Account,
    /// What it holds: fen or pieces.
    pub balance: i64,
    /// A closed account takes and gives nothing, ever again.
    pub closed: bool,
}

impl AccountState {
    /// The account, just opened.
    pub fn new(account: Account) -> Self {
        Self { account, balance: 0, closed: false }
    }

    /// The balance after `change`.
    ///
    /// A limit refuses what moves away from it, never what comes back: when a quota was lowered
    /// under what is lent already, the loan can still be paid down in parts.
    pub fn after(&self, change: i64) -> Result<i64, Refused> {
        let Account { path, commodity, limits } = &self.account;
        let refused = |code, asked, room| {
            Err(Refused::about(code, path.as_str()).amounts(commodity, asked, room))
        };
        let balance = match self.balance.checked_add(change) {
            Some(balance) if (-LARGEST..=LARGEST).contains(&balance) => balance,
            _ => return refused(Code::BalanceTooLarge, change, 0),
        };
        if change < 0 && balance < 0 && !limits.negative {
            return refused(Code::BelowZero, -change, self.balance.max(0));
        }
        match limits.at_most {
            Some(most) if change > 0 && balance > most => {
                refused(Code::OverLimit, change, (most - self.balance).max(0))
            }
            _ => Ok(balance),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_refuses_only_what_moves_away_from_it() {
        let check = |limits: Limits, balance: i64, change: i64, expect: Result<i64, Code>| {
            let path = Path::try_new("a").expect("a path");
            let account = Account { path, commodity: Commodity::Fen, limits };
            let state = AccountState { balance, ..AccountState::new(account) };
            let got = state.after(change).map_err(|refused| refused.code);
            assert_eq!(got, expect, "{limits:?} {balance} {change}");
        };
        check(Limits::HOLDS, 5, -5, Ok(0));
        check(Limits::HOLDS, 5, -6, Err(Code::BelowZero));
        check(Limits::SOURCE, 5, -6, Ok(-1));
        check(Limits::HOLDS, -5, 2, Ok(-3));
        check(Limits::quota(10), 4, 6, Ok(10));
        check(Limits::quota(10), 4, 7, Err(Code::OverLimit));
        check(Limits::quota(10), 40, -7, Ok(33));
        check(Limits::quota(10), 40, 1, Err(Code::OverLimit));
        check(Limits::HOLDS, LARGEST, 1, Err(Code::BalanceTooLarge));
        check(Limits::SOURCE, -LARGEST, -1, Err(Code::BalanceTooLarge));
        check(Limits::SOURCE, -1, i64::MIN, Err(Code::BalanceTooLarge));
        check(Limits::quota(0), 0, 1, Err(Code::OverLimit));
    }

    #[test]
    fn a_refusal_says_what_would_pass() {
        let path = Path::try_new("agent/A07/loan").expect("a path");
        let account = Account { path, commodity: Commodity::Fen, limits: Limits::quota(100_000) };
        let state = AccountState { balance: 90_000, ..AccountState::new(account) };
        let refused = state.after(20_000).expect_err("over the quota").sentence();
        assert_eq!(refused.zh, "agent/A07/loan 超过限额：要增加 ¥200.00，还可增加 ¥100.00");
        assert_eq!(refused.en, "agent/A07/loan may take ¥100.00 more, ¥200.00 were asked for");
    }
}
