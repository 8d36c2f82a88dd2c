//! A formula in the words of what it reads: `按约完成 ÷ (按约完成 + 超过约定时间完成)`.

use crate::view::Words;
use base::Lang;
use rulebook::Release;

/// The formula with names for keys and signs for operators.
pub fn words(release: &Release, source: &str) -> Words {
    let of = |lang| tokens(source).iter().map(|token| said(release, token, lang)).collect();
    Words { zh: of(Lang::Zh), en: of(Lang::En) }
}

/// Names with their dots, and everything between them.
fn tokens(source: &str) -> Vec<String> {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut tokens: Vec<String> = Vec::new();
    let mut named = false;
    for c in source.chars() {
        match tokens.last_mut() {
            Some(last) if part_of_name(c) == named => last.push(c),
            _ => tokens.push(c.to_string()),
        }
        named = part_of_name(c);
    }
    tokens
}

fn said(release: &Release, token: &str, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let either = |chinese: &str, english: &str| (if zh { chinese } else { english }).to_owned();
    let (root, rest) = token.split_once('.').map_or((token, ""), |(root, rest)| (root, rest));
    if root == "params" {
        let known = release.parameters.get(rest);
        return known.map_or_else(|| token.to_owned(), |p| p.title.get(lang).to_owned());
    }
    let figure = release.figures.iter().find(|f| f.id == root).map(|f| &f.title);
    if let Some(title) = release.measures.get(root).map(|m| &m.title).or(figure) {
        let title = title.get(lang);
        return match rest {
            "" => title.to_owned(),
            "count" => either(&format!("{title}的次数"), &format!("{title}, times")),
            "sum" => either(&format!("{title}合计"), &format!("{title}, in all")),
            "mean" => either(&format!("{title}平均"), &format!("{title}, mean")),
            "median" => either(&format!("{title}中位数"), &format!("{title}, median")),
            "p90" => either(&format!("{title}(九成不超过)"), &format!("{title}, 90th percentile")),
            _ => token.to_owned(),
        };
    }
    match token {
        "if" => either("若", "if"),
        "then" => either("则", "then"),
        "else" => either("否则", "else"),
        "and" => either("且", "and"),
        "or" => either("或", "or"),
        "null" => either("未评", "not rated"),
        _ => token.replace('/', "÷").replace('*', "×").replace('-', "−"),
    }
}
