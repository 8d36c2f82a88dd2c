//! What an expression may name: the declared facts, with their types and where they come from.
//!
//! [`FACTS`] is the one table: the checker types expressions against it, the engine builds the
//! scope from it, the language reference prints it. What depends on the rulebook (fields, settings,
//! tracks) is added by [`Scope`].

use super::form::{Field, FieldKind, Form};
use super::{Catalog, Effect, Parameter, Process, Release};
use crate::expr::Type;
use base::time::{Span, SpanUnit};
use std::collections::BTreeMap;

/// One declared fact.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// Dotted path; `[]` behind a name makes a list of records.
    pub path: &'static str,
    /// `text`, `texts`, `number`, `money`, `bool`, `date`, `instant`, `person` or `lines`.
    pub kind: &'static str,
    /// Who brings it.
    pub provider: Provider,
    /// Meaning, Chinese.
    pub zh: &'static str,
    /// Meaning, English.
    pub en: &'static str,
}

pub use super::held::{field_type, line_type};
pub use super::judged::{JUDGE_FACTS, JUDGE_SETTINGS, VERDICT_FACTS, judge_scope};
pub use super::known::{CHILD_FACTS, CUSTOMER_FACTS, PERSON_FACTS, SCHEDULE_FACTS};
pub use super::provider::{Provider, provider};

macro_rules! facts {
    ($($path:literal $kind:ident $provider:ident $zh:literal $en:literal;)*) => {
        &[$(Fact {
            path: $path,
            kind: stringify!($kind),
            provider: Provider::$provider,
            zh: $zh,
            en: $en,
        }),*]
    };
}

pub(super) use facts;

/// Facts every process can name. `form`, `data`, `params`, `case.tracks`, and of each action how
/// often it was done (`done.<action>`) and when last (`last_done.<action>`) are added by rulebook.
pub const FACTS: &[Fact] = facts![
    "now" instant Clock "发生时间" "when it happens";
    "today" date Clock "发生日期（公司时区）" "the day it happens, in the company's time zone";
    "late" bool Clock "是否补录" "whether it is a late entry";
    "case.number" text Case "单号" "number as printed";
    "case.state" text Case "主线状态" "state of the main track";
    "case.opened_at" instant Case "开单时间" "when it was opened";
    "case.closed_at" instant Case "结案时间" "when it was closed; null while it is open";
    "case.has_unit" bool Case "是否关联车辆" "whether a vehicle is known";
    "case.has_customer" bool Case "是否关联客户" "whether a customer is known";
    "case.draw" number Case "抽签数（0–99）" "0 to 99, by the case alone: a lot for spot checks";
    "case.has_parent" bool Case "是否由另一单开出" "whether another case opened it";
    "case.opener" person People "开单人" "who opened it";
    "case.owner" person People "首问责任人" "who answers for it to the end";
    "case.assignee" person People "当前承办人" "who works on it now";
    "actor.kind" text Session "操作者类型" "`person`, `customer` or `system`";
    "actor.id" text Session "操作者" "who acts";
    "actor.roles" texts Session "在本站的角色" "roles held at the case's station or above";
    "unit.id" text Unit "车辆编号" "id of the vehicle";
    "unit.frame_no" text Unit "车架号" "frame number";
    "unit.model" text Unit "车型" "model";
    "unit.product" text Unit "产品" "product key";
    "unit.make" text Unit "品牌" "brand";
    "unit.registered" bool Unit "是否本厂登记车辆" "whether the maker's register knows it";
    "unit.invoice_date" date Unit "发票日期" "date of the valid invoice";
    "unit.registered_on" date Unit "登记日期" "date of the sale registration";
    "unit.activated_on" date Unit "激活日期" "date of activation";
    "unit.manufactured_on" date Unit "出厂日期" "date of manufacture";
    "unit.usage" text Unit "使用性质" "`household` or `commercial`";
    "unit.sale_channel" text Unit "销售渠道" "where it was sold";
    "unit.card_no" text Unit "保修卡号" "number of the warranty card";
    "unit.marked" bool Unit "是否有警示标记" "whether it carries a warning mark";
    "unit.owner" text Unit "车主（客户编号）" "id of the customer who owns it";
    "unit.returned" bool Unit "是否退修车" "whether it was returned and repaired";
    "unit.frozen" bool Unit "是否因安全隐患封存" "whether a hazard of it is not released yet";
    "unit.sold" bool Unit "是否已售" "whether somebody bought it";
    "unit.campaigns[].case" text Unit "活动车辆单编号" "id of its open case in a campaign";
    "unit.campaigns[].number" text Unit "活动单号" "number of a campaign that is not done on it";
    "unit.campaigns[].title" text Unit "活动名称" "what the campaign is called";
    "unit.campaigns[].kind" text Unit "活动类别" "`recall` or `service`";
    "unit.campaigns[].hazard" bool Unit "是否有安全危险" "whether it is about a danger";
    "unit.campaigns[].lines" lines Unit "活动项目" "its lines at their fixed prices";
    "unit.open_cases" number Unit "在办单数" "open cases about it with this one, 100 at most";
    "terms[].title" text History "三包部件" "parts of the vehicle that share a term, in Chinese";
    "terms[].title_en" text History "三包部件（英文）" "these parts, in English";
    "terms[].ends" date History "三包到期日" "last day of its term";
    "terms[].days_left" number History "剩余天数" "days left; negative once over";
    "unit.components[].component" text Unit "部件" "component key";
    "unit.components[].serial" text Unit "部件编号" "serial number";
    "unit.components[].fitted_on" date Unit "装车日期" "day it was fitted";
    "customer.id" text Customer "客户编号" "id of the customer";
    "customer.has_phone" bool Customer "是否有电话" "whether a phone number is known";
    "customer.consent" bool Customer "是否同意回访" "whether the customer agreed to be called";
    "customer.tags" texts Customer "客户标签" "tags on the customer's file";
    "org.id" text Org "单位编号" "id of the organisation unit";
    "org.code" text Org "单位代码" "its code";
    "org.name" text Org "单位名称" "its name";
    "org.kind" text Org "单位类型" "`station`, `dealer`, `company`, …";
    "org.stars" number Org "星级" "stars of the rating; null when not rated";
    "org.mode" text Org "模式" "`simple` (简易), `standard` (标准) or `full` (完整)";
    "org.registered" bool Org "是否挂牌网点" "whether it is a registered station";
    "org.province" text Org "省份" "province";
    "org.city" text Org "城市" "town or district";
    "org.standing" text Org "在网状态" "`active` (在网), `suspended` (停用) or `closed` (已退网)";
    "org.nameplate" text Org "铭牌编号" "number of its nameplate; null without one";
    "org.supplied" bool Org "是否提过货" "whether it had its first goods";
    "org.has_station" bool Org "名下是否有在网维修站" "whether a registered station below it works";
    "org.certified" bool Org "是否有持证维修人员" "whether somebody there or below is certified";
    "history[].number" text History "单号" "number of the earlier repair";
    "history[].component" text History "部件" "component repaired";
    "history[].fault" text History "故障" "fault";
    "history[].from" date History "开始日期" "first day in repair";
    "history[].to" date History "交车日期" "day of delivery";
    "history[].waiting_parts_days" number History "待料天数" "days waiting for parts";
    "history[].covered" bool History "是否三包" "whether the maker paid";
    "history[].replaced" bool History "是否更换" "whether the component was replaced";
    "history[].delivered_at" instant History "交车时间" "when it was delivered";
    "held[].case" text Held "在办单编号" "id of an open case of whoever opens this one";
    "held[].process" text Held "在办单流程编号" "key of its process";
    "held[].number" text Held "在办单单号" "its number";
    "held[].title" text Held "在办单流程" "its process, in Chinese";
    "held[].title_en" text Held "在办单流程（英文）" "its process, in English";
    "held[].state" text Held "在办单状态" "where it stands, in Chinese";
    "held[].state_en" text Held "在办单状态（英文）" "where it stands, in English";
    "held[].frame_no" text Held "在办单车架号" "frame number of its vehicle";
    "held[].due_at" instant Held "在办单最近时限" "its earliest running deadline";
    "held[].assigned" bool Held "是否本人承办" "whether they work on it, or only answer for it";
    "till[].means" text Till "付款方式" "a means of payment of whoever opens this one";
    "till[].booked" money Till "在手金额" "what their till holds by it, not counted yet";
    "till_back[].number" text Till "退款或冲销的单号" "case by which money went back since the last count";
    "till_back[].means" text Till "付款方式" "the means by which it went back";
    "till_back[].what" text Till "事由" "why: `refunded`, `paid_wrongly`, `deposit_back`";
    "till_back[].amount" money Till "金额" "how much went back";
    "unpaid[].number" text Till "未收的单号" "case whose customer still owes something at the unit";
    "unpaid[].amount" money Till "未收金额" "how much";
    "unpaid[].since" instant Till "应收时间" "since when";
    "unpaid[].on_account" bool Till "是否挂账" "whether it was put on account";
    "books.loan" money Till "借领账余额" "what the unit has on loan";
    "books.payable" money Till "周转配件应付" "what the unit owes for float parts";
    "books.goods_credit" money Till "抵货款余额" "what the unit may set off against goods";
    "campaign.ranges[].number" text Campaign "活动单号" "number of a campaign that has not ended";
    "campaign.ranges[].what" text Campaign "按什么号" "`frame`, or a component by its serials";
    "campaign.ranges[].low" text Campaign "起号" "first number of a range of it, without dashes";
    "campaign.ranges[].high" text Campaign "止号" "last number of the range";
    "campaign.listed" number Campaign "列入车辆" "vehicles of this campaign";
    "campaign.done" number Campaign "已完成" "those that are done";
    "campaign.left" number Campaign "未完成" "those still open";
    "open_items[].account" text Till "未清项的科目" "account rule of what stands open";
    "open_items[].what" text Till "未清项事由" "who pays, or for what";
    "open_items[].number" text Till "未清项的单号" "number of the case it stems from";
    "open_items[].amount" money Till "未清金额" "how much stands open";
    "open_items[].case" text Till "未清项的单" "id of that case";
    "open_items[].since" instant Till "未清起始时间" "since when";
    "doubts[].check" text Doubts "疑点" "`photo`, `serial`, `fault`…";
    "doubts[].number" text Doubts "另一单的单号" "number of the other case";
    "doubts[].case" text Doubts "另一单" "id of the other case";
    "doubts[].at" instant Doubts "另一单的时间" "when that was";
    "doubts[].count" number Doubts "疑点数值" "days, kilometres, vehicles or percent";
    "doubts[].photos" texts Doubts "重复的照片" "pictures of this case that the other has too";
    "doubts[].twins" texts Doubts "另一单的照片" "the same pictures in the other case";
    "scores[].card" text Standing "评分表" "a scorecard of the case's unit, this period and the last";
    "scores[].period" text Standing "评分期间" "`2026`, `2026-Q4`, `2026-11`";
    "scores[].part" text Standing "评分行类别" "`total`, `item` (a line of points) or `condition`";
    "scores[].id" text Standing "评分行编号" "key of the item, `level/condition`, or the level reached";
    "scores[].title" text Standing "评分行" "its name, in Chinese";
    "scores[].title_en" text Standing "评分行（英文）" "its name, in English";
    "scores[].level" text Standing "所属或达到的等级" "level of the condition, or the one reached";
    "scores[].level_en" text Standing "所属或达到的等级（英文）" "the same, in English";
    "scores[].stars" number Standing "等级的星数" "stars of that level; 0 where none is reached";
    "scores[].points" number Standing "得分" "points it gave; null while it is not rated";
    "scores[].most" number Standing "满分" "the most it can give";
    "scores[].met" bool Standing "条件是否满足" "whether the condition holds; null: not rated";
    "scores[].read" text Standing "依据的数据" "what it looked at, in Chinese";
    "scores[].read_en" text Standing "依据的数据（英文）" "what it looked at, in English";
    "scores[].by" texts Standing "录入人" "who entered something for it, by id; of the total";
    "standings[].card" text Standing "排名的评分表" "a scorecard with points, of the last period";
    "standings[].period" text Standing "排名的期间" "`2026`, `2026-Q4`, `2026-11`";
    "standings[].org" text Standing "排名的单位代码" "code of a unit at or below the case's";
    "standings[].org_id" text Standing "排名的单位编号" "its id, for a field of kind `org`";
    "standings[].name" text Standing "排名的单位" "its name";
    "standings[].points" number Standing "排名的得分" "its points";
    "standings[].unrated" number Standing "未评的项" "items that are not rated";
    "standings[].stars" number Standing "排名单位的星级" "stars it has; null when not rated";
    "standings[].rank" number Standing "名次" "its rank by points; equal points share one";
    "earlier[].case" text Standing "前案编号" "another case of the process at this unit, newest first";
    "earlier[].number" text Standing "前案单号" "its number";
    "earlier[].state" text Standing "前案状态" "key of the state its main line is in";
    "earlier[].since" instant Standing "前案状态起始" "since when it is in that state";
    "earlier[].open" bool Standing "前案是否在办" "whether it is open";
    "parent.number" text Standing "上级单单号" "number of the case that opened this one";
    "parent.process" text Standing "上级单流程" "key of its process";
    "parent.state" text Standing "上级单状态" "key of the state its main line is in";
    "left.cases" number Standing "仍在办的单" "other open cases at the case's unit, 100 at most";
    "left.stock" number Standing "库存件数" "pieces on its shelves and in its vans";
    "left.old" number Standing "旧件件数" "old parts that it keeps";
    "left.transit" number Standing "在途件数" "pieces on their way to it";
    "left.certificates" number Standing "有效上岗证数" "people there with a valid certificate";
    "parent.data" any Standing "上级单内容" "its answers: plain values and lists, nothing sealed";
];

/// The accounts of a unit that an action may ask for by the fact `books`: `station/{unit}/{name}`.
pub fn books() -> impl Iterator<Item = &'static str> {
    FACTS.iter().filter_map(|fact| fact.path.strip_prefix("books."))
}

/// An organisation unit, as a field of kind `org` and the fact `org` read.
pub fn org_type() -> Type {
    match record_of(FACTS) {
        Type::Record(mut roots) => roots.remove("org").unwrap_or(Type::Any),
        other => other,
    }
}

/// A record type from a table of facts.
pub fn record_of(facts: &[Fact]) -> Type {
    let mut root = BTreeMap::new();
    for fact in facts {
        put(&mut root, fact.path, type_of(fact.kind));
    }
    Type::Record(root)
}

fn put(into: &mut BTreeMap<String, Type>, path: &str, leaf: Type) {
    let Some((head, rest)) = path.split_once('.') else {
        into.insert(path.to_owned(), leaf);
        return;
    };
    if let Some(list) = head.strip_suffix("[]") {
        let entry = into
            .entry(list.to_owned())
            .or_insert_with(|| Type::List(Box::new(Type::Record(BTreeMap::new()))));
        if let Type::List(item) = entry
            && let Type::Record(fields) = item.as_mut()
        {
            put(fields, rest, leaf);
        }
        return;
    }
    let entry = into.entry(head.to_owned()).or_insert_with(|| Type::Record(BTreeMap::new()));
    if let Type::Record(fields) = entry {
        put(fields, rest, leaf);
    }
}

pub(super) fn type_of(kind: &str) -> Type {
    match kind {
        "text" => Type::Text,
        "texts" => Type::List(Box::new(Type::Text)),
        "number" => Type::Number,
        "quantity" => Type::Quantity,
        "money" => Type::Money,
        "bool" => Type::Bool,
        "date" => Type::Date,
        "instant" => Type::Instant,
        "person" => record_of(PERSON_FACTS),
        "lines" => Type::List(Box::new(line_type())),
        _ => Type::Any,
    }
}

/// Type of a setting. A `percent` is the number as written (20 for 20 %).
pub fn parameter_type(parameter: &Parameter) -> Type {
    match parameter.kind.as_str() {
        "number" | "percent" => Type::Number,
        "money" => Type::Money,
        "text" => Type::Text,
        "bool" => Type::Bool,
        "span" => match parameter.value.as_ref().and_then(|v| v.as_str()).and_then(Span::parse) {
            Some(Span { unit: SpanUnit::Mo, .. }) => Type::Months,
            Some(_) => Type::Seconds,
            None => Type::Any,
        },
        _ => Type::Any,
    }
}

/// Builds the record types expressions of one process are checked against.
#[derive(Debug, Clone)]
pub struct Scope {
    base: BTreeMap<String, Type>,
    data: BTreeMap<String, Type>,
}

impl Scope {
    /// The scope of a process: declared facts, settings, tracks, and `data` of all its forms.
    pub fn of_process(process: &Process, release: &Release) -> Self {
        let mut scope = Self::of_parameters(&release.parameters);
        let mut tracks: BTreeMap<_, _> =
            process.tracks.iter().map(|t| (t.id.clone(), Type::Text)).collect();
        tracks.insert("main".into(), Type::Text);
        let each = |kind: Type| -> Type {
            Type::Record(process.all_actions().map(|a| (a.id.clone(), kind.clone())).collect())
        };
        if let Some(Type::Record(case)) = scope.base.get_mut("case") {
            case.insert("tracks".into(), Type::Record(tracks));
        }
        scope.base.insert("done".into(), each(Type::Number));
        scope.base.insert("last_done".into(), each(Type::Instant));
        for action in process.all_actions() {
            if let Some(form) = action.form.as_ref().and_then(|id| release.forms.get(id)) {
                scope.add_form(form, &release.catalog);
            }
            for effect in &action.effects {
                match effect {
                    Effect::Judge { .. } => {
                        scope.data.insert("verdict".into(), record_of(VERDICT_FACTS));
                    }
                    Effect::Set { set, .. } => {
                        scope.data.entry(set.clone()).or_insert(Type::Any);
                    }
                    _ => {}
                }
            }
        }
        scope
    }

    /// The scope of a form that no process uses: its own fields and the declared facts.
    pub fn of_form(form: &Form, release: &Release) -> Self {
        let mut scope = Self::of_parameters(&release.parameters);
        scope.add_form(form, &release.catalog);
        scope
    }

    /// What the expressions of a schedule may name; of one for vehicles, theirs too.
    pub fn of_schedule(release: &Release, of_units: bool) -> Type {
        let mut base = Self::of_parameters(&release.parameters).base;
        base.retain(|root, _| match root.as_str() {
            "now" | "today" | "org" | "params" => true,
            "unit" | "customer" => of_units,
            _ => false,
        });
        if let Type::Record(mut facts) = record_of(SCHEDULE_FACTS) {
            base.append(&mut facts);
        }
        Type::Record(base)
    }

    /// What the conditions of customers' grades may name.
    pub fn of_grades(release: &Release) -> Type {
        let mut base = Self::of_parameters(&release.parameters).base;
        base.retain(|root, _| matches!(root.as_str(), "today" | "params"));
        if let Type::Record(mut facts) = record_of(CUSTOMER_FACTS) {
            base.append(&mut facts);
        }
        Type::Record(base)
    }

    /// The settings alone, as a formula reads them.
    pub fn settings(parameters: &BTreeMap<String, Parameter>) -> Type {
        let params = parameters.iter().map(|(id, p)| (id.clone(), parameter_type(p))).collect();
        Type::Record(params)
    }

    fn of_parameters(parameters: &BTreeMap<String, Parameter>) -> Self {
        let Type::Record(mut base) = record_of(FACTS) else { return Self::empty() };
        base.insert("params".into(), Self::settings(parameters));
        Self { base, data: BTreeMap::new() }
    }

    /// The same with what an action done by the end of a case of `child` may name.
    #[must_use]
    pub fn with_child(mut self, child: &Process, release: &Release) -> Self {
        let Type::Record(mut facts) = record_of(CHILD_FACTS) else { return self };
        if let Some(Type::Record(known)) = facts.get_mut("child") {
            let data = Self::of_process(child, release).data;
            known.insert("data".into(), Type::Record(data));
        }
        self.base.append(&mut facts);
        self
    }

    const fn empty() -> Self {
        Self { base: BTreeMap::new(), data: BTreeMap::new() }
    }

    fn add_form(&mut self, form: &Form, catalog: &Catalog) {
        for field in &form.fields {
            let mut kind = field_type(field, catalog);
            // Of the rows of a list each form says something more.
            if matches!(field.kind, FieldKind::PeopleRows | FieldKind::Rows)
                && let (Some(Type::List(known)), Type::List(row)) =
                    (self.data.get(&field.id), &mut kind)
                && let (Type::Record(known), Type::Record(row)) = (&**known, &mut **row)
            {
                for (column, kind) in known {
                    row.entry(column.clone()).or_insert_with(|| kind.clone());
                }
            }
            self.data.insert(field.id.clone(), kind);
        }
    }

    /// The fields of `data`, with their types.
    pub const fn data(&self) -> &BTreeMap<String, Type> {
        &self.data
    }

    /// Types a data field that an effect computes, once its expression is known.
    pub fn define(&mut self, field: &str, kind: Type) {
        self.data.insert(field.to_owned(), kind);
    }

    /// What an expression of an action with this form of the process may name.
    pub fn with_form(&self, form: Option<&Form>) -> Type {
        let mut root = self.base.clone();
        root.insert("data".into(), Type::Record(self.data.clone()));
        let fields = form.map_or(BTreeMap::new(), |form| {
            let of = |f: &Field| Some((f.id.clone(), self.data.get(&f.id)?.clone()));
            form.fields.iter().filter_map(of).collect()
        });
        root.insert("form".into(), Type::Record(fields));
        Type::Record(root)
    }

    /// What an expression without a form may name: offers, deadlines, tracks.
    pub fn without_form(&self) -> Type {
        let mut root = self.base.clone();
        root.insert("data".into(), Type::Record(self.data.clone()));
        Type::Record(root)
    }
}
