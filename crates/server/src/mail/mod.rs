//! Letters (电子邮件) that come to the desk of enquiries, and the answers that go back by letter.
//!
//! A letter is from anybody: it is taken apart with hard limits, said in plain text, and becomes
//! what whoever asks on the page would have written. Whom it belongs to says a keyed word in the
//! address it was sent to, or in the number of our letter that it answers.

mod address;
mod answer;
mod automatic;
mod hand_over;
mod html;
mod mime;
mod quoted;
mod read;
mod take;

pub use address::MailIn;
pub(crate) use address::{Written, mail_in_of};
pub use answer::{About, MAIL, about, letter, reply_to};
pub(crate) use hand_over::PROOF;
pub use hand_over::{Envelope, Handed, hand_over};
pub use take::{Done, take};

/// Largest letter that is taken, in bytes; mail servers take ten megabytes unless told otherwise.
pub const LARGEST: usize = 24 * 1024 * 1024;
/// Longest text that is kept of a letter, in characters; the rest is left out, and said to be.
pub const LONGEST: usize = 8000;

#[cfg(test)]
mod tests;
