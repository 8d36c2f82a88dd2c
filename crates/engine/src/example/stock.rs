//! The ledger of a story: what is there before, and what accounts and serials hold after a step.

use super::expect::differs;
use super::failure;
use crate::decision::{Decision, Refusal};
use crate::facts::{Facts, OnHand, OpenItem};
use crate::form::Shelf;
use crate::settle::settle;
use base::{Instant, Money, Text, TransactionId};
use ledger::{
    Account, AccountRule, AccountState, Book, Commodity, Counts, Custody, Key, Limits, Path,
    Pattern,
};
use rulebook::Release;
use rulebook::model::Step;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The book of a story.
#[derive(Debug, Default)]
pub struct Stock {
    book: Book,
    next: i64,
}

impl Stock {
    /// What `given.stock` says is there: pieces or yuan by account, or the serials that lie there;
    /// `{ holds = …, at_most = … }` where the account has a quota.
    pub fn given(release: &Release, told: &Map<String, Json>) -> Result<Self, Text> {
        let mut states = Vec::new();
        let mut serials = Vec::new();
        for (path, value) in told {
            let wrong = || {
                failure(
                    format!("stock 的 {path} 读不出；写件数、元，或编号列表"),
                    format!("{path} of stock cannot be read; write pieces, yuan or serials"),
                )
            };
            let (value, quota) = match value {
                Json::Object(told) => (told.get("holds").ok_or_else(wrong)?, told.get("at_most")),
                value => (value, None),
            };
            let mut account = account(release, path, value.is_array()).ok_or_else(wrong)?;
            if let Some(quota) = quota {
                account.limits.at_most = Some(counted(&account, quota).ok_or_else(wrong)?);
            }
            let balance = match (&account.commodity, value) {
                (Commodity::Fen, Json::Number(yuan)) => fen(yuan),
                (Commodity::Pieces(_), Json::Number(count)) => count.as_i64(),
                (Commodity::Serials(part), Json::Array(items)) => {
                    for item in items {
                        let serial = item.as_str().and_then(|text| Key::try_new(text).ok());
                        let born = TransactionId(0);
                        let holder = account.path.clone();
                        let custody = Custody { holder, born };
                        serials.push((part.clone(), serial.ok_or_else(wrong)?, custody));
                    }
                    i64::try_from(items.len()).ok()
                }
                _ => None,
            };
            let balance = balance.ok_or_else(wrong)?;
            states.push(AccountState { balance, ..AccountState::new(account) });
        }
        Ok(Self { book: Book::load(states, serials.into_iter().collect(), []), next: 1 })
    }

    /// Posts what a decision asks for; a refusal leaves everything as it was.
    pub fn settle(&mut self, decision: &Decision, facts: &mut Facts) -> Result<(), Box<Refusal>> {
        let mut book = self.book.clone();
        settle(decision, &mut book, TransactionId(self.next))?;
        self.book = book;
        self.next += i64::try_from(decision.postings.len()).unwrap_or_default();
        let stands = |id: TransactionId| self.book.reversed_by(id).is_none();
        facts.posted = self
            .book
            .posted()
            .filter(|(id, t)| t.reverses().is_none() && stands(*id))
            .map(|(id, t)| (id, t.clone()))
            .collect();
        Ok(())
    }

    /// What the store would bring of the books: a shelf, and what stands between the case's unit
    /// and the company.
    pub fn show(&self, asked: Option<Shelf>, facts: &mut Facts) {
        let held = asked.map(|shelf| self.on_shelf(shelf.kept, &shelf.warehouse));
        facts.stock = held.unwrap_or_default();
        let unit = facts.org.get("code").and_then(Json::as_str).unwrap_or_default();
        let held = |name: &str| {
            let path = Path::try_new(&format!("station/{unit}/{name}")).ok();
            let state = path.and_then(|path| self.book.account(&path));
            (name.to_owned(), Money(state.map_or(0, |state| state.balance)))
        };
        facts.till.books = rulebook::model::scope::books().map(held).collect();
    }

    /// What lies on a shelf (`stock`, `old`) of a warehouse, by part.
    fn on_shelf(&self, kept: &str, warehouse: &str) -> BTreeMap<String, OnHand> {
        let under = format!("{kept}/{warehouse}/");
        let mut found: BTreeMap<String, OnHand> = BTreeMap::new();
        for state in self.book.accounts() {
            if let Some(part) = state.account.path.as_str().strip_prefix(&under) {
                found.entry(part.to_owned()).or_default().pieces = state.balance;
            }
        }
        for (part, serial, custody) in self.book.serials().iter() {
            if custody.holder.as_str().strip_prefix(&under) == Some(part.as_str()) {
                let on_hand = found.entry(part.to_string()).or_default();
                on_hand.serials.push(serial.to_string());
            }
        }
        found
    }

    /// What stands open between a unit and the company, since `now`.
    pub fn open_items(
        &self,
        release: &Release,
        org: &Map<String, Json>,
        now: Instant,
    ) -> Vec<OpenItem> {
        let unit = org.get("code").and_then(Json::as_str).unwrap_or_default();
        let mut found = Vec::new();
        for state in self.book.accounts().filter(|state| state.balance > 0) {
            let path = &state.account.path;
            let under = |prefix: &String| path.as_str().starts_with(&format!("{prefix}/"));
            let of = |rule: &&AccountRule| rule.open_items_of(unit).as_ref().is_some_and(under);
            let Some(rule) = release.chart.rules.iter().find(of) else { continue };
            let Some((what, number)) = rule.open_item(path) else { continue };
            let amount = Money(state.balance);
            found.push(OpenItem {
                account: rule.id.clone(),
                what,
                number,
                case: None,
                amount,
                since: now,
            });
        }
        found
    }

    /// Whether accounts and serials stand as the step says.
    pub fn check(&self, release: &Release, step: &Step) -> Result<(), Text> {
        for (path, wanted) in &step.balance {
            let known = account(release, path, false).ok_or_else(|| {
                failure(
                    format!("没有科目规则与 {path} 相符"),
                    format!("no account rule fits {path}"),
                )
            })?;
            let state = self.book.account(&known.path);
            let balance = state.map_or(0, |state| state.balance);
            let got = match known.commodity {
                Commodity::Fen => wanted_fen(wanted).map_or(Json::from(balance), |fen| {
                    if fen == balance { wanted.clone() } else { Money(balance).to_string().into() }
                }),
                _ => Json::from(balance),
            };
            differs(path, wanted, &got).map_or(Ok(()), Err)?;
        }
        for (path, wanted) in &step.at_most {
            let path_of = Path::try_new(path).ok();
            let state = path_of.and_then(|path| self.book.account(&path));
            let quota = state.and_then(|state| state.account.limits.at_most);
            let wanted = match (state, wanted) {
                (Some(state), Json::Number(_)) => counted(&state.account, wanted),
                _ => None,
            };
            let shown = |quota: Option<i64>| quota.map_or_else(|| "none".into(), Json::from);
            differs(path, &shown(wanted), &shown(quota)).map_or(Ok(()), Err)?;
        }
        for (serial, wanted) in &step.holder {
            let (part, number) = serial.split_once(' ').unwrap_or((serial, ""));
            let key = |text| Key::try_new(text).ok();
            let custody = key(part).zip(key(number)).and_then(|(p, n)| self.book.custody(&p, &n));
            let holder = custody.map_or("", |custody| custody.holder.as_str());
            differs(serial, &Json::from(wanted.as_str()), &Json::from(holder))
                .map_or(Ok(()), Err)?;
        }
        Ok(())
    }
}

/// A number of a story as its account counts it: pieces, or fen of the yuan written.
fn counted(account: &Account, told: &Json) -> Option<i64> {
    match account.commodity {
        Commodity::Fen => wanted_fen(told),
        _ => told.as_i64(),
    }
}

/// Yuan as written, in fen; `None` when they have a part of a fen.
fn fen(yuan: &serde_json::Number) -> Option<i64> {
    let fen = yuan.to_string().parse::<Decimal>().ok()? * Decimal::ONE_HUNDRED;
    fen.is_integer().then(|| fen.to_i64())?
}

fn wanted_fen(wanted: &Json) -> Option<i64> {
    if let Json::Number(yuan) = wanted { fen(yuan) } else { None }
}

/// The account of that path, with the limits of its rule.
fn account(release: &Release, path: &str, serials: bool) -> Option<Account> {
    let rule = release.chart.rule(&Pattern::parse(path))?;
    let path = Path::try_new(path).ok()?;
    let part = || Key::try_new(rule.part_of(&path)?).ok();
    let commodity = match rule.counts {
        Counts::Fen => Commodity::Fen,
        Counts::Parts if serials => Commodity::Serials(part()?),
        Counts::Parts => Commodity::Pieces(part()?),
    };
    let limits = Limits { negative: rule.negative, at_most: rule.at_most };
    Some(Account { path, commodity, limits })
}
