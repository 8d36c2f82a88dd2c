//! Reads decision models of the OMG's DMN 1.x (`*.dmn`): tables become our CSV with sidecar,
//! formulas our expressions. What has no counterpart here is said construct by construct, with the
//! line in the file; nothing is guessed.

mod cells;
mod inline;
mod spell;
mod table;
mod types;
mod xml;

pub use spell::identifier;
pub use table::Draft;

use crate::expr::{Expr, ExprError, Type};
use base::Text;
use spell::Names;
use std::collections::BTreeMap;
use xml::Element;

/// A decision model.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its name as written.
    pub name: String,
    /// What it asks for, under the names our expressions use.
    pub inputs: BTreeMap<String, Type>,
    /// What it decides, in the order of the file.
    pub decisions: Vec<Decision>,
}

/// A decision of a model.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Its name as written.
    pub name: String,
    /// The name by which expressions read its result.
    pub id: String,
    /// What it gives.
    pub kind: Type,
    /// Its line in the file, from 1.
    pub line: u32,
    /// How it decides, or why that cannot be said here.
    pub logic: Result<Logic, Cannot>,
}

/// How a decision decides.
#[derive(Debug, Clone)]
pub enum Logic {
    /// By a formula.
    Formula(Expr),
    /// By a decision table.
    Table(Box<Draft>),
}

/// A construct without a counterpart here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cannot {
    /// That of the expression's finding, or `dmn-construct`.
    pub code: &'static str,
    /// The line in the file, from 1.
    pub line: u32,
    /// What it is and what would be right.
    pub sentence: Text,
}

impl Cannot {
    fn new(line: u32, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::because(line, Text::new(zh, en))
    }

    fn because(line: u32, sentence: Text) -> Self {
        Self { code: "dmn-construct", line, sentence }
    }

    fn of_expression(line: u32, error: &ExprError) -> Self {
        Self { code: error.code, line, sentence: error.sentence.clone() }
    }
}

/// What all parts of a model need to know of the whole.
struct Context {
    names: Names,
    functions: BTreeMap<String, inline::Function>,
}

impl Context {
    /// A formula of the file in the spelling of our expressions.
    fn formula(&self, text: &str, line: u32) -> Result<String, Cannot> {
        let spelled = self.names.respell(text).map_err(|why| Cannot::because(line, why))?;
        inline::inline(&spelled, &self.functions).map_err(|why| Cannot::because(line, why))
    }

    /// The formula of a `literalExpression`, or of anything that holds one `text`.
    fn text_of(&self, element: Element<'_, '_>) -> Result<String, Cannot> {
        let line = xml::line(element);
        let text = xml::child(element, "text").map(|text| xml::text(text).to_owned());
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => self.formula(text.trim(), line),
            None => Err(Cannot::new(line, "这里没有写公式", "no formula is written here")),
        }
    }

    fn logic(&self, decision: Element<'_, '_>, id: &str) -> Result<Logic, Cannot> {
        let Some(body) = decision.children().find(|c| BODIES.contains(&c.tag_name().name())) else {
            let line = xml::line(decision);
            return Err(Cannot::new(line, "决策没有逻辑", "the decision has no logic"));
        };
        match body.tag_name().name() {
            "literalExpression" => Self::formula_at(&self.text_of(body)?, body).map(Logic::Formula),
            "list" => {
                let items = body.children().filter(Element::is_element);
                let texts = items.map(|item| self.text_of(item)).collect::<Result<Vec<_>, _>>()?;
                Self::formula_at(&format!("[{}]", texts.join(", ")), body).map(Logic::Formula)
            }
            "decisionTable" => {
                let title = decision.attribute("name").unwrap_or_default();
                table::read(self, body, id, title).map(|draft| Logic::Table(Box::new(draft)))
            }
            other => Err(Cannot::new(
                xml::line(body),
                format!("读不了 {other}：这里只有公式和决策表；请改写成其中一种"),
                format!(
                    "{other} is not read: decisions here are formulas or decision tables; rewrite \
                     it as one of them"
                ),
            )),
        }
    }

    fn formula_at(text: &str, at: Element<'_, '_>) -> Result<Expr, Cannot> {
        let expr = Expr::parse(text);
        match expr.syntax_error() {
            None => Ok(expr),
            Some(error) => Err(Cannot::of_expression(xml::line(at), error)),
        }
    }
}

/// What a decision may hold as its logic.
const BODIES: [&str; 12] = [
    "literalExpression",
    "decisionTable",
    "list",
    "context",
    "relation",
    "invocation",
    "functionDefinition",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
];

/// Reads a model. Only a file that is no DMN at all fails as a whole.
pub fn read(text: &str) -> Result<Model, Cannot> {
    let document = xml::parse(text)?;
    let root = document.root_element();
    if root.tag_name().name() != "definitions" {
        let found = root.tag_name().name();
        return Err(Cannot::new(
            xml::line(root),
            format!("不是 DMN 文件：最外层应是 definitions，却是 {found}"),
            format!("this is no DMN file: its root should be definitions, not {found}"),
        ));
    }
    let names = Names::of(root);
    let functions = inline::functions(root, &names);
    let known = types::Types::of(root);
    let name_of =
        |element: Element<'_, '_>| element.attribute("name").unwrap_or_default().to_owned();
    let variable = |element: Element<'_, '_>| {
        let variable = xml::child(element, "variable");
        known.of_reference(variable.and_then(|v| v.attribute("typeRef")))
    };
    let context = Context { names, functions };
    let inputs = xml::children(root, "inputData").map(|i| (identifier(&name_of(i)), variable(i)));
    let inputs = inputs.collect();
    let decisions = xml::children(root, "decision")
        .map(|decision| {
            let name = name_of(decision);
            let id = identifier(&name);
            let logic = context.logic(decision, &id);
            let line = xml::line(decision);
            Decision { id, line, logic, kind: variable(decision), name }
        })
        .collect();
    Ok(Model { name: name_of(root), inputs, decisions })
}
