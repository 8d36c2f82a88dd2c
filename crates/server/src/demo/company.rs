//! The organisation: maker, departments, one agent, two stations with their outlets.

use crate::app::App;
use crate::problem::Answer;
use base::OrgId;
use std::collections::BTreeMap;
use store::org::Org;

/// Organisation units by code.
pub type Company = BTreeMap<String, Org>;

/// Code, name, kind, code of the unit above.
const UNITS: &[(&str, &str, &str, &str)] = &[
    ("HQ", "锐风电动车有限公司", "maker", ""),
    ("ASD", "售后服务部", "department", "HQ"),
    ("QD", "质检部", "department", "HQ"),
    ("FD", "财务部", "department", "HQ"),
    ("A01", "江城销售总代理", "agent", "HQ"),
    ("A02", "淮安销售总代理", "agent", "HQ"),
    ("CB", "城北维修站", "station", "A01"),
    ("BJ", "滨江维修站", "station", "A01"),
    ("D0101", "城北直营店", "outlet", "CB"),
    ("D0102", "城南专卖店", "outlet", "CB"),
    ("D0305", "老街车行", "outlet", "CB"),
    ("D0306", "东湖车业", "outlet", "CB"),
    ("D0509", "安平镇店", "outlet", "CB"),
    ("D0510", "柳河车行", "outlet", "CB"),
    ("D0203", "滨江旗舰店", "outlet", "BJ"),
    ("D0204", "开发区店", "outlet", "BJ"),
    ("D0407", "西门车行", "outlet", "BJ"),
    ("D0408", "金桥店", "outlet", "BJ"),
    ("D0611", "新城店", "outlet", "BJ"),
    ("D0612", "石桥店", "outlet", "BJ"),
];

/// The outlets that the day knows, in the order of their codes.
pub fn outlets_of_the_day(company: &Company) -> impl Iterator<Item = &Org> {
    let known = |code: &str| UNITS.iter().any(|(own, ..)| *own == code);
    company.values().filter(move |org| org.kind == "outlet" && known(&org.code))
}

/// Builds the organisation.
pub async fn build(app: &App) -> Answer<Company> {
    let mut company = Company::new();
    for (code, name, kind, above) in UNITS {
        let org = Org {
            id: OrgId(0),
            code: (*code).into(),
            name: (*name).into(),
            kind: (*kind).into(),
            parent: company.get(*above).map(|org: &Org| org.id),
            stars: match *code {
                "CB" => Some(3),
                "BJ" => Some(2),
                _ => None,
            },
            registered: true,
            province: Some("江苏".into()),
            city: Some(if *code == "A02" { "淮安" } else { "江城" }.into()),
            nameplate: match *code {
                "CB" => Some("SQ-2024-001".into()),
                "BJ" => Some("SQ-2024-002".into()),
                _ => None,
            },
            ..Org::default()
        };
        let org = app.store().add_org(org, None, app.now()).await?;
        company.insert((*code).into(), org);
    }
    app.store().put_setting("company_name", UNITS[0].1).await?;
    app.refresh_orgs().await?;
    Ok(company)
}
