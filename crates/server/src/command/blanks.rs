//! The paper of a late entry (补录), where it is a blank form of ours (预印空白单): each number leads
//! to one case.

use super::Submission;
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::{CaseId, OrgId, Text};
use rulebook::model::Process;
use serde_json::Value as Json;
use store::blank::{BlankState, blank_number};

/// The number to be used up, when the paper is a blank form of ours; any other paper is taken as it
/// is. A number that cannot be this paper's is refused: it is a slip of the pen, and the entry is
/// taken with the right one.
pub async fn named(
    app: &App,
    process: Option<&Process>,
    submission: &Submission,
    (case, orgs): (Option<CaseId>, [OrgId; 2]),
) -> Answer<Option<String>> {
    let by_hand = process.filter(|process| process.checks_late && case.is_none());
    let (field, said) = match (&submission.late, by_hand) {
        (Some(late), _) => ("late.paper", Some(late.paper.as_str())),
        (None, Some(_)) => ("paper_no", submission.form.get("paper_no").and_then(Json::as_str)),
        (None, None) => return Ok(None),
    };
    let Some(number) = said.and_then(blank_number) else { return Ok(None) };
    let refused = |zh: String, en: String| {
        let sentence = Text::new(zh, en);
        Problem::new("form-invalid").sentence(sentence.clone()).field(field, "blank", sentence)
    };
    let known = app.store().blank(&number).await?.filter(|known| orgs.contains(&known.org));
    let Some(known) = known else {
        return Err(refused(
            format!("{number} 不是本单位领用的空白单号；请核对纸上的号码"),
            format!("{number} is no blank form of this unit; compare it with the paper"),
        ));
    };
    match (known.state, known.case) {
        (BlankState::Spoilt, _) => Err(refused(
            format!("{number} 已作废；要用这张，请先在预印空白单中恢复"),
            format!("{number} was marked as spoilt; take that back among the blank forms first"),
        )),
        (BlankState::Used, Some((of, other))) if Some(of) != case => Err(refused(
            format!("{number} 已用于 {other}，一张纸单只能补录一次"),
            format!("{number} was entered for {other} already; each form is entered once"),
        )),
        _ => Ok(Some(number)),
    }
}
