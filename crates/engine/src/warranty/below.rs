//! Clauses below the legal floor: the company's rules and the law are asked the same facts, over
//! every fault of every part and on both sides of every end, and what gives less than a rule of
//! the law is told with the facts that show it.

use super::Judge;
use super::law::gain;
use crate::verdict::{CompanySide, EarlierRepair, LawLine, VerdictFacts};
use base::time::{add_days, days_between};
use base::{Clauses, Day, Lang, Word};
use rulebook::model::{Component, Fault, Standing};
use rulebook::{Finding, Place, Release};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Days after the sale at which the rules are compared, beside the ends of the terms.
const DAYS: [i64; 4] = [5, 12, 40, 120];
/// The day of the sale in the examples.
const SOLD: Day = Day::constant(2026, 1, 5);
/// Readings tried for each measurement a table asks for.
const READINGS: [i64; 2] = [55, 75];

/// One note for each rule of the law that gives more than rows of the company, with these rows and
/// facts that show it. A verdict gives the better of both all the same.
pub fn below_floor(release: &Release) -> Vec<Finding> {
    let calendars = BTreeMap::new();
    let judge = Judge::new(release, &calendars);
    let law_alone = release.law.as_ref().is_none_or(|law| law.packs.len() == release.packs.len());
    if law_alone || judge.term().is_none() {
        return Vec::new();
    }
    let mut search = Search { release, judge: &judge, found: BTreeMap::new() };
    for product in release.catalog.products.keys() {
        for fault in &release.catalog.faults {
            let parts = fault.components.iter().filter_map(|id| release.catalog.component(id));
            for part in parts {
                search.compare(product, part, fault);
            }
        }
    }
    search.found.values().map(|below| search.tell(below)).collect()
}

/// A rule of the law that gives more than some of the company's rows.
struct Below {
    line: LawLine,
    /// The company's rows with their clauses, in the order they were met.
    rows: Vec<(Word, Clauses)>,
    /// What the first of them gives.
    own: Word,
    /// The facts that show it.
    facts: VerdictFacts,
}

struct Search<'a> {
    release: &'a Release,
    judge: &'a Judge<'a>,
    /// By the law's row.
    found: BTreeMap<String, Below>,
}

impl Search<'_> {
    fn compare(&mut self, product: &str, part: &Component, fault: &Fault) {
        let sold = SOLD;
        for facts in self.samples(product, part, fault, sold) {
            let Ok(verdict) = self.judge.judge(&facts) else { continue };
            let Some(law) = verdict.law.as_deref() else { continue };
            let own = gain(law.company.covered, law.company.remedy.as_deref(), None);
            for holds in [true, false] {
                let lines = law.rows.iter().filter(|line| match line.standing {
                    Standing::Holds => holds,
                    Standing::Verify => !holds,
                    Standing::Open => false,
                });
                let worth = |line: &&LawLine| gain(Some(true), line.remedy.as_deref(), None);
                let best = lines.filter(|line| line.remedy.is_some()).max_by_key(worth);
                if let Some(line) = best.filter(|line| worth(line) > own) {
                    self.keep(&law.company, line, &facts);
                }
            }
        }
    }

    /// The facts to ask: early, later, just after the end, after repairs.
    fn samples(
        &self,
        product: &str,
        part: &Component,
        fault: &Fault,
        sold: Day,
    ) -> Vec<VerdictFacts> {
        let base = VerdictFacts {
            product: product.to_owned(),
            component: part.id.clone(),
            fault: fault.id.clone(),
            invoice_date: Some(sold),
            sale_channel: Some("store".to_owned()),
            ..VerdictFacts::default()
        };
        let repair = |from: i64, to: i64, waiting: i64| EarlierRepair {
            component: part.id.clone(),
            from: add_days(sold, from).unwrap_or(sold),
            to: add_days(sold, to).unwrap_or(sold),
            waiting_parts_days: waiting,
        };
        let term = self.judge.term().and_then(|book| {
            let facts = VerdictFacts { reported_on: sold, ..base.clone() };
            book.answer(&facts).term.map(|term| days_between(sold, term.ends))
        });
        let mut all = Vec::new();
        let readings: &[i64] = if self.judge.measurements.is_empty() { &[0] } else { &READINGS };
        for reading in readings {
            let keys = self.judge.measurements.iter();
            let measurements: Map<String, Json> =
                keys.map(|key| (key.clone(), Json::from(*reading))).collect();
            let mut put = |day: i64, repairs: Vec<EarlierRepair>| {
                let Some(reported_on) = add_days(sold, day) else { return };
                let measurements = measurements.clone();
                all.push(VerdictFacts { reported_on, measurements, repairs, ..base.clone() });
            };
            for day in DAYS {
                put(day, Vec::new());
            }
            if let Some(end) = term {
                put(end + 5, Vec::new());
                put(end + 5, vec![repair(1, 9, 0)]);
                let inside = end.min(200);
                put(inside, vec![repair(1, 2, 0), repair(3, 4, 0)]);
                if inside > 110 {
                    put(inside, vec![repair(1, 101, 90)]);
                    put(inside, vec![repair(1, 40, 0)]);
                }
            }
        }
        all
    }

    fn keep(&mut self, company: &CompanySide, line: &LawLine, facts: &VerdictFacts) {
        let below = self.found.entry(line.row.to_string()).or_insert_with(|| Below {
            line: line.clone(),
            rows: Vec::new(),
            own: company.remedy.clone().unwrap_or(Word::code("open")),
            facts: facts.clone(),
        });
        let row = company.row.clone().unwrap_or_default();
        if below.rows.iter().all(|(known, _)| *known != row) {
            below.rows.push((row, company.clauses.clone()));
        }
    }

    fn tell(&self, below: &Below) -> Finding {
        let Below { line, rows, own, facts } = below;
        let holds = line.standing == Standing::Holds;
        let first = rows.first().map(|(row, _)| row.as_str()).unwrap_or_default();
        let sentence = |lang: Lang| {
            let zh = lang == Lang::Zh;
            let catalog = &self.release.catalog;
            let part = catalog.component(&facts.component).map(|c| c.title.get(lang));
            let fault = catalog.fault(&facts.fault).map(|f| f.title.get(lang));
            let (part, fault) = (part.unwrap_or_default(), fault.unwrap_or_default());
            let remedy = |key| crate::why::remedy(key, lang);
            let (own, theirs) = (remedy(own), remedy(line.remedy.as_deref().unwrap_or_default()));
            let sold = facts.invoice_date.unwrap_or(facts.reported_on);
            let day = days_between(sold, facts.reported_on);
            let (repairs, law, source) = (facts.repairs.len(), &line.row, &line.source);
            let shown = rows.iter().map(|(row, clauses)| format!("{row} ({})", clauses.join("|")));
            let shown = shown.collect::<Vec<_>>().join(if zh { "、" } else { ", " });
            let unsure = match (holds, zh) {
                (true, _) => "",
                (false, true) => "待核实，判定时不作依据：",
                (false, false) => "to be verified, decides nothing: ",
            };
            if zh {
                format!(
                    "{unsure}低于法律底线 {law}（{source}）的行：{shown}。例如按 {first}：{part}，{fault}，\
                     售出后第{day}天报修，此前修理{repairs}次，企业标准给“{own}”，法律给“{theirs}”"
                )
            } else {
                format!(
                    "{unsure}rows that give less than the law's {law} ({source}): {shown}. For \
                     example {first}: {part}, {fault}, reported on day {day} after the sale, \
                     repairs before: {repairs}: {own} here, {theirs} by the law"
                )
            }
        };
        let code = if holds { "below-floor" } else { "below-floor-verify" };
        Finding::note(code, self.place(first), sentence(Lang::Zh), sentence(Lang::En))
    }

    /// Where the company's row stands.
    fn place(&self, row: &str) -> Place {
        let carriers = self.release.carriers.values().flatten();
        let found = carriers
            .filter(|carrier| carrier.kind == "table-row" && !carrier.path.starts_with("floor/"))
            .find(|carrier| carrier.path.rsplit('/').next() == Some(row));
        let (file, line) =
            found.and_then(|carrier| carrier.at.rsplit_once(':')).unwrap_or(("rulebook.toml", "1"));
        Place::new(file, line.parse().unwrap_or(1))
    }
}
