//! The workbooks a sales company would send, row by row.

use base::Lang;
use jiff::civil::date;
use server::imports::{Known, Ruling, counts, errors_book, sale, workbook};

const OUTLETS: &[(&str, &str)] = &[
    ("D0101", "城北直营店"),
    ("D0102", "城南专卖店"),
    ("D0203", "滨江旗舰店"),
    ("D0204", "开发区店"),
    ("D0305", "老街车行"),
    ("D0306", "东湖车业"),
    ("D0407", "西门车行"),
    ("D0408", "金桥店"),
    ("D0509", "安平镇店"),
    ("D0510", "柳河车行"),
    ("D0611", "新城店"),
    ("D0612", "石桥店"),
];

fn known() -> Known {
    Known {
        models: ["RF-R6", "RF-R3", "YL-C1", "YL-K8", "RF-M2"].map(String::from).into(),
        outlets: OUTLETS.iter().map(|(c, n)| ((*c).to_owned(), (*n).to_owned())).collect(),
        ..Known::default()
    }
}

fn sheet(bytes: &[u8]) -> workbook::Sheet {
    workbook::read(bytes, sale::column, 6).expect("the workbook has a header row")
}

#[test]
fn the_messy_workbook_gets_exactly_its_expected_verdicts() {
    let sheet = sheet(include_bytes!("data/sold-vehicles-messy.xlsx"));
    assert_eq!((sheet.header_row, sheet.hidden.as_slice()), (3, &["旧数据".to_owned()][..]));
    let verdicts = sale::judge(&sheet, &known(), date(2026, 11, 21));
    let expected = include_str!("data/sold-vehicles-messy.expected.csv");
    let mut checked = 0;
    for line in expected.lines().skip(1) {
        let mut parts = line.splitn(4, ',');
        let row: u32 = parts.next().and_then(|p| p.parse().ok()).expect("row number");
        let kind = parts.next().unwrap_or_default();
        let ruling = parts.next().unwrap_or_default();
        let why = parts.next().unwrap_or_default().trim_matches('"');
        let got = verdicts.iter().find(|v| v.row == row).expect("every row has a verdict");
        let said = got.why(Lang::En);
        assert_eq!(format!("{:?}", got.ruling).to_lowercase(), ruling, "row {row}: {said}");
        // Names in unusual letters and emoji are simply kept; nothing needs to be said.
        if !["name_trad", "name_minor", "remark_emoji"].contains(&kind) {
            assert_eq!(said, why, "row {row}");
        }
        assert!(got.remarks.iter().all(|r| !r.text.zh.is_empty()), "row {row}");
        checked += 1;
    }
    assert_eq!((checked, verdicts.len()), (44, 44));
}

#[test]
fn a_thousand_clean_rows_are_all_accepted() {
    let sheet = sheet(include_bytes!("data/sold-vehicles-1000.xlsx"));
    let verdicts = sale::judge(&sheet, &known(), date(2026, 11, 21));
    let wrong = verdicts.iter().find(|v| v.ruling != Ruling::Accept);
    assert_eq!(counts(&verdicts), (1000, 0, 0), "{wrong:?}");
}

#[test]
fn the_rejected_rows_come_back_as_a_workbook_that_reads_again() {
    let sheet = sheet(include_bytes!("data/sold-vehicles-messy.xlsx"));
    let verdicts = sale::judge(&sheet, &known(), date(2026, 11, 21));
    let rejected: Vec<errors_book::ErrorRow> = verdicts
        .iter()
        .filter(|v| v.ruling == Ruling::Reject)
        .map(|v| errors_book::ErrorRow {
            row: v.row.into(),
            why: v.why(Lang::Zh),
            cells: sheet.raw(v.row),
        })
        .collect();
    let columns = sheet.column_keys();
    let bytes =
        errors_book::write(&columns, sale::title, &rejected, Lang::Zh).expect("it is written");
    let again = workbook::read(&bytes, sale::column, 6).expect("it reads");
    assert_eq!(again.rows.len(), counts(&verdicts).1);
}

#[test]
fn what_is_no_workbook_is_refused() {
    use workbook::Unreadable::{NoHeader, NotAWorkbook};
    let read = |bytes: &[u8]| workbook::read(bytes, sale::column, 6).err();
    assert_eq!(read(b"frame,model\n1,2\n"), Some(NotAWorkbook));
    assert_eq!(read(b"PK\x03\x04 and then nothing"), Some(NotAWorkbook));
    assert_eq!(read(b""), Some(NotAWorkbook));
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "hello").expect("cell");
    assert_eq!(read(&book.save_to_buffer().expect("book")), Some(NoHeader));
}

#[test]
fn what_stands_far_out_asks_for_no_table_of_the_whole_sheet() {
    use workbook::Unreadable::TooLarge;
    let book = |fill: fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (column, name) in
            (0..).zip(["车架号", "车型", "购车人", "手机号", "购车日期", "网点编码"])
        {
            sheet.write_string(0, column, name).expect("cell");
            sheet.write_string(1, column, "x").expect("cell");
        }
        fill(sheet);
        book.save_to_buffer().expect("book")
    };
    let rows = |bytes: Vec<u8>| workbook::read(&bytes, sale::column, 6).map(|s| s.rows.len());
    // A formula in the last cell of the sheet lies in no column that is read.
    let formula = book(|sheet| {
        sheet.write_formula(1_048_575, 16_383, "=1+1").expect("cell");
    });
    assert_eq!(rows(formula), Ok(1));
    // Whole columns are often formatted: what holds nothing counts for nothing.
    let format = book(|sheet| {
        let bold = rust_xlsxwriter::Format::new().set_bold();
        sheet.write_blank(1_048_575, 0, &bold).expect("cell");
    });
    assert_eq!(rows(format), Ok(1));
    let value = book(|sheet| {
        sheet.write_string(1_048_575, 0, "L").expect("cell");
    });
    assert_eq!(rows(value), Err(TooLarge));
}
