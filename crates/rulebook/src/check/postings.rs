//! The chart of accounts, the templates over it, and the effects that post by them.

use super::Checker;
use super::names::{ACCOUNT, POSTING, VARIABLE};
use crate::expr::{Expr, Type};
use crate::model::posting::{may_be, var_type};
use crate::model::{Effect, PostingTemplate};
use ledger::{AccountRule, Counts, Mistake, VarKind};
use std::collections::BTreeMap;

/// The name an item of `each` has in the expressions of an effect.
pub const ITEM: &str = "item";

pub(super) fn check(checker: &mut Checker<'_>) {
    let chart = &checker.release.chart;
    let mut mistakes = chart.check();
    for template in checker.release.postings.values() {
        let names = template.vars.iter().map(|(name, kind)| (name.clone(), var_type(*kind)));
        let scope = Type::Record(names.collect());
        mistakes.extend(template.check(chart, |expr: &Expr, wanted| {
            expr.check_as(&scope, &var_type(wanted)).map_err(|error| error.sentence)?;
            Ok(expr.paths().into_iter().filter_map(|path| path.into_iter().next()).collect())
        }));
    }
    for Mistake { code, at, sentence } in mistakes {
        let item = at.split(',').next().unwrap_or_default().replacen(' ', "/", 1);
        let (zh, en) = (format!("{at}：{}", sentence.zh), format!("{at}: {}", sentence.en));
        checker.error(code, &item, zh, en);
    }
}

/// What an effect names of the ledger is there, and nothing its template needs is missing.
pub(super) fn names(checker: &mut Checker<'_>, effect: &Effect, path: &str) {
    match effect {
        Effect::Post { post, map, .. } => {
            if let Some(template) = template(checker, post, &format!("{path}/post")) {
                let vars: Vec<&str> = template.vars.keys().map(String::as_str).collect();
                given(checker, map, &vars, path);
            }
        }
        Effect::Reverse { reverse, .. } => {
            template(checker, reverse, &format!("{path}/reverse"));
        }
        Effect::Limit { limit, map, .. } => of_account(checker, limit, map, path, "limit"),
        Effect::CloseAccount { close_account, map, .. } => {
            of_account(checker, close_account, map, path, "close_account");
        }
        _ => {}
    }
}

fn template<'a>(checker: &mut Checker<'a>, id: &str, path: &str) -> Option<&'a PostingTemplate> {
    let release = checker.release;
    checker.exists(POSTING, id, release.postings.keys().map(String::as_str), path);
    release.postings.get(id)
}

fn rule<'a>(checker: &Checker<'a>, id: &str) -> Option<&'a AccountRule> {
    checker.release.chart.rules.iter().find(|rule| rule.id == id)
}

fn of_account(
    checker: &mut Checker<'_>,
    id: &str,
    map: &BTreeMap<String, Expr>,
    path: &str,
    key: &str,
) {
    let release = checker.release;
    let known = release.chart.rules.iter().map(|rule| rule.id.as_str());
    checker.exists(ACCOUNT, id, known, &format!("{path}/{key}"));
    if let Some(rule) = rule(checker, id) {
        let names: Vec<&str> = rule.path.names().collect();
        given(checker, map, &names, path);
    }
}

/// Each name is given, and no other.
fn given(checker: &mut Checker<'_>, map: &BTreeMap<String, Expr>, names: &[&str], path: &str) {
    for name in map.keys() {
        checker.exists(VARIABLE, name, names.iter().copied(), &format!("{path}/map/{name}"));
    }
    for name in names.iter().filter(|name| !map.contains_key(**name)) {
        checker.error(
            "posting-variable-missing",
            path,
            format!("map 缺少“{name}”"),
            format!("`map` lacks `{name}`"),
        );
    }
}

/// What each expression of an effect on the ledger is asked over, and the types it may have.
pub(super) fn expressions<'e>(
    checker: &Checker<'_>,
    effect: &'e Effect,
    scope: &Type,
) -> Vec<Asked<'e>> {
    let mut asked = Vec::new();
    let mut map_of = |map: &'e BTreeMap<String, Expr>,
                      scope: &Type,
                      kind: &dyn Fn(&str) -> VarKind| {
        for (name, expr) in map {
            let at = format!("map/{name}");
            asked.push(Asked { expr, at, scope: scope.clone(), wanted: Wanted::Var(kind(name)) });
        }
    };
    match effect {
        Effect::Post { post, each, map, .. } => {
            let vars = checker.release.postings.get(post).map(|template| &template.vars);
            let kind =
                |name: &str| vars.and_then(|vars| vars.get(name)).copied().unwrap_or(VarKind::Key);
            map_of(map, &with_item(scope, each.as_ref()), &kind);
            asked.extend(each.as_ref().map(|each| list_of(each, scope)));
        }
        Effect::Limit { limit, each, map, at_most, .. } => {
            let (outer, scope) = (scope, &with_item(scope, each.as_ref()));
            map_of(map, scope, &|_| VarKind::Key);
            let counts = rule(checker, limit).map(|rule| rule.counts);
            let kind = if counts == Some(Counts::Parts) { VarKind::Pieces } else { VarKind::Money };
            let at = "at_most".to_owned();
            let wanted = Wanted::Var(kind);
            asked.push(Asked { expr: at_most, at, scope: scope.clone(), wanted });
            asked.extend(each.as_ref().map(|each| list_of(each, outer)));
        }
        Effect::CloseAccount { map, .. } => map_of(map, scope, &|_| VarKind::Key),
        _ => {}
    }
    asked
}

/// The list an effect runs over.
fn list_of<'e>(expr: &'e Expr, scope: &Type) -> Asked<'e> {
    Asked { expr, at: "each".to_owned(), scope: scope.clone(), wanted: Wanted::List }
}

/// An expression of an effect.
pub(super) struct Asked<'e> {
    pub expr: &'e Expr,
    /// Where it stands below the effect.
    pub at: String,
    pub scope: Type,
    pub wanted: Wanted,
}

/// What it must give.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    Var(VarKind),
    List,
}

impl Wanted {
    pub fn fits(self, given: &Type) -> bool {
        match self {
            Self::Var(kind) => may_be(kind, given),
            Self::List => matches!(given, Type::List(_) | Type::Any),
        }
    }

    pub fn words(self) -> base::Text {
        match self {
            Self::Var(kind) => var_type(kind).words(),
            Self::List => base::Text::new("列表", "a list"),
        }
    }
}

/// The scope with the item of a list.
pub(super) fn with_item(scope: &Type, each: Option<&Expr>) -> Type {
    let mut scope = scope.clone();
    if let Some(each) = each
        && let Type::Record(names) = &mut scope
    {
        let item = match each.check(&Type::Record(names.clone())) {
            Ok(Type::List(item)) => *item,
            _ => Type::Any,
        };
        names.insert(ITEM.to_owned(), item);
    }
    scope
}
