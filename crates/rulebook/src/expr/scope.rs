//! Where the root names of an expression are looked up.

use super::Value;
use base::time::Zone;
use std::collections::BTreeMap;

/// The facts an expression is evaluated over: root names (`form`, `data`, `unit`, …) to values.
///
/// A [`Value::Record`] and a map are scopes; a caller that keeps its facts in several maps
/// implements this and copies nothing.
pub trait Scope {
    /// The value of a root name; `None` when it is missing, which reads as [`Value::Null`].
    fn get(&self, name: &str) -> Option<&Value>;

    /// The company's time zone, by which an instant becomes a day.
    fn zone(&self) -> Zone {
        Zone::default()
    }
}

impl Scope for Value {
    fn get(&self, name: &str) -> Option<&Value> {
        if let Self::Record(fields) = self { fields.get(name) } else { None }
    }
}

impl Scope for BTreeMap<String, Value> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }
}

/// Two scopes, the first hiding the names of the second: a form over the facts of its case.
impl<A: Scope + ?Sized, B: Scope + ?Sized> Scope for (&A, &B) {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).or_else(|| self.1.get(name))
    }

    fn zone(&self) -> Zone {
        self.1.zone()
    }
}
