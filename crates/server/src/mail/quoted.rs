//! What a letter repeats of those before it (引用的往来), cut away: the thread holds it already.

use super::html::{REPEATED, squeezed};

/// The line of our letters above which an answer is written.
pub const ABOVE: &str = "—— 回复请写在本行以上 · please reply above this line ——";
/// What is left of that line by programs that change signs.
const ABOVE_WORDS: [&str; 2] = ["回复请写在本行以上", "please reply above this line"];
/// Longest line that says who wrote what follows.
const LONGEST_INTRODUCTION: usize = 300;
/// Lines such a saying may be broken into.
const BROKEN: usize = 3;

/// Words in a line of dashes behind which a letter is repeated.
const DIVIDED: [&str; 10] = [
    "原始邮件",
    "邮件原件",
    "原邮件",
    "转发邮件",
    "回复的原邮件",
    "original message",
    "original",
    "forwarded message",
    "original mail",
    "原始信件",
];
/// Ends of a line that says who wrote what follows.
const WROTE: [&str; 8] =
    ["写道：", "写道:", "写到：", "写到:", "wrote:", "wrote：", "来信：", "说道："];
/// Beginnings of the head of a repeated letter, with what stands in one of the lines behind.
const SENDER: [&str; 5] = ["发件人：", "发件人:", "from:", "from：", "寄件者:"];
const REST_OF_HEAD: [&str; 10] =
    ["发送时间", "发送日期", "日期", "收件人", "主题", "sent:", "to:", "date:", "subject:", "to："];

/// What is new in an answer. Where nothing would be left, everything is: better too much than
/// a letter without words.
pub fn new_in(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().enumerate().find(|(at, _)| begins(&lines, *at)).map(|(at, _)| at);
    let above = introduced(lines.get(..end.unwrap_or(lines.len())).unwrap_or_default());
    let own: Vec<&str> = without_marked(above);
    let own = squeezed(&own.join("\n").replace(REPEATED, ""));
    if !own.is_empty() {
        return own;
    }
    // Written below what is repeated, as some do.
    let below = without_marked(&lines);
    let below: Vec<&str> =
        below.into_iter().filter(|line| !introduces(line) && !divides(line)).collect();
    let below = squeezed(&below.join("\n").replace(REPEATED, ""));
    if below.is_empty() { squeezed(&text.replace(REPEATED, "")) } else { below }
}

/// Whether everything from here on is repeated.
fn begins(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    if line.contains(REPEATED) || ABOVE_WORDS.iter().any(|words| line.contains(words)) {
        return true;
    }
    divides(line) || is_head(lines, at) || line.trim_end() == "--" || *line == "-- "
}

/// `-----Original Message-----`, `------------------ 原始邮件 ------------------`.
fn divides(line: &str) -> bool {
    let line = line.trim().trim_start_matches('>').trim();
    let dash = |c: char| matches!(c, '-' | '_' | '—' | '－' | '=' | ' ');
    let word = line.trim_matches(dash);
    let dashes = line.chars().take_while(|c| dash(*c)).count();
    let small = word.to_lowercase();
    dashes >= 2 && DIVIDED.iter().any(|known| small.trim() == *known)
}

/// `发件人:` or `From:` with another line of such a head close behind.
fn is_head(lines: &[&str], at: usize) -> bool {
    let small = |line: &&str| bare(line).to_lowercase();
    let Some(first) = lines.get(at).map(small) else { return false };
    if !SENDER.iter().any(|word| first.starts_with(word)) {
        return false;
    }
    let behind = lines.iter().skip(at + 1).filter(|line| !line.trim().is_empty()).take(2);
    let mut behind = behind.map(small);
    behind.any(|line| REST_OF_HEAD.iter().any(|word| line.starts_with(word)))
}

/// A line without the stars and bars that programs put around words.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['*', '>', '|', ' '])
}

/// `在 2026年…，… 写道：`, `On …, … wrote:`.
fn introduces(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['*', ' ']);
    line.len() <= LONGEST_INTRODUCTION && WROTE.iter().any(|word| line.ends_with(word))
}

/// Lines without a saying at their end of who wrote what follows, whole or broken into some.
fn introduced<'a>(lines: &'a [&'a str]) -> &'a [&'a str] {
    let lines = trimmed(lines);
    let Some((last, before)) = lines.split_last() else { return lines };
    if !introduces(last) {
        return lines;
    }
    let begins = |line: &&str| {
        let line = bare(line);
        ["On ", "At ", "在", "于"].iter().any(|word| line.starts_with(word))
    };
    if begins(last) || last.contains('@') {
        return trimmed(before);
    }
    let tail = before.len().saturating_sub(BROKEN - 1);
    match before.iter().enumerate().skip(tail).find(|(_, line)| begins(line)) {
        Some((at, _)) => trimmed(lines.get(..at).unwrap_or_default()),
        None => trimmed(before),
    }
}

fn trimmed<'a>(lines: &'a [&'a str]) -> &'a [&'a str] {
    let full = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |at| at + 1);
    lines.get(..full).unwrap_or_default()
}

/// Lines without those marked as others' words, and without the saying before the first of each.
fn without_marked<'a>(lines: &'a [&'a str]) -> Vec<&'a str> {
    let marked = |line: &str| line.trim_start().starts_with('>');
    let mut own: Vec<&str> = Vec::new();
    let mut before = false;
    for line in lines {
        let now = marked(line);
        if now && !before {
            let kept = introduced(&own).len();
            own.truncate(kept);
        }
        if !now {
            own.push(line);
        }
        before = now;
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_before_is_cut_and_what_is_new_stays() {
        let check = |text: &str, expect: &str| assert_eq!(new_in(text), expect, "{text}");
        check("好的,明天到", "好的,明天到");
        check("好的\n\n在 2026年11月20日 10:00，瑞风售后 <s@e.cn> 写道：\n> 您好\n> 请来", "好的");
        check("Yes.\n\nOn Fri, 20 Nov 2026 at 10:00, Service <s@e.cn>\nwrote:\n> hello", "Yes.");
        check(
            "谢谢\n\n------------------ 原始邮件 ------------------\n发件人: \"s\"\n旧的",
            "谢谢",
        );
        check("Ok\n\n-----Original Message-----\nFrom: s\nSent: now\n\nold", "Ok");
        check("行\n\n发件人: 瑞风\n发送时间: 2026-11-20\n收件人: 我\n\n旧的", "行");
        check("可以\n张三 <z@q.com> 于2026年11月20日周五 10:00写道：\n> 旧", "可以");
        check(&format!("收到\n\n{ABOVE}\n旧的"), "收到");
        check("收到\n\n> —— 回复请写在本行以上 ——\n> 旧的", "收到");
        check("下班后去\n-- \n张三\n某公司", "下班后去");
        // Answered line by line, or below.
        check("> 几点来?\n三点\n> 带发票吗?\n带", "三点\n带");
        check("On Friday, s@e.cn wrote:\n> hello\n\nMy answer is below", "My answer is below");
        // Not cut: somebody writes about a sender, or repeats without a word of their own.
        check("From: 不是我写的那封\n是另一封", "From: 不是我写的那封\n是另一封");
        check("> 只有引用", "> 只有引用");
        check("", "");
    }
}
