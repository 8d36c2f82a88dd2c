//! Words for keys that no catalogue names: bases, remedies, payers, facts, units of time.

use base::Lang;
use base::time::{Span, SpanUnit};

/// Argument name, key, Chinese, English.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("basis", "invoice", "有效发票日期", "date of the valid invoice"),
    ("basis", "registration", "销售登记日期", "date of the sale registration"),
    ("basis", "activation", "激活日期", "date of activation"),
    ("basis", "manufacture", "出厂日期", "date of manufacture"),
    ("basis", "replacement", "更换日期", "date of the replacement"),
    ("remedy", "repair", "免费修理", "repaired free of charge"),
    ("remedy", "replace", "免费更换", "replaced free of charge"),
    ("remedy", "exchange", "整车换新", "vehicle exchanged"),
    ("remedy", "refund", "退车退款", "vehicle returned and refunded"),
    ("remedy", "repair_at_charge", "收费修理", "repaired at a charge"),
    ("remedy", "replace_at_charge", "收费更换", "replaced at a charge"),
    ("remedy", "open", "尚不能判定", "no verdict yet"),
    ("payer", "maker", "生产企业", "the maker"),
    ("payer", "customer", "用户", "the customer"),
    ("payer", "station", "维修站", "the station"),
    ("payer", "supplier", "供应商", "the supplier"),
    ("covered", "yes", "属于三包", "covered"),
    ("covered", "no", "不属于三包", "not covered"),
    ("class", "main", "主要部件", "main part"),
    ("class", "wearing", "易损件", "wearing part"),
    ("class", "consumable", "消耗品", "consumable"),
    ("usage", "household", "家庭使用", "household use"),
    ("usage", "commercial", "营运", "commercial use"),
    ("fact", "product", "产品", "product"),
    ("fact", "component", "部件", "component"),
    ("fact", "fault", "故障", "fault"),
    ("fact", "class", "部件类别", "class of the part"),
    ("fact", "group", "部件组", "group of the part"),
    ("fact", "causes", "原因", "causes"),
    ("fact", "usage", "使用性质", "usage"),
    ("fact", "sale_channel", "销售渠道", "sale channel"),
    ("fact", "received_on", "收货日期", "day of receipt"),
    ("fact", "distance_sale", "是否远程销售", "whether it was sold at a distance"),
    ("fact", "days_since_receipt", "收货后天数", "days since the receipt"),
    ("fact", "user_caused", "是否用户或外来原因", "whether the user caused it"),
    ("fact", "evidence.intact", "商品完好", "state of the goods (intact)"),
    ("fact", "in_scope", "是否本企业产品", "whether the product is in scope"),
    ("fact", "in_term", "是否在三包期内", "whether it is in its term"),
    ("fact", "days_since_start", "起算后天数", "days since the start"),
    ("fact", "invoice_date", "发票日期", "invoice date"),
    ("fact", "registered_on", "销售登记日期", "date of the sale registration"),
    ("fact", "activated_on", "激活日期", "date of activation"),
    ("fact", "manufactured_on", "出厂日期", "date of manufacture"),
    ("fact", "reported_on", "报修日期", "date of the report"),
    ("fact", "replaced_on", "更换日期", "date of the replacement"),
    ("fact", "evidence.invoice", "有效发票", "valid invoice"),
    ("fact", "evidence.card", "保修卡", "warranty card"),
    ("fact", "evidence.card_matches", "卡物相符", "card matching the vehicle"),
    ("fact", "evidence.sticker", "防伪标贴", "sticker"),
    ("fact", "measurements.odometer_km", "里程（公里）", "odometer (km)"),
    ("fact", "transferred_on", "过户日期", "date of the transfer"),
    ("fact", "measurements.capacity_pct", "电池容量检测值（%）", "measured capacity (%)"),
];

/// The word of a key, when the table has one.
pub fn word(name: &str, key: &str, lang: Lang) -> Option<&'static str> {
    let name = match name {
        "what" => "fact",
        "promised" => "remedy",
        _ => name,
    };
    let row = WORDS.iter().find(|(n, k, _, _)| *n == name && *k == key)?;
    Some(match lang {
        Lang::Zh => row.2,
        Lang::En => row.3,
    })
}

/// The keys the table has words for under a name, `remedy` or `payer`.
pub fn keys(name: &str) -> impl Iterator<Item = &'static str> {
    let of_name = WORDS.iter().filter(move |(known, ..)| *known == name);
    of_name.map(|(_, key, ..)| *key).filter(|key| *key != "open")
}

/// A span in words: `24个月`, `24 months`.
pub fn span(span: Span, lang: Lang) -> String {
    let count = span.count;
    let (zh, one, many) = match span.unit {
        SpanUnit::Min => ("分钟", "minute", "minutes"),
        SpanUnit::H => ("小时", "hour", "hours"),
        SpanUnit::D => ("天", "day", "days"),
        SpanUnit::Workday => ("个工作日", "working day", "working days"),
        SpanUnit::Mo => ("个月", "month", "months"),
    };
    match lang {
        Lang::Zh => format!("{count}{zh}"),
        Lang::En => format!("{count} {}", if count == 1 { one } else { many }),
    }
}

/// Yes or no.
pub const fn yes_no(yes: bool, lang: Lang) -> &'static str {
    match (yes, lang) {
        (true, Lang::Zh) => "是",
        (true, Lang::En) => "yes",
        (false, Lang::Zh) => "否",
        (false, Lang::En) => "no",
    }
}
