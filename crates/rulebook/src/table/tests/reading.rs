//! Tables that cannot be read: file, line, sentence.

use crate::table::Table;

fn check(csv: &str, sidecar: &str, place: &str, says: &str) {
    let found = Table::parse("t", csv, Some(sidecar)).expect_err(csv);
    let shown: Vec<String> =
        found.iter().map(|f| format!("{} {} {}", f.at, f.code, f.sentence.en)).collect();
    let hit = shown.iter().any(|line| line.starts_with(place) && line.contains(says));
    assert!(hit, "{csv}: {shown:#?}");
    assert!(found.iter().all(|f| f.sentence.zh.chars().any(|c| c > '\u{2e80}')), "{found:?}");
}

#[test]
fn a_broken_table_names_its_line_and_what_would_be_right() {
    let head = "id,clause,a,→out\n";
    let with = |rows: &str| format!("{head}{rows}");
    for (csv, place, says) in [
        (String::new(), "tables/t.csv:1", "the table is empty"),
        ("# only a comment\n\n".into(), "tables/t.csv:1", "the table is empty"),
        (
            "a,b\n1,2\n".into(),
            "tables/t.csv:1",
            "the header needs id, clause and at least one output",
        ),
        ("id,clause,a,a,→out\n".into(), "tables/t.csv:1", "`a` stands twice"),
        ("id,clause,a b,→out\n".into(), "tables/t.csv:1", "`a b` is no path"),
        (with("r1,,1\n"), "tables/t.csv:2", "the row has 3 cells, the header 4"),
        (with("r1,,1,x,y\n"), "tables/t.csv:2", "the row has 5 cells"),
        (with("r1,,1,x\n\n,,2,x\n"), "tables/t.csv:4", "the row has no id"),
        (with("r1,,1,x\n# c\nr1,,2,x\n"), "tables/t.csv:4", "`r1` stands already in line 2"),
        (with("r1,,not(1,x\n"), "tables/t.csv:2", "column a: the parenthesis of `not(1`"),
        (with("r1,,1||2,x\n"), "tables/t.csv:2", "an empty alternative"),
        (with("r1,,!= 3,x\n"), "tables/t.csv:2", "write not(3)"),
        (with("r1,,[1..,x\n"), "tables/t.csv:2", "is no range"),
        (with("r1,,[1..2,x\n"), "tables/t.csv:2", "is no range"),
        (with("r1,,[1 2],x\n"), "tables/t.csv:2", "is no range"),
        (with("r1,,[9..1],x\n"), "tables/t.csv:2", "holds no value"),
        (with("r1,,(1..1],x\n"), "tables/t.csv:2", "holds no value"),
        (with("r1,,<,x\n"), "tables/t.csv:2", "is no test"),
        (with("r1,,a；b,x\n"), "tables/t.csv:2", "is no test"),
        (with("r1,,\"a,b\",x\n"), "tables/t.csv:2", "is no test"),
        (with("r1,,< 60,x\nr2,,abc,x\n"), "tables/t.csv:3", "but abc in `abc` is text"),
        (with("r1,,a,x\nr2,,< b,x\n"), "tables/t.csv:3", "asks for an order"),
        (with("r1,,15 d,x\nr2,,2 mo,x\n"), "tables/t.csv:3", "is a number of months"),
        (with("r1,,yes,x\nr2,,5,x\n"), "tables/t.csv:3", "this column is yes or no, but 5"),
        (with("r1,,> 5 yuan,x\nr2,,3,x\n"), "tables/t.csv:3", "this column is money, but 3"),
    ] {
        check(&csv, "", place, says);
    }
}

#[test]
fn a_broken_sidecar_is_named_too() {
    let csv = "id,clause,a,→out\nr1,,1,x\nr2,,2,y\n";
    for (sidecar, place, says) in [
        ("hit = \"last\"", "tables/t.toml:1", "unknown variant `last`"),
        ("\nhitt = \"any\"", "tables/t.toml:2", "Known are title, clause, hit"),
        ("[input.a]\ntype = \"int\"", "tables/t.toml:2", "`int` is no type; known are text"),
        ("[input.b]\ntype = \"text\"", "tables/t.toml:1", "no such column"),
        ("[input.a]\nexpr = \"a +\"", "tables/t.toml:1", "expr of [input.a]"),
        (
            "[output.out]\ntype = \"number\"",
            "tables/t.csv:2",
            "this column is a number, `x` is not",
        ),
        ("[output.out]\notherwise = \"x\"", "tables/t.toml:1", "a last row with empty cells"),
        (
            "hit = \"collect\"\n[output.out]\ntype = \"text\"\n[input.a]\notherwise = \"x\"",
            "tables/t.toml:1",
            "otherwise",
        ),
        ("aggregate = \"sum\"", "tables/t.toml:1", "goes only with hit"),
        ("hit = \"collect\"\naggregate = \"sum\"", "tables/t.toml:1", "has no sum"),
    ] {
        check(csv, sidecar, place, says);
    }
}

#[test]
fn what_spreadsheets_add_is_passed_over() {
    let csv = "\u{feff}id,clause,#note,a,->out,,\r\nr1,EB-1|EB-2,hello,1,x,,\r\n,,,,,,\r\n";
    let table = Table::parse("t", csv, None).expect("readable");
    let (id, clauses, line) = table.rows().next().expect("a row");
    assert_eq!((id, clauses.join(" ").as_str(), line), ("r1", "EB-1 EB-2", 2));
    assert_eq!(table.len(), 1);
}
