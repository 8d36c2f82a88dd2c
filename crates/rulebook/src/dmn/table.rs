//! A decision table of DMN as our CSV and sidecar.

use super::spell::{identifier, text_inside};
use super::xml::{self, Element};
use super::{Cannot, Context, cells};
use crate::expr::Expr;
use crate::table::{Policy, Table};
use base::Text;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A table as the files of a pack hold it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Key: the name of the files.
    pub id: String,
    /// `tables/<id>.csv`.
    pub csv: String,
    /// `tables/<id>.toml`.
    pub sidecar: String,
    /// The same, read.
    pub table: Table,
    /// Where the draft says more or otherwise than the file, for the reader to know.
    pub remarks: Vec<Text>,
}

/// A column on its way.
struct Column {
    name: String,
    title: String,
    expr: String,
    kind: &'static str,
    /// What an output is when no row fits, under *collect*.
    otherwise: String,
}

/// Reads a table.
pub(super) fn read(
    context: &Context,
    body: Element<'_, '_>,
    id: &str,
    title: &str,
) -> Result<Draft, Cannot> {
    let mut remarks = Vec::new();
    let (policy, aggregate) = policy(body)?;
    let mut seen = BTreeSet::from(["id".to_owned(), "clause".to_owned(), "before".to_owned()]);
    let inputs = xml::children(body, "input")
        .map(|input| input_column(context, input, &mut seen))
        .collect::<Result<Vec<_>, _>>()?;
    let mut outputs: Vec<Column> =
        xml::children(body, "output").map(|o| output_column(o, id, &mut seen)).collect();
    let mut rows = Vec::new();
    for (nth, rule) in xml::children(body, "rule").enumerate() {
        rows.push(row(context, rule, nth + 1)?);
    }
    let defaults = defaults(context, body)?;
    let otherwise = defaults.iter().any(|default| !default.is_empty());
    let mut policy = policy;
    if otherwise && policy == Policy::Collect {
        for (column, default) in outputs.iter_mut().zip(defaults) {
            column.otherwise = default;
        }
    } else if otherwise {
        if policy != Policy::First {
            remarks.push(Text::new(
                "默认输出写成了最后一行 otherwise，命中策略因此改为 first",
                "the default output became the last row `otherwise`, and the hit policy first",
            ));
        }
        policy = Policy::First;
        let asked = inputs.iter().map(|_| String::new());
        rows.push(["otherwise".to_owned(), String::new()].into_iter().chain(asked).collect());
        rows.last_mut().expect("a row was just added").extend(defaults);
    }
    let csv = csv(&inputs, &outputs, &rows);
    let sidecar = sidecar(title, policy, aggregate, &inputs, &outputs);
    match Table::parse(id, &csv, Some(&sidecar)) {
        Ok(table) => Ok(Draft { id: id.to_owned(), csv, sidecar, table, remarks }),
        Err(findings) => {
            let sentence = findings.into_iter().next().map(|f| f.sentence).unwrap_or_default();
            Err(Cannot::because(xml::line(body), sentence))
        }
    }
}

/// The hit policy and, with *collect*, the word for what becomes of the answers.
fn policy(body: Element<'_, '_>) -> Result<(Policy, &'static str), Cannot> {
    let aggregate = match body.attribute("aggregation").unwrap_or_default() {
        "SUM" => "sum",
        "MIN" => "min",
        "MAX" => "max",
        "COUNT" => "count",
        _ => "list",
    };
    let policy = match body.attribute("hitPolicy").unwrap_or("UNIQUE") {
        "UNIQUE" => Policy::Unique,
        "ANY" => Policy::Any,
        "FIRST" => Policy::First,
        "COLLECT" | "RULE ORDER" => Policy::Collect,
        other => {
            return Err(Cannot::new(
                xml::line(body),
                format!(
                    "没有命中策略 {other}：结果的先后要由行的先后定；请把行排好，用 first 或 collect"
                ),
                format!(
                    "the hit policy {other} is not known: rows, not values, have an order here; \
                     order the rows and use first or collect"
                ),
            ));
        }
    };
    Ok((policy, aggregate))
}

fn input_column(
    context: &Context,
    input: Element<'_, '_>,
    seen: &mut BTreeSet<String>,
) -> Result<Column, Cannot> {
    let line = xml::line(input);
    let Some(asked) = xml::child(input, "inputExpression") else {
        return Err(Cannot::new(line, "输入列没有公式", "an input column has no expression"));
    };
    let expr = context.text_of(asked)?;
    let parsed = Expr::parse(&expr);
    if let Some(error) = parsed.syntax_error() {
        return Err(Cannot::of_expression(line, error));
    }
    let label = input.attribute("label").unwrap_or_default().trim();
    let is_path = parsed.origins().iter().all(Option::is_some) && !expr.contains(['(', '[', ' ']);
    let name = match (is_path, label.is_empty()) {
        (true, _) => expr.clone(),
        (false, false) => identifier(label),
        (false, true) => "asked".to_owned(),
    };
    let title = if label == name { "" } else { label };
    let kind = kind(asked.attribute("typeRef"));
    let (name, title) = (unique(&name, seen), title.to_owned());
    Ok(Column { name, title, expr, kind, otherwise: String::new() })
}

fn output_column(output: Element<'_, '_>, id: &str, seen: &mut BTreeSet<String>) -> Column {
    let title = output.attribute("label").or(output.attribute("name")).unwrap_or_default();
    let name = output.attribute("name").map_or_else(|| id.to_owned(), identifier);
    let kind = kind(output.attribute("typeRef"));
    let title = if title == name { String::new() } else { title.to_owned() };
    let (name, nothing) = (unique(&name, seen), String::new());
    Column { name, title, expr: nothing.clone(), kind, otherwise: nothing }
}

fn unique(name: &str, seen: &mut BTreeSet<String>) -> String {
    let mut tried = name.to_owned();
    let mut count = 1;
    while !seen.insert(tried.clone()) {
        count += 1;
        tried = format!("{name}_{count}");
    }
    tried
}

/// The word of the sidecar for a type of FEEL; empty where cells show it themselves.
fn kind(reference: Option<&str>) -> &'static str {
    let plain = reference.and_then(|r| r.rsplit(':').next()).unwrap_or_default();
    match plain {
        "string" => "text",
        "number" => "number",
        "boolean" => "bool",
        "date" => "date",
        "dayTimeDuration" | "days and time duration" => "time",
        "yearMonthDuration" | "years and months duration" => "months",
        _ => "",
    }
}

/// Id, clause, inputs and outputs of a rule.
fn row(context: &Context, rule: Element<'_, '_>, nth: usize) -> Result<Vec<String>, Cannot> {
    let mut cells = vec![format!("r{nth}"), String::new()];
    for entry in rule.children() {
        let line = xml::line(entry);
        let cannot = |sentence| Cannot::because(line, sentence);
        let text = text_inside(entry);
        match entry.tag_name().name() {
            "inputEntry" => {
                let text = context.formula(&text, line)?;
                cells.push(cells::test(&text).map_err(cannot)?);
            }
            "outputEntry" => {
                let text = context.formula(&text, line)?;
                let value = if text.is_empty() { "null" } else { &text };
                cells.push(output(value).map_err(cannot)?);
            }
            _ => {}
        }
    }
    Ok(cells)
}

/// An output that is null is an empty cell.
fn output(text: &str) -> Result<String, Text> {
    cells::constant(text).map(|cell| if cell == "null" { String::new() } else { cell })
}

/// What each output is when no row fits; empty where the file does not say.
fn defaults(context: &Context, body: Element<'_, '_>) -> Result<Vec<String>, Cannot> {
    let one = |column: Element<'_, '_>| {
        let Some(default) = xml::child(column, "defaultOutputEntry") else {
            return Ok(String::new());
        };
        let line = xml::line(default);
        let text = context.formula(&text_inside(default), line)?;
        output(&text).map_err(|sentence| Cannot::because(line, sentence))
    };
    xml::children(body, "output").map(one).collect()
}

fn csv(inputs: &[Column], outputs: &[Column], rows: &[Vec<String>]) -> String {
    let heads = ["id".to_owned(), "clause".to_owned()].into_iter();
    let heads = heads.chain(inputs.iter().map(|column| column.name.clone()));
    let heads = heads.chain(outputs.iter().map(|column| format!("→{}", column.name)));
    let mut text = crate::table::csv_line(heads);
    for row in rows {
        text.push_str(&crate::table::csv_line(row));
    }
    text
}

fn sidecar(
    title: &str,
    policy: Policy,
    aggregate: &str,
    inputs: &[Column],
    outputs: &[Column],
) -> String {
    let both = |title: &str| format!("title = {{ zh = {0}, en = {0} }}\n", toml_text(title));
    let mut text = both(title);
    let _ = writeln!(text, "hit = \"{}\"", policy.word());
    if policy == Policy::Collect && aggregate != "list" {
        let _ = writeln!(text, "aggregate = \"{aggregate}\"");
    }
    for (side, columns) in [("input", inputs), ("output", outputs)] {
        for column in columns {
            let asks_more = side == "input" && column.expr != column.name;
            let says_less = column.title.is_empty() && column.kind.is_empty();
            if says_less && column.otherwise.is_empty() && !asks_more {
                continue;
            }
            let _ = write!(text, "\n[{side}.{}]\n", toml_text(&column.name));
            if !column.title.is_empty() {
                text.push_str(&both(&column.title));
            }
            if asks_more {
                let _ = writeln!(text, "expr = {}", toml_text(&column.expr));
            }
            if !column.kind.is_empty() {
                let _ = writeln!(text, "type = \"{}\"", column.kind);
            }
            if !column.otherwise.is_empty() {
                let _ = writeln!(text, "otherwise = {}", toml_text(&column.otherwise));
            }
        }
    }
    text
}

fn toml_text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
