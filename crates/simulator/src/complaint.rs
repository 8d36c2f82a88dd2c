//! What riders say, and what is found.

/// A complaint with its finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complaint {
    /// The part that is found.
    pub component: &'static str,
    /// Its fault.
    pub fault: &'static str,
    /// The rider's words.
    pub symptom: &'static str,
    /// What it is put down to, as the label of the old part says it.
    pub cause: &'static str,
    /// What is done.
    pub work: &'static str,
}

pub(crate) const fn complaint(
    component: &'static str,
    fault: &'static str,
    symptom: &'static str,
    cause: &'static str,
    work: &'static str,
) -> Complaint {
    Complaint { component, fault, symptom, cause, work }
}

/// A weak battery: judged by its measured capacity.
pub const WEAK_BATTERY: Complaint = complaint(
    "li_battery",
    "low_capacity",
    "充满电只能骑十公里",
    "电芯衰减，单体压差大",
    "更换电池组，校准容量",
);
/// A controller that died; it comes back as rework.
pub const DEAD_CONTROLLER: Complaint = complaint(
    "controller",
    "no_function",
    "拧把手没反应，仪表亮",
    "功率管击穿",
    "更换控制器，检查线束插接件",
);
/// A motor that burnt out.
pub const BURNT_MOTOR: Complaint =
    complaint("hub_motor", "burnout", "上坡冒烟后不转", "绕组过热烧毁", "更换电动轮毂");
/// A broken brake lever of another brand.
pub const BROKEN_LEVER: Complaint =
    complaint("brake_lever", "fracture", "刹把断了一截", "碰撞断裂", "更换断电刹把");

/// Everyday complaints.
pub const EVERYDAY: &[&Complaint] = &[
    &complaint("display", "no_function", "仪表花屏", "排线松脱", "更换三合一显示器"),
    &complaint("charger", "no_function", "充一夜灯不变绿", "输出电容失效", "更换充电器"),
    &complaint("controller", "no_function", "骑行中突然断电", "控制器进水", "更换控制器，做防水"),
    &complaint("front_axle", "fracture", "前轮晃动", "轴体断裂", "更换前轴，调圈"),
    &complaint("li_battery", "no_charge", "充不进电", "保护板故障", "更换电池组"),
    &complaint("handlebar", "chrome_peeling", "车把起泡", "镀层缺陷", "更换车把"),
    &complaint("hub_motor", "gear_breakage", "后轮咔咔响", "减速齿轮断齿", "更换电动轮毂"),
    &complaint("throttle", "no_function", "转把时有时无", "霍尔元件失效", "更换转把"),
    &complaint("lights", "no_function", "大灯不亮", "灯珠烧坏", "更换前大灯"),
    &complaint("inner_tube", "leak", "后胎一晚上就没气", "气门嘴漏气", "更换内胎"),
    &complaint("brake_lever", "no_function", "捏刹车不断电", "断电开关失效", "更换断电刹把"),
];

/// What wears: paid by the rider.
pub const WEAR: &[&Complaint] = &[
    &complaint("brake_pad", "worn", "刹车发软，有异响", "正常磨损", "更换前刹车皮"),
    &complaint("tire", "worn", "后胎花纹磨平", "正常磨损", "更换外胎"),
];
