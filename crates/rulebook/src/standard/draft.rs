//! A first `standard.md` from the passages of a text.

use super::figures::figures;
use super::split::Passage;
use std::fmt::Write as _;

/// Words that point at a kind of clause, the first that is found; a suggestion to be read over.
const KINDS: [(&str, &[&str]); 10] = [
    ("score", &["分)", "分。", "得分", "扣分", "考评", "评分", "星级"]),
    ("decision-rule", &["调换", "予以更换", "可以更换", "予以退", "不予", "免费", "保修期"]),
    ("conduct", &["着装", "热情", "礼貌", "争吵", "整洁", "仪表"]),
    ("money", &["元", "费用", "价格", "结算", "收费", "补贴", "货款", "押金"]),
    ("notification", &["通知", "告知", "短信", "提醒", "知会"]),
    ("report", &["汇总", "统计", "月报", "年报", "分析报告"]),
    ("stock", &["库存", "入库", "出库", "领料", "备货", "盘点"]),
    ("form", &["填写", "单据", "表格", "《"]),
    ("record", &["记录", "登记", "存档", "台账", "台帐", "档案"]),
    ("role", &["负责", "职责", "权限", "有权"]),
];

/// Writes `standard.md`; `title` is for a text that does not begin with its own. English and kinds
/// are the analyst's: `sanbao check` names each clause that lacks its English paragraph.
pub fn write(passages: &[Passage], prefix: &str, title: &str) -> String {
    let named = passages.first().filter(|passage| passage.heading && passage.depth == 0);
    let title = named.map_or(title, |passage| &passage.text);
    let mut out = format!("# {title}\n");
    for passage in passages.iter().skip(usize::from(named.is_some())) {
        if passage.heading {
            let _ = write!(out, "\n## {} {} | \n", passage.path, passage.text);
            continue;
        }
        let _ = write!(out, "\n### {prefix}-{} · {}\n", passage.path, kind(&passage.text));
        if !passage.printed.is_empty() && passage.printed != passage.path {
            let _ = writeln!(out, "<!-- 原编号 {} -->", passage.printed);
        }
        for line in passage.text.lines() {
            let _ = writeln!(out, "> {line}");
        }
        let said: Vec<String> = figures(&passage.text).into_iter().map(|f| f.text).collect();
        if !said.is_empty() {
            let _ = writeln!(out, "<!-- 数字 {} -->", said.join("、"));
        }
    }
    out
}

fn kind(text: &str) -> &'static str {
    let timed = figures(text).iter().any(|f| matches!(f.measure, super::Measure::Time(_)));
    let deadline = timed && ["内", "前", "须", "应", "至少"].iter().any(|word| text.contains(word));
    let hit = KINDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word)));
    match hit {
        Some((kind @ ("score" | "decision-rule"), _)) => kind,
        _ if deadline => "deadline",
        Some((kind, _)) => kind,
        None => "process-step",
    }
}
