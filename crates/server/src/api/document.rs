//! The OpenAPI document completed: what holds for every operation is said once, here.
//!
//! Each operation names the statuses that are its own. The way in adds the rest: the session, the
//! permission, the header against foreign pages, a body that cannot be read or contradicts what is
//! there, a database that is away.

use serde_json::{Map, Value as Json, json};

/// Where the answer to every refusal is described.
const PROBLEM: &str = "#/components/responses/Problem";
/// The scheme of a session's cookie.
const SESSION: &str = "session";
/// The scheme, and the permission, of what only a shared counter may ask.
const COUNTER: &str = "counter";
/// The scheme of a program's token.
const TOKEN: &str = "token";

/// Completes the document as the handlers describe it.
pub fn completed(mut document: Json) -> Json {
    document["components"]["responses"] = json!({ "Problem": {
        "description": "Why not, and what would make it pass (RFC 9457).",
        "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" },
        } },
    } });
    document["components"]["securitySchemes"] = json!({
        SESSION: { "type": "apiKey", "in": "cookie", "name": crate::auth::COOKIE },
        COUNTER: { "type": "apiKey", "in": "cookie", "name": crate::auth::counter::COUNTER_COOKIE },
        TOKEN: { "type": "http", "scheme": "bearer" },
    });
    let paths = document["paths"].as_object_mut();
    for (path, item) in paths.into_iter().flatten() {
        let operations = item.as_object_mut().into_iter().flatten();
        for (method, operation) in operations.filter(|(method, _)| method.as_str() != "parameters")
        {
            complete(path, method, operation);
        }
    }
    document
}

fn complete(path: &str, method: &str, operation: &mut Json) {
    let permission = operation["x-permission"].as_str().unwrap_or_default().to_owned();
    let mut statuses = vec![400, 503];
    if permission != "public" {
        statuses.extend([401, 403, 429]);
        let scheme = if permission == COUNTER { COUNTER } else { SESSION };
        operation["security"] = json!([{ scheme: [] }]);
        if method != "get" {
            // Two windows of one browser: somebody else acts there now.
            statuses.push(409);
        }
    } else if method != "get" {
        statuses.push(403);
    }
    if !["public", "signed_in", COUNTER].contains(&permission.as_str()) {
        operation["security"] = json!([{ SESSION: [] }, { TOKEN: [] }]);
    }
    if path.contains('{') {
        statuses.push(404);
    }
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    if parameters.iter().any(|one| one["name"] == "If-Match") {
        statuses.extend([409, 412, 428]);
    }
    // A text may hold what cannot be kept or looked for, wherever it stands.
    if !parameters.is_empty() {
        statuses.push(422);
    }
    if operation.get("requestBody").is_some() {
        statuses.extend([409, 413, 415, 422]);
    }
    if method != "get" {
        require_header(operation);
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for status in statuses {
        responses.entry(status.to_string()).or_insert(Json::Null);
    }
    let refusals = responses.iter_mut().filter(|(status, _)| status.as_str() >= "400");
    refusals.for_each(|(_, response)| *response = json!({ "$ref": PROBLEM }));
    let mut sorted: Vec<(String, Json)> = std::mem::take(responses).into_iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    *responses = Map::from_iter(sorted);
}

/// What changes something asks for a header that no foreign page can send.
fn require_header(operation: &mut Json) {
    let header = json!({
        "name": "X-Sanbao", "in": "header", "required": true,
        "description": "Any value: a page of another site cannot send it.",
        "schema": { "type": "string", "enum": ["1"] },
    });
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(header),
        None => operation["parameters"] = json!([header]),
    }
}
