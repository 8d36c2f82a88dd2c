//! The kinds of files a pack is made of that are TOML: where each lies and what it is read into.

use std::path::{Component, Path};

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name, also that of its schema and page.
    pub name: &'static str,
    /// Where it lies in a pack, `*` for any name.
    pub place: &'static str,
    /// The type it is read into.
    pub root: &'static str,
    /// 中文名称.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// 一句话说明.
    pub about_zh: &'static str,
    /// The source file whose head says more; none when empty.
    pub intro: &'static str,
    /// Sets of keys, one of which must stand; empty: the keys themselves say which.
    pub one_of: &'static [&'static [&'static str]],
}

const fn kind(
    name: &'static str,
    place: &'static str,
    root: &'static str,
    words: (&'static str, &'static str, &'static str),
) -> Kind {
    let (zh, en, about_zh) = words;
    Kind { name, place, root, zh, en, about_zh, intro: "", one_of: &[] }
}

/// All kinds, in the order a pack is written.
pub const KINDS: &[Kind] = &[
    kind(
        "rulebook",
        "rulebook.toml",
        "PackInfo",
        ("制度包", "The pack", "包的编号、名称、版本、上级包、参数和不沿用的条目。"),
    ),
    Kind {
        intro: "crates/rulebook/src/model/process.rs",
        one_of: &[&["refines"], &["title", "number", "subject", "area", "start"]],
        ..kind(
            "process",
            "processes/*.toml",
            "ProcessFile",
            (
                "流程",
                "A process",
                "状态、动作、要求、时限和效果；用 refines 只写与上级包不同的部分。",
            ),
        )
    },
    Kind {
        intro: "crates/rulebook/src/model/form.rs",
        one_of: &[&["refines"], &["title"]],
        ..kind(
            "form",
            "forms/*.toml",
            "FormFile",
            ("表单", "A form", "一份表单的字段：画面、校验、打印、导入导出都从这里来。"),
        )
    },
    Kind {
        intro: "crates/rulebook/src/model/warranty.rs",
        ..kind(
            "term",
            "term.toml",
            "TermRules",
            (
                "三包期",
                "The warranty term",
                "三包期从哪天起算、怎样顺延、换件后怎样算、哪些情形触发换货退货。",
            ),
        )
    },
    Kind {
        intro: "crates/rulebook/src/model/law.rs",
        ..kind(
            "law",
            "law.toml",
            "LawRules",
            ("法律底线", "The legal floor", "法律规定的顺延与触发情形；有此文件的包是法律包。"),
        )
    },
    kind(
        "table",
        "tables/*.toml",
        "Sidecar",
        (
            "决策表说明",
            "What a table's CSV cannot say",
            "命中策略、是否必须有结果、列的类型与表达式。",
        ),
    ),
    kind("roles", "roles.toml", "Roles", ("角色", "Roles", "角色、权限与能看多远。")),
    kind(
        "scripts",
        "scripts.toml",
        "Scripts",
        ("规范用语", "Scripts of calls", "接电话时照着说的步骤，以及每步记到哪个字段。"),
    ),
    kind(
        "customers",
        "customers.toml",
        "CustomersFile",
        ("客户标签与等级", "Customers", "写在客户档案上的标签，以及由档案推出的等级。"),
    ),
    kind("messages", "messages.toml", "Messages", ("消息", "Messages", "系统发出的消息及其文字。")),
    Kind {
        intro: "crates/rulebook/src/model/document.rs",
        ..kind(
            "documents",
            "documents.toml",
            "Documents",
            ("单据", "Printed documents", "单据的名称、纸张、联次；模板在 documents/ 下。"),
        )
    },
    kind(
        "postings",
        "postings.toml",
        "PostingsFile",
        ("科目与记账", "Accounts and postings", "科目与记账模板：配件、工时、款项怎样过账。"),
    ),
    kind(
        "calendars",
        "calendars.toml",
        "Calendars",
        ("日历", "Calendars", "节假日、调休上班与营业时间，按年写明出处。"),
    ),
    Kind {
        intro: "crates/rulebook/src/model/schedule.rs",
        ..kind(
            "schedules",
            "schedules.toml",
            "Schedules",
            ("定期任务", "Schedules", "按日历开案：多久一次、在哪天、给谁、开什么、停机后怎样补。"),
        )
    },
    Kind {
        intro: "crates/rulebook/src/model/measure.rs",
        ..kind(
            "measures",
            "measures.toml",
            "MeasuresFile",
            ("指标", "Measures", "维度、指标与统计数：数什么、按什么分、怎样算。"),
        )
    },
    Kind {
        intro: "crates/rulebook/src/model/scorecard.rs",
        ..kind(
            "scorecard",
            "scorecards/*.toml",
            "Scorecard",
            ("评分表", "A scorecard", "评分项、录入项和等级条件：一段时间的得分与星级。"),
        )
    },
    Kind {
        intro: "crates/rulebook/src/model/example.rs",
        ..kind(
            "example",
            "examples/*.toml",
            "Examples",
            ("示例", "Examples", "证明制度的例子：判定例与案件故事，由 sanbao test 运行。"),
        )
    },
];

/// The kind of a file, by its place in the pack.
pub fn of(place: &Path) -> Option<&'static Kind> {
    let names: Vec<&str> = place
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    KINDS.iter().find(|kind| {
        let pattern: Vec<&str> = kind.place.split('/').collect();
        pattern.len() == names.len()
            && pattern.iter().zip(&names).all(|(pattern, name)| match pattern.strip_prefix('*') {
                Some(ending) => name.ends_with(ending),
                None => pattern == name,
            })
    })
}
