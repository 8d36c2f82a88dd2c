//! Decision models as a reader meets them: what becomes a table, and what is said of the rest.

use rulebook::dmn::{Draft, Logic, Model, read};

/// A model with one decision.
fn model(logic: &str) -> String {
    format!(
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\">\n\
         <inputData name=\"Risk Category\"><variable typeRef=\"string\"/></inputData>\n\
         <inputData name=\"age\"><variable typeRef=\"number\"/></inputData>\n\
         <decision name=\"Approval Status\">\n{logic}\n</decision></definitions>"
    )
}

fn table(head: &str, input: &str, output: &str, rules: &[(&str, &str)]) -> String {
    let mut written = String::new();
    for (test, value) in rules {
        let entry =
            |name: &str, text: &str| format!("<{name}><text><![CDATA[{text}]]></text></{name}>");
        written += &["<rule>", &entry("inputEntry", test), &entry("outputEntry", value)].concat();
        written += "</rule>\n";
    }
    model(&format!(
        "<decisionTable {head}>\n<input label=\"What\"><inputExpression>\
         <text>{input}</text></inputExpression></input>\n\
         <output>{output}</output>\n{written}</decisionTable>"
    ))
}

fn draft(text: &str) -> Draft {
    let mut model: Model = read(text).expect("a model");
    match model.decisions.remove(0).logic {
        Ok(Logic::Table(draft)) => *draft,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_table_becomes_csv_and_sidecar() {
    let text = table(
        "hitPolicy=\"FIRST\"",
        "Risk Category",
        "",
        &[
            ("\"High\", \"very, high\"", "\"no\""),
            ("not(\"Low\")", "\"ask\""),
            ("null", "\"ask|again\""),
            ("-", "\"yes\""),
        ],
    );
    let draft = draft(&text);
    assert_eq!(draft.id, "Approval_Status");
    assert_eq!(
        draft.csv,
        "id,clause,Risk_Category,→Approval_Status\n\
         r1,,\"High|\"\"very, high\"\"\",\"\"\"no\"\"\"\n\
         r2,,not(Low),ask\n\
         r3,,null,\"\"\"ask|again\"\"\"\n\
         r4,,,\"\"\"yes\"\"\"\n"
    );
    assert_eq!(
        draft.sidecar,
        "title = { zh = \"Approval Status\", en = \"Approval Status\" }\n\
         hit = \"first\"\n\n[input.\"Risk_Category\"]\n\
         title = { zh = \"What\", en = \"What\" }\n"
    );
}

#[test]
fn every_kind_of_cell_is_taken_over() {
    for (input, test, cell) in [
        ("age", "[18..60)", "[18..60)"),
        ("age", "]18 .. 60[", "]18..60["),
        ("age", "< 18, >= 60", "< 18|>= 60"),
        ("age", "= 2 * 9", "18"),
        ("age > 18", "true", "yes"),
        ("date(\"2026-01-01\")", "> date(\"2025-12-31\")", "> 2025-12-31"),
        ("duration(\"P15D\")", "<= duration(\"P15D\")", "<= 15 d"),
        ("duration(\"P2Y\")", "@\"P24M\"", "24 mo"),
        ("Risk Category", "\"15 d\"", "\"15 d\""),
    ] {
        let draft = draft(&table("", input, "", &[(test, "1")]));
        let cells: Vec<_> =
            draft.table.row(0).expect("a row").cells().map(|cell| &**cell).collect();
        assert_eq!(cells, [cell], "{}", draft.csv);
    }
}

#[test]
fn a_default_output_becomes_a_last_row_or_what_holds_otherwise() {
    let default = "<defaultOutputEntry><text>0</text></defaultOutputEntry>";
    let first = draft(&table("hitPolicy=\"UNIQUE\"", "age", default, &[("> 18", "1")]));
    assert!(first.csv.ends_with("otherwise,,,0\n"), "{}", first.csv);
    assert!(first.remarks[0].en.contains("hit policy first"), "{:?}", first.remarks);
    let head = "hitPolicy=\"COLLECT\" aggregation=\"SUM\"";
    let sum = draft(&table(head, "age", default, &[("> 18", "1")]));
    assert!(sum.sidecar.contains("aggregate = \"sum\""), "{}", sum.sidecar);
    assert!(sum.sidecar.contains("otherwise = \"0\""), "{}", sum.sidecar);
}

#[test]
fn what_has_no_counterpart_is_named_with_its_line() {
    let rule = [("> 18", "1")];
    for (text, line, says) in [
        (table("hitPolicy=\"PRIORITY\"", "age", "", &rule), 5, "order the rows and use first"),
        (table("", "time(\"10:00:00\" + 1)", "", &rule), 6, "takes only written text"),
        (table("", "age", "", &[("> other", "1")]), 8, "ask it in a column of its own"),
        (table("", "age", "", &[("!= 3", "1")]), 8, "write not(3)"),
        (table("", "age", "", &[("1", "age + 1")]), 8, "reads another fact"),
        (table("", "age", "", &[("1", "[1, 2]")]), 8, "cannot be written in a cell"),
        (model("<context/>"), 5, "rewrite it as one of them"),
        (model("<literalExpression><text> </text></literalExpression>"), 5, "no formula"),
        (
            model("<literalExpression><text>for x in y return x</text></literalExpression>"),
            5,
            "is too much",
        ),
        (model(""), 4, "no logic"),
    ] {
        let model = read(&text).expect("a model");
        let cannot = model.decisions[0].logic.as_ref().expect_err(&text);
        assert_eq!(cannot.line, line, "{text}\n{cannot:?}");
        assert!(cannot.sentence.en.contains(says), "{cannot:?}");
        assert!(cannot.sentence.zh.chars().any(|c| c > '\u{2e80}'), "{cannot:?}");
    }
}

#[test]
fn what_is_no_model_is_refused_as_a_whole() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\">]><definitions name=\"&a;\"/>";
    for (text, says) in [
        ("", "no XML"),
        ("id,clause", "no XML"),
        ("<a><b></a>", "no XML"),
        ("<html/>", "its root should be definitions"),
        (bomb, "no XML"),
    ] {
        let cannot = read(text).expect_err(text);
        assert!(cannot.sentence.en.contains(says), "{text}: {cannot:?}");
    }
    let deep = format!("{}{}", "<definitions>".repeat(20_000), "</definitions>".repeat(20_000));
    let _ = read(&deep);
}

#[test]
fn a_function_of_the_model_is_written_out_where_it_is_called() {
    let function = |body: &str, call: &str| {
        let logic = format!("<literalExpression><text>{call}</text></literalExpression>");
        let known = format!(
            "<businessKnowledgeModel name=\"twice as much\"><encapsulatedLogic>\
             <formalParameter name=\"n\"/><literalExpression><text>{body}</text>\
             </literalExpression></encapsulatedLogic></businessKnowledgeModel></definitions>"
        );
        let text = model(&logic).replace("</definitions>", &known);
        match read(&text).expect("a model").decisions.remove(0).logic {
            Ok(Logic::Formula(expr)) => expr.source().to_owned(),
            Ok(Logic::Table(_)) => panic!("no table"),
            Err(cannot) => cannot.sentence.en,
        }
    };
    assert_eq!(function("n * 2", "twice as much(age + 1) + 1"), "((age + 1) * 2) + 1");
    assert_eq!(function("n.n", "twice as much(a)"), "((a).n)");
    let own = function("twice as much(n)", "twice as much(age)");
    assert!(own.contains("calls itself"), "{own}");
    let many = function("n", "twice as much(1, 2)");
    assert!(many.contains("takes 1 arguments, 2 are written"), "{many}");
}

/// A model cut off, with a piece taken out, or with a sign put in, at every place.
#[test]
fn no_spoiled_model_makes_reading_panic() {
    let rules = [("not(\"a\", < 3)", "1"), ("[1..2), date(\"2026-01-01\")", "\"x\"")];
    let text = table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "Risk Category", "", &rules);
    for at in (0..text.len()).step_by(3) {
        let after = (at + 9).min(text.len());
        for spoiled in [
            text[..at].to_owned(),
            [&text[..at], &text[after..]].concat(),
            [&text[..at], "\"", &text[at..]].concat(),
            [&text[..at], "(", &text[at..]].concat(),
            [&text[..at], "]..", &text[at..]].concat(),
            [&text[..at], "电", &text[after..]].concat(),
        ] {
            let _ = read(&spoiled);
        }
    }
}
