//! Judging the rows of a price workbook, and a price entered by hand.

use super::clean;
use super::seen::{Seen, print};
use super::sheets::RowCells;
use super::why::{Remark, quoting, remark};
use super::workbook::Sheet;
use super::{MasterRow, Ruling};
use base::time::add_days;
use base::{Day, Money};
use engine::PriceBook;
use rulebook::Release;
use rulebook::model::{BuyerClass, PriceRow};

/// Highest price, in fen: a hundred million yuan is a slip of the keyboard.
const MAX_AMOUNT: i64 = 10_000_000_000;
/// How far ahead a price may be entered, in days.
const MAX_AHEAD: i64 = 3 * 366;
/// Most stars a station may have.
const MAX_STARS: u32 = 9;

/// What is wrong with a price, by field.
pub fn wrong(
    row: &PriceRow,
    release: &Release,
    book: &PriceBook,
    today: Day,
) -> Vec<(&'static str, Remark)> {
    let mut wrong: Vec<(&'static str, Remark)> = Vec::new();
    wrong.extend(code(&row.code, book).map(|remark| ("code", remark)));
    if !(0..=MAX_AMOUNT).contains(&row.amount.0) {
        wrong.push(("amount", amount(row.amount)));
    }
    if row.stars.is_some_and(|stars| u32::from(stars) > MAX_STARS) {
        wrong
            .push(("stars", stars(row.stars.map_or_else(String::new, |n| n.to_string()).as_str())));
    }
    wrong.extend(begins(row.effective_from, today).map(|remark| ("effective_from", remark)));
    wrong.extend(clauses(&row.clause, release).map(|remark| ("clause", remark)));
    wrong
}

/// Judges every row of the sheet, or the next rows below those that are `seen`; one row gives a
/// price for each class it names.
pub fn judge(
    sheet: &Sheet,
    release: &Release,
    book: &PriceBook,
    today: Day,
    seen: &mut Seen,
) -> Vec<MasterRow<Vec<PriceRow>>> {
    let mut judged = Vec::with_capacity(sheet.rows.len());
    for (number, cells) in &sheet.rows {
        let row = RowCells::of(sheet, cells);
        judged.push(match row.no_data() {
            Some(remark) => MasterRow::new(*number, Ruling::Skip, vec![remark], Vec::new(), &row),
            None => one(*number, &row, &Against { release, book, today }, seen),
        });
    }
    judged
}

/// What a row is held against.
struct Against<'a> {
    release: &'a Release,
    book: &'a PriceBook,
    today: Day,
}

impl Against<'_> {
    /// Whether these are the prices in force today.
    fn holds(&self, code: &str, stars: Option<u8>, amounts: &[(BuyerClass, Money)]) -> bool {
        amounts.iter().all(|(class, amount)| {
            let held = self.book.price(code, *class, stars, self.today);
            held.is_some_and(|held| held.amount == *amount)
        })
    }
}

fn one(
    number: u32,
    row: &RowCells<'_>,
    against: &Against<'_>,
    seen: &mut Seen,
) -> MasterRow<Vec<PriceRow>> {
    let mut errors = Vec::new();
    let item = clean::code(&row.text("code"));
    if item.is_empty() {
        errors.push(missing("code_missing", "缺编码", "the code is missing"));
    } else {
        errors.extend(code(&item, against.book));
    }
    let stars = level(&row.text("stars")).map_err(|remark| errors.push(remark)).ok().flatten();
    let clause = row.list("clause");
    errors.extend(clauses(&clause, against.release));
    let amounts = amounts(row, &mut errors);
    let day = row.day("effective_from");
    let begun = day.as_ref().is_ok_and(|day| day.is_none_or(|day| day <= against.today));
    if begun && errors.is_empty() && against.holds(&item, stars, &amounts) {
        // A row of an export that nobody touched.
        let same = vec![remark("price_same")];
        return MasterRow::new(number, Ruling::Skip, same, Vec::new(), row);
    }
    let day = match day {
        Ok(Some(day)) => {
            errors.extend(begins(day, against.today));
            Some(day)
        }
        Ok(None) => {
            let (zh, en) = ("缺生效日期，请写成 2026-12-01", "the effective date is missing");
            errors.push(missing("effective_missing", zh, en));
            None
        }
        Err(remark) => {
            errors.push(remark);
            None
        }
    };
    let (Some(day), true) = (day, errors.is_empty()) else {
        return MasterRow::new(number, Ruling::Reject, errors, Vec::new(), row);
    };
    let same = print(&[&item, &format!("{stars:?}"), &day.to_string()]);
    if let Some(first) = seen.prices.insert(same, number) {
        let again = quoting(
            "same_price",
            format!("第 {first} 行已有同一编码、星级和生效日期的价格"),
            format!("row {first} already prices the same code, level and day"),
        );
        return MasterRow::new(number, Ruling::Reject, vec![again], Vec::new(), row);
    }
    let rows: Vec<PriceRow> = amounts
        .into_iter()
        .map(|(class, amount)| PriceRow {
            code: item.clone(),
            class,
            stars,
            amount,
            ends: false,
            effective_from: day,
            clause: clause.clone(),
        })
        .filter(|new| changes(new, against.book))
        .collect();
    if rows.is_empty() {
        let same = remark("price_same");
        return MasterRow::new(number, Ruling::Skip, vec![same], Vec::new(), row);
    }
    MasterRow::new(number, Ruling::Accept, Vec::new(), rows, row)
}

/// The amounts of a row, from the lowest class to the highest; what is wrong with them is told.
fn amounts(row: &RowCells<'_>, errors: &mut Vec<Remark>) -> Vec<(BuyerClass, Money)> {
    let mut found: Vec<(BuyerClass, Money)> = Vec::new();
    let before = errors.len();
    for class in BuyerClass::ALL {
        match row.money(class.word()) {
            Ok(Some(money)) if (0..=MAX_AMOUNT).contains(&money.0) => found.push((class, money)),
            Ok(Some(money)) => errors.push(amount(money)),
            Ok(None) => {}
            Err(remark) => errors.push(remark),
        }
    }
    if found.is_empty() && errors.len() == before {
        let (zh, en) = ("出厂价、批发价、零售价至少填一个", "fill at least one of the prices");
        errors.push(missing("price_missing", zh, en));
    }
    for pair in found.windows(2) {
        let [(low, less), (high, more)] = pair else { continue };
        if less > more {
            let (low, high) = (low.title(), high.title());
            errors.push(quoting(
                "price_order",
                format!("{} {less} 高于{} {more}，请核对", low.zh, high.zh),
                format!("the {} {less} is above the {} {more}; please check", low.en, high.en),
            ));
        }
    }
    found
}

/// Whether a price differs from the one that would hold on its day anyway.
fn changes(new: &PriceRow, book: &PriceBook) -> bool {
    let held = book.price(&new.code, new.class, new.stars, new.effective_from);
    held.is_none_or(|held| held.amount != new.amount || held.stars != new.stars)
}

fn code(code: &str, book: &PriceBook) -> Option<Remark> {
    let Some(charge) = book.charge(code) else {
        return Some(quoting(
            "code_unknown",
            format!("价目表和配件目录里没有“{code}”；新配件请先导入配件目录"),
            format!(
                "neither the price list nor the part master has `{code}`; enter the part first"
            ),
        ));
    };
    (charge.priced_by != code).then(|| {
        let rate = &charge.priced_by;
        quoting(
            "code_is_job",
            format!("{code} 是工时项目，按标准工时 × {rate} 的单价计价；请改 {rate}"),
            format!("{code} is a job priced by its hours × {rate}; change {rate} instead"),
        )
    })
}

fn amount(money: Money) -> Remark {
    quoting(
        "price_range",
        format!("价格 {money} 超出范围：0 到 {}", Money(MAX_AMOUNT)),
        format!("the price {money} is out of range: 0 to {}", Money(MAX_AMOUNT)),
    )
}

fn stars(text: &str) -> Remark {
    quoting(
        "stars_invalid",
        format!("星级“{text}”应是 0 到 {MAX_STARS} 的数字，不分星级则留空"),
        format!("the stars `{text}` must be 0 to {MAX_STARS}; leave it empty for all levels"),
    )
}

/// The star level somebody wrote: a number, 一星, all.
fn level(text: &str) -> Result<Option<u8>, Remark> {
    let bare = text.trim().trim_end_matches(['级', '星']).to_lowercase();
    let number = match bare.as_str() {
        "" | "不限" | "全部" | "任意" | "all" | "any" => return Ok(None),
        "零" | "无" => Some(0),
        "一" => Some(1),
        "二" | "两" => Some(2),
        "三" => Some(3),
        digits => digits.parse().ok(),
    };
    number.filter(|n| u32::from(*n) <= MAX_STARS).map(Some).ok_or_else(|| stars(text))
}

/// A price begins today or later: what was charged yesterday stays as it was.
fn begins(day: Day, today: Day) -> Option<Remark> {
    if day < today {
        return Some(quoting(
            "effective_past",
            format!("生效日期 {day} 早于今天 {today}；已开出的单据不能改价，请填今天或以后"),
            format!("the effective date {day} is before today, {today}; name today or later"),
        ));
    }
    let far = add_days(today, MAX_AHEAD).is_some_and(|last| day > last);
    far.then(|| {
        quoting(
            "effective_far",
            format!("生效日期 {day} 在三年以后，请核对年份"),
            format!("the effective date {day} is more than three years away; check the year"),
        )
    })
}

/// No price of the company holds on the day it is to end.
pub fn nothing_to_end(day: Day) -> Remark {
    quoting(
        "price_not_set",
        format!("{day} 这一类别和星级没有公司定的价，无从终止；请核对类别、星级和日期"),
        format!("on {day} the company has no price of this class and level to end; check them"),
    )
}

/// Clauses must stand in a standard of the release.
pub fn clauses(clauses: &[String], release: &Release) -> Option<Remark> {
    let known = |id: &String| release.clauses.iter().any(|clause| clause.id == *id);
    let id = clauses.iter().find(|id| !known(id))?;
    Some(quoting(
        "clause_unknown",
        format!("没有条款“{id}”，请写成制度里的编号，例如 EB-8.3.1c"),
        format!("no standard has the clause `{id}`; write an id as EB-8.3.1c"),
    ))
}

fn missing(code: &'static str, zh: &str, en: &str) -> Remark {
    quoting(code, zh.to_owned(), en.to_owned())
}
