//! `zen-engine`: the table as a node of its decision graph, compiled and indexed.

use crate::cells::{INPUTS, rows};
use crate::{Answer, Engine, Failed, parts, stopwatch, version};
use rulebook::expr::Value;
use serde_json::{Value as Json, json};
use std::hint::black_box;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use zen_engine::model::GraphContent;
use zen_engine::{Decision, Variable};

/// A decision of one table.
pub struct Zen {
    decision: Decision,
    facts: Vec<Variable>,
    runtime: Runtime,
}

impl Zen {
    /// Reads the table.
    pub fn read() -> Result<Self, Failed> {
        let content: GraphContent = serde_json::from_value(graph())?;
        let mut decision = Decision::from(content);
        decision.compile();
        let facts = parts::facts(parts::PARTS);
        let json = |facts: &parts::Facts| -> Json {
            facts.iter().map(|(name, value)| (name.clone(), json_of(value))).collect()
        };
        Ok(Self {
            decision,
            facts: facts.iter().map(|facts| Variable::from(json(facts))).collect(),
            runtime: Builder::new_current_thread().build()?,
        })
    }
}

impl Engine for Zen {
    fn name(&self) -> String {
        format!("`zen-engine` {}", version("zen-engine"))
    }

    fn how(&self) -> String {
        "its JSON decision table in a graph of input, table and output; compiled, without trace"
            .to_owned()
    }

    fn answer(&self, fact: usize) -> Result<Answer, Failed> {
        let facts = self.facts[fact].clone();
        let response = self.runtime.block_on(self.decision.evaluate(facts));
        let result = response.map_err(|error| format!("fact {fact}: {error}"))?.result.to_value();
        match (&result["covered"], &result["remedy"]) {
            (Json::Bool(covered), Json::String(remedy)) => Ok((*covered, remedy.clone())),
            _ => Err(format!("fact {fact}: {result}").into()),
        }
    }

    fn run(&self, span: Duration) -> (u64, Duration) {
        let mut next = self.facts.iter().cycle();
        stopwatch::repeated(span, || {
            let facts = next.next().expect("a cycle does not end").clone();
            let _ = black_box(self.runtime.block_on(self.decision.evaluate(black_box(facts))));
        })
    }
}

fn graph() -> Json {
    let inputs: Vec<Json> = INPUTS
        .iter()
        .map(|column| json!({ "id": column.name, "name": column.name, "field": column.zen }))
        .collect();
    let outputs =
        ["covered", "remedy"].map(|name| json!({ "id": name, "name": name, "field": name }));
    let rules: Vec<Json> = rows()
        .into_iter()
        .map(|row| {
            let names = INPUTS.iter().map(|column| column.name).chain(["covered", "remedy"]);
            let cells = row.cells.into_iter().chain([row.covered, row.remedy]);
            names.map(str::to_owned).zip(cells.map(Json::String)).collect()
        })
        .collect();
    let table =
        json!({ "hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules });
    json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode", "content": {} },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": table },
            { "id": "out", "name": "out", "type": "outputNode", "content": {} },
        ],
        "edges": [
            { "id": "first", "sourceId": "in", "targetId": "table" },
            { "id": "then", "sourceId": "table", "targetId": "out" },
        ],
    })
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Bool(yes) => Json::from(*yes),
        Value::List(items) => items.iter().map(json_of).collect(),
        number => serde_json::from_str(&number.to_string()).expect("the rest are whole numbers"),
    }
}
