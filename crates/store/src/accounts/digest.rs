//! The digest of a transaction, which the journal keeps: whoever changes posted rows behind the
//! ledger's back is found out even where the sums still fit.

use base::{Instant, PersonId, TransactionId};
use ledger::{Key, Source, Transaction};
use sha2::{Digest, Sha256};

/// SHA-256 over everything stored of a transaction, hexadecimal.
pub(crate) fn digest(
    id: TransactionId,
    made: &Transaction,
    (kind, rule): (&str, &str),
    actor: Option<PersonId>,
    recorded_at: Instant,
) -> String {
    let mut sha = Sha256::new();
    let header = made.header();
    let (source, from) = match header.source {
        Source::Case(case) => (0, case.0),
        Source::Import(import) => (1, import),
    };
    let reverses = made.reverses().map_or(0, |of| of.0);
    let actor = actor.map_or(0, |person| person.0);
    for number in [id.0, source, from, reverses, actor, header.occurred_at.0, recorded_at.0] {
        sha.update(number.to_le_bytes());
    }
    let mut text = |text: &str| {
        sha.update((text.len() as u64).to_le_bytes());
        sha.update(text.as_bytes());
    };
    for word in [header.posting.as_str(), kind, rule] {
        text(word);
    }
    for entry in made.entries() {
        text(entry.account.as_str());
        text(&entry.commodity.to_string());
        text(entry.serial.as_ref().map_or("", Key::as_str));
        text(&entry.change.to_string());
    }
    data_encoding::HEXLOWER.encode(&sha.finalize())
}
