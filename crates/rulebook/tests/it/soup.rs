//! Nothing a file of a pack can hold makes reading it panic, and whatever is found wrong with it
//! names a file of the pack, a line that is there, and says something in both languages. Right
//! packs with something spoiled come nearer to a person's slips than noise does.

use crate::shop::{compiled, shop};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rulebook::{PackSource, dmn};

/// Scraps that files of packs are made of, and some that no file should hold.
const SCRAPS: [&str; 40] = [
    "\n",
    "\n\n",
    "\"",
    "'",
    "[[action]]\n",
    "[[state]]\n",
    "[drop]\n",
    "]",
    "[",
    "{",
    "}",
    "=",
    ",",
    "|",
    "null",
    "true",
    "-1",
    "99999999999999999999",
    "1e308",
    "24 h",
    "半年",
    "≥",
    "\u{0}",
    "\u{feff}",
    "🚲",
    "→",
    "id = \"id\"\n",
    "clause = []\n",
    "form.",
    "data.",
    "params.x",
    "(((((((((",
    "not(",
    "..",
    "###",
    "> ",
    "SH-",
    "${}",
    "{{ case",
    "{% for x in",
];

/// One slip of the hand.
#[derive(Debug, Clone)]
enum Slip {
    Insert(Index, &'static str),
    Cut(Index, usize),
    TwiceLine(Index),
    DropLine(Index),
    SwapLines(Index, Index),
    Word(Index, Index),
    Truncate(Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        (at(), select(SCRAPS.to_vec())).prop_map(|(at, scrap)| Slip::Insert(at, scrap)),
        (at(), 1..40_usize).prop_map(|(at, many)| Slip::Cut(at, many)),
        at().prop_map(Slip::TwiceLine),
        at().prop_map(Slip::DropLine),
        (at(), at()).prop_map(|(a, b)| Slip::SwapLines(a, b)),
        (at(), at()).prop_map(|(a, b)| Slip::Word(a, b)),
        at().prop_map(Slip::Truncate),
    ]
}

fn slipped(text: &str, slip: &Slip) -> String {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let words: Vec<&str> = text.split_inclusive([' ', ',', '\n']).collect();
    match slip {
        _ if text.is_empty() => String::new(),
        Slip::Insert(at, scrap) => {
            let (head, tail) = text.split_at(*at.get(&ends));
            [head, scrap, tail].concat()
        }
        Slip::Cut(at, many) => {
            let from = at.index(ends.len());
            let to = (from + many).min(ends.len() - 1);
            [&text[..ends[from]], &text[ends[to]..]].concat()
        }
        Slip::TwiceLine(at) => {
            let nth = at.index(lines.len());
            lines.insert(nth, lines[nth]);
            lines.concat()
        }
        Slip::DropLine(at) => {
            lines.remove(at.index(lines.len()));
            lines.concat()
        }
        Slip::SwapLines(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
            lines.concat()
        }
        Slip::Word(a, b) => {
            let (a, b) = (a.index(words.len()), b.index(words.len()));
            let word =
                |(nth, word): (usize, &&str)| if nth == a { words[b] } else { *word }.to_owned();
            words.iter().enumerate().map(word).collect()
        }
        Slip::Truncate(at) => text[..*at.get(&ends)].to_owned(),
    }
}

/// What `sanbao check` would say of the pack can be read and found.
fn sound(pack: &PackSource) -> Result<(), TestCaseError> {
    let result = compiled(pack.clone());
    prop_assert_eq!(result.release.is_none(), result.has_errors());
    for finding in &result.findings {
        let said = &finding.sentence;
        prop_assert!(!said.zh.is_empty() && !said.en.is_empty(), "{:?}", finding);
        let name = finding.at.file.strip_prefix("shop/").unwrap_or(&finding.at.file);
        let Some(text) = pack.files.get(name) else { continue };
        let lines = u32::try_from(text.lines().count().max(1)).expect("a short file");
        prop_assert!(
            (1..=lines + 1).contains(&finding.at.line),
            "{:?} of {} lines",
            finding,
            lines
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_spoiled_pack_is_found_wrong_and_never_panics(
        file in any::<Index>(),
        slips in proptest::collection::vec(slip(), 1..4),
    ) {
        let mut pack = shop();
        let name = file.get(&pack.files.keys().cloned().collect::<Vec<_>>()).clone();
        let text = pack.files.get_mut(&name).expect("it is one of them");
        for slip in &slips {
            *text = slipped(text, slip);
        }
        sound(&pack)?;
    }

    #[test]
    fn noise_in_any_file_is_found_wrong_and_never_panics(
        file in any::<Index>(),
        noise in "(?s).{0,200}",
    ) {
        let mut pack = shop();
        let name = file.get(&pack.files.keys().cloned().collect::<Vec<_>>()).clone();
        pack.files.insert(name, noise);
        sound(&pack)?;
    }

    #[test]
    fn a_spoiled_decision_model_is_refused_in_a_sentence(
        slips in proptest::collection::vec(slip(), 1..6),
    ) {
        let mut text = MODEL.to_owned();
        for slip in &slips {
            text = slipped(&text, slip);
        }
        if let Err(cannot) = dmn::read(&text) {
            prop_assert!(!cannot.sentence.en.is_empty(), "{:?}", cannot);
        }
    }
}

/// A small decision model.
const MODEL: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="fee" namespace="x">
  <inputData id="i" name="distance"><variable name="distance" typeRef="number"/></inputData>
  <decision id="d" name="fee">
    <variable name="fee" typeRef="number"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="number"><text>distance</text></inputExpression></input>
      <output name="fee" typeRef="number"/>
      <rule>
        <inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>5</text></outputEntry>
      </rule>
      <rule>
        <inputEntry><text>&gt;= 10</text></inputEntry><outputEntry><text>12</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"##;
