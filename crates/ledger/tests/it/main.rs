//! The ledger as its users see it.

mod audit;
mod histories;
mod lines;
mod oracle;
mod script;
mod templates;
