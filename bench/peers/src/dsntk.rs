//! `dsntk-model-evaluator`: the table as a DMN 1.3 model.

use crate::cells::{Column, INPUTS, rows};
use crate::{Answer, Engine, Failed, parts, stopwatch, version};
use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value as Feel;
use dsntk_feel::{FeelNumber, Name};
use dsntk_model_evaluator::ModelEvaluator;
use rulebook::expr::Value;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

const NAMESPACE: &str = "https://sanbao.example/bench";
const NAME: &str = "coverage";

/// A model of one decision.
pub struct Dsntk {
    model: Arc<ModelEvaluator>,
    facts: Vec<FeelContext>,
}

impl Dsntk {
    /// Reads the table.
    pub fn read() -> Result<Self, Failed> {
        let definitions = dsntk_model::parse(&dmn()).map_err(|error| error.to_string())?;
        let model = ModelEvaluator::new(&[definitions]).map_err(|error| error.to_string())?;
        let facts = parts::facts(parts::PARTS);
        let context = |facts: &parts::Facts| {
            let mut context = FeelContext::new();
            for (name, value) in facts {
                context.set_entry(&Name::from(name), feel(value));
            }
            context
        };
        Ok(Self { model, facts: facts.iter().map(context).collect() })
    }

    fn ask(&self, facts: &FeelContext) -> Feel {
        self.model.evaluate_invocable(NAMESPACE, NAME, NAME, facts)
    }
}

impl Engine for Dsntk {
    fn name(&self) -> String {
        format!("`dsntk-model-evaluator` {}", version("dsntk-model-evaluator"))
    }

    fn how(&self) -> String {
        "a DMN 1.3 model of one decision, parsed and built before".to_owned()
    }

    fn answer(&self, fact: usize) -> Result<Answer, Failed> {
        let said = self.ask(&self.facts[fact]);
        if let Feel::Context(outputs) = &said {
            let output = |name: &str| outputs.get_entry(&Name::from(name));
            if let (Some(Feel::Boolean(covered)), Some(Feel::String(remedy))) =
                (output("covered"), output("remedy"))
            {
                return Ok((*covered, remedy.clone()));
            }
        }
        Err(format!("fact {fact}: {said}").into())
    }

    fn run(&self, span: Duration) -> (u64, Duration) {
        let mut next = self.facts.iter().cycle();
        stopwatch::repeated(span, || {
            let facts = next.next().expect("a cycle does not end");
            let _ = black_box(self.ask(black_box(facts)));
        })
    }
}

/// The table as a file of DMN. What a column asks that is no fact as it stands is a decision before
/// it, made once and not anew for each row.
fn dmn() -> String {
    let mut xml = format!(
        "<definitions namespace=\"{NAMESPACE}\" name=\"{NAME}\" id=\"_model\" \
         xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\">\n"
    );
    for Column { name, fact, .. } in &INPUTS {
        let _ = writeln!(
            xml,
            "<inputData name=\"{name}\" id=\"_{name}\">\
             <variable typeRef=\"{fact}\" name=\"{name}\" id=\"_value_{name}\"/></inputData>"
        );
    }
    for Column { name, feel, asked, .. } in INPUTS.iter().filter(|column| !column.is_plain()) {
        let _ = writeln!(
            xml,
            "<decision name=\"asks_{name}\" id=\"_decides_{name}\">\
             <variable typeRef=\"{asked}\" name=\"asks_{name}\" id=\"_decided_{name}\"/>\
             <informationRequirement id=\"_takes_{name}\"><requiredInput href=\"#_{name}\"/>\
             </informationRequirement><literalExpression id=\"_says_{name}\"><text>{}</text>\
             </literalExpression></decision>",
            escaped(feel)
        );
    }
    table(&mut xml);
    xml.push_str("</definitions>\n");
    xml
}

fn table(xml: &mut String) {
    let _ = writeln!(
        xml,
        "<decision name=\"{NAME}\" id=\"_decision\"><variable name=\"{NAME}\" id=\"_given\"/>"
    );
    for column in &INPUTS {
        let name = column.name;
        let required = if column.is_plain() {
            format!("<requiredInput href=\"#_{name}\"/>")
        } else {
            format!("<requiredDecision href=\"#_decides_{name}\"/>")
        };
        let _ = writeln!(
            xml,
            "<informationRequirement id=\"_needs_{name}\">{required}</informationRequirement>"
        );
    }
    xml.push_str("<decisionTable hitPolicy=\"FIRST\" id=\"_table\">\n");
    for column in &INPUTS {
        let Column { name, asked, .. } = column;
        let _ = writeln!(
            xml,
            "<input id=\"_asks_{name}\"><inputExpression typeRef=\"{asked}\"><text>{}</text>\
             </inputExpression></input>",
            if column.is_plain() { (*name).to_owned() } else { format!("asks_{name}") }
        );
    }
    for (name, kind) in [("covered", "boolean"), ("remedy", "string")] {
        let _ = writeln!(xml, "<output id=\"_gives_{name}\" name=\"{name}\" typeRef=\"{kind}\"/>");
    }
    for (nth, row) in rows().iter().enumerate() {
        let _ = write!(xml, "<rule id=\"_row_{nth}\">");
        for (column, cell) in row.cells.iter().enumerate() {
            let cell = if cell.is_empty() { "-" } else { cell };
            let _ = write!(
                xml,
                "<inputEntry id=\"_row_{nth}_{column}\"><text>{}</text></inputEntry>",
                escaped(cell)
            );
        }
        for (name, cell) in [("covered", &row.covered), ("remedy", &row.remedy)] {
            let _ = write!(
                xml,
                "<outputEntry id=\"_row_{nth}_{name}\"><text>{}</text></outputEntry>",
                escaped(cell)
            );
        }
        xml.push_str("</rule>\n");
    }
    xml.push_str("</decisionTable></decision>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn feel(value: &Value) -> Feel {
    match value {
        Value::Text(text) => Feel::String(text.as_str().to_owned()),
        Value::Bool(yes) => Feel::Boolean(*yes),
        Value::List(items) => Feel::List(items.iter().map(feel).collect()),
        number => {
            let whole: i64 = number.to_string().parse().expect("the rest are whole numbers");
            Feel::Number(FeelNumber::from(whole))
        }
    }
}
