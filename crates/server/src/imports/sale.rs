//! Judging the rows of a sale registration (销售登记): accept, reject or skip, and why.

use super::date;
use super::fields::{self, Phone, Price};
use super::seen::{Print, Seen, print};
use super::why::{Remark, quoting, remark};
use super::workbook::{Cell, Sheet};
use super::{Known, RowVerdict, Ruling, clean};
use base::{Day, Money, Text};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest remark kept, in characters.
const MAX_REMARK: usize = 500;

/// One sale as understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// Frame number (车架号).
    pub frame_no: String,
    /// Serials by component key.
    pub serials: BTreeMap<String, String>,
    /// Model (车型).
    pub model: String,
    /// Colour.
    pub colour: Option<String>,
    /// Buyer's name.
    pub name: String,
    /// Buyer's mobile number.
    pub phone: Option<String>,
    /// Buyer's identity number.
    pub identity: Option<String>,
    /// Day of sale.
    pub sold_on: Option<Day>,
    /// Invoice number.
    pub invoice_no: Option<String>,
    /// Warranty card number.
    pub card_no: Option<String>,
    /// Code of the outlet.
    pub outlet: Option<String>,
    /// Price paid.
    pub price: Option<Money>,
    /// Remark.
    pub remark: Option<String>,
}

/// What the columns of a sale registration hold.
pub const KEYS: &[&str] = &[
    "frame_no",
    "model",
    "name",
    "phone",
    "sold_on",
    "outlet_code",
    "outlet_name",
    "identity",
    "card_no",
    "invoice_no",
    "price",
    "colour",
    "hub_motor",
    "li_battery",
    "controller",
    "remark",
    "no",
];

/// The key of a column name, or `None` when it is not known.
pub fn column(name: &str) -> Option<&'static str> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.trim_end_matches(['*', ':', '：']).to_lowercase();
    Some(match name.as_str() {
        "序号" | "no" | "no." => "no",
        "车架号" | "车架编号" | "车架号码" | "frameno" | "frameno." | "framenumber" => {
            "frame_no"
        }
        "电机号" | "电机编号" | "motorno" | "motorno." => "hub_motor",
        "电池编号" | "电池号" | "batteryno" | "batteryno." => "li_battery",
        "控制器编号" | "控制器号" | "controllerno" | "controllerno." => "controller",
        "车型" | "型号" | "model" => "model",
        "颜色" | "colour" | "color" => "colour",
        "购车人" | "姓名" | "车主" | "客户姓名" | "buyer" | "name" => "name",
        "手机号" | "手机" | "电话" | "联系电话" | "phone" => "phone",
        "身份证号" | "身份证" | "身份证号码" | "idnumber" => "identity",
        "购车日期" | "销售日期" | "购买日期" | "solddate" | "soldon" => "sold_on",
        "发票号" | "发票号码" | "invoiceno" | "invoiceno." => "invoice_no",
        "保修卡号" | "三包卡号" | "cardno" | "cardno." => "card_no",
        "网点编码" | "网点代码" | "outletcode" => "outlet_code",
        "经销商" | "网点" | "网点名称" | "dealer" | "outlet" => "outlet_name",
        "售价" | "价格" | "price" => "price",
        "备注" | "remark" => "remark",
        _ => return None,
    })
}

/// Judges every row of the sheet in order.
pub fn judge(sheet: &Sheet, known: &Known, today: Day) -> Vec<RowVerdict> {
    judge_on(sheet, known, today, &mut Seen::default())
}

/// The same of the next rows of a sheet, below those that are `seen`.
pub fn judge_on(sheet: &Sheet, known: &Known, today: Day, seen: &mut Seen) -> Vec<RowVerdict> {
    let mut verdicts = Vec::with_capacity(sheet.rows.len());
    for (number, cells) in &sheet.rows {
        let row = named(cells, &sheet.columns);
        let verdict = if let Some(code) = no_data(&row) {
            RowVerdict::new(*number, Ruling::Skip, vec![remark(code)], None)
        } else {
            let mut reader = Reader::new(&row, known, today, sheet.epoch_1904);
            reader.notes = of_sheet(sheet, *number);
            reader.verdict(*number, seen)
        };
        verdicts.push(verdict);
    }
    verdicts
}

/// Notes that the shape of the sheet gives a row.
fn of_sheet(sheet: &Sheet, row: u32) -> Vec<Remark> {
    let mut notes = Vec::new();
    if sheet.hidden_rows.contains(&row) {
        notes.push(remark("hidden_row"));
    }
    let outlet = sheet.columns.iter().find(|(_, key)| **key == "outlet_code");
    let merged = outlet.and_then(|(column, _)| sheet.merged.get(&(row, *column)));
    match merged {
        Some(area) if area.first => notes.push(remark("outlet_merged")),
        Some(area) => {
            let rows = if area.rows == 2 { "both".into() } else { format!("all {}", area.rows) };
            notes.push(quoting(
                "outlet_merged",
                format!("合并单元格的网点适用于全部 {} 行", area.rows),
                format!("merged outlet cell applies to {rows} rows"),
            ));
        }
        None => {}
    }
    notes
}

type Row<'a> = BTreeMap<&'static str, &'a Cell>;

fn named<'a>(cells: &'a BTreeMap<u32, Cell>, columns: &BTreeMap<u32, &'static str>) -> Row<'a> {
    cells.iter().filter_map(|(c, cell)| columns.get(c).map(|key| (*key, cell))).collect()
}

/// Whether the row is no registration at all: blank, a subtotal, a note below the table.
fn no_data(row: &Row<'_>) -> Option<&'static str> {
    if row.is_empty() {
        return Some("blank");
    }
    let sums = ["小计", "合计", "总计", "subtotal", "total"];
    let is_sum = |cell: &&Cell| {
        let text = cell.text().to_lowercase();
        sums.iter().any(|sum| text.starts_with(sum)) && text.chars().count() <= 10
    };
    if row.values().any(is_sum) && row.get("frame_no").is_none_or(is_sum) {
        return Some("subtotal");
    }
    let only_note = row.len() == 1 && row.values().all(|c| matches!(c, Cell::Text(_)));
    (only_note && !row.contains_key("frame_no")).then_some("note")
}

struct Reader<'a> {
    row: &'a Row<'a>,
    known: &'a Known,
    today: Day,
    epoch_1904: bool,
    sale: Sale,
    errors: Vec<Remark>,
    notes: Vec<Remark>,
}

impl<'a> Reader<'a> {
    fn new(row: &'a Row<'a>, known: &'a Known, today: Day, epoch_1904: bool) -> Self {
        let (errors, notes) = (Vec::new(), Vec::new());
        Self { row, known, today, epoch_1904, sale: Sale::default(), errors, notes }
    }

    fn verdict(mut self, number: u32, seen: &mut Seen) -> RowVerdict {
        self.frame();
        self.model();
        self.date();
        self.buyer();
        self.outlet();
        self.rest();
        if let Some(code) = self.repeats(seen) {
            return RowVerdict::new(number, Ruling::Skip, vec![remark(code)], Some(self.sale));
        }
        if self.errors.is_empty() {
            self.remember(seen);
            return RowVerdict::new(number, Ruling::Accept, self.notes, Some(self.sale));
        }
        RowVerdict::new(number, Ruling::Reject, self.errors, Some(self.sale))
    }

    fn cell(&self, key: &str) -> Option<&'a Cell> {
        self.row.get(key).copied()
    }

    fn code(&self, key: &str) -> Option<String> {
        self.cell(key).map(|c| clean::code(&c.text())).filter(|c| !c.is_empty())
    }

    fn frame(&mut self) {
        let Some(cell) = self.cell("frame_no") else {
            self.errors.push(remark("frame_missing"));
            return;
        };
        let frame = clean::code(&cell.text());
        if let Cell::Text(raw) = cell
            && *raw != frame
        {
            let only_case = raw.to_uppercase() == frame;
            self.notes.push(remark(if only_case { "frame_upper" } else { "frame_cleaned" }));
        }
        self.sale.frame_no = frame;
        for key in ["hub_motor", "li_battery", "controller"] {
            if let Some(serial) = self.code(key) {
                self.sale.serials.insert(key.to_owned(), serial);
            }
        }
    }

    fn model(&mut self) {
        let model = self.code("model").unwrap_or_default();
        if !self.known.models.contains(&model) {
            self.errors.push(remark("model_unknown"));
        }
        self.sale.model = model;
        self.sale.colour = self.cell("colour").map(Cell::text);
    }

    fn date(&mut self) {
        let Some(cell) = self.cell("sold_on") else {
            self.errors.push(remark("date_missing"));
            return;
        };
        let day = match date::read(cell, self.epoch_1904) {
            date::Read::Plain(day) => day,
            date::Read::Understood(day) => {
                self.notes.push(remark("date_understood"));
                day
            }
            date::Read::Serial(day) => {
                self.notes.push(remark("date_serial"));
                day
            }
            date::Read::Ambiguous => {
                let text = cell.text();
                self.errors.push(quoting(
                    "date_ambiguous",
                    format!("日期 {text} 有多种读法，不猜，请写成 2025-03-04"),
                    format!("ambiguous date {text} is not guessed"),
                ));
                return;
            }
            date::Read::NoSuchDay => return self.errors.push(remark("date_invalid")),
            date::Read::Unreadable => return self.errors.push(remark("date_unreadable")),
        };
        self.sale.sold_on = Some(day);
        if day > self.today {
            self.errors.push(remark("date_future"));
        } else if made_in(&self.sale).is_some_and(|made| day < made) {
            self.errors.push(remark("date_before_made"));
        }
    }

    fn buyer(&mut self) {
        match self.cell("name").map(Cell::text) {
            None => self.errors.push(remark("name_missing")),
            Some(name) => {
                if !fields::is_name(&name) {
                    let digits = name.chars().any(|c| c.is_ascii_digit());
                    self.errors.push(remark(if digits { "name_digits" } else { "name_invalid" }));
                }
                self.sale.name = name;
            }
        }
        match self.cell("phone").map(fields::phone) {
            None => self.notes.push(remark("phone_missing")),
            Some(Phone::Plain(phone)) => self.sale.phone = Some(phone),
            Some(Phone::Normalised(phone)) => self.phone(phone, "phone_normalised"),
            Some(Phone::FullWidth(phone)) => self.phone(phone, "phone_full_width"),
            Some(Phone::Number(phone)) => self.phone(phone, "phone_number"),
            Some(Phone::DigitsLost) => self.errors.push(remark("phone_digits_lost")),
            Some(Phone::Invalid) => self.errors.push(remark("phone_invalid")),
        }
        match self.code("identity") {
            None => self.notes.push(remark("identity_missing")),
            Some(identity) if fields::identity_holds(&identity) => {
                self.sale.identity = Some(identity);
            }
            Some(_) => self.errors.push(remark("identity_invalid")),
        }
    }

    fn phone(&mut self, phone: String, note: &'static str) {
        self.notes.push(remark(note));
        self.sale.phone = Some(phone);
    }

    fn outlet(&mut self) {
        let name = self.cell("outlet_name").map(Cell::text);
        match (self.code("outlet_code"), name) {
            (Some(code), _) if self.known.outlets.contains_key(&code) => {
                self.sale.outlet = Some(code);
            }
            (Some(_), _) => self.errors.push(remark("outlet_unknown")),
            (None, Some(name)) => match self.known.outlet_named(&name) {
                Some(code) => {
                    self.notes.push(remark("outlet_by_name"));
                    self.sale.outlet = Some(code.to_owned());
                }
                None => self.errors.push(remark("outlet_unknown")),
            },
            (None, None) => self.errors.push(remark("outlet_missing")),
        }
    }

    fn rest(&mut self) {
        self.sale.invoice_no = self.code("invoice_no");
        self.sale.card_no = self.code("card_no");
        match self.cell("price").map(fields::price) {
            None => {}
            Some(Price::Plain(price)) => self.sale.price = Some(price),
            Some(Price::Understood(price)) => self.price(price, "price_understood"),
            Some(Price::Formula(price)) => self.price(price, "price_formula"),
            Some(Price::Negative) => self.errors.push(remark("price_negative")),
            Some(Price::Invalid) => self.errors.push(remark("price_invalid")),
        }
        if let Some(text) = self.cell("remark").map(Cell::text) {
            if text.chars().count() > MAX_REMARK {
                self.errors.push(remark("remark_long"));
            } else if clean::looks_like_formula(&text) {
                self.notes.push(remark("text_formula"));
            }
            self.sale.remark = Some(text.chars().take(MAX_REMARK).collect());
        }
    }

    fn price(&mut self, price: Money, note: &'static str) {
        self.notes.push(remark(note));
        self.sale.price = Some(price);
    }

    /// Whether the same sale stands above or in the register; otherwise finds what is taken.
    fn repeats(&mut self, seen: &Seen) -> Option<&'static str> {
        let sale = &self.sale;
        let frame = print(&[&sale.frame_no]);
        if let Some(earlier) = seen.frames.get(&frame) {
            if *earlier == whole(sale) {
                return Some("same_row");
            }
            self.frame_taken();
        } else if let Some(taken) = self.known.frames.get(&sale.frame_no) {
            if taken.returned {
                self.errors.push(remark("frame_returned"));
                return None;
            }
            if taken.name == sale.name && (taken.phone == sale.phone || sale.phone.is_none()) {
                return Some("registered");
            }
            self.frame_taken();
        }
        let sale = &self.sale;
        let other = |frame: Option<&String>| frame.is_some_and(|f| *f != sale.frame_no);
        let above = |taken: Option<&Print>| taken.is_some_and(|taken| *taken != frame);
        if let Some(card) = &sale.card_no
            && (above(seen.cards.get(&print(&[card]))) || other(self.known.cards.get(card)))
        {
            self.errors.push(remark("card_taken"));
        }
        for (component, serial) in &sale.serials {
            let key = (component.clone(), serial.clone());
            let twice = above(seen.serials.get(&print(&[component, serial])));
            if twice || other(self.known.serials.get(&key)) {
                // Only batteries carry numbers that are never used twice.
                match component.as_str() {
                    "li_battery" => self.errors.push(remark("battery_taken")),
                    "hub_motor" => self.notes.push(remark("motor_twice")),
                    _ => self.notes.push(remark("controller_twice")),
                }
            }
        }
        None
    }

    /// The number is somebody else's, so that what it says of the production month is void.
    fn frame_taken(&mut self) {
        self.errors.retain(|r| r.code != "date_before_made");
        self.errors.push(remark("frame_taken"));
    }

    fn remember(&self, seen: &mut Seen) {
        let frame = print(&[&self.sale.frame_no]);
        seen.frames.insert(frame, whole(&self.sale));
        if let Some(card) = &self.sale.card_no {
            seen.cards.insert(print(&[card]), frame);
        }
        for (component, serial) in &self.sale.serials {
            seen.serials.insert(print(&[component, serial]), frame);
        }
    }
}

/// All that a row says, as a digest.
fn whole(sale: &Sale) -> Print {
    print(&[&serde_json::to_string(sale).unwrap_or_default()])
}

/// First day of the production month in a frame number `L<model><yymm><serial>` of the maker.
pub fn made_in(sale: &Sale) -> Option<Day> {
    let model = sale.model.replace('-', "");
    let digits = sale.frame_no.strip_prefix('L')?.strip_prefix(&model)?;
    let year: i16 = digits.get(0..2)?.parse().ok()?;
    let month: i8 = digits.get(2..4)?.parse().ok()?;
    Day::new(2000 + year, month, 1).ok()
}

/// The numbers a sheet names, cleaned.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// Frame numbers.
    pub frames: BTreeSet<String>,
    /// Warranty cards.
    pub cards: BTreeSet<String>,
    /// Batteries.
    pub batteries: BTreeSet<String>,
}

/// The numbers a sheet names.
pub fn numbers(sheet: &Sheet) -> Numbers {
    let mut numbers = Numbers::default();
    for cells in sheet.rows.values() {
        let row = named(cells, &sheet.columns);
        let code = |key: &str| {
            row.get(key).map(|cell| clean::code(&cell.text())).filter(|c| !c.is_empty())
        };
        numbers.frames.extend(code("frame_no"));
        numbers.cards.extend(code("card_no"));
        numbers.batteries.extend(code("li_battery"));
    }
    numbers
}

/// The values of a row as shown, in reading order; personal ones as they stand.
pub fn shown(sale: &Sale) -> serde_json::Map<String, serde_json::Value> {
    match serde_json::to_value(sale) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    }
}

/// Column titles of the workbook of rejected rows.
pub fn title(key: &str) -> Text {
    match key {
        "no" => Text::new("序号", "No."),
        "frame_no" => Text::new("车架号", "Frame no."),
        "hub_motor" => Text::new("电机号", "Motor no."),
        "li_battery" => Text::new("电池编号", "Battery no."),
        "controller" => Text::new("控制器编号", "Controller no."),
        "model" => Text::new("车型", "Model"),
        "colour" => Text::new("颜色", "Colour"),
        "name" => Text::new("购车人", "Buyer"),
        "phone" => Text::new("手机号", "Phone"),
        "identity" => Text::new("身份证号", "ID number"),
        "sold_on" => Text::new("购车日期", "Sold on"),
        "invoice_no" => Text::new("发票号", "Invoice no."),
        "card_no" => Text::new("保修卡号", "Card no."),
        "outlet_code" => Text::new("网点编码", "Outlet code"),
        "outlet_name" => Text::new("经销商", "Outlet"),
        "price" => Text::new("售价", "Price"),
        "remark" => Text::new("备注", "Remark"),
        _ => Text::new(key, key),
    }
}
