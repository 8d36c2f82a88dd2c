//! Packs laid over each other: a child's item replaces its parent's of the same kind and id.

use super::order::Ordered;
use super::refine;
use super::tables::MergedTable;
use crate::load::{Pack, Places};
use crate::model::Group;
use crate::{Finding, Place, Release};
use std::collections::{BTreeMap, BTreeSet};

/// The table of a law pack that gives remedies by facts.
pub(super) const FLOOR: &str = "floor";

/// A release in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// What is there so far.
    pub release: Release,
    /// Where it stands.
    pub places: Places,
    /// Items with mistakes of shape; what follows from them is not reported.
    pub damaged: BTreeSet<String>,
    /// Everything found.
    pub findings: Vec<Finding>,
    /// Tables before they are compiled.
    pub tables: BTreeMap<String, MergedTable>,
    /// Templates without a document, and documents by pack file.
    owners: BTreeMap<String, usize>,
    names: Vec<String>,
}

/// Who lays something over what.
pub(super) struct Layer<'a> {
    pub pack: &'a Pack,
    pub order: &'a Ordered,
}

impl Draft {
    /// Lays the packs over each other, parents first.
    pub(super) fn merge(packs: &[Pack], order: &[Ordered], findings: Vec<Finding>) -> Self {
        let names = packs.iter().map(|pack| pack.id.clone()).collect();
        let company = packs.iter().any(|pack| pack.law.is_none());
        let mut draft = Self { findings, names, ..Self::default() };
        for ordered in order {
            let layer = Layer { pack: &packs[ordered.pack], order: ordered };
            draft.damaged.extend(layer.pack.damaged.iter().cloned());
            draft.info(&layer);
            draft.words(&layer);
            if layer.pack.law.is_some() {
                draft.law(&layer);
                // The shop to try the law with gives way to a company.
                if company {
                    continue;
                }
            }
            draft.catalog(&layer);
            draft.examples(&layer);
            for (stem, file) in &layer.pack.forms {
                refine::form(&mut draft, &layer, stem, file);
            }
            for (stem, file) in &layer.pack.processes {
                refine::process(&mut draft, &layer, stem, file);
            }
            for (id, table) in layer.pack.tables.iter().filter(|(id, _)| *id != FLOOR) {
                draft.table(&layer, id, table);
            }
        }
        let groups = &mut draft.release.catalog.groups;
        if groups.is_empty() {
            *groups = Group::usual();
        }
        draft
    }

    /// Records an error.
    pub fn error(&mut self, code: &'static str, at: Place, zh: String, en: String) {
        self.findings.push(Finding::error(code, at, zh, en));
    }

    /// Takes over an item's place. Two packs of which neither extends the other may not both
    /// define it.
    pub(super) fn claim(&mut self, layer: &Layer<'_>, path: &str) {
        let mine = layer.order.pack;
        if let Some(owner) = self.owners.get(path)
            && *owner != mine
            && !layer.order.ancestors.contains(owner)
        {
            let (other, own) = (self.names[*owner].clone(), layer.pack.id.clone());
            let what = path.replacen('/', " ", 1);
            self.error(
                "two-parents",
                layer.pack.places.of(path),
                format!("制度包 {other} 和 {own} 都定义了 {what}，且互不继承；只能由一个定义"),
                format!(
                    "the packs {other} and {own} both define {what} and neither extends the \
                     other; one of them has to"
                ),
            );
        }
        self.owners.insert(path.to_owned(), mine);
        self.places.adopt(&layer.pack.places, path);
    }

    fn info(&mut self, layer: &Layer<'_>) {
        let Some(info) = &layer.pack.info else { return };
        self.places.adopt(&layer.pack.places, &format!("pack/{}", layer.pack.id));
        for (index, dropped) in info.drops.iter().enumerate() {
            let at = layer.pack.places.of(&format!("drop/{index}"));
            refine::drop_item(self, dropped, at);
        }
        for parameter in &info.parameters {
            self.claim(layer, &format!("parameter/{}", parameter.id));
            self.release.parameters.insert(parameter.id.clone(), parameter.clone());
        }
        self.release.packs.push(info.clone());
    }

    fn words(&mut self, layer: &Layer<'_>) {
        let pack = layer.pack;
        for clause in &pack.clauses {
            self.claim(layer, &format!("clause/{}", clause.id));
            put(&mut self.release.clauses, clause, |c| &c.id);
        }
        for role in &pack.roles {
            self.claim(layer, &format!("role/{}", role.id));
            self.release.roles.insert(role.id.clone(), role.clone());
        }
        for message in &pack.messages {
            self.claim(layer, &format!("message/{}", message.id));
            self.release.messages.insert(message.id.clone(), message.clone());
        }
        for script in &pack.scripts {
            self.claim(layer, &format!("script/{}", script.id));
            self.release.scripts.insert(script.id.clone(), script.clone());
        }
        for tag in &pack.customer_tags {
            self.claim(layer, &format!("tag/{}", tag.id));
            self.release.customer_tags.insert(tag.id.clone(), tag.clone());
        }
        for grade in &pack.customer_grades {
            self.claim(layer, &format!("grade/{}", grade.id));
            put(&mut self.release.customer_grades, grade, |g| &g.id);
        }
        for document in &pack.documents {
            self.claim(layer, &format!("document/{}", document.id));
            self.places.adopt(&pack.places, &format!("template/{}", document.id));
            self.release.documents.insert(document.id.clone(), document.clone());
        }
        for rule in &pack.accounts {
            self.claim(layer, &format!("account/{}", rule.id));
            put(&mut self.release.chart.rules, rule, |r| &r.id);
        }
        for template in &pack.postings {
            self.claim(layer, &format!("posting/{}", template.id));
            self.release.postings.insert(template.id.to_string(), template.clone());
        }
        self.figures(layer);
        for (id, calendar) in &pack.calendars {
            self.claim(layer, &format!("calendar/{id}"));
            self.release.calendars.insert(id.clone(), calendar.clone());
        }
        for schedule in &pack.schedules {
            self.claim(layer, &format!("schedule/{}", schedule.id));
            self.release.schedules.insert(schedule.id.clone(), schedule.clone());
        }
        self.places.join(&pack.places, "template");
        let words = ["role", "message", "script", "document", "calendar", "posting", "schedule"];
        for kind in words.into_iter().chain(["form", "process", "tag", "grade"]) {
            self.places.join(&pack.places, kind);
        }
    }

    /// What is counted, and the scores made of it.
    fn figures(&mut self, layer: &Layer<'_>) {
        let measures = &layer.pack.measures;
        for item in &measures.dimensions {
            self.claim(layer, &format!("dimension/{}", item.id));
            self.release.dimensions.insert(item.id.clone(), item.clone());
        }
        for item in &measures.measures {
            self.claim(layer, &format!("measure/{}", item.id));
            self.release.measures.insert(item.id.clone(), item.clone());
        }
        for item in &measures.figures {
            self.claim(layer, &format!("figure/{}", item.id));
            put(&mut self.release.figures, item, |figure| &figure.id);
        }
        for item in &layer.pack.scorecards {
            self.claim(layer, &format!("scorecard/{}", item.id));
            self.release.scorecards.insert(item.id.clone(), item.clone());
        }
    }

    fn examples(&mut self, layer: &Layer<'_>) {
        for example in &layer.pack.examples {
            self.claim(layer, &format!("example/{}", example.name.replace('/', "／")));
            put(&mut self.release.examples, example, |e| &e.name);
        }
    }

    /// The rules of a law pack, beside the company's.
    fn law(&mut self, layer: &Layer<'_>) {
        let pack = layer.pack;
        let mut law = self.release.law.take().unwrap_or_default();
        if let Some(info) = &pack.info {
            law.packs.push((info.id.clone(), info.version.clone()));
        }
        if let Some(rules) = &pack.law {
            self.places.adopt(&pack.places, "law");
            if rules.suspension.is_some() {
                law.rules.suspension.clone_from(&rules.suspension);
            }
            for trigger in &rules.triggers {
                put(&mut law.rules.triggers, trigger, |t| &t.id);
            }
        }
        for term in &pack.law_terms {
            self.claim(layer, &format!("law-term/{}", term.row.id));
            put(&mut law.terms, term, |t| &t.row.id);
        }
        self.release.law = Some(law);
        if let Some(table) = pack.tables.get(FLOOR) {
            self.table(layer, FLOOR, table);
        }
    }

    fn catalog(&mut self, layer: &Layer<'_>) {
        let pack = layer.pack;
        for item in &pack.products {
            self.claim(layer, &format!("product/{}", item.id));
            self.release.catalog.products.insert(item.id.clone(), item.clone());
        }
        for item in &pack.groups {
            self.claim(layer, &format!("group/{}", item.id));
            put(&mut self.release.catalog.groups, item, |g| &g.id);
        }
        for item in &pack.components {
            self.claim(layer, &format!("component/{}", item.id));
            put(&mut self.release.catalog.components, item, |c| &c.id);
        }
        for item in &pack.faults {
            self.claim(layer, &format!("fault/{}", item.id));
            put(&mut self.release.catalog.faults, item, |f| &f.id);
        }
        for item in &pack.causes {
            self.claim(layer, &format!("cause/{}", item.id));
            put(&mut self.release.catalog.causes, item, |c| &c.id);
        }
        for item in &pack.models {
            self.claim(layer, &format!("model/{}", item.id));
            put(&mut self.release.catalog.models, item, |m| &m.id);
        }
        for item in &pack.parts {
            self.claim(layer, &format!("part/{}", item.code));
            self.release.parts.insert(item.code.clone(), item.clone());
        }
        for item in &pack.prices {
            self.claim(layer, &format!("price/{}", item.code));
            self.release.prices.insert(item.code.clone(), item.clone());
        }
        for item in &pack.labour {
            self.claim(layer, &format!("labour/{}", item.code));
            self.release.labour.insert(item.code.clone(), item.clone());
        }
        if let Some(term) = &pack.term {
            self.claim(layer, "term");
            self.release.term = Some(term.clone());
        }
        for row in &pack.term_rows {
            self.claim(layer, &format!("term-row/{}", row.id));
            put(&mut self.release.term_rows, row, |r| &r.id);
        }
    }
}

/// Replaces the item of that id where it stands, or adds it at the end.
pub(super) fn put<T: Clone>(list: &mut Vec<T>, item: &T, id: impl Fn(&T) -> &str) {
    match list.iter_mut().find(|known| id(known) == id(item)) {
        Some(known) => *known = item.clone(),
        None => list.push(item.clone()),
    }
}
