//! What a state has shown with its subject (留意).

use crate::shop::{compiled, edited, shown};
use rulebook::mutants::mutants;
use rulebook::{PackSource, Place};

const REPAIR: &str = "processes/repair.toml";
const WORKING: &str = "title = { zh = \"维修中\", en = \"In repair\" }\nkind = \"working\"\n";

/// The shop whose state `repairing` says more.
fn with(line: &str) -> PackSource {
    edited(REPAIR, WORKING, &format!("{WORKING}{line}\nclause = [\"SH-1\"]\n"))
}

#[test]
fn a_state_names_what_is_shown_with_its_subject() {
    let found = compiled(with("heed = [\"odometer\", \"component\"]"));
    assert!(!found.has_errors(), "{}", shown(&found));
    let release = found.release.as_ref().expect("it compiles");
    let carriers = &release.carriers["SH-1"];
    assert!(carriers.iter().any(|c| c.kind == "heed" && c.path == "repair/main.repairing/heed"));
    let process = &release.processes["repair"];
    let data = serde_json::json!({ "odometer": 12, "component": null, "lines": [] });
    let data = data.as_object().expect("an object");
    let said: Vec<&str> = process.heeded("repairing", data).map(|(field, _)| field).collect();
    assert_eq!(said, ["odometer"]);
    assert_eq!(process.heeded("received", data).count(), 0);
    let mut mutants = mutants(release).filter(|mutant| mutant.carrier.kind == "heed");
    let mutant = mutants.next().expect("it is a rule");
    assert_eq!(mutant.release.processes["repair"].heeded("repairing", data).count(), 0);
    assert!(mutants.next().is_none());
}

#[test]
fn what_nobody_could_be_shown_is_a_finding() {
    let expect = |pack: PackSource, code: &str, part: &str| {
        let found = compiled(pack);
        let hit = found.findings.iter().find(|f| f.code == code && f.sentence.en.contains(part));
        let hit = hit.unwrap_or_else(|| panic!("no {code} ({part}) in\n{}", shown(&found)));
        assert_ne!(hit.at, Place::default(), "{code}");
    };
    expect(with("heed = [\"odometr\"]"), "unknown-field", "odometer");
    expect(with("heed = [\"lines\"]"), "heed-field", "`lines`");
    expect(with("heed = [\"signature\"]"), "heed-field", "`signature`");
    let many =
        with("heed = [\"odometer\", \"odometer\", \"odometer\", \"odometer\", \"odometer\"]");
    expect(many, "heed-field", "4 fields");
    let sealed = |mut pack: PackSource| {
        let form = pack.files.get_mut("forms/intake.toml").expect("the form");
        form.push_str("\n[[field]]\nid = \"said\"\ntitle = { zh = \"话\", en = \"Words\" }\n");
        form.push_str("kind = \"text\"\npersonal = \"other\"\n");
        pack
    };
    expect(sealed(with("heed = [\"said\"]")), "heed-field", "`said`");
    let done = "title = { zh = \"已交车\", en = \"Delivered\" }\nkind = \"done\"\n";
    let over = edited(REPAIR, done, &format!("{done}heed = [\"odometer\"]\n"));
    expect(over, "heed-subject", "`delivered`");
    let aside = "kind = \"waiting_parts\"\n";
    let aside = edited(REPAIR, aside, &format!("{aside}heed = [\"odometer\"]\n"));
    expect(aside, "heed-subject", "`waiting`");
    let mut nobody = with("heed = [\"odometer\"]");
    let text = nobody.files.get_mut(REPAIR).expect("the process");
    *text = text.replacen("subject = \"unit\"", "subject = \"none\"", 1);
    expect(nobody, "heed-subject", "no file");
}
