//! What fails on a vehicle, how often at which age and season, and what is said and done then.

use crate::complaint::{Complaint, complaint};

/// A fault with its rate.
#[derive(Debug, Clone, Copy)]
pub struct Failing {
    /// What is found and said.
    pub what: Complaint,
    /// Of ten thousand vehicles in a month: in the first three, then, and from the second year on.
    pub rate: [u64; 3],
    /// The months of the year in which it comes half as often again.
    pub season: &'static [i8],
}

/// Tenths by which all rates are taken.
const OFTEN: u64 = 14;
const COLD: &[i8] = &[12, 1, 2];
const HOT: &[i8] = &[6, 7, 8];
const WET: &[i8] = &[6, 7, 9];
const ANY: &[i8] = &[];

const fn failing(what: Complaint, rate: [u64; 3], season: &'static [i8]) -> Failing {
    Failing { what, rate, season }
}

/// Batteries that are worn before their time: judged by the capacity that is measured.
pub const TIRED: Complaint = complaint(
    "li_battery",
    "low_capacity",
    "充满电只能骑十来公里",
    "电芯衰减，单体压差大",
    "更换电池组，校准容量",
);
/// Batteries whose protection board locks.
pub const LOCKED: Complaint =
    complaint("li_battery", "no_charge", "充不进电，灯一直是绿的", "保护板故障", "更换电池组");

/// The faults of every vehicle.
pub const FAULTS: &[Failing] = &[
    failing(TIRED, [3, 10, 42], COLD),
    failing(LOCKED, [12, 9, 14], COLD),
    failing(
        complaint(
            "controller",
            "no_function",
            "骑行中突然断电",
            "控制器进水",
            "更换控制器，做防水",
        ),
        [28, 24, 34],
        WET,
    ),
    failing(
        complaint(
            "controller",
            "burnout",
            "烧焦味，整车没电",
            "功率管击穿",
            "更换控制器，检查线束",
        ),
        [6, 9, 16],
        HOT,
    ),
    failing(
        complaint("display", "no_function", "仪表花屏，看不清电量", "排线松脱", "更换三合一显示器"),
        [46, 22, 26],
        WET,
    ),
    failing(
        complaint("charger", "no_function", "充一夜灯不变绿", "输出电容失效", "更换充电器"),
        [24, 30, 48],
        HOT,
    ),
    failing(
        complaint("hub_motor", "gear_breakage", "后轮咔咔响", "减速齿轮断齿", "更换电动轮毂"),
        [14, 16, 30],
        ANY,
    ),
    failing(
        complaint("hub_motor", "burnout", "上坡冒烟后不转", "绕组过热烧毁", "更换电动轮毂"),
        [5, 8, 14],
        HOT,
    ),
    failing(
        complaint("throttle", "no_function", "转把时有时无", "霍尔元件失效", "更换转把"),
        [34, 28, 40],
        WET,
    ),
    failing(
        complaint("lights", "no_function", "大灯不亮", "灯珠烧坏", "更换前大灯"),
        [30, 26, 32],
        ANY,
    ),
    failing(
        complaint("brake_lever", "no_function", "捏刹车不断电", "断电开关失效", "更换断电刹把"),
        [22, 20, 26],
        ANY,
    ),
    failing(
        complaint("harness", "no_function", "颠一下就断电", "线束接头氧化", "更换主线束"),
        [10, 12, 22],
        WET,
    ),
    failing(
        complaint("lock", "no_function", "钥匙拧不动", "锁芯卡滞", "更换电门锁"),
        [16, 12, 18],
        COLD,
    ),
    failing(
        complaint("front_axle", "fracture", "前轮晃动", "轴体断裂", "更换前轴，调圈"),
        [16, 10, 14],
        ANY,
    ),
    failing(
        complaint("handlebar", "chrome_peeling", "车把起泡掉皮", "镀层缺陷", "更换车把"),
        [26, 8, 4],
        ANY,
    ),
    failing(
        complaint("inner_tube", "leak", "后胎一晚上就没气", "气门嘴漏气", "更换内胎"),
        [60, 44, 52],
        HOT,
    ),
    failing(
        complaint("brake_pad", "worn", "刹车发软，有异响", "正常磨损", "更换前刹车皮"),
        [4, 68, 120],
        ANY,
    ),
    failing(complaint("tire", "worn", "后胎花纹磨平", "正常磨损", "更换外胎"), [2, 30, 96], ANY),
];

/// How often a fault comes in a month, of ten thousand vehicles: `age` in months in service,
/// `month` of the year.
pub fn rate(fault: &Failing, age: i64, month: i8) -> u64 {
    let [young, middle, old] = fault.rate;
    let rate = match age {
        ..=2 => young,
        3..=11 => middle,
        _ => old,
    };
    let rate = rate * OFTEN / 10;
    if fault.season.contains(&month) { rate + rate / 2 } else { rate }
}
