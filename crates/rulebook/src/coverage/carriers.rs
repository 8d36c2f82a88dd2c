//! Every item that names a clause and is used carries it.

use super::used::Used;
use crate::compile::Draft;
use crate::expr::suggest;
use crate::model::{Carrier, Form, Law, Process, Release};
use std::collections::BTreeMap;

/// An item with clauses: its kind, its path for people, and where it stands.
struct Carried<'a> {
    kind: &'static str,
    path: String,
    stands: String,
    clauses: &'a [String],
}

/// Finds what carries each clause, and reports clauses that no standard has.
pub(crate) fn carry(draft: &mut Draft) {
    let known: Vec<_> = draft.release.clauses.iter().map(|c| c.id.clone()).collect();
    let mut carriers: BTreeMap<String, Vec<Carrier>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (clause, stands) in idle(&draft.release) {
        if !known.contains(clause) {
            unknown.push((clause.clone(), format!("{stands}/clause")));
        }
    }
    for item in items(&draft.release) {
        for clause in item.clauses {
            if known.contains(clause) {
                let at = draft.places.of(&item.stands).to_string();
                let carrier = Carrier { kind: item.kind.into(), path: item.path.clone(), at };
                carriers.entry(clause.clone()).or_default().push(carrier);
            } else {
                unknown.push((clause.clone(), format!("{}/clause", item.stands)));
            }
        }
    }
    for example in &draft.release.examples {
        let stands = format!("example/{}/clause", example.name.replace('/', "／"));
        let missing = example.clause.iter().filter(|clause| !known.contains(clause));
        unknown.extend(missing.map(|clause| (clause.clone(), stands.clone())));
    }
    for (clause, stands) in unknown {
        let (zh, en) = suggest::nearest(&clause, known.iter().map(String::as_str));
        let at = draft.places.of(&stands);
        draft.error(
            "unknown-clause",
            at,
            format!("没有条款“{clause}”，先在 standard.md 写下它{zh}"),
            format!("no standard.md has the clause `{clause}`{en}"),
        );
    }
    draft.release.carriers = carriers;
}

/// Everything that names clauses.
fn items(release: &Release) -> Vec<Carried<'_>> {
    let used = Used::of(release);
    let mut list = Vec::new();
    of_words(release, &used, &mut list);
    of_catalog(release, &mut list);
    of_term(release, &mut list);
    for form in release.forms.values().filter(|form| used.forms.contains(&form.id)) {
        of_form(form, &mut list);
    }
    for process in release.processes.values() {
        of_process(process, &mut list);
    }
    of_figures(release, &mut list);
    list
}

/// Clauses of items that may be idle: they must exist all the same.
fn idle(release: &Release) -> impl Iterator<Item = (&String, String)> {
    let parameters =
        release.parameters.iter().map(|(id, i)| (format!("parameter/{id}"), &i.clause));
    let messages = release.messages.iter().map(|(id, i)| (format!("message/{id}"), &i.clause));
    let postings = release.postings.iter().map(|(id, i)| (format!("posting/{id}"), &i.clause));
    let rules = release.chart.rules.iter();
    let accounts = rules.map(|rule| (format!("account/{}", rule.id), &rule.clause));
    // A part in the catalogue refers to its clause; what is done with it carries the clause.
    let parts = release.parts.iter().map(|(id, i)| (format!("part/{id}"), &i.clause));
    let all = parameters.chain(messages).chain(postings).chain(accounts).chain(parts);
    all.flat_map(|(stands, clauses)| clauses.iter().map(move |clause| (clause, stands.clone())))
}

/// An item whose path is its id.
fn item<'a>(kind: &'static str, id: &str, clauses: &'a [String]) -> Carried<'a> {
    Carried { kind, path: id.to_owned(), stands: format!("{kind}/{id}"), clauses }
}

fn of_words<'a>(release: &'a Release, used: &Used, list: &mut Vec<Carried<'a>>) {
    let read = release.parameters.iter().filter(|(id, _)| used.parameters.contains(*id));
    list.extend(read.map(|(id, i)| item("parameter", id, &i.clause)));
    list.extend(release.roles.iter().map(|(id, i)| item("role", id, &i.clause)));
    let opened = release.schedules.values();
    list.extend(opened.map(|i| Carried {
        kind: "schedule",
        path: format!("schedule/{}", i.id),
        stands: format!("schedule/{}", i.id),
        clauses: &i.clause,
    }));
    list.extend(release.documents.iter().map(|(id, i)| item("document", id, &i.clause)));
    let sent = release.messages.iter().filter(|(id, _)| used.messages.contains(*id));
    list.extend(sent.map(|(id, i)| item("message", id, &i.clause)));
    for (id, script) in &release.scripts {
        list.push(item("script", id, &script.clause));
        list.extend(script.steps.iter().map(|step| Carried {
            kind: "script-step",
            path: format!("{id}/{}", step.id),
            stands: format!("script/{id}/step/{}", step.id),
            clauses: &step.clause,
        }));
    }
    list.extend(release.customer_tags.iter().map(|(id, i)| item("tag", id, &i.clause)));
    list.extend(release.customer_grades.iter().map(|i| item("grade", &i.id, &i.clause)));
    let posted = release.postings.iter().filter(|(id, _)| used.postings.contains(*id));
    list.extend(posted.map(|(id, i)| item("posting", id, &i.clause)));
    let charted = release.chart.rules.iter().filter(|rule| used.accounts.contains(&rule.id));
    list.extend(charted.map(|rule| item("account", &rule.id, &rule.clause)));
    list.extend(release.labour.iter().map(|(id, i)| item("labour", id, &i.clause)));
    list.extend(release.prices.iter().map(|(id, i)| item("price", id, &i.clause)));
}

fn of_figures<'a>(release: &'a Release, list: &mut Vec<Carried<'a>>) {
    list.extend(release.measures.iter().map(|(id, i)| item("measure", id, &i.clause)));
    list.extend(release.figures.iter().map(|i| item("figure", &i.id, &i.clause)));
    for card in release.scorecards.values() {
        list.push(item("scorecard", &card.id, &card.clause));
        let inner = (card.items.iter().map(|i| ("score-item", "item", &i.id, &i.clause)))
            .chain(card.entries.iter().map(|i| ("score-entry", "entry", &i.id, &i.clause)))
            .chain(card.levels.iter().map(|i| ("score-level", "level", &i.id, &i.clause)));
        for (kind, key, id, clauses) in inner {
            let path = format!("{}/{id}", card.id);
            let stands = format!("scorecard/{}/{key}/{id}", card.id);
            list.push(Carried { kind, path, stands, clauses });
        }
        for level in &card.levels {
            for condition in &level.conditions {
                let id = format!("{}/{}", level.id, condition.id);
                list.push(Carried {
                    kind: "score-condition",
                    path: format!("{}/{id}", card.id),
                    stands: format!(
                        "scorecard/{}/level/{}/condition/{}",
                        card.id, level.id, condition.id
                    ),
                    clauses: &condition.clause,
                });
            }
        }
    }
}

fn of_catalog<'a>(release: &'a Release, list: &mut Vec<Carried<'a>>) {
    let catalog = &release.catalog;
    list.extend(catalog.products.iter().map(|(id, i)| item("product", id, &i.clause)));
    list.extend(catalog.groups.iter().map(|i| item("group", &i.id, &i.clause)));
    list.extend(catalog.components.iter().map(|i| item("component", &i.id, &i.clause)));
    list.extend(catalog.faults.iter().map(|i| item("fault", &i.id, &i.clause)));
    list.extend(catalog.causes.iter().map(|i| item("cause", &i.id, &i.clause)));
}

fn of_term<'a>(release: &'a Release, list: &mut Vec<Carried<'a>>) {
    for row in &release.term_rows {
        let path = format!("term/{}", row.id);
        let stands = format!("term-row/{}", row.id);
        list.push(Carried { kind: "term-row", path, stands, clauses: &row.clause });
    }
    for (id, table) in &release.tables {
        for (row, clauses, _) in table.rows() {
            let path = format!("{id}/{row}");
            let stands = format!("table/{id}/row/{row}");
            list.push(Carried { kind: "table-row", path, stands, clauses });
        }
    }
    if let Some(law) = &release.law {
        of_law(law, list);
    }
    let Some(term) = &release.term else { return };
    let rules = [
        ("term", &term.clause),
        ("term/suspends", &term.suspend_clause),
        ("term/transfer", &term.transfer_clause),
        ("term/rights", &term.rights_clause),
    ];
    let usages = term.usages.iter().map(|usage| ("term/usage", &usage.clause));
    let limits = term.limits.iter().map(|limit| ("term/limit", &limit.clause));
    for (path, clauses) in rules.into_iter().chain(usages).chain(limits) {
        list.push(Carried { kind: "term", path: path.into(), stands: path.into(), clauses });
    }
    for trigger in &term.triggers {
        let path = format!("term/trigger/{}", trigger.id);
        let stands = path.clone();
        list.push(Carried { kind: "term-trigger", path, stands, clauses: &trigger.clause });
    }
}

fn of_law<'a>(law: &'a Law, list: &mut Vec<Carried<'a>>) {
    for term in &law.terms {
        let path = format!("law/term/{}", term.row.id);
        let stands = format!("law-term/{}", term.row.id);
        list.push(Carried { kind: "law-term", path, stands, clauses: &term.row.clause });
    }
    for (row, clauses, _) in law.floor.iter().flat_map(crate::table::Table::rows) {
        let path = format!("floor/{row}");
        list.push(Carried {
            kind: "table-row",
            path,
            stands: format!("table/floor/row/{row}"),
            clauses,
        });
    }
    if let Some(rule) = &law.rules.suspension {
        let path = String::from("law/suspension");
        list.push(Carried { kind: "law", path: path.clone(), stands: path, clauses: &rule.clause });
    }
    for trigger in &law.rules.triggers {
        let path = format!("law/trigger/{}", trigger.id);
        let stands = path.clone();
        list.push(Carried { kind: "term-trigger", path, stands, clauses: &trigger.clause });
    }
}

fn of_form<'a>(form: &'a Form, list: &mut Vec<Carried<'a>>) {
    let stands = format!("form/{}", form.id);
    list.push(Carried {
        kind: "form",
        path: form.id.clone(),
        stands: stands.clone(),
        clauses: &form.clause,
    });
    for field in &form.fields {
        let path = format!("{}/{}", form.id, field.id);
        let stands = format!("{stands}/field/{}", field.id);
        for choice in &field.choices {
            list.push(Carried {
                kind: "choice",
                path: format!("{path}/{}", choice.id),
                stands: format!("{stands}/choices/{}", choice.id),
                clauses: &choice.clause,
            });
        }
        list.push(Carried { kind: "field", path, stands, clauses: &field.clause });
    }
}

fn of_process<'a>(process: &'a Process, list: &mut Vec<Carried<'a>>) {
    let id = &process.id;
    let stands = format!("process/{id}");
    let mut add = |kind, path: String, stands: String, clauses: &'a [String]| {
        list.push(Carried { kind, path, stands, clauses });
    };
    add("process", id.clone(), stands.clone(), &process.clause);
    for state in &process.states {
        let name = format!("{}.{}", state.track, state.id);
        let at = format!("{stands}/state/{name}");
        if !state.heed.is_empty() {
            add("heed", format!("{id}/{name}/heed"), format!("{at}/heed"), &state.clause);
        }
        add("state", format!("{id}/{name}"), at, &state.clause);
    }
    for action in process.all_actions() {
        let at = process.action_path(&action.id);
        let path = format!("{id}/{}", action.id);
        add("action", path.clone(), at.clone(), &action.clause);
        if action.approvals.is_some() {
            add("approvals", format!("{path}/approvals"), at.clone(), &action.clause);
        }
        if !action.lifts.is_empty() {
            add("lifts", format!("{path}/lifts"), at.clone(), &action.clause);
        }
        for require in &action.requires {
            let stands = format!("{at}/require/{}", require.id);
            add("require", format!("{path}/{}", require.id), stands, &require.clause);
        }
    }
    for deadline in &process.deadlines {
        let stands = format!("{stands}/deadline/{}", deadline.id);
        add("deadline", format!("{id}/{}", deadline.id), stands, &deadline.clause);
    }
}
