//! From tokens to a tree. Loosest first: `or`, `and`, comparisons, sums, products, powers, minus,
//! postfix. The grammar is written down in `docs/rulebook/expressions.md`.

mod limits;
mod membership;
mod mistakes;

use crate::expr::ast::{Arith, Compare, Kind, Node};
use crate::expr::lex::{Token, lex};
use crate::expr::{ExprError, Value, builtin, paths, suggest};
use mistakes::{range_alone, too_large, two_readings};

/// Larger expressions are refused, so that reading and evaluating one always fits the stack.
const MAX_NODES: usize = 500;
const MAX_DEPTH: usize = 48;
/// Walks over lists inside each other: each level multiplies the work by the length of its list.
const MAX_WALKS: usize = 3;

pub(in crate::expr) const KEYWORDS: [&str; 15] = [
    "and",
    "or",
    "not",
    "in",
    "between",
    "if",
    "then",
    "else",
    "some",
    "every",
    "satisfies",
    "true",
    "false",
    "null",
    "function",
];

pub(in crate::expr) fn parse(source: &str) -> Result<Node, ExprError> {
    let tokens = lex(source)?;
    let mut parser = Parser { tokens, next: 0, nodes: 0, depth: 0, pending: None };
    let node = parser.expression()?;
    match parser.peek() {
        Token::End => limits::walks(&node, MAX_WALKS).map(|()| node),
        _ => Err(parser.after_the_end()),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    nodes: usize,
    depth: usize,
    /// A list behind `in` that was no range: the first part of what is read next.
    pending: Option<Node>,
}

type Parsed = Result<Node, ExprError>;

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)].1
    }

    fn at(&self) -> usize {
        self.tokens[self.next.min(self.tokens.len() - 1)].0
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(w) if w == word)
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(s) if *s == sign)
    }

    fn accept_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    fn accept_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.next += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str, zh: &str, en: &str) -> Result<(), ExprError> {
        if self.accept_word(word) { Ok(()) } else { Err(self.expected(word, zh, en)) }
    }

    fn expect_sign(&mut self, sign: &str, zh: &str, en: &str) -> Result<(), ExprError> {
        if self.accept_sign(sign) { Ok(()) } else { Err(self.expected(sign, zh, en)) }
    }

    fn expected(&self, what: &str, zh: &str, en: &str) -> ExprError {
        let (found_zh, found_en) = self.peek().show();
        ExprError::new(
            "expr-syntax",
            self.at(),
            format!("{zh}，应写 `{what}`，这里却是{found_zh}"),
            format!("{en}: `{what}` should stand here, not {found_en}"),
        )
    }

    fn node(&mut self, at: usize, kind: Kind) -> Parsed {
        self.nodes += 1;
        if self.nodes > MAX_NODES { Err(too_large(at)) } else { Ok(Node { at, kind }) }
    }

    fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_large(self.at()));
        }
        let node = match self.peek() {
            _ if self.pending.is_some() => self.or(),
            Token::Word(word) if word == "if" => self.conditional(),
            Token::Word(word) if word == "some" || word == "every" => self.quantified(),
            _ => self.or(),
        };
        self.depth -= 1;
        node
    }

    fn conditional(&mut self) -> Parsed {
        let at = self.at();
        self.take();
        let condition = self.expression()?;
        self.expect_word("then", "if 的条件之后", "behind the condition of `if`")?;
        let yes = self.expression()?;
        self.expect_word("else", "if 必须有 else", "an `if` needs its `else`")?;
        let no = self.expression()?;
        self.node(at, Kind::If(Box::new(condition), Box::new(yes), Box::new(no)))
    }

    fn quantified(&mut self) -> Parsed {
        let at = self.at();
        let every = self.take() == Token::Word("every".into());
        let name = self.name("some/every 之后", "behind some/every")?;
        self.expect_word("in", "some/every 的名字之后", "behind the name of some/every")?;
        let list = self.sum()?;
        self.expect_word("satisfies", "some/every 的列表之后", "behind the list of some/every")?;
        let holds = Box::new(self.expression()?);
        self.node(at, Kind::Quantified { every, name, list: Box::new(list), holds })
    }

    fn name(&mut self, zh: &str, en: &str) -> Result<String, ExprError> {
        match self.peek() {
            Token::Word(word) if !KEYWORDS.contains(&word.as_str()) => {
                let word = word.clone();
                self.next += 1;
                Ok(word)
            }
            other => {
                let (found_zh, found_en) = other.show();
                Err(ExprError::new(
                    "expr-syntax",
                    self.at(),
                    format!("{zh}应写一个名称，这里却是{found_zh}"),
                    format!("a name should stand {en}, not {found_en}"),
                ))
            }
        }
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        while self.is_word("or") {
            let at = self.at();
            self.take();
            let right = self.and()?;
            left = self.node(at, Kind::Or(Box::new(left), Box::new(right)))?;
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.comparison()?;
        while self.is_word("and") {
            let at = self.at();
            self.take();
            let right = self.comparison()?;
            left = self.node(at, Kind::And(Box::new(left), Box::new(right)))?;
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let at = self.at();
        let node = match self.peek() {
            Token::Sign(sign) if let Some(compare) = Compare::of(sign) => {
                self.take();
                let right = self.sum()?;
                self.compare(at, compare, left, right)?
            }
            Token::Word(word) if word == "between" => {
                self.take();
                let low = self.sum()?;
                self.expect_word("and", "between 的下限之后", "behind the lower end of between")?;
                let high = self.sum()?;
                self.node(at, Kind::Between(Box::new(left), Box::new(low), Box::new(high)))?
            }
            Token::Word(word) if word == "in" => {
                self.take();
                let tests = self.tests()?;
                self.node(at, Kind::In(Box::new(left), tests))?
            }
            _ => return Ok(left),
        };
        if matches!(self.peek(), Token::Sign(sign) if Compare::of(sign).is_some()) {
            return Err(ExprError::new(
                "expr-syntax",
                self.at(),
                "比较不能连写，请写 `x between a and b`，或用 and 连接两个比较",
                "comparisons do not chain; write `x between a and b`, or join two with `and`",
            ));
        }
        Ok(node)
    }

    fn compare(&mut self, at: usize, compare: Compare, left: Node, right: Node) -> Parsed {
        let null = |node: &Node| node.kind == Kind::Literal(Value::Null);
        let asked = match (null(&left), null(&right)) {
            _ if compare.is_order() => None,
            (_, true) => Some(left.clone()),
            (true, false) => Some(right.clone()),
            (false, false) => None,
        };
        match asked {
            None => self.node(at, Kind::Compare(compare, Box::new(left), Box::new(right))),
            Some(node) => {
                let is_null = self.node(at, Kind::IsNull(Box::new(node)))?;
                match compare {
                    Compare::Eq => Ok(is_null),
                    _ => self.node(at, Kind::Not(Box::new(is_null))),
                }
            }
        }
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let arith = match self.peek() {
                Token::Sign("+") => Arith::Add,
                Token::Sign("-") => Arith::Sub,
                _ => return Ok(left),
            };
            let at = self.at();
            self.take();
            let right = self.product()?;
            left = self.node(at, Kind::Arith(arith, Box::new(left), Box::new(right)))?;
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.power()?;
        loop {
            let arith = match self.peek() {
                Token::Sign("*") => Arith::Mul,
                Token::Sign("/") => Arith::Div,
                _ => return Ok(left),
            };
            let at = self.at();
            self.take();
            let right = self.power()?;
            left = self.node(at, Kind::Arith(arith, Box::new(left), Box::new(right)))?;
        }
    }

    /// Two readings of one text are refused, as people differ over them: `-2 ** 2`, `2 ** 3 ** 2`.
    fn power(&mut self) -> Parsed {
        let minus = self.pending.is_none() && self.is_sign("-");
        let base = self.unary()?;
        let at = self.at();
        if !self.is_sign("**") {
            return Ok(base);
        }
        if minus {
            return Err(two_readings(at));
        }
        self.take();
        let exponent = self.unary()?;
        if self.is_sign("**") {
            return Err(two_readings(self.at()));
        }
        self.node(at, Kind::Arith(Arith::Pow, Box::new(base), Box::new(exponent)))
    }

    fn unary(&mut self) -> Parsed {
        if let Some(list) = self.pending.take() {
            return self.postfix(list);
        }
        if !self.is_sign("-") {
            let primary = self.primary()?;
            return self.postfix(primary);
        }
        self.depth += 1;
        let at = self.at();
        if self.depth > MAX_DEPTH {
            return Err(too_large(at));
        }
        self.take();
        let inner = self.unary()?;
        self.depth -= 1;
        self.node(at, Kind::Neg(Box::new(inner)))
    }

    fn postfix(&mut self, mut node: Node) -> Parsed {
        loop {
            let at = self.at();
            if self.accept_sign(".") {
                let name = self.name("`.` 之后", "behind `.`")?;
                node = self.node(at, Kind::Field(Box::new(node), name))?;
            } else if self.accept_sign("[") {
                let inner = self.expression()?;
                self.expect_sign("]", "筛选没有关上", "the filter is not closed")?;
                let (list, inner) = (Box::new(node), Box::new(inner));
                let filter = paths::mentions(&inner, "item");
                let kind =
                    if filter { Kind::Filter(list, inner) } else { Kind::Index(list, inner) };
                node = self.node(at, kind)?;
            } else {
                return Ok(node);
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        let at = self.at();
        match self.peek().clone() {
            Token::Literal(value) => {
                self.take();
                self.node(at, Kind::Literal(value))
            }
            Token::Sign("(") => {
                self.take();
                let inner = self.expression()?;
                if self.is_sign("..") {
                    return Err(range_alone(self.at()));
                }
                self.expect_sign(")", "括号没有关上", "the parenthesis is not closed")?;
                Ok(inner)
            }
            Token::Sign("[") => self.list(),
            Token::Word(word) => self.word(at, &word),
            Token::Sign("{") => Err(ExprError::new(
                "expr-syntax",
                at,
                "表达式里不能写记录 {…}，请直接读事实的字段，例如 form.cause",
                "records {…} are not written in expressions; read a field of a fact: form.cause",
            )),
            _ => Err(self.no_value()),
        }
    }

    fn list(&mut self) -> Parsed {
        let at = self.at();
        self.take();
        let mut items = Vec::new();
        while !self.is_sign("]") {
            items.push(self.expression()?);
            if self.is_sign("..") {
                return Err(range_alone(self.at()));
            }
            if !self.accept_sign(",") {
                break;
            }
        }
        self.expect_sign("]", "列表没有关上", "the list is not closed")?;
        self.node(at, Kind::List(items))
    }

    fn word(&mut self, at: usize, word: &str) -> Parsed {
        let literal = match word {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            "null" => Some(Value::Null),
            _ => None,
        };
        if let Some(value) = literal {
            self.take();
            return self.node(at, Kind::Literal(value));
        }
        if word == "not" {
            self.take();
            self.expect_sign(
                "(",
                "not 要带括号，例如 not(a = b)",
                "`not` takes parentheses, as in not(a = b)",
            )?;
            let inner = self.expression()?;
            self.expect_sign(")", "not 的括号没有关上", "the parenthesis of `not` is not closed")?;
            return self.node(at, Kind::Not(Box::new(inner)));
        }
        if matches!(word, "if" | "some" | "every") {
            return self.expression();
        }
        if KEYWORDS.contains(&word) {
            return Err(self.no_value());
        }
        self.take();
        if self.is_sign("(") { self.call(at, word) } else { self.node(at, Kind::Name(word.into())) }
    }

    fn call(&mut self, at: usize, name: &str) -> Parsed {
        let Some(builtin) = builtin::find(name) else {
            let known = builtin::builtins().iter().map(|b| b.name);
            let (zh, en) = suggest::nearest(name, known);
            return Err(ExprError::new(
                "expr-unknown-function",
                at,
                format!("没有函数 {name}{zh}"),
                format!("there is no function {name}{en}"),
            ));
        };
        self.take();
        let mut arguments = Vec::new();
        while !self.is_sign(")") {
            arguments.push(self.expression()?);
            if self.is_sign(":") {
                let signature = builtin.signature();
                return Err(ExprError::new(
                    "expr-arguments",
                    self.at(),
                    format!("参数按位置写，不写名字：{signature}"),
                    format!("arguments stand in their order, without names: {signature}"),
                ));
            }
            if !self.accept_sign(",") {
                break;
            }
        }
        self.expect_sign(")", "函数的括号没有关上", "the parenthesis of the call is not closed")?;
        builtin::count_fits(builtin, arguments.len(), at)?;
        self.node(at, Kind::Call(builtin, arguments))
    }

    fn no_value(&self) -> ExprError {
        let (zh, en) = self.peek().show();
        ExprError::new(
            "expr-syntax",
            self.at(),
            format!("这里应是一个值（数字、\"文字\"、事实名或括号），却是{zh}"),
            format!("a value should stand here (number, \"text\", name or parenthesis), not {en}"),
        )
    }

    /// Something stands behind a complete expression.
    fn after_the_end(&self) -> ExprError {
        let (mut zh, mut en) = (String::new(), String::new());
        match self.peek() {
            Token::Word(word) if word == "not" => {
                zh = "；“不在其中”请写 not(x in [...])".into();
                en = "; for \"not in\" write not(x in […])".into();
            }
            Token::Sign("..") => return range_alone(self.at()),
            _ => {}
        }
        let (found_zh, found_en) = self.peek().show();
        ExprError::new(
            "expr-syntax",
            self.at(),
            format!("表达式到此已经完整，后面多了{found_zh}；请用 and、or 或运算符连接{zh}"),
            format!(
                "the expression is complete here, {found_en} is too much; join with and, or or an \
                 operator{en}"
            ),
        )
    }
}
