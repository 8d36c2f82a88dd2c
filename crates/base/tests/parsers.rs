//! What people and files write, read back: nothing makes a parser panic, and what is printed is
//! read as what it was.

use base::time::{Span, SpanUnit, chinese_number};
use base::{CaseId, Hours, Instant, Lang, UnitId, Zone};
use proptest::prelude::*;
use proptest::sample::select;

/// Scraps that lengths, hours and ids are made of, and some that none has.
const SCRAPS: &str = "0 1 9 24 99999999999999999999 - – — ~ : ： . 半 个 年 月 天 日 周 小时 分钟 \
    工作日 零 一 两 十 百 千 亿 mo h d min workday params. case_ unit_ A z ０ é 🚲 T Z +08:00 \
    \u{0} \u{feff}";

fn scraps() -> impl Strategy<Value = String> {
    let scrap = select(SCRAPS.split(' ').chain([" ", "\t"]).collect::<Vec<_>>());
    proptest::collection::vec(scrap, 0..12).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in prop_oneof![scraps(), any::<String>()]) {
        let _ = Span::parse(&text);
        let _ = Hours::parse(&text);
        let _ = chinese_number(&text);
        let _ = Lang::from_tag(&text);
        let _ = Zone::try_new(&text);
        let _ = text.parse::<CaseId>();
        let _ = text.parse::<UnitId>();
        let _ = serde_json::from_value::<Instant>(text.into());
    }

    #[test]
    fn a_printed_length_is_read_as_the_same(count in 0..=i64::MAX, unit in 0..5_usize) {
        let unit =
            [SpanUnit::Min, SpanUnit::H, SpanUnit::D, SpanUnit::Workday, SpanUnit::Mo][unit];
        let span = Span { count, unit };
        prop_assert_eq!(Span::parse(&span.to_string()), Some(span));
    }

    #[test]
    fn printed_hours_are_read_as_the_same(from in 0..1440_u16, length in 1..=1440_u16) {
        let hours = Hours { from, to: (from + length).min(1440) };
        prop_assert_eq!(Hours::parse(&hours.to_string()), Some(hours));
    }

    #[test]
    fn a_written_instant_is_read_as_the_same(at in 0..4_000_000_000_000_000_i64) {
        let written = serde_json::to_value(Instant(at)).expect("an instant is text");
        prop_assert_eq!(serde_json::from_value::<Instant>(written).ok(), Some(Instant(at)));
    }

    #[test]
    fn a_number_in_words_is_read(number in 1..1000_i64) {
        prop_assert_eq!(chinese_number(&words(number)), Some(number), "{}", words(number));
    }
}

/// A number as the text of a standard has it: 二十四, 一百零五.
fn words(number: i64) -> String {
    let digit = |n: i64| {
        let at = usize::try_from(n).unwrap_or_default();
        "零一二三四五六七八九".chars().nth(at).unwrap_or('零')
    };
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut made = String::new();
    if hundreds > 0 {
        made.extend([digit(hundreds), '百']);
    }
    match (hundreds, tens, ones) {
        (0, 1, _) => made.push('十'),
        (1.., 0, 1..) => made.push('零'),
        (_, 1.., _) => made.extend([digit(tens), '十']),
        _ => {}
    }
    if ones > 0 {
        made.push(digit(ones));
    }
    made
}

/// However long, an answer comes at once.
#[test]
fn long_repeats_are_answered() {
    for scrap in ["一", "十", "百", "半", "9", " ", "年", "\u{3000}", ":", "-"] {
        let text = scrap.repeat(100_000);
        assert_eq!(Span::parse(&text), None, "{scrap}");
        assert_eq!(Hours::parse(&text), None, "{scrap}");
        assert!(text.parse::<CaseId>().is_err(), "{scrap}");
    }
}
