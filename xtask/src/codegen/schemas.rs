//! JSON Schemas (draft 7, what TOML editors read) of the files of a pack.

use serde_json::{Map, Value as Json, json};

use super::kinds::Kind;
use super::shape::{Body, Field, Item, Shape, Shapes, Variant, basics};

/// The schema of a kind of file.
///
/// # Errors
/// A sentence, when a type it is made of is not understood.
pub fn schema(kind: &Kind, shapes: &Shapes) -> Result<Json, String> {
    let reached = shapes.reached(kind.root)?;
    let (root, rest) = reached.split_first().ok_or("a kind without a type")?;
    let mut whole = of_item(root);
    let Json::Object(keys) = &mut whole else { return Err("a schema is a table".into()) };
    keys.insert("description".into(), format!("{} ({})", kind.en, kind.about_zh).into());
    if !kind.one_of.is_empty() {
        let sets = kind.one_of.iter().map(|set| json!({ "required": set }));
        keys.insert("anyOf".into(), sets.collect());
    }
    let mut head = Map::new();
    head.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    head.insert("title".into(), format!("{} · {}", kind.zh, kind.place).into());
    head.append(keys);
    let named = rest.iter().map(|item| (item.name.clone(), of_item(item)));
    head.insert("definitions".into(), Json::Object(named.collect()));
    Ok(Json::Object(head))
}

fn of_item(item: &Item) -> Json {
    let mut made = match &item.body {
        Body::Table { fields, closed } => table(fields, *closed),
        Body::Words(words) => {
            let keys: Vec<&str> = words.iter().map(|word| word.key.as_str()).collect();
            let docs: Vec<&str> = words.iter().map(|word| word.docs.as_str()).collect();
            json!({ "enum": keys, "x-taplo": { "docs": { "enumValues": docs } } })
        }
        Body::Either(variants) => {
            let any: Vec<Json> = variants.iter().map(variant).collect();
            json!({ "anyOf": any })
        }
    };
    if !item.docs.is_empty() {
        made["description"] = plain(&item.docs).into();
    }
    made
}

fn variant(variant: &Variant) -> Json {
    let mut made = match &variant.body {
        Ok(fields) => table(fields, true),
        Err(shape) => of_shape(shape),
    };
    if made.get("$ref").is_none() {
        made["description"] = plain(&variant.docs).into();
    }
    made
}

fn table(fields: &[Field], closed: bool) -> Json {
    let mut properties = Map::new();
    for field in fields {
        let mut holds = of_shape(&field.shape);
        let docs = plain(&field.docs);
        if holds.get("$ref").is_some() {
            // Beside `$ref` draft 7 reads nothing.
            holds = json!({ "allOf": [holds] });
        }
        holds["description"] = docs.into();
        if let Some(default) = &field.default {
            holds["default"] = match default.as_str() {
                "true" => true.into(),
                "false" => false.into(),
                text => text.parse::<i64>().map_or_else(|_| text.into(), Json::from),
            };
        }
        if let Some(alias) = &field.alias {
            properties.insert(alias.clone(), holds.clone());
        }
        properties.insert(field.key.clone(), holds);
    }
    let needed: Vec<&str> =
        fields.iter().filter(|field| field.needed).map(|field| field.key.as_str()).collect();
    let mut made = json!({ "type": "object", "properties": properties });
    if !needed.is_empty() {
        made["required"] = needed.into();
    }
    if closed {
        made["additionalProperties"] = false.into();
    }
    made
}

fn of_shape(shape: &Shape) -> Json {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::YesNo => json!({ "type": "boolean" }),
        Shape::Whole(None) => json!({ "type": "integer" }),
        Shape::Whole(Some(least)) => json!({ "type": "integer", "minimum": least }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Anything => json!({}),
        Shape::List(inner) => json!({ "type": "array", "items": of_shape(inner) }),
        Shape::Map(inner) => {
            json!({ "type": "object", "additionalProperties": of_shape(inner) })
        }
        Shape::Named(name) => basics::find(name).map_or_else(
            || json!({ "$ref": format!("#/definitions/{name}") }),
            basics::Basic::schema,
        ),
    }
}

/// A doc comment as one paragraph: editors show it in a small window.
fn plain(docs: &str) -> String {
    docs.split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}
