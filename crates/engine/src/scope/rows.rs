//! Lists of rows, as expressions read them.

use super::{View, guess};
use rulebook::expr::Value;
use rulebook::model::Field;
use serde_json::{Map, Value as Json};

impl View<'_> {
    /// A list of rows, each with what the columns of all forms hold; other keys as they look.
    pub(super) fn rows(&self, field: &Field, json: &Json) -> Value {
        let forms = self.process.all_actions().filter_map(|action| action.form.as_ref());
        let fields = forms.filter_map(|id| self.release.forms.get(id)).flat_map(|f| &f.fields);
        let same = fields.filter(|other| other.id == field.id);
        let columns: Vec<_> = same.chain([field]).flat_map(|field| &field.columns).collect();
        let cell = |row: &Map<String, Json>| {
            let read = |(id, json): (&String, &Json)| {
                let column = columns.iter().find(|column| column.id == *id);
                let value = match (id.as_str(), column) {
                    ("person", _) => {
                        let id = json.as_str().and_then(|text| text.parse().ok());
                        id.map_or(Value::Null, |id| self.person(id))
                    }
                    (_, Some(column)) => self.field_value(column, json),
                    (_, None) => guess(json),
                };
                (id.clone(), value)
            };
            Value::Record(row.iter().map(read).collect())
        };
        let rows = json.as_array().into_iter().flatten().filter_map(Json::as_object);
        Value::List(rows.map(cell).collect())
    }
}
