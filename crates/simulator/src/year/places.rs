//! Where a company of twelve stations works: three agents, the stations, the outlets that sell.

/// An agent (销售总代理) beside the two that every demonstration has.
#[derive(Debug, Clone, Copy)]
pub struct Agent {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// City.
    pub city: &'static str,
}

/// A station (特约维修站) with the outlets it looks after.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Code of its agent.
    pub agent: &'static str,
    /// City.
    pub city: &'static str,
    /// Stars: the standard knows one to three, none before the first rating.
    pub stars: Option<i64>,
    /// How many of a hundred vehicles its outlets sell.
    pub share: u64,
    /// Of a hundred follow-up calls, how many are left until it is late.
    pub idle: u8,
    /// Whether head, counter and store are one person.
    pub small: bool,
    /// Outlets: code and name.
    pub outlets: &'static [(&'static str, &'static str)],
}

/// The third agent.
pub const AGENTS: &[Agent] =
    &[Agent { code: "A03", name: "盐城销售总代理", city: "盐城" }];

/// The station of the demonstration's day first, then the one by the river, then the others.
pub const PLACES: &[Place] = &[
    place("CB", "城北维修站", ("A01", "江城"), Some(3), (13, 6), &[]),
    place("BJ", "滨江维修站", ("A01", "江城"), Some(2), (11, 10), &[]),
    place(
        "CN",
        "城南维修站",
        ("A01", "江城"),
        Some(2),
        (12, 8),
        &[("D0701", "城南旗舰店"), ("D0702", "师院店"), ("D0703", "南门车行"), ("D0704", "花园店")],
    ),
    place(
        "AP",
        "安平维修站",
        ("A01", "江城"),
        Some(1),
        (6, 25),
        &[("D0801", "安平直营店"), ("D0802", "古镇车行"), ("D0803", "安平东街店")],
    ),
    place(
        "QJ",
        "清江维修站",
        ("A02", "淮安"),
        Some(3),
        (11, 5),
        &[("D1101", "清江旗舰店"), ("D1102", "水门桥店"), ("D1103", "承德路店")],
    ),
    place(
        "HY",
        "淮阴维修站",
        ("A02", "淮安"),
        Some(2),
        (9, 12),
        &[("D1201", "淮阴专卖店"), ("D1202", "王营车行"), ("D1203", "北京路店")],
    ),
    place(
        "LS",
        "涟水维修站",
        ("A02", "淮安"),
        Some(1),
        (6, 30),
        &[("D1301", "涟水专卖店"), ("D1302", "五岛湖店"), ("D1303", "高沟车行")],
    ),
    small(
        "HZ",
        "洪泽维修站",
        ("A02", "淮安"),
        (4, 35),
        &[("D1401", "洪泽湖店"), ("D1402", "老子山车行")],
    ),
    place(
        "TH",
        "亭湖维修站",
        ("A03", "盐城"),
        Some(2),
        (10, 9),
        &[("D2101", "亭湖旗舰店"), ("D2102", "建军路店"), ("D2103", "毓龙店")],
    ),
    place(
        "YD",
        "盐都维修站",
        ("A03", "盐城"),
        Some(2),
        (8, 14),
        &[("D2201", "盐都专卖店"), ("D2202", "聚龙湖店"), ("D2203", "龙冈车行")],
    ),
    place(
        "DF",
        "大丰维修站",
        ("A03", "盐城"),
        Some(1),
        (6, 20),
        &[("D2301", "大丰专卖店"), ("D2302", "麋鹿车行")],
    ),
    small(
        "DT",
        "东台维修站",
        ("A03", "盐城"),
        (4, 28),
        &[("D2401", "东台专卖店"), ("D2402", "西溪车行")],
    ),
];

const fn place(
    code: &'static str,
    name: &'static str,
    (agent, city): (&'static str, &'static str),
    stars: Option<i64>,
    (share, idle): (u64, u8),
    outlets: &'static [(&'static str, &'static str)],
) -> Place {
    Place { code, name, agent, city, stars, share, idle, small: false, outlets }
}

const fn small(
    code: &'static str,
    name: &'static str,
    above: (&'static str, &'static str),
    shares: (u64, u8),
    outlets: &'static [(&'static str, &'static str)],
) -> Place {
    Place { small: true, ..place(code, name, above, None, shares, outlets) }
}
