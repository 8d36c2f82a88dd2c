//! Products, components, faults and causes: the words a verdict is about.
//!
//! Files: `catalog/products.csv`, `catalog/groups.csv`, `catalog/components.csv`,
//! `catalog/faults.csv` (the component × fault matrix), `catalog/causes.csv`, `catalog/models.csv`.
//! First line is the header; column names are field names, `title_zh` and `title_en` make the
//! title, lists are separated by `|`.

use base::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A kind of product the standard covers. `products.csv`: `id,title_zh,title_en,clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Key, for example `ebike`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

/// A group of parts (部件大类), by which terms, tables and measures may ask. `groups.csv`:
/// `id,title_zh,title_en,whole,clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Key, for example `electrical`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Whether it stands for the whole product (整车), which has no term of a part.
    pub whole: bool,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

impl Group {
    /// The groups of a release none of whose packs lists any.
    pub fn usual() -> Vec<Self> {
        let group = |id: &str, zh, en, whole| Self {
            id: id.to_owned(),
            title: Text::new(zh, en),
            whole,
            clause: vec![],
        };
        vec![
            group("bicycle", "自行车部件", "bicycle part", false),
            group("electrical", "电器部件", "electrical part", false),
            group("vehicle", "整车", "whole vehicle", true),
        ]
    }
}

/// A part a verdict can be about. `components.csv`:
/// `id,title_zh,title_en,group,class,serial,clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Key of the glossary, for example `li_battery`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Its group, a key of `groups.csv`.
    pub group: String,
    /// `main`, `wearing` (易损件) or `consumable` (消耗品).
    pub class: String,
    /// Whether each piece has a serial number of its own (battery, motor, controller).
    pub serial: bool,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

/// A fault of some components. `faults.csv`: `id,title_zh,title_en,components,clause`, the
/// components separated by `|`; a pair outside the matrix is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Key, for example `low_capacity`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Components that can have it.
    pub components: Vec<String>,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

/// An established cause of a fault. `causes.csv`: `id,title_zh,title_en,clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// Key, for example `self_patched`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

/// A model of a product (车型). `models.csv`: `id,title_zh,title_en,product`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Key, as in sale registrations, for example `RF-R6`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The product it is, a key of `products.csv`.
    pub product: String,
}

/// The catalogue of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Products by key.
    pub products: BTreeMap<String, Product>,
    /// Groups of components in file order; [`Group::usual`] where no pack lists any.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Components in file order.
    pub components: Vec<Component>,
    /// Faults in file order.
    pub faults: Vec<Fault>,
    /// Causes in file order.
    pub causes: Vec<Cause>,
    /// Models in file order.
    #[serde(default)]
    pub models: Vec<Model>,
}

impl Catalog {
    /// The group of that key.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == id)
    }

    /// Whether a component stands for the whole product.
    pub fn is_whole(&self, component: &Component) -> bool {
        self.group(&component.group).is_some_and(|group| group.whole)
    }

    /// The component of that key.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|c| c.id == id)
    }

    /// The fault of that key.
    pub fn fault(&self, id: &str) -> Option<&Fault> {
        self.faults.iter().find(|f| f.id == id)
    }
}
