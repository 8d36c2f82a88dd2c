//! What a case writes of an organisation unit: each name is one the register has.

use super::Checker;
use crate::expr::Expr;
use std::collections::BTreeMap;

/// What a unit is founded with.
const FOUNDED: &[&str] = &[
    "code",
    "name",
    "kind",
    "parent",
    "province",
    "city",
    "address",
    "phone",
    "floor_area",
    "nameplate",
    "registered",
];
/// What a unit cannot be founded without.
const NEEDED: [&str; 3] = ["code", "name", "parent"];
/// What may be set of a unit that is there.
const STANDING: &[&str] = &[
    "org",
    "name",
    "province",
    "city",
    "address",
    "phone",
    "floor_area",
    "nameplate",
    "registered",
    "stars",
    "standing",
];

pub(super) fn names(
    checker: &mut Checker<'_>,
    register: &str,
    map: &BTreeMap<String, Expr>,
    path: &str,
) {
    let known = match register {
        "org.founded" => FOUNDED,
        "org.standing" => STANDING,
        "org.supplied" => &["org"],
        _ => return,
    };
    for name in map.keys() {
        checker.word(name, known, &format!("{path}/map/{name}"));
    }
    let needed = NEEDED.iter().filter(|_| register == "org.founded");
    for name in needed.filter(|name| !map.contains_key(**name)) {
        checker.error(
            "register-needs",
            &format!("{path}/map"),
            format!("设立单位要写 {name}"),
            format!("a unit is founded with its `{name}`; give it in `map`"),
        );
    }
}
