//! Every operation of the OpenAPI document, with the permission it names.

use axum::http::Method;

/// An operation of the document.
pub struct Operation {
    pub method: Method,
    pub path: String,
    pub permission: String,
}

impl Operation {
    /// `GET /cases/{id}`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// An address that is well-formed and names nothing, for who may not even ask.
    pub fn nowhere(&self) -> String {
        let mut path = String::new();
        let mut rest = self.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            path.push('1');
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        format!("/api/v1{path}{rest}")
    }
}

/// All operations; one without a permission fails the test.
pub fn operations() -> Vec<Operation> {
    let document = server::openapi();
    assert_eq!(document["openapi"], "3.1.0");
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let name = method.to_uppercase();
            let Ok(method) = Method::from_bytes(name.as_bytes()) else { continue };
            let permission = operation["x-permission"].as_str().unwrap_or_default().to_owned();
            assert!(!permission.is_empty(), "{name} {path} names no permission");
            assert!(operation["operationId"].is_string(), "{name} {path}");
            all.push(Operation { method, path: path.clone(), permission });
        }
    }
    assert!(all.len() >= 100, "{} operations", all.len());
    all
}
