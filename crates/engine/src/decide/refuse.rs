//! Refusals: what is wrong, where it stands, what would make it pass.

pub use super::refuse_grants::{
    approved_before, cannot_receive, handover_unexplained, lift_unexplained, not_delegable,
    not_handed, own_case,
};
use crate::case::CaseState;
use crate::deadline::NotExtended;
use crate::decision::{FieldError, Refusal};
use base::{Lang, Text};
use rulebook::Release;
use rulebook::model::{ABOVE, Action, Process};

/// A refusal of an action, without rule or clause yet.
pub fn refusal(code: &str, case: &CaseState, action: &str, sentence: Text) -> Refusal {
    Refusal {
        code: code.to_owned(),
        process: case.process.clone(),
        state: case.full_state("main").unwrap_or_default(),
        action: action.to_owned(),
        rule: String::new(),
        clauses: Vec::new(),
        sentence,
        remedy: None,
        grade: None,
        fields: Vec::new(),
        account: None,
    }
}

impl Refusal {
    /// With the rule and its clauses.
    #[must_use]
    pub fn by(mut self, rule: impl Into<String>, clauses: &[String]) -> Self {
        self.rule = rule.into();
        self.clauses = clauses.to_vec();
        self
    }

    /// With what would make it pass.
    #[must_use]
    pub fn remedy(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.remedy = Some(Text::new(zh, en));
        self
    }
}

/// The process does not exist in the release.
pub fn unknown_process(case: &CaseState) -> Refusal {
    let id = &case.process;
    refusal(
        "unknown-process",
        case,
        "",
        Text::new(
            format!("该制度版本中没有流程“{id}”"),
            format!("this release has no process `{id}`"),
        ),
    )
}

/// The process has no such action.
pub fn unknown_action(case: &CaseState, process: &Process, action: &str) -> Refusal {
    let shown: String = action.chars().take(80).collect();
    let all: Vec<&str> = process.actions.iter().map(|a| a.id.as_str()).collect();
    refusal(
        "unknown-action",
        case,
        &shown,
        Text::new(
            format!("流程“{}”没有动作“{shown}”", process.title.zh),
            format!("the process “{}” has no action `{shown}`", process.title.en),
        ),
    )
    .remedy(format!("可用的动作：{}", all.join("、")), format!("its actions: {}", all.join(", ")))
}

/// The case does not stand where the action starts from.
pub fn not_allowed_now(case: &CaseState, process: &Process, action: &Action) -> Refusal {
    let track = action.track.as_str();
    let title = |state: &str, lang| {
        let known = process.state(&format!("{track}.{state}"));
        known.map_or_else(|| state.to_owned(), |s| s.title.get(lang).to_owned())
    };
    let now = case.tracks.get(track).map_or("", |t| t.state.as_str());
    let from = |lang: Lang, comma: &str| {
        action.from.iter().map(|s| title(s, lang)).collect::<Vec<_>>().join(comma)
    };
    refusal(
        "not-allowed-now",
        case,
        &action.id,
        Text::new(
            format!("当前是“{}”，不能“{}”", title(now, Lang::Zh), action.title.zh),
            format!("it stands at “{}”: “{}” is not open", title(now, Lang::En), action.title.en),
        ),
    )
    .by(action.id.clone(), &action.clause)
    .remedy(
        format!("在以下状态可以办理：{}", from(Lang::Zh, "、")),
        format!("it is open at: {}", from(Lang::En, ", ")),
    )
}

/// The action's own condition does not hold.
pub fn not_offered(case: &CaseState, action: &Action) -> Refusal {
    refusal(
        "not-allowed-now",
        case,
        &action.id,
        Text::new(
            format!("此单现在不需要“{}”", action.title.zh),
            format!("“{}” does not apply to this case now", action.title.en),
        ),
    )
    .by(action.id.clone(), &action.clause)
}

/// The actor holds none of the roles.
pub fn not_your_role(release: &Release, case: &CaseState, action: &Action) -> Refusal {
    let doers = action.doers();
    let names = |lang: Lang| doers.iter().map(|by| who(release, by, lang)).collect::<Vec<_>>();
    refusal(
        "not-your-role",
        case,
        &action.id,
        Text::new(
            format!("“{}”不由您的角色办理", action.title.zh),
            format!("“{}” is not for your role", action.title.en),
        ),
    )
    .by(action.id.clone(), &action.clause)
    .remedy(
        format!("可由以下人员办理：{}", names(Lang::Zh).join("、")),
        format!("it is for: {}", names(Lang::En).join(", ")),
    )
}

/// A role or `@…` in words.
pub fn who(release: &Release, by: &str, lang: Lang) -> String {
    let words = match by {
        "@assignee" => ("承办人", "the assignee"),
        "@opener" => ("开单人", "who opened it"),
        "@owner" => ("首问责任人", "who answers for it"),
        "@customer" => ("客户", "the customer"),
        "@system" => ("系统", "the system"),
        _ => {
            let (above, role) = by.strip_prefix(ABOVE).map_or((false, by), |role| (true, role));
            let title = release.roles.get(role);
            let title = title.map_or_else(|| role.to_owned(), |r| r.title.get(lang).to_owned());
            return match (above, lang) {
                (false, _) => title,
                (true, Lang::Zh) => format!("上级单位的{title}"),
                (true, Lang::En) => format!("{title} of the unit above"),
            };
        }
    };
    (if lang == Lang::Zh { words.0 } else { words.1 }).to_owned()
}

/// Who did one of those actions may not do this one.
pub fn same_person(
    case: &CaseState,
    process: &Process,
    action: &Action,
    did: &str,
    simple: bool,
) -> Refusal {
    let title = |lang| process.action(did).map_or(did, |a| a.title.get(lang)).to_owned();
    refusal(
        "separation-of-duties",
        case,
        &action.id,
        Text::new(
            format!("您已办理“{}”，不能再办理“{}”", title(Lang::Zh), action.title.zh),
            format!("you did “{}” and may not do “{}” as well", title(Lang::En), action.title.en),
        ),
    )
    .by(format!("{}/not_by", action.id), &action.clause)
    .remedy(
        if simple {
            "简易模式下也须由另一位同事办理"
        } else {
            "请由另一位同事办理"
        },
        if simple {
            "let a colleague do it, in a simple shop too"
        } else {
            "let a colleague do it"
        },
    )
}

/// Fields are wrong.
pub fn form_invalid(case: &CaseState, action: &Action, fields: Vec<FieldError>) -> Refusal {
    let first = fields.first().map(|f| f.sentence.clone()).unwrap_or_default();
    let count = fields.len();
    let sentence = if count == 1 {
        first
    } else {
        Text::new(
            format!("表单有{count}处需要更正：{}", first.zh),
            format!("{count} fields need correction: {}", first.en),
        )
    };
    let mut refused = refusal("form-invalid", case, &action.id, sentence);
    refused.rule = format!("{}/form", action.id);
    refused.fields = fields;
    refused
}

/// The organisation unit to which a case should pass is not known.
pub fn unknown_org(case: &CaseState, action: &Action) -> Refusal {
    refusal(
        "unknown-org",
        case,
        &action.id,
        Text::new("没有这个单位，不能转过去", "there is no such organisation unit to pass it to"),
    )
    .by(format!("{}/move", action.id), &action.clause)
    .remedy("从单位列表中选择", "choose one of the list")
}

/// A setting that a rule needs has no value.
pub fn setting_unset(
    case: &CaseState,
    action: &str,
    setting: &rulebook::model::Parameter,
) -> Refusal {
    refusal(
        "setting-unset",
        case,
        action,
        Text::new(
            format!("参数“{}”尚未设定", setting.title.zh),
            format!("the setting “{}” has no value", setting.title.en),
        ),
    )
    .by(format!("params/{}", setting.id), &setting.clause)
    .remedy(
        format!("请制度负责人设定参数 {}", setting.id),
        format!("let the owner of the standard set `{}`", setting.id),
    )
}

/// A working-day deadline falls in a year without a calendar.
pub fn calendar_unknown(
    case: &CaseState,
    action: &str,
    deadline: &rulebook::model::Deadline,
    year: i16,
) -> Refusal {
    refusal(
        "calendar-unknown",
        case,
        action,
        Text::new(
            format!(
                "“{}”要算到{year}年，但日历“{}”没有{year}年的放假安排",
                deadline.title.zh, deadline.calendar
            ),
            format!(
                "“{}” reaches into {year}, yet the calendar `{}` does not know the holidays of \
                 {year}",
                deadline.title.en, deadline.calendar
            ),
        ),
    )
    .by(deadline.id.clone(), &deadline.clause)
    .remedy(
        format!(
            "请在 calendars.toml 中补上 [calendar.years.{year}]：放假与调休上班的日期，写明通知文号"
        ),
        format!(
            "add [calendar.years.{year}] to calendars.toml: holidays and make-up days, with the \
             notice that announced them"
        ),
    )
}

/// An extension that is not given: it names the limit and what would pass.
pub fn not_extended(
    case: &CaseState,
    action: &Action,
    deadline: &rulebook::model::Deadline,
    not: NotExtended,
) -> Refusal {
    let title = &deadline.title;
    let (zh, en, remedy_zh, remedy_en) = match not {
        NotExtended::TooOften(times) => (
            format!("“{}”最多延期{times}次，不能再延", title.zh),
            format!("“{}” is extended {times} times at most", title.en),
            "按期作出处理决定".to_owned(),
            "decide by the time that is set".to_owned(),
        ),
        NotExtended::TooLong(total) => (
            format!("“{}”累计延期不得超过 {total}", title.zh),
            format!("the extensions of “{}” together are {total} at most", title.en),
            "缩短延期的时间".to_owned(),
            "extend it by less".to_owned(),
        ),
        NotExtended::Over(_) => (
            format!("“{}”延期后仍然早于现在，延期不起作用", title.zh),
            format!("even extended, “{}” would already be over", title.en),
            "如实记录超时，不必延期".to_owned(),
            "leave the breach on record".to_owned(),
        ),
        NotExtended::NotRunning | NotExtended::Unknown(_) => (
            format!("“{}”没有在计时，无期可延", title.zh),
            format!("“{}” is not running: there is nothing to extend", title.en),
            "先确认该时限是否已经开始".to_owned(),
            "see whether that deadline has started".to_owned(),
        ),
    };
    refusal("extension-refused", case, &action.id, Text::new(zh, en))
        .by(format!("{}/extend", deadline.id), &deadline.clause)
        .remedy(remedy_zh, remedy_en)
}

/// An extension without a reason.
pub fn extension_unexplained(case: &CaseState, action: &Action) -> Refusal {
    let sentence = Text::new("延期没有写明理由", "the extension gives no reason");
    refusal("extension-refused", case, &action.id, sentence)
        .by(format!("{}/extend", action.id), &action.clause)
        .remedy("写明延期的理由", "say why it is extended")
}
