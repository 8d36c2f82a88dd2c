//! What an article is found by: Chinese in pairs of characters, other scripts in words, and keys of
//! the catalogue. Pairs need no dictionary and miss no new word.

use super::Tags;
use std::collections::BTreeMap;

/// Most grams of one article: a text of the greatest length has fewer that differ.
const MOST: usize = 4_000;
/// Most grams of one question: what is said in two sentences.
const MOST_ASKED: usize = 40;
/// How much a word of the title weighs, and most that repeating it in the text may add.
const TITLE: i64 = 8;
const REPEATED: i64 = 3;
/// How much it weighs that an article is about a component.
const TAG: i64 = 12;

/// The grams of an article with their weights.
pub(super) fn of(title: &str, body: &str, tags: &Tags) -> BTreeMap<String, i64> {
    let mut grams = BTreeMap::new();
    for gram in cut(body) {
        let weight = grams.entry(gram).or_insert(0);
        *weight = (*weight + 1).min(REPEATED);
    }
    for gram in cut(title) {
        *grams.entry(gram).or_insert(0) += TITLE;
    }
    while grams.len() > MOST {
        grams.pop_last();
    }
    grams.extend(keys(tags).map(|key| (key, TAG)));
    grams
}

/// What a question looks for.
pub(super) fn asked(said: &str, tags: &Tags) -> Vec<String> {
    let mut grams: Vec<String> = keys(tags).collect();
    for gram in cut(said) {
        if grams.len() < MOST_ASKED && !grams.contains(&gram) {
            grams.push(gram);
        }
    }
    grams
}

/// How much finding a gram tells that `count` articles hold: 64 for one, 1 for very many.
pub(super) fn rarity(count: i64) -> i64 {
    let powers = u32::try_from(count.max(1)).map_or(u32::BITS, u32::ilog2);
    (64 >> (powers / 2).min(6)).max(1)
}

fn keys(tags: &Tags) -> impl Iterator<Item = String> {
    let named = |kind: &'static str, keys: &[String]| -> Vec<String> {
        keys.iter().map(|key| format!("{kind}:{key}")).collect()
    };
    [named("m", &tags.models), named("c", &tags.components), named("f", &tags.faults)]
        .into_iter()
        .flatten()
}

/// The words of a text: pairs of Chinese characters that stand side by side (one that stands alone
/// by itself), letters and digits as a word in lower case.
fn cut(text: &str) -> Vec<String> {
    let mut grams = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let mut chinese = false;
    for c in text.chars().chain(['\n']) {
        let c = crate::search::half_width(c);
        let (word, han) = (c.is_alphanumeric(), is_han(c));
        if !word || (han != chinese && !run.is_empty()) {
            finish(&mut run, chinese, &mut grams);
        }
        if word {
            chinese = han;
            run.extend(c.to_lowercase());
        }
    }
    grams
}

fn finish(run: &mut Vec<char>, chinese: bool, grams: &mut Vec<String>) {
    match (chinese, run.len()) {
        (_, 0) => {}
        (true, 1) | (false, _) => grams.push(run.iter().collect()),
        (true, _) => grams.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
    run.clear();
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_pairs_and_words() {
        for (text, grams) in [
            ("充不进电", vec!["充不", "不进", "进电"]),
            ("48V 电池", vec!["48v", "电池"]),
            ("ＥＲＲ０７故障", vec!["err07", "故障"]),
            ("灯,亮", vec!["灯", "亮"]),
            ("", vec![]),
        ] {
            assert_eq!(cut(text), grams, "{text}");
        }
    }

    #[test]
    fn a_rare_word_tells_more() {
        for (count, weight) in [(1, 64), (4, 32), (16, 16), (5_000, 1), (0, 64)] {
            assert_eq!(rarity(count), weight, "{count}");
        }
    }
}
