//! All tracks of a process together: what can never be done, never be come to, never be ended. Each
//! mistake is made in a pack that is right, and found on its line with the reason.

use crate::shop::{compiled, edited, shop, shown};
use rulebook::{Level, PackSource, compile};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const REPAIR: &str = "processes/repair.toml";

/// The finding of that code, its level, its line and parts of both sentences.
fn check(edits: &[(&str, &str)], code: &str, level: Level, line: &str, says: (&str, &str)) {
    let mut pack = shop();
    let text = pack.files.get_mut(REPAIR).expect("it is there");
    for (from, to) in edits {
        assert!(text.contains(from), "{from:?} is not there");
        *text = text.replacen(from, to, 1);
    }
    let text = text.clone();
    let compiled = compiled(pack);
    let all = shown(&compiled);
    let found = compiled.findings.iter().find(|f| f.code == code);
    let found = found.unwrap_or_else(|| panic!("no {code}, but:\n{all}"));
    let at = text.lines().nth(found.at.line as usize - 1).unwrap_or_default();
    assert_eq!(found.level, level, "{all}");
    assert!(at.contains(line), "{code} stands at {at:?}, not at {line:?}\n{all}");
    let (zh, en) = says;
    assert!(found.sentence.zh.contains(zh), "{:?} lacks {zh:?}", found.sentence.zh);
    assert!(found.sentence.en.contains(en), "{:?} lacks {en:?}", found.sentence.en);
    let registry = include_str!("../../../../errors.toml");
    assert!(registry.contains(&format!("code = \"{code}\"\n")), "errors.toml lacks {code}");
}

const DELIVER: &str = "when = \"data.odometer >= 0\"";
const ORDER: &str = "also = [{ track = \"parts\", from = [\"idle\"], to = \"waiting\" }]";

#[test]
fn actions_that_no_combination_allows() {
    let never = |edits: &[(&str, &str)], line, says| {
        check(edits, "action-never", Level::Error, line, says);
    };
    // A state of another track that is not there by then.
    let waits = format!("{ORDER}\nwhen = 'case.tracks.parts = \"waiting\"'");
    never(
        &[(ORDER, &waits)],
        "when =",
        (
            "那时 parts 只会是 idle",
            "`order_parts` is never possible: `case.tracks.parts = \"waiting\"` \
            never holds; by then `parts` is idle",
        ),
    );
    // The main track as another track sees it.
    never(
        &[("from = [\"idle\"], to", "to"), (DELIVER, "when = 'case.state = \"received\"'")],
        "when =",
        ("从不成立", "never holds"),
    );
    // What only the act itself, or one behind it, does or fills in.
    never(&[(DELIVER, "when = 'done.deliver > 0'")], "when =", ("办过“deliver”", "been done"));
    never(
        &[("id = \"assign\"\n", "id = \"assign\"\nwhen = 'data.technician.away = false'\n")],
        "when =",
        ("没有办得了的动作填写“technician”", "no action that can be done fills `technician`"),
    );
    // Conditions that contradict each other, in one expression and in two.
    never(
        &[(DELIVER, "when = 'data.odometer > 5 and data.odometer < 3'")],
        "when =",
        ("从不成立", "never holds"),
    );
    let blocks = "[[action.require]]\nid = \"low\"\nwhen = 'data.odometer < 0'\ngrade = \"block\"\n\
        refuse = { zh = \"里程\", en = \"Odometer\" }\nclause = [\"SH-3\"]\n\n[[deadline]]";
    never(&[("[[deadline]]", blocks)], "[[action]]", ("不能同时成立", "contradict each other"));
}

#[test]
fn what_can_be_is_left_alone() {
    let notes = "[[action.require]]\nid = \"low\"\nwhen = 'data.odometer < 0'\ngrade = \"note\"\n\
        refuse = { zh = \"里程\", en = \"Odometer\" }\nclause = [\"SH-3\"]\n\n[[deadline]]";
    for (from, to) in [
        (DELIVER, "when = 'data.odometer >= 0 and case.tracks.parts = \"waiting\"'"),
        (DELIVER, "when = 'data.odometer > 3 and data.odometer < 5'"),
        (DELIVER, "when = 'data.component = \"battery\" or data.component = null'"),
        (DELIVER, "when = 'done.order_parts > 1 or done.order_parts = 0'"),
        (DELIVER, "when = 'last_done.assign <= now and data.technician.away = false'"),
        ("[[deadline]]", notes),
    ] {
        let compiled = compiled(edited(REPAIR, from, to));
        assert_eq!(shown(&compiled), "", "{to}");
    }
}

#[test]
fn states_and_ends_behind_conditions() {
    // A branch that its own action's condition excludes.
    let branch = "branch = [{ when = 'data.odometer < 0', to = \"lost\" }]\nwhen = \"data.odometer";
    let lost = "[[state]]\nid = \"lost\"\ntitle = { zh = \"丢失\", en = \"Lost\" }\nkind = \"done\"\n\
        \n[[action]]\nid = \"assign\"";
    check(
        &[("when = \"data.odometer", branch), ("[[action]]\nid = \"assign\"", lost)],
        "unreachable-state",
        Level::Error,
        "[[state]]",
        ("“main.lost”到不了", "the conditions of deliver never let it"),
    );
    // Once parts are ordered nothing brings them, and without them nothing is delivered.
    let idle = (DELIVER, "when = 'case.tracks.parts = \"idle\"'");
    check(
        &[idle],
        "no-end",
        Level::Error,
        "[[state]]",
        ("从状态“parts.waiting”", "for example after open → assign → order_parts"),
    );
    // The side track is left where main has ended.
    let arrive = "to = \"waiting\" }]\n\n[[action]]\nid = \"arrive\"\n\
        title = { zh = \"到货\", en = \"Arrive\" }\ntrack = \"parts\"\nfrom = [\"waiting\"]\n\
        to = \"idle\"\nby = [\"technician\"]\nwhen = 'case.state = \"repairing\"'";
    let left = ("also = [{ track = \"parts\", to = \"idle\" }]", "");
    check(
        &[left, ("to = \"waiting\" }]", arrive)],
        "may-not-close",
        Level::Note,
        "id = \"repair\"",
        ("停在 main.delivered, parts.waiting", "stands at main.delivered, parts.waiting"),
    );
}

#[test]
fn a_mode_that_leaves_no_way() {
    let says = ("简易模式下此单结不了", "in the mode `simple` a case cannot end");
    let full = "when = 'org.mode != \"simple\"'";
    check(&[(DELIVER, full)], "mode-no-end", Level::Error, "id = \"repair\"", says);
    // A state that only the full mode has, and only the full mode leaves.
    let checked = "[[state]]\nid = \"checked\"\ntitle = { zh = \"待核\", en = \"To check\" }\n\
        kind = \"working\"\n\n[[action]]\nid = \"check\"\ntitle = { zh = \"送核\", en = \"Check\" }\n\
        from = [\"repairing\"]\nto = \"checked\"\nby = [\"advisor\"]\n\
        when = 'org.mode = \"full\"'\n\n[[action]]\nid = \"release\"\n\
        title = { zh = \"核准\", en = \"Release\" }\n\
        from = [\"checked\"]\nto = \"delivered\"\nby = [\"advisor\"]\n\
        when = 'org.mode = \"full\"'\n\n[[action]]\nid = \"assign\"";
    check(
        &[("[[action]]\nid = \"assign\"", checked)],
        "mode-no-end",
        Level::Note,
        "id = \"repair\"",
        ("改成简易模式后，停在 main.checked", "a case at main.checked"),
    );
}

#[test]
fn a_process_too_large_says_so() {
    let state = |track: usize, state: usize| {
        let next = (state + 1) % 4;
        format!(
            "[[state]]\nid = \"s{state}\"\ntrack = \"t{track}\"\n\
             title = {{ zh = \"态\", en = \"State\" }}\nkind = \"idle\"\n\
             [[action]]\nid = \"t{track}s{state}\"\ntitle = {{ zh = \"动\", en = \"Move\" }}\n\
             track = \"t{track}\"\nfrom = [\"s{state}\"]\nto = \"s{next}\"\nby = [\"advisor\"]\n"
        )
    };
    let track = |track: usize| {
        let title = "title = { zh = \"线\", en = \"Track\" }";
        let head = format!("[[track]]\nid = \"t{track}\"\n{title}\ninitial = \"s0\"\n");
        head + &(0..4).map(|place| state(track, place)).collect::<String>()
    };
    let added: String = (0..8).map(track).collect();
    let to = format!("{added}\n[[deadline]]");
    let says = ("超过 20000 种", "more than 20000 combinations");
    check(&[("[[deadline]]", &to)], "proof-gave-up", Level::Note, "id = \"repair\"", says);
}

/// The packs of this repository.
fn packs(ids: &[&str]) -> Vec<PackSource> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let read = |id: &&str| {
        let mut files = BTreeMap::new();
        let mut waiting = vec![root.join(id)];
        while let Some(at) = waiting.pop() {
            for entry in fs::read_dir(&at).expect("the packs lie in the repository") {
                let path = entry.expect("a readable folder").path();
                if path.is_dir() {
                    waiting.push(path);
                    continue;
                }
                let name = path.strip_prefix(root.join(id)).expect("it lies below");
                let text = fs::read_to_string(&path).expect("packs are text");
                files.insert(name.to_string_lossy().into_owned(), text);
            }
        }
        PackSource { dir: (*id).to_owned(), files }
    };
    ids.iter().map(read).collect()
}

/// Spoils a process of the common standard action by action: each that is made impossible is named,
/// at its line, and none is found before.
#[test]
fn every_action_of_a_standard_that_is_spoilt_is_found() {
    for (file, id) in [
        ("processes/follow_up.toml", "follow_up"),
        ("processes/stock_transfer.toml", "stock_transfer"),
        ("processes/parts_request.toml", "parts_request"),
        ("processes/unit_review.toml", "unit_review"),
    ] {
        let clean = packs(&["common"]);
        let release = compile(&clean);
        assert_eq!(shown(&release), "");
        let release = release.release.expect("nothing is wrong with it");
        let mut spoilt = 0;
        for action in &release.processes[id].actions {
            if action.when.is_some() {
                continue;
            }
            let mut packs = clean.clone();
            let text = packs[0].files.get_mut(file).expect("it is there");
            let head = format!("[[action]]\nid = \"{}\"\n", action.id);
            assert!(text.contains(&head), "{head}");
            let never = format!("{head}when = 'case.state = \"nowhere\"'\n");
            *text = text.replacen(&head, &never, 1);
            let line = text[..text.find(&never).expect("just written")].lines().count() + 3;
            let compiled = compile(&packs);
            let found = compiled.findings.iter().find(|f| f.code == "action-never");
            let found = found.unwrap_or_else(|| panic!("{}\n{}", action.id, shown(&compiled)));
            assert_eq!(found.at.to_string(), format!("common/{file}:{line}"), "{}", action.id);
            assert!(found.sentence.en.contains(&format!("`{}`", action.id)));
            spoilt += 1;
        }
        assert!(spoilt > 0, "{id} has an action without a condition");
    }
}
