//! Another master key: cut off anywhere it loses nothing, and what was kept is found as before.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, FRAME, NAME, NOW, PHONE, on_both};
use std::path::Path;
use store::customer::NewCustomer;
use store::file::NewFile;
use store::rotation::{hold, rotate};
use store::{Config, Database, Scope, Show, Store};

fn photo() -> NewFile {
    let bytes = b"the same photo twice".to_vec();
    NewFile { kind: "image/jpeg".into(), bytes, width: None, height: None, taken: None }
}

fn address(b: &Bench) -> Option<String> {
    match &b.config.database {
        Database::Postgres(url) => Some(url.clone()),
        Database::Sqlite(_) => None,
    }
}

/// Everything that was closed and hashed reads as before.
async fn reads(b: &Bench, store: &Store, case: base::CaseId, file: base::FileId) {
    let all = Scope::company();
    for text in [PHONE, NAME, "ouyangxiaofeng", FRAME, "BAT20240001", "000123"] {
        let found = store.find_units(text, &all, 5).await.unwrap();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].owner.as_ref().unwrap().phone.as_ref().unwrap().reveal(), PHONE);
    }
    assert_eq!(store.find_customers(PHONE, &all, 5).await.unwrap().len(), 1);
    let fitted = store.fitted_serials(&["BAT20240001".to_owned()]).await.unwrap();
    assert_eq!(fitted.len(), 1);
    let mut data = serde_json::to_value(store.case(case, &all).await.unwrap().state.data).unwrap();
    store.open_sealed(&mut data, Show::Clear).await.unwrap();
    assert_eq!(data["sender"], NAME);
    assert_eq!(store.file(file).await.unwrap().1, photo().bytes);
    assert_eq!(store.login("zhang").await.unwrap().unwrap().0.name.reveal(), "张丽");
    assert_eq!(store.verify(None).await.unwrap().problems, []);
    let again = NewCustomer {
        name: Some(NAME.into()),
        phone: Some(PHONE.into()),
        ..NewCustomer::default()
    };
    assert_eq!(store.add_customer(again, NOW).await.unwrap(), b.customer, "known already");
}

async fn open(data: &Path, database: Option<&str>) -> Store {
    Store::open(Config::existing(data, database).unwrap()).await.unwrap()
}

#[test]
fn a_change_of_the_key_that_was_cut_off_loses_nothing_and_goes_on() {
    on_both(|b| async move {
        let data = b.config.files.parent().unwrap().to_owned();
        let path = |name: &str| data.join(name);
        std::fs::write(path("master.key"), "5a".repeat(32)).unwrap();
        let database = address(&b);
        let database = database.as_deref();
        let case = b.open_case().await;
        let file = b.store.add_file(photo(), b.adviser, NOW).await.unwrap().id;
        let before = b.store.setting("master_key").await.unwrap().unwrap();
        b.store.close().await;

        let served = hold(&data).unwrap();
        let refused = rotate(&data, database, NOW).await.unwrap_err().to_string();
        assert!(refused.contains("stop it first"), "{refused}");
        drop(served);
        let done = rotate(&data, database, NOW).await.unwrap();
        assert_eq!((done.keys, done.files, done.customers), (4, 1, 1));
        let store = open(&data, database).await;
        reads(&b, &store, case, file).await;
        store.close().await;

        // As if it had been cut off before the database was told: everything is wrapped by the key
        // to come, and one customer more by the present one.
        std::fs::rename(path("master.key"), path("master.key.next")).unwrap();
        std::fs::rename(path("master.key.old"), path("master.key")).unwrap();
        let sql = format!(
            "UPDATE settings SET value = '{before}' WHERE key = 'master_key'; \
             DELETE FROM settings WHERE key IN ('kept_keys', 'master_key_since')"
        );
        b.raw(&sql).await.unwrap();
        let store = open(&data, database).await;
        let late = NewCustomer { name: Some("诸葛亮".into()), ..NewCustomer::default() };
        let late = store.add_customer(late, NOW.plus_seconds(1)).await.unwrap();
        reads(&b, &store, case, file).await;
        store.close().await;
        let zip = path("half.zip");
        let config = Config::existing(&data, database).unwrap();
        let refused = store::backup::backup(&config, &zip, NOW).await.unwrap_err();
        assert!(refused.0.en.contains("is being changed"), "{}", refused.0.en);

        let done = rotate(&data, database, NOW).await.unwrap();
        assert_eq!((done.keys, done.files), (1, 0), "only what was left");
        std::fs::rename(path("master.key.old"), path("elsewhere")).unwrap();
        let store = open(&data, database).await;
        reads(&b, &store, case, file).await;
        assert_eq!(store.customer(late).await.unwrap().name.unwrap().reveal(), "诸葛亮");
        let later = NOW.plus_seconds(5);
        let twin = store.add_file(photo(), b.adviser, later).await.unwrap();
        assert_eq!(twin.same_as, Some(file), "a photo used twice is still seen");
        store.close().await;

        // Once more, over two keys that came before; the key before must be away.
        rotate(&data, database, NOW).await.unwrap();
        let refused = rotate(&data, database, NOW).await.unwrap_err().to_string();
        assert!(refused.contains("put it away"), "{refused}");
        std::fs::remove_file(path("master.key.old")).unwrap();
        let store = open(&data, database).await;
        reads(&b, &store, case, file).await;
        store.close().await;
        std::fs::copy(path("elsewhere"), path("master.key")).unwrap();
        let config = Config::existing(&data, database).unwrap();
        assert!(Store::open(config).await.is_err(), "the first key opens nothing any more");
    });
}

#[test]
fn an_erased_customers_photos_go_and_the_next_backup_misses_none() {
    on_both(|b| async move {
        let case = b.open_case().await;
        let own = b.store.add_file(photo(), b.adviser, NOW).await.unwrap().id;
        let sql = format!("INSERT INTO file_uses (file, case_id) VALUES ({}, {})", own.0, case.0);
        b.raw(&sql).await.unwrap();
        b.close_case(case).await;
        let hold = b.store.put_hold(b.customer, "诉讼", None, b.adviser, NOW).await.unwrap();
        let refused = b.store.erase_customer(b.customer, b.adviser, "asked", NOW).await;
        assert_eq!(refused, Err(store::StoreError::Moved), "a hold stands");
        b.store.lift_hold(b.customer, hold, b.adviser, NOW).await.unwrap();
        let erased = b.store.erase_customer(b.customer, b.adviser, "asked", NOW).await.unwrap();
        assert_eq!(erased.files, 1);
        assert!(b.store.file(own).await.is_err());
        let report = b.store.verify(None).await.unwrap();
        assert_eq!((report.problems, report.files, report.orphaned_files), (vec![], 0, 0));
        let events = b.store.customer_events(b.customer).await.unwrap();
        let put = events.iter().find(|event| event.event == "held").unwrap();
        assert_eq!(put.body["reason"], store::ERASED, "reasons go with the person");
        let zip = b.config.files.with_file_name("after.zip");
        let manifest = store::backup::backup(&b.config, &zip, NOW).await.unwrap();
        assert_eq!((manifest.files, manifest.lost.len()), (0, 0));
    });
}
