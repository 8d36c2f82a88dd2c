//! What of a batch of numbers is registered already: one question for a thousand of them.

use crate::exec::{Cell, places};
use crate::personal::Personal;
use crate::search::normalise;
use crate::units::{RETURNED, VISIBLE};
use crate::{Result, Store};
use std::collections::HashMap;

/// Numbers asked for at once.
const ASKED: usize = 300;

/// A registered vehicle: its frame number as compared, and its owner in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Frame number, normalised.
    pub frame: String,
    /// The owner's name.
    pub name: String,
    /// The owner's telephone.
    pub phone: Option<String>,
    /// Whether the vehicle was ever returned to its maker.
    pub returned: bool,
}

/// A number on a registered vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// The number as it was asked for.
    pub number: String,
    /// The vehicle's frame number.
    pub frame: String,
    /// Its present warranty card.
    pub card: Option<String>,
}

impl Store {
    /// Vehicles registered under one of these frame numbers.
    pub async fn holders_of_frames(&self, frames: &[String]) -> Result<Vec<Holder>> {
        let mut holders = Vec::new();
        for chunk in frames.chunks(ASKED) {
            let sql = format!(
                "SELECT u.frame_key, {RETURNED}, {} FROM units u \
                 LEFT JOIN customers c ON c.id = u.owner \
                 LEFT JOIN data_keys ck ON ck.id = c.key_id WHERE u.frame_key IN {} AND {VISIBLE}",
                crate::customer::COLUMNS,
                places(1, chunk.len())
            );
            let keys = chunk.iter().map(|text| Cell::from(normalise(text))).collect();
            for mut row in self.exec().rows(sql, keys).await? {
                let (frame, returned) = (row.text()?, row.flag()?);
                let owner = self.read_customer(&mut row)?;
                let clear = |text: &Option<Personal>| text.as_ref().map(|t| t.reveal().to_owned());
                let name = owner.as_ref().and_then(|owner| clear(&owner.name));
                let phone = owner.as_ref().and_then(|owner| clear(&owner.phone));
                holders.push(Holder { frame, name: name.unwrap_or_default(), phone, returned });
            }
        }
        Ok(holders)
    }

    /// Vehicles that bear one of these numbers: of the kind `card` or `serial`.
    pub async fn numbers_taken(&self, kind: &str, numbers: &[String]) -> Result<Vec<Numbered>> {
        let mut found = Vec::new();
        for chunk in numbers.chunks(ASKED) {
            let mut tokens: HashMap<Vec<u8>, &str> = HashMap::new();
            for number in chunk {
                let all = self.vault().tokens(kind, &normalise(number)).into_iter();
                tokens.extend(all.map(|token| (token, number.as_str())));
            }
            if tokens.is_empty() {
                continue;
            }
            let sql = format!(
                "SELECT t.token, u.frame_no, u.card_no FROM search_tokens t \
                 JOIN units u ON u.id = t.id WHERE t.subject = 'unit' AND t.kind = $1 \
                 AND t.token IN {} AND {VISIBLE}",
                places(2, tokens.len())
            );
            let mut params = vec![Cell::from(kind)];
            params.extend(tokens.keys().map(|token| Cell::from(token.as_slice())));
            for mut row in self.exec().rows(sql, params).await? {
                let token = row.bytes()?;
                let (frame, card) = (row.opt_text()?, row.opt_text()?);
                let Some(number) = tokens.get(&token) else { continue };
                if let Some(frame) = frame {
                    found.push(Numbered { number: (*number).to_owned(), frame, card });
                }
            }
        }
        Ok(found)
    }
}
