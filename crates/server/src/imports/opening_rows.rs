//! Judging the rows of a workbook of opening stock (期初库存).

use super::sheets::RowCells;
use super::why::{Remark, quoting};
use super::workbook::{Cell, Sheet};
use super::{MasterRow, Ruling, clean};
use ledger::Key;
use rulebook::Release;
use rulebook::model::Part;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most pieces of one row: more is a slip of the keyboard.
const MOST_PIECES: i64 = 1_000_000;

/// A row that can be posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Key of the warehouse.
    pub warehouse: String,
    /// Code of the part.
    pub part: String,
    /// Pieces.
    pub pieces: i64,
    /// A number for each piece, where the part is tracked.
    pub serials: Vec<String>,
    /// Why it came off its vehicle, for an old part (旧件): key of a fault.
    pub fault: Option<String>,
}

impl Opened {
    /// The account it is posted from; what was opened once is not opened again.
    pub fn source(&self) -> String {
        let Self { warehouse, part, fault, .. } = self;
        match fault {
            Some(fault) => format!("opening_old/{warehouse}/{fault}/{part}"),
            None => format!("opening/{warehouse}/{part}"),
        }
    }
}

/// What is there already, as far as the workbook names it.
#[derive(Debug, Default)]
pub struct Known {
    /// Warehouses within the caller's scope: code to name.
    pub warehouses: BTreeMap<String, String>,
    /// The part master.
    pub parts: BTreeMap<String, Part>,
    /// Who holds a serial: part and serial to the account in words.
    pub held: HashMap<(String, String), base::Text>,
    /// Serials on a registered vehicle, with its frame number.
    pub fitted: BTreeMap<String, String>,
    /// Sources of opening stock that were posted from already.
    pub opened: BTreeSet<String>,
}

/// What a row says, with everything wrong in it.
type Read = (Opened, Vec<Remark>);

/// The rows that can be read as far as a warehouse and a part: what has to be looked up.
pub fn named(sheet: &Sheet, release: &Release, known: &Known) -> Vec<Opened> {
    let rows = sheet.rows.values().map(|cells| RowCells::of(sheet, cells));
    let rows = rows.filter(|row| row.no_data().is_none());
    rows.map(|row| read(&row, release, known).0).collect()
}

/// Judges every row of the sheet.
pub fn judge(sheet: &Sheet, release: &Release, known: &Known) -> Vec<MasterRow<Option<Opened>>> {
    let mut seen = HashMap::new();
    let row = |(number, cells): (&u32, &BTreeMap<u32, Cell>)| {
        let row = RowCells::of(sheet, cells);
        if let Some(remark) = row.no_data() {
            return MasterRow::new(*number, Ruling::Skip, vec![remark], None, &row);
        }
        let (opened, mut errors) = read(&row, release, known);
        errors.extend(repeated(&opened, known, *number, &mut seen));
        errors.extend(taken(&opened, known));
        if errors.is_empty() {
            MasterRow::new(*number, Ruling::Accept, Vec::new(), Some(opened), &row)
        } else {
            MasterRow::new(*number, Ruling::Reject, errors, None, &row)
        }
    };
    sheet.rows.iter().map(row).collect()
}

fn read(row: &RowCells<'_>, release: &Release, known: &Known) -> Read {
    let mut errors = Vec::new();
    let mut keep = |found: Result<Option<String>, Remark>| match found {
        Ok(found) => found,
        Err(remark) => {
            errors.push(remark);
            None
        }
    };
    let place = keep(warehouse(&row.text("warehouse"), known).map(Some));
    let code = keep(part(&row.text("code"), &row.text("title"), known).map(Some));
    let part = code.as_ref().and_then(|code| known.parts.get(code));
    let fault = keep(fault(&row.text("fault"), part, release));
    // As the counter's scanner writes them.
    let serials: Vec<String> =
        row.list("serials").iter().map(|serial| clean::code(serial)).collect();
    let pieces = match quantity(&row.text("quantity"), part, serials.len()) {
        Ok(pieces) => pieces,
        Err(remark) => {
            errors.push(remark);
            0
        }
    };
    errors.extend(part.and_then(|part| numbered(part, &serials, pieces)));
    let (warehouse, part) = (place.unwrap_or_default(), code.unwrap_or_default());
    (Opened { warehouse, part, pieces, serials, fault }, errors)
}

/// A warehouse by code, or by its name where only one bears it.
fn warehouse(text: &str, known: &Known) -> Result<String, Remark> {
    let code = clean::code(text);
    if known.warehouses.contains_key(&code) {
        return Ok(code);
    }
    let mut named = known.warehouses.iter().filter(|(_, name)| *name == text);
    match (named.next(), named.next()) {
        (Some((code, _)), None) => Ok(code.clone()),
        _ if text.is_empty() => Err(quoting(
            "warehouse_missing",
            "缺库房：请写单位代码，例如 CB".into(),
            "the warehouse is missing: write the code of the unit, as CB".into(),
        )),
        _ => Err(quoting(
            "warehouse_unknown",
            format!("您的范围内没有库房“{text}”，请写单位代码，例如 CB"),
            format!("there is no warehouse `{text}` in your scope; write a unit's code, as CB"),
        )),
    }
}

/// A part by code, or by its name where there is no code and only one bears it.
fn part(code: &str, title: &str, known: &Known) -> Result<String, Remark> {
    let cleaned = clean::code(code);
    if known.parts.contains_key(&cleaned) {
        return Ok(cleaned);
    }
    let is = |part: &&Part| code.is_empty() && (part.title.zh == title || part.title.en == title);
    let mut named = known.parts.values().filter(is);
    match (named.next(), named.next()) {
        (Some(part), None) => Ok(part.code.clone()),
        _ if code.is_empty() => {
            Err(quoting("part_missing", "缺配件编码".into(), "the part code is missing".into()))
        }
        _ => Err(quoting(
            "part_unknown",
            format!("配件目录中没有“{code}”，请先导入配件目录或改正编码"),
            format!("the part master has no `{code}`: correct the code, or import the part first"),
        )),
    }
}

/// The fault of an old part, by key or name; it must be one of its component.
fn fault(text: &str, part: Option<&Part>, release: &Release) -> Result<Option<String>, Remark> {
    let Some(part) = part.filter(|_| !text.is_empty()) else { return Ok(None) };
    let faults = &release.catalog.faults;
    let of_it = || faults.iter().filter(|f| f.components.contains(&part.component));
    let named = of_it().find(|f| f.id == text || f.title.zh == text || f.title.en == text);
    if let Some(fault) = named {
        return Ok(Some(fault.id.clone()));
    }
    let list = |of: fn(&base::Text) -> &str, by: &str| {
        of_it().map(|fault| of(&fault.title)).collect::<Vec<_>>().join(by)
    };
    let (zh, en) = (list(|t| &t.zh, "、"), list(|t| &t.en, ", "));
    Err(quoting(
        "fault_unknown",
        format!("旧件原因“{text}”不是这种配件的故障，可写：{zh}"),
        format!("`{text}` is no fault of this part; there are: {en}"),
    ))
}

/// Pieces: a whole number from 1. Where each piece has its number, an empty cell counts them.
fn quantity(text: &str, part: Option<&Part>, serials: usize) -> Result<i64, Remark> {
    let counted = i64::try_from(serials).unwrap_or(MOST_PIECES);
    if text.is_empty() && part.is_some_and(|part| part.tracked) {
        return Ok(counted);
    }
    let whole = text.strip_suffix(".0").unwrap_or(text).parse::<i64>();
    match whole {
        Ok(pieces) if (1..=MOST_PIECES).contains(&pieces) => Ok(pieces),
        Ok(pieces) if pieces < 0 => Err(quoting(
            "quantity_negative",
            format!("数量 {pieces} 为负数；账上有而实物没有的，请办盘点"),
            format!("the quantity {pieces} is negative; what is missing is told by a count"),
        )),
        _ => Err(quoting(
            "quantity_invalid",
            format!("数量“{text}”应是 1 到 {MOST_PIECES} 的整数"),
            format!("the quantity `{text}` must be a whole number from 1 to {MOST_PIECES}"),
        )),
    }
}

/// Whether there is a number for each piece of a part that goes by number, and none otherwise.
fn numbered(part: &Part, serials: &[String], pieces: i64) -> Option<Remark> {
    let given = i64::try_from(serials.len()).unwrap_or(MOST_PIECES);
    let code = &part.code;
    if let Some(bad) = serials.iter().find(|serial| Key::try_new(serial).is_err()) {
        return Some(quoting(
            "serial_malformed",
            format!("编号“{bad}”含有空格或斜线，或过长"),
            format!("the serial `{bad}` has a blank or slash in it, or is too long"),
        ));
    }
    match (part.tracked, given) {
        (true, 0) => Some(quoting(
            "serial_missing",
            format!("{code} 按编号管理，请逐件写编号"),
            format!("{code} goes by serial number: write the number of each piece"),
        )),
        (true, given) if given != pieces && pieces > 0 => Some(quoting(
            "serial_count",
            format!("数量是 {pieces}，编号有 {given} 个，应一件一个编号"),
            format!("{pieces} pieces with {given} serials: each piece has one"),
        )),
        (false, 1..) => Some(quoting(
            "serial_needless",
            format!("{code} 不按编号管理，编号一栏请留空"),
            format!("{code} does not go by serial number: leave the serials empty"),
        )),
        _ => None,
    }
}

/// What an earlier row of the sheet said already.
fn repeated(
    row: &Opened,
    known: &Known,
    number: u32,
    seen: &mut HashMap<String, u32>,
) -> Vec<Remark> {
    if row.part.is_empty() || row.warehouse.is_empty() {
        return Vec::new();
    }
    let tracked = known.parts.get(&row.part).is_some_and(|part| part.tracked);
    let mut twice = Vec::new();
    for serial in row.serials.iter().filter(|_| tracked) {
        if let Some(first) = seen.insert(format!("{}\n{serial}", row.part), number) {
            twice.push(quoting(
                "serial_twice",
                format!("编号 {serial} 在第 {first} 行已有，一个编号只能有一件"),
                format!("row {first} already has the serial {serial}; a serial is one piece"),
            ));
        }
    }
    if !tracked && let Some(first) = seen.insert(row.source(), number) {
        twice.push(quoting(
            "same_shelf",
            format!("第 {first} 行已有同一库房的这种配件，请合并成一行"),
            format!("row {first} has the same part in the same warehouse: make them one row"),
        ));
    }
    twice
}

/// What the books or the register hold already.
fn taken(row: &Opened, known: &Known) -> Vec<Remark> {
    let mut taken = Vec::new();
    let tracked = known.parts.get(&row.part).is_some_and(|part| part.tracked);
    for serial in row.serials.iter().filter(|_| tracked) {
        if let Some(holder) = known.held.get(&(row.part.clone(), serial.clone())) {
            taken.push(quoting(
                "serial_held",
                format!("编号 {serial} 已在“{}”，请核对编号", holder.zh),
                format!("the serial {serial} is at {} already: check the number", holder.en),
            ));
        } else if let Some(frame) = known.fitted.get(serial) {
            taken.push(quoting(
                "serial_fitted",
                format!("编号 {serial} 装在车辆 {frame} 上，请核对编号"),
                format!("the serial {serial} is fitted to vehicle {frame}: check the number"),
            ));
        }
    }
    if !tracked && known.opened.contains(&row.source()) {
        taken.push(quoting(
            "opened_already",
            "该库房这种配件的期初已记过；数量不对的请办盘点，新到的请办入库".into(),
            "the opening stock of this part was entered here already: correct it by a count, \
             receive what is new"
                .into(),
        ));
    }
    taken
}
