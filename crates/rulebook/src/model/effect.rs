//! Effects: what an action does beside moving the case.

use crate::expr::Expr;
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
    /// Prices the lines of that field from the price list, and fills amounts and payers.
    Price {
        /// The `lines` field.
        price: String,
    },
    /// Gives the case to a person: an expression of kind person, or `""` for nobody.
    Assign {
        /// Expression.
        assign: Expr,
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
        /// Roles at the case's station or above, `@assignee`, `@opener`, `@owner`, `@customer`.
        to: Vec<String>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Opens a child case of another process, in the same transaction.
    Open {
        /// The process.
        open: String,
        /// Fields of its start form, each an expression over this case.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
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
    },
    /// Writes to the vehicle or a registered thing: `unit.component`, `unit.warning`,
    /// `unit.repair`, `unit.customer`, `unit.confirmed`.
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
}
