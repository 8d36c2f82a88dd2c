//! What facts are called: the name of a field, a setting or a declared fact by its path, and the
//! words of the keys it holds, so that nobody reads `data.meeting_by` where people say 召开期限.

use super::form::{Field, Form};
use super::judged::{JUDGE_FACTS, VERDICT_FACTS};
use super::measure::EVENT_FACTS;
use super::scope::{CHILD_FACTS, CUSTOMER_FACTS, FACTS, Fact, PERSON_FACTS, SCHEDULE_FACTS};
use super::{Effect, Process, Release};
use crate::expr;
use base::Text;

/// Keys inside values of a field that no form names: key, Chinese, English.
const INSIDE: &[(&str, &str, &str)] = &[
    ("kind", "类别", "kind"),
    ("item", "编码", "code"),
    ("title", "名称", "name"),
    ("component", "部件", "component"),
    ("quantity", "数量", "quantity"),
    ("unit_price", "单价", "unit price"),
    ("base_price", "进价", "price the station paid"),
    ("list_price", "价目表单价", "price of the list"),
    ("price_class", "价格档", "price class"),
    ("price_from", "价格起用日", "day the price holds from"),
    ("standard", "标准工时", "standard hours"),
    ("rule", "收费规则", "rule that charges it"),
    ("amount", "金额", "amount"),
    ("payer", "付费方", "payer"),
    ("mandatory", "是否必换件", "whether it must be replaced"),
    ("part", "配件", "part"),
    ("serials", "编号", "serial numbers"),
    ("tracked", "是否一件一码", "whether each piece has a number"),
    ("models", "适用车型", "models it fits"),
    ("instead_of", "替代的配件", "part it stands in for"),
    ("booked", "账面数量", "booked quantity"),
    ("missing", "缺少的编号", "missing numbers"),
    ("found", "多出的编号", "numbers found"),
    ("reason", "原因", "reason"),
    ("cause", "失效原因", "cause of the failure"),
    ("value", "读数", "reading"),
    ("instrument", "仪器", "instrument"),
    ("temperature", "温度", "temperature"),
    ("charge", "检测前电量", "charge before the test"),
    ("file", "文件", "file"),
    ("slot", "照片位置", "place of the photo"),
    ("by", "签字人", "who signed"),
    ("means", "签字方式", "how it was signed"),
    ("person", "人员", "person"),
];

/// What a message can say beside the facts of rules.
const MESSAGE_FACTS: &[(&str, &str, &str)] = &[
    ("case.station", "站名", "name of the station"),
    ("customer.name", "用户姓名", "name of the customer"),
    ("customer.phone", "用户电话", "phone of the customer"),
    ("customer.address", "用户地址", "address of the customer"),
    ("assignee.name", "承办人姓名", "name of who works on it"),
    ("opener.name", "开单人姓名", "name of who opened it"),
    ("owner.name", "首问责任人姓名", "name of who answers for it"),
    ("actor.name", "操作者姓名", "name of who acts"),
    ("company", "企业名称", "name of the company"),
    ("deadline.title.zh", "时限名称", "name of the deadline"),
    ("deadline.title.en", "时限名称", "name of the deadline"),
    ("deadline.due_at", "到期时间", "when it is due"),
];

/// The names of a release as a process of it says them.
#[derive(Debug, Clone, Copy)]
pub struct FactNames<'r> {
    release: &'r Release,
    process: Option<&'r Process>,
}

impl<'r> FactNames<'r> {
    /// The names for a process; without one, of whatever form has the field.
    pub const fn new(release: &'r Release, process: Option<&'r Process>) -> Self {
        Self { release, process }
    }

    /// What the fact at a dotted path is called, `data.meeting_by`; none where nothing names it.
    pub fn name(&self, path: &str) -> Option<Text> {
        let parts: Vec<&str> = path.split('.').collect();
        self.of(&parts)
    }

    /// Every fact a message or a deadline of the process can name, with its name.
    pub fn all(&self) -> Vec<(String, Text)> {
        let plain = FACTS.iter().filter(|fact| !fact.path.contains("[]"));
        let mut all: Vec<(String, Text)> = plain
            .filter(|fact| fact.kind != "person")
            .map(|fact| (fact.path.to_owned(), words(fact)))
            .collect();
        let told = MESSAGE_FACTS.iter();
        all.extend(told.map(|(path, zh, en)| ((*path).to_owned(), Text::new(*zh, *en))));
        for field in self.forms().into_iter().flat_map(|form| &form.fields) {
            let path = format!("data.{}", field.id);
            if all.iter().all(|(known, _)| *known != path) {
                all.push((path, field.title.clone()));
            }
        }
        let settings = self.release.parameters.values();
        all.extend(settings.map(|p| (format!("params.{}", p.id), p.title.clone())));
        all
    }

    fn of(&self, path: &[&str]) -> Option<Text> {
        match path {
            ["data" | "form", "verdict", rest @ ..] => declared(VERDICT_FACTS, &rest.join(".")),
            ["child", "data", rest @ ..] if !rest.is_empty() => {
                Self::new(self.release, None).of(&[&["data"], rest].concat())
            }
            ["data" | "form", field, rest @ ..] => self.field(field, rest),
            ["params", id] => Some(self.release.parameters.get(*id)?.title.clone()),
            ["done", id] => self.action(id).map(|title| {
                let (zh, en) = (&title.zh, &title.en);
                Text::new(format!("{zh}的次数"), format!("how often {en} was done"))
            }),
            ["last_done", id] => self.action(id).map(|title| {
                let (zh, en) = (&title.zh, &title.en);
                Text::new(format!("上次{zh}的时间"), format!("when {en} was last done"))
            }),
            ["case", "tracks", id] => self.track(id),
            ["case", person @ ("opener" | "owner" | "assignee"), rest @ ..] if !rest.is_empty() => {
                Some(of_whom(&declared(FACTS, &format!("case.{person}"))?, rest))
            }
            ["event", id] => {
                let (.., zh, en) = EVENT_FACTS.iter().find(|(known, ..)| known == id)?;
                Some(Text::new(*zh, *en))
            }
            ["history"] => Some(Text::new("历次维修", "earlier repairs")),
            ["unit", "components"] => Some(Text::new("车上的部件", "parts of the vehicle")),
            _ => [FACTS, CHILD_FACTS, SCHEDULE_FACTS, JUDGE_FACTS, CUSTOMER_FACTS]
                .into_iter()
                .find_map(|facts| declared(facts, &path.join("."))),
        }
    }

    fn action(&self, id: &str) -> Option<&Text> {
        let all = self
            .process
            .map_or_else(|| self.release.processes.values().collect(), |process| vec![process]);
        let title = all.into_iter().find_map(|process| process.action(id));
        title.map(|action| &action.title)
    }

    fn track(&self, id: &str) -> Option<Text> {
        if id == "main" {
            return Some(Text::new("主线状态", "state of the main track"));
        }
        let title = &self.process?.tracks.iter().find(|track| track.id == id)?.title;
        Some(Text::new(format!("{}的状态", title.zh), format!("state of {}", title.en)))
    }

    /// A field, or something inside its value.
    fn field(&self, id: &str, rest: &[&str]) -> Option<Text> {
        let mut found = self.fields().filter(|field| field.id == id);
        let Some(field) = found.next() else {
            // What an effect notes and no form asks for: by its own title, or by what a verdict
            // reads, `in_scope`, `evidence.card`.
            let judged = declared(JUDGE_FACTS, &[&[id], rest].concat().join("."));
            return self.noted(id).or(judged);
        };
        let [inner, ..] = rest else { return Some(field.title.clone()) };
        let column = field.columns.iter().chain(found.flat_map(|other| &other.columns));
        let column = column.into_iter().find(|column| column.id == *inner).map(|c| &c.title);
        let choice = field.choices.iter().find(|choice| choice.id == *inner).map(|c| &c.title);
        if let Some(title) = column.or(choice) {
            return Some(of_which(&field.title, title));
        }
        match INSIDE.iter().find(|(known, ..)| known == inner) {
            Some((_, zh, en)) => Some(of_which(&field.title, &Text::new(*zh, *en))),
            None => Some(of_whom(&field.title, rest)),
        }
    }

    /// The title an effect gives what it notes.
    fn noted(&self, id: &str) -> Option<Text> {
        let all = self.process.into_iter().chain(self.release.processes.values());
        let effects = all.flat_map(Process::all_actions).flat_map(|action| &action.effects);
        effects.into_iter().find_map(|effect| match effect {
            Effect::Set { set, title, .. } if set == id => title.clone(),
            _ => None,
        })
    }

    fn fields(&self) -> impl Iterator<Item = &'r Field> {
        let own = self.forms();
        let others = self.release.forms.values();
        own.into_iter().chain(others).flat_map(|form| &form.fields)
    }

    /// The forms of the process; of no process all.
    fn forms(&self) -> Vec<&'r Form> {
        match self.process {
            None => self.release.forms.values().collect(),
            Some(process) => {
                let forms = process.all_actions().filter_map(|action| action.form.as_ref());
                forms.filter_map(|id| self.release.forms.get(id)).collect()
            }
        }
    }

    /// The words of a key that the fact at this path holds.
    fn word(&self, path: &[&str], key: &str) -> Option<Text> {
        let release = self.release;
        match path {
            ["case", "state"] => Some(self.process?.state(key)?.title.clone()),
            ["case", "tracks", track] => {
                Some(self.process?.state(&format!("{track}.{key}"))?.title.clone())
            }
            [.., "roles"] => Some(release.roles.get(key)?.title.clone()),
            ["event" | "child", "process"] => Some(release.processes.get(key)?.title.clone()),
            ["data" | "form" | "item", field] => {
                let written = self.fields().filter(|known| known.id == *field);
                let choice = written.flat_map(|f| &f.choices).find(|choice| choice.id == key);
                choice.map(|choice| choice.title.clone()).or_else(|| catalogued(release, key))
            }
            _ => catalogued(release, key),
        }
    }
}

impl expr::Names for FactNames<'_> {
    fn fact(&self, path: &[String]) -> Option<Text> {
        self.of(&path.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn key(&self, path: &[String], key: &str) -> Option<Text> {
        self.word(&path.iter().map(String::as_str).collect::<Vec<_>>(), key)
    }
}

fn declared(facts: &[Fact], path: &str) -> Option<Text> {
    let found = facts.iter().find(|fact| fact.path.replace("[]", "") == path);
    found.map(words)
}

/// The meaning without what is said behind it for authors.
fn words(fact: &Fact) -> Text {
    let first = |text: &'static str, end: &[char]| text.split(end).next().unwrap_or(text).trim();
    Text::new(first(fact.zh, &['（', '；']), first(fact.en, &[';', ':']))
}

/// `技师的上岗证有效`.
fn of_whom(whom: &Text, rest: &[&str]) -> Text {
    declared(PERSON_FACTS, &rest.join("."))
        .map_or_else(|| whom.clone(), |what| of_which(whom, &what))
}

fn of_which(of: &Text, what: &Text) -> Text {
    Text::new(format!("{}的{}", of.zh, what.zh), format!("{} of {}", what.en, of.en))
}

/// A key of the catalogue.
fn catalogued(release: &Release, key: &str) -> Option<Text> {
    let catalog = &release.catalog;
    let component = catalog.component(key).map(|component| &component.title);
    let fault = || catalog.fault(key).map(|fault| &fault.title);
    let cause = || catalog.causes.iter().find(|cause| cause.id == key).map(|cause| &cause.title);
    let product = || catalog.products.get(key).map(|product| &product.title);
    component.or_else(fault).or_else(cause).or_else(product).cloned()
}
