//! Rulebooks as their owner meets them: one that is right, and many ways to get one wrong.

mod approvals;
mod broken;
mod carried;
mod children;
mod clocks;
mod computed;
mod differences;
mod dmn;
mod edits;
mod good;
mod heeds;
mod inherit;
mod kinds;
mod law;
mod machines;
mod parsers;
mod rights;
mod scored;
mod shop;
mod soup;
mod spreadsheets;
mod tck;
