//! Scripts of calls: the process, the fields and the names they say exist.

use super::Checker;
use super::names::{FIELD, PROCESS, VARIABLE};
use super::papers::braces;
use crate::model::script::script_names;
use crate::model::{SCRIPT_NAMES, Script};
use std::collections::BTreeSet;

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for script in release.scripts.values() {
        let path = format!("script/{}", script.id);
        let known = release.processes.keys().map(String::as_str);
        checker.exists(PROCESS, &script.process, known, &format!("{path}/process"));
        steps(checker, script, &path);
    }
}

fn steps(checker: &mut Checker<'_>, script: &Script, path: &str) {
    let release = checker.release;
    let process = release.processes.get(&script.process);
    let form = process.and_then(|process| release.forms.get(process.start.form.as_ref()?));
    let fields: Vec<&str> =
        form.iter().flat_map(|form| &form.fields).map(|field| field.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for step in &script.steps {
        let at = format!("{path}/step/{}", step.id);
        if !seen.insert(step.id.as_str()) {
            let id = &step.id;
            checker.error(
                "duplicate-id",
                &at,
                format!("步骤“{id}”写了两次；每个编号只能出现一次"),
                format!("the step `{id}` stands twice; an id may stand once"),
            );
        }
        if let (Some(field), Some(_)) = (&step.field, process) {
            checker.exists(FIELD, field, fields.iter().copied(), &format!("{at}/field"));
        }
        for (lang, text) in [("zh", &step.say.zh), ("en", &step.say.en)] {
            let said = format!("{at}/say/{lang}");
            braces(checker, text, &said, false);
            for name in script_names(text) {
                checker.exists(VARIABLE, name, SCRIPT_NAMES, &said);
            }
        }
    }
}
