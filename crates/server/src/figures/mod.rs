//! What measures (指标) counted and figures (统计数) make of it, for a period and a place, in words.

pub mod amount;
pub mod asked;
pub mod cards;
pub mod formula;
pub mod keys;
pub mod period;
pub mod reading;
