//! A page for a layman, each line in both languages; what people typed is escaped.

use base::Text;
use std::fmt::Write as _;

/// The page while it is written.
#[derive(Debug)]
pub struct Page {
    html: String,
}

const HEAD: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>个人信息副本 · Personal data</title>\
    <style>body{font:16px/1.6 system-ui,sans-serif;max-width:820px;margin:2em auto;padding:0 1em}\
    table{border-collapse:collapse;width:100%}td{border-top:1px solid #ccc;padding:.3em .6em;\
    vertical-align:top}td:first-child{width:38%;color:#555}small{color:#555}</style><body>";

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Both languages in one line; once, where they are the same.
fn both(zh: &str, en: &str) -> String {
    if zh == en {
        return escaped(zh);
    }
    format!("{} <small>{}</small>", escaped(zh), escaped(en))
}

impl Page {
    /// A page of that company.
    pub fn new(company: &str) -> Self {
        let company = escaped(company);
        let html = format!(
            "{HEAD}<h1>个人信息副本 <small>A copy of your personal data</small></h1><p>{company}</p>"
        );
        Self { html }
    }

    /// A heading.
    pub fn section(&mut self, zh: &str, en: &str) {
        self.push(&format!("<h2>{}</h2>", both(zh, en)));
    }

    /// A case's heading.
    pub fn case(&mut self, number: &str, title: &Text, day: &str) {
        let title = both(&title.zh, &title.en);
        self.push(&format!("<h3>{} · {title} · {}</h3>", escaped(number), escaped(day)));
    }

    /// A name and its value.
    pub fn row(&mut self, name: (&str, &str), value: (&str, &str)) {
        let (name, value) = (both(name.0, name.1), both(value.0, value.1));
        self.push(&format!("<table><tr><td>{name}<td>{value}</table>"));
    }

    /// A link to a file beside the page.
    pub fn link(&mut self, file: &str, title: &Text) {
        let title = both(&title.zh, &title.en);
        self.push(&format!("<p><a href=\"{}\">{title}</a></p>", escaped(file)));
    }

    /// A sentence.
    pub fn note(&mut self, zh: &str, en: &str) {
        self.push(&format!("<p>{}</p>", both(zh, en)));
    }

    /// Room between two things.
    pub fn gap(&mut self) {
        self.push("<br>");
    }

    fn push(&mut self, html: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.html, "{html}");
    }

    /// The page, with the day it was made.
    pub fn finish(mut self, day: &str) -> String {
        self.note(&format!("制作日期 {day}"), &format!("Made on {day}"));
        self.html
    }
}
