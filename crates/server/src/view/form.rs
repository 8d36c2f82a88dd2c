//! Forms as the browser draws them: what the rulebook says, with what the engine computed now.

use super::parts::Shelf;
use super::{ClauseView, Words};
use crate::api::people::list::CertificateView;
use crate::app::App;
use crate::auth::Session;
use crate::command::problem_of;
use crate::problem::Answer;
use base::{Lang, OrgId};
use engine::form::FieldView;
use engine::{CaseState, Command, Facts};
use rulebook::Release;
use rulebook::model::{Action, Field, FieldKind};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// Most people offered for a list.
const MAX_LISTED: u32 = 500;

/// A form with its fields in the order of the paper.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormSchema {
    pub(crate) id: String,
    pub(crate) title: Words,
    pub(crate) fields: Vec<FieldSchema>,
}

/// A field as it is drawn now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Field)]
pub struct FieldSchema {
    id: String,
    title: Words,
    #[schema(value_type = String)]
    kind: FieldKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Words>,
    required: bool,
    visible: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<String>,
    /// `name`, `phone`, `address`, `id_number`, `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    personal: Option<String>,
    clauses: Vec<ClauseView>,
    /// What it holds at first, or computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Json>,
    /// What is wrong with what was submitted so far.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<super::problem::FieldProblem>,
    /// What is asked of each person of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<ColumnView>,
    /// For people: who may be chosen, and why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<Candidate>>,
    /// For rows of parts: what there is to choose from, in a preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    shelf: Option<Shelf>,
}

impl FieldSchema {
    /// Its key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it holds.
    pub fn kind(&self) -> FieldKind {
        self.kind
    }

    /// Whether it must be filled.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether it is shown.
    pub fn is_visible(&self) -> bool {
        self.visible
    }

    /// Whether it is filled already.
    pub fn has_value(&self) -> bool {
        self.value.is_some()
    }

    /// The smallest number.
    pub fn min(&self) -> Option<f64> {
        self.min
    }

    /// Keys of the written choices.
    pub fn choice_ids(&self) -> Vec<&str> {
        self.choices.iter().map(|c| c.id.as_str()).collect()
    }

    /// The first person who may be chosen.
    pub fn free_candidate(&self) -> Option<&str> {
        let free = self.candidates.as_ref()?.iter().find(|c| c.refused.is_none());
        free.map(|c| c.id.as_str())
    }
}

impl FormSchema {
    /// Without what rows of parts choose from: a page of many forms leaves that to the preview of
    /// the one that is filled in.
    #[must_use]
    pub fn without_shelves(mut self) -> Self {
        for field in &mut self.fields {
            field.shelf = None;
        }
        self
    }
}

/// A choice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChoiceView {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
}

/// A column of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Column)]
pub struct ColumnView {
    id: String,
    title: Words,
    #[schema(value_type = String)]
    kind: FieldKind,
    required: bool,
    /// Whether the rules wrote it: it is shown, not asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    fixed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceView>,
}

impl ColumnView {
    fn of(column: &Field) -> Self {
        let choice = |c: &rulebook::model::Choice| ChoiceView {
            id: c.id.clone(),
            title: (&c.title).into(),
            clauses: vec![],
        };
        Self {
            id: column.id.clone(),
            title: (&column.title).into(),
            kind: column.kind,
            required: matches!(column.required, rulebook::model::Requirement::Always(true)),
            fixed: column.fixed,
            unit: column.unit.as_ref().map(|unit| Words::from(&unit.0)),
            min: column.min,
            max: column.max,
            choices: column.choices.iter().map(choice).collect(),
        }
    }
}

/// A person who may be chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Candidate {
    id: String,
    name: String,
    /// Roles in words.
    roles: Vec<Words>,
    /// Skills in words.
    skills: Vec<Words>,
    certificate: Option<CertificateView>,
    open_cases: u32,
    away: bool,
    /// Where the person works, on lists across stations.
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<String>,
    /// Why this person may not be chosen now.
    #[schema(value_type = Option<super::problem::ProblemBody>)]
    refused: Option<Json>,
}

/// Where a form is drawn.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// The application.
    pub app: &'a App,
    /// Who looks.
    pub session: &'a Session,
    /// The release of the case.
    pub release: &'a Release,
    /// The case, when there is one.
    pub case: Option<&'a CaseState>,
    /// The unit that owns or will own it.
    pub org: OrgId,
    /// The snapshot.
    pub facts: &'a Facts,
}

impl Drawing<'_> {
    /// The form of an action, `command` carrying what is filled so far.
    pub async fn form(&self, action: &Action, command: &Command) -> Answer<Option<FormSchema>> {
        let Some(form) = action.form.as_ref().and_then(|id| self.release.forms.get(id)) else {
            return Ok(None);
        };
        let now = self.app.now();
        let views = engine::form::form_view(self.release, self.case, self.facts, command, now);
        let mut fields = Vec::with_capacity(views.len());
        for view in &views {
            let mut field = self.field(view);
            if view.field.kind == FieldKind::Person && view.visible {
                field.candidates = Some(self.candidates(view.field, command).await?);
            }
            if view.field.kind == FieldKind::Parts && view.visible {
                let choice = Shelf::of(self, view, action, command);
                if let Some(rows) = field.value.as_mut().filter(|_| choice.is_blind()) {
                    Shelf::hide_books(rows);
                }
                field.shelf = Some(choice);
            }
            if view.field.kind == FieldKind::PeopleRows && view.visible {
                field.candidates = Some(self.listed(view).await?);
            }
            fields.push(field);
        }
        Ok(Some(FormSchema { id: form.id.clone(), title: (&form.title).into(), fields }))
    }

    fn field(&self, view: &FieldView<'_>) -> FieldSchema {
        let (field, lang) = (view.field, self.session.lang);
        let clauses = |ids: &[String]| ClauseView::all(self.release, ids, lang);
        // What is sealed stays here; a mask written back would replace the truth.
        let hidden = field.personal.is_some() || view.value.is_null();
        let errors = view.errors.iter().map(|e| super::problem::FieldProblem {
            field: e.field.clone(),
            code: e.code.clone(),
            detail: e.sentence.get(lang).to_owned(),
        });
        FieldSchema {
            id: field.id.clone(),
            title: (&field.title).into(),
            kind: field.kind,
            help: field.help.as_ref().map(Words::from),
            required: view.required,
            visible: view.visible,
            unit: field.unit.as_ref().map(|unit| Words::from(&unit.0)),
            min: field.min,
            max: field.max,
            choices: field
                .choices
                .iter()
                .map(|c| ChoiceView {
                    id: c.id.clone(),
                    title: (&c.title).into(),
                    clauses: clauses(&c.clause),
                })
                .collect(),
            catalog: field.catalog.clone(),
            roles: field.roles.clone(),
            personal: field
                .personal
                .and_then(|p| serde_json::to_value(p).ok()?.as_str().map(str::to_owned)),
            clauses: clauses(&field.clause),
            value: (!hidden).then(|| view.value.clone()),
            errors: errors.collect(),
            columns: field.columns.iter().map(ColumnView::of).collect(),
            candidates: None,
            shelf: None,
        }
    }

    /// Who may stand on a list: people in my scope, and who stands there already.
    async fn listed(&self, view: &FieldView<'_>) -> Answer<Vec<Candidate>> {
        let (store, today) = (self.app.store(), self.app.today());
        let mut people = Vec::new();
        let roles = &view.field.roles;
        let asked = if roles.is_empty() { vec![None] } else { roles.iter().map(Some).collect() };
        for held in asked {
            let held = held.map(String::as_str);
            people.extend(store.people(&self.session.scope, held, MAX_LISTED).await?);
        }
        let rows = view.value.as_array().into_iter().flatten();
        let there = rows.filter_map(|row| row.get("person")?.as_str()?.parse().ok());
        let there: Vec<base::PersonId> = there.collect();
        people.extend(store.people_named(&there).await?);
        let mut seen = std::collections::BTreeSet::new();
        people.retain(|person| person.active && seen.insert(person.id));
        let orgs = self.app.orgs();
        let candidate = |person: &store::person::Person| Candidate {
            id: person.id.to_string(),
            name: person.name.reveal().to_owned(),
            roles: person.roles.iter().map(|r| role(self.release, &r.role)).collect(),
            skills: person.skills.iter().map(|key| skill(self.release, key)).collect(),
            certificate: person.certificate.as_ref().map(|held| CertificateView::of(held, today)),
            open_cases: 0,
            away: person.away_until.is_some_and(|until| until >= today),
            org: orgs.get(person.org).map(|org| org.name.clone()),
            refused: None,
        };
        Ok(people.iter().map(candidate).collect())
    }

    async fn candidates(&self, field: &Field, command: &Command) -> Answer<Vec<Candidate>> {
        let today = self.app.today();
        let found = self.app.store().candidates(self.org, &field.roles).await?;
        let ids: Vec<base::PersonId> = found.iter().map(|c| c.person.id).collect();
        let request = store::cases::FactsRequest {
            unit: None,
            customer: None,
            org: self.org,
            orgs: vec![],
            people: ids,
            now: self.app.now(),
            zone: self.app.zone().clone(),
        };
        let mut facts = self.facts.clone();
        facts.people.extend(self.app.store().facts(&request).await?.people);
        let refused = |person: base::PersonId| {
            let refusal = engine::form::candidate_refusal(
                self.release,
                self.case?,
                &facts,
                command,
                &field.id,
                &person.to_string(),
                self.app.now(),
            )?;
            Some(problem_of(self.release, &refusal).body(self.session.lang, ""))
        };
        let candidates = found.iter().map(|c| Candidate {
            id: c.person.id.to_string(),
            name: c.person.name.reveal().to_owned(),
            roles: c.person.roles.iter().map(|held| role(self.release, &held.role)).collect(),
            skills: c.person.skills.iter().map(|key| skill(self.release, key)).collect(),
            certificate: c.person.certificate.as_ref().map(|held| CertificateView::of(held, today)),
            open_cases: c.open_cases,
            away: c.person.away_until.is_some_and(|until| until >= today),
            org: None,
            refused: refused(c.person.id),
        });
        Ok(candidates.collect())
    }
}

/// A role in words.
fn role(release: &Release, key: &str) -> Words {
    release.roles.get(key).map_or_else(|| Words::key(key), |role| (&role.title).into())
}

/// A skill (技能) in words: the part or the choice it is named after; free text as it is.
pub fn skill(release: &Release, key: &str) -> Words {
    crate::docs::context::words_of(release, key).map_or_else(|| Words::key(key), Words::from)
}

/// The text of a value as the timeline and summaries show it.
pub fn text_of(release: &Release, field: &Field, value: &Json, lang: Lang) -> String {
    let word = |key: &str| {
        let written = field.choices.iter().find(|c| c.id == key).map(|c| &c.title);
        written
            .or_else(|| crate::docs::context::words_of(release, key))
            .map_or_else(|| key.to_owned(), |t| t.get(lang).to_owned())
    };
    let yes = |b: bool| match (b, lang) {
        (true, Lang::Zh) => "是",
        (false, Lang::Zh) => "否",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    };
    let count = |n: usize, zh: &str, en: &str| match lang {
        Lang::Zh => format!("{n} {zh}"),
        Lang::En => format!("{n} {en}"),
    };
    match (field.kind, value) {
        (_, Json::Null) => String::new(),
        (_, Json::Bool(b)) => yes(*b).to_owned(),
        (FieldKind::Money, Json::Number(n)) => {
            base::Money(n.as_i64().unwrap_or_default()).to_string()
        }
        (_, Json::Number(n)) => {
            let unit = field.unit.as_ref().map_or("", |unit| unit.0.get(lang));
            format!("{n} {unit}").trim_end().to_owned()
        }
        (FieldKind::Choice, Json::String(key)) => word(key),
        (_, Json::String(text)) => text.clone(),
        (FieldKind::Photos, Json::Array(all)) => count(all.len(), "张照片", "photos"),
        (FieldKind::Lines, Json::Array(all)) => count(all.len(), "行", "lines"),
        (FieldKind::Parts, Json::Array(all)) => parts_text(all, lang),
        (FieldKind::PeopleRows, Json::Array(all)) => count(all.len(), "人", "people"),
        (FieldKind::Rows, Json::Array(all)) => count(all.len(), "行", "rows"),
        (FieldKind::Computed, Json::Array(all)) if all.iter().any(Json::is_object) => {
            let terms = all.iter().any(|row| row.get("days_left").is_some());
            if terms { count(all.len(), "项", "terms") } else { count(all.len(), "张", "cases") }
        }
        (FieldKind::File, Json::Array(all)) => count(all.len(), "个文件", "files"),
        (_, Json::Array(all)) => {
            let words: Vec<String> = all.iter().filter_map(|v| v.as_str().map(word)).collect();
            words.join(if lang == Lang::Zh { "、" } else { ", " })
        }
        (FieldKind::Checklist, Json::Object(map)) => {
            let open: Vec<String> = map
                .iter()
                .filter(|(_, v)| **v == Json::Bool(false))
                .map(|(k, _)| word(k))
                .collect();
            let done = map.len() - open.len();
            if open.is_empty() {
                format!("{done}/{} ✓", map.len())
            } else {
                format!("{done}/{} ✓ · ✗ {}", map.len(), open.join("、"))
            }
        }
        (FieldKind::Measurement, Json::Object(map)) => {
            let unit = field.unit.as_ref().map_or("", |unit| unit.0.get(lang));
            map.get("value").map_or_else(String::new, |v| format!("{v} {unit}"))
        }
        (FieldKind::Signature, Json::Object(_)) => {
            if lang == Lang::Zh {
                "已签字".into()
            } else {
                "signed".into()
            }
        }
        (_, Json::Object(_)) => "…".into(),
    }
}

/// `BAT-48-20 ×1 (B1)`, row by row.
fn parts_text(rows: &[Json], lang: Lang) -> String {
    let row = |row: &Json| {
        let text = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
        let pieces = row.get("quantity").and_then(Json::as_i64).unwrap_or_default();
        let serials = row.get("serials").and_then(Json::as_array);
        let serials: Vec<&str> = serials.into_iter().flatten().filter_map(Json::as_str).collect();
        let told =
            if serials.is_empty() { String::new() } else { format!(" ({})", serials.join(", ")) };
        format!("{} ×{pieces}{told}", text("part"))
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    rows.join(if lang == Lang::Zh { "、" } else { ", " })
}
