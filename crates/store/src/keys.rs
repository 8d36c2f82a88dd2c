//! Data keys in the database, and sealed values inside JSON.

use crate::exec::cell::cells;
use crate::exec::{Row, Write, places};
use crate::personal::{ERASED, mask};
use crate::vault::DataKey;
use crate::{Personal, Result, Store, StoreError};
use base::Instant;
use data_encoding::BASE64;
use rulebook::model::form::Personal as Class;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeSet, HashMap};

/// How sealed values are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// 王*明
    Masked,
    /// In clear, for documents and for who may see it.
    Clear,
}

/// The key of what belongs to no customer: documents of a case without one.
pub(crate) const COMPANY_KEY: i64 = 1;
const SEALED: &str = "$sealed";

impl Store {
    /// A new key, and the statement that stores it.
    pub(crate) fn new_key(&self, id: i64, now: Instant) -> Result<(DataKey, Write)> {
        let key = DataKey::make()?;
        let wrapped = self.vault().wrap(&key, id)?;
        let sql = "INSERT INTO data_keys (id, wrapped, made_at) VALUES ($1, $2, $3)";
        Ok((key, Write::one(sql, cells![id, wrapped, now])))
    }

    /// Living keys by id; a destroyed or unknown one is left out.
    pub(crate) async fn keys(&self, ids: &BTreeSet<i64>) -> Result<HashMap<i64, DataKey>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = format!(
            "SELECT id, wrapped FROM data_keys WHERE wrapped IS NOT NULL AND id IN {}",
            places(1, ids.len())
        );
        let rows = self.exec().rows(sql, ids.iter().map(|id| (*id).into()).collect()).await?;
        let open = |mut row: Row| {
            let id = row.int()?;
            Ok((id, self.vault().unwrap(&row.bytes()?, id)?))
        };
        rows.into_iter().map(open).collect()
    }

    /// One living key.
    pub(crate) async fn key(&self, id: i64) -> Result<DataKey> {
        let erased = || StoreError::Sealed("its key was destroyed on request".into());
        self.keys(&BTreeSet::from([id])).await?.remove(&id).ok_or_else(erased)
    }

    /// The key of a row from its columns `id, wrapped`; `None` when there is none or it was
    /// destroyed.
    pub(crate) fn read_key(&self, row: &mut Row) -> Result<Option<DataKey>> {
        let (id, wrapped) = (row.opt_int()?, row.opt_bytes()?);
        id.zip(wrapped).map(|(id, wrapped)| self.vault().unwrap(&wrapped, id)).transpose()
    }

    /// Replaces every sealed object within `json` by its mask, or by the clear text; what was
    /// erased, by the word for it.
    pub async fn open_sealed(&self, json: &mut Json, show: Show) -> Result<()> {
        let mut ids = BTreeSet::new();
        collect(json, &mut ids);
        let keys = self.keys(&ids).await?;
        replace(json, &keys, show)
    }
}

/// A personal column, opened with the key that stands beside it in the row.
pub(crate) fn open_column(
    class: Class,
    sealed: Option<Vec<u8>>,
    key: Option<&DataKey>,
) -> Result<Option<Personal>> {
    let (Some(sealed), Some(key)) = (sealed, key) else { return Ok(None) };
    Ok(Some(Personal::new(class, key.open_text(&sealed, word(class))?)))
}

/// The stored word of a class of personal data.
pub(crate) fn word(class: Class) -> &'static str {
    match class {
        Class::Name => "name",
        Class::Phone => "phone",
        Class::Address => "address",
        Class::IdNumber => "id_number",
        Class::Other => "other",
    }
}

fn class_of(text: &str) -> Class {
    match text {
        "name" => Class::Name,
        "phone" => Class::Phone,
        "address" => Class::Address,
        "id_number" => Class::IdNumber,
        _ => Class::Other,
    }
}

/// A personal text as it stands in forms, cases and the journal.
pub(crate) fn sealed_json(key_id: i64, key: &DataKey, class: Class, text: &str) -> Result<Json> {
    let sealed = key.seal(text.as_bytes(), word(class))?;
    let mut object = Map::new();
    object.insert(SEALED.into(), format!("{key_id}:{}", BASE64.encode(&sealed)).into());
    object.insert("as".into(), word(class).into());
    Ok(Json::Object(object))
}

fn sealed_parts(json: &Json) -> Option<(i64, Vec<u8>, Class)> {
    let object = json.as_object()?;
    let (id, sealed) = object.get(SEALED)?.as_str()?.split_once(':')?;
    let class = class_of(object.get("as").and_then(Json::as_str).unwrap_or_default());
    Some((id.parse().ok()?, BASE64.decode(sealed.as_bytes()).ok()?, class))
}

fn collect(json: &Json, ids: &mut BTreeSet<i64>) {
    if let Some((id, _, _)) = sealed_parts(json) {
        ids.insert(id);
        return;
    }
    match json {
        Json::Array(list) => list.iter().for_each(|item| collect(item, ids)),
        Json::Object(object) => object.values().for_each(|item| collect(item, ids)),
        _ => {}
    }
}

fn replace(json: &mut Json, keys: &HashMap<i64, DataKey>, show: Show) -> Result<()> {
    if let Some((id, sealed, class)) = sealed_parts(json) {
        let text = match keys.get(&id) {
            None => ERASED.into(),
            Some(key) => {
                let clear = key.open_text(&sealed, word(class))?;
                if show == Show::Clear { clear } else { mask(class, &clear) }
            }
        };
        *json = Json::String(text);
        return Ok(());
    }
    match json {
        Json::Array(list) => list.iter_mut().try_for_each(|item| replace(item, keys, show)),
        Json::Object(object) => object.values_mut().try_for_each(|item| replace(item, keys, show)),
        _ => Ok(()),
    }
}
