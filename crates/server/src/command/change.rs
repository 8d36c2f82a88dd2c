//! From a decision to one change: number drawn, children decided, papers and messages rendered.

use super::books::settle;
use super::snapshot::{About, snapshot};
use super::{parties, problem_of};
use crate::app::App;
use crate::docs::{self, Due};
use crate::duty;
use crate::enquiries;
use crate::mail;
use crate::problem::{Answer, Problem};
use base::PersonId;
use engine::{CaseState, Command, Decision, Followup, Outcome};
use rulebook::Release;
use rulebook::model::{MessageClass, Process};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use store::cases::LoadedAt;
use store::document::NewDocument;
use store::message::{NewMessage, Recipient};
use store::{Change, Decided};

/// Whoever is on duty, among those who are told.
const DUTY: &str = "@duty";
/// Deepest nesting of children that open children.
const MAX_DEPTH: u32 = 4;
/// Most children of one command.
const MAX_CHILDREN: usize = 50;

/// A decision on its way into the store.
pub struct Building<'a> {
    /// The application.
    pub app: &'a App,
    /// The release the case runs under.
    pub release: &'a Arc<Release>,
    /// Who acted.
    pub actor: Option<PersonId>,
}

impl Building<'_> {
    /// The whole change: the case and the children it opens.
    pub async fn change(
        &self,
        decision: Decision,
        loaded: Option<LoadedAt>,
        answer: Option<store::Answer>,
    ) -> Answer<Change> {
        let mut children = Vec::new();
        let mut case = self.decided(self.release, decision).await?;
        case.loaded = loaded;
        let mut parents = vec![(case.decision.case.clone(), opens(&case.decision))];
        for _ in 0..MAX_DEPTH {
            let mut next = Vec::new();
            for (parent, followups) in parents {
                for followup in followups {
                    let child = self.child(&parent, &followup).await?;
                    // A child of a child would need an id that does not exist yet; the store
                    // knows one level, so deeper ones hang on the same parent.
                    next.push((parent.clone(), opens(&child.decision)));
                    children.push(child);
                    if children.len() > MAX_CHILDREN {
                        return Err(Problem::new("internal"));
                    }
                }
            }
            parents = next;
        }
        let zone = self.app.zone().clone();
        Ok(Change {
            case,
            children,
            answer,
            run: None,
            listed: None,
            counter: None,
            codes: vec![],
            blank: None,
            zone,
        })
    }

    /// A child, opened under the release in force now.
    async fn child(&self, parent: &CaseState, followup: &Followup) -> Answer<Decided> {
        let now = self.app.now();
        let release = self.app.releases().current(self.app.today())?;
        let command =
            Command::open_child(parent, followup, now).ok_or_else(|| Problem::new("internal"))?;
        let about =
            About { case: None, org: parent.org, unit: parent.unit, customer: parent.customer };
        let facts = snapshot(self.app, &release, about, self.actor, &command.form).await?;
        match engine::decide(&release, None, &facts, &command, now) {
            Outcome::Decided(decision) => {
                settle(self.app, None, &release, &decision).await?;
                self.decided(&release, *decision).await
            }
            Outcome::Refused(refusal) => Err(problem_of(&release, &refusal)),
            Outcome::Ignored => Err(Problem::new("internal")),
        }
    }

    /// A decision with its number, papers, messages and outbox.
    async fn decided(&self, release: &Arc<Release>, mut decision: Decision) -> Answer<Decided> {
        let process = release.processes.get(&decision.case.process);
        let process = process.ok_or_else(|| Problem::new("unknown-process"))?;
        if decision.case.number.is_none() {
            decision.case.number = Some(self.number(process, &decision.case).await?);
        }
        let documents = self.documents(release, &decision).await?;
        let messages = self.messages(release, process, &decision).await?;
        let parties = parties::named(release, process, &decision.case.data);
        let main = decision.case.full_state("main").unwrap_or_default();
        let kind = process.state(&main).map(|s| s.kind);
        let state_kind = kind.and_then(|k| serde_json::to_value(k).ok());
        Ok(Decided {
            decision,
            area: process.area.clone(),
            state_kind: state_kind.and_then(|k| Some(k.as_str()?.to_owned())).unwrap_or_default(),
            documents,
            messages,
            parties,
            loaded: None,
            // The store itself tells a parent that its child ended.
            outbox: vec![],
        })
    }

    async fn number(&self, process: &Process, case: &CaseState) -> Answer<String> {
        let orgs = self.app.orgs();
        let station = orgs.get(case.org).map_or("", |org| org.code.as_str());
        let day = self.app.today();
        Ok(self.app.store().next_number(&process.id, &process.number, station, day).await?)
    }

    async fn documents(
        &self,
        release: &Arc<Release>,
        decision: &Decision,
    ) -> Answer<Vec<NewDocument>> {
        let papers = papers(decision);
        if papers.is_empty() {
            return Ok(vec![]);
        }
        let context = docs::context::of(self.app, release, &decision.case, self.actor).await?;
        let mut documents = Vec::with_capacity(papers.len());
        for paper in papers {
            let html = docs::render(self.app.zone(), release, &paper.document, &context)?;
            documents.push(NewDocument {
                document: paper.document,
                html,
                frozen: paper.frozen_by.is_some(),
                signature: paper.frozen_by.and_then(|f| signature(&decision.case.data, &f)),
            });
        }
        Ok(documents)
    }

    async fn messages(
        &self,
        release: &Release,
        process: &Process,
        decision: &Decision,
    ) -> Answer<Vec<NewMessage>> {
        let case = &decision.case;
        let mut messages = Vec::new();
        for followup in &decision.followups {
            let Followup::Notify { message, to, about } = followup else { continue };
            let args = arguments(release, process, case, message, about.as_deref());
            let class = release.messages.get(message).map(|m| m.class).unwrap_or_default();
            for to in to {
                if to == DUTY {
                    let on = self.on_duty(release, case, followup).await?;
                    messages.extend(on.into_iter().map(|person| NewMessage {
                        to: Recipient::Person(person),
                        message: message.clone(),
                        args: args.clone(),
                    }));
                    continue;
                }
                if let Some(field) = to.strip_prefix("@data.") {
                    let party = case.data.get(field).and_then(|id| id.as_str()?.parse().ok());
                    // Who is no customer of the case is told nothing of it but what they read back.
                    let party = party.filter(|_| class == MessageClass::Code);
                    messages.extend(party.map(|customer| NewMessage {
                        to: Recipient::Customer(customer, class),
                        message: message.clone(),
                        args: args.clone(),
                    }));
                    messages.extend(named(case, field).into_iter().map(|person| NewMessage {
                        to: Recipient::Person(person),
                        message: message.clone(),
                        args: args.clone(),
                    }));
                    continue;
                }
                if let Some(person) = to.strip_prefix("@person.") {
                    let person = person.parse().ok().map(Recipient::Person);
                    messages.extend(person.map(|to| NewMessage {
                        to,
                        message: message.clone(),
                        args: args.clone(),
                    }));
                    continue;
                }
                let recipient = match to.as_str() {
                    "@customer" => case.customer.map(|who| Recipient::Customer(who, class)),
                    "@assignee" => case.assignee.map(Recipient::Person),
                    "@opener" => case.opener.map(Recipient::Person),
                    "@owner" => case.owner.or(case.opener).map(Recipient::Person),
                    "@system" => None,
                    role => Some(Recipient::Role(role.to_owned())),
                };
                if let Some(to) = recipient {
                    let args = self.with_link(decision, &to, args.clone());
                    messages.push(NewMessage { to, message: message.clone(), args });
                }
            }
        }
        Ok(messages)
    }

    /// Whoever is on duty at the case's unit now, and the head where nobody is; not those whom the
    /// message reaches anyway.
    async fn on_duty(
        &self,
        release: &Release,
        case: &CaseState,
        followup: &Followup,
    ) -> Answer<Vec<PersonId>> {
        let Followup::Notify { to, .. } = followup else { return Ok(vec![]) };
        let post = duty::post(self.app, case.org, self.app.now()).await?;
        let mut people: Vec<PersonId> = post.on.iter().map(|on| on.person).collect();
        if people.is_empty() {
            let heads = duty::heads(self.app, release, case.org).await?;
            people
                .extend(heads.into_iter().filter(|(_, role)| !to.contains(role)).map(|(id, _)| id));
        }
        people.sort_unstable();
        people.dedup();
        let told = [
            ("@assignee", case.assignee),
            ("@opener", case.opener),
            ("@owner", case.owner.or(case.opener)),
        ];
        let named = |person: &PersonId| {
            told.iter().any(|(word, who)| to.iter().any(|to| to == word) && *who == Some(*person))
        };
        people.retain(|person| !named(person));
        Ok(people)
    }

    /// What a customer is told of an enquiry leads back to it, and says to who wrote by letter what
    /// was answered; nobody else gets the word.
    fn with_link(
        &self,
        decision: &Decision,
        to: &Recipient,
        mut args: Map<String, Json>,
    ) -> Map<String, Json> {
        let case = &decision.case;
        if let (Some(id), Recipient::Customer(..)) = (case.id, to)
            && case.process == enquiries::PROCESS
        {
            let word = enquiries::link::word(self.app, id, &case.data);
            args.insert("ask".to_owned(), word.into());
            let letter = mail::about(case, &decision.entries);
            args.extend(letter.map(|letter| (mail::MAIL.to_owned(), letter)));
        }
        args
    }
}

/// The people a field of the case names: one, or those of a list.
fn named(case: &CaseState, field: &str) -> Vec<PersonId> {
    let id = |json: &Json| json.as_str().and_then(|id| id.parse().ok());
    match case.data.get(field) {
        Some(Json::Array(rows)) => rows.iter().filter_map(|row| id(row.get("person")?)).collect(),
        Some(one) => id(one).into_iter().collect(),
        None => vec![],
    }
}

fn opens(decision: &Decision) -> Vec<Followup> {
    let opens = |f: &&Followup| matches!(f, Followup::Open { .. });
    decision.followups.iter().filter(opens).cloned().collect()
}

/// Papers of a decision: one version each, frozen when a signature came.
fn papers(decision: &Decision) -> Vec<Due> {
    let mut papers: Vec<Due> = Vec::new();
    for followup in &decision.followups {
        let (document, frozen_by) = match followup {
            Followup::Print { document } => (document, None),
            Followup::Freeze { document, field } => (document, Some(field.clone())),
            _ => continue,
        };
        match papers.iter_mut().find(|p| p.document == *document) {
            Some(paper) => paper.frozen_by = frozen_by.or(paper.frozen_by.take()),
            None => papers.push(Due { document: document.clone(), frozen_by }),
        }
    }
    papers
}

fn signature(data: &Map<String, Json>, field: &str) -> Option<base::FileId> {
    data.get(field)?.get("file")?.as_str()?.parse().ok()
}

/// What the text of a message may name: number, process, deadline and the data it mentions; never
/// anything personal, which stays sealed.
fn arguments(
    release: &Release,
    process: &Process,
    case: &CaseState,
    message: &str,
    about: Option<&str>,
) -> Map<String, Json> {
    let deadline = about.and_then(|id| process.deadlines.iter().find(|d| d.id == id));
    let due = about.and_then(|id| {
        let mut open = case.deadlines.iter().filter(|d| d.deadline == id);
        open.next_back().map(|d| d.due_at.to_string())
    });
    let body = release.messages.get(message).map(|m| format!("{}{}", m.body.zh, m.body.en));
    let body = body.unwrap_or_default();
    let data: Map<String, Json> = case
        .data
        .iter()
        .filter(|(key, value)| {
            body.contains(&format!("data.{key}")) && !value.to_string().contains("$sealed")
        })
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let args = json!({
        "case": { "number": case.number, "process": process.title },
        "data": data,
        "action": about.and_then(|id| process.action(id)).map(|action| &action.title),
        "deadline": { "title": deadline.map(|d| &d.title), "due_at": due },
    });
    match args {
        Json::Object(args) => args,
        _ => Map::new(),
    }
}
