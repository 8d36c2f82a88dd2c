//! Opening stock: an import posts, once, and its journal keeps what it posted.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::ledger::{path, posting};
use crate::support::{Bench, NOW, on_both};
use ledger::{Key, Path};
use serde_json::Map;
use std::collections::BTreeSet;
use store::accounts::FromImport;
use store::import::{ImportState, StagedRow};
use store::{Scope, StoreError};

async fn staged(b: &Bench) -> i64 {
    let row = StagedRow {
        row: 2,
        verdict: "accept".into(),
        kind: "ok".into(),
        why: String::new(),
        values: Map::new(),
    };
    let staged =
        b.store.stage_import("opening_stock", "期初.xlsx", Map::new(), vec![row], b.adviser, NOW);
    staged.await.unwrap().id
}

fn fresh() -> BTreeSet<Path> {
    BTreeSet::from([path("difference/S0101/TUBE")])
}

#[test]
fn an_import_posts_once_and_is_the_reason_of_what_it_posted() {
    on_both(|b| async move {
        let postings = [posting(&[
            "difference/S0101/TUBE -> stock/S0101/TUBE 40:TUBE",
            "difference/S0101/BAT -> stock/S0101/BAT BAT#B1",
        ])];
        let id = staged(&b).await;
        let done = b.store.post_import(id, &postings, &fresh(), b.adviser, NOW).await.unwrap();
        assert_eq!(done.state, ImportState::Applied);
        let again = b.store.post_import(id, &postings, &fresh(), b.adviser, NOW).await;
        assert!(matches!(again, Err(StoreError::Invalid(_))), "{again:?}");
        // The same from another workbook: the shelf was opened, and the serial has a holder.
        let other = staged(&b).await;
        let tubes = [posting(&["difference/S0101/TUBE -> stock/S0101/TUBE 40:TUBE"])];
        let twice = b.store.post_import(other, &tubes, &fresh(), b.adviser, NOW).await;
        assert!(matches!(twice, Err(StoreError::Moved)), "{twice:?}");
        let serial = [posting(&["difference/S0101/BAT -> stock/S0101/BAT BAT#B1"])];
        let twice = b.store.post_import(other, &serial, &BTreeSet::new(), b.adviser, NOW).await;
        assert!(matches!(twice, Err(StoreError::Moved)), "{twice:?}");
        assert_eq!(b.store.import(other).await.unwrap().state, ImportState::Staged);

        let all = Scope::company();
        let page =
            b.store.account_entries(&path("stock/S0101/TUBE"), None, 10, &all).await.unwrap();
        let from = Some(FromImport { id, file_name: "期初.xlsx".into() });
        assert_eq!((page.items.len(), page.items[0].balance), (1, 40));
        assert_eq!((&page.items[0].import, page.items[0].case), (&from, None));
        let pair = (Key::try_new("BAT").unwrap(), Key::try_new("B1").unwrap());
        let life = b.store.custody(&pair.1, &all).await.unwrap();
        assert_eq!(life[0].moves[0].import, from);
        let held = b.store.holders_of(std::slice::from_ref(&pair)).await.unwrap();
        assert_eq!(held.get(&pair), Some(&path("stock/S0101/BAT")));
        let there = b.store.accounts_there(&fresh()).await.unwrap();
        assert_eq!(there, fresh());
        b.assert_all_clean(1).await;
    });
}
