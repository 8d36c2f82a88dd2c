//! The vehicles: sixty sold over two years, each with owner, card and serials.

use super::company::Company;
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::time::{add_days, add_months};
use base::{Day, PersonId, UnitId};
use std::collections::BTreeMap;
use store::customer::NewCustomer;
use store::unit::{NewUnit, UnitFields};

/// How many vehicles.
const VEHICLES: u32 = 60;
/// What is left over of a year when one is sold every so many days.
const EVERY_DAYS: i64 = 11;

const FAMILY: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟",
    "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "小明", "建国", "雨桐", "子涵", "浩然",
];
const COLOURS: &[&str] = &["曜石黑", "珍珠白", "天空蓝", "松石绿", "酒红"];

/// A small generator of numbers: the same demonstration every time.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// A generator from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// The next number below `below`.
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }

    /// One of a list.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let place = self.roll(u64::try_from(list.len()).unwrap_or(1));
        list[usize::try_from(place).unwrap_or(0)]
    }
}

/// A registered vehicle of the demonstration.
#[derive(Debug, Clone)]
pub struct Vehicle {
    /// Its id.
    pub id: UnitId,
    /// Its model.
    pub model: String,
    /// Day of sale.
    pub sold_on: Day,
}

/// Registers the vehicles with their owners, the oldest first.
pub async fn register(app: &App, company: &Company) -> Answer<Vec<Vehicle>> {
    let release = app.releases().current(app.today())?;
    let models: Vec<(String, String)> =
        release.catalog.models.iter().map(|m| (m.id.clone(), m.product.clone())).collect();
    if models.is_empty() {
        return Ok(vec![]);
    }
    let outlets: Vec<_> = company.values().filter(|org| org.kind == "outlet").collect();
    let actor = app.store().login("admin").await?.map(|(person, _)| person.id);
    let actor: PersonId = actor.ok_or_else(|| Problem::new("internal"))?;
    let mut dice = Dice::new(0x005A_4BA0);
    let mut fleet = Vec::new();
    for n in 0..VEHICLES {
        let back = i64::from(VEHICLES - n) * EVERY_DAYS + i64::try_from(dice.roll(9)).unwrap_or(0);
        let sold_on = add_days(app.today(), -back).ok_or_else(|| Problem::new("internal"))?;
        let place = usize::try_from(dice.roll(1000)).unwrap_or(0);
        let (model, product) = models[place % models.len()].clone();
        let outlet = outlets[usize::try_from(n).unwrap_or(0) % outlets.len()];
        let made = add_months(sold_on, -1).unwrap_or(sold_on);
        let serial = format!("{:02}{:02}7{n:04}", made.year() % 100, made.month());
        let customer = NewCustomer {
            name: Some(format!("{}{}", dice.pick(FAMILY), dice.pick(GIVEN))),
            phone: Some(format!("13{:09}", 100_000_000 + dice.roll(800_000_000))),
            org: Some(outlet.id),
            consent: n % 5 != 0,
            ..NewCustomer::default()
        };
        let owner = app.store().add_customer(customer, app.now()).await?;
        let fields = UnitFields {
            frame_no: Some(format!("L{}{serial}", model.replace('-', ""))),
            product: Some(product),
            model: Some(model.clone()),
            colour: Some(dice.pick(COLOURS).to_owned()),
            plate: Some(format!("江A{:05}", 20_000 + dice.roll(79_999))),
            card_no: Some(format!("BX{:02}{serial}", dice.roll(90) + 10)),
            card_state: Some("ok".into()),
            usage: Some("household".into()),
            sale_channel: Some("store".into()),
            sold_on: Some(sold_on),
            invoice_date: Some(sold_on),
            invoice_no: Some(format!("FP{serial}{:03}", dice.roll(1000))),
            registered_on: add_days(sold_on, 1),
            manufactured_on: Some(made),
            price_fen: Some(199_900 + i64::try_from(dice.roll(20)).unwrap_or(0) * 10_000),
            org: Some(outlet.id),
            marked: Some(false),
            ..UnitFields::default()
        };
        let components: BTreeMap<String, String> =
            [("li_battery", "BT"), ("hub_motor", "HM"), ("controller", "CT")]
                .map(|(component, prefix)| {
                    (component.to_owned(), format!("{prefix}{serial}{:03}", dice.roll(1000)))
                })
                .into();
        let unit = NewUnit { fields, components, owner: Some(owner) };
        let id = app.store().add_unit(unit, actor, app.now()).await?;
        fleet.push(Vehicle { id, model, sold_on });
    }
    Ok(fleet)
}
