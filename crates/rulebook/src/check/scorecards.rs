//! Scorecards: points that add up, awards that stay within them, levels in order.

use super::Checker;
use super::measures::{formula, formula_scope};
use crate::expr::{Expr, Type, Value};
use crate::model::scope;
use crate::model::{ScoreItem, Scorecard};
use std::collections::BTreeMap;

/// Checks all scorecards.
pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for card in release.scorecards.values() {
        let path = format!("scorecard/{}", card.id);
        points(checker, card, &path);
        roles(checker, card, &path);
        let facts = facts(checker, card);
        for item in &card.items {
            let at = format!("{path}/item/{}/award", item.id);
            formula(checker, &item.award, &Type::Record(facts.clone()), &at, &Type::Number);
            within(checker, item, &at);
        }
        levels(checker, card, &path, facts);
    }
}

fn points(checker: &mut Checker<'_>, card: &Scorecard, path: &str) {
    let sum: u32 = card.items.iter().map(|item| item.points).sum();
    let wanted = card.points.unwrap_or(0);
    if sum != wanted {
        checker.error(
            "score-points",
            &format!("{path}/points"),
            format!("评分表“{}”各项共 {sum} 分，与 points = {wanted} 不符", card.id),
            format!("the items of `{}` add up to {sum} points, not points = {wanted}", card.id),
        );
    }
    if card.items.is_empty() && card.levels.is_empty() {
        checker.error(
            "score-empty",
            path,
            format!("评分表“{}”没有评分项也没有等级", card.id),
            format!("the scorecard `{}` has neither items nor levels", card.id),
        );
    }
}

fn roles(checker: &mut Checker<'_>, card: &Scorecard, path: &str) {
    for entry in &card.entries {
        let unknown = |role: &&String| !checker.release.roles.contains_key(*role);
        let wrong: Vec<_> = entry.by.iter().filter(unknown).cloned().collect();
        let at = format!("{path}/entry/{}/by", entry.id);
        for role in wrong {
            checker.error(
                "unknown-role",
                &at,
                format!("没有角色“{role}”"),
                format!("there is no role `{role}`"),
            );
        }
        if entry.by.is_empty() {
            checker.error(
                "entry-by-nobody",
                &at,
                format!("“{}”没有写由谁录入（by）", entry.id),
                format!("nobody may enter `{}`: name a role in `by`", entry.id),
            );
        }
    }
}

/// What awards and conditions read: figures, measures, what was entered, the station, settings.
fn facts(checker: &Checker<'_>, card: &Scorecard) -> BTreeMap<String, Type> {
    let mut roots = formula_scope(checker);
    let figures = checker.release.figures.iter();
    roots.extend(figures.map(|figure| (figure.id.clone(), figure.format.read_type())));
    let entered = card.entries.iter().map(|e| (e.id.clone(), e.kind.read_type())).collect();
    roots.insert("entered".to_owned(), Type::Record(entered));
    roots.insert("org".to_owned(), scope::org_type());
    roots
}

/// What an award can give is found where it is written out, `if … then 30 else 0`.
fn within(checker: &mut Checker<'_>, item: &ScoreItem, path: &str) {
    let most = rust_decimal::Decimal::from(item.points);
    let beyond = item.award.constants().into_iter().find(|value| match value {
        Value::Number(number) => *number > most || number.is_sign_negative() && !number.is_zero(),
        _ => false,
    });
    if let Some(Value::Number(number)) = beyond {
        let points = item.points;
        checker.error(
            "score-award",
            path,
            format!("“{}”最多 {points} 分，这里却给 {number} 分", item.id),
            format!("`{}` gives at most {points} points, here it gives {number}", item.id),
        );
    }
}

fn levels(
    checker: &mut Checker<'_>,
    card: &Scorecard,
    path: &str,
    mut facts: BTreeMap<String, Type>,
) {
    facts.insert("score".to_owned(), Type::Number);
    let facts = Type::Record(facts);
    for pair in card.levels.windows(2) {
        if pair[0].stars >= pair[1].stars {
            checker.error(
                "score-levels",
                &format!("{path}/level/{}/stars", pair[1].id),
                format!("等级从低到高写：“{}”应在“{}”之上", pair[1].id, pair[0].id),
                format!("levels ascend: `{}` should be above `{}`", pair[1].id, pair[0].id),
            );
        }
    }
    for level in &card.levels {
        for condition in &level.conditions {
            let at = format!("{path}/level/{}/condition/{}/when", level.id, condition.id);
            yes_or_no(checker, &condition.when, &facts, &at);
        }
    }
}

fn yes_or_no(checker: &mut Checker<'_>, when: &Expr, facts: &Type, path: &str) {
    formula(checker, when, facts, path, &Type::Bool);
}
