//! The people, one account for each role.

use super::company::Company;
use crate::api::door::{DemoAccount, SETTING};
use crate::app::App;
use crate::auth::password;
use crate::problem::{Answer, Problem};
use base::Text;
use base::time::add_days;
use store::person::{Certificate, NewPerson, RoleAt, Standing};

/// The password of every demonstration account.
pub const PASSWORD: &str = "demo1234";

/// A person of the demonstration.
pub struct Cast {
    /// Login.
    pub login: &'static str,
    /// Name.
    pub name: &'static str,
    /// Role.
    pub role: &'static str,
    /// The role in words.
    pub title: (&'static str, &'static str),
    /// Where the person works.
    pub org: &'static str,
    /// Where the role is held.
    pub at: &'static str,
    /// Number of the repair certificate, and the days it is still valid; gone when negative.
    pub certificate: Option<(&'static str, i64)>,
}

const fn person(
    login: &'static str,
    name: &'static str,
    role: &'static str,
    title: (&'static str, &'static str),
    org: &'static str,
    at: &'static str,
) -> Cast {
    Cast { login, name, role, title, org, at, certificate: None }
}

const fn technician(
    login: &'static str,
    name: &'static str,
    org: &'static str,
    number: &'static str,
    days_left: i64,
) -> Cast {
    let title = ("技师", "technician");
    Cast {
        login,
        name,
        role: "technician",
        title,
        org,
        at: org,
        certificate: Some((number, days_left)),
    }
}

const ADVISOR: (&str, &str) = ("服务顾问", "service advisor");
const HEAD: (&str, &str) = ("站长", "station manager");

/// Everybody.
pub const CAST: &[Cast] = &[
    person("lina", "李娜", "service_advisor", ADVISOR, "CB", "CB"),
    technician("chenqiang", "陈强", "CB", "WX-2027-0316", 221),
    technician("zhaolei", "赵磊", "CB", "WX-2028-0122", 495),
    technician("sunyu", "孙宇", "CB", "WX-2024-0871", -19),
    person("wangjun", "王军", "team_leader", ("班组长", "team leader"), "CB", "CB"),
    person(
        "zhoumin",
        "周敏",
        "technical_supervisor",
        ("技术主管", "technical supervisor"),
        "CB",
        "CB",
    ),
    person("wufang", "吴芳", "storekeeper", ("库管员", "storekeeper"), "CB", "CB"),
    person("liuyang", "刘洋", "station_manager", HEAD, "CB", "CB"),
    person("hejing", "何静", "service_advisor", ADVISOR, "BJ", "BJ"),
    technician("makai", "马凯", "BJ", "WX-2027-0440", 313),
    person("gaofei", "高飞", "station_manager", HEAD, "BJ", "BJ"),
    person("xulei", "徐蕾", "operator", ("接线员", "hotline operator"), "ASD", "HQ"),
    person(
        "linxia",
        "林霞",
        "after_sales_dept",
        ("售后服务部", "after-sales department"),
        "ASD",
        "HQ",
    ),
    person(
        "guoqiang",
        "郭强",
        "asd_manager",
        ("售后服务部经理", "after-sales manager"),
        "ASD",
        "HQ",
    ),
    person("weilan", "魏岚", "training_centre", ("技术培训中心", "training centre"), "ASD", "HQ"),
    person("tangli", "唐丽", "finance", ("财务部", "finance"), "FD", "HQ"),
    person("dengchao", "邓超", "quality_dept", ("质检部", "quality department"), "QD", "HQ"),
    person("majun", "马骏", "sales_company", ("销售公司经办人", "sales company clerk"), "HQ", "HQ"),
    person(
        "zhengyan",
        "郑岩",
        "sales_leader",
        ("销售公司领导", "sales company leader"),
        "HQ",
        "HQ",
    ),
    person("qianfeng", "钱峰", "general_agent", ("销售总代理", "general agent"), "A01", "A01"),
    person("yanli", "严丽", "general_agent", ("销售总代理", "general agent"), "A02", "A02"),
    person("songyuan", "宋远", "leadership", ("公司领导", "leadership"), "HQ", "HQ"),
    person("admin", "罗佳", "administrator", ("管理员", "administrator"), "HQ", "HQ"),
];

/// Writes everybody down, and the accounts for the sign-in page.
pub async fn hire(app: &App, company: &Company) -> Answer<()> {
    let cost = app.config().password_cost;
    let hash = tokio::task::spawn_blocking(move || password::hash(PASSWORD, cost));
    let hash = hash.await.ok().flatten().ok_or_else(|| Problem::new("internal"))?;
    let mut accounts = Vec::with_capacity(CAST.len());
    for cast in CAST {
        let org = |code: &str| company.get(code).map(|org| org.id);
        let (Some(works), Some(held)) = (org(cast.org), org(cast.at)) else {
            return Err(Problem::new("internal"));
        };
        let person = NewPerson {
            login: cast.login.into(),
            password_hash: Some(hash.clone()),
            certificate: cast.certificate.and_then(|(number, days_left)| {
                let expires = add_days(app.today(), days_left)?;
                Some(Certificate { number: number.into(), expires })
            }),
            standing: Standing {
                name: cast.name.into(),
                org: works,
                roles: vec![RoleAt { role: cast.role.into(), org: held }],
                skills: skills(cast.login).iter().map(|key| (*key).to_owned()).collect(),
                ..Standing::default()
            },
        };
        app.store().add_person(person, None, app.now()).await?;
        accounts.push(DemoAccount {
            login: cast.login.into(),
            password: PASSWORD.into(),
            name: cast.name.into(),
            role: Text::new(cast.title.0, cast.title.1),
            org: company.get(cast.org).map(|org| org.name.clone()).unwrap_or_default(),
        });
    }
    let text = serde_json::to_string(&accounts).map_err(|_| Problem::new("internal"))?;
    app.store().put_setting(SETTING, &text).await?;
    Ok(())
}

/// What a technician is good at, by the parts of the catalogue.
const fn skills(login: &str) -> &'static [&'static str] {
    match login.as_bytes() {
        b"chenqiang" => &["li_battery", "controller"],
        b"zhaolei" => &["li_battery", "hub_motor"],
        b"sunyu" | b"makai" => &["li_battery"],
        _ => &[],
    }
}
