//! Roles. File `roles.toml`: `[[role]]` with id, title, permissions and reach.

use base::Text;
use serde::{Deserialize, Serialize};

/// What a person may be (角色).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Key of the role list, for example `service_advisor`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it may do; which steps of a case stands in the processes, whose doers need `case_act`.
    #[serde(default)]
    pub permissions: Vec<Permission>,
    /// How far it sees.
    pub reach: Reach,
    /// Roles whose holders may give it to people within their reach (任免); they need
    /// `people_write`. Who has `system_admin` may give every role.
    #[serde(default)]
    pub given_by: Vec<String>,
    /// Whether its holders sign in with a code beside the password (两步验证); until they have
    /// set that up, nothing else is open to them.
    #[serde(default)]
    pub second_factor: bool,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// A right outside the processes. Every endpoint names exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See cases in reach.
    CaseRead,
    /// Act on cases where the process lets the role.
    CaseAct,
    /// Find and see vehicles.
    UnitRead,
    /// Register and correct vehicles.
    UnitWrite,
    /// See customers, masked.
    CustomerRead,
    /// Register and correct customers.
    CustomerWrite,
    /// See names and numbers in full; every use is journaled.
    Unmask,
    /// Answer what people ask about their own data (个人信息请求): copy, erasure, hold.
    PersonalManage,
    /// Ask for a verdict.
    VerdictRead,
    /// See documents of cases in reach, and print them.
    DocumentRead,
    /// Upload files.
    FileWrite,
    /// Import workbooks.
    ImportRun,
    /// See the rulebook.
    RulebookRead,
    /// Make drafts of the rulebook and edit them.
    RulebookEdit,
    /// Review drafts that others edited.
    RulebookApprove,
    /// Publish an approved draft, take a release back before its day, move cases to a release.
    RulebookPublish,
    /// See people and organisation.
    PeopleRead,
    /// Change people and organisation.
    PeopleWrite,
    /// See figures.
    FigureRead,
    /// Enter by hand what scorecards (评分表) ask for, where the card names one's role.
    ScoreEnter,
    /// See the part master and all classes of prices.
    PriceRead,
    /// Enter parts and prices.
    PriceEdit,
    /// See stock (库存), the accounts that count parts, and the custody of serials.
    StockRead,
    /// Enter opening stock (期初库存), within one's own scope.
    StockOpen,
    /// See all accounts (科目), those of money too.
    AccountRead,
    /// Check the journal, run maintenance.
    SystemAdmin,
}

impl Permission {
    /// All of them, in the order of their words.
    pub const ALL: [Self; 26] = [
        Self::CaseRead,
        Self::CaseAct,
        Self::UnitRead,
        Self::UnitWrite,
        Self::CustomerRead,
        Self::CustomerWrite,
        Self::Unmask,
        Self::PersonalManage,
        Self::VerdictRead,
        Self::DocumentRead,
        Self::FileWrite,
        Self::ImportRun,
        Self::RulebookRead,
        Self::RulebookEdit,
        Self::RulebookApprove,
        Self::RulebookPublish,
        Self::PeopleRead,
        Self::PeopleWrite,
        Self::FigureRead,
        Self::ScoreEnter,
        Self::PriceRead,
        Self::PriceEdit,
        Self::StockRead,
        Self::StockOpen,
        Self::AccountRead,
        Self::SystemAdmin,
    ];

    /// What it lets one do, as said to people.
    pub fn title(self) -> Text {
        let (zh, en) = match self {
            Self::CaseRead => ("查看工单", "See cases"),
            Self::CaseAct => ("办理工单", "Act on cases"),
            Self::UnitRead => ("查找和查看车辆", "Find and see vehicles"),
            Self::UnitWrite => ("登记和更正车辆", "Register and correct vehicles"),
            Self::CustomerRead => ("查看客户（脱敏）", "See customers, masked"),
            Self::CustomerWrite => ("登记和更正客户", "Register and correct customers"),
            Self::Unmask => ("查看完整姓名和号码（留痕）", "See full names and numbers, recorded"),
            Self::PersonalManage => (
                "办理个人信息请求（副本、注销、保全）",
                "Answer requests about personal data: copy, erasure, hold",
            ),
            Self::VerdictRead => ("判定三包", "Ask for a three-guarantees verdict"),
            Self::DocumentRead => ("查看和打印单据", "See and print documents"),
            Self::FileWrite => ("上传照片和文件", "Upload photos and files"),
            Self::ImportRun => ("导入表格", "Import workbooks"),
            Self::RulebookRead => ("查看制度", "See the standard"),
            Self::RulebookEdit => ("起草制度修改", "Draft changes of the standard"),
            Self::RulebookApprove => ("审核制度草稿", "Review drafts of the standard"),
            Self::RulebookPublish => ("发布制度", "Publish the standard"),
            Self::PeopleRead => ("查看人员和机构", "See people and units"),
            Self::PeopleWrite => ("管理人员和机构", "Manage people and units"),
            Self::FigureRead => ("查看统计", "See figures"),
            Self::ScoreEnter => ("录入评分", "Enter scores by hand"),
            Self::PriceRead => ("查看配件和各级价格", "See parts and all prices"),
            Self::PriceEdit => ("维护配件和价格", "Enter parts and prices"),
            Self::StockRead => ("查看库存", "See stock"),
            Self::StockOpen => ("录入期初库存", "Enter opening stock"),
            Self::AccountRead => ("查看全部科目", "See all accounts"),
            Self::SystemAdmin => ("系统管理", "Administer the system"),
        };
        Text::new(zh, en)
    }
}

/// How far a role sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Cases assigned to or opened by the person.
    Own,
    /// The station the role is held at.
    Station,
    /// The organisation unit and everything below it.
    Subtree,
    /// The whole company.
    Company,
}
