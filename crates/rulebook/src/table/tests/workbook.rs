//! Tables go through a workbook and come back as they were.

use crate::table::excel::{Sheet, TableFiles, number};

fn back(csv: &str, sidecar: Option<&str>) -> TableFiles {
    let files = TableFiles { id: "t".into(), csv: csv.into(), sidecar: sidecar.map(str::to_owned) };
    TableFiles::from_sheets(&files.to_sheets(), "other").expect("a table")
}

#[test]
fn nothing_is_lost_on_the_way() {
    for csv in [
        "id,clause,a,→out\nr1,EB-1,< 60,yes\n",
        "# what for, and why\n\nid,clause,a,→out\n# \"first\" rows\nr1,,\"a,b\",x\n\nr2,,,\n",
        "id,clause,a,→out\nr1,,\"\"\"a|b\"\"\",是\nr2,,2026-11-21,0.50\nr3,,= a,=1+1\n",
        "id,clause,a,→out\nr1,,\" a\",\n",
    ] {
        assert_eq!(back(csv, None), TableFiles { id: "t".into(), csv: csv.into(), sidecar: None });
    }
    let sidecar = "# 说明\ntitle = { zh = \"表\", en = \"T\" }\n\n[input.a]\n  type = \"text\"\n";
    assert_eq!(back("id\n", Some(sidecar)).sidecar.as_deref(), Some(sidecar));
}

#[test]
fn what_differs_only_in_spelling_comes_back_plain() {
    for (csv, plain) in [
        ("\u{feff}id,clause,→o\r\n\"r1\",,\"x\"\r\n", "id,clause,→o\nr1,,x\n"),
        ("id,clause,→o\nr1,,x", "id,clause,→o\nr1,,x\n"),
        ("id,clause,→o\nr1,,\"two\nlines\"\n", "id,clause,→o\nr1,,two lines\n"),
        ("id,clause,→o,,\nr1,,,,\n\n\n", "id,clause,→o\nr1,,\n"),
    ] {
        assert_eq!(back(csv, None).csv, plain);
    }
}

#[test]
fn a_workbook_from_elsewhere_is_taken_by_its_first_sheet() {
    let sheet = |name: &str| Sheet { name: name.into(), rows: vec![vec!["id".into()]] };
    let files = TableFiles::from_sheets(&[sheet("Tabelle1")], "coverage").expect("a table");
    assert_eq!((files.id.as_str(), files.csv.as_str(), files.sidecar), ("coverage", "id\n", None));
    let wrong = TableFiles::from_sheets(&[sheet("x")], "../x").expect_err("a path is no name");
    assert!(wrong.en.contains("no name for a table"), "{wrong:?}");
    assert!(TableFiles::from_sheets(&[], "x").is_err());
}

#[test]
fn numbers_come_as_the_spreadsheet_shows_them() {
    for (value, shown) in
        [(60.0, "60"), (0.1 + 0.2, "0.3"), (-1.5, "-1.5"), (1e21, "1000000000000000000000")]
    {
        assert_eq!(number(value), shown);
    }
}
