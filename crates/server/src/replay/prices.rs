//! Ex-factory prices (出厂价) as they were: of the day of the verdict, by the company's own list
//! where it has one, else by the release that judged.

use crate::masters::Masters;
use crate::release::Releases;
use base::{Day, Money};
use engine::PriceBook;
use rulebook::model::BuyerClass;
use std::collections::HashMap;
use std::sync::Arc;

/// The price books of the releases that judged.
pub struct Prices<'a> {
    releases: &'a Releases,
    masters: &'a Masters,
    made: HashMap<String, Arc<PriceBook>>,
}

impl<'a> Prices<'a> {
    /// Prices by what is published and what the company has entered.
    pub fn new(releases: &'a Releases, masters: &'a Masters) -> Self {
        Self { releases, masters, made: HashMap::new() }
    }

    /// The book of the release that judged; of the one in force that day where this database never
    /// published it.
    pub fn of(&mut self, release: &str, day: Day) -> Arc<PriceBook> {
        if let Some(book) = self.made.get(release) {
            return Arc::clone(book);
        }
        let known = self.releases.known(release);
        let judged = known.or_else(|| self.releases.current(day).ok());
        let book = judged.map(|release| self.masters.of(&release).book).unwrap_or_default();
        self.made.insert(release.to_owned(), Arc::clone(&book));
        book
    }
}

/// What the maker charges a registered station for a part on a day.
pub fn ex_factory(book: &PriceBook, code: &str, day: Day) -> Option<Money> {
    book.price(code, BuyerClass::ExFactory, None, day).map(|price| price.amount)
}
