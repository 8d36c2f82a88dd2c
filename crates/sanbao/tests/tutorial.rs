//! `docs/rulebook/tutorial.md` and `rulebooks/tutorial` tell one story: what the page shows stands
//! in the pack, and the text it begins with comes in as the clauses the pack has.

use rulebook::standard::split;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The fenced blocks of the page: their language and text.
fn blocks() -> Vec<(String, String)> {
    let page = fs::read_to_string(repository().join("docs/rulebook/tutorial.md"));
    let page = page.expect("the page is there");
    let mut fences = page.split("```");
    fences.next();
    let inside = fences.step_by(2);
    inside
        .filter_map(|block| block.split_once('\n'))
        .map(|(language, text)| (language.to_owned(), text.to_owned()))
        .collect()
}

/// Every line of every file of the pack.
fn pack_lines(dir: &Path, lines: &mut Vec<String>) {
    for entry in fs::read_dir(dir).expect("the pack is there") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            pack_lines(&path, lines);
        } else {
            let text = fs::read_to_string(&path).expect("it is text");
            lines.extend(text.lines().map(plain));
        }
    }
}

/// A line without its comment, the blanks that align it, and the name of the pack.
fn plain(line: &str) -> String {
    line.split("   #").next().unwrap_or(line).trim().replace("\"wheelchair\"", "\"tutorial\"")
}

#[test]
fn what_the_page_shows_stands_in_the_pack() {
    let mut lines = Vec::new();
    pack_lines(&repository().join("rulebooks/tutorial"), &mut lines);
    let shown = blocks().into_iter().skip(1).filter(|(language, _)| !language.is_empty());
    for (_, text) in shown {
        for line in text.lines().map(plain).filter(|line| !line.is_empty()) {
            assert!(lines.contains(&line), "rulebooks/tutorial has no line {line:?}");
        }
    }
}

#[test]
fn the_text_it_begins_with_gives_the_clauses_of_the_pack() {
    let (_, text) = blocks().swap_remove(0);
    let passages = split(&text);
    let from_text: Vec<&str> =
        passages.iter().filter(|p| !p.heading).map(|p| p.path.as_str()).collect();
    let standard = fs::read_to_string(repository().join("rulebooks/tutorial/standard.md"));
    let standard = standard.expect("the pack has its text");
    let in_pack: Vec<&str> = standard
        .lines()
        .filter_map(|line| line.strip_prefix("### WH-")?.split(' ').next())
        .collect();
    assert_eq!(from_text, in_pack);
    for passage in passages.iter().filter(|passage| !passage.heading) {
        assert!(standard.contains(&format!("> {}", passage.text)), "{}", passage.text);
    }
}
