//! Effects: what an action does beside moving the case.

use super::deadline::Within;
use crate::expr::Expr;
use base::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an action does beside moving the case. The list is closed: each runs, or the rulebook
/// does not load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case", untagged)]
pub enum Effect {
    /// Judges the three guarantees from the case's facts into `data.verdict`.
    Judge {
        /// Always true; names the effect.
        judge: bool,
    },
    /// Prices the lines of that field from the price list, and fills amounts and payers. A pack
    /// that amends the action writes it anew for the same field instead of adding another.
    Price {
        /// The `lines` field.
        price: String,
        /// Who pays a line, which it calls `item`: `maker`, `customer`, `station`, `supplier`;
        /// missing or `null` for whoever the verdict says.
        #[serde(default)]
        payer: Option<Expr>,
    },
    /// Adds to the lines of that field what a decision table charges (差旅), before they are priced:
    /// each row that fits is a line `item`, as often as `per` says, paid by `payer`. What the table
    /// can charge nobody types.
    Charge {
        /// The table; its outputs are `item`, `per`, `beyond`, `payer`.
        charge: String,
        /// The `lines` field; the action prices it.
        into: String,
        /// The inputs of the table, each an expression.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Gives the case to a person: an expression of kind person, or `""` for nobody.
    Assign {
        /// Expression.
        assign: Expr,
    },
    /// Gives what somebody works on to somebody else, at the end of a shift (交接班): each case of
    /// the list whose assignee they still are, each by a command of its own once this one is done.
    /// Who answers for a case to the end stays.
    HandOver {
        /// The list, as the fact `held` gives it; rows name their `case`.
        hand_over: Expr,
        /// Who leaves.
        from: Expr,
        /// Who comes.
        to: Expr,
    },
    /// Makes a document from its template and the case as it now stands.
    Print {
        /// The document.
        print: String,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Sends a message.
    Notify {
        /// The message.
        notify: String,
        /// Roles at the case's station or above, `@assignee`, `@opener`, `@owner`, `@customer`;
        /// `@duty`: whoever is on duty there now (值班), or the head where nobody is.
        to: Vec<String>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Opens a child case of another process, in the same transaction.
    Open {
        /// The process.
        open: String,
        /// A list; one child is opened for each of its items, which expressions name `item`.
        #[serde(default)]
        each: Option<Expr>,
        /// Fields of its start form, each an expression over this case.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds, asked for each item.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Has the open cases of a process that this case opened do an action that is the system's
    /// alone (随之办理), each by a command of its own once this one is done. One that is not open to
    /// it any more is left as it is.
    Tell {
        /// The process.
        tell: String,
        /// The action of it.
        act: String,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Gives the case to another organisation unit: an expression of kind org. Offers, scope and
    /// messages follow; clocks run on unless a rule stops them.
    Move {
        /// Expression.
        #[serde(rename = "move")]
        to: Expr,
    },
    /// Extends a running deadline (延期): an approved act, journaled with its reason. How often and
    /// how long stands in the deadline's `extension`.
    Extend {
        /// The deadline.
        extend: String,
        /// By how long.
        by: Within,
        /// Why: an expression that gives text; without one the extension is refused.
        reason: Expr,
    },
    /// The case is about that vehicle from now on: an expression that gives its id.
    Link {
        /// Expression.
        link: Expr,
    },
    /// Computes a data field.
    Set {
        /// The field of `data`.
        set: String,
        /// Expression.
        value: Expr,
        /// What it is called, where no form has the field.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Text>,
    },
    /// Writes to the vehicle or a registered thing: `unit.component`, `unit.warning`,
    /// `unit.repair`, `unit.customer`, `unit.confirmed`, `unit.owner` (过户), `unit.card` (换卡);
    /// to a person: `person.certificate`,
    /// `person.certificate_withdrawn`, `person.skill`; to a unit: `org.founded` (设立),
    /// `org.standing` (挂牌、星级、停用、退网), `org.supplied` (第一批提货).
    Register {
        /// What is written.
        register: String,
        /// Its fields, each an expression.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Posts to the ledger by a template of `postings.toml`: reserves, issues, receives, returns,
    /// counts, charges and pays are templates (记账). Everything one effect posts is one
    /// transaction.
    Post {
        /// The template.
        post: String,
        /// A list; the template is filled once for each of its items, which expressions name
        /// `item`.
        #[serde(default)]
        each: Option<Expr>,
        /// Its variables, each an expression.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds, asked for each item.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Posts the exact opposite of what this case posted by that template and that still stands
    /// (冲销).
    Reverse {
        /// The template.
        reverse: String,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Decides what an account holds at most (配额).
    Limit {
        /// The rule of the account, `[[account]]` of `postings.toml`.
        limit: String,
        /// A list; a quota is decided for each of its items, which expressions name `item`.
        #[serde(default)]
        each: Option<Expr>,
        /// The names of its path, each an expression.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// The quota, money or pieces; a missing value lifts it.
        at_most: Expr,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Closes an account for good; it must stand at zero (EB-3.2b).
    CloseAccount {
        /// The rule of the account.
        close_account: String,
        /// The names of its path, each an expression.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
}

impl Effect {
    /// The condition it runs under.
    pub const fn when(&self) -> Option<&Expr> {
        match self {
            Self::Print { when, .. }
            | Self::Charge { when, .. }
            | Self::Notify { when, .. }
            | Self::Open { when, .. }
            | Self::Tell { when, .. }
            | Self::Register { when, .. }
            | Self::Post { when, .. }
            | Self::Reverse { when, .. }
            | Self::Limit { when, .. }
            | Self::CloseAccount { when, .. } => when.as_ref(),
            Self::Judge { .. }
            | Self::Price { .. }
            | Self::Assign { .. }
            | Self::HandOver { .. }
            | Self::Move { .. }
            | Self::Extend { .. }
            | Self::Link { .. }
            | Self::Set { .. } => None,
        }
    }

    /// Every expression in it.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        if let Self::HandOver { hand_over, from, to } = self {
            return vec![hand_over, from, to].into_iter();
        }
        if let Self::Limit { each, map, at_most, .. } = self {
            let own = each.iter().chain([at_most]);
            return map.values().chain(own).chain(self.when()).collect::<Vec<_>>().into_iter();
        }
        let (map, own): (Option<&BTreeMap<String, Expr>>, Option<&Expr>) = match self {
            Self::Assign { assign: expr }
            | Self::Move { to: expr }
            | Self::Link { link: expr }
            | Self::Extend { reason: expr, .. }
            | Self::Set { value: expr, .. } => (None, Some(expr)),
            Self::Register { map, .. }
            | Self::CloseAccount { map, .. }
            | Self::Charge { map, .. } => (Some(map), None),
            Self::Open { map, each, .. } | Self::Post { map, each, .. } => {
                (Some(map), each.as_ref())
            }
            Self::Price { payer, .. } => (None, payer.as_ref()),
            Self::Judge { .. }
            | Self::Print { .. }
            | Self::Notify { .. }
            | Self::Tell { .. }
            | Self::HandOver { .. }
            | Self::Limit { .. }
            | Self::Reverse { .. } => (None, None),
        };
        let all = map.into_iter().flat_map(BTreeMap::values).chain(own).chain(self.when());
        all.collect::<Vec<_>>().into_iter()
    }
}
