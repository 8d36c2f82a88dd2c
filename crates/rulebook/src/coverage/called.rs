//! What the carrier of a clause is called, by the words of its own text.

use crate::model::{Carrier, Process, Release};
use base::Text;

/// The name of a carrier with the names of what it stands in, outermost first: `维修工单`, `派工`,
/// `技师无有效上岗证`. A part without a name, such as a row of a table, is its key.
pub fn called(release: &Release, carrier: &Carrier) -> Vec<Text> {
    let parts: Vec<&str> = carrier.path.split('/').collect();
    let key = |part: &&str| Text::new(*part, *part);
    let named = match carrier.kind.as_str() {
        "process" | "state" | "heed" | "action" | "approvals" | "lifts" | "require"
        | "deadline" => {
            release.processes.get(parts[0]).map(|process| in_process(process, carrier, &parts))
        }
        "form" | "field" | "choice" => in_form(release, &parts),
        "table-row" => in_table(release, &parts),
        "term-row" => in_terms(release, &parts),
        "law-term" | "law" => Some(vec![law(), key(parts.last().unwrap_or(&""))]),
        "term" => Some(vec![Text::new("三包期规则", "Rules of the term")]),
        "term-trigger" => trigger(release, &parts).map(|title| vec![title]),
        "score-item" | "score-entry" | "score-level" | "score-condition" => {
            let card = release.scorecards.get(parts[0]);
            card.map(|card| {
                let mut names = vec![card.title.clone()];
                names.extend(parts[1..].iter().map(key));
                names
            })
        }
        "script-step" => in_script(release, &parts),
        kind => alone(release, kind, parts.last().unwrap_or(&"")).map(|title| vec![title]),
    };
    named.unwrap_or_else(|| parts.iter().map(key).collect())
}

fn in_process(process: &Process, carrier: &Carrier, parts: &[&str]) -> Vec<Text> {
    let mut names = vec![process.title.clone()];
    let Some(id) = parts.get(1) else { return names };
    let title = match carrier.kind.as_str() {
        "state" | "heed" => process.state(id).map(|state| &state.title),
        "deadline" => process.deadlines.iter().find(|d| d.id == *id).map(|d| &d.title),
        _ => process.action(id).map(|action| &action.title),
    };
    names.push(title.cloned().unwrap_or_else(|| Text::new(*id, *id)));
    if carrier.kind == "require"
        && let (Some(action), Some(require)) = (process.action(id), parts.get(2))
        && let Some(require) = action.requires.iter().find(|known| known.id == *require)
    {
        names.push(require.refuse.clone());
    }
    names
}

fn in_form(release: &Release, parts: &[&str]) -> Option<Vec<Text>> {
    let form = release.forms.get(parts[0])?;
    let mut names = vec![form.title.clone()];
    if let Some(id) = parts.get(1) {
        let field = form.fields.iter().find(|field| field.id == *id)?;
        names.push(field.title.clone());
        let choice = parts.get(2).and_then(|id| field.choices.iter().find(|c| c.id == *id));
        names.extend(choice.map(|choice| choice.title.clone()));
    }
    Some(names)
}

fn in_script(release: &Release, parts: &[&str]) -> Option<Vec<Text>> {
    let script = release.scripts.get(parts[0])?;
    let step = script.steps.iter().find(|step| Some(&step.id.as_str()) == parts.get(1))?;
    Some(vec![script.title.clone(), step.title.clone()])
}

fn in_table(release: &Release, parts: &[&str]) -> Option<Vec<Text>> {
    let (id, row) = (parts[0], parts.get(1)?);
    let floor = release.law.as_ref().and_then(|law| law.floor.as_ref());
    let table = release.tables.get(id).or_else(|| floor.filter(|_| id == "floor"))?;
    let title = table.title.clone().unwrap_or_else(|| Text::new(id, id));
    Some(vec![title, Text::new(*row, *row)])
}

/// A row of the terms by the parts it is about.
fn in_terms(release: &Release, parts: &[&str]) -> Option<Vec<Text>> {
    let row = release.term_rows.iter().find(|row| Some(&row.id.as_str()) == parts.last())?;
    let titles = row.components.iter().filter_map(|id| release.catalog.component(id));
    let titles: Vec<&Text> = titles.map(|component| &component.title).collect();
    if titles.is_empty() {
        return None;
    }
    let join = |words: Vec<&str>, comma: &str| words.join(comma);
    let zh = join(titles.iter().map(|title| title.zh.as_str()).collect(), "、");
    let en = join(titles.iter().map(|title| title.en.as_str()).collect(), ", ");
    Some(vec![Text::new("三包期限", "Terms"), Text::new(zh, en)])
}

fn trigger(release: &Release, parts: &[&str]) -> Option<Text> {
    let own = release.term.iter().flat_map(|term| &term.triggers);
    let own = own.map(|trigger| (trigger.id.as_str(), &trigger.title));
    let law = release.law.iter().flat_map(|law| &law.rules.triggers);
    let law = law.map(|trigger| (trigger.id.as_str(), &trigger.title));
    let by_law = parts[0] == "law";
    let (_, title) = if by_law {
        law.into_iter().find(|(id, _)| Some(id) == parts.last())?
    } else {
        own.into_iter().find(|(id, _)| Some(id) == parts.last())?
    };
    Some(title.clone())
}

fn law() -> Text {
    Text::new("法律底线", "The law's floor")
}

/// What is named by its kind and id alone.
fn alone(release: &Release, kind: &str, id: &str) -> Option<Text> {
    let catalog = &release.catalog;
    let title = match kind {
        "parameter" => &release.parameters.get(id)?.title,
        "role" => &release.roles.get(id)?.title,
        "schedule" => &release.schedules.get(id)?.title,
        "document" => &release.documents.get(id)?.title,
        "message" => &release.messages.get(id)?.title,
        "script" => &release.scripts.get(id)?.title,
        "tag" => &release.customer_tags.get(id)?.title,
        "grade" => &release.customer_grades.iter().find(|grade| grade.id == id)?.title,
        "posting" => &release.postings.get(id)?.title,
        "account" => &release.chart.rules.iter().find(|rule| rule.id == id)?.title,
        "labour" => &release.labour.get(id)?.title,
        "price" => &release.prices.get(id)?.title,
        "measure" => &release.measures.get(id)?.title,
        "figure" => &release.figures.iter().find(|figure| figure.id == id)?.title,
        "scorecard" => &release.scorecards.get(id)?.title,
        "product" => &catalog.products.get(id)?.title,
        "group" => &catalog.group(id)?.title,
        "component" => &catalog.component(id)?.title,
        "fault" => &catalog.fault(id)?.title,
        "cause" => &catalog.causes.iter().find(|cause| cause.id == id)?.title,
        _ => return None,
    };
    Some(title.clone())
}
