//! Several approvers and requirements that may be lifted: the seats exist and can be taken, what is
//! lifted exists and may be.

use super::Checker;
use super::names::{ACTION, REQUIRE};
use crate::model::{Action, Approvals, Grade, Process, Require};

/// Who can take a seat beside roles: members of staff whom the case knows.
const APPROVERS: &[&str] = &["@assignee", "@opener", "@owner"];

pub(super) fn check(checker: &mut Checker<'_>, process: &Process, action: &Action) {
    let path = process.action_path(&action.id);
    let alone = action.id == "open" || action.on_child.is_some();
    if let Some(approvals) = &action.approvals {
        of_approvals(checker, action, approvals, &format!("{path}/approvals"), alone);
    }
    for lifted in &action.lifts {
        of_lift(checker, process, action, lifted, &format!("{path}/lifts"));
    }
    if alone && !action.lifts.is_empty() {
        checker.error(
            "lift-nobody",
            &format!("{path}/lifts"),
            "放行要有人写明理由；start 和子单结束引发的动作不能放行",
            "somebody has to say why it may pass: neither `start` nor the end of a child lifts",
        );
    }
}

fn of_approvals(
    checker: &mut Checker<'_>,
    action: &Action,
    approvals: &Approvals,
    path: &str,
    alone: bool,
) {
    if alone {
        checker.error(
            "approvals-alone",
            path,
            "start 和子单结束引发的动作只能一次办完，不能写 approvals；请另写一个动作让几人同意",
            "`start` and what the end of a child does happen at once: write another action for \
             several people to approve",
        );
    }
    if !action.by.is_empty() {
        checker.error(
            "approvals-by",
            path,
            format!("动作“{}”由谁办理写了两遍：有 approvals 就不写 by", action.id),
            format!("who does `{}` is said twice: with `approvals` leave `by` out", action.id),
        );
    }
    checker.doers(approvals.seats(), APPROVERS, path);
    let seats = approvals.seats().len();
    let (zh, en) = match (approvals.all_of.is_empty(), approvals.any_of.is_empty()) {
        (false, false) => {
            ("all_of 和 any_of 只写一个".to_owned(), "write `all_of` or `any_of`".into())
        }
        (true, true) => {
            ("写明由谁同意：all_of 或 any_of".to_owned(), "say who: `all_of` or `any_of`".into())
        }
        (false, true) if approvals.count.is_some() => {
            ("all_of 要每个都同意，不写 count".to_owned(), "`all_of` takes no `count`".into())
        }
        (true, false) if approvals.count.is_none() => (
            "any_of 要写 count：其中几人同意".to_owned(),
            "`any_of` needs `count`: how many".into(),
        ),
        _ if approvals.needed() < 2 => (
            "一人办理即可：请改写 by".to_owned(),
            "one person is enough: write `by` instead".into(),
        ),
        (true, false) if approvals.count > Some(seats) => (
            format!("count 大于角色数 {seats}：一个角色只算一人，要两人就把角色写两遍"),
            format!(
                "`count` is more than the {seats} roles: each counts for one person, write a role \
                 twice to ask for two"
            ),
        ),
        _ => return,
    };
    checker.error("approvals-count", path, zh, en);
}

fn of_lift(
    checker: &mut Checker<'_>,
    process: &Process,
    action: &Action,
    lifted: &str,
    path: &str,
) {
    let (target, id) = lifted.split_once('/').unwrap_or((lifted, ""));
    let known = process.actions.iter().map(|a| a.id.as_str());
    checker.exists(ACTION, target, known, path);
    let Some(target) = process.actions.iter().find(|a| a.id == target) else { return };
    checker.exists(REQUIRE, id, target.requires.iter().map(|r| r.id.as_str()), path);
    let Some(require) = target.requires.iter().find(|r| r.id == id) else { return };
    if let Some((code, zh, en)) = not_liftable(action, target, require) {
        checker.error(code, path, zh, en);
    }
}

/// Why this action cannot lift that requirement.
fn not_liftable(
    action: &Action,
    target: &Action,
    require: &Require,
) -> Option<(&'static str, String, String)> {
    let id = &require.id;
    if require.strict {
        return Some((
            "lift-strict",
            format!("“{id}”写明 strict，任何动作都不能放行"),
            format!("`{id}` is strict: no action may lift it"),
        ));
    }
    if require.grade != Grade::Block {
        return Some((
            "lift-needless",
            format!("“{id}”不拦截（grade 不是 block），不必放行"),
            format!("`{id}` does not block (its grade is not `block`), so nothing needs lifting"),
        ));
    }
    if action.id == target.id {
        return Some((
            "lift-own",
            format!("动作“{}”不能放行自己的条件；请另写一个动作", action.id),
            format!("`{}` cannot lift its own requirement: write another action", action.id),
        ));
    }
    let ends: Vec<&String> = action.to.iter().chain(action.branch.iter().map(|b| &b.to)).collect();
    let ends = if ends.is_empty() { action.from.iter().collect() } else { ends };
    let lost = action.track == target.track && !ends.iter().any(|end| target.from.contains(end));
    lost.then(|| {
        (
            "lift-lost",
            format!("“{}”之后不能办理“{}”，放行不起作用", action.id, target.id),
            format!("after `{}` nobody can do `{}`: the pass is lost", action.id, target.id),
        )
    })
}
