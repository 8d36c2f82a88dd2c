//! The ledger as its users see it.

mod lines;
mod script;
