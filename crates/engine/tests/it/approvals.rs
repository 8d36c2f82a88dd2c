//! Several approvers, deputies, to-dos handed on, send-back and overrides, told as stories of a
//! pack made for them; and what the stories cannot see: to-do rows, entries, older rows.

use engine::grants::Vote;
use rulebook::model::Approvals;
use rulebook::{PackSource, Release};

macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("approvals/", $name)))),*]
    };
}

fn pack() -> PackSource {
    let files = files![
        "rulebook.toml" "standard.md" "roles.toml" "processes/expense.toml" "forms/ask.toml"
        "forms/opinion.toml" "forms/back.toml" "examples/approvals.toml" "examples/offices.toml"
    ];
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned()));
    PackSource { dir: "approvals".to_owned(), files: files.collect() }
}

fn release() -> Release {
    let compiled = rulebook::compile(&[pack()]);
    let found = compiled.findings.iter().filter(|f| f.level == rulebook::Level::Error);
    let said: Vec<String> = found.map(|f| format!("{}: {}", f.at, f.sentence.en)).collect();
    compiled.release.unwrap_or_else(|| panic!("{}", said.join("\n")))
}

/// A rule about who decides that no story would miss is not proven.
#[test]
fn the_stories_pass_and_miss_each_rule_about_who_decides() {
    let release = release();
    let report = engine::example::run(&release);
    let failed: Vec<String> = report
        .results
        .iter()
        .filter_map(|r| Some(format!("{} {}: {}", r.at, r.name, r.failure.as_ref()?.en)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let mut taken = Vec::new();
    for mutant in rulebook::mutants::mutants(&release) {
        let report = engine::example::run(&mutant.release);
        let missed = report.results.iter().any(|result| result.failure.is_some());
        assert!(missed, "no story misses {} {}", mutant.carrier.kind, mutant.carrier.path);
        taken.push(mutant.carrier.path);
    }
    for path in ["expense/approve/approvals", "expense/decide/approvals", "expense/emergency/lifts"]
    {
        assert!(taken.iter().any(|taken| taken == path), "{path} was not taken away: {taken:?}");
    }
}

#[test]
fn whoever_comes_first_the_seats_are_shared_out() {
    let check = |approvals: &Approvals, votes: &[&[&str]], missing: &[&str]| {
        let vote = |seats: &&[&str]| Vote {
            person: base::PersonId(1),
            on_behalf: None,
            seats: seats.iter().map(|seat| (*seat).to_owned()).collect(),
            at: base::Instant(0),
            form: serde_json::Map::new(),
        };
        let votes: Vec<Vote> = votes.iter().map(vote).collect();
        assert_eq!(engine::decide::missing(approvals, &votes), missing, "{votes:?}");
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let all = Approvals { all_of: names(&["a", "b"]), ..Approvals::default() };
    let (a, b, both): (&[&str], &[&str], &[&str]) = (&["a"], &["b"], &["a", "b"]);
    check(&all, &[], &["a", "b"]);
    check(&all, &[a], &["b"]);
    check(&all, &[both], &["a", "b"]);
    check(&all, &[both, a], &[]);
    check(&all, &[both, b], &[]);
    check(&all, &[both, both], &[]);
    let twice = Approvals { all_of: names(&["a", "a", "b"]), ..Approvals::default() };
    check(&twice, &[a], &["a", "b"]);
    check(&twice, &[a, both], &["a", "b"]);
    check(&twice, &[a, both, a], &[]);
    let two = Approvals { any_of: names(&["a", "b", "c"]), count: Some(2), ..Approvals::default() };
    check(&two, &[a], &["b", "c"]);
    check(&two, &[a, b], &[]);
    check(&two, &[both], &["a", "b", "c"]);
}
