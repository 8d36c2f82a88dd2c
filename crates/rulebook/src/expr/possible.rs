//! What a condition can come out as while only some facts are known: the checker's question whether
//! an action can ever be done.
//!
//! The answer errs on one side only: what is called impossible is impossible.

use super::ast::{Compare, Kind, Node, Test};
use super::eval::{Env, truth};
use super::paths::{chain, paths};
use super::{Expr, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What is known of a fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Known {
    /// Its value; [`Value::Null`] when it is certainly missing.
    Is(Value),
    /// It is there, its value is not known.
    There,
    /// Nothing.
    Open,
}

/// A fact by its path.
pub(crate) type Path = Vec<String>;

/// Ways a condition can come out: yes, no, and neither because a fact is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcomes(u8);

impl Outcomes {
    const YES: Self = Self(1);
    const NO: Self = Self(2);
    const MISSING: Self = Self(4);
    const EITHER: Self = Self(3);
    const ALL: Self = Self(7);

    /// Whether it can hold.
    pub const fn may_hold(self) -> bool {
        self.0 & Self::YES.0 != 0
    }

    /// Whether it holds whatever else is so.
    pub const fn holds(self) -> bool {
        self.0 == Self::YES.0
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }

    const fn of(truth: Option<bool>) -> Self {
        match truth {
            Some(true) => Self::YES,
            Some(false) => Self::NO,
            None => Self::MISSING,
        }
    }

    const fn not(self) -> Self {
        let kept = Self(self.0 & Self::MISSING.0);
        kept.with(Self::NO, self.has(Self::YES)).with(Self::YES, self.has(Self::NO))
    }

    const fn and(self, other: Self) -> Self {
        let passes = Self(Self::YES.0 | Self::MISSING.0);
        let missing = (self.has(Self::MISSING) && other.has(passes))
            || (other.has(Self::MISSING) && self.has(passes));
        Self(0)
            .with(Self::YES, self.has(Self::YES) && other.has(Self::YES))
            .with(Self::NO, self.has(Self::NO) || other.has(Self::NO))
            .with(Self::MISSING, missing)
    }

    const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

impl Expr {
    /// How it can come out; anything, when it cannot be read.
    pub(crate) fn outcomes(&self, known: &dyn Fn(&[String]) -> Known) -> Outcomes {
        self.0.tree.as_ref().map_or(Outcomes::ALL, |tree| outcomes(tree, known))
    }

    /// The facts it only compares with constants, with these constants: `data.kind = "a"` gives
    /// `data.kind` and `"a"`. A fact it uses in another way stands there without constants.
    pub(crate) fn compared(&self, found: &mut BTreeMap<Path, Compared>) {
        if let Ok(tree) = &self.0.tree {
            as_condition(tree, found);
        }
    }
}

fn outcomes(node: &Node, known: &dyn Fn(&[String]) -> Known) -> Outcomes {
    if let Some(sure) = concrete(node, known) {
        return sure;
    }
    match &node.kind {
        Kind::And(a, b) => outcomes(a, known).and(outcomes(b, known)),
        Kind::Or(a, b) => outcomes(a, known).or(outcomes(b, known)),
        Kind::Not(a) => outcomes(a, known).not(),
        Kind::If(when, yes, no) => {
            let asked = outcomes(when, known);
            let otherwise = asked.has(Outcomes(Outcomes::NO.0 | Outcomes::MISSING.0));
            let nothing = Outcomes(0);
            nothing
                .with(outcomes(yes, known), asked.may_hold())
                .with(outcomes(no, known), otherwise)
        }
        Kind::IsNull(asked) => is_missing(asked, known),
        Kind::Call(builtin, asked) if builtin.name == "is_null" => {
            asked.first().map_or(Outcomes::ALL, |asked| is_missing(asked, known))
        }
        _ => Outcomes::ALL,
    }
}

fn is_missing(asked: &Node, known: &dyn Fn(&[String]) -> Known) -> Outcomes {
    match chain(asked).map(|path| known(&path)) {
        Some(Known::There) => Outcomes::NO,
        _ => Outcomes::EITHER,
    }
}

/// How it comes out when every fact it reads is known.
fn concrete(node: &Node, known: &dyn Fn(&[String]) -> Known) -> Option<Outcomes> {
    let mut facts = Value::Record(BTreeMap::new());
    for path in paths(node) {
        let Known::Is(value) = known(&path) else { return None };
        put(&mut facts, &path, value);
    }
    Some(Outcomes::of(truth(node, Env::new(&facts))))
}

fn put(into: &mut Value, path: &[String], value: Value) {
    let Some((name, rest)) = path.split_first() else {
        *into = value;
        return;
    };
    if !matches!(into, Value::Record(_)) {
        *into = Value::Record(BTreeMap::new());
    }
    if let Value::Record(fields) = into {
        put(fields.entry(name.clone()).or_default(), rest, value);
    }
}

/// What a fact is compared with, and how often it is read.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    constants: Vec<Value>,
    /// Whether it is used in another way too: then no value stands for all others.
    otherwise: bool,
    /// How often it is read.
    pub times: usize,
}

impl Compared {
    /// Values so chosen that whatever the fact is, one of them comes out alike everywhere; `None`
    /// when there are no such values.
    pub fn values(&self) -> Option<Vec<Known>> {
        if self.otherwise {
            return None;
        }
        let mut values = vec![Value::Null];
        match self.constants.first() {
            None => return Some(vec![Known::Is(Value::Null), Known::There]),
            Some(Value::Bool(_)) => values.extend([true, false].map(Value::Bool)),
            Some(Value::Text(_)) => {
                values.extend(self.constants.iter().cloned());
                values.push(Value::Text("\u{0}".into()));
            }
            Some(Value::Number(_)) => values.extend(self.around(Value::Number)),
            Some(Value::Money(_)) => values.extend(self.around(Value::Money)),
            Some(_) => return None,
        }
        let same = |one: &Value| one.is_null() || self.constants.iter().all(|c| same_kind(c, one));
        values.iter().all(same).then(|| values.into_iter().map(Known::Is).collect())
    }

    /// Each constant, what lies between two of them, below and above all.
    fn around(&self, make: fn(Decimal) -> Value) -> Vec<Value> {
        let number = |value: &Value| match value {
            Value::Number(n) | Value::Money(n) => Some(*n),
            _ => None,
        };
        let mut numbers: Vec<Decimal> = self.constants.iter().filter_map(number).collect();
        numbers.sort();
        numbers.dedup();
        let mut around = Vec::new();
        if let (Some(first), Some(last)) = (numbers.first(), numbers.last()) {
            around.extend([first.saturating_sub(1.into()), last.saturating_add(1.into())]);
        }
        let half = |pair: &[Decimal]| pair[0].saturating_add((pair[1] - pair[0]) / Decimal::TWO);
        around.extend(numbers.windows(2).map(half));
        around.extend(numbers);
        around.into_iter().map(make).collect()
    }
}

fn same_kind(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn as_condition(node: &Node, found: &mut BTreeMap<Path, Compared>) {
    match &node.kind {
        Kind::And(a, b) | Kind::Or(a, b) => {
            as_condition(a, found);
            as_condition(b, found);
        }
        Kind::Not(a) => as_condition(a, found),
        Kind::If(when, yes, no) => {
            for node in [when, yes, no] {
                as_condition(node, found);
            }
        }
        Kind::IsNull(a) => simple(a, &[], false, found),
        Kind::Call(builtin, asked) if builtin.name == "is_null" && asked.len() == 1 => {
            simple(&asked[0], &[], false, found);
        }
        Kind::Compare(compare, a, b) => {
            let (fact, constant) = if constant(a).is_some() { (b, a) } else { (a, b) };
            simple(fact, &[constant], compare.is_order(), found);
        }
        Kind::Between(a, low, high) => simple(a, &[low, high], true, found),
        Kind::In(a, tests) => {
            let mut constants = Vec::new();
            let mut ordered = false;
            for test in tests {
                match test {
                    Test::Member(node) => match &node.kind {
                        Kind::List(items) => constants.extend(items),
                        _ => constants.push(node),
                    },
                    Test::Compare(compare, node) => {
                        ordered |= !matches!(compare, Compare::Eq | Compare::Ne);
                        constants.push(node);
                    }
                    Test::Range { low, high, .. } => {
                        ordered = true;
                        constants.extend([low, high]);
                    }
                }
            }
            simple(a, &constants, ordered, found);
        }
        Kind::Name(_) | Kind::Field(..) => {
            if let Some(path) = chain(node) {
                let entry = found.entry(path).or_default();
                entry.times += 1;
                entry.constants.push(Value::Bool(true));
            }
        }
        _ => in_another_way(node, found),
    }
}

fn constant(node: &Node) -> Option<Value> {
    match &node.kind {
        Kind::Literal(value) if !value.is_null() => Some(value.clone()),
        Kind::Neg(inner) => match constant(inner)? {
            Value::Number(n) => Some(Value::Number(-n)),
            Value::Money(n) => Some(Value::Money(-n)),
            _ => None,
        },
        _ => None,
    }
}

/// A fact compared with constants; `ordered` by more and less, which no list of texts stands for.
fn simple(fact: &Node, constants: &[&Node], ordered: bool, found: &mut BTreeMap<Path, Compared>) {
    let values: Option<Vec<Value>> = constants.iter().map(|node| constant(node)).collect();
    let texts = |values: &[Value]| values.iter().any(|value| matches!(value, Value::Text(_)));
    match (chain(fact), values) {
        (Some(path), Some(values)) if !(ordered && texts(&values)) => {
            let entry = found.entry(path).or_default();
            entry.times += 1;
            entry.constants.extend(values);
        }
        _ => {
            in_another_way(fact, found);
            for node in constants {
                in_another_way(node, found);
            }
        }
    }
}

fn in_another_way(node: &Node, found: &mut BTreeMap<Path, Compared>) {
    for path in paths(node) {
        let entry = found.entry(path).or_default();
        entry.times += 1;
        entry.otherwise = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, facts: &[(&str, Known)], may: bool, must: bool) {
        let known = |path: &[String]| {
            let path = path.join(".");
            let found = facts.iter().find(|(name, _)| *name == path);
            found.map_or(Known::Open, |(_, known)| known.clone())
        };
        let out = Expr::parse(source).outcomes(&known);
        assert_eq!((out.may_hold(), out.holds()), (may, must), "{source}");
    }

    #[test]
    fn what_is_known_decides_and_the_rest_stays_open() {
        let at =
            |state: &str| [("case.tracks.parts", Known::Is(Value::Text(base::Word::read(state))))];
        check("case.tracks.parts = \"idle\"", &at("idle"), true, true);
        check("case.tracks.parts = \"idle\"", &at("waiting"), false, false);
        check("case.tracks.parts = \"idle\" and data.x > 3", &at("waiting"), false, false);
        check("case.tracks.parts = \"idle\" and data.x > 3", &at("idle"), true, false);
        check("case.tracks.parts = \"idle\" or data.x > 3", &at("waiting"), true, false);
        check("case.tracks.parts in [\"idle\", \"issued\"]", &at("waiting"), false, false);
        check("not(case.tracks.parts = \"idle\")", &at("waiting"), true, true);
        check("if case.tracks.parts = \"idle\" then data.x else false", &at("w"), false, false);
        check("1 = 2", &[], false, false);
        check("data.x = null", &[("data.x", Known::There)], false, false);
        check("data.x != null", &[("data.x", Known::There)], true, true);
        check("data.x > 3", &[("data.x", Known::Is(Value::Null))], false, false);
        check("count(data.rows) > 0", &[("data.rows", Known::There)], true, false);
    }

    #[test]
    fn values_stand_for_all_others() {
        let values = |source: &str, fact: &str| {
            let mut found = BTreeMap::new();
            Expr::parse(source).compared(&mut found);
            let path: Path = fact.split('.').map(str::to_owned).collect();
            found[&path].values().map(|values| values.len())
        };
        assert_eq!(values("data.a = \"x\" or data.a = \"y\"", "data.a"), Some(5 - 1));
        assert_eq!(values("data.n > 3 and data.n <= 5", "data.n"), Some(1 + 5));
        assert_eq!(values("data.ok", "data.ok"), Some(3));
        assert_eq!(values("data.a = null", "data.a"), Some(2));
        assert_eq!(values("data.a = \"x\" and contains(data.a, \"x\")", "data.a"), None);
        assert_eq!(values("data.a > \"x\"", "data.a"), None);
    }
}
