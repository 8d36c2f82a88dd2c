//! Refusals about approvals, deputies, to-dos handed on and requirements lifted.

use super::approving::{missing, seated};
use super::refuse::{refusal, who};
use crate::case::CaseState;
use crate::decision::Refusal;
use base::{Lang, Text};
use rulebook::Release;
use rulebook::model::{Action, Grade};

/// An approval that would not count: given before (`again`), or its seat is taken.
pub fn approved_before(
    release: &Release,
    case: &CaseState,
    action: &Action,
    again: bool,
) -> Refusal {
    let votes = case.grants.votes(&action.id);
    let approvals = action.approvals.clone().unwrap_or_default();
    let seats = approvals.seats().iter().zip(seated(&approvals, votes));
    let taken: Vec<&str> = seats.filter(|(_, v)| v.is_some()).map(|(s, _)| s.as_str()).collect();
    let open = missing(&approvals, votes);
    let names = |roles: &[&str], lang: Lang, comma: &str| {
        roles.iter().map(|by| who(release, by, lang)).collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (names(&taken, Lang::Zh, "、"), names(&taken, Lang::En, ", "));
    let title = &action.title;
    let sentence = if again {
        Text::new(
            format!("您已同意“{}”，一人只算一次；已同意：{zh}", title.zh),
            format!("you approved “{}” already, and nobody counts twice; so far: {en}", title.en),
        )
    } else {
        Text::new(
            format!("“{}”由您同意的一份已经有人同意；已同意：{zh}", title.zh),
            format!("the approval of “{}” that is yours to give is given; so far: {en}", title.en),
        )
    };
    refusal("already-approved", case, &action.id, sentence)
        .by(format!("{}/approvals", action.id), &action.clause)
        .remedy(
            format!("还等：{}", names(&open, Lang::Zh, "、")),
            format!("still missing: {}", names(&open, Lang::En, ", ")),
        )
}

/// A deputy may not approve what the same person opened.
pub fn own_case(case: &CaseState, action: &Action) -> Refusal {
    let title = &action.title;
    refusal(
        "deputy-own-case",
        case,
        &action.id,
        Text::new(
            format!("此单是您开的，您不能代他人办理“{}”", title.zh),
            format!("you opened this case and may not do “{}” for somebody else", title.en),
        ),
    )
    .by(format!("{}/deputy", action.id), &action.clause)
    .remedy("请由另一位有此岗位的同事办理", "let another colleague who holds the office do it")
}

/// An action that lifts a requirement says why.
pub fn lift_unexplained(case: &CaseState, action: &Action) -> Refusal {
    let sentence = Text::new("特批放行没有写明理由", "lifting a requirement needs a reason");
    let mut refused = refusal("reason-needed", case, &action.id, sentence)
        .by(format!("{}/lifts", action.id), &action.clause)
        .remedy("写明为什么这一次可以放行", "say why it may pass this once");
    refused.grade = Some(Grade::Reason);
    refused
}

/// The action is not to be handed on.
pub fn not_delegable(case: &CaseState, action: &Action) -> Refusal {
    let title = &action.title;
    refusal(
        "not-delegable",
        case,
        &action.id,
        Text::new(
            format!("“{}”须由本人办理，不能转办", title.zh),
            format!("“{}” is not to be handed on", title.en),
        ),
    )
    .by(format!("{}/delegable", action.id), &action.clause)
    .remedy("外出期间可请代理人代为办理", "while you are away, your deputy can do it")
}

/// Nobody to hand it on to.
pub fn cannot_receive(case: &CaseState, action: &Action) -> Refusal {
    let sentence = Text::new("不能转给此人", "it cannot be handed on to this person");
    refusal("unknown-person", case, &action.id, sentence)
        .by(format!("{}/handed_on", action.id), &action.clause)
        .remedy("请选择在职的另一位同事", "choose another colleague in service")
}

/// Handing on needs a reason.
pub fn handover_unexplained(case: &CaseState, action: &Action) -> Refusal {
    let sentence = Text::new("转办没有写明理由", "handing on needs a reason");
    let mut refused = refusal("reason-needed", case, &action.id, sentence)
        .by(format!("{}/handed_on", action.id), &action.clause)
        .remedy("写明为什么转办", "say why it is handed on");
    refused.grade = Some(Grade::Reason);
    refused
}

/// Nothing of one's own to take back.
pub fn not_handed(case: &CaseState, action: &Action) -> Refusal {
    let title = &action.title;
    refusal(
        "not-handed-on",
        case,
        &action.id,
        Text::new(
            format!("“{}”没有由您转出或转给您，无从收回", title.zh),
            format!("“{}” was handed on neither by you nor to you", title.en),
        ),
    )
    .by(format!("{}/handed_on", action.id), &action.clause)
}
