//! The columns of the workbooks of parts, prices and opening stock: read by an import, written by
//! an export.

use super::fields::{self, Price};
use super::why::{Remark, quoting, remark};
use super::workbook::{Cell, Sheet};
use super::{date, headings};
use base::{Day, Lang, Money, Text};
use rulebook::model::PartClass;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A column: its key, its titles, and what else people write there.
#[derive(Debug)]
pub struct Column {
    /// Key.
    pub key: &'static str,
    /// Title in Chinese.
    pub zh: &'static str,
    /// Title in English.
    pub en: &'static str,
    also: &'static [&'static str],
}

const fn column(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    also: &'static [&'static str],
) -> Column {
    Column { key, zh, en, also }
}

/// Columns of the part master.
pub const PART_COLUMNS: &[Column] = &[
    column("code", "配件编码", "Code", &["编码", "料号", "物料编码", "配件号"]),
    column("title_zh", "配件名称", "Name", &["名称", "品名"]),
    column("title_en", "英文名称", "English name", &["英文名"]),
    column("component", "部件", "Component", &["所属部件"]),
    column("models", "适用车型", "Models", &["车型"]),
    column("class", "类别", "Class", &["分类"]),
    column("tracked", "按序列号管理", "By serial", &["序列号管理", "是否序列号"]),
    column("substitutes", "替代件", "Substitutes", &["替代"]),
    column("reorder_point", "订货点", "Reorder point", &["最低库存", "安全库存"]),
    column("clause", "依据条款", "Clause", &["条款", "clauses"]),
];

/// Columns of the price list.
pub const PRICE_COLUMNS: &[Column] = &[
    column("code", "编码", "Code", &["配件编码", "项目编码", "料号"]),
    column("title", "名称", "Name", &["配件名称", "项目名称", "品名"]),
    column("stars", "星级", "Stars", &["站点星级", "网点星级"]),
    column("ex_factory", "出厂价", "Ex-factory", &["出厂价(元)", "ex-factoryprice"]),
    column("wholesale", "批发价", "Wholesale", &["批发价(元)", "wholesaleprice"]),
    column("retail", "零售价", "Retail", &["零售价(元)", "retailprice"]),
    column("effective_from", "生效日期", "Effective from", &["生效日", "执行日期", "effective"]),
    column("clause", "依据条款", "Clause", &["条款", "clauses"]),
];

/// Columns of opening stock.
pub const OPENING_COLUMNS: &[Column] = &[
    column("warehouse", "库房", "Warehouse", &["仓库", "单位", "单位代码", "网点编码"]),
    column("code", "配件编码", "Part code", &["编码", "料号", "物料编码", "配件号"]),
    column("title", "配件名称", "Part", &["名称", "品名"]),
    column("serials", "编号", "Serials", &["序列号", "条码", "serial", "serialno"]),
    column("quantity", "数量", "Quantity", &["件数", "库存数", "现有", "pieces"]),
    column("fault", "旧件原因", "Cause (old parts)", &["故障", "旧件故障", "cause"]),
];

/// Columns of customers.
pub const CUSTOMER_COLUMNS: &[Column] = &[
    column("name", "姓名", "Name", &["客户", "客户姓名", "车主", "购车人", "联系人"]),
    column("phone", "手机号", "Phone", &["电话", "手机", "联系电话", "手机号码"]),
    column("address", "地址", "Address", &["住址", "联系地址"]),
    column("identity", "身份证号", "ID number", &["身份证", "身份证号码"]),
    column("consent", "同意回访", "May be called", &["可回访"]),
    column("outlet_code", "网点编码", "Outlet code", &["单位代码", "网点代码", "站点代码"]),
];

/// Columns of people.
pub const PEOPLE_COLUMNS: &[Column] = &[
    column("login", "账号", "Login", &["登录名", "用户名", "工号", "account"]),
    column("name", "姓名", "Name", &["员工", "员工姓名"]),
    column("org", "单位编码", "Unit", &["单位", "机构", "机构编码", "网点编码", "站点"]),
    column("roles", "岗位", "Roles", &["角色", "职务", "role"]),
    column("lang", "语言", "Language", &["界面语言"]),
];

/// The key of a column name of people.
pub fn people_column(name: &str) -> Option<&'static str> {
    known(PEOPLE_COLUMNS, name)
}

/// The key of a column name of customers.
pub fn customer_column(name: &str) -> Option<&'static str> {
    known(CUSTOMER_COLUMNS, name)
}

/// The key of a column name of opening stock.
pub fn opening_column(name: &str) -> Option<&'static str> {
    known(OPENING_COLUMNS, name)
}

/// The key of a column name of the part master.
pub fn part_column(name: &str) -> Option<&'static str> {
    known(PART_COLUMNS, name)
}

/// The key of a column name of the price list.
pub fn price_column(name: &str) -> Option<&'static str> {
    known(PRICE_COLUMNS, name)
}

fn known(columns: &'static [Column], name: &str) -> Option<&'static str> {
    let bare = headings::compared;
    let name = bare(name);
    let is = |column: &&Column| {
        bare(column.zh) == name
            || bare(column.en) == name
            || column.key == name
            || column.also.iter().any(|also| bare(also) == name)
    };
    columns.iter().find(is).map(|column| column.key)
}

/// The title of a column, for the workbook of rejected rows.
pub fn title(columns: &[Column], key: &str) -> Text {
    let found = columns.iter().find(|column| column.key == key);
    found.map_or_else(|| Text::new(key, key), |column| Text::new(column.zh, column.en))
}

const CLASSES: [(PartClass, &str, &str); 4] = [
    (PartClass::Wearing, "易损件", "wearing"),
    (PartClass::Electrical, "电器件", "electrical"),
    (PartClass::Painted, "油漆件", "painted"),
    (PartClass::Ordinary, "普通件", "ordinary"),
];

/// A class of parts as people write it.
pub fn class_word(class: PartClass, lang: Lang) -> &'static str {
    let found = CLASSES.iter().find(|(known, _, _)| *known == class);
    found.map_or("", |(_, zh, en)| if lang == Lang::Zh { zh } else { en })
}

/// The class somebody wrote, in either language.
pub fn class_of(word: &str) -> Option<PartClass> {
    let word = word.to_lowercase();
    let found = CLASSES.iter().find(|(_, zh, en)| word == *zh || word == *en);
    found.map(|(class, _, _)| *class)
}

/// Yes or no as people write it.
pub fn yes_no(yes: bool, lang: Lang) -> &'static str {
    match (yes, lang) {
        (true, Lang::Zh) => "是",
        (false, Lang::Zh) => "否",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    }
}

/// Whether somebody wrote yes or no.
pub fn is_yes(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "是" | "有" | "yes" | "y" | "true" | "1" | "√" => Some(true),
        "" | "否" | "无" | "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// A row of a sheet by column key.
#[derive(Debug)]
pub struct RowCells<'a> {
    cells: BTreeMap<&'static str, &'a Cell>,
    epoch_1904: bool,
}

impl<'a> RowCells<'a> {
    /// The cells of a row.
    pub fn of(sheet: &'a Sheet, cells: &'a BTreeMap<u32, Cell>) -> Self {
        let named = cells.iter().filter_map(|(c, cell)| Some((*sheet.columns.get(c)?, cell)));
        Self { cells: named.collect(), epoch_1904: sheet.epoch_1904 }
    }

    /// Whether it holds nothing that could be entered.
    pub fn no_data(&self) -> Option<Remark> {
        if self.cells.is_empty() {
            return Some(remark("blank"));
        }
        let keyed =
            ["code", "name", "phone", "login"].iter().any(|key| self.cells.contains_key(key));
        (self.cells.len() == 1 && !keyed).then(|| remark("note"))
    }

    /// A cell as cleaned text; empty when there is none.
    pub fn text(&self, key: &str) -> String {
        self.cells.get(key).map_or_else(String::new, |cell| cell.text())
    }

    /// A cell that lists several, separated by `|`, commas or 、.
    pub fn list(&self, key: &str) -> Vec<String> {
        let text = self.text(key);
        let parts = text.split(['|', ',', '，', '、', ';', '；', '/']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A telephone number; `None` where the cell is empty.
    pub fn phone(&self, key: &str) -> Option<fields::Phone> {
        self.cells.get(key).map(|cell| fields::phone(cell))
    }

    /// An amount in yuan; `None` where the cell is empty.
    pub fn money(&self, key: &str) -> Result<Option<Money>, Remark> {
        let Some(cell) = self.cells.get(key) else { return Ok(None) };
        match fields::price(cell) {
            Price::Plain(money) | Price::Understood(money) | Price::Formula(money) => {
                Ok(Some(money))
            }
            Price::Negative => Err(quoting(
                "price_negative",
                format!("价格 {} 为负数", cell.text()),
                format!("the price {} is negative", cell.text()),
            )),
            Price::Invalid => Err(quoting(
                "price_invalid",
                format!("“{}”不是金额，请写成 128.00", cell.text()),
                format!("`{}` is no amount; write it as 128.00", cell.text()),
            )),
        }
    }

    /// A day; `None` where the cell is empty.
    pub fn day(&self, key: &str) -> Result<Option<Day>, Remark> {
        let Some(cell) = self.cells.get(key) else { return Ok(None) };
        match date::read(cell, self.epoch_1904) {
            date::Read::Plain(day) | date::Read::Understood(day) | date::Read::Serial(day) => {
                Ok(Some(day))
            }
            date::Read::Ambiguous => Err(quoting(
                "date_ambiguous",
                format!("日期 {} 有两种读法，不猜；请写成 2026-12-01", cell.text()),
                format!("ambiguous date {} is not guessed; write 2026-12-01", cell.text()),
            )),
            date::Read::NoSuchDay => Err(remark("date_invalid")),
            date::Read::Unreadable => Err(remark("date_unreadable")),
        }
    }

    /// A whole number from 0; `None` where the cell is empty.
    pub fn whole(&self, key: &str) -> Result<Option<u32>, Remark> {
        let text = self.text(key);
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || {
            quoting(
                "number_invalid",
                format!("“{text}”应是不小于零的整数"),
                format!("`{text}` must be a whole number from 0"),
            )
        };
        text.parse().map(Some).map_err(|_| wrong())
    }

    /// What was read, for the preview.
    pub fn shown(&self) -> Map<String, Json> {
        self.cells.iter().map(|(key, cell)| ((*key).to_owned(), cell.text().into())).collect()
    }
}

/// The titles of columns, for a workbook.
pub fn titles(columns: &[Column]) -> Vec<(&'static str, &'static str)> {
    columns.iter().map(|column| (column.zh, column.en)).collect()
}
