//! Prices and parts the company enters: kept in the order of entry, never changed, all or none.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{NOW, on_both};
use base::{Money, Text};
use rulebook::model::{BuyerClass, Part, PartClass, PriceRow};
use serde_json::Map;
use store::import::{ImportState, StagedRow};
use store::masters::NewRows;

fn price(amount: i64, stars: Option<u8>, from: &str) -> PriceRow {
    PriceRow {
        code: "BAT".into(),
        class: BuyerClass::Retail,
        stars,
        amount: Money(amount),
        ends: amount == 0,
        effective_from: from.parse().unwrap(),
        clause: vec!["EB-8.3.1c".into()],
    }
}

fn part(title: &str) -> Part {
    Part {
        code: "BAT".into(),
        title: Text::new(title, "Battery"),
        component: "li_battery".into(),
        models: vec!["RF-R6".into()],
        class: PartClass::Electrical,
        tracked: true,
        substitutes: vec![],
        reorder_point: Some(4),
        clause: vec![],
    }
}

#[test]
fn rows_come_back_as_entered_and_never_change() {
    on_both(|b| async move {
        let rows = vec![price(130, None, "2026-12-01"), price(120, Some(3), "2026-11-21")];
        b.store.enter_rows(&NewRows::Prices(rows.clone()), b.adviser, NOW).await.unwrap();
        let later = vec![price(131, None, "2026-12-01"), price(0, Some(3), "2026-12-02")];
        b.store.enter_rows(&NewRows::Prices(later.clone()), b.adviser, NOW).await.unwrap();
        let entered = b.store.entered_prices().await.unwrap();
        let got: Vec<_> = entered.iter().map(|entered| entered.row.clone()).collect();
        assert_eq!(got, [rows, later].concat(), "in the order of entry");
        assert!(entered.iter().all(|e| e.person == b.adviser && e.at == NOW));
        for title in ["电池", "电池组"] {
            let parts = NewRows::Parts(vec![part(title)]);
            b.store.enter_rows(&parts, b.adviser, NOW).await.unwrap();
        }
        let parts = b.store.entered_parts().await.unwrap();
        assert_eq!(parts.last().unwrap().row, part("电池组"));
        for sql in [
            "UPDATE price_rows SET amount_fen = 1",
            "DELETE FROM price_rows",
            "UPDATE part_rows SET body = '{}'",
            "DELETE FROM part_rows",
        ] {
            let refused = b.raw(sql).await.unwrap_err();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
        assert_eq!(b.store.verify(None).await.unwrap().problems, []);
    });
}

#[test]
fn a_staged_import_is_entered_once() {
    on_both(|b| async move {
        let staged = StagedRow {
            row: 2,
            verdict: "accept".into(),
            kind: "ok".into(),
            why: "{}".into(),
            values: Map::new(),
        };
        let import = b
            .store
            .stage_import("prices", "价.xlsx", Map::new(), vec![staged], b.adviser, NOW)
            .await
            .unwrap();
        let rows = NewRows::Prices(vec![price(130, None, "2026-12-01")]);
        let applied = b.store.apply_rows(import.id, &rows, b.adviser, NOW).await.unwrap();
        assert_eq!(applied.state, ImportState::Applied);
        assert!(b.store.apply_rows(import.id, &rows, b.adviser, NOW).await.is_err());
        assert_eq!(b.store.entered_prices().await.unwrap().len(), 1);
        assert_eq!(b.store.verify(None).await.unwrap().problems, []);
    });
}
