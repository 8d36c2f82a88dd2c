//! What the words of a path stand for: organisation units, vehicles, parts, payers.

use super::{AccountRef, PartRef, SourceCase};
use crate::app::App;
use crate::auth::Session;
use crate::orgs::Orgs;
use crate::problem::Answer;
use crate::view::case::ProcessRef;
use crate::view::{ClauseView, PersonRef, Words};
use base::{CaseId, PersonId, UnitId};
use ledger::{AccountRule, Commodity, Counts, Key, Path, Pattern};
use rulebook::Release;
use rulebook::model::{Part, Permission};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Scope;

/// What a page of the ledger mentions and somebody has to look up.
#[derive(Debug, Default)]
pub struct Quoted {
    people: Vec<PersonId>,
    units: Vec<UnitId>,
}

impl Quoted {
    /// Takes in an account.
    pub fn path(&mut self, path: &Path) {
        self.units.extend(path.keys().filter_map(|key| key.parse::<UnitId>().ok()));
        self.people.extend(path.keys().filter_map(|key| van_of(key.split_once('.')?.1)));
        self.people.extend(path.keys().filter_map(|key| key.parse::<PersonId>().ok()));
    }

    /// Takes in who did something.
    pub fn person(&mut self, person: Option<PersonId>) {
        self.people.extend(person);
    }
}

/// The names a page of the ledger needs, in the words of the release in force.
pub struct Names<'a> {
    session: &'a Session,
    orgs: Arc<Orgs>,
    parts: Arc<BTreeMap<String, Part>>,
    people: BTreeMap<PersonId, String>,
    frames: BTreeMap<UnitId, String>,
}

fn joined(pieces: &[Words]) -> Words {
    let join = |of: fn(&Words) -> &str| {
        pieces.iter().map(of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    Words { zh: join(|words| &words.zh), en: join(|words| &words.en) }
}

fn words(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

/// The technician whose van (随车库) a place within a warehouse is.
fn van_of(within: &str) -> Option<PersonId> {
    within.parse().ok()
}

/// Who pays, in words.
fn payer(key: &str) -> Words {
    match key {
        "maker" => words("厂家付", "paid by the maker"),
        "customer" => words("客户付", "paid by the customer"),
        "station" => words("维修站付", "paid by the station"),
        "supplier" => words("供应商付", "paid by the supplier"),
        "account" => words("挂账", "on account"),
        _ => Words::key(key),
    }
}

/// For what a dealer or station owes the company, in words.
fn owed(key: &str) -> Words {
    match key {
        "loss" => words("分担损失", "share of a loss"),
        "missing" => words("缺损件", "missing parts"),
        "repair" => words("计价修复", "priced repair"),
        "purchase" => words("配件货款", "parts bought"),
        "old_part" => words("旧件扣款", "old parts not sent"),
        _ => Words::key(key),
    }
}

/// Of what the company's purse (本公司) an amount is, in words.
fn purse(key: &str) -> Words {
    match key {
        "three_guarantees" => words("三包费用", "three guarantees"),
        "parts_sales" => words("配件销售", "parts sold"),
        "lent" => words("借出配件", "parts lent"),
        "float_years" => words("周转配件账年度", "years of float accounts"),
        "goods_credit" => words("已抵货款", "credit set off"),
        "paid_out" => words("已付给单位", "paid out to a unit"),
        "returns" => words("退换车", "vehicles returned"),
        _ => Words::key(key),
    }
}

/// What an old part was used for, in words.
fn used_for(key: &str) -> Words {
    match key {
        "loan" => words("冲抵借领", "offset of a loan"),
        "float" => words("周转配件", "float parts"),
        "old_for_new" => words("以旧换新", "old for new"),
        _ => Words::key(key),
    }
}

/// Why an old part came off its vehicle.
fn fault(release: &Release, key: &str) -> Words {
    release.catalog.fault(key).map_or_else(|| Words::key(key), |fault| (&fault.title).into())
}

/// A means of payment (付款方式), as the form that asks for it names it.
pub fn means(release: &Release, key: &str) -> Words {
    if key == "goods_credit" {
        return words("抵货款", "credit against goods");
    }
    let fields = release.forms.values().flat_map(|form| &form.fields);
    let asked = fields.filter(|field| field.id == "payment_means");
    let chosen = asked.flat_map(|field| &field.choices).find(|choice| choice.id == key);
    chosen.map_or_else(|| Words::key(key), |choice| (&choice.title).into())
}

impl<'a> Names<'a> {
    /// Looks up what a page mentions.
    pub async fn of(app: &App, session: &'a Session, mut quoted: Quoted) -> Answer<Self> {
        quoted.people.sort_unstable();
        quoted.people.dedup();
        quoted.units.sort_unstable();
        quoted.units.dedup();
        let people = app.store().people_named(&quoted.people).await?;
        let people = people.into_iter().map(|p| (p.id, p.name.reveal().to_owned())).collect();
        let frames = app.store().frame_numbers(&quoted.units).await?;
        let parts = app.masters().of(&session.release).parts;
        Ok(Self { session, orgs: app.orgs(), parts, people, frames })
    }

    /// The part of that code, where the part master knows it.
    pub fn known_part(&self, code: &str) -> Option<&Part> {
        self.parts.get(code)
    }

    /// A part by code and name.
    pub fn part(&self, code: &str) -> PartRef {
        let title = self.known_part(code).map_or_else(|| Words::key(code), |p| (&p.title).into());
        PartRef { code: code.to_owned(), title }
    }

    /// The part that is counted; `None` for money.
    pub fn part_of(&self, counts: &Commodity) -> Option<PartRef> {
        match counts {
            Commodity::Fen => None,
            Commodity::Pieces(part) | Commodity::Serials(part) => Some(self.part(part.as_str())),
        }
    }

    /// Who did it; `None` where the system did.
    pub fn person(&self, id: Option<PersonId>) -> Option<PersonRef> {
        let id = id?;
        Some(PersonRef::new(id, self.people.get(&id).map_or("", String::as_str)))
    }

    /// The case a posting stems from.
    pub fn case(
        &self,
        case: Option<CaseId>,
        number: Option<&str>,
        process: Option<&str>,
    ) -> Option<SourceCase> {
        let process = process.unwrap_or_default();
        Some(SourceCase {
            id: case?.to_string(),
            number: number.unwrap_or_default().to_owned(),
            process: process.to_owned(),
            process_title: ProcessRef::of(Some(&self.session.release), process).title,
        })
    }

    /// A posting (记账) by the name of its template; an undone one says so.
    pub fn posting(&self, posting: &Key, undoes: bool) -> Words {
        let known = self.session.release.postings.get(posting.as_str());
        let title = known.map_or_else(|| Words::key(posting.as_str()), |t| (&t.title).into());
        if undoes {
            words(format!("冲销：{}", title.zh), format!("Reversal of: {}", title.en))
        } else {
            title
        }
    }

    /// The clauses a posting stands on.
    pub fn clauses(&self, posting: &Key) -> Vec<ClauseView> {
        let release = &self.session.release;
        let known = release.postings.get(posting.as_str());
        known.map_or_else(Vec::new, |t| ClauseView::all(release, &t.clause, self.session.lang))
    }

    /// A warehouse: an organisation unit, or one person's stock within it.
    pub fn place(&self, key: &str) -> Words {
        let (code, within) = key.split_once('.').map_or((key, ""), |(code, rest)| (code, rest));
        let name = self.orgs.by_code(code).map_or(code, |org| org.name.as_str());
        let van = van_of(within).and_then(|person| self.people.get(&person));
        let within = van.map_or_else(
            || Words::key(within),
            |name| words(format!("{name}随车库"), format!("van of {name}")),
        );
        joined(&[Words::key(name), within])
    }

    /// Whose till (收银在手) it is.
    fn cashier(&self, key: &str) -> Words {
        let known = key.parse::<PersonId>().ok().and_then(|person| self.people.get(&person));
        Words::key(known.map_or(key, String::as_str))
    }

    /// An account in words.
    pub fn account(&self, path: &Path) -> AccountRef {
        let chart = &self.session.release.chart;
        let Some(rule) = chart.rule(&Pattern::parse(path.as_str())) else {
            // A rule of an earlier release: its words are gone, the path is not.
            let shown = Words::key(path.as_str());
            return AccountRef {
                path: path.to_string(),
                rule: None,
                title: shown.clone(),
                about: Words::key(""),
                words: shown,
                unit: None,
                open: self.session.scope == Scope::company(),
            };
        };
        let named =
            rule.path.source().split('/').zip(path.keys()).filter_map(|(place, key)| {
                Some((place.strip_prefix('{')?.strip_suffix('}')?, key))
            });
        let (mut about, mut part, mut unit) = (Vec::new(), None, None);
        for (name, key) in named {
            match name {
                "part" => part = Some(self.part(key).title),
                _ => about.push(self.word(name, key, &mut unit)),
            }
        }
        let title = Words::from(&rule.title);
        let about = joined(&about);
        let all = [Some(title.clone()), Some(about.clone()), part];
        AccountRef {
            path: path.to_string(),
            rule: Some(rule.id.clone()),
            words: joined(&all.into_iter().flatten().collect::<Vec<_>>()),
            title,
            about,
            unit,
            open: self.may_open(rule, path),
        }
    }

    /// What one name of a path stands for.
    fn word(&self, name: &str, key: &str, unit: &mut Option<String>) -> Words {
        match name {
            "warehouse" | "station" | "agent" | "to" => self.place(key),
            "unit" => match key.parse::<UnitId>() {
                Ok(id) => {
                    *unit = Some(id.to_string());
                    match self.frames.get(&id) {
                        Some(frame) => words(format!("车辆 {frame}"), format!("vehicle {frame}")),
                        None => words("车架号未知的车辆", "a vehicle without frame number"),
                    }
                }
                // No vehicle on record: the case stands for it.
                Err(_) => words(format!("{key} 的车辆"), format!("the vehicle of {key}")),
            },
            "cashier" => self.cashier(key),
            "waybill" => words(format!("运单 {key}"), format!("waybill {key}")),
            "payer" => payer(key),
            "what" => owed(key),
            "purse" => purse(key),
            "use" => used_for(key),
            "fault" => fault(&self.session.release, key),
            "means" => means(&self.session.release, key),
            _ => Words::key(self.orgs.by_code(key).map_or(key, |org| org.name.as_str())),
        }
    }

    fn may_open(&self, rule: &AccountRule, path: &Path) -> bool {
        let right = match rule.counts {
            Counts::Parts => Permission::StockRead,
            Counts::Fen => Permission::AccountRead,
        };
        let scope = &self.session.scope;
        let seen = match rule.owner_of(path) {
            Some(code) => self.orgs.by_code(&code).is_some_and(|org| scope.holds(&org.path)),
            None => *scope == Scope::company(),
        };
        seen && self.session.may(right)
    }
}
