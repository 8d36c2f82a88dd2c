//! Amounts in capitals (人民币大写), as receipts and cheques carry them so that nobody adds a stroke.

use base::Money;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// The amount in words: ¥1,005.60 is 壹仟零伍元陆角整.
pub fn capitals(amount: Money) -> String {
    let fen = amount.0.unsigned_abs();
    let (yuan, jiao, odd) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut words = String::new();
    if amount.0 < 0 {
        words.push('负');
    }
    if yuan > 0 || fen == 0 {
        words.push_str(&whole(yuan));
        words.push('元');
    }
    if jiao > 0 {
        words.push(digit(jiao));
        words.push('角');
    } else if odd > 0 && yuan > 0 {
        words.push('零');
    }
    if odd > 0 {
        words.push(digit(odd));
        words.push('分');
    } else {
        words.push('整');
    }
    words
}

/// A whole number in groups of four digits.
fn whole(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut words = String::new();
    let mut gap = false;
    for group in (0..GROUPS.len()).rev() {
        let power = u32::try_from(group * 4).ok().and_then(|power| 10_u64.checked_pow(power));
        let four = power.map_or(0, |power| number / power % 10_000);
        if four == 0 {
            gap |= !words.is_empty();
            continue;
        }
        if !words.is_empty() && (gap || four < 1_000) {
            words.push('零');
        }
        words.push_str(&four_digits(four));
        words.push_str(GROUPS[group]);
        gap = false;
    }
    words
}

fn four_digits(four: u64) -> String {
    let mut words = String::new();
    let mut gap = false;
    for (place, power) in [(3, 1_000), (2, 100), (1, 10), (0, 1)] {
        let number = four / power % 10;
        if number == 0 {
            gap |= !words.is_empty();
            continue;
        }
        if gap {
            words.push('零');
        }
        words.push(digit(number));
        words.push_str(PLACES[place]);
        gap = false;
    }
    words
}

fn digit(number: u64) -> char {
    usize::try_from(number).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or('零')
}

#[cfg(test)]
mod tests {
    use super::capitals;
    use base::Money;

    #[test]
    fn amounts_are_written_as_a_cashier_writes_them() {
        let check = |fen, words: &str| assert_eq!(capitals(Money(fen)), words, "{fen}");
        check(0, "零元整");
        check(4_800, "肆拾捌元整");
        check(100_560, "壹仟零伍元陆角整");
        check(105, "壹元零伍分");
        check(7, "柒分");
        check(30, "叁角整");
        check(1_000_000_000, "壹仟万元整");
        check(100_050_000, "壹佰万零伍佰元整");
        check(12_345_678_901, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分");
        check(1_000_000_100, "壹仟万零壹元整");
        check(-4_800, "负肆拾捌元整");
    }
}
