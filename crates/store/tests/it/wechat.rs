//! Who a customer is to the official account: linked by a word once, left, merged, erased.

use crate::support::{Bench, NOW, on_both};
use store::StoreError;
use store::wechat::WORD_SECONDS;

const ONE: &str = "oABCd1234567890efghijklmnopq";
const TWO: &str = "oZZZZ1234567890efghijklmnopq";

#[test]
fn a_word_links_once_and_who_leaves_is_linked_no_more() {
    on_both(|b: Bench| async move {
        let (old, _) = b.store.wechat_word(b.customer, NOW).await.unwrap();
        let (word, ends) = b.store.wechat_word(b.customer, NOW).await.unwrap();
        assert_eq!(ends, NOW.plus_seconds(WORD_SECONDS));
        // Only the last one works, in its time, once.
        assert_eq!(b.store.link_wechat(&old, ONE, NOW).await.unwrap(), None);
        assert_eq!(b.store.link_wechat(&word, ONE, ends).await.unwrap(), None);
        let linked = b.store.link_wechat(&word, ONE, NOW).await.unwrap();
        assert_eq!(linked, Some(b.customer));
        assert_eq!(b.store.link_wechat(&word, TWO, NOW).await.unwrap(), None);
        let known = b.store.customer_wechat(b.customer).await.unwrap().unwrap();
        assert_eq!(known, (ONE.to_owned(), NOW));
        assert_eq!(b.store.customers_of_wechat(ONE).await.unwrap(), [b.customer]);
        b.store.wechat_left(ONE, NOW).await.unwrap();
        b.store.wechat_left(ONE, NOW).await.unwrap();
        assert_eq!(b.store.customer_wechat(b.customer).await.unwrap(), None);
        assert!(b.store.verify(None).await.unwrap().problems.is_empty());
        // Erased, they are found by nothing, and no word is made for them.
        let (word, _) = b.store.wechat_word(b.customer, NOW).await.unwrap();
        b.store.link_wechat(&word, TWO, NOW).await.unwrap();
        let (word, _) = b.store.wechat_word(b.customer, NOW).await.unwrap();
        b.store.erase_customer(b.customer, b.adviser, "asked", NOW).await.unwrap();
        assert_eq!(b.store.customers_of_wechat(TWO).await.unwrap(), []);
        assert_eq!(b.store.customer_wechat(b.customer).await.unwrap(), None);
        assert!(!matches!(b.store.link_wechat(&word, TWO, NOW).await, Ok(Some(_))));
        let none = b.store.wechat_word(b.customer, NOW).await;
        assert_eq!(none, Err(StoreError::Moved));
    });
}
