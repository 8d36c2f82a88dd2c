//! The store on both databases. One program for all files, as each would be linked by itself.

mod away;
mod backup;
mod between;
mod conformance;
mod drills;
mod full;
mod identities;
mod integrity;
mod kill;
mod ledger;
mod ledger_history;
mod ledger_races;
mod ledger_tampered;
mod masters;
mod measures;
mod measures_history;
mod opening;
mod replays;
mod rotation;
mod staff;
mod support;
mod tls;
mod tokens;
mod upgrade;
mod vehicles;
mod verdicts;
