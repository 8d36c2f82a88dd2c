//! The facts of a case as facts of a verdict: what `judge` in a process asks with.

use crate::case::CaseState;
use crate::facts::Facts;
use crate::verdict::{EarlierRepair, VerdictFacts};
use crate::warranty::Judge;
use base::Day;
use rulebook::Release;
use serde_json::{Map, Value as Json};

/// What the case knows, by the names the forms give: `component`, `fault`, `causes` (or `cause`),
/// `evidence`, `in_scope`, `usage`, the dates, and measurements under their own name with or
/// without the unit (`capacity_pct`, `capacity`). What the form does not say the vehicle's record
/// says; the day of the report is the day the case was opened unless `reported_on` says otherwise.
pub fn verdict_facts(
    release: &Release,
    judge: &Judge<'_>,
    case: &CaseState,
    facts: &Facts,
) -> VerdictFacts {
    let source = Source { data: &case.data, unit: facts.unit.as_ref() };
    let reported = source.day("reported_on").unwrap_or_else(|| facts.zone.day(case.opened_at));
    let component = source.text("component").unwrap_or_default();
    VerdictFacts {
        product: product(release, &source),
        fault: source.text("fault").unwrap_or_default(),
        invoice_date: source.day("invoice_date"),
        registered_on: source.day("registered_on"),
        activated_on: source.day("activated_on"),
        manufactured_on: source.day("manufactured_on"),
        reported_on: reported,
        usage: source.text("usage"),
        sale_channel: source.text("sale_channel"),
        distance_sale: source.get("distance_sale").and_then(Json::as_bool),
        received_on: source.day("received_on"),
        in_scope: source
            .get("in_scope")
            .and_then(Json::as_bool)
            .or_else(|| source.unit?.get("registered")?.as_bool()),
        causes: source.causes(),
        evidence: source.evidence(judge),
        measurements: source.measurements(judge),
        repairs: repairs(release, facts, reported),
        replaced_on: source.day("replaced_on").or_else(|| replaced_on(facts, &component, reported)),
        transferred_on: source.day("transferred_on"),
        transfer_registered: source.get("transfer_registered").and_then(Json::as_bool),
        component,
    }
}

/// The product of the vehicle: its own, its model's, or the only one there is.
fn product(release: &Release, source: &Source<'_>) -> String {
    let known = |id: &String| release.catalog.products.contains_key(id);
    let of_model = || {
        let model = source.text("model")?;
        release.catalog.models.iter().find(|m| m.id == model).map(|m| m.product.clone())
    };
    source
        .text("product")
        .filter(known)
        .or_else(of_model)
        .or_else(|| release.catalog.products.keys().next().cloned())
        .unwrap_or_default()
}

/// The case's answers, then the vehicle's record.
struct Source<'a> {
    data: &'a Map<String, Json>,
    unit: Option<&'a Map<String, Json>>,
}

impl Source<'_> {
    fn get(&self, name: &str) -> Option<&Json> {
        let filled = |json: &&Json| !json.is_null();
        self.data
            .get(name)
            .filter(filled)
            .or_else(|| self.unit.and_then(|unit| unit.get(name)).filter(filled))
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_str().map(str::to_owned)
    }

    fn day(&self, name: &str) -> Option<Day> {
        self.get(name)?.as_str()?.parse().ok()
    }

    fn causes(&self) -> Vec<String> {
        let one = |name: &str| self.data.get(name).and_then(Json::as_str).map(str::to_owned);
        match self.data.get("causes") {
            Some(Json::Array(items)) => {
                items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            }
            _ => one("causes").or_else(|| one("cause")).into_iter().collect(),
        }
    }

    fn evidence(&self, judge: &Judge<'_>) -> std::collections::BTreeMap<String, bool> {
        let stated = self.data.get("evidence");
        judge
            .evidence()
            .filter_map(|key| Some((key.clone(), stated?.get(key)?.as_bool()?)))
            .collect()
    }

    fn measurements(&self, judge: &Judge<'_>) -> Map<String, Json> {
        let mut out = Map::new();
        for key in judge.measurements() {
            let short = key.rsplit_once('_').map_or(key.as_str(), |(name, _)| name);
            let found = self.data.get(key).or_else(|| self.data.get(short));
            if let Some(json) = found.filter(|json| !json.is_null()) {
                let unmeasured = json.is_object() && json.get("value").is_none_or(Json::is_null);
                if !unmeasured {
                    out.insert(key.clone(), json.clone());
                }
            }
        }
        out
    }
}

/// Earlier repairs of known parts that had begun by the report.
fn repairs(release: &Release, facts: &Facts, reported: Day) -> Vec<EarlierRepair> {
    facts
        .history
        .iter()
        .filter(|h| h.from <= h.to && h.from <= reported)
        .filter(|h| release.catalog.component(&h.component).is_some())
        .map(|h| EarlierRepair {
            component: h.component.clone(),
            from: h.from,
            to: h.to,
            waiting_parts_days: h
                .waiting_parts_days
                .clamp(0, base::time::days_between(h.from, h.to) + 1),
        })
        .collect()
}

/// The last replacement of that part that the maker paid.
fn replaced_on(facts: &Facts, component: &str, reported: Day) -> Option<Day> {
    let same = |h: &&crate::facts::HistoryItem| {
        h.replaced && h.covered && h.component == component && h.to <= reported
    };
    facts.history.iter().filter(same).map(|h| h.to).max()
}
