//! Forms: one schema draws the screen, checks the server, prints, imports and exports.
//!
//! File `forms/<id>.toml`. A field keeps its id through a process: what one form wrote, a later
//! form shows and a guard reads as `data.<id>`; two forms of one process may not give one id two
//! kinds.

use super::label::UnitLabel;
use crate::expr::Expr;
use base::Text;
use serde::{Deserialize, Serialize};

/// A form (表单).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
    /// Fields in the order of the paper.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Key, unique in the form.
    pub id: String,
    /// Label.
    pub title: Text,
    /// What it holds.
    pub kind: FieldKind,
    /// One sentence of help under the field.
    #[serde(default)]
    pub help: Option<Text>,
    /// Whether it must be filled: `true`, `false`, or an expression over `form`, `data`, `unit`…
    #[serde(default)]
    pub required: Requirement,
    /// Whether it is shown; an expression. A hidden field is not submitted.
    #[serde(default)]
    pub visible: Option<Expr>,
    /// What must hold of the value; an expression. Its failure shows `invalid`.
    #[serde(default)]
    pub valid: Option<Expr>,
    /// The sentence shown when `valid` fails.
    #[serde(default)]
    pub invalid: Option<Text>,
    /// An expression that fills the field at first; for `computed` the value itself.
    #[serde(default)]
    pub value: Option<Expr>,
    /// Unit of a number or a measurement (`%`, `km`, `℃`), shown behind it.
    #[serde(default)]
    pub unit: Option<UnitLabel>,
    /// Smallest number, or fewest photos.
    #[serde(default)]
    pub min: Option<f64>,
    /// Largest number, most photos, or longest text.
    #[serde(default)]
    pub max: Option<f64>,
    /// Choices, for `choice`, `multi_choice`, `checklist` and the slots of a `photos` set.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// A catalogue instead of written choices: `components`, `faults`, `causes`, `models`.
    /// `faults` offers those of the component chosen in the field `component` of the same form.
    /// For `parts`: `stock`, `old` offer what lies on that shelf of the case's warehouse;
    /// `labelled` are old parts too, of which each piece names its serial or, where the part is
    /// only counted, the number on its label (旧件标签); `count` compares the rows with the shelf
    /// (盘点), whatever is found there; `order` asks for pieces that are not there yet (申请), so
    /// no serial is named; when absent, the part master.
    #[serde(default)]
    pub catalog: Option<String>,
    /// For `parts`: an expression that gives the key of the warehouse whose shelf is offered and
    /// compared with, such as a technician's van (随车库); that of the case's unit when absent. It
    /// does not read the form.
    #[serde(default)]
    pub warehouse: Option<Expr>,
    /// For `person`: only people who hold one of these roles at the case's station. For
    /// `people_rows`: who is offered.
    #[serde(default)]
    pub roles: Vec<String>,
    /// For `people_rows` and `rows`: what is shown and asked of each, see [`COLUMN_KINDS`].
    #[serde(default, rename = "column")]
    pub columns: Vec<Field>,
    /// For a column of `rows`: the rules wrote it; it is shown, never asked.
    #[serde(default)]
    pub fixed: bool,
    /// Whether the value is personal data; it is then ciphertext at rest and masked on screen.
    #[serde(default)]
    pub personal: Option<Personal>,
    /// Whose personal data, or whose code, it is: a `customer` field of the process; the case's own
    /// customer when absent. It is sealed under that person's key and ends with it.
    #[serde(default)]
    pub whose: Option<String>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// What a field holds, and the shape of its JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text. JSON string.
    Text,
    /// Several lines. JSON string.
    LongText,
    /// A number; JSON number.
    Number,
    /// Money in fen; JSON integer.
    Money,
    /// `2026-11-21`.
    Date,
    /// RFC 3339 instant.
    Instant,
    /// Yes or no; JSON bool.
    YesNo,
    /// One of `choices` or `catalog`; its key.
    Choice,
    /// Several; list of keys.
    MultiChoice,
    /// Each of `choices` with yes/no: object key → bool. Complete when every key is answered.
    Checklist,
    /// A measured value: `{ "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 }`.
    Measurement,
    /// A member of staff; id `per_…`.
    Person,
    /// An organisation unit; id `org_…`.
    Org,
    /// A customer beside the case's own (客户), for example the buyer of a used vehicle; id
    /// `cust_…`. Submitted as one that is known, or as `{ "name": "王小明", "phone": "138…" }`; the
    /// name stands with the customer and nowhere in the case.
    Customer,
    /// The code that a message brought to a customer, read back by them (回读验证码). Submitted as
    /// digits, kept as JSON `true`: it was right.
    Code,
    /// A vehicle; id `unit_…`.
    Unit,
    /// A serial number, typed or scanned. JSON string.
    Serial,
    /// Lines of an estimate or settlement: list of objects, see [`LINE_FIELDS`].
    Lines,
    /// Rows of parts that move or are counted: list of objects, see [`PARTS_FIELDS`].
    Parts,
    /// A list of people with what is said of each (名单): list of `{ "person": "per_…" }` with a
    /// key for each of `columns`. What an earlier form said of a person stays.
    PeopleRows,
    /// A list that the rules made, with what is said of each row (清单): list of objects with a key
    /// for each of `columns`. A form fills its own columns; it neither adds rows nor takes any
    /// away, and what other forms said of a row stays. A row with the key `case` links there.
    Rows,
    /// A set of photos: list of `{ "file": "file_…", "slot": "plate" }`.
    Photos,
    /// A signature: `{ "file": "file_…", "by": "customer", "means": "pad|paper|code" }`.
    Signature,
    /// Files: list of `file_…`.
    File,
    /// One to five stars; JSON integer.
    Rating,
    /// Computed by `value` on the server; shown, never submitted.
    Computed,
}

/// What one line of a `lines` field holds, with the type each has in expressions. Money is fen,
/// quantity thousandths in JSON but pieces (a plain number) in expressions.
pub const LINE_FIELDS: &[(&str, &str)] = &[
    ("id", "text"),          // unique in the sheet
    ("kind", "text"),        // part | labour | travel | fee
    ("item", "text"),        // code of the price list
    ("title", "text"),       // as printed
    ("component", "text"),   // key of the catalogue, for parts
    ("quantity", "number"),  //
    ("unit_price", "money"), // what is charged
    ("base_price", "money"), // what the station paid; written by the server, never the browser
    ("list_price", "money"), // the price list's own; written by the server
    ("price_class", "text"), // ex_factory | wholesale | retail; written by the server
    ("price_from", "date"),  // since when the price holds; written by the server
    ("standard", "number"),  // standard hours of a labour job; written by the server
    ("rule", "text"),        // row of the table that charges it; written by the server
    ("amount", "money"),     // quantity × unit_price; written by the server
    ("payer", "text"),       // maker | customer | station | supplier
    ("mandatory", "bool"),   // must-replace (必换件) or optional
    ("declined", "bool"),    // the customer does not want it for now (客户暂不考虑)
    ("genuine", "bool"),     // a genuine part of the maker
    ("old_serial", "text"),  //
    ("new_serial", "text"),  //
    ("reason", "text"),      // why it differs from the estimate
];

/// What one row of a `parts` field holds. Pieces are whole numbers.
pub const PARTS_FIELDS: &[(&str, &str)] = &[
    ("part", "text"),       // code of the part master
    ("component", "text"),  // component the part is; written by the server
    ("quantity", "number"), // pieces; of a tracked part as many as serials
    ("serials", "texts"),   // one for each piece of a tracked part
    ("tracked", "bool"),    // written by the server
    ("class", "text"),      // wearing | electrical | painted | ordinary; written by the server
    ("models", "texts"),    // models it fits, none for all; written by the server
    ("instead_of", "text"), // the part it is a substitute (替代件) of
    ("booked", "number"),   // what the books hold at this warehouse; written by the server
    ("missing", "texts"),   // serials the books hold and the row lacks; written by the server
    ("found", "texts"),     // serials of the row that the books lack; written by the server
    ("reason", "text"),     // why it differs
    ("cause", "text"),      // cause of the failure, for old parts
];

/// Kinds a column of a `people_rows` or `rows` field may have.
pub const COLUMN_KINDS: &[FieldKind] = &[
    FieldKind::Text,
    FieldKind::Number,
    FieldKind::Money,
    FieldKind::YesNo,
    FieldKind::Choice,
    FieldKind::Date,
    FieldKind::Instant,
];

/// A written choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Key.
    pub id: String,
    /// Label.
    pub title: Text,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// Whether a field must be filled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Requirement {
    /// Always or never.
    Always(bool),
    /// When this expression holds.
    When(Expr),
}

impl Default for Requirement {
    fn default() -> Self {
        Self::Always(false)
    }
}

/// The class of a personal field: it decides the mask and the search tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// 王*明.
    Name,
    /// 138****4410.
    Phone,
    /// Street and house number masked.
    Address,
    /// Identity number: kept as keyed hash and last four.
    IdNumber,
    /// Any other text about a person; shown as `***` until unmasked.
    Other,
}
