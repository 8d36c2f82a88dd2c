//! Facts as expressions read them: the roots of `rulebook::model::scope`, each built when first
//! asked for.

mod doubts;
mod head;
mod held;
mod known;
mod rows;
mod terms;
mod till;

use crate::case::{Acted, CaseState};
use crate::command::{ActorKind, ChildEnd, Command};
use crate::facts::Facts;
use base::time::Zone;
use base::{Day, Instant, OrgId, PersonId, Word};
use head::Head;
use held::held;
use rulebook::Release;
use rulebook::expr::{Scope, Type, Value};
use rulebook::model::scope::{FACTS, VERDICT_FACTS, field_type, record_of};
use rulebook::model::{Catalog, Field, FieldKind, Parameter, Process};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use terms::terms;

static FACT_TYPES: LazyLock<Type> = LazyLock::new(|| record_of(FACTS));
static VERDICT_TYPE: LazyLock<Type> = LazyLock::new(|| record_of(VERDICT_FACTS));
static LINES_TYPE: LazyLock<Type> = LazyLock::new(|| rows("lines"));
static PARTS_TYPE: LazyLock<Type> = LazyLock::new(|| rows("parts"));

fn rows(kind: &str) -> Type {
    let json =
        serde_json::json!({ "id": kind, "title": { "zh": "行", "en": "Rows" }, "kind": kind });
    let rows = |field: Field| field_type(&field, &Catalog::default());
    serde_json::from_value::<Field>(json).map_or(Type::Any, rows)
}

/// The type by which a field's JSON is read; what looks like itself is read as it looks.
fn shape(kind: FieldKind) -> &'static Type {
    match kind {
        FieldKind::Money => &Type::Money,
        FieldKind::Date => &Type::Date,
        FieldKind::Instant => &Type::Instant,
        FieldKind::Lines => &LINES_TYPE,
        FieldKind::Parts => &PARTS_TYPE,
        _ => &Type::Any,
    }
}

/// What a personal field reads as: that something is there, never what.
const SEALED: &str = "‹sealed›";

/// The facts of one decision.
#[derive(Debug)]
pub struct View<'a> {
    /// The release the case runs under.
    pub release: &'a Release,
    /// Its process.
    pub process: &'a Process,
    /// What the store brought.
    pub facts: &'a Facts,
    fields: HashMap<&'a str, &'a Field>,
    day: Day,
    now: Value,
    today: Value,
    late: Value,
    actor: Value,
    params: OnceCell<Value>,
    unit: OnceCell<Value>,
    customer: OnceCell<Value>,
    org: OnceCell<Value>,
    history: OnceCell<Value>,
    held: OnceCell<Value>,
    till: till::Told,
    campaign: OnceCell<Value>,
    doubts: OnceCell<Value>,
    known: known::Told,
    terms: OnceCell<Value>,
    child: Value,
    head: Option<Head>,
    case: OnceCell<Value>,
    acts: BTreeMap<String, Acted>,
    done: OnceCell<Value>,
    last_done: OnceCell<Value>,
    data: Value,
    form: Value,
}

impl Scope for View<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        Some(match name {
            "form" => &self.form,
            "data" => &self.data,
            "case" => self.case.get_or_init(|| self.case()),
            "done" => self.done.get_or_init(|| self.done()),
            "last_done" => self.last_done.get_or_init(|| self.last_done()),
            "child" => &self.child,
            "now" => &self.now,
            "today" => &self.today,
            "late" => &self.late,
            "actor" => &self.actor,
            "params" => self.params.get_or_init(|| params(self.release)),
            "unit" => self.unit.get_or_init(|| facts_record("unit", self.facts.unit.as_ref())),
            "customer" => {
                self.customer.get_or_init(|| facts_record("customer", self.facts.customer.as_ref()))
            }
            "org" => self.org.get_or_init(|| facts_record("org", Some(&self.facts.org))),
            "history" => self.history.get_or_init(|| history(self.facts)),
            "held" => self.held.get_or_init(|| held(self.facts)),
            "till" | "till_back" | "unpaid" | "books" | "open_items" => {
                self.till.get(name, &self.facts.till)
            }
            "doubts" => self.doubts.get_or_init(|| doubts::doubts(&self.facts.doubts)),
            "campaign" => {
                self.campaign.get_or_init(|| facts_record("campaign", self.facts.campaign.as_ref()))
            }
            root if known::is_root(root) => return self.known.get(root, &self.facts.known),
            "terms" => self.terms.get_or_init(|| terms(self.release, self.facts, self.day)),
            _ => return None,
        })
    }

    fn zone(&self) -> Zone {
        self.facts.zone.clone()
    }
}

impl<'a> View<'a> {
    /// The facts of a command at the time it happened. The case is added by [`View::refresh`].
    pub fn new(
        release: &'a Release,
        process: &'a Process,
        facts: &'a Facts,
        command: &Command,
        occurred: Instant,
    ) -> Self {
        let forms = || {
            let actions = std::iter::once(&process.start).chain(&process.actions);
            actions.filter_map(|action| release.forms.get(action.form.as_ref()?))
        };
        let mut fields = HashMap::with_capacity(forms().map(|form| form.fields.len()).sum());
        fields.extend(forms().flat_map(|form| &form.fields).map(|f| (f.id.as_str(), f)));
        let mut view = Self {
            release,
            process,
            facts,
            fields,
            day: facts.zone.day(occurred),
            now: Value::Instant(occurred),
            today: Value::Date(facts.zone.day(occurred)),
            late: Value::Bool(command.late.is_some()),
            actor: actor(command),
            params: OnceCell::new(),
            unit: OnceCell::new(),
            customer: OnceCell::new(),
            org: OnceCell::new(),
            history: OnceCell::new(),
            held: OnceCell::new(),
            till: till::Told::default(),
            campaign: OnceCell::new(),
            doubts: OnceCell::new(),
            known: known::Told::default(),
            terms: OnceCell::new(),
            child: Value::Null,
            head: None,
            case: OnceCell::new(),
            acts: BTreeMap::new(),
            done: OnceCell::new(),
            last_done: OnceCell::new(),
            data: Value::Null,
            form: Value::Null,
        };
        if let Some(end) = &command.child {
            view.child = view.child_value(end);
        }
        view
    }

    /// What a child that ended tells, its answers by the forms of its own process.
    fn child_value(&self, end: &ChildEnd) -> Value {
        let process = self.release.processes.get(&end.process);
        let field = |id: &str| {
            let forms = process?.all_actions().filter_map(|a| a.form.as_ref());
            let mut forms = forms.filter_map(|form| self.release.forms.get(form));
            forms.find_map(|form| form.fields.iter().find(|f| f.id == id))
        };
        let read = |(id, json): (&String, &Json)| {
            let value = match field(id) {
                _ if id == "verdict" => verdict_value(json),
                Some(field) => self.field_value(field, json),
                None => guess(json),
            };
            (id.clone(), value)
        };
        let text = |text: &str| Value::Text(Word::read(text));
        Value::Record(BTreeMap::from([
            ("number".to_owned(), text(&end.number)),
            ("process".to_owned(), text(&end.process)),
            ("state".to_owned(), text(&end.state)),
            (
                "unit".to_owned(),
                end.unit.map_or(Value::Null, |id| Value::Text(id.to_string().into())),
            ),
            ("data".to_owned(), Value::Record(end.data.iter().map(read).collect())),
        ]))
    }

    /// The local day on which it happened: whose prices hold.
    pub fn day(&self) -> Day {
        self.day
    }

    /// The organisation unit that owns the case from now on.
    pub fn set_org(&mut self, facts: &Map<String, Json>) {
        self.org = OnceCell::from(facts_record("org", Some(facts)));
    }

    /// An organisation unit as a record; without facts only the id is known.
    pub fn org(&self, id: OrgId) -> Value {
        match self.facts.orgs.get(&id) {
            Some(facts) => facts_record("org", Some(facts)),
            None => Value::Record([("id".to_owned(), Value::Text(id.to_string().into()))].into()),
        }
    }

    /// A line of an estimate as expressions read it.
    pub fn line(&self, line: &Map<String, Json>) -> Value {
        let lines = Json::Array(vec![Json::Object(line.clone())]);
        match read(&lines, &LINES_TYPE) {
            Value::List(mut items) => items.pop().unwrap_or_default(),
            _ => Value::Null,
        }
    }

    /// The field of that id in any form of the process.
    pub fn field(&self, id: &str) -> Option<&'a Field> {
        self.fields.get(id).copied()
    }

    /// Reads the case anew: its head and its data.
    pub fn refresh(&mut self, case: &CaseState) {
        self.refresh_head(case);
        let data = case.data.iter().map(|(id, json)| (id.clone(), self.datum(id, json)));
        self.data = Value::Record(data.collect());
    }

    /// Reads anew what of a case is not data: people, tracks, what was done. Data that changed is
    /// told field by field.
    pub fn refresh_head(&mut self, case: &CaseState) {
        let head = Some(Head::of(case));
        if self.head != head {
            (self.head, self.case) = (head, OnceCell::new());
        }
        if self.acts != case.acts {
            self.acts.clone_from(&case.acts);
            (self.done, self.last_done) = (OnceCell::new(), OnceCell::new());
        }
    }

    fn case(&self) -> Value {
        self.head.as_ref().map_or(Value::Null, |head| head.value(|id| self.person(id)))
    }

    /// How often each action was done; the act being done counts once its form is taken.
    fn done(&self) -> Value {
        let times = |id: &str| self.acts.get(id).map_or(0, |acted| acted.times);
        let each = self.process.all_actions().map(|action| &action.id);
        Value::Record(each.map(|id| (id.clone(), Value::Number(times(id).into()))).collect())
    }

    /// When each action was last done; nothing for one that never was.
    fn last_done(&self) -> Value {
        let last = |id: &str| self.acts.get(id).map_or(Value::Null, |a| Value::Instant(a.last));
        let each = self.process.all_actions().map(|action| &action.id);
        Value::Record(each.map(|id| (id.clone(), last(id))).collect())
    }

    /// Reads one field of the data anew.
    pub fn refresh_field(&mut self, id: &str, json: &Json) {
        let value = self.datum(id, json);
        if let Value::Record(fields) = &mut self.data {
            fields.insert(id.to_owned(), value);
        }
    }

    /// The form as filled so far.
    pub fn set_form(&mut self, form: BTreeMap<String, Value>) {
        self.form = Value::Record(form);
    }

    /// One field of the form; [`Value::Null`] takes it out.
    pub fn put_form(&mut self, id: &str, value: Value) {
        if let Value::Record(fields) = &mut self.form {
            if value.is_null() {
                fields.remove(id);
            } else {
                fields.insert(id.to_owned(), value);
            }
        }
    }

    /// Whether expressions now see a form.
    pub fn clear_form(&mut self) {
        self.form = Value::Null;
    }

    fn datum(&self, id: &str, json: &Json) -> Value {
        if id == "verdict" {
            return verdict_value(json);
        }
        self.field(id).map_or_else(|| guess(json), |field| self.field_value(field, json))
    }

    /// A field's JSON as a value of its kind. What does not fit is read as it looks.
    pub fn field_value(&self, field: &Field, json: &Json) -> Value {
        match field.kind {
            FieldKind::Person => {
                let id = json.as_str().and_then(|text| text.parse().ok());
                id.map_or(Value::Null, |id| self.person(id))
            }
            FieldKind::Org => {
                let id = json.as_str().and_then(|text| text.parse().ok());
                id.map_or(Value::Null, |id| self.org(id))
            }
            FieldKind::Customer => {
                let id = json.as_str().map(|id| Value::Text(Word::read(id)));
                id.map_or(Value::Null, |id| Value::Record([("id".to_owned(), id)].into()))
            }
            FieldKind::Computed => guess(json),
            FieldKind::PeopleRows | FieldKind::Rows => self.rows(field, json),
            _ if field.personal.is_some() && json.is_object() => Value::Text(Word::read(SEALED)),
            _ => read(json, shape(field.kind)),
        }
    }

    /// A person as a record; without facts only the id is known.
    pub fn person(&self, id: PersonId) -> Value {
        let mut record = BTreeMap::new();
        record.insert("id".to_owned(), Value::Text(id.to_string().into()));
        if let Some(person) = self.facts.people.get(&id) {
            let texts = |items: &[String]| {
                Value::List(items.iter().map(|item| Value::Text(Word::read(item))).collect())
            };
            let today = match self.today {
                Value::Date(day) => Some(day),
                _ => None,
            };
            let expired = person.certificate_expires.is_some_and(|day| today > Some(day));
            let number = person.certificate_number.as_deref().map(Word::read);
            let valid = number.is_some() && !expired;
            let certificate = BTreeMap::from([
                ("valid".to_owned(), Value::Bool(valid)),
                ("number".to_owned(), number.map_or(Value::Null, Value::Text)),
                ("expires".to_owned(), person.certificate_expires.map_or(Value::Null, Value::Date)),
            ]);
            record.insert("roles".to_owned(), texts(&person.roles));
            record.insert("skills".to_owned(), texts(&person.skills));
            record.insert("certificate".to_owned(), Value::Record(certificate));
            record.insert("open_cases".to_owned(), Value::Number(person.open_cases.into()));
            record.insert("away".to_owned(), Value::Bool(person.away));
            record.insert("org".to_owned(), person.org.map_or(Value::Null, |id| self.org(id)));
        }
        Value::Record(record)
    }
}

/// A value as JSON for the data of a case: a person or an organisation unit is its id.
pub fn to_data(value: &Value, field: Option<&Field>) -> Json {
    use FieldKind::{Customer, Org, Person, Unit};
    let named = field.is_some_and(|f| matches!(f.kind, Person | Org | Customer | Unit));
    let known = |fields: &BTreeMap<String, Value>| {
        named || fields.contains_key("certificate") || fields.contains_key("code")
    };
    if let Value::Record(fields) = value
        && let (Some(Value::Text(id)), true) = (fields.get("id"), known(fields))
    {
        return Json::String(id.to_string());
    }
    match field {
        Some(field) => value.to_json(shape(field.kind)),
        None => value.to_json(&Type::Any),
    }
}

fn actor(command: &Command) -> Value {
    let kind = match command.actor.kind {
        ActorKind::Person => "person",
        ActorKind::Customer => "customer",
        ActorKind::System => "system",
    };
    let roles = command.actor.roles.iter().map(|role| Value::Text(Word::read(role))).collect();
    let id = command.actor.person.map_or(Value::Null, |id| Value::Text(id.to_string().into()));
    Value::Record(BTreeMap::from([
        ("kind".to_owned(), Value::Text(Word::read(kind))),
        ("id".to_owned(), id),
        ("roles".to_owned(), Value::List(roles)),
    ]))
}

pub(crate) fn params(release: &Release) -> Value {
    let value =
        |p: &Parameter| (p.id.clone(), p.value.as_ref().map_or(Value::Null, |v| param(p, v)));
    Value::Record(release.parameters.values().map(value).collect())
}

fn param(parameter: &Parameter, json: &Json) -> Value {
    match parameter.kind.as_str() {
        "money" => read(json, &Type::Money),
        "span" => json.as_str().and_then(base::time::Span::parse).map_or(Value::Null, span),
        "text" => read(json, &Type::Text),
        _ => guess(json),
    }
}

/// A span as an expression reads it: months, or seconds.
fn span(span: base::time::Span) -> Value {
    use base::time::SpanUnit;
    match span.unit {
        SpanUnit::Mo => Value::Months(span.count),
        SpanUnit::D | SpanUnit::Workday => Value::Seconds(span.count.saturating_mul(86_400)),
        SpanUnit::Min | SpanUnit::H => span.seconds().map_or(Value::Null, Value::Seconds),
    }
}

/// The facts of an organisation unit as expressions read them.
pub(crate) fn org_record(facts: &Map<String, Json>) -> Value {
    facts_record("org", Some(facts))
}

/// A record of declared facts as expressions read it; nothing where there are none.
pub(crate) fn facts_record(root: &str, map: Option<&Map<String, Json>>) -> Value {
    let Some(map) = map else { return Value::Null };
    let types = match &*FACT_TYPES {
        Type::Record(roots) => roots.get(root),
        _ => None,
    };
    let field = |name: &str| match types {
        Some(Type::Record(fields)) => fields.get(name),
        _ => None,
    };
    let value = |(name, json): (&String, &Json)| {
        (name.clone(), field(name).map_or_else(|| guess(json), |of| read(json, of)))
    };
    Value::Record(map.iter().map(value).collect())
}

fn history(facts: &Facts) -> Value {
    let item = |h: &crate::facts::HistoryItem| {
        let text = |text: &str| Value::Text(Word::read(text));
        Value::Record(BTreeMap::from([
            ("number".to_owned(), text(&h.number)),
            ("component".to_owned(), text(&h.component)),
            ("fault".to_owned(), text(&h.fault)),
            ("from".to_owned(), Value::Date(h.from)),
            ("to".to_owned(), Value::Date(h.to)),
            ("waiting_parts_days".to_owned(), Value::Number(Decimal::from(h.waiting_parts_days))),
            ("covered".to_owned(), Value::Bool(h.covered)),
            ("replaced".to_owned(), Value::Bool(h.replaced)),
            ("delivered_at".to_owned(), Value::Instant(h.delivered_at)),
        ]))
    };
    Value::List(facts.history.iter().map(item).collect())
}

/// A verdict as expressions read it: what they can name, without its explanations.
fn verdict_value(json: &Json) -> Value {
    let (Json::Object(map), Type::Record(types)) = (json, &*VERDICT_TYPE) else {
        return Value::Null;
    };
    let named = |(name, of): (&String, &Type)| Some((name.clone(), read(map.get(name)?, of)));
    Value::Record(types.iter().filter_map(named).collect())
}

fn read(json: &Json, of: &Type) -> Value {
    Value::from_json(json, of).unwrap_or_else(|_| guess(json))
}

/// JSON without a schema: text that is a day or an instant is one.
fn guess(json: &Json) -> Value {
    let known = json.as_str().and_then(|text| match text.len() {
        10 => text.parse().ok().map(Value::Date),
        20.. => text.parse::<jiff::Timestamp>().ok().map(|at| Value::Instant(at.into())),
        _ => None,
    });
    known.unwrap_or_else(|| Value::from_json(json, &Type::Any).unwrap_or_default())
}
