//! Signatures on paper: the image itself, so that a frozen document needs nothing beside it.

use crate::app::App;
use crate::problem::Answer;
use data_encoding::BASE64;
use serde_json::{Map, Value as Json, json};

/// Largest image set into a page. A stroke on the pad has some kilobytes; the photograph of a
/// signed paper stays a file of the case, and the page says that it was signed.
const MAX_IMAGE: i64 = 200 * 1024;

/// The images of the signatures among a case's answers, by field, as `data:` addresses.
pub async fn images(app: &App, data: &Map<String, Json>) -> Answer<Json> {
    let mut images = Map::new();
    for (field, value) in data {
        let Some(id) = signed_file(value) else { continue };
        let (row, bytes) = app.store().file(id).await?;
        if row.bytes <= MAX_IMAGE && row.kind.starts_with("image/") {
            let image = format!("data:{};base64,{}", row.kind, BASE64.encode(&bytes));
            images.insert(field.clone(), json!(image));
        }
    }
    Ok(Json::Object(images))
}

/// The file of a signature answer: `{ "file": "file_…", "by": "customer", "means": "pad" }`.
fn signed_file(value: &Json) -> Option<base::FileId> {
    let answer = value.as_object()?;
    answer.get("means")?.as_str()?;
    answer.get("file")?.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::signed_file;
    use serde_json::json;

    #[test]
    fn only_a_signature_is_taken_for_one() {
        let id = base::FileId(7).to_string();
        let signed = json!({ "file": id, "by": "customer", "means": "pad" });
        assert_eq!(signed_file(&signed), Some(base::FileId(7)));
        for other in [json!({ "file": id, "slot": "front" }), json!(id), json!(null), json!([])] {
            assert_eq!(signed_file(&other), None, "{other}");
        }
    }
}
