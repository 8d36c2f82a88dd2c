//! Products, components, faults and causes: the words a verdict is about.
//!
//! Files: `catalog/products.csv`, `catalog/components.csv`, `catalog/faults.csv` (the component ×
//! fault matrix), `catalog/causes.csv`, `catalog/models.csv`. First line is the header; column
//! names are field names, `title_zh` and `title_en` make the title, lists are separated by `|`.

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

/// A part a verdict can be about. `components.csv`:
/// `id,title_zh,title_en,group,class,serial,clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Key of the glossary, for example `li_battery`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// `bicycle` (自行车部件), `electrical` (电器部分) or `vehicle` (整车).
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
    /// The component of that key.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|c| c.id == id)
    }

    /// The fault of that key.
    pub fn fault(&self, id: &str) -> Option<&Fault> {
        self.faults.iter().find(|f| f.id == id)
    }
}
