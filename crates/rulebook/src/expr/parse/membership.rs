//! What stands behind `in`: a list, a range, or several tests in parentheses.

use super::Parser;
use crate::expr::ExprError;
use crate::expr::ast::{Compare, Kind, Node, Test};
use crate::expr::lex::Token;

impl Parser {
    pub(super) fn tests(&mut self) -> Result<Vec<Test>, ExprError> {
        if !self.is_sign("(") {
            return Ok(vec![self.test(false)?]);
        }
        self.take();
        let first = self.test(true)?;
        if let (Test::Member(low), true) = (&first, self.is_sign("..")) {
            return Ok(vec![self.range(low.clone(), false)?]);
        }
        let mut tests = vec![first];
        while self.accept_sign(",") {
            tests.push(self.test(true)?);
        }
        self.expect_sign(")", "in 的括号没有关上", "the parenthesis behind `in` is not closed")?;
        match (tests.pop(), tests.is_empty()) {
            // `(a)` may only be the beginning: `x in (a) + 1`.
            (Some(Test::Member(node)), true) => {
                self.member_from(node, false).map(|test| vec![test])
            }
            (last, _) => {
                tests.extend(last);
                Ok(tests)
            }
        }
    }

    /// One test. `inside` parentheses anything may stand as a member, else a sum.
    fn test(&mut self, inside: bool) -> Result<Test, ExprError> {
        if let Token::Sign(sign) = self.peek()
            && let Some(compare) = Compare::of(sign)
        {
            self.take();
            return Ok(Test::Compare(compare, self.sum()?));
        }
        if self.accept_sign("(") {
            let inner = self.expression()?;
            if self.is_sign("..") {
                return self.range(inner, false);
            }
            self.expect_sign(")", "括号没有关上", "the parenthesis is not closed")?;
            return self.member_from(inner, inside);
        }
        if !self.is_sign("[") {
            return self.member(inside);
        }
        let at = self.at();
        self.take();
        let mut items = Vec::new();
        while !self.is_sign("]") {
            let item = self.expression()?;
            if items.is_empty() && self.is_sign("..") {
                return self.range(item, true);
            }
            items.push(item);
            if !self.accept_sign(",") {
                break;
            }
        }
        self.expect_sign("]", "列表没有关上", "the list is not closed")?;
        let list = self.node(at, Kind::List(items))?;
        self.member_from(list, inside)
    }

    /// A member whose first part is read already.
    fn member_from(&mut self, first: Node, inside: bool) -> Result<Test, ExprError> {
        self.pending = Some(first);
        self.member(inside)
    }

    fn member(&mut self, inside: bool) -> Result<Test, ExprError> {
        Ok(Test::Member(if inside { self.expression()? } else { self.sum()? }))
    }

    /// The rest of a range, from `..` on.
    fn range(&mut self, low: Node, low_in: bool) -> Result<Test, ExprError> {
        self.take();
        let high = self.sum()?;
        let high_in = match self.peek() {
            Token::Sign("]") => true,
            Token::Sign(")") => false,
            _ => {
                return Err(self.expected(
                    "]",
                    "范围没有关上（含末端写 ]，不含写 )）",
                    "the range is not closed (] includes its end, ) does not)",
                ));
            }
        };
        self.take();
        Ok(Test::Range { low, low_in, high, high_in })
    }
}
