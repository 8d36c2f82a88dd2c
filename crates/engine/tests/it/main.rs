//! Verdicts, decisions and deadlines by examples, tables and chance. One program for all files.

mod acting;
mod approvals;
mod books;
mod bulk;
mod children;
mod counting;
mod deadlines;
mod judged_by;
mod law;
mod machine;
mod migrate;
mod packs;
mod parsers;
mod prices;
mod schedules;
mod stories;
mod terms;
mod timing;
mod total;
mod verdicts;
mod walks;
