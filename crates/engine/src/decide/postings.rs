//! Effects on the ledger: templates of the rulebook filled from the case.

use super::refuse;
use super::run::{Refused as Refusing, Run};
use crate::decision::{NewAccount, Planned, Posting, Why};
use crate::opening::accounts_of;
use base::Text;
use ledger::{Account, AccountRule, Commodity, Key, Limits, Move, Path, Refused};
use rulebook::expr::{Expr, Scope, Value};
use rulebook::model::posting::{answer_of, key_of};
use rulebook::model::{Action, Effect, PostingTemplate};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// Most items one effect posts for.
const MOST_ITEMS: usize = 500;

/// Runs an effect on the ledger; any other is nothing to it.
pub fn run(run: &mut Run<'_>, action: &Action, effect: &Effect) -> Result<(), Refusing> {
    match effect {
        Effect::Post { post, each, map, when } => {
            posted(run, action, post, &Given { each: each.as_ref(), map, when: when.as_ref() })
        }
        Effect::Reverse { reverse, when } if holds(run, when.as_ref()) => {
            reversed(run, action, reverse);
            Ok(())
        }
        Effect::Limit { limit, each, map, at_most, when } if holds(run, when.as_ref()) => {
            limited(run, action, limit, each.as_ref(), (map, at_most))
        }
        Effect::CloseAccount { close_account, map, when } if holds(run, when.as_ref()) => {
            let names = names_of(map, &run.view);
            account(run, action, close_account, names, |account| {
                Ok(Planned::Close { path: account.account.path })
            })
        }
        _ => Ok(()),
    }
}

fn holds(run: &Run<'_>, when: Option<&Expr>) -> bool {
    when.is_none_or(|when| when.eval(&run.view).is_true())
}

/// What an effect gives its template.
struct Given<'e> {
    each: Option<&'e Expr>,
    map: &'e BTreeMap<String, Expr>,
    when: Option<&'e Expr>,
}

fn posted(run: &mut Run<'_>, action: &Action, id: &str, given: &Given<'_>) -> Result<(), Refusing> {
    let release = run.release;
    let Some(template) = release.postings.get(id) else { return Ok(()) };
    let rule = format!("{}/post/{id}", action.id);
    let moves = filled(run, template, given)
        .map_err(|refused| Box::new(refusal(run, action, &rule, &template.clause, &refused)))?;
    if moves.is_empty() {
        return Ok(());
    }
    let accounts = accounts_of(release, template, &moves)
        .map_err(|refused| Box::new(refusal(run, action, &rule, &template.clause, &refused)))?;
    let why = Why::new("posted", rule.clone(), &template.clause);
    run.why.push(why.with("posting", id).with("count", moves.len()));
    let what =
        Planned::Moves { posting: template.id.clone(), kind: template.kind, moves, accounts };
    push(run, rule, &template.clause, what);
    Ok(())
}

fn push(run: &mut Run<'_>, rule: String, clauses: &[String], what: Planned) {
    let occurred_at = run.occurred;
    run.postings.push(Posting { rule, clauses: clauses.to_vec(), occurred_at, what });
}

/// The moves of a template, once or for each item of a list.
fn filled(
    run: &Run<'_>,
    template: &PostingTemplate,
    given: &Given<'_>,
) -> Result<Vec<Move>, Refused> {
    let Some(each) = given.each else {
        return one(run, template, given, &run.view);
    };
    let Value::List(items) = each.eval(&run.view) else { return Ok(vec![]) };
    if items.len() > MOST_ITEMS {
        return Err(Refused::about(ledger::Code::TooManyMoves, ""));
    }
    let mut moves = Vec::new();
    for item in items {
        let scope = BTreeMap::from([("item".to_owned(), item)]);
        moves.extend(one(run, template, given, &(&scope, &run.view))?);
    }
    Ok(moves)
}

fn one(
    run: &Run<'_>,
    template: &PostingTemplate,
    given: &Given<'_>,
    scope: &dyn Scope,
) -> Result<Vec<Move>, Refused> {
    if given.when.is_some_and(|when| !when.eval(scope).is_true()) {
        return Ok(vec![]);
    }
    let vars: BTreeMap<String, Value> =
        given.map.iter().map(|(name, expr)| (name.clone(), expr.eval(scope))).collect();
    let keys = vars.iter().filter_map(|(name, value)| Some((name.clone(), key_of(value)?)));
    let tracked = |part: &Key| run.facts.tracked(part.as_str());
    template.fill(&run.release.chart, &keys.collect(), &tracked, |expr| answer_of(expr.eval(&vars)))
}

/// What this case posted by that template and still stands is undone.
fn reversed(run: &mut Run<'_>, action: &Action, id: &str) {
    let clauses = run.release.postings.get(id).map(|t| t.clause.clone()).unwrap_or_default();
    let rule = format!("{}/reverse/{id}", action.id);
    let facts = run.facts;
    for (of, original) in &facts.posted {
        if original.header().posting.as_str() != id {
            continue;
        }
        let why = Why::new("posting_reversed", rule.clone(), &clauses);
        run.why.push(why.with("posting", id));
        let what = Planned::Reversal { of: *of, original: original.clone() };
        push(run, rule.clone(), &clauses, what);
    }
}

/// A quota of one account, or of one for each item of a list.
fn limited(
    run: &mut Run<'_>,
    action: &Action,
    id: &str,
    each: Option<&Expr>,
    (map, at_most): (&BTreeMap<String, Expr>, &Expr),
) -> Result<(), Refusing> {
    let mut wanted = Vec::new();
    match each.map(|each| each.eval(&run.view)) {
        None => wanted.push((names_of(map, &run.view), at_most.eval(&run.view))),
        Some(Value::List(items)) => {
            for item in items.into_iter().take(MOST_ITEMS) {
                let own = BTreeMap::from([("item".to_owned(), item)]);
                let scope = (&own, &run.view);
                wanted.push((names_of(map, &scope), at_most.eval(&scope)));
            }
        }
        Some(_) => {}
    }
    for (names, most) in wanted {
        account(run, action, id, names, |account| limit_of(account, &most))?;
    }
    Ok(())
}

/// The names of an account's path as the facts give them.
fn names_of(map: &BTreeMap<String, Expr>, scope: &dyn Scope) -> BTreeMap<String, Option<String>> {
    map.iter().map(|(name, expr)| (name.clone(), key_of(&expr.eval(scope)))).collect()
}

/// An effect on one account, named by its rule and the names of its path.
fn account(
    run: &mut Run<'_>,
    action: &Action,
    id: &str,
    names: BTreeMap<String, Option<String>>,
    what: impl FnOnce(NewAccount) -> Result<Planned, Refused>,
) -> Result<(), Refusing> {
    let release = run.release;
    let Some(found) = release.chart.rules.iter().find(|rule| rule.id == id) else { return Ok(()) };
    let rule = format!("{}/account/{id}", action.id);
    let planned = named(run, found, names).and_then(what);
    let planned = planned
        .map_err(|refused| Box::new(refusal(run, action, &rule, &found.clause, &refused)))?;
    let (code, path) = match &planned {
        Planned::Limit { account, .. } => ("account_limited", account.account.path.to_string()),
        Planned::Close { path } => ("account_closed", path.to_string()),
        _ => return Ok(()),
    };
    run.why.push(Why::new(code, rule.clone(), &found.clause).with("account", path));
    push(run, rule, &found.clause, planned);
    Ok(())
}

fn named(
    run: &Run<'_>,
    rule: &AccountRule,
    names: BTreeMap<String, Option<String>>,
) -> Result<NewAccount, Refused> {
    let mut path = rule.path.source().to_owned();
    let mut part = None;
    for (name, word) in names {
        let word =
            word.ok_or_else(|| Refused::about(ledger::Code::VariableMissing, name.as_str()))?;
        let word = Key::try_new(&word)?;
        path = path.replace(&format!("{{{name}}}"), word.as_str());
        if name == "part" {
            part = Some(word);
        }
    }
    let commodity = match part {
        Some(part) if run.facts.tracked(part.as_str()) => Commodity::Serials(part),
        Some(part) => Commodity::Pieces(part),
        None => Commodity::Fen,
    };
    let limits = Limits { negative: rule.negative, at_most: rule.at_most };
    let path = Path::try_new(&path)?;
    let owner = rule.owner_of(&path);
    Ok(NewAccount { account: Account { path, commodity, limits }, owner })
}

/// Money rounds to the fen; pieces are whole.
fn limit_of(account: NewAccount, most: &Value) -> Result<Planned, Refused> {
    let about = || Refused::about(ledger::Code::LimitNegative, account.account.path.as_str());
    let at_most = match most {
        Value::Null => None,
        Value::Money(fen) => Some(base::Money::try_from_fen(*fen).ok_or_else(about)?.0),
        Value::Number(count) => Some(count.to_i64().ok_or_else(about)?),
        _ => return Err(about()),
    };
    if at_most.is_some_and(|most| most < 0) {
        return Err(about());
    }
    Ok(Planned::Limit { account, at_most })
}

fn refusal(
    run: &Run<'_>,
    action: &Action,
    rule: &str,
    clauses: &[String],
    refused: &Refused,
) -> crate::decision::Refusal {
    let Text { zh, en } = refused.sentence();
    let mut answer = refuse::refusal("posting-refused", &run.case, &action.id, Text::new(zh, en));
    answer.remedy = crate::settle::remedy(refused.code);
    answer.grade = Some(rulebook::model::Grade::Block);
    answer.by(rule, clauses)
}
