//! Lengths that stand in settings are filled in once the packs are laid over each other.

use super::Draft;
use crate::expr::suggest;
use crate::model::Parameter;
use base::time::Span;

/// What is wrong with a setting that a length names: code, Chinese, English.
type Wrong = (&'static str, String, String);

/// Looks up the setting of every deadline that names one.
pub(super) fn fill(draft: &mut Draft) {
    let parameters = &draft.release.parameters;
    let known = || parameters.keys().map(String::as_str);
    let mut wrong: Vec<(String, Wrong)> = Vec::new();
    for process in draft.release.processes.values_mut() {
        for deadline in &mut process.deadlines {
            let lengths = deadline.within.iter_mut().map(|within| ("within", within));
            let warnings = deadline.warn.iter_mut().map(|warning| ("warn", &mut warning.before));
            for (key, within) in lengths.chain(warnings) {
                let Some(id) = &within.setting else { continue };
                let unknown = || {
                    let (zh, en) = suggest::nearest(id, known());
                    (
                        "unknown-parameter",
                        format!("没有叫“{id}”的参数{zh}"),
                        format!("there is no setting `{id}`{en}"),
                    )
                };
                let found = parameters.get(id).ok_or_else(unknown).and_then(length);
                match found {
                    Ok(span) => within.span = Some(span),
                    Err(why) => {
                        let at = format!("process/{}/deadline/{}/{key}", process.id, deadline.id);
                        wrong.push((at, why));
                    }
                }
            }
        }
    }
    for (path, (code, zh, en)) in wrong {
        let at = draft.places.of(&path);
        draft.error(code, at, zh, en);
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
