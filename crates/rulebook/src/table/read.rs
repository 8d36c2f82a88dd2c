//! Reads a table from its CSV and sidecar; everything wrong is found at once, with the line.

use super::cell::{Kind, Literal, Test};
use super::sidecar::{Column, KindWord, Policy, Sidecar};
use super::unary::{self, Raw};
use super::{Aggregate, Input, Output, Row, Table};
use crate::expr::{Expr, Value, suggest};
use crate::{Finding, Level, Place};
use base::Text;
use std::collections::{BTreeMap, BTreeSet};

/// More rows than a person can read; what needs them is a catalogue, not a table.
const MAX_ROWS: usize = 5000;

struct Reader<'t> {
    id: &'t str,
    findings: Vec<Finding>,
}

/// A column of the header.
struct Head {
    name: String,
    at: usize,
}

/// The header: where each kind of column stands.
#[derive(Default)]
struct Header {
    id: Option<usize>,
    clause: Option<usize>,
    inputs: Vec<Head>,
    outputs: Vec<Head>,
    width: usize,
}

/// A line of the file.
struct Line {
    number: u32,
    cells: Vec<String>,
}

pub(super) fn read(id: &str, csv: &str, sidecar: Option<&str>) -> Result<Table, Vec<Finding>> {
    let mut reader = Reader { id, findings: Vec::new() };
    let sidecar = reader.sidecar(sidecar);
    let mut lines = reader.lines(csv).into_iter();
    let Some(first) = lines.next() else {
        reader.csv(
            1,
            "table-empty",
            "表是空的；第一行应是表头 id,clause,…,→…".into(),
            "the table is empty; its first line is the header id,clause,…,→…".into(),
        );
        return Err(reader.findings);
    };
    let header = reader.header(&first);
    let table = reader.table(&header, &lines.collect::<Vec<_>>(), sidecar);
    if reader.findings.is_empty() { Ok(table) } else { Err(reader.findings) }
}

impl Reader<'_> {
    fn push(&mut self, file: String, line: u32, code: &'static str, sentence: Text) {
        let at = Place { file, line };
        self.findings.push(Finding { level: Level::Error, code, at, sentence });
    }

    fn csv(&mut self, line: u32, code: &'static str, zh: String, en: String) {
        self.push(format!("tables/{}.csv", self.id), line, code, Text::new(zh, en));
    }

    fn toml(&mut self, line: u32, code: &'static str, zh: String, en: String) {
        self.push(format!("tables/{}.toml", self.id), line, code, Text::new(zh, en));
    }

    fn sidecar(&mut self, text: Option<&str>) -> Sidecar {
        let Some(text) = text else { return Sidecar::default() };
        toml::from_str(text).unwrap_or_else(|error| {
            let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or(""));
            let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(1);
            let message = error.message();
            self.toml(
                line,
                "table-sidecar",
                format!(
                    "读不懂：{message}。可写 title、clause、hit、aggregate、total、\
                         [input.列名]、[output.列名]"
                ),
                format!(
                    "{message}. Known are title, clause, hit, aggregate, total, \
                         [input.column] and [output.column]"
                ),
            );
            Sidecar::default()
        })
    }

    /// Lines with something in them. Lines that begin with `#` are comments.
    fn lines(&mut self, csv: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        let text = csv.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let (zh, en) = (format!("不是 CSV：{error}"), format!("no CSV: {error}"));
                    self.csv(1, "table-syntax", zh, en);
                    return lines;
                }
            };
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            let number = record.position().map_or(1, |position| line_at(text, position.byte()));
            if cells.iter().any(|cell| !cell.is_empty()) {
                lines.push(Line { number, cells });
            }
        }
        lines
    }

    fn header(&mut self, line: &Line) -> Header {
        let mut header = Header { width: line.cells.len(), ..Header::default() };
        let mut seen = BTreeSet::new();
        for (at, cell) in line.cells.iter().enumerate() {
            let output = cell.strip_prefix('→').or_else(|| cell.strip_prefix("->"));
            let name = output.unwrap_or(cell).trim().to_owned();
            if name.is_empty() || name.starts_with('#') || name == "before" {
                continue;
            }
            if !seen.insert(name.clone()) {
                self.csv(
                    line.number,
                    "table-duplicate-column",
                    format!("列“{name}”出现两次"),
                    format!("the column `{name}` stands twice"),
                );
            }
            match (name.as_str(), output) {
                ("id", None) => header.id = Some(at),
                ("clause", None) => header.clause = Some(at),
                (_, None) => header.inputs.push(Head { name, at }),
                (_, Some(_)) => header.outputs.push(Head { name, at }),
            }
        }
        if header.id.is_none() || header.clause.is_none() || header.outputs.is_empty() {
            self.csv(
                line.number,
                "table-header",
                "表头要有 id、clause 和至少一个输出列，输出列名前加 →（或 ->）".into(),
                "the header needs id, clause and at least one output, marked by → (or ->)".into(),
            );
        }
        header
    }

    fn table(&mut self, header: &Header, lines: &[Line], sidecar: Sidecar) -> Table {
        self.known_columns(header, &sidecar);
        if lines.len() > MAX_ROWS {
            self.csv(
                lines[MAX_ROWS].number,
                "table-too-large",
                format!("表最多 {MAX_ROWS} 行"),
                format!("a table has at most {MAX_ROWS} rows"),
            );
            return Table::default();
        }
        let mut rows = self.rows(header, lines);
        let nothing = Column::default();
        let mut inputs = Vec::new();
        for head in &header.inputs {
            let said = sidecar.input.get(&head.name).unwrap_or(&nothing);
            let (kind, tests) = self.input_cells(head, lines, said.kind);
            for (row, test) in rows.iter_mut().zip(tests) {
                row.tests.push(test);
            }
            if said.otherwise.is_some() {
                let name = &head.name;
                self.toml(
                    1,
                    "table-sidecar",
                    format!("[input.{name}]：otherwise 只写在输出列"),
                    format!("[input.{name}]: otherwise is said of outputs only"),
                );
            }
            let expr = self.expression(&head.name, said);
            inputs.push(Input {
                name: head.name.clone().into(),
                title: said.title.clone(),
                expr,
                kind,
            });
        }
        let mut outputs = Vec::new();
        let mut otherwise = Vec::new();
        for head in &header.outputs {
            let said = sidecar.output.get(&head.name).unwrap_or(&nothing);
            let (kind, values) = self.output_cells(head, lines, said.kind);
            for (row, value) in rows.iter_mut().zip(values) {
                row.outputs.push(value);
            }
            otherwise.push(
                said.otherwise
                    .as_ref()
                    .and_then(|text| self.otherwise(&head.name, text, kind, sidecar.hit)),
            );
            outputs.push(Output { name: head.name.clone(), title: said.title.clone(), kind });
        }
        self.aggregate_fits(&sidecar, &outputs);
        Table::assemble(super::Parts {
            id: self.id.to_owned(),
            title: sidecar.title,
            clause: sidecar.clause,
            policy: sidecar.hit,
            aggregate: sidecar.aggregate.unwrap_or_default(),
            total: sidecar.total.unwrap_or(sidecar.hit != Policy::Collect),
            inputs,
            outputs,
            otherwise,
            rows,
        })
    }

    fn known_columns(&mut self, header: &Header, sidecar: &Sidecar) {
        let sides: [(&str, &BTreeMap<String, Column>, &[Head]); 2] = [
            ("input", &sidecar.input, &header.inputs),
            ("output", &sidecar.output, &header.outputs),
        ];
        for (side, said, heads) in sides {
            for name in said.keys().filter(|name| heads.iter().all(|head| head.name != **name)) {
                let (zh, en) = suggest::nearest(name, heads.iter().map(|h| h.name.as_str()));
                self.toml(
                    1,
                    "table-sidecar",
                    format!("[{side}.{name}]：表里没有这一列{zh}"),
                    format!("[{side}.{name}]: the table has no such column{en}"),
                );
            }
        }
    }

    fn rows(&mut self, header: &Header, lines: &[Line]) -> Vec<Row> {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let mut rows = Vec::new();
        for line in lines {
            let too_many = line.cells.iter().skip(header.width).any(|cell| !cell.is_empty());
            if too_many || line.cells.len() < header.width {
                let (have, width) = (line.cells.len(), header.width);
                self.csv(
                    line.number,
                    "table-row-width",
                    format!("这一行有 {have} 格，表头有 {width} 列；含逗号的文字要加引号"),
                    format!(
                        "the row has {have} cells, the header {width}; put text with a comma in \
                             quotes"
                    ),
                );
            }
            let cell = |at: Option<usize>| at.and_then(|at| line.cells.get(at)).cloned();
            let id = cell(header.id).unwrap_or_default();
            if id.is_empty() && header.id.is_some() {
                self.csv(
                    line.number,
                    "table-row-id",
                    "这一行没有 id；每行要有唯一的 id".into(),
                    "the row has no id; each row has one of its own".into(),
                );
            } else if let Some(first) = seen.insert(id.clone(), line.number) {
                self.csv(
                    line.number,
                    "table-row-id",
                    format!("行 id“{id}”与第 {first} 行重复"),
                    format!("the row id `{id}` stands already in line {first}"),
                );
            }
            let clauses = cell(header.clause).unwrap_or_default();
            let clauses = clauses.split('|').map(str::trim).filter(|c| !c.is_empty());
            rows.push(Row {
                path: format!("{}/{id}", self.id).into(),
                id: id.into(),
                clauses: clauses.map(str::to_owned).collect(),
                line: line.number,
                tests: Vec::new(),
                outputs: Vec::new(),
            });
        }
        rows
    }

    fn input_cells(
        &mut self,
        head: &Head,
        lines: &[Line],
        said: Option<KindWord>,
    ) -> (Kind, Vec<Test>) {
        let mut raws = Vec::new();
        for line in lines {
            let text = line.cells.get(head.at).map_or("", String::as_str);
            let raw = unary::read(text).unwrap_or_else(|wrong| {
                self.cell(line.number, &head.name, &wrong);
                Raw::default()
            });
            raws.push(raw);
        }
        let literals = || raws.iter().flat_map(Raw::literals);
        let kind = said.map_or_else(|| kind_of(literals()), |word| word.0);
        let mut tests = Vec::new();
        for (raw, line) in raws.iter().zip(lines) {
            tests.push(raw.test(kind).unwrap_or_else(|wrong| {
                self.cell(line.number, &head.name, &wrong);
                Test::any()
            }));
        }
        (kind, tests)
    }

    fn cell(&mut self, line: u32, column: &str, wrong: &Text) {
        let (zh, en) =
            (format!("列 {column}：{}", wrong.zh), format!("column {column}: {}", wrong.en));
        self.csv(line, "table-cell", zh, en);
    }

    fn output_cells(
        &mut self,
        head: &Head,
        lines: &[Line],
        said: Option<KindWord>,
    ) -> (Kind, Vec<Value>) {
        let literals: Vec<Option<Literal>> = lines
            .iter()
            .map(|line| line.cells.get(head.at).filter(|c| !c.is_empty()).map(|c| Literal::read(c)))
            .collect();
        let kind = said.map_or_else(
            || kind_of(literals.iter().flatten().map(|literal| (literal, false))),
            |word| word.0,
        );
        let mut values = Vec::new();
        for (literal, line) in literals.iter().zip(lines) {
            let value = literal.as_ref().map_or(Some(Value::Null), |l| l.value_as(kind));
            values.push(value.unwrap_or_else(|| {
                let (want, got) = (kind.words(), literal.as_ref().map_or("", |l| &l.text));
                let wrong = Text::new(
                    format!("这一列是{}，“{got}”不是", want.zh),
                    format!("this column is {}, `{got}` is not", want.en),
                );
                self.cell(line.number, &head.name, &wrong);
                Value::Null
            }));
        }
        (kind, values)
    }

    fn expression(&mut self, name: &str, said: &Column) -> Expr {
        let expr = Expr::parse(said.expr.as_deref().unwrap_or(name));
        if let Some(error) = expr.syntax_error().cloned() {
            let (zh, en) = (error.sentence.zh, error.sentence.en);
            if said.expr.is_some() {
                self.toml(
                    1,
                    error.code,
                    format!("[input.{name}] 的 expr：{zh}"),
                    format!("expr of [input.{name}]: {en}"),
                );
            } else {
                self.csv(
                    1,
                    "table-header",
                    format!(
                        "列名“{name}”不是事实的路径（{zh}）；请在 {}.toml 里写 \
                             [input.\"{name}\"] expr = …",
                        self.id
                    ),
                    format!(
                        "the column `{name}` is no path of a fact ({en}); give \
                             [input.\"{name}\"] expr = … in {}.toml",
                        self.id
                    ),
                );
            }
        }
        expr
    }

    /// What an output is when no row fits.
    fn otherwise(&mut self, name: &str, text: &str, kind: Kind, hit: Policy) -> Option<Value> {
        let value = Literal::read(text).value_as(kind);
        let words = kind.words();
        let wrong = match (&value, hit) {
            (Some(_), Policy::Collect) => return value,
            (_, Policy::Collect) => Text::new(
                format!("这一列是{}，“{text}”不是", words.zh),
                format!("this column is {}, `{text}` is not", words.en),
            ),
            _ => Text::new(
                "otherwise 只用于 hit = \"collect\"；别的表请在最后加一行各格留空的行",
                "otherwise goes only with hit = \"collect\"; give other tables a last row with \
                 empty cells",
            ),
        };
        self.toml(
            1,
            "table-sidecar",
            format!("[output.{name}]：{}", wrong.zh),
            format!("[output.{name}]: {}", wrong.en),
        );
        None
    }

    fn aggregate_fits(&mut self, sidecar: &Sidecar, outputs: &[Output]) {
        let Some(aggregate) = sidecar.aggregate else { return };
        if sidecar.hit != Policy::Collect {
            self.toml(
                1,
                "table-sidecar",
                "aggregate 只用于 hit = \"collect\"".into(),
                "aggregate goes only with hit = \"collect\"".into(),
            );
        }
        let summed = matches!(aggregate, Aggregate::Sum | Aggregate::Min | Aggregate::Max);
        for output in outputs.iter().filter(|o| summed && !o.kind.is_ordered()) {
            let words = output.kind.words();
            self.toml(
                1,
                "table-sidecar",
                format!("输出列 {} 是{}，不能求和或取最值", output.name, words.zh),
                format!("the output {} is {}; it has no sum, min or max", output.name, words.en),
            );
        }
    }
}

/// The kind of a column by the literals in it: the one they all look like; else that of the
/// literals which stand in ranges; else text. A zero needs no unit.
fn kind_of<'l>(literals: impl Iterator<Item = (&'l Literal, bool)>) -> Kind {
    let mut kinds = BTreeSet::new();
    let mut ordered = None;
    for (literal, in_range) in literals {
        if literal.is_zero() {
            kinds.insert(Kind::Number);
            continue;
        }
        kinds.insert(literal.kind);
        if in_range && literal.kind.is_ordered() {
            ordered.get_or_insert(literal.kind);
        }
    }
    if kinds.len() > 1 {
        kinds.remove(&Kind::Number);
    }
    match (ordered, kinds.len(), kinds.first()) {
        (Some(kind), ..) | (None, 1, Some(&kind)) => kind,
        // Days and months in one column are a mistake, not words.
        (None, 2, Some(Kind::Time)) => Kind::Time,
        _ => Kind::Text,
    }
}

/// The line of a byte, from 1, with blank and comment lines before a record passed over.
fn line_at(text: &str, byte: u64) -> u32 {
    let start = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    let skipped: usize = text[start..]
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty() || line.starts_with('#'))
        .map(str::len)
        .sum();
    let before = &text[..start + skipped];
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}
