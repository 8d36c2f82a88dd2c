//! Roles: who may give one to somebody.

use super::Checker;
use super::names::ROLE;
use crate::model::{Permission, Reach};

/// Checks who gives roles.
pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for role in release.roles.values() {
        let path = format!("role/{}/given_by", role.id);
        for name in &role.given_by {
            checker.exists(ROLE, name, release.roles.keys().map(String::as_str), &path);
            let Some(giver) = release.roles.get(name) else { continue };
            let (who, what) = (&giver.title, &role.title);
            if !giver.permissions.contains(&Permission::PeopleWrite) {
                checker.error(
                    "role-giver-without-right",
                    &path,
                    format!("“{}”要能任命“{}”，却没有 people_write 权限", who.zh, what.zh),
                    format!("{} is to give {} but lacks `people_write`", who.en, what.en),
                );
            } else if giver.reach < role.reach.max(Reach::Station) {
                checker.error(
                    "role-giver-too-near",
                    &path,
                    format!("“{}”看得没有“{}”远，不能任命", who.zh, what.zh),
                    format!("{} sees less far than {}, and cannot give it", who.en, what.en),
                );
            }
        }
    }
}
