//! Custody (编号件的保管): exactly one account holds a serial at any time.

use crate::{Commodity, Entry, Key, Path, Transaction};
use base::TransactionId;
use std::collections::BTreeMap;

/// Who holds a serial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// The account that holds it now.
    pub holder: Path,
    /// The transaction that brought it in. Reversing that one forgets the serial: a mistyped
    /// number must not stand in the way of the real one.
    pub born: TransactionId,
}

/// All serials by part and number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Serials(BTreeMap<(Key, Key), Custody>);

impl FromIterator<(Key, Key, Custody)> for Serials {
    /// From part, serial and custody.
    fn from_iter<I: IntoIterator<Item = (Key, Key, Custody)>>(rows: I) -> Self {
        Self(rows.into_iter().map(|(part, serial, custody)| ((part, serial), custody)).collect())
    }
}

impl Serials {
    /// Who holds that serial; `None` when it never came in.
    pub fn find(&self, part: &Key, serial: &Key) -> Option<&Custody> {
        self.0.get(&(part.clone(), serial.clone()))
    }

    /// Whether an account holds any serial.
    pub fn any_at(&self, account: &Path) -> bool {
        self.0.values().any(|custody| custody.holder == *account)
    }

    /// All of them: part, serial, custody.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Key, &Custody)> {
        self.0.iter().map(|((part, serial), custody)| (part, serial, custody))
    }

    /// Hands over what the transaction moves. Whether each serial was where it left is asked
    /// before.
    pub(crate) fn hand_over(&mut self, id: TransactionId, transaction: &Transaction) {
        for entry in transaction.entries().iter().filter(|entry| entry.change > 0) {
            let Some((part, serial)) = tracked(entry) else { continue };
            let key = (part.clone(), serial.clone());
            let born = self.0.get(&key).map_or(id, |custody| custody.born);
            if transaction.reverses() == Some(born) {
                self.0.remove(&key);
            } else {
                self.0.insert(key, Custody { holder: entry.account.clone(), born });
            }
        }
    }
}

/// Part and serial of a row, when the part is tracked.
pub(crate) fn tracked(entry: &Entry) -> Option<(&Key, &Key)> {
    match (&entry.commodity, &entry.serial) {
        (Commodity::Serials(part), Some(serial)) => Some((part, serial)),
        _ => None,
    }
}
