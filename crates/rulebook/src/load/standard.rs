//! Reads `standard.md`: the clauses in the standard's own words.

use super::places::Places;
use crate::expr::suggest;
use crate::model::{Clause, ClauseKind};
use crate::{Finding, Place};
use base::Text;

/// Kinds of clauses by the word in the heading.
const KINDS: &[(&str, ClauseKind)] = &[
    ("decision-rule", ClauseKind::DecisionRule),
    ("deadline", ClauseKind::Deadline),
    ("process-step", ClauseKind::ProcessStep),
    ("form", ClauseKind::Form),
    ("role", ClauseKind::Role),
    ("score", ClauseKind::Score),
    ("money", ClauseKind::Money),
    ("stock", ClauseKind::Stock),
    ("notification", ClauseKind::Notification),
    ("record", ClauseKind::Record),
    ("report", ClauseKind::Report),
    ("conduct", ClauseKind::Conduct),
];

/// Reads the clauses of a pack. `prefix` is what its clause ids begin with (`EB`).
pub(super) fn read(
    file: &str,
    text: &str,
    pack: &str,
    prefix: Option<&str>,
    places: &mut Places,
    findings: &mut Vec<Finding>,
) -> Vec<Clause> {
    let mut reader = Reader {
        file,
        pack,
        prefix,
        places,
        findings,
        clauses: Vec::new(),
        chapter: Text::default(),
        open: false,
    };
    for (index, line) in text.lines().enumerate() {
        reader.line(u32::try_from(index + 1).unwrap_or(u32::MAX), line.trim());
    }
    reader.close();
    reader.clauses
}

struct Reader<'a> {
    file: &'a str,
    pack: &'a str,
    prefix: Option<&'a str>,
    places: &'a mut Places,
    findings: &'a mut Vec<Finding>,
    clauses: Vec<Clause>,
    chapter: Text,
    open: bool,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, line: &str) {
        if let Some(heading) = line.strip_prefix("### ") {
            self.close();
            self.heading(number, heading);
        } else if let Some(chapter) = line.strip_prefix("## ") {
            self.close();
            let (zh, en) = chapter.split_once('|').unwrap_or((chapter, chapter));
            self.chapter = Text::new(zh.trim(), en.trim());
        } else if self.open
            && let Some(clause) = self.clauses.last_mut()
        {
            if let Some(quote) = line.strip_prefix('>') {
                join(&mut clause.zh, quote.trim(), "\n");
            } else if let Some(why) = line.strip_prefix("people:") {
                clause.people = Some(why.trim().to_owned());
            } else if !line.is_empty() && !line.starts_with("<!--") {
                join(&mut clause.en, line, " ");
            }
        }
    }

    fn heading(&mut self, number: u32, heading: &str) {
        let at = Place::new(self.file, number);
        self.open = false;
        let Some((id, kind)) = heading.split_once('·') else {
            self.findings.push(Finding::error(
                "clause-heading",
                at,
                format!("条款标题应写成“### 编号 · 类别”，这里是“{heading}”"),
                format!("a clause heading reads `### id · kind`, here it is `{heading}`"),
            ));
            return;
        };
        let (id, kind) = (id.trim(), kind.trim());
        let Some((_, kind)) = KINDS.iter().find(|(word, _)| *word == kind) else {
            let (zh, en) = suggest::nearest(kind, KINDS.iter().map(|(word, _)| *word));
            self.findings.push(Finding::error(
                "clause-kind",
                at,
                format!("条款 {id} 的类别“{kind}”不存在{zh}"),
                format!("the clause {id} has no kind `{kind}`{en}"),
            ));
            return;
        };
        if let Some(prefix) = self.prefix
            && !id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-'))
        {
            self.findings.push(Finding::error(
                "clause-prefix",
                at.clone(),
                format!("条款编号应以“{prefix}-”开头，这里是“{id}”"),
                format!("clause ids of this pack begin with `{prefix}-`, here it is `{id}`"),
            ));
        }
        if !self.places.add(&format!("clause/{id}"), at.clone()) {
            let first = self.places.of(&format!("clause/{id}"));
            self.findings.push(Finding::error(
                "duplicate-id",
                at,
                format!("条款 {id} 已在 {first} 出现过"),
                format!("the clause {id} stands already at {first}"),
            ));
            return;
        }
        self.open = true;
        self.clauses.push(Clause {
            id: id.to_owned(),
            number: number_of(id),
            zh: String::new(),
            en: String::new(),
            kind: *kind,
            people: None,
            pack: self.pack.to_owned(),
            chapter: self.chapter.clone(),
        });
    }

    /// Ends a clause: it needs the standard's words and the English ones.
    fn close(&mut self) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        let Some(clause) = self.clauses.last() else { return };
        let at = self.places.of(&format!("clause/{}", clause.id));
        if clause.zh.is_empty() {
            self.findings.push(Finding::error(
                "clause-text",
                at.clone(),
                format!("条款 {} 缺少原文（以“> ”开头的行）", clause.id),
                format!("the clause {} lacks its own words (lines beginning with `> `)", clause.id),
            ));
        }
        if clause.en.is_empty() {
            self.findings.push(Finding::error(
                "clause-text",
                at,
                format!("条款 {} 缺少英文说明（原文之后的一段）", clause.id),
                format!("the clause {} lacks the English paragraph after its words", clause.id),
            ));
        }
    }
}

fn join(into: &mut String, more: &str, between: &str) {
    if !into.is_empty() {
        into.push_str(between);
    }
    into.push_str(more);
}

/// The number customers see: without prefix and trailing letter.
fn number_of(id: &str) -> String {
    let number = id.split_once('-').map_or(id, |(_, rest)| rest);
    match number.strip_suffix(|c: char| c.is_ascii_lowercase()) {
        Some(short) if short.ends_with(|c: char| c.is_ascii_digit()) => short.to_owned(),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_see_the_number_without_prefix_and_letter() {
        for (id, number) in
            [("EB-7.1.2.1a", "7.1.2.1"), ("EB-7.0", "7.0"), ("CM-4b", "4"), ("EB-E1.2c", "E1.2")]
        {
            assert_eq!(number_of(id), number);
        }
    }

    #[test]
    fn a_clause_is_read_with_chapter_words_and_reason() {
        let text = "# T\n\n## 7 三包 | Three guarantees\n\n### EB-7.0a · conduct\n\n> 第一行\n\
                    > 第二行\n\nFirst\nline.\n\npeople: manners cannot be measured\n";
        let (mut places, mut findings) = (Places::default(), Vec::new());
        let clauses = read("s.md", text, "eb", Some("EB"), &mut places, &mut findings);
        assert_eq!(findings, []);
        let clause = &clauses[0];
        assert_eq!(clause.zh, "第一行\n第二行");
        assert_eq!(clause.en, "First line.");
        assert_eq!(clause.people.as_deref(), Some("manners cannot be measured"));
        assert_eq!(clause.chapter.en, "Three guarantees");
        assert_eq!(places.of("clause/EB-7.0a").line, 5);
    }
}
