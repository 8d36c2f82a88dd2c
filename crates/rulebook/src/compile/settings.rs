//! Lengths that stand in settings are filled in once the packs are laid over each other.

use super::Draft;
use crate::expr::suggest;
use crate::model::{Effect, Parameter, Within};
use base::time::Span;
use std::collections::BTreeMap;

/// What is wrong with a setting that a length names: code, Chinese, English.
type Wrong = (&'static str, String, String);

/// Looks up the setting of every deadline that names one.
pub(super) fn fill(draft: &mut Draft) {
    let parameters = &draft.release.parameters;
    let mut wrong: Vec<(String, Wrong)> = Vec::new();
    for process in draft.release.processes.values_mut() {
        let id = process.id.clone();
        for deadline in &mut process.deadlines {
            let at = format!("process/{id}/deadline/{}", deadline.id);
            for (key, within) in deadline.lengths_mut() {
                look_up(within, parameters, || format!("{at}/{key}"), &mut wrong);
            }
        }
        let actions = std::iter::once(&mut process.start).chain(&mut process.actions);
        for action in actions {
            for (index, effect) in action.effects.iter_mut().enumerate() {
                let Effect::Extend { by, .. } = effect else { continue };
                let step = if action.id == "open" { "start" } else { &action.id };
                let at = || format!("process/{id}/action/{step}/effects/{index}/by");
                look_up(by, parameters, at, &mut wrong);
            }
        }
    }
    for schedule in draft.release.schedules.values_mut() {
        let at = format!("schedule/{}/age", schedule.id);
        for age in &mut schedule.age {
            look_up(age, parameters, || at.clone(), &mut wrong);
        }
    }
    for (path, (code, zh, en)) in wrong {
        let at = draft.places.of(&path);
        draft.error(code, at, zh, en);
    }
}

/// Fills in one length that names a setting, or says what is wrong with it.
fn look_up(
    within: &mut Within,
    parameters: &BTreeMap<String, Parameter>,
    at: impl Fn() -> String,
    wrong: &mut Vec<(String, Wrong)>,
) {
    let Some(id) = &within.setting else { return };
    let unknown = || {
        let (zh, en) = suggest::nearest(id, parameters.keys().map(String::as_str));
        (
            "unknown-parameter",
            format!("没有叫“{id}”的参数{zh}"),
            format!("there is no setting `{id}`{en}"),
        )
    };
    match parameters.get(id).ok_or_else(unknown).and_then(length) {
        Ok(span) => within.span = Some(span),
        Err(why) => wrong.push((at(), why)),
    }
}

fn length(parameter: &Parameter) -> Result<Span, Wrong> {
    let id = &parameter.id;
    if parameter.kind != "span" {
        return Err((
            "deadline-length",
            format!("参数“{id}”不是时长（kind = \"span\"），不能作时限"),
            format!("the setting `{id}` is no length of time (kind = \"span\")"),
        ));
    }
    let value = parameter.value.as_ref().and_then(|value| value.as_str());
    value.and_then(Span::parse).ok_or_else(|| {
        (
            "deadline-length",
            format!("参数“{id}”还没有可用的值，时限无法计时；请写 value，例如 \"2 h\""),
            format!("the setting `{id}` has no usable value to time by; write one, as \"2 h\""),
        )
    })
}
