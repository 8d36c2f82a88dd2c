//! Checking a template when its pack is loaded, so that posting it cannot fail on its shape.

use super::{Mistake, Template, TemplateMove, VarKind};
use crate::{Chart, Counts, Pattern};
use base::Text;
use std::collections::BTreeSet;

impl<E> Template<E> {
    /// Everything wrong with it. `judge` types one expression over [`vars`](Template::vars) where
    /// only the given kind will do, and names the variables it reads or says what is wrong.
    pub fn check(
        &self,
        chart: &Chart,
        mut judge: impl FnMut(&E, VarKind) -> Result<Vec<String>, Text>,
    ) -> Vec<Mistake> {
        let mut found = Findings { posting: self.id.as_str(), mistakes: vec![] };
        if self.moves.is_empty() {
            found.add("posting-empty", None, "没有写明移动什么", "It moves nothing");
        }
        if self.kind.is_none() && self.moves.iter().any(|each| each.pieces.is_some()) {
            found.add(
                "posting-kind",
                None,
                "移动配件要写明 kind（配发、零售、批发、以旧换新、入库……）",
                "It moves parts: say which `kind` (allocation, retail, wholesale, old_for_new, …)",
            );
        }
        let mut used = BTreeSet::new();
        for (place, each) in self.moves.iter().enumerate() {
            let place = Some(place + 1);
            self.check_paths(each, place, &mut used, &mut found);
            check_measure(each, place, chart, &mut found);
            let exprs = [
                (&each.amount, VarKind::Money),
                (&each.pieces, VarKind::Pieces),
                (&each.serials, VarKind::Serials),
            ];
            for (expr, kind) in exprs {
                let Some(expr) = expr else { continue };
                match judge(expr, kind) {
                    Ok(names) => used.extend(names),
                    Err(text) => found.add("posting-type", place, &text.zh, &text.en),
                }
            }
        }
        for name in self.vars.keys().filter(|name| !used.contains(*name)) {
            found.add(
                "posting-variable-unused",
                None,
                &format!("变量 {name} 没有用到"),
                &format!("The variable `{name}` is not used"),
            );
        }
        found.mistakes
    }

    fn check_paths(
        &self,
        each: &TemplateMove<E>,
        place: Option<usize>,
        used: &mut BTreeSet<String>,
        found: &mut Findings<'_>,
    ) {
        for pattern in [&each.from, &each.to] {
            let path = pattern.source();
            if !pattern.is_well_formed() {
                found.add(
                    "posting-path",
                    place,
                    &format!("“{path}” 不是科目；应像 stock/{{warehouse}}/{{part}}"),
                    &format!("`{path}` is no account; write stock/{{warehouse}}/{{part}}"),
                );
            }
            for name in pattern.names() {
                used.insert(name.to_owned());
                if self.vars.get(name) != Some(&VarKind::Key) {
                    found.add(
                        "posting-variable-unknown",
                        place,
                        &format!("“{path}” 里的 {name} 不是 key 类变量"),
                        &format!("`{name}` in `{path}` is no variable of kind `key`"),
                    );
                }
            }
        }
        if each.from == each.to {
            found.add("posting-same-account", place, "转出转入相同", "It goes where it comes from");
        }
    }
}

/// Both accounts exist in the chart and count what the move measures.
fn check_measure<E>(
    each: &TemplateMove<E>,
    place: Option<usize>,
    chart: &Chart,
    found: &mut Findings<'_>,
) {
    let wanted = match (&each.amount, &each.pieces) {
        (Some(_), None) => Counts::Fen,
        (None, Some(_)) => Counts::Parts,
        _ => {
            return found.add(
                "posting-measure",
                place,
                "amount（金额）与 pieces（件数）要写且只写一个",
                "Write one of `amount` and `pieces`",
            );
        }
    };
    if each.serials.is_some() && wanted == Counts::Fen {
        found.add("posting-serials", place, "金额没有编号", "Money has no serials");
    }
    let mut parts = Vec::new();
    for pattern in [&each.from, &each.to] {
        match rule_for(chart, pattern) {
            None => found.add(
                "posting-account-unknown",
                place,
                &format!("没有 [[account]] 规则说明 {}", pattern.source()),
                &format!("No [[account]] says what {} counts", pattern.source()),
            ),
            Some((counts, _)) if counts != wanted => found.add(
                "posting-counts",
                place,
                &format!("{} 记的不是这个", pattern.source()),
                &format!("{} counts something else", pattern.source()),
            ),
            Some((_, part)) => parts.extend(part),
        }
    }
    if let [from, to] = parts.as_slice()
        && from != to
    {
        found.add(
            "posting-part",
            place,
            "转出与转入的配件不同",
            "The part that leaves is not the part that arrives",
        );
    }
}

/// What the accounts of a pattern count, and what stands at the place of `{part}`.
fn rule_for<'a>(
    chart: &Chart,
    pattern: &'a Pattern,
) -> Option<(Counts, Option<&'a crate::pattern::Place>)> {
    let rule = chart.rule(pattern)?;
    Some((rule.counts, rule.part_place().and_then(|place| pattern.places().get(place))))
}

struct Findings<'a> {
    posting: &'a str,
    mistakes: Vec<Mistake>,
}

impl Findings<'_> {
    fn add(&mut self, code: &'static str, place: Option<usize>, zh: &str, en: &str) {
        let at = match place {
            Some(place) => format!("posting {}, move {place}", self.posting),
            None => format!("posting {}", self.posting),
        };
        self.mistakes.push(Mistake { code, at, sentence: Text::new(zh, en) });
    }
}
