//! Ways to get a rulebook wrong: each is found, in its file, on its line, with a sentence.

use crate::shop::{compiled, edited, shop, shown};
use rulebook::Compiled;

/// The finding of that code; its line must hold `line`, its sentences `zh` and `en`.
fn expect(compiled: &Compiled, text: &str, file: &str, wanted: (&str, &str, &str)) {
    let (code, line, part) = wanted;
    let all = shown(compiled);
    let Some(found) = compiled.findings.iter().find(|f| f.code == code) else {
        panic!("no {code}, but:\n{all}");
    };
    let registry = include_str!("../../../../errors.toml");
    assert!(registry.contains(&format!("code = \"{code}\"\n")), "errors.toml lacks {code}");
    assert_eq!(found.at.file, format!("shop/{file}"), "{all}");
    let at = text.lines().nth(found.at.line as usize - 1).unwrap_or_default();
    assert!(at.contains(line), "{code} stands at {}: {at:?}, not at {line:?}\n{all}", found.at);
    assert!(found.sentence.en.contains(part), "{:?} does not say {part:?}", found.sentence.en);
    assert!(found.sentence.zh.chars().any(|c| c > '\u{4e00}'), "{:?}", found.sentence.zh);
    assert!(compiled.release.is_none(), "{code} must not become active");
}

/// In a file, what is replaced by what gives which finding: its code, text of its line, part of its
/// sentence.
type Case = (&'static str, &'static str, &'static str, (&'static str, &'static str, &'static str));

fn check(&(file, from, to, wanted): &Case) {
    let pack = edited(file, from, to);
    let text = pack.files[file].clone();
    expect(&compiled(pack), &text, file, wanted);
}

const REPAIR: &str = "processes/repair.toml";
const STORY: &str = "examples/verdicts.toml";

const WRITING: &[Case] = &[
    (REPAIR, "area = \"repair\"", "area = \"repair", ("toml-syntax", "area", "TOML")),
    (
        REPAIR,
        "to = \"repairing\"",
        "too = \"repairing\"",
        ("unknown-key", "too =", "did you mean to"),
    ),
    (REPAIR, "kind = \"done\"", "kind = \"finished\"", ("unknown-word", "finished", "`finished`")),
    (REPAIR, "grade = \"block\"\n", "", ("missing-key", "[[action.require]]", "`grade`")),
    (REPAIR, "from = [\"received\"]", "from = \"received\"", ("wrong-type", "from =", "a list")),
    (REPAIR, "within = \"24 h\"", "within = \"soon\"", ("bad-span", "within", "`soon`")),
    (REPAIR, "\"enter received\"", "\"when received\"", ("bad-trigger", "starts", "when received")),
    (REPAIR, "{ print =", "{ pirnt =", ("unknown-effect", "pirnt", "no effect is called `pirnt`")),
    (
        REPAIR,
        "{ print = \"order\" }",
        "{ print = \"order\", to = [] }",
        ("unknown-key", "print", "no key `to`"),
    ),
    (
        REPAIR,
        "{ notify = \"late\", to = [\"advisor\", \"@opener\"] }",
        "{ notify = \"late\" }",
        ("missing-key", "notify", "`to`"),
    ),
    (
        "roles.toml",
        "en = \"Technician\"",
        "en = \"\"",
        ("empty-text", "技师", "Chinese and in English"),
    ),
    ("roles.toml", "case_act", "case_akt", ("unknown-word", "case_akt", "did you mean")),
    (
        "roles.toml",
        "reach = \"own\"",
        "reach = \"own\"\ngiven_by = [\"adviser\"]",
        ("unknown-role", "given_by", "advisor"),
    ),
    (
        "roles.toml",
        "reach = \"own\"",
        "reach = \"own\"\ngiven_by = [\"advisor\"]",
        ("role-giver-without-right", "given_by", "lacks `people_write`"),
    ),
    (
        "forms/intake.toml",
        "required = true",
        "required = 3",
        ("wrong-type", "required", "true, false"),
    ),
    ("standard.md", "SH-2 · deadline", "SH-2 · dealine", ("clause-kind", "dealine", "deadline")),
    (
        "standard.md",
        "### SH-1 · process-step",
        "### SH-1",
        ("clause-heading", "### SH-1", "id · kind"),
    ),
    ("standard.md", "> 持证上岗。", "", ("clause-text", "SH-3 ", "own words")),
    ("standard.md", "### SH-2", "### XX-2", ("clause-prefix", "XX-2", "SH-")),
    (
        "catalog/components.csv",
        "title_en",
        "title_eng",
        ("missing-column", "id,title_zh", "title_en"),
    ),
    (
        "catalog/components.csv",
        "electrical,main",
        "electric,main",
        ("unknown-group", "battery", "did you mean electrical"),
    ),
    ("catalog/prices.csv", "12.00", "12.005", ("bad-money", "T1", "at most two decimals")),
    ("catalog/parts.csv", "wearing,no,T2", "worn,no,T2", ("unknown-word", "T1", "ordinary")),
    ("catalog/parts.csv", "yes,,2", "maybe,,2", ("unknown-word", "B1", "`maybe`")),
    ("catalog/parts.csv", "yes,,2", "yes,,-2", ("bad-number", "B1", "pieces")),
    ("catalog/faults.csv", "No charge", "No charge, ever", ("row-length", "no_charge", "cells")),
    ("tables/term.csv", "半个月", "bald", ("bad-span", "bald", "length of time")),
    ("calendars.toml", "years.2026", "years.next", ("bad-value", "years.next", "no year")),
];

#[test]
fn mistakes_of_writing() {
    WRITING.iter().for_each(check);
}

const NAMES: &[Case] = &[
    (
        REPAIR,
        "by = [\"technician\"]",
        "by = [\"techncian\"]",
        ("unknown-role", "by =", "did you mean technician"),
    ),
    (REPAIR, "\"@opener\"", "\"@anybody\"", ("unknown-role", "notify", "@anybody")),
    (
        REPAIR,
        "form = \"assignment\"",
        "form = \"asignment\"",
        ("unknown-form", "form =", "assignment"),
    ),
    (REPAIR, "to = \"repairing\"", "to = \"repairng\"", ("unknown-state", "to =", "repairing")),
    (
        REPAIR,
        "track = \"parts\", from",
        "track = \"part\", from",
        ("unknown-track", "also", "parts"),
    ),
    (REPAIR, "to = \"waiting\"", "to = \"repairing\"", ("unknown-state", "also", "waiting")),
    (REPAIR, "notify = \"late\"", "notify = \"later\"", ("unknown-message", "notify", "late")),
    (REPAIR, "print = \"order\"", "print = \"ordre\"", ("unknown-document", "print", "order")),
    (
        REPAIR,
        "within = \"24 h\"",
        "within = \"2 workday\"\ncalendar = \"wordays\"",
        ("unknown-calendar", "calendar", "workdays"),
    ),
    (
        REPAIR,
        "{ print = \"order\" }",
        "{ open = \"rework\" }",
        ("unknown-process", "open", "rework"),
    ),
    (
        REPAIR,
        "clause = [\"SH-2\"]",
        "clause = [\"SH-22\"]",
        ("unknown-clause", "SH-22", "did you mean SH-2"),
    ),
    (REPAIR, "price = \"lines\"", "price = \"signature\"", ("unknown-field", "price", "lines")),
    (
        REPAIR,
        "not_by = [\"assign\"]",
        "not_by = [\"asign\"]",
        ("unknown-action", "not_by", "assign"),
    ),
    (REPAIR, "\"leave received\"", "\"action asign\"", ("unknown-action", "stops", "assign")),
    (REPAIR, "parts.waiting\"", "parts.wating\"", ("unknown-state", "pauses", "parts.waiting")),
    (
        "catalog/faults.csv",
        "漏气,Leak,tube",
        "漏气,Leak,tubes",
        ("unknown-component", "leak", "tube"),
    ),
    ("tables/term.csv", "tube,leak", "tube,leaks", ("unknown-fault", "tube", "leak")),
    (
        "tables/term.csv",
        "tube,leak",
        "battery,leak",
        ("unknown-pair", "battery", "no fault leak of battery"),
    ),
    ("catalog/parts.csv", "Battery,battery", "Battery,bat", ("unknown-component", "B1", "bat")),
    ("catalog/parts.csv", "Battery,battery,", "Battery,battery,XX", ("unknown-model", "B1", "XX")),
    ("catalog/parts.csv", "no,T2", "no,T3", ("unknown-part", "T1", "no part `T3`")),
    ("catalog/parts.csv", "no,T2", "no,T1", ("own-substitute", "T1", "itself")),
    ("catalog/parts.csv", "no,T2", "no,B1", ("wrong-substitute", "T1", "B1 is a battery")),
    ("catalog/parts.csv", "T2,加厚", "T1,加厚", ("duplicate-id", "加厚", "stands already")),
    ("catalog/parts.csv", "no,,,", "no,,,SH-9", ("unknown-clause", "T2", "SH-9")),
    ("catalog/prices.csv", "T1,", "T9,", ("unknown-part", "T9", "no part `T9`")),
    ("catalog/prices.csv", "part,tube", "part,battery", ("part-differs", "T1", "component")),
    (
        "documents.toml",
        "\"signature\"",
        "\"signatur\"",
        ("unknown-field", "frozen_by", "signature"),
    ),
    (
        "forms/intake.toml",
        "\"components\"",
        "\"component\"",
        ("unknown-word", "catalog", "components"),
    ),
    ("examples/verdicts.toml", "SH-1", "SH-9", ("unknown-clause", "clause", "SH-9")),
];

#[test]
fn names_that_nothing_answers_to() {
    NAMES.iter().for_each(check);
}

const STORIES: &[Case] = &[
    (
        STORY,
        "process = \"repair\"",
        "process = \"repairs\"",
        ("unknown-process", "process", "repair"),
    ),
    (STORY, "do = \"open\"", "do = \"opn\"", ("unknown-action", "do =", "open")),
    (STORY, "by = \"li\"", "by = \"lee\"", ("unknown-person", "by =", "li")),
    (STORY, "[\"received\"]", "[\"recieved\"]", ("unknown-state", "state", "main.received")),
    (STORY, "[\"order\"]", "[\"ordre\"]", ("unknown-document", "printed", "order")),
    (
        STORY,
        "printed = [\"order\"]",
        "breached = [\"assign\"]",
        ("unknown-deadline", "breached", "assign_24h"),
    ),
    (STORY, "then = { covered = true }", "", ("missing-key", "[[example]]", "`then`")),
];

#[test]
fn stories_about_something_else() {
    STORIES.iter().for_each(check);
}

const MACHINES: &[Case] = &[
    (REPAIR, "to = \"received\"\n", "", ("start-without-state", "[start]", "`to`")),
    (
        REPAIR,
        "id = \"order_parts\"",
        "id = \"assign\"",
        ("duplicate-id", "[[action]]", "stands already at shop/processes/repair.toml:47"),
    ),
    (
        REPAIR,
        "also = [{ track = \"parts\", from = [\"idle\"], to = \"waiting\" }]",
        "",
        ("unreachable-state", "[[state]]", "parts.waiting"),
    ),
    (
        REPAIR,
        "to = \"delivered\"",
        "to = \"received\"",
        ("no-end", "[[state]]", "no end is reached"),
    ),
    (
        REPAIR,
        "from = [\"repairing\"]\nto = \"delivered\"",
        "to = \"delivered\"",
        ("missing-key", "[[action]]", "`from`"),
    ),
    (
        REPAIR,
        "within = \"24 h\"",
        "within = \"24 h\"\nuntil = \"today\"",
        ("deadline-length", "[[deadline]]", "one of them"),
    ),
    (REPAIR, "within = \"24 h\"\n", "", ("deadline-length", "[[deadline]]", "one of them")),
    (
        REPAIR,
        "stops = [\"leave received\"]",
        "stops = []",
        ("deadline-trigger", "stops", "never stopped"),
    ),
    (
        REPAIR,
        "within = \"24 h\"",
        "within = \"2 workday\"",
        ("workday-calendar", "[[deadline]]", "needs a calendar"),
    ),
    (REPAIR, "before = \"4 h\"", "before = \"48 h\"", ("warning-too-early", "warn", "48 h")),
    (REPAIR, "{seq:4}", "", ("bad-number", "number", "counter")),
    (REPAIR, "subject = \"unit\"", "subject = \"vehicle\"", ("unknown-word", "subject", "unit")),
    (
        "rulebook.toml",
        "min_coverage = 4",
        "min_coverage = 5",
        ("min-coverage", "min_coverage", "only rise"),
    ),
    ("rulebook.toml", "value = 20", "value = \"20\"", ("wrong-type", "value", "percent")),
    ("rulebook.toml", "id = \"shop\"", "id = \"store\"", ("id-file", "store", "folder's name")),
    (
        "forms/assignment.toml",
        "id = \"assignment\"",
        "id = \"assign\"",
        ("id-file", "assign", "file's name"),
    ),
];

#[test]
fn machines_and_clocks_that_cannot_run() {
    MACHINES.iter().for_each(check);
}

const CONDITIONS: &[Case] = &[
    (REPAIR, "certificate.valid", "certifcate.valid", ("expr-unknown-name", "when", "certificate")),
    (
        REPAIR,
        "certificate.valid",
        "certificate.valid and",
        ("expr-syntax", "when", "form.technician"),
    ),
    (
        REPAIR,
        "form.technician.certificate.valid",
        "form.technician.open_cases",
        ("expr-kind", "when", "yes or no"),
    ),
    (
        REPAIR,
        "data.odometer >= 0",
        "data.odometer >= today",
        ("expr-type", "when", "data.odometer"),
    ),
    (REPAIR, "data.odometer >= 0", "form.odometer >= 0", ("expr-unknown-name", "when", "form")),
    (
        REPAIR,
        "data.odometer >= 0",
        "params.markup >= 0",
        ("expr-unknown-name", "when", "markup_cap"),
    ),
    (
        REPAIR,
        "assign = \"form.technician\"",
        "assign = \"data.odometer\"",
        ("expr-kind", "assign", "a person"),
    ),
    (
        "forms/intake.toml",
        "form.component = \\\"battery\\\"",
        "form.component = \\\"batery\\\"",
        ("expr-unknown-key", "required", "battery"),
    ),
    (
        "forms/intake.toml",
        "catalog = \"components\"\n",
        "",
        ("choice-source", "[[field]]", "`choices`"),
    ),
    (
        "forms/intake.toml",
        "invalid = { zh = \"里程不能为负\", en = \"The odometer is not negative\" }\n",
        "",
        ("missing-key", "valid", "`invalid`"),
    ),
    (
        "forms/assignment.toml",
        "id = \"technician\"\ntitle",
        "id = \"odometer\"\ntitle",
        ("field-kind-clash", "kind", "another kind"),
    ),
    (
        "documents/order.html",
        "{{ line.title }}",
        "{{ line.title }",
        ("template-braces", "line.title", "not closed"),
    ),
    (
        "messages.toml",
        "{{ case.number }} 未",
        "{{ case.number 未",
        ("template-braces", "body", "not closed"),
    ),
    ("documents.toml", "A4", "A3", ("unknown-word", "paper", "A4")),
];

#[test]
fn conditions_and_papers_that_say_nothing() {
    CONDITIONS.iter().for_each(check);
}

#[test]
fn one_broken_file_hides_nothing_in_another_and_all_its_mistakes_are_told() {
    let mut pack = edited(REPAIR, "kind = \"done\"", "kind = \"finished\"");
    for (file, from, to) in [
        (REPAIR, "{ print =", "{ pirnt ="),
        (REPAIR, "to = \"repairing\"", "too = \"repairing\""),
        ("roles.toml", "reach = \"own\"", "reach = \"far\""),
        ("catalog/prices.csv", "12.00", "twelve"),
    ] {
        let text = pack.files.get_mut(file).expect("it is there");
        *text = text.replacen(from, to, 1);
    }
    let compiled = compiled(pack);
    let mut codes: Vec<_> = compiled.findings.iter().map(|f| f.code).collect();
    codes.retain(|code| *code != "uncovered-clauses" && *code != "min-coverage");
    assert_eq!(
        codes,
        ["bad-money", "unknown-effect", "unknown-word", "unknown-key", "unknown-word"],
        "{}",
        shown(&compiled)
    );
}

#[test]
fn files_that_do_not_belong_or_are_missing() {
    let mut pack = shop();
    pack.files.insert("process/repair.toml".into(), String::new());
    pack.files.remove("documents/order.html");
    let codes: Vec<_> = compiled(pack).findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, ["missing-template", "stray-file"]);
    let mut pack = shop();
    pack.files.remove("rulebook.toml");
    assert!(compiled(pack).findings.iter().any(|f| f.code == "not-a-pack"));
}

#[test]
fn any_text_is_answered_and_none_panics() {
    for file in shop().files.keys() {
        for text in ["", "=", "[[", "\u{feff}", "\"\"\"", "id", "a = 1\n", ",,,\n,,", "### ·", "\0"]
        {
            let mut pack = shop();
            pack.files.insert(file.clone(), text.into());
            let _ = compiled(pack);
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    /// Whatever is cut out of a file, the rest is answered; what is not text is not compiled.
    #[test]
    fn a_file_with_a_hole_never_panics(
        nth in 0_usize..18,
        from in 0_usize..3000,
        cut in 1_usize..80,
    ) {
        let mut pack = shop();
        let name = pack.files.keys().nth(nth).cloned().unwrap_or_default();
        if let Some(text) = pack.files.get_mut(&name) {
            let kept = text.chars().enumerate().filter(|(i, _)| !(from..from + cut).contains(i));
            *text = kept.map(|(_, c)| c).collect();
        }
        let compiled = compiled(pack);
        proptest::prop_assert_eq!(compiled.release.is_none(), compiled.has_errors());
    }
}

#[test]
fn nobody_gives_a_role_that_sees_further_than_they_do() {
    let far = edited(
        "roles.toml",
        "[\"case_read\", \"case_act\"]",
        "[\"case_read\", \"case_act\", \"people_write\"]",
    );
    let text = far.files["roles.toml"].replace("\"own\"", "\"company\"\ngiven_by = [\"advisor\"]");
    let mut pack = far;
    pack.files.insert("roles.toml".into(), text.clone());
    let wanted = ("role-giver-too-near", "given_by", "sees less far");
    expect(&compiled(pack), &text, "roles.toml", wanted);
}
