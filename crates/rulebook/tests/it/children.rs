//! What a parent does when its child ends, cases that move, lengths from settings, personal data
//! on its way from case to case.

use crate::shop::{compiled, edited, shown};
use rulebook::{Compiled, PackSource};

const REPAIR: &str = "processes/repair.toml";

/// A child of the shop's repair: a call afterwards.
const CALL: &str = r#"
id = "call"
title = { zh = "回访", en = "Call" }
number = "HF{yyyy}-{seq:4}"
subject = "unit"
area = "call"
[start]
title = { zh = "安排", en = "Schedule" }
to = "due"
by = ["@system"]
form = "call"
[[state]]
id = "due"
title = { zh = "待回访", en = "Due" }
kind = "working"
[[state]]
id = "done"
title = { zh = "已回访", en = "Done" }
kind = "done"
[[action]]
id = "answer"
title = { zh = "回访", en = "Call" }
from = ["due"]
to = "done"
by = ["advisor"]
"#;

const CALL_FORM: &str = r#"
id = "call"
title = { zh = "回访", en = "Call" }
[[field]]
id = "phone"
title = { zh = "电话", en = "Telephone" }
kind = "text"
personal = "phone"
[[field]]
id = "remark"
title = { zh = "备注", en = "Remark" }
kind = "text"
"#;

/// The repair opens a call and hears of its end.
const DELIVER: &str = r#"effects = [
  { open = "call", map = { phone = "data.owner_phone", remark = "case.number" } },
]
when = "data.odometer >= 0"

[[action]]
id = "called"
title = { zh = "回访完成", en = "Called" }
from = ["delivered"]
by = ["@system"]
on_child = { process = "call", state = ["done"] }
effects = [{ set = "call_remark", value = "child.data.remark" }]
"#;

const OWNER: &str = r#"
[[field]]
id = "owner_phone"
title = { zh = "车主电话", en = "Owner's telephone" }
kind = "text"
personal = "phone"

[[field]]
id = "station"
title = { zh = "站", en = "Station" }
kind = "org"
"#;

/// The shop with a child process, `from` replaced by `to` in one of its files.
fn family(file: &str, from: &str, to: &str) -> PackSource {
    let mut pack = edited(REPAIR, "when = \"data.odometer >= 0\"", DELIVER);
    pack.files.insert("processes/call.toml".into(), CALL.into());
    pack.files.insert("forms/call.toml".into(), CALL_FORM.into());
    if let Some(intake) = pack.files.get_mut("forms/intake.toml") {
        intake.push_str(OWNER);
    }
    let text = pack.files.get_mut(file).expect("the file is there");
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    pack
}

/// The finding of that code, on the line that holds `line`, saying `part`.
fn expect(pack: PackSource, file: &str, code: &str, line: &str, part: &str) -> Compiled {
    let text = pack.files[file].clone();
    let compiled = compiled(pack);
    let all = shown(&compiled);
    let found = compiled.findings.iter().find(|f| f.code == code);
    let found = found.unwrap_or_else(|| panic!("no {code}, but:\n{all}"));
    let registry = include_str!("../../../../errors.toml");
    assert!(registry.contains(&format!("code = \"{code}\"\n")), "errors.toml lacks {code}");
    let at = text.lines().nth(found.at.line as usize - 1).unwrap_or_default();
    assert!(at.contains(line), "{code} stands at {}: {at:?}\n{all}", found.at);
    assert!(found.sentence.en.contains(part), "{:?} does not say {part:?}", found.sentence.en);
    compiled
}

#[test]
fn a_parent_that_hears_of_its_child_compiles() {
    let compiled = compiled(family(REPAIR, "@opener", "@opener"));
    assert!(!compiled.has_errors(), "{}", shown(&compiled));
}

#[test]
fn what_is_wrong_about_a_childs_end_is_said() {
    for (from, to, code, line, part) in [
        ("process = \"call\"", "process = \"cal\"", "unknown-process", "on_child", "call"),
        ("state = [\"done\"]", "state = [\"due\"]", "unknown-state", "on_child", "`due`"),
        ("by = [\"@system\"]", "by = [\"advisor\"]", "child-end", "on_child", "@system"),
        ("on_child", "form = \"assignment\"\non_child", "child-end", "on_child", "assignment"),
        (
            "open = \"call\", map = { phone = \"data.owner_phone\", ",
            "open = \"repair\", map = { ",
            "child-end",
            "on_child",
            "never opens",
        ),
        ("child.data.remark", "child.data.remarc", "expr-unknown-name", "set =", "remark"),
        ("child.data.remark", "child.data.phone", "personal-mapping", "set =", "call_remark"),
        (
            "phone = \"data.owner_phone\"",
            "phone = '\"110\"'",
            "personal-mapping",
            "open =",
            "`phone`",
        ),
        (
            "remark = \"case.number\"",
            "remark = \"data.owner_phone\"",
            "personal-mapping",
            "open =",
            "`remark`",
        ),
        (
            "{ set = \"call_remark\", value = \"child.data.remark\" }",
            "{ move = \"data.odometer\" }",
            "expr-kind",
            "move =",
            "an org",
        ),
    ] {
        expect(family(REPAIR, from, to), REPAIR, code, line, part);
    }
    // A requirement ends the action's own keys, so its effects go before it.
    let answer = "on_child = { process = \"call\", state = [\"done\"] }\n\
        effects = [{ set = \"call_remark\", value = \"child.data.remark\" }]\n";
    let gate = "on_child = { process = \"call\", state = [\"done\"] }\n\
        [[action.require]]\nid = \"x\"\nwhen = \"true\"\ngrade = \"block\"\n\
        refuse = { zh = \"不行\", en = \"no\" }\nclause = [\"SH-1\"]\n";
    let pack = family(REPAIR, answer, gate);
    expect(pack, REPAIR, "child-end", "on_child", "grade note");
}

#[test]
fn what_a_case_tells_its_children_is_theirs_and_the_systems() {
    let open =
        "{ open = \"call\", map = { phone = \"data.owner_phone\", remark = \"case.number\" } },";
    let told = |tell: &str| family(REPAIR, open, &format!("{open}\n  {tell},"));
    let only = "by = [\"advisor\"]";
    let mut right = told("{ tell = \"call\", act = \"answer\" }");
    let call = right.files.get_mut("processes/call.toml").expect("the child is there");
    *call = call.replacen(only, "by = [\"@system\"]", 1);
    let compiled = compiled(right);
    assert!(!compiled.has_errors(), "{}", shown(&compiled));
    for (tell, code, part) in [
        ("{ tell = \"cal\", act = \"answer\" }", "unknown-process", "call"),
        ("{ tell = \"call\", act = \"anser\" }", "unknown-action", "answer"),
        ("{ tell = \"call\", act = \"answer\" }", "child-told", "the system alone"),
        ("{ tell = \"repair\", act = \"answer\" }", "child-told", "never opens"),
    ] {
        expect(told(tell), REPAIR, code, "tell =", part);
    }
}

#[test]
fn a_deadline_may_take_its_length_from_a_setting() {
    let setting = "[[parameter]]\nid = \"assign_time\"\ntitle = { zh = \"派工时限\", en = \"Time\" }\n\
        kind = \"span\"\nvalue = \"36 h\"\nclause = [\"SH-2\"]\n";
    let with = |setting: &str| {
        let mut pack = edited(REPAIR, "within = \"24 h\"", "within = \"params.assign_time\"");
        pack.files.get_mut("rulebook.toml").expect("it is there").push_str(setting);
        pack
    };
    let compiled = compiled(with(setting));
    let release = compiled.release.as_ref().unwrap_or_else(|| panic!("{}", shown(&compiled)));
    let rule = &release.processes["repair"].deadlines[0];
    assert_eq!(rule.span().map(|span| span.to_string()).as_deref(), Some("36 h"));
    expect(with(""), REPAIR, "unknown-parameter", "within", "`assign_time`");
    let unset = setting.replace("value = \"36 h\"\n", "");
    expect(with(&unset), REPAIR, "deadline-length", "within", "no usable value");
    let text = setting.replace("\"span\"", "\"text\"");
    expect(with(&text), REPAIR, "deadline-length", "within", "no length of time");
}
