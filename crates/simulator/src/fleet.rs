//! The vehicles: sixty sold over two years, each with owner, card and serials.

use crate::dice::Dice;
use base::time::{add_days, add_months};
use base::{Day, Money};
use std::collections::BTreeMap;

/// How many vehicles.
const VEHICLES: u32 = 60;
/// Days between two sales, about.
const EVERY_DAYS: i64 = 11;

pub(crate) const FAMILY: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
];
pub(crate) const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟",
    "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "小明", "建国", "雨桐", "子涵", "浩然",
];
pub(crate) const COLOURS: &[&str] = &["曜石黑", "珍珠白", "天空蓝", "松石绿", "酒红"];

/// A vehicle that was sold before the story begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// Its place in the order of sale, from 0; the last four digits of its serial.
    pub number: u32,
    /// Year, month and number: the tail of frame number, card and serials.
    pub serial: String,
    /// Which model of the catalogue: the number is taken modulo how many there are.
    pub model: usize,
    /// Which outlet sold it, in the same way.
    pub outlet: usize,
    /// Day of sale and of the invoice.
    pub sold_on: Day,
    /// Day of manufacture.
    pub made_on: Day,
    /// Who bought it.
    pub owner: Owner,
    /// Colour.
    pub colour: &'static str,
    /// Plate.
    pub plate: String,
    /// Number of the warranty card.
    pub card_no: String,
    /// Number of the invoice.
    pub invoice_no: String,
    /// Price.
    pub price: Money,
    /// Serial numbers by component.
    pub components: BTreeMap<&'static str, String>,
}

/// Who bought a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// Whether follow-up calls are welcome.
    pub consent: bool,
}

/// The vehicles sold before `today`, the oldest first.
pub fn sold(seed: u64, today: Day) -> Vec<Vehicle> {
    let mut dice = Dice::new(seed);
    (0..VEHICLES).map(|number| vehicle(&mut dice, number, today)).collect()
}

fn vehicle(dice: &mut Dice, number: u32, today: Day) -> Vehicle {
    let back = i64::from(VEHICLES - number) * EVERY_DAYS + dice.between(0, 8);
    let sold_on = add_days(today, -back).unwrap_or(today);
    let model = usize::try_from(dice.roll(1000)).unwrap_or(0);
    let made_on = add_months(sold_on, -1).unwrap_or(sold_on);
    let serial = format!("{:02}{:02}7{number:04}", made_on.year() % 100, made_on.month());
    let owner = Owner {
        name: format!("{}{}", dice.pick(FAMILY), dice.pick(GIVEN)),
        phone: format!("13{:09}", 100_000_000 + dice.roll(800_000_000)),
        consent: !number.is_multiple_of(5),
    };
    Vehicle {
        number,
        model,
        outlet: usize::try_from(number).unwrap_or(0),
        sold_on,
        made_on,
        owner,
        colour: dice.pick(COLOURS),
        plate: format!("江A{:05}", 20_000 + dice.roll(79_999)),
        card_no: format!("BX{:02}{serial}", dice.roll(90) + 10),
        invoice_no: format!("FP{serial}{:03}", dice.roll(1000)),
        price: Money(199_900 + dice.between(0, 19) * 10_000),
        components: [("li_battery", "BT"), ("hub_motor", "HM"), ("controller", "CT")]
            .map(|(component, prefix)| {
                (component, format!("{prefix}{serial}{:03}", dice.roll(1000)))
            })
            .into(),
        serial,
    }
}
