//! Parsers that a pack's author does not meet through files of a pack: a standard's text and its
//! Word document, decision models, workbooks, triggers; and nasty input to all of them.

use proptest::prelude::*;
use proptest::sample::select;
use rulebook::expr::Expr;
use rulebook::model::Trigger;
use rulebook::standard::{Document, figures, split, write};
use rulebook::table::Table;
use rulebook::table::excel::{Sheet, TableFiles};
use rulebook::{Place, dmn};

/// What the text of a standard is made of.
const SCRAPS: &str = "7.1.2 7.1.2.1 1、 一、 （三） (2) 第十二条 第一章 总则 a) ① 附录A 半年 60% \
    锂电池24个月内 3个工作日 罚款200元 ¥12.50 79228162514264337593543950335万元 一至两倍 .. … — \
    9999999999999999999999 | # ### > · people: 🚲 -1.5 百分之 １２ 小时内 第 条 千 零 \
    \u{0} \u{feff}";

fn passages() -> impl Strategy<Value = String> {
    let blanks = [" ", "\n", "\n\n", "\r\n", "\t", "\u{3000}"];
    let scrap = select(SCRAPS.split(' ').chain(blanks).collect::<Vec<_>>());
    proptest::collection::vec(scrap, 0..60).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn a_text_of_any_kind_is_split(text in prop_oneof![passages(), any::<String>()]) {
        let passages = split(&text);
        let draft = write(&passages, "XX", "任意");
        prop_assert!(draft.starts_with('#'), "{}", draft);
        for passage in &passages {
            let _ = figures(&format!("{passage:?}"));
        }
        let _ = figures(&text);
    }

    #[test]
    fn a_printed_trigger_is_read_as_the_same(
        verb in select(vec!["enter", "leave", "action"]),
        name in "[a-z_]{1,12}(\\.[a-z_]{1,12})?",
    ) {
        let trigger = Trigger::parse(&format!("{verb} {name}")).expect("a trigger");
        prop_assert_eq!(Trigger::parse(&trigger.to_string()), Some(trigger));
    }

    #[test]
    fn no_text_makes_a_trigger_panic(text in any::<String>()) {
        let _ = Trigger::parse(&text);
    }

    #[test]
    fn a_document_of_any_kind_is_read_or_refused(
        tags in proptest::collection::vec((0..12_usize, 0..3_u8), 0..40),
        noise in "(?s).{0,80}",
    ) {
        let document = word(&tags);
        for (document, numbering) in
            [(document.as_str(), None), (document.as_str(), Some(noise.as_str())), (&noise, None)]
        {
            let whole = Document { document, numbering, styles: numbering };
            if let Ok(text) = whole.text() {
                let _ = split(&text);
            }
        }
    }

    #[test]
    fn a_workbook_of_any_cells_is_a_table_or_a_sentence(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..6), 0..8),
    ) {
        let sheet = Sheet { name: "coverage".into(), rows };
        match TableFiles::from_sheets(&[sheet], "coverage") {
            Ok(files) => drop(Table::parse("coverage", &files.csv, files.sidecar.as_deref())),
            Err(said) => prop_assert!(!said.zh.is_empty() && !said.en.is_empty()),
        }
    }
}

fn cell() -> impl Strategy<Value = String> {
    let known = "id clause component →covered yes < [1.. not( a|b 24 mo null =1+1";
    let known = select(known.split(' ').chain([""]).collect::<Vec<_>>());
    prop_oneof![known.prop_map(str::to_owned), "(?s).{0,20}"]
}

/// A Word document of such tags, opened, closed or with words.
fn word(tags: &[(usize, u8)]) -> String {
    const TAGS: [&str; 12] =
        ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "pPr", "numPr", "del"];
    let mut text = vec![String::from("<w:document xmlns:w=\"w\"><w:body>")];
    let mut open = Vec::new();
    for (tag, what) in tags {
        let tag = TAGS[*tag];
        match what {
            0 => {
                text.push(format!("<w:{tag}>"));
                open.push(tag);
            }
            1 => text.push(format!("<w:{tag} w:val=\"7\">7.1 文字</w:{tag}>")),
            _ => text.extend(open.pop().map(|last| format!("</w:{last}>"))),
        }
    }
    text.extend(open.iter().rev().map(|last| format!("</w:{last}>")));
    text.concat() + "</w:body></w:document>"
}

/// Deep nesting is refused or answered, in little time and without running out of stack.
#[test]
fn nothing_is_too_deep() {
    const DEEP: usize = 50_000;
    let nested = |open: &str, close: &str| open.repeat(DEEP) + "1" + &close.repeat(DEEP);
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("not(", ")"),
        ("-", ""),
        ("not ", ""),
        ("if a then ", " else 2"),
        ("{a: ", "}"),
        ("a.", ""),
        ("1 + ", ""),
        ("some x in ", " satisfies x"),
        ("\"", "\""),
    ] {
        let text = nested(open, close);
        let expr = Expr::parse(&text);
        if let Some(error) = expr.syntax_error() {
            assert!(error.at <= text.len(), "{open}: points behind the text");
        }
    }
    for (open, close) in [("not(", ")"), ("[", "]"), ("(", ")"), ("1|", "")] {
        let csv = format!("id,clause,a,→b\nr1,,\"{}\",1\n", nested(open, close));
        let _ = Table::parse("t", &csv, None);
    }
    for tag in ["w:sdt", "w:r", "w:p", "w:ins"] {
        let body = nested(&format!("<{tag}>"), &format!("</{tag}>"));
        let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let _ = Document { document: &document, numbering: None, styles: None }.text();
    }
    let _ = dmn::read(&nested("<decision>", "</decision>"));
    for (open, close) in [("[", "]"), ("{ a = ", " }")] {
        let mut pack = crate::shop::shop();
        pack.files.insert("term.toml".into(), format!("start = {}", nested(open, close)));
        let found = crate::shop::compiled(pack);
        let place = Place::new("shop/term.toml", 1);
        assert!(found.findings.iter().any(|finding| finding.at == place), "{open}");
    }
}

/// Long input without depth is answered too.
#[test]
fn nothing_is_too_long() {
    const LONG: usize = 50_000;
    for scrap in ["7.1.2 ", "一、", "半年", "（", "第", "\n", " ", "¥", "九", "1、甲\n"] {
        let text = scrap.repeat(LONG / scrap.len());
        let _ = split(&text);
        let _ = figures(&text);
    }
    for scrap in ["a ", "1 + ", "a.", "\\", "“", "not "] {
        let _ = Expr::parse(&scrap.repeat(LONG / scrap.len()));
    }
}
