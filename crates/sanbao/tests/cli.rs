//! The command line as a script meets it: exit codes, JSON on stdout, sentences on stderr.

use serde_json::Value as Json;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn sanbao(args: &[&str], input: &str) -> Output {
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks");
    let mut child = Command::new(env!("CARGO_BIN_EXE_sanbao"))
        .args(args)
        .current_dir(packs)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary is built for this test");
    let mut stdin = child.stdin.take().expect("it was piped");
    // A command that refuses its arguments may not read its input to the end.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn judge(input: &str) -> (Option<i32>, Vec<Json>) {
    let out = sanbao(&["judge", "--rulebook", "ebike-maker", "--facts", "-"], input);
    let answers = serde_json::Deserializer::from_slice(&out.stdout).into_iter::<Json>();
    let answers = answers.collect::<Result<_, _>>().unwrap_or_else(|e| panic!("{e}: {out:?}"));
    (out.status.code(), answers)
}

const LOW: &str = r#"{"product":"ebike","component":"li_battery","fault":"low_capacity",
"invoice_date":"2025-01-10","reported_on":"2026-11-20","measurements":{"capacity_pct":55},
"evidence":{"invoice":true,"card":true,"card_matches":true}}"#;

#[test]
fn every_committed_schema_is_printed_as_it_stands() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rulebook/schema");
    let list = text(&sanbao(&["schema"], "").stdout);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("schemas").flatten().map(|entry| entry.path()).collect();
    files.sort();
    assert_eq!(files.len(), list.lines().count(), "{list}");
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let out = sanbao(&["schema", &name], "");
        assert_eq!(text(&out.stdout), std::fs::read_to_string(&file).expect("text"), "{name}");
    }
    let wrong = sanbao(&["--lang", "en", "schema", "sheet"], "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("there are rulebook, process"), "{wrong:?}");
}

#[test]
fn the_shipped_packs_have_no_errors() {
    let out = sanbao(&["check", "ebike-maker", "common", "--json", "--lang", "en"], "");
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stdout));
    let report: Json = serde_json::from_slice(&out.stdout).expect("it is JSON");
    assert_eq!(report["packs"][1]["id"], "ebike-maker");
    assert!(report["packs"][1]["enforced"].as_array().is_some_and(|ids| ids.len() > 50));
}

#[test]
fn a_folder_that_is_no_pack_is_unusable_or_an_error() {
    let out = sanbao(&["check", "nowhere", "--lang", "en"], "");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(text(&out.stderr), "there is no folder `nowhere`\n");
    let out = sanbao(&["check", "ebike-maker/tables", "--lang", "zh"], "");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stdout).contains("不是制度包"));
}

#[test]
fn one_object_over_several_lines_is_one_verdict() {
    let (code, answers) = judge(LOW);
    assert_eq!((code, answers.len()), (Some(0), 1));
    assert_eq!(answers[0]["row"], "battery-low");
    assert_eq!(answers[0]["term"]["days_left"], 51);
    assert_eq!(answers[0]["rulebook"]["id"], "ebike-maker");
}

#[test]
fn each_line_has_its_answer_and_a_bad_one_its_error() {
    let low = LOW.replace('\n', "");
    for (lines, errors) in [
        (vec![low.as_str(), &low], vec![]),
        (vec!["nonsense", &low], vec![0]),
        (vec![&low, "", "{}", &low, "[1]"], vec![1, 3]),
    ] {
        let (code, answers) = judge(&lines.join("\n"));
        let bad: Vec<_> = answers.iter().map(|a| a.get("error").is_some()).collect();
        let bad: Vec<_> = (0..bad.len()).filter(|i| bad[*i]).collect();
        assert_eq!(bad, errors, "{answers:?}");
        assert_eq!(answers.len(), lines.iter().filter(|l| !l.is_empty()).count());
        assert_eq!(code, Some(i32::from(!errors.is_empty())));
    }
}

#[test]
fn a_single_refusal_is_said_on_stderr_too() {
    let facts = LOW.replace("low_capacity", "leak");
    let args = ["judge", "--rulebook", "ebike-maker", "--facts", "-", "--lang", "en"];
    let out = sanbao(&args, &facts);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("cannot have the fault `leak`"), "{}", text(&out.stderr));
}

#[test]
fn mutants_name_the_rules_that_no_example_proves() {
    let shop = "../crates/rulebook/tests/packs/shop";
    let out = sanbao(&["check", shop, "--mutants", "--json", "--lang", "en"], "");
    assert_eq!(out.status.code(), Some(1));
    let report: Json = serde_json::from_slice(&out.stdout).expect("it is JSON");
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let at = |code: &str| {
        let of = findings.iter().filter(|f| f["code"] == code);
        of.map(|f| f["sentence"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    // The shop has terms but no tables, so that its verdict cannot be given.
    assert_eq!(at("example-fails").len(), 1, "{findings:?}");
    let unproved = at("mutant-survives");
    assert!(unproved.iter().any(|s| s.contains("repair/assign/certified (SH-3)")), "{unproved:?}");
    // A story expects the order to be printed: that rule is proved.
    assert!(!unproved.iter().any(|s| s.contains("document order")), "{unproved:?}");
}

#[test]
fn two_standards_are_compared_in_sentences() {
    let same = sanbao(&["diff", "ebike-maker", "ebike-maker", "--lang", "en"], "");
    assert_eq!(same.status.code(), Some(0), "{same:?}");
    assert_eq!(text(&same.stdout), "nothing differs\n");
    let out = sanbao(&["diff", "common", "ebike-maker", "--lang", "zh"], "");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stdout).contains("条款（EB-7.1.2.1a）：新增"), "{}", text(&out.stdout));
    // A reader is told names: no path of a fact stands in a sentence.
    let said = text(&out.stdout);
    for root in ["data.", "form.", "params.", "case."] {
        let keys = said.lines().filter(|line| line.contains(root)).collect::<Vec<_>>();
        assert!(keys.is_empty(), "{keys:#?}");
    }
    let out = sanbao(&["diff", "common", "ebike-maker/tables", "--lang", "en"], "");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("cannot be compared"), "{}", text(&out.stderr));
}

#[test]
fn a_standard_comes_in_by_its_printed_numbers() {
    let dir = std::env::temp_dir().join(format!("sanbao-standard-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder");
    let path = |name: &str| dir.join(name).display().to_string();
    let words = "一、原则\n1.接单后24小时内派人。\n2.着装统一。\n";
    // Older Windows saves Chinese text so.
    let gbk: &[u8] = &[0xd2, 0xbb, 0xa1, 0xa2, 0xd7, 0xdc, 0xd4, 0xf2, b'\n'];
    std::fs::write(path("a.txt"), words).expect("written");
    std::fs::write(path("b.txt"), gbk).expect("written");
    std::fs::write(path("c.doc"), "x").expect("written");
    let import = |name: &str, more: &[&str]| {
        let file = path(name);
        let args = ["standard", "import", &file, "--prefix", "DW", "--lang", "en"];
        sanbao(&[&args[..], more].concat(), "")
    };
    let out = text(&import("a.txt", &[]).stdout);
    assert!(
        out.contains("### DW-1.1 · deadline\n<!-- 原编号 1. -->\n> 接单后24小时内派人。"),
        "{out}"
    );
    assert!(text(&import("b.txt", &[]).stdout).contains("> 总则"));
    let refused = import("c.doc", &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("save it as .docx"));
    let pack = path("pack");
    assert_eq!(import("a.txt", &["--into", &pack]).status.code(), Some(0));
    let again = import("a.txt", &["--into", &pack]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("is there already"));
    std::fs::remove_dir_all(&dir).expect("taken away");
}
