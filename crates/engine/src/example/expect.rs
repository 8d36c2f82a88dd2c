//! What an example expects against what came.

use super::failure;
use crate::decision::Refusal;
use base::Text;
use rulebook::model::Step;
use serde_json::Value as Json;

/// Where `got` differs from `wanted`: objects may hold more than is wanted, numbers compare by
/// value, everything else exactly.
pub fn differs(path: &str, wanted: &Json, got: &Json) -> Option<Text> {
    match (wanted, got) {
        (Json::Object(wanted), Json::Object(got)) => wanted.iter().find_map(|(key, wanted)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            differs(&path, wanted, got.get(key).unwrap_or(&Json::Null))
        }),
        (Json::Array(wanted), Json::Array(got)) if wanted.len() == got.len() => wanted
            .iter()
            .zip(got)
            .enumerate()
            .find_map(|(i, (wanted, got))| differs(&format!("{path}[{i}]"), wanted, got)),
        (Json::Number(a), Json::Number(b)) if a.as_f64() == b.as_f64() => None,
        _ if wanted == got => None,
        _ => Some(Text::new(
            format!("{path} 应为 {wanted}，实际为 {got}"),
            format!("{path} should be {wanted}, it is {got}"),
        )),
    }
}

/// The value below a dotted path.
pub fn below<'j>(root: &'j Json, path: &str) -> &'j Json {
    path.split('.').fold(root, |at, name| {
        match at {
            Json::Array(items) => name.parse().ok().and_then(|i: usize| items.get(i)),
            _ => at.get(name),
        }
        .unwrap_or(&Json::Null)
    })
}

/// The first wanted name that is not among those that came.
pub fn lacking(what: (&str, &str), wanted: &[String], got: &[String]) -> Option<Text> {
    let missing = wanted.iter().find(|name| !got.contains(name))?;
    let (zh, en) = what;
    let (all_zh, all_en) = if got.is_empty() {
        ("无".to_owned(), "none".to_owned())
    } else {
        (got.join("、"), got.join(", "))
    };
    Some(Text::new(
        format!("{zh}应有“{missing}”，实际：{all_zh}"),
        format!("{en} should have `{missing}`, there came: {all_en}"),
    ))
}

/// The refusal a step expects, against the one that came.
pub fn check_refusal(step: &Step, refused: Option<&Refusal>) -> Result<(), Text> {
    match (&step.refused, refused) {
        (None, None) => Ok(()),
        (Some(wanted), Some(refusal)) => {
            let rule = refusal.rule.rsplit('/').next().unwrap_or_default();
            let field = refusal.fields.iter().any(|f| f.field == *wanted);
            if *wanted == refusal.code || *wanted == refusal.rule || wanted == rule || field {
                return Ok(());
            }
            let text = told(refusal);
            Err(failure(
                format!("应因“{wanted}”被拒绝，实际：{}", text.zh),
                format!("`{wanted}` should refuse it, it was: {}", text.en),
            ))
        }
        (Some(wanted), None) => Err(failure(
            format!("应因“{wanted}”被拒绝，实际通过了"),
            format!("`{wanted}` should refuse it, it went through"),
        )),
        (None, Some(refusal)) => {
            let text = told(refusal);
            Err(failure(format!("被拒绝：{}", text.zh), format!("refused: {}", text.en)))
        }
    }
}

/// A refusal as a sentence of the report.
pub fn told(refusal: &Refusal) -> Text {
    let fields: Vec<String> = refusal.fields.iter().map(|f| f.field.clone()).collect();
    let fields = fields.join(", ");
    Text::new(
        format!("[{} {}] {} {fields}", refusal.code, refusal.rule, refusal.sentence.zh),
        format!("[{} {}] {} {fields}", refusal.code, refusal.rule, refusal.sentence.en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_object_may_hold_more_than_is_wanted() {
        assert_eq!(differs("", &json!({"a": 1}), &json!({"a": 1.0, "b": 2})), None);
        let text = differs("", &json!({"a": {"b": true}}), &json!({"a": {"b": false}}));
        assert_eq!(text.map(|t| t.en), Some("a.b should be true, it is false".into()));
        assert!(differs("", &json!({"a": ["x"]}), &json!({"a": ["x", "y"]})).is_some());
        assert!(differs("", &json!({"a": 1}), &json!({})).is_some());
    }

    #[test]
    fn a_dotted_path_reaches_into_objects_and_lists() {
        let root = json!({"verdict": {"clauses": ["EB-7.0"]}});
        assert_eq!(below(&root, "verdict.clauses.0"), &json!("EB-7.0"));
        assert_eq!(below(&root, "verdict.none.0"), &Json::Null);
    }
}
