//! An edit changes what was asked and nothing else, to the byte and to the meaning.

use crate::shop::{compiled, pack, shop, shown};
use proptest::prelude::*;
use rulebook::diff::diff;
use rulebook::edit::{
    Item, Keys, List, Row, grid, override_rows, put_rows, put_table, set, set_deadline, set_item,
    set_message, set_parameter,
};
use rulebook::{PackSource, Release, compile};
use serde_json::{Value, json};

const REPAIR: &str = include_str!("../../../../rulebooks/common/processes/repair_order.toml");
const ON_SITE: &str =
    include_str!("../../../../rulebooks/ebike-maker/processes/on_site_commission.toml");
const EBIKE: &str = include_str!("../../../../rulebooks/ebike-maker/rulebook.toml");
const MESSAGES: &str = include_str!("../../../../rulebooks/ebike-maker/messages.toml");
const COVERAGE: &str = include_str!("../../../../rulebooks/ebike-maker/tables/coverage.csv");
const FLOOR: &str = include_str!("../../../../rulebooks/law-cn/tables/floor.csv");

fn keys(value: Value) -> Keys {
    match value {
        Value::Object(keys) => keys,
        other => panic!("{other} has no keys"),
    }
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned())).collect()
}

/// The rows of a table as they are.
fn rows(text: &str) -> Vec<Row> {
    let grid = grid(text);
    let row =
        |cells: &Vec<String>| grid.columns.iter().cloned().zip(cells.iter().cloned()).collect();
    grid.rows.iter().map(|r| row(&r.cells)).collect()
}

/// The lines in which two texts differ, out and in.
fn lines(a: &str, b: &str) -> (Vec<String>, Vec<String>) {
    let only = |x: &str, y: &str| {
        let known: Vec<&str> = y.lines().collect();
        x.lines().filter(|line| !known.contains(line)).map(str::to_owned).collect()
    };
    (only(a, b), only(b, a))
}

#[test]
fn one_value_is_one_line() {
    let check = |text: &str, edited: Result<String, _>, out: &str, into: &str| {
        let edited: String = edited.unwrap_or_else(|refused| panic!("{refused:?}"));
        let (gone, came) = lines(text, &edited);
        assert_eq!((gone.join("\n"), came.join("\n")), (out.to_owned(), into.to_owned()));
    };
    let set = |id, value: Value| set_parameter(EBIKE, id, Some(&value));
    check(EBIKE, set("certificate_months", json!("36 mo")), "", "value = \"36 mo\"");
    check(EBIKE, set("loan_quota", json!(500)), "", "value = 500");
    let unset = set_parameter(EBIKE, "freight_payer", Some(&json!("maker")));
    let unset = set_parameter(&unset.expect("it is there"), "freight_payer", None);
    assert_eq!(unset.as_deref(), Ok(EBIKE));

    let deadline = |wish| set_deadline(ON_SITE, "dispatch_24h", &keys(wish));
    check(ON_SITE, deadline(json!({"within": "12 h"})), "within = \"24 h\"", "within = \"12 h\"");
    check(
        ON_SITE,
        deadline(json!({"warn": [{"to": ["station_manager", "hotline"], "before": "2 h"}]})),
        "warn = [{ before = \"4 h\", to = [\"station_manager\"] }]",
        "warn = [{ before = \"2 h\", to = [\"station_manager\", \"hotline\"] }]",
    );
    check(
        ON_SITE,
        deadline(json!({"escalate": null, "repeat": "1 h"})),
        "escalate = [\n  { after = \"params.dispatch_escalation\", effects = \
         [{ notify = \"dispatch_overdue\", to = [\"asd_manager\"] }] },",
        "repeat = \"1 h\"",
    );
    check(
        REPAIR,
        set_deadline(REPAIR, "promised", &keys(json!({"when": "data.urgency = \"urgent\""}))),
        "",
        "",
    );
    check(
        MESSAGES,
        set_message(
            MESSAGES,
            "reply_overdue",
            &keys(json!({"title": {"zh": "未答", "en": "Question not answered"}})),
        ),
        "title = { zh = \"咨询未答复\", en = \"Question not answered\" }",
        "title = { zh = \"未答\", en = \"Question not answered\" }",
    );
}

#[test]
fn comments_line_ends_and_marks_stay() {
    let text = "\u{feff}# 头\r\n[[parameter]] # 一\r\nid = 'a'\r\nvalue = 1 # 示例\r\n\r\n\
                # 二\r\n[[parameter]]\r\nid = \"b\"\r\n";
    let edited = set_parameter(text, "a", Some(&json!(2))).expect("it is there");
    assert_eq!(edited, text.replace("value = 1", "value = 2"));
    let edited = set_parameter(text, "b", Some(&json!("半年"))).expect("it is there");
    assert_eq!(
        edited,
        format!("{text}\r\nvalue = \"半年\"\r\n").replace("\r\n\r\nvalue", "\r\nvalue")
    );
    let lists = "[[deadline]]\nid = \"d\"\nwarn = [\n\
                 \x20 # 先\n  { before = \"2 h\", to = [\"a\"] }, # 甲\n\
                 \x20 { before = \"1 h\", to = [\"b\"] } # 乙\n]\nbreach = []\n";
    let wish = |warn: Value| set_deadline(lists, "d", &keys(json!({ "warn": warn })));
    let (two, one) = (json!({"before": "2 h", "to": ["a"]}), json!({"before": "1 h", "to": ["b"]}));
    let more = json!({"before": "5 min", "to": ["c"]});
    assert_eq!(
        wish(json!([two, one, more])).as_deref(),
        Ok(lists.replace("} # 乙", "}, # 乙\n  { before = \"5 min\", to = [\"c\"] }").as_str())
    );
    assert_eq!(
        wish(json!([one])).as_deref(),
        Ok(lists.replace("{ before = \"2 h\", to = [\"a\"] }, # 甲\n  ", "").as_str())
    );
    assert_eq!(
        wish(json!([two])).as_deref(),
        Ok(lists.replace(", # 甲\n  { before = \"1 h\", to = [\"b\"] } # 乙", " # 乙").as_str())
    );
}

#[test]
fn headers_of_their_own_are_changed_in_place_or_written_on_one_line() {
    let text = "[[deadline]]\nid = \"d\"\n\n# 一\n\
                [[deadline.warn]]\nbefore = \"1 h\"\nto = [\"a\"]\n\n\
                [[deadline.warn]]\nbefore = \"2 h\"\nto = [\"b\"]\n\n[[deadline]]\nid = \"e\"\n";
    let wish = |warn: Value| set_deadline(text, "d", &keys(json!({ "warn": warn })));
    let (a, b) = (json!({"before": "1 h", "to": ["a"]}), json!({"before": "3 h", "to": ["b"]}));
    assert_eq!(wish(json!([a, b])).as_deref(), Ok(text.replace("2 h", "3 h").as_str()));
    let one = wish(json!([b])).expect("it is there");
    let flat = "[[deadline]]\nid = \"d\"\nwarn = [{ before = \"3 h\", to = [\"b\"] }]\n\n# 一\n\n\n\
                [[deadline]]\nid = \"e\"\n";
    assert_eq!(one, flat);
}

#[test]
fn rows_keep_their_lines_and_new_ones_stand_where_they_were_put() {
    let text = "# 表\nid,clause,fault,→fee\n\
                # 近\nnear , A, \"leak, big\" ,10\n\n# 远\nfar,A,,\"20\"\n# 完\n";
    let put = |wish: &[Row]| put_table(text, wish).unwrap_or_else(|refused| panic!("{refused:?}"));
    let (near, far) = (row(&[("id", "near")]), row(&[("id", "far")]));
    assert_eq!(put(&[near.clone(), far.clone()]), text);
    assert_eq!(
        put(&[near.clone(), row(&[("id", "far"), ("→fee", "25"), ("fault", "a,b")])]),
        text.replace("far,A,,\"20\"", "far,A,\"a,b\",\"25\"")
    );
    assert_eq!(
        put(&[row(&[("id", "mid"), ("→fee", " 5\n元 ")]), far.clone()]),
        "# 表\nid,clause,fault,→fee\nmid,,,5 元\n# 近\n\n# 远\nfar,A,,\"20\"\n# 完\n"
    );
    assert_eq!(
        put(&[far, near]),
        "# 表\nid,clause,fault,→fee\n\n# 远\nfar,A,,\"20\"\n# 近\nnear , A, \"leak, big\" ,10\n# 完\n"
    );
    let open = "\u{feff}id,x\r\na,1";
    assert_eq!(put_table(open, &rows(open)).as_deref(), Ok(open));
    let more = [row(&[("id", "a")]), row(&[("id", "#b"), ("x", "q\"")])];
    assert_eq!(put_table(open, &more).as_deref(), Ok("\u{feff}id,x\r\na,1\r\n\"#b\",\"q\"\"\""));
}

#[test]
fn what_cannot_be_done_is_said_and_what_would_be_right() {
    let check = |refused: Result<String, rulebook::edit::Refused>, zh: &str| {
        let said = refused.expect_err("it cannot be done").sentence;
        assert!(said.zh.starts_with(zh) && !said.en.is_empty(), "{said:?}");
    };
    check(
        set_parameter(EBIKE, "certificate_month", Some(&json!(1))),
        "没有叫“certificate_month”的参数；是不是 certificate_months？",
    );
    check(set_parameter("id = ", "a", None), "文件第 1 行不是正确的 TOML");
    check(
        set_message(MESSAGES, "reply_overdue", &keys(json!({"text": "x"}))),
        "消息没有可改的“text”",
    );
    check(set_deadline(ON_SITE, "dispatch_24h", &keys(json!({"id": "x"}))), "时限没有可改的“id”");
    check(
        put_table(COVERAGE, &[row(&[("id", "a"), ("→payr", "x")])]),
        "表里没有叫“→payr”的列；是不是 →payer？",
    );
    check(put_table("", &[]), "这个文件没有带 id 列的表头");
    check(
        set(&[shop()], "shop", Item::Message("lat"), &Keys::new()).map(|edited| edited.text),
        "没有叫“lat”的消息；是不是 late？",
    );
    check(
        set(&[shop()], "none", Item::Message("late"), &Keys::new()).map(|edited| edited.text),
        "没有制度包“none”",
    );
    check(
        put_rows(&[shop()], "shop", "fees", &[]).map(|edited| edited.text),
        "制度包 shop 和它继承的包里都没有 tables/fees.csv",
    );
}

fn release(packs: &[PackSource]) -> Release {
    let compiled = compile(packs);
    let said = shown(&compiled);
    compiled.release.unwrap_or_else(|| panic!("the packs are wrong:\n{said}"))
}

#[test]
fn what_is_inherited_is_written_into_the_child_and_differs_in_this_alone() {
    let info = "id = \"child\"\ntitle = { zh = \"子\", en = \"Child\" }\nversion = \"1.0.0\"\n\
                extends = [\"shop\"]\n";
    let before = [shop(), pack("child", &[("rulebook.toml", info)])];
    let check = |item: Item<'_>, wish: Value, file: &str, sentence: &str| {
        let edited = set(&before, "child", item, &keys(wish)).expect("the parent has it");
        assert_eq!((edited.file.as_str(), edited.overrides), (file, true));
        let mut after = before.clone();
        after[1].files.insert(edited.file, edited.text);
        let told = diff(&release(&before), &release(&after));
        let told: Vec<_> = told.iter().flat_map(|d| &d.sentences).map(|s| s.zh.as_str()).collect();
        let told: Vec<_> = told.into_iter().filter(|said| !said.starts_with("制度包")).collect();
        assert_eq!(told, [sentence], "{}", after[1].files[file]);
    };
    check(
        Item::Parameter("markup_cap"),
        json!({"value": 15}),
        "rulebook.toml",
        "参数“加价上限”（SH-3）：取值由 20 改为 15",
    );
    check(
        Item::Message("late"),
        json!({"title": {"zh": "晚了", "en": "Assignment is late"}}),
        "messages.toml",
        "消息“晚了”：名称由 派工超时 改为 晚了",
    );
    check(
        Item::Deadline { process: "repair", id: "assign_24h" },
        json!({"within": "12 h"}),
        "processes/repair.toml",
        "流程“维修”的时限“24小时内派工”（SH-2）：期限由 24小时 改为 12小时",
    );
    let rows = [row(&[
        ("id", "tube"),
        ("clause", "SH-1"),
        ("component", "tube"),
        ("fault", "leak"),
        ("duration", "30 d"),
    ])];
    let edited = put_rows(&before, "child", "term", &rows).expect("the parent has it");
    assert_eq!(edited.text, "id,clause,component,fault,duration\ntube,SH-1,tube,leak,30 d\n");
    let again = override_rows(
        &shop().files["tables/term.csv"],
        Some(&edited.text),
        &[row(&[("id", "tube"), ("duration", "1 mo")])],
    );
    assert_eq!(
        again.as_deref(),
        Ok("id,clause,component,fault,duration\ntube,SH-1,tube,leak,1 mo\n")
    );
}

/// A wish for the only deadline of the shop: keys and values that can be right.
fn wishes() -> impl Strategy<Value = (&'static str, Value)> {
    let span = (1..400_u32, prop::sample::select(vec!["min", "h", "d"]));
    let span = span.prop_map(|(count, unit)| format!("{count} {unit}"));
    let roles = prop::sample::subsequence(vec!["advisor", "technician", "head"], 1..=2);
    prop_oneof![
        span.prop_map(|span| ("within", json!(span))),
        "[一-龥 a-z'\"\\\\{}#]{1,12}".prop_map(|name| ("title", json!({"zh": name, "en": name}))),
        roles.prop_map(|to| ("breach", json!([{"notify": "late", "to": to}]))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_deadline_edited_says_what_was_wished_and_nothing_else_changed((key, value) in wishes()) {
        let before = shop();
        let wish = Keys::from_iter([(key.to_owned(), value.clone())]);
        let item = Item::Deadline { process: "repair", id: "assign_24h" };
        let edited = set(std::slice::from_ref(&before), "shop", item, &wish).expect("it is there");
        let again = set_deadline(&edited.text, "assign_24h", &wish);
        prop_assert_eq!(again.as_ref(), Ok(&edited.text));
        let mut after = before.clone();
        after.files.insert(edited.file, edited.text);
        let (Some(a), Some(b)) = (compiled(before).release, compiled(after).release) else {
            return Ok(()); // A role the shop has not: the checker's matter.
        };
        let told = diff(&a, &b);
        prop_assert!(told.len() <= 1, "{:?}", told);
        let deadline = serde_json::to_value(&b.processes["repair"].deadlines[0]);
        let have = deadline.expect("a deadline is JSON")[key].clone();
        let plain = key != "breach" && key != "within";
        prop_assert!(!plain || have == value, "{} is {}", have, value);
    }

    #[test]
    fn a_parameter_holds_any_value_it_is_given(value in values(), at in 0..31_usize) {
        let ids: Vec<&str> = EBIKE.lines().filter_map(|l| l.strip_prefix("id = ")).collect();
        let id = ids[1 + at % (ids.len() - 1)].trim_matches('"');
        let edited = set_parameter(EBIKE, id, Some(&value)).expect("it is there");
        let again = set_parameter(&edited, id, Some(&value));
        prop_assert_eq!(again.as_ref(), Ok(&edited));
        let read: toml::Table = edited.parse().expect("an edit leaves TOML");
        let items = read["parameter"].as_array().expect("a list");
        let have = items.iter().find(|item| item["id"].as_str() == Some(id)).expect("still there");
        prop_assert_eq!(serde_json::to_value(&have["value"]).expect("JSON"), value);
        let (gone, came) = lines(EBIKE, &edited);
        prop_assert!(gone.len() <= 1 && came.len() <= 1, "{:?} {:?}", gone, came);
    }

    #[test]
    fn cells_hold_any_line_and_other_rows_keep_their_text(
        cell in "[ -~一-龥→≤]{0,20}", at in 0..15_usize, column in 1..11_usize,
    ) {
        for text in [COVERAGE, FLOOR] {
            let have = grid(text);
            let (at, column) = (at % have.rows.len(), column % have.columns.len());
            if have.columns[column] == "id" { continue; }
            let mut wish = rows(text);
            let same = put_table(text, &wish);
            prop_assert_eq!(same.as_deref(), Ok(text));
            wish[at].insert(have.columns[column].clone(), cell.clone());
            let edited = put_table(text, &wish).expect("its own columns");
            let got = grid(&edited);
            prop_assert_eq!(got.rows[at].cells[column].as_str(), cell.trim());
            let others = |text: &str| {
                let all = text.lines().enumerate().filter(|(line, _)| *line != at + 1);
                all.map(|(_, line)| line.to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(others(text), others(&edited));
        }
    }

    #[test]
    fn no_text_makes_an_edit_panic(
        text in "([a-z\"'=\\[\\]{},#\n\r .0-9]|deadline|id = \"a\"\n|\\[\\[message\\]\\]\n|→|\
                 \u{feff}){0,40}",
        cells in prop::collection::vec("[a-z,\"#\n]{0,6}", 0..4),
    ) {
        for list in [List::Message, List::Deadline, List::Parameter] {
            let wish = keys(json!({"title": {"zh": "一", "en": "a"}, "clause": ["A"]}));
            let _ = set_item(&text, list, "a", &wish);
        }
        let wish: Vec<Row> = cells.iter().map(|cell| row(&[("id", cell), ("x", cell)])).collect();
        let sheet = format!("id,x\n{text}");
        if let Ok(edited) = put_table(&sheet, &wish) {
            let again = put_table(&edited, &wish);
            prop_assert_eq!(again.as_deref(), Ok(edited.as_str()));
        }
    }
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i32>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (-1.0e9..1.0e9_f64).prop_map(Value::from),
        "\\PC{0,30}".prop_map(Value::from),
        Just(json!("a\nb\t\"'\\")),
    ]
}
