//! The kinds of imports: what they bring, in which columns, and whose right they need.

use crate::auth::Session;
use crate::imports::{people_rows, sale, sheets, workbook};
use crate::problem::{Answer, Problem};
use base::Text;
use rulebook::model::Permission;
use serde_json::json;

/// Most rows of a workbook that is read in the background.
const LARGE: u32 = 200_000;

/// What a workbook brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brings {
    /// 销售登记.
    SoldVehicles,
    /// 配件目录.
    Parts,
    /// 价目.
    Prices,
    /// 期初库存.
    OpeningStock,
    /// 客户.
    Customers,
    /// 员工.
    People,
}

impl Brings {
    const ALL: [Self; 6] = [
        Self::SoldVehicles,
        Self::Parts,
        Self::Prices,
        Self::OpeningStock,
        Self::Customers,
        Self::People,
    ];

    /// Its word in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::SoldVehicles => "sold_vehicles",
            Self::Parts => "parts",
            Self::Prices => "prices",
            Self::OpeningStock => "opening_stock",
            Self::Customers => "customers",
            Self::People => "people",
        }
    }

    /// The kind of that word; a problem that names the kinds there are.
    pub fn parse(word: &str) -> Answer<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| {
            let all = Self::ALL.map(Self::word).join(", ");
            Problem::new("bad-request").detail(
                format!("不能导入“{word}”；可导入的有：{all}"),
                format!("`{word}` cannot be imported; there are: {all}"),
            )
        })
    }

    /// What somebody imports who does not say.
    pub fn usual(session: &Session) -> Self {
        let open = Self::ALL.into_iter().find(|kind| kind.allowed(session).is_ok());
        open.unwrap_or(Self::SoldVehicles)
    }

    /// Beside importing at all, what is brought needs its own right.
    pub fn allowed(self, session: &Session) -> Answer<()> {
        let needed = match self {
            Self::SoldVehicles => Permission::UnitWrite,
            Self::Parts | Self::Prices => Permission::PriceEdit,
            Self::OpeningStock => Permission::StockOpen,
            Self::Customers => Permission::CustomerWrite,
            Self::People => Permission::PeopleWrite,
        };
        if session.may(needed) {
            return Ok(());
        }
        Err(Problem::new("forbidden")
            .with("permission", json!(needed))
            .detail("您的岗位不能导入这一类数据", "Your role may not import data of this kind"))
    }

    /// How a column is recognised, and how many a header row must have at least.
    pub fn columns(self) -> (fn(&str) -> Option<&'static str>, usize) {
        match self {
            Self::SoldVehicles => (sale::column, 6),
            Self::Parts => (sheets::part_column, 4),
            Self::Prices => (sheets::price_column, 3),
            Self::OpeningStock => (sheets::opening_column, 3),
            Self::Customers => (sheets::customer_column, 2),
            Self::People => (sheets::people_column, 3),
        }
    }

    /// What its columns hold.
    pub fn keys(self) -> Vec<&'static str> {
        let columns = match self {
            Self::SoldVehicles => return sale::KEYS.to_vec(),
            Self::Parts => sheets::PART_COLUMNS,
            Self::Prices => sheets::PRICE_COLUMNS,
            Self::OpeningStock => sheets::OPENING_COLUMNS,
            Self::Customers => sheets::CUSTOMER_COLUMNS,
            Self::People => sheets::PEOPLE_COLUMNS,
        };
        columns.iter().map(|column| column.key).collect()
    }

    /// Most rows of one workbook.
    pub fn most_rows(self) -> u32 {
        match self {
            Self::People => u32::try_from(people_rows::MAX_PEOPLE).unwrap_or(u32::MAX),
            Self::SoldVehicles | Self::Customers | Self::Prices => LARGE,
            _ => workbook::MAX_ROWS,
        }
    }

    /// Whether a large workbook of it is read and written in the background.
    pub fn in_background(self) -> bool {
        matches!(self, Self::SoldVehicles | Self::Customers | Self::Prices)
    }

    /// What to do with a workbook that has too many rows.
    pub fn how_to_split(self) -> (&'static str, &'static str) {
        match self {
            Self::Parts => (
                "替代件要在同一份里核对，请按部件拆成几份",
                "substitutes are checked within one workbook, so split it by components",
            ),
            Self::OpeningStock => (
                "一份期初库存是一笔账，请按库房拆成几份",
                "one workbook of opening stock is one posting, so split it by warehouses",
            ),
            Self::People => (
                "每个人都要有人当面交给登录链接，请按单位拆成几份",
                "each person is handed a link by somebody, so split it by units",
            ),
            Self::SoldVehicles | Self::Customers | Self::Prices => ("请拆成几份", "split it"),
        }
    }

    /// Column names to look for, for a sheet without a header.
    pub fn names(self) -> &'static str {
        match self {
            Self::SoldVehicles => "车架号、车型、购车人、购车日期、网点编码",
            Self::Parts => "配件编码、配件名称、部件、类别",
            Self::Prices => "编码、出厂价、零售价、生效日期",
            Self::OpeningStock => "库房、配件编码、数量、编号",
            Self::Customers => "姓名、手机号",
            Self::People => "账号、姓名、单位编码、岗位",
        }
    }

    /// The title of a column in the workbook of rejected rows.
    pub fn title(self, key: &str) -> Text {
        match self {
            Self::SoldVehicles => sale::title(key),
            Self::Parts => sheets::title(sheets::PART_COLUMNS, key),
            Self::Prices => sheets::title(sheets::PRICE_COLUMNS, key),
            Self::OpeningStock => sheets::title(sheets::OPENING_COLUMNS, key),
            Self::Customers => sheets::title(sheets::CUSTOMER_COLUMNS, key),
            Self::People => sheets::title(sheets::PEOPLE_COLUMNS, key),
        }
    }
}
