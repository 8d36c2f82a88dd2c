//! The sentences of an import: what is wrong with a row and what would be right.

use base::{Lang, Text};

/// One remark on a row: a stable code and its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Stable code, for filters: `date_ambiguous`.
    pub code: &'static str,
    /// The sentence.
    pub text: Text,
}

impl Remark {
    /// Several sentences as one, in one language.
    pub fn all(remarks: &[Self], lang: Lang) -> String {
        let all: Vec<&str> = remarks.iter().map(|r| r.text.get(lang)).collect();
        all.join(if lang == Lang::Zh { "；" } else { "; " })
    }
}

/// A remark of a fixed sentence.
pub fn remark(code: &'static str) -> Remark {
    let (zh, en) = sentence(code);
    Remark { code, text: Text::new(zh, en) }
}

/// A remark that quotes what stands in the cell.
pub fn quoting(code: &'static str, zh: String, en: String) -> Remark {
    Remark { code, text: Text::new(zh, en) }
}

fn sentence(code: &str) -> (&'static str, &'static str) {
    match code {
        "blank" => ("空行", "empty row"),
        "subtotal" => ("小计行", "subtotal row"),
        "note" => ("表下说明文字", "text below the table"),
        "same_row" => ("与前面某行完全相同", "same row again"),
        "registered" => ("该车已登记给同一人", "already registered to the same person"),
        "date_understood" => ("日期已识别", "date understood"),
        "date_serial" => ("已按 Excel 日期序号识别", "Excel serial number understood"),
        "date_invalid" => ("没有这一天", "no such day"),
        "date_unreadable" => ("不是日期，请写成 2025-03-04", "not a date; write it as 2025-03-04"),
        "date_future" => ("购车日期在将来", "sold in the future"),
        "date_before_made" => (
            "购车日期早于车架号中的生产年月",
            "sold before the production month in the frame number",
        ),
        "date_missing" => ("缺购车日期", "purchase date missing"),
        "phone_normalised" => ("手机号已去掉空格和横线", "phone normalised"),
        "phone_full_width" => ("全角数字已转换", "full-width digits normalised"),
        "phone_number" => ("数字格式的手机号，未丢位", "number cell read without loss"),
        "phone_digits_lost" => {
            ("手机号丢了位(1.38E+10)，请按文本格式重填", "digits lost (1.38E+10)")
        }
        "phone_invalid" => ("不是手机号(11 位)", "not a mobile number"),
        "phone_missing" => ("没有手机号：可以登记，已标注", "no phone: allowed, marked"),
        "frame_cleaned" => ("已去掉空格和不可见字符", "blanks and zero-width marks removed"),
        "frame_upper" => ("已转为大写", "upper case"),
        "frame_missing" => ("缺车架号", "frame number missing"),
        "frame_taken" => ("该车架号已售给他人", "frame number already sold to somebody else"),
        "frame_returned" => ("退回过的车不按新车登记，请办过户", "returned once: change its owner"),
        "card_taken" => {
            ("该保修卡号已属于另一辆车", "warranty card already belongs to another vehicle")
        }
        "battery_taken" => {
            ("该电池编号已在另一辆车上", "battery serial already in another vehicle")
        }
        "motor_twice" => {
            ("该电机号在另一辆车上也有，已标注", "motor serial also on another vehicle: marked")
        }
        "controller_twice" => (
            "该控制器编号在另一辆车上也有，已标注",
            "controller serial also on another vehicle: marked",
        ),
        "model_unknown" => ("没有这个车型", "unknown model"),
        "outlet_unknown" => ("没有这个网点编码", "unknown outlet code"),
        "outlet_missing" => ("缺网点", "outlet missing"),
        "outlet_by_name" => ("按网点名称找到", "outlet found by its name"),
        "outlet_merged" => ("合并单元格的网点适用于本行", "merged outlet cell applies"),
        "hidden_row" => ("隐藏行也计入，请核对", "hidden rows count, the preview says so"),
        "identity_invalid" => ("身份证号校验位不对", "identity number fails its check digit"),
        "identity_missing" => ("身份证号可以不填", "identity number is not required"),
        "name_missing" => ("缺购车人姓名", "buyer's name missing"),
        "name_digits" => ("姓名里有数字", "a name with digits"),
        "name_invalid" => ("姓名里有不该有的字符", "a name with signs that no name has"),
        "price_understood" => ("售价已识别", "price understood"),
        "price_formula" => ("取公式的值", "value of the formula"),
        "price_negative" => ("售价为负数", "negative price"),
        "price_invalid" => ("售价不是金额", "the price is no amount"),
        "price_same" => ("与该日将执行的价格相同", "the price of that day already"),
        "part_same" => ("与现有配件相同", "the part as it stands already"),
        "remark_long" => ("备注超过 500 字", "remark longer than its limit"),
        "text_formula" => (
            "形似公式的文字按文字保存，导出时转义",
            "text that looks like a formula stays text, and is escaped on export",
        ),
        _ => ("", ""),
    }
}
