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
    use workbook::Unreadable::{Markup, NoHeader, NotAWorkbook, Old};
    let read = |bytes: &[u8]| workbook::read(bytes, sale::column, 6).err();
    assert_eq!(read(b"frame,model\n1,2\n"), Some(NoHeader));
    assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one"), Some(Old));
    assert_eq!(read(b"<html><table><tr><td>"), Some(Markup));
    assert_eq!(read(b"PK\x03\x04 and then nothing"), Some(NotAWorkbook));
    assert_eq!(read(b""), Some(NotAWorkbook));
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "hello").expect("cell");
    assert_eq!(read(&book.save_to_buffer().expect("book")), Some(NoHeader));
}

#[test]
fn a_csv_in_gbk_or_utf8_is_judged_as_a_workbook_is() {
    let text = "2026年11月销售登记\n\n车架号,车型,购车人,手机号,购车日期,网点编码,售价\n\
        LRFR6260800001,RF-R6,诸葛孔明,13800138000,2026-10-08,D0101,3299\n\
        LRFR6260800002,RF-R6,诸葛孔明,138,2026-10-08,D0101,3299\n\
        合计,,,,,,6598\n";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [gbk, marked, text.as_bytes().to_vec()] {
        let sheet = sheet(&bytes);
        assert_eq!(sheet.header_row, 3, "the line in the file, blank ones counted");
        let verdicts = sale::judge(&sheet, &known(), date(2026, 11, 21));
        let rulings: Vec<(u32, Ruling)> = verdicts.iter().map(|v| (v.row, v.ruling)).collect();
        let expect = [(4, Ruling::Accept), (5, Ruling::Reject), (6, Ruling::Skip)];
        assert_eq!(rulings, expect, "{:?}", verdicts[0].why(Lang::En));
    }
    // More rows than an import takes are refused, as in a workbook.
    let many = text.lines().take(3).chain(std::iter::repeat_n("L,,,,,,", 20_001));
    let many = many.collect::<Vec<_>>().join("\n");
    let read = workbook::read(many.as_bytes(), sale::column, 6).map(|sheet| sheet.rows.len());
    assert_eq!(read, Err(workbook::Unreadable::TooLarge));
}

/// One workbook with all that people do to one: each is read, or said.
#[test]
fn merged_cells_texts_formulas_and_hidden_sheets_are_read_as_they_are_meant() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let old = book.add_worksheet().set_name("去年").expect("a name");
    old.write_string(0, 0, "车架号").expect("a cell");
    old.set_hidden(true);
    let out = book.add_worksheet().set_name("十月").expect("a name");
    out.set_active(true);
    let head = ["车架号", "车型", "购车人", "手机号", "购车日期", "网点编码", "售价"];
    for (column, name) in (0..).zip(head) {
        out.write_string(0, column, name).expect("a cell");
    }
    for row in 1..=2 {
        let frame = format!("LRFR626080001{row}");
        for (column, text) in (0..).zip([frame.as_str(), "RF-R6", "诸葛孔明", "13800138000"]) {
            out.write_string(row, column, text).expect("a cell");
        }
        // A date as text, and a price as a formula.
        out.write_string(row, 4, "2026年10月8日").expect("a cell");
        let formula = rust_xlsxwriter::Formula::new("=3000+299").set_result("3299");
        out.write_formula(row, 6, formula).expect("a cell");
    }
    let plain = rust_xlsxwriter::Format::new();
    out.merge_range(1, 5, 2, 5, "D0101", &plain).expect("merged");
    let sheet = sheet(&book.save_to_buffer().expect("a workbook"));
    assert_eq!((sheet.name.as_str(), sheet.hidden.as_slice()), ("十月", &["去年".to_owned()][..]));
    let verdicts = sale::judge(&sheet, &known(), date(2026, 11, 21));
    for verdict in &verdicts {
        assert_eq!(verdict.ruling, Ruling::Accept, "{}", verdict.why(Lang::En));
        let sale = verdict.sale.as_ref().expect("a sale");
        assert_eq!(sale.outlet.as_deref(), Some("D0101"), "of the merged cell");
        assert_eq!(sale.sold_on, Some(date(2026, 10, 8)));
        assert_eq!(sale.price, Some(base::Money(329_900)));
        assert!(verdict.why(Lang::En).contains("formula"), "{}", verdict.why(Lang::En));
    }
    assert_eq!(verdicts.len(), 2);
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
