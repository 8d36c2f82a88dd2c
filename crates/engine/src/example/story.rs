//! A story: who does what at which time, what is refused by which rule, where the case then stands.

use super::expect::{below, check_refusal, differs, lacking, told};
use super::given::{
    changed, deputies, doubts, held, history, known, local, numbers, person, person_named, prices,
    registered, station, till, with_id,
};
use super::stock::Stock;
use super::tallied::Told;
use super::{Moment, failure, heeded, scheduled, trace};
use crate::case::CaseState;
use crate::command::{Actor, ChildEnd, Command, Handing, LateEntry, Opening, Principal};
use crate::decide::{advance, decide, missing};
use crate::decision::{Decision, Followup, Outcome, Refusal};
use crate::facts::{Facts, Held, Till};
use crate::form::shelf_of;
use base::time::{Span, SpanUnit, add_days, add_months};
use base::{CaseId, CustomerId, Instant, OrgId, PersonId, Text, UnitId};
use rulebook::model::{ChildStep, Example, Process, Step};
use rulebook::{Release, Traces};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// When a story begins that does not say it: a Friday morning.
const BEGINS: &str = "2026-11-20T09:00";

/// The organisation unit that opens the case of a story.
pub(super) const HOME: OrgId = OrgId(1);

/// Runs the story; an error names the step, what was expected and what came.
pub fn run(release: &Release, example: &Example, traces: &mut Traces) -> Result<(), Text> {
    let id = example.process.as_deref().unwrap_or_default();
    let process = release
        .processes
        .get(id)
        .ok_or_else(|| failure(format!("没有流程“{id}”"), format!("there is no process `{id}`")))?;
    let mut teller = Teller::new(release, process, example)?;
    for (place, step) in example.steps.iter().enumerate() {
        teller.step(step, traces).map_err(|text| {
            let (n, name) = (place + 1, step.act.as_deref().unwrap_or("…"));
            failure(
                format!("第{n}步（{name}）：{}", text.zh),
                format!("step {n} ({name}): {}", text.en),
            )
        })?;
    }
    Ok(())
}

/// The commands of a story, each with what it is decided on.
pub fn moments(release: &Release, example: &Example) -> Vec<Moment> {
    let process = example.process.as_ref().and_then(|id| release.processes.get(id));
    let Some(mut teller) = process.and_then(|p| Teller::new(release, p, example).ok()) else {
        return Vec::new();
    };
    teller.moments = Some(Vec::new());
    let mut steps = example.steps.iter();
    while steps.next().is_some_and(|step| teller.step(step, &mut Traces::default()).is_ok()) {}
    teller.moments.unwrap_or_default()
}

/// A story being told.
pub(super) struct Teller<'a> {
    pub(super) release: &'a Release,
    pub(super) process: &'a Process,
    pub(super) facts: Facts,
    stock: Stock,
    names: BTreeMap<String, PersonId>,
    deputies: BTreeMap<PersonId, Vec<PersonId>>,
    orgs: BTreeMap<String, OrgId>,
    case: Option<CaseState>,
    opening: Opening,
    /// Runs of schedules made so far: schedule and period.
    pub(super) made: BTreeSet<(String, String)>,
    counted: Told,
    pub(super) now: Instant,
    /// Each command as it was decided, where somebody collects them.
    moments: Option<Vec<Moment>>,
}

/// What one step brought.
#[derive(Default)]
struct Brought {
    warned: Vec<String>,
    breached: Vec<String>,
    escalated: Vec<String>,
    annulled: Vec<String>,
    noted: Vec<String>,
    lifted: Vec<String>,
    on_behalf: Option<PersonId>,
    self_approved: Vec<String>,
    printed: Vec<String>,
    notified: Vec<String>,
    opened: Vec<String>,
    told: Vec<String>,
    hands_over: Vec<String>,
    registered: Vec<String>,
    posted: Vec<String>,
    forms: BTreeMap<String, Map<String, Json>>,
    ignored: bool,
    refused: Option<Refusal>,
}

impl<'a> Teller<'a> {
    fn new(release: &'a Release, process: &'a Process, example: &Example) -> Result<Self, Text> {
        let mut facts = Facts { calendars: release.calendars.clone(), ..Facts::default() };
        let mut names = BTreeMap::new();
        for (number, (name, told)) in (1_i64..).zip(&example.people) {
            names.insert(name.clone(), PersonId(number));
            facts.people.insert(PersonId(number), person(name, told)?);
        }
        let deputies = deputies(&names, example)?;
        let given = |key: &str| example.given.get(key).and_then(Json::as_object);
        [facts.unit, facts.customer, facts.campaign] =
            ["unit", "customer", "campaign"].map(|key| given(key).cloned());
        facts.org = with_id(&given("org").cloned().unwrap_or_else(station), HOME);
        facts.orgs.insert(HOME, facts.org.clone());
        let mut orgs = BTreeMap::new();
        for (id, (name, told)) in (2_i64..).zip(given("orgs").into_iter().flatten()) {
            let told = told.as_object().cloned().unwrap_or_default();
            facts.orgs.insert(OrgId(id), with_id(&told, OrgId(id)));
            orgs.insert(name.clone(), OrgId(id));
        }
        facts.parts = Arc::new(release.parts.clone());
        facts.prices = Arc::new(prices(release, &example.given)?);
        let stock = Stock::given(release, given("stock").unwrap_or(&Map::new()))?;
        for item in example.given.get("history").and_then(Json::as_array).into_iter().flatten() {
            facts.history.push(history(item, &facts)?);
        }
        facts.held = held(&example.given)?;
        let now = local(&facts, example.starts.as_deref().unwrap_or(BEGINS))?;
        let open_items = stock.open_items(release, &facts.org, now);
        facts.till = Till { open_items, ..till(&example.given)? };
        facts.doubts = doubts(&example.given);
        facts.known = known(&example.given);
        let opening = Opening {
            process: process.id.clone(),
            org: HOME,
            unit: facts.unit.is_some().then_some(UnitId(1)),
            customer: facts.customer.is_some().then_some(CustomerId(1)),
            parent: None,
        };
        let (case, counted, made) = (None, Told::default(), BTreeSet::new());
        Ok(Self {
            release,
            process,
            facts,
            stock,
            names,
            deputies,
            orgs,
            case,
            opening,
            made,
            counted,
            now,
            moments: None,
        })
    }

    fn step(&mut self, step: &Step, traces: &mut Traces) -> Result<(), Text> {
        self.pass_time(step)?;
        changed(&mut self.facts, &step.unit);
        let mut brought = Brought::default();
        if let Some(case) = &self.case
            && let Some(decision) = advance(self.release, case, &self.facts, self.now)
        {
            self.adopt(decision, &mut brought, traces)?;
        }
        let command = match (&step.act, &step.child) {
            (None, None) if step.schedule.is_some() => {
                let command = scheduled::command(self, step, traces)?;
                brought.ignored = command.is_none();
                command
            }
            (Some(act), _) => {
                let command = self.command(act, step)?;
                trace::roles(self.process, act, &command.actor, traces);
                Some(command)
            }
            (None, Some(child)) => Some(self.ended(child)),
            (None, None) => None,
        };
        if let Some(command) = command {
            self.look_at_shelf(&command);
            if let Some(moments) = &mut self.moments {
                let (case, facts, now) = (self.case.clone(), self.facts.clone(), self.now);
                moments.push(Moment { case, facts, command: command.clone(), now });
            }
            match decide(self.release, self.case.as_ref(), &self.facts, &command, self.now) {
                Outcome::Decided(decision) => match self.stock.settle(&decision, &mut self.facts) {
                    Ok(()) => self.adopt(*decision, &mut brought, traces)?,
                    Err(refusal) => brought.refuse(self.process, *refusal, traces),
                },
                Outcome::Refused(refusal) => brought.refuse(self.process, *refusal, traces),
                Outcome::Ignored => brought.ignored = true,
            }
        }
        traces.bit.extend(step.figures.keys().cloned());
        self.check(step, &brought)
    }

    /// What the form of an action is read against, as the store would bring it.
    fn look_at_shelf(&mut self, command: &Command) {
        let action = command.action.as_deref().and_then(|id| self.process.action(id));
        let (case, facts) = (self.case.as_ref(), &self.facts);
        let found = action
            .and_then(|action| shelf_of(self.release, self.process, action, case, facts, self.now));
        self.stock.show(found, &mut self.facts);
    }

    /// Moves the clock: `+2 h` from the step before, or to a local time.
    fn pass_time(&mut self, step: &Step) -> Result<(), Text> {
        let Some(at) = &step.at else { return Ok(()) };
        let Some(span) = at.strip_prefix('+') else {
            self.now = local(&self.facts, at)?;
            return Ok(());
        };
        let unreadable = || {
            failure(
                format!("“{at}”不是时间；请写 \"+2 h\" 或 \"2026-11-20T09:00\""),
                format!("`{at}` is no time; write \"+2 h\" or \"2026-11-20T09:00\""),
            )
        };
        let span = Span::parse(span).ok_or_else(unreadable)?;
        if let Some(seconds) = span.seconds() {
            self.now = self.now.plus_seconds(seconds);
            return Ok(());
        }
        let local = self.facts.zone.local(self.now);
        let day = match span.unit {
            SpanUnit::Mo => add_months(local.date(), span.count),
            _ => add_days(local.date(), span.count),
        };
        let day = day.ok_or_else(unreadable)?;
        self.now = self.facts.zone.instant(day.to_datetime(local.time()));
        Ok(())
    }

    fn command(&self, act: &str, step: &Step) -> Result<Command, Text> {
        let mut form = Map::new();
        for (key, value) in &step.form {
            form.insert(key.clone(), self.named(value));
        }
        let late = step.occurred.as_ref().map(|_| LateEntry {
            paper: "补-001".to_owned(),
            reason: step.reason.clone().unwrap_or_else(|| "停电".to_owned()),
            photos: Vec::new(),
        });
        let occurred_at = match &step.occurred {
            Some(at) => local(&self.facts, at)?,
            None => self.now,
        };
        let handing = self.handing(act, step)?;
        Ok(Command {
            action: handing.is_none().then(|| act.to_owned()),
            opening: self.case.is_none().then(|| self.opening.clone()),
            form,
            reason: step.reason.clone(),
            actor: self.actor(step)?,
            occurred_at,
            late,
            child: None,
            handing,
        })
    }

    fn handing(&self, act: &str, step: &Step) -> Result<Option<Handing>, Text> {
        let action = act.to_owned();
        if step.take_back {
            return Ok(Some(Handing::Back { action }));
        }
        let to = step.hand_on.as_ref().map(|name| person_named(&self.names, name)).transpose()?;
        Ok(to.map(|to| Handing::On { action, to }))
    }

    fn roles(&self, person: PersonId) -> Vec<String> {
        self.facts.people.get(&person).map(|p| p.roles.clone()).unwrap_or_default()
    }

    fn deputies(&self, person: PersonId) -> Vec<Principal> {
        let away = self.deputies.get(&person).into_iter().flatten();
        away.map(|away| Principal { person: *away, roles: self.roles(*away) }).collect()
    }

    /// The end of a child, as the store would tell it.
    fn ended(&self, child: &ChildStep) -> Command {
        let end = ChildEnd {
            case: CaseId(1000 + child.case),
            number: format!("示例-{}", 1000 + child.case),
            process: child.process.clone(),
            state: child.state.clone(),
            round: child.round,
            unit: child.unit.as_ref().and_then(|id| id.parse().ok()),
            data: child.data.iter().map(|(k, v)| (k.clone(), self.named(v))).collect(),
        };
        Command::child_ended(end, self.now)
    }

    /// `"@name"` stands for the id of that person or organisation unit, wherever it stands in the
    /// form.
    fn named(&self, value: &Json) -> Json {
        match value {
            Json::String(text) => text
                .strip_prefix('@')
                .and_then(|name| {
                    let person = self.names.get(name).map(PersonId::to_string);
                    person.or_else(|| self.orgs.get(name).map(OrgId::to_string))
                })
                .map_or_else(|| value.clone(), Json::String),
            Json::Array(items) => items.iter().map(|item| self.named(item)).collect(),
            Json::Object(map) => {
                Json::Object(map.iter().map(|(k, v)| (k.clone(), self.named(v))).collect())
            }
            other => other.clone(),
        }
    }

    fn actor(&self, step: &Step) -> Result<Actor, Text> {
        match step.by.as_deref() {
            Some("customer") => Ok(Actor::customer()),
            Some("system") => Ok(Actor::system()),
            Some(name) => {
                let id = person_named(&self.names, name)?;
                Ok(Actor { deputy_for: self.deputies(id), ..Actor::staff(id, self.roles(id)) })
            }
            None => Err(failure("没有写由谁办理（by）", "who does it (`by`) is not said")),
        }
    }

    /// Takes over a decision as the store would, and opens its children for trial.
    fn adopt(
        &mut self,
        decision: Decision,
        brought: &mut Brought,
        traces: &mut Traces,
    ) -> Result<(), Text> {
        trace::decision(self.release, self.process, &decision, traces);
        brought.collect(&decision, &self.facts.held);
        registered(&mut self.facts, &decision);
        decision.entries.iter().for_each(|entry| self.counted.add(&entry.counted, traces));
        let mut case = decision.case;
        case.id = Some(CaseId(1));
        case.number.get_or_insert_with(|| "示例-0001".to_owned());
        case.version += 1;
        for followup in &decision.followups {
            let Some(command) = Command::open_child(&case, followup, self.now) else { continue };
            let child = decide(self.release, None, &self.facts, &command, self.now);
            if let Outcome::Refused(refusal) = child {
                let (of, why) = (command_process(&command), told(&refusal));
                let zh = format!("子单 {of} 开不出：{}", why.zh);
                let en = format!("child {of} is refused: {}", why.en);
                return Err(failure(zh, en));
            }
        }
        if let Some(org) = self.facts.orgs.get(&case.org) {
            self.facts.org.clone_from(org);
        }
        heeded::trace(self.process, &case, traces);
        self.case = Some(case);
        Ok(())
    }

    fn check(&self, step: &Step, brought: &Brought) -> Result<(), Text> {
        check_refusal(step, brought.refused.as_ref())?;
        let found = |text: Option<Text>| text.map_or(Ok(()), Err);
        for (what, wanted, got) in [
            (("预警", "the warnings"), &step.warned, &brought.warned),
            (("超时", "the breaches"), &step.breached, &brought.breached),
            (("升级", "the escalations"), &step.escalated, &brought.escalated),
            (("撤销的超时", "the annulled breaches"), &step.annulled, &brought.annulled),
            (("记录", "what is noted"), &step.noted, &brought.noted),
            (("放行", "what is lifted"), &step.lifted, &brought.lifted),
            (("自行核准", "the self-approvals"), &step.self_approved, &brought.self_approved),
            (("单据", "the documents"), &step.printed, &brought.printed),
            (("消息", "the messages"), &step.notified, &brought.notified),
            (("子单", "the children"), &step.opened, &brought.opened),
            (("一并办理的子单", "the children told"), &step.told, &brought.told),
            (("交接的在办单", "the cases handed over"), &step.hands_over, &brought.hands_over),
            (("登记", "what is registered"), &step.registered, &brought.registered),
            (("记账", "the postings"), &step.posted, &brought.posted),
        ] {
            found(lacking(what, wanted, got))?;
        }
        self.check_children(step, brought)?;
        self.check_approvals(step, brought)?;
        self.stock.check(self.release, step)?;
        self.counted.check(self.release, step)?;
        let Some(case) = &self.case else { return Ok(()) };
        heeded::check(self.process, case, step)?;
        if let Some(wanted) = &step.org {
            let owner = self.orgs.iter().find(|(_, id)| **id == case.org);
            let owner = owner.map_or("", |(name, _)| name.as_str());
            found(differs("org", &Json::from(wanted.as_str()), &Json::from(owner)))?;
        }
        let standing: Vec<String> = case
            .tracks
            .iter()
            .flat_map(|(track, at)| [format!("{track}.{}", at.state), at.state.clone()])
            .collect();
        found(lacking(("状态", "the states"), &step.state, &standing))?;
        let data = Json::Object(case.data.clone());
        for (path, wanted) in &step.data {
            let wanted = self.named(wanted);
            found(differs(path, &wanted, below(&data, path)))?;
        }
        for (id, wanted) in &step.deadlines {
            let last = case.deadlines.iter().rev().find(|d| d.deadline == *id);
            let status = last.and_then(|d| serde_json::to_value(d.status).ok()).unwrap_or_default();
            found(differs(id, &Json::String(wanted.clone()), &status))?;
        }
        Ok(())
    }

    /// Whose approval is still missing, and whose office the actor held.
    fn check_approvals(&self, step: &Step, brought: &Brought) -> Result<(), Text> {
        let id = step.act.as_deref().unwrap_or_default();
        let approvals = self.process.action(id).and_then(|action| action.approvals.as_ref());
        let votes = self.case.as_ref().map_or(&[][..], |case| case.grants.votes(id));
        let waits = approvals.filter(|_| !votes.is_empty()).map(|all| missing(all, votes));
        let waits: Vec<String> = waits.into_iter().flatten().map(str::to_owned).collect();
        lacking(("还等的同意", "the approvals missing"), &step.waits, &waits)
            .map_or(Ok(()), Err)?;
        let Some(wanted) = &step.on_behalf else { return Ok(()) };
        let name = self.names.iter().find(|(_, id)| Some(**id) == brought.on_behalf);
        let name = name.map_or("", |(name, _)| name.as_str());
        differs("on_behalf", &wanted.as_str().into(), &name.into()).map_or(Ok(()), Err)
    }

    /// What children were opened with, and whether the end of one was passed over.
    fn check_children(&self, step: &Step, brought: &Brought) -> Result<(), Text> {
        for (path, wanted) in &step.mapped {
            let (process, field) = path.split_once('.').unwrap_or((path, ""));
            let form = brought.forms.get(process).cloned().unwrap_or_default();
            let got = Json::Object(form);
            differs(path, &self.named(wanted), below(&got, field)).map_or(Ok(()), Err)?;
        }
        match (step.ignored, brought.ignored) {
            (true, false) => Err(failure("这一步本应略过", "the step should be passed over")),
            (false, true) => Err(failure("这一步被略过", "the step was passed over")),
            _ => Ok(()),
        }
    }
}

impl Brought {
    fn refuse(&mut self, process: &Process, refusal: Refusal, traces: &mut Traces) {
        trace::refusal(process, &refusal, traces);
        self.refused = Some(refusal);
    }

    fn collect(&mut self, decision: &Decision, held: &[Held]) {
        for entry in &decision.entries {
            self.on_behalf = entry.on_behalf.or(self.on_behalf);
            match entry.event.as_str() {
                "warned" => self.warned.push(entry.subject.clone()),
                "breached" => self.breached.push(entry.subject.clone()),
                "escalated" => self.escalated.push(entry.subject.clone()),
                "self_approved" => self.self_approved.push(entry.subject.clone()),
                "breach_annulled" => self.annulled.push(entry.subject.clone()),
                _ => {}
            }
            for why in &entry.why {
                let noted = matches!(
                    &*why.code,
                    "require_noted" | "require_overridden" | "require_passed_late"
                );
                if noted {
                    let id = why.rule.rsplit('/').next().unwrap_or_default();
                    self.noted.push(id.to_owned());
                }
                if why.code == "require_lifted" {
                    self.lifted.extend(why.rule.rsplit('/').next().map(str::to_owned));
                }
            }
        }
        for posting in &decision.postings {
            self.posted.extend(posting.rule.rsplit('/').next().map(str::to_owned));
        }
        for followup in &decision.followups {
            match followup {
                Followup::Print { document } => self.printed.push(document.clone()),
                Followup::Notify { message, .. } => self.notified.push(message.clone()),
                Followup::Open { process, form } => {
                    self.opened.push(process.clone());
                    self.forms.insert(process.clone(), form.clone());
                }
                Followup::Tell { process, .. } => self.told.push(process.clone()),
                Followup::Register { target, .. } => self.registered.push(target.clone()),
                Followup::HandOver { cases, .. } => self.hands_over.extend(numbers(held, cases)),
                _ => {}
            }
        }
    }
}

fn command_process(command: &Command) -> &str {
    command.opening.as_ref().map_or("", |opening| opening.process.as_str())
}
