//! A pack as read: typed items, with places and findings.

use super::catalog::Sheet;
use super::csv_file::CsvFile;
use super::places::Places;
use super::standard;
use super::toml_file::TomlFile;
use crate::expr::Expr;
use crate::model::{
    Action, Also, Approvals, Cause, Clause, Component, CustomerGrade, CustomerTag, Deadline,
    Document, Effect, Example, Fault, Field, Group, LabourJob, LawRules, LawTerm, Message, Model,
    PackInfo, Part, PostingTemplate, PriceItem, Product, Require, Role, Schedule, Scorecard,
    Script, State, TermRow, TermRules, Track, customer::CustomersFile, measure::MeasuresFile,
};
use crate::{Finding, PackSource, Place};
use base::calendar::YearPlan;
use base::{Calendar, Text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// `processes/<id>.toml`: a whole process, or what one refines of its parent's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcessFile {
    #[serde(default)]
    pub id: Option<String>,
    /// The process of a parent pack that this file changes; what it does not name stays.
    #[serde(default)]
    pub refines: Option<String>,
    #[serde(default)]
    pub title: Option<Text>,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(default)]
    pub area: Option<String>,
    #[serde(default)]
    pub clause: Vec<String>,
    #[serde(default)]
    pub checks_late: bool,
    #[serde(default)]
    pub start: Option<Action>,
    #[serde(default, rename = "track")]
    pub tracks: Vec<Track>,
    #[serde(default, rename = "state")]
    pub states: Vec<State>,
    #[serde(default, rename = "action")]
    pub actions: Vec<Action>,
    #[serde(default, rename = "deadline")]
    pub deadlines: Vec<Deadline>,
    /// What is added to actions of the parent, without copying them.
    #[serde(default, rename = "amend")]
    pub amends: Vec<ActionPatch>,
}

/// What a child pack adds to an action of its parent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionPatch {
    /// The action of the parent; `open` is the start.
    pub action: String,
    #[serde(default)]
    pub by: Option<Vec<String>>,
    #[serde(default)]
    pub approvals: Option<Approvals>,
    #[serde(default)]
    pub lifts: Vec<String>,
    #[serde(default)]
    pub form: Option<String>,
    #[serde(default)]
    pub strict: Option<bool>,
    #[serde(default)]
    pub also: Vec<Also>,
    #[serde(default, rename = "require")]
    pub requires: Vec<Require>,
    #[serde(default)]
    pub effects: Vec<Effect>,
    #[serde(default)]
    pub clause: Vec<String>,
}

/// `forms/<id>.toml`: a whole form, or the fields that change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormFile {
    #[serde(default)]
    pub id: Option<String>,
    /// The form of a parent pack that this file changes; its other fields stay.
    #[serde(default)]
    pub refines: Option<String>,
    #[serde(default)]
    pub title: Option<Text>,
    #[serde(default)]
    pub clause: Vec<String>,
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// The text of a decision table; rows of packs are merged before it is compiled.
#[derive(Debug, Clone)]
pub(crate) struct TableText {
    /// The CSV file as shown in findings.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Its rows.
    pub csv: CsvFile,
    /// The sidecar: file and text.
    pub sidecar: Option<(String, String)>,
}

/// `roles.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    /// Who people may be (角色).
    #[serde(default)]
    role: Vec<Role>,
}

/// `messages.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Messages {
    /// What is sent (消息).
    #[serde(default)]
    message: Vec<Message>,
}

/// `scripts.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scripts {
    /// What is said on the telephone (规范用语).
    #[serde(default)]
    script: Vec<Script>,
}

/// `schedules.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Schedules {
    /// What is opened by the calendar (定期任务).
    #[serde(default)]
    schedule: Vec<Schedule>,
}

/// `documents.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Documents {
    /// What is printed (单据).
    #[serde(default)]
    document: Vec<Document>,
}

/// `examples/*.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    /// What proves the rulebook (示例).
    #[serde(default)]
    example: Vec<Example>,
}

/// `calendars.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendars {
    /// Working days and opening hours (日历).
    #[serde(default)]
    calendar: Vec<CalendarItem>,
}

/// A calendar (日历).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarItem {
    /// Key, named by deadlines.
    id: String,
    /// Name.
    #[serde(default, rename = "title")]
    _title: Option<Text>,
    #[serde(default)]
    years: BTreeMap<String, YearPlan>,
    #[serde(default)]
    like: Option<String>,
    #[serde(default)]
    daily: bool,
    #[serde(default)]
    hours: Vec<base::Hours>,
}

/// A pack as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pack {
    pub id: String,
    pub dir: String,
    pub info: Option<PackInfo>,
    pub clauses: Vec<Clause>,
    pub products: Vec<Product>,
    pub groups: Vec<Group>,
    pub components: Vec<Component>,
    pub faults: Vec<Fault>,
    pub causes: Vec<Cause>,
    pub models: Vec<Model>,
    pub parts: Vec<Part>,
    pub prices: Vec<PriceItem>,
    pub labour: Vec<LabourJob>,
    pub term: Option<TermRules>,
    pub term_rows: Vec<TermRow>,
    /// `law.toml`; a pack that has one is a law pack.
    pub law: Option<LawRules>,
    pub law_terms: Vec<LawTerm>,
    pub tables: BTreeMap<String, TableText>,
    pub processes: Vec<(String, ProcessFile)>,
    pub forms: Vec<(String, FormFile)>,
    pub roles: Vec<Role>,
    pub messages: Vec<Message>,
    pub scripts: Vec<Script>,
    pub customer_tags: Vec<CustomerTag>,
    pub customer_grades: Vec<CustomerGrade>,
    pub documents: Vec<Document>,
    pub accounts: Vec<ledger::AccountRule>,
    pub postings: Vec<PostingTemplate>,
    pub calendars: BTreeMap<String, Calendar>,
    pub schedules: Vec<Schedule>,
    pub measures: MeasuresFile,
    pub scorecards: Vec<Scorecard>,
    pub examples: Vec<Example>,
    pub places: Places,
    pub findings: Vec<Finding>,
    /// Items with mistakes of shape, `process/repair_order`: what follows is not reported.
    pub damaged: BTreeSet<String>,
}

impl Pack {
    fn file(&self, name: &str) -> String {
        if self.dir.is_empty() { name.to_owned() } else { format!("{}/{name}", self.dir) }
    }
}

/// Reads a pack.
pub(crate) fn load(source: &PackSource) -> Pack {
    let dir = source.dir.trim_end_matches('/').to_owned();
    let name = dir.rsplit('/').next().unwrap_or_default().to_owned();
    let mut pack = Pack { id: name, dir, ..Pack::default() };
    info(&mut pack, source);
    for (name, text) in &source.files {
        let parts: Vec<_> = name.split('/').collect();
        if parts.iter().any(|part| part.starts_with('.')) || parts.last() == Some(&"README.md") {
            continue;
        }
        match parts.as_slice() {
            ["rulebook.toml"] => {}
            [file] => top_file(&mut pack, source, file, text),
            [folder, file] => inner_file(&mut pack, source, folder, file, text),
            _ => stray(&mut pack, name),
        }
    }
    templates(&mut pack, source);
    pack
}

fn info(pack: &mut Pack, source: &PackSource) {
    let file = pack.file("rulebook.toml");
    let Some(text) = source.files.get("rulebook.toml") else {
        pack.findings.push(Finding::error(
            "not-a-pack",
            Place::new(&file, 1),
            "这个文件夹没有 rulebook.toml，不是制度包",
            "this folder has no rulebook.toml, it is not a pack",
        ));
        return;
    };
    let mut toml = TomlFile::parse(&file, text, &mut pack.findings);
    if let Some(id) = toml.text("id") {
        if !pack.id.is_empty() && pack.id != id && pack.id != "." {
            pack.findings.push(Finding::error(
                "id-file",
                Place::new(&file, 1),
                format!("包编号“{id}”应与文件夹名“{}”相同", pack.id),
                format!("the pack's id `{id}` should be the folder's name `{}`", pack.id),
            ));
        }
        id.clone_into(&mut pack.id);
    }
    toml.index("", &mut pack.places, &mut pack.findings);
    let whole = format!("pack/{}", pack.id);
    toml.index(&whole, &mut pack.places, &mut Vec::new());
    pack.info = toml.read(&mut pack.findings);
}

fn top_file(pack: &mut Pack, source: &PackSource, file: &str, text: &str) {
    let shown = pack.file(file);
    match file {
        "standard.md" => {
            let prefix = pack.info.as_ref().and_then(|info| info.clause_prefix.clone());
            pack.clauses = standard::read(
                &shown,
                text,
                &pack.id,
                prefix.as_deref(),
                &mut pack.places,
                &mut pack.findings,
            );
        }
        "term.toml" => pack.term = read(pack, &shown, text, "term"),
        "law.toml" => pack.law = read(pack, &shown, text, "law"),
        "roles.toml" => {
            pack.roles = read(pack, &shown, text, "").map_or(Vec::new(), |f: Roles| f.role);
        }
        "messages.toml" => {
            pack.messages =
                read(pack, &shown, text, "").map_or(Vec::new(), |f: Messages| f.message);
        }
        "scripts.toml" => {
            pack.scripts = read(pack, &shown, text, "").map_or(Vec::new(), |f: Scripts| f.script);
        }
        "customers.toml" => {
            let found: Option<CustomersFile> = read(pack, &shown, text, "");
            (pack.customer_tags, pack.customer_grades) =
                found.map_or_else(Default::default, |file| (file.tag, file.grade));
        }
        "documents.toml" => {
            pack.documents =
                read(pack, &shown, text, "").map_or(Vec::new(), |f: Documents| f.document);
        }
        "postings.toml" => {
            let found: Option<ledger::PostingsFile<Expr>> = read(pack, &shown, text, "");
            (pack.accounts, pack.postings) =
                found.map_or_else(Default::default, |file| (file.accounts, file.postings));
        }
        "schedules.toml" => {
            pack.schedules =
                read(pack, &shown, text, "").map_or(Vec::new(), |f: Schedules| f.schedule);
        }
        "measures.toml" => pack.measures = read(pack, &shown, text, "").unwrap_or_default(),
        "calendars.toml" => calendars(pack, &shown, text),
        _ => stray(pack, file),
    }
    let _ = source;
}

fn inner_file(pack: &mut Pack, source: &PackSource, folder: &str, file: &str, text: &str) {
    let shown = pack.file(&format!("{folder}/{file}"));
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    match (folder, ending) {
        ("catalog", "csv") => catalog(pack, &shown, stem, text),
        ("tables", "csv") if stem == "term" => {
            let mut sheet = sheet(pack, &shown, text);
            let rows = sheet.term_rows();
            pack.term_rows = rows;
        }
        ("tables", "csv") if stem == "floor_term" => {
            let rows = sheet(pack, &shown, text).law_terms();
            pack.law_terms = rows;
        }
        ("tables", "csv") => table(pack, source, &shown, stem, text),
        ("tables", "toml") if source.files.contains_key(&format!("tables/{stem}.csv")) => {}
        ("processes", "toml") => {
            let item: Option<ProcessFile> = read(pack, &shown, text, &format!("process/{stem}"));
            if let Some(item) = item {
                name_is(pack, &shown, stem, item.refines.as_ref().or(item.id.as_ref()));
                pack.processes.push((stem.to_owned(), item));
            }
        }
        ("forms", "toml") => {
            let item: Option<FormFile> = read(pack, &shown, text, &format!("form/{stem}"));
            if let Some(item) = item {
                let id = item.refines.as_ref().or(item.id.as_ref());
                name_is(pack, &shown, stem, id);
                pack.forms.push((stem.to_owned(), item));
            }
        }
        ("scorecards", "toml") => {
            let item: Option<Scorecard> = read(pack, &shown, text, &format!("scorecard/{stem}"));
            if let Some(item) = item {
                name_is(pack, &shown, stem, Some(&item.id));
                pack.scorecards.push(item);
            }
        }
        ("examples", "toml") => {
            let found: Option<Examples> = read(pack, &shown, text, "");
            for mut example in found.map_or(Vec::new(), |f| f.example) {
                let path = format!("example/{}", example.name.replace('/', "／"));
                example.at = pack.places.of(&path).to_string();
                pack.examples.push(example);
            }
        }
        ("documents", "html") => {
            pack.places.add(&format!("template/{stem}"), Place::new(&shown, 1));
        }
        _ => stray(pack, &format!("{folder}/{file}")),
    }
}

fn name_is(pack: &mut Pack, shown: &str, stem: &str, id: Option<&String>) {
    if let Some(id) = id
        && id != stem
    {
        pack.findings.push(Finding::error(
            "id-file",
            Place::new(shown, 1),
            format!("编号“{id}”应与文件名“{stem}”相同"),
            format!("the id `{id}` should be the file's name `{stem}`"),
        ));
    }
}

fn read<T: DeserializeOwned>(pack: &mut Pack, file: &str, text: &str, prefix: &str) -> Option<T> {
    let mut toml = TomlFile::parse(file, text, &mut pack.findings);
    toml.index(prefix, &mut pack.places, &mut pack.findings);
    let value = toml.read(&mut pack.findings);
    if toml.damaged || value.is_none() {
        pack.damaged.insert(prefix.to_owned());
    }
    value
}

fn sheet<'a>(pack: &'a mut Pack, file: &'a str, text: &'a str) -> Sheet<'a> {
    Sheet { file, text, places: &mut pack.places, findings: &mut pack.findings }
}

fn catalog(pack: &mut Pack, shown: &str, stem: &str, text: &str) {
    match stem {
        "products" => pack.products = sheet(pack, shown, text).products(),
        "groups" => pack.groups = sheet(pack, shown, text).groups(),
        "components" => pack.components = sheet(pack, shown, text).components(),
        "faults" => pack.faults = sheet(pack, shown, text).faults(),
        "causes" => pack.causes = sheet(pack, shown, text).causes(),
        "models" => pack.models = sheet(pack, shown, text).models(),
        "parts" => pack.parts = sheet(pack, shown, text).parts(),
        "labour" => pack.labour = sheet(pack, shown, text).labour(),
        "prices" => pack.prices = sheet(pack, shown, text).prices(),
        _ => stray(pack, &format!("catalog/{stem}.csv")),
    }
}

fn table(pack: &mut Pack, source: &PackSource, shown: &str, stem: &str, text: &str) {
    let mut csv = CsvFile::parse(shown, text, &mut pack.findings);
    pack.places.add(&format!("table/{stem}"), Place::new(shown, 1));
    let kind = format!("table/{stem}/row");
    csv.index(&kind, "id", &mut pack.places, &mut pack.findings);
    let sidecar = source.files.get(&format!("tables/{stem}.toml"));
    let sidecar = sidecar.map(|text| (pack.file(&format!("tables/{stem}.toml")), text.clone()));
    let whole = TableText { file: shown.to_owned(), text: text.to_owned(), csv, sidecar };
    pack.tables.insert(stem.to_owned(), whole);
}

fn calendars(pack: &mut Pack, shown: &str, text: &str) {
    let found: Option<Calendars> = read(pack, shown, text, "");
    for item in found.map_or(Vec::new(), |f| f.calendar) {
        let (like, daily, hours) = (item.like, item.daily, item.hours);
        let mut calendar = Calendar { like, daily, hours, ..Calendar::default() };
        for (year, plan) in item.years {
            if let Ok(number) = year.parse::<i16>() {
                calendar.years.insert(number, plan);
                continue;
            }
            let at = pack.places.of(&format!("calendar/{}/years/{year}", item.id));
            pack.findings.push(Finding::error(
                "bad-value",
                at,
                format!("“{year}”不是年份；写 [calendar.years.2026]"),
                format!("`{year}` is no year; write [calendar.years.2026]"),
            ));
        }
        pack.calendars.insert(item.id, calendar);
    }
}

/// Puts each template to its document.
fn templates(pack: &mut Pack, source: &PackSource) {
    for document in &mut pack.documents {
        if let Some(text) = source.files.get(&format!("documents/{}.html", document.id)) {
            document.template.clone_from(text);
        }
    }
}

fn stray(pack: &mut Pack, name: &str) {
    let at = Place::new(pack.file(name), 1);
    pack.findings.push(Finding::error(
        "stray-file",
        at,
        format!("制度包里没有“{name}”这样的文件；请改名、移走或删除"),
        format!("a pack has no file like `{name}`; rename it, move it away or delete it"),
    ));
}
