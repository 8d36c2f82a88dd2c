//! Texts as Chinese standards print them.

use super::marks::{Style, mark};
use super::{Document, Measure, figures, split, write};
use base::time::Span;
use rust_decimal::Decimal;

#[test]
fn a_line_begins_with_its_number_in_many_ways() {
    let check = |line: &str, style: Style, steps: &[&str], rest: &str| {
        let mark = mark(line).unwrap_or_else(|| panic!("no number: {line}"));
        assert_eq!((mark.style, mark.rest), (style, rest), "{line}");
        assert_eq!(mark.steps, steps, "{line}");
    };
    check("7.1.2.1锂离子电池", Style::Dotted, &["7", "1", "2", "1"], "锂离子电池");
    check("6.3.1、当地销售总代理", Style::Dotted, &["6", "3", "1"], "当地销售总代理");
    check("3、术语", Style::Digit, &["3"], "术语");
    check("1.客户需求导向", Style::Digit, &["1"], "客户需求导向");
    check("2）派工", Style::DigitClosed, &["2"], "派工");
    check("(3) 收费", Style::DigitInBrackets, &["3"], "收费");
    check("一、总则", Style::Han, &["1"], "总则");
    check("十二、附则", Style::Han, &["12"], "附则");
    check("（三）维修实施", Style::HanInBrackets, &["3"], "维修实施");
    check("第十二条 站长应当", Style::Article, &["12"], "站长应当");
    check("第二章 职责", Style::Chapter, &["2"], "职责");
    check("第3部分 流程", Style::Chapter, &["3"], "流程");
    check("a、品牌信誉", Style::Letter, &["a"], "品牌信誉");
    check("b)产品质量", Style::Letter, &["b"], "产品质量");
    check("③ 核对", Style::Circle, &["3"], "核对");
    for line in
        ["客户到店", "24小时内派人", "2.5米以上", "30平方米", "2024年修订", "A级站点", "一般故障"]
    {
        assert_eq!(mark(line), None, "{line}");
    }
}

#[test]
fn a_text_is_split_by_its_printed_numbers() {
    let check = |text: &str, paths: &[&str]| {
        let passages = split(text);
        let found: Vec<&str> = passages.iter().map(|passage| passage.path.as_str()).collect();
        assert_eq!(found, paths, "{text}");
    };
    check(
        "前言\n6、维修服务站\n6.6.1.1一星级条件:\na、维护信誉\nb、认真执行\n6.6.1.2二星级条件\na、维护\n7、三包",
        &["0", "6", "6.6.1.1", "6.6.1.1a", "6.6.1.1b", "6.6.1.2", "6.6.1.2a", "7"],
    );
    check(
        "一、原则\n1.需求\n2.响应\n二、流程\n(一)预约\n客户可通过门店预约。\n(二)接车\n1.确认\n",
        &["1", "1.1", "1.2", "2", "2.1", "2.2", "2.2.1"],
    );
    check(
        "第一章 总则\n第一条 目的\n第二章 职责\n第二条 站长\n（一）派工",
        &["ch1", "1", "ch2", "2", "2.1"],
    );
}

#[test]
fn a_heading_names_what_follows_and_is_no_clause() {
    let passages = split("7.1“三包”内容\n7.1.1内胎半个月内漏气可以调换。\n7.2原则");
    let headings: Vec<bool> = passages.iter().map(|passage| passage.heading).collect();
    assert_eq!(headings, [true, false, false]);
    let draft = write(&passages, "DW", "电动车维修规范");
    assert!(draft.contains("## 7.1 “三包”内容 | \n"), "{draft}");
    assert!(
        draft.contains("### DW-7.1.1 · decision-rule\n> 内胎半个月内漏气可以调换。\n"),
        "{draft}"
    );
    assert!(draft.contains("<!-- 数字 半个月 -->"), "{draft}");
}

#[test]
fn figures_are_times_amounts_and_shares_and_no_dates() {
    let check = |text: &str, expect: &[Measure]| {
        let found: Vec<Measure> = figures(text).into_iter().map(|figure| figure.measure).collect();
        assert_eq!(found, expect, "{text}");
    };
    let time = |text: &str| Measure::Time(Span::parse(text).expect("a length of time"));
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    check("接到后24小时内派人,7天内回单", &[time("24 h"), time("7 d")]);
    check("锂离子电池在二十四个月内,半年后", &[time("24 mo"), time("6 mo")]);
    check("七个工作日内;一年半", &[time("7 workday"), time("18 mo")]);
    check("给予50%增设费用,百分之五", &[Measure::Share(number("50")), Measure::Share(number("5"))]);
    check(
        "每辆2.5元,共1,200元,三万元",
        &[
            Measure::Amount(number("2.5")),
            Measure::Amount(number("1200")),
            Measure::Amount(number("30000")),
        ],
    );
    check("2015年3月15日修订,第3天起执行,不转入下一年", &[]);
    check("within = \"24 h\"", &[time("24 h")]);
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

#[test]
fn numbers_that_word_counts_are_printed() {
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>\
         <w:pStyle w:val=\"Chapter\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
         <w:lvlText w:val=\"%2.\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:styleId=\"Chapter\"><w:pPr><w:numPr><w:numId w:val=\"5\"/>\
         </w:numPr></w:pPr></w:style></w:styles>"
    );
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r><w:del><w:r><w:t>旧</w:t></w:r></w:del></w:p>"
        )
    };
    let chapter = |text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Chapter\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let document = [
        chapter("总则"),
        item("主动响应"),
        item("过程透明"),
        chapter("流程"),
        item("预约"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>故障</w:t></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>处理</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            .to_owned(),
    ];
    let document = format!("<w:document {W}><w:body>{}</w:body></w:document>", document.concat());
    let parts =
        Document { document: &document, numbering: Some(&numbering), styles: Some(&styles) };
    let text = parts.text().expect("it is XML");
    assert_eq!(text, "一、 总则\n1. 主动响应\n2. 过程透明\n二、 流程\n1. 预约\n故障 | 处理");
    let broken = Document { document: "<w:p", ..parts };
    assert_eq!(broken.text().expect_err("no XML").part, "word/document.xml");
}
