//! What the parser makes of an expression.

use super::Value;
use super::builtin::Builtin;

/// A node with the byte offset where it begins; for an operator, where the operator stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub at: usize,
    pub kind: Kind,
}

impl Node {
    /// Where its text begins.
    pub fn start(&self) -> usize {
        match &self.kind {
            Kind::Field(left, _)
            | Kind::Filter(left, _)
            | Kind::Index(left, _)
            | Kind::And(left, _)
            | Kind::Or(left, _)
            | Kind::Arith(_, left, _)
            | Kind::Compare(_, left, _)
            | Kind::Between(left, _, _)
            | Kind::In(left, _) => left.start(),
            _ => self.at,
        }
    }

    /// The nodes directly below.
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Literal(_) | Kind::Name(_) => Vec::new(),
            Kind::Field(a, _) | Kind::Neg(a) | Kind::Not(a) | Kind::IsNull(a) => vec![a],
            Kind::Filter(a, b)
            | Kind::Index(a, b)
            | Kind::And(a, b)
            | Kind::Or(a, b)
            | Kind::Arith(_, a, b)
            | Kind::Compare(_, a, b)
            | Kind::Quantified { list: a, holds: b, .. } => vec![a, b],
            Kind::Between(a, b, c) | Kind::If(a, b, c) => vec![a, b, c],
            Kind::List(items) | Kind::Call(_, items) => items.iter().collect(),
            Kind::In(a, tests) => {
                let asked = tests.iter().flat_map(|test| match test {
                    Test::Member(node) | Test::Compare(_, node) => vec![node],
                    Test::Range { low, high, .. } => vec![low, high],
                });
                std::iter::once(&**a).chain(asked).collect()
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Literal(Value),
    /// A fact of the scope, or a name bound by `some`, `every` or a filter (`item`).
    Name(String),
    Field(Box<Node>, String),
    /// `list[condition over item]`.
    Filter(Box<Node>, Box<Node>),
    /// `list[1]`, counted from 1, from the end when negative.
    Index(Box<Node>, Box<Node>),
    List(Vec<Node>),
    Neg(Box<Node>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Arith(Arith, Box<Node>, Box<Node>),
    Compare(Compare, Box<Node>, Box<Node>),
    /// `x = null` asks whether a fact is missing; every other comparison with it is null.
    IsNull(Box<Node>),
    Between(Box<Node>, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Test>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Quantified {
        every: bool,
        name: String,
        list: Box<Node>,
        holds: Box<Node>,
    },
    Call(&'static Builtin, Vec<Node>),
}

/// What stands behind `in`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// A list whose member, or a value that, it must be.
    Member(Node),
    /// `(> 5)`.
    Compare(Compare, Node),
    /// `[a..b)`.
    Range { low: Node, low_in: bool, high: Node, high_in: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arith {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
}

impl Arith {
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Pow => "**",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Compare {
    pub fn of(sign: &str) -> Option<Self> {
        Some(match sign {
            "=" => Self::Eq,
            "!=" => Self::Ne,
            "<" => Self::Lt,
            "<=" => Self::Le,
            ">" => Self::Gt,
            ">=" => Self::Ge,
            _ => return None,
        })
    }

    pub const fn sign(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    pub const fn is_order(self) -> bool {
        !matches!(self, Self::Eq | Self::Ne)
    }
}
