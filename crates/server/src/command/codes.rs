//! Codes that customers read back (回读验证码): compared before anything is decided. The engine sees
//! that a code was right, never the code.

use crate::app::App;
use crate::problem::{Answer, Problem};
use base::{CustomerId, Text};
use engine::CaseState;
use rulebook::Release;
use rulebook::model::{Field, FieldKind};
use serde_json::{Map, Value as Json};
use store::code::{About, Guess, RightCode};

/// The fields of an action's form that hold a code.
fn asked<'r>(release: &'r Release, process: &str, action: &str) -> Vec<&'r Field> {
    let process = release.processes.get(process);
    let form = process.and_then(|process| process.action(action)?.form.as_ref());
    let form = form.and_then(|id| release.forms.get(id));
    let fields = form.into_iter().flat_map(|form| &form.fields);
    fields.filter(|field| field.kind == FieldKind::Code).collect()
}

/// Compares the codes of a form with what was sent for the case, and puts into their place that
/// they were right. Nobody but this function says so.
pub async fn checked(
    app: &App,
    release: &Release,
    case: &CaseState,
    action: &str,
    form: &mut Map<String, Json>,
) -> Answer<Vec<RightCode>> {
    let mut codes = Vec::new();
    for field in asked(release, &case.process, action) {
        let Some(said) = form.get(&field.id).filter(|said| !said.is_null()) else { continue };
        let digits = digits(field, said)?;
        let whose = match &field.whose {
            None => case.customer,
            Some(party) => case.data.get(party).and_then(|id| id.as_str()?.parse().ok()),
        };
        let whose: CustomerId = whose.ok_or_else(|| wrong(field, None))?;
        let id = case.id.ok_or_else(|| Problem::new("internal"))?;
        match app.store().guess_code(whose, About::Case(id), &digits, app.now()).await? {
            Guess::Right(right) => codes.push(right),
            Guess::Wrong(left) => return Err(wrong(field, Some(left))),
            Guess::None => return Err(wrong(field, None)),
        }
        form.insert(field.id.clone(), Json::Bool(true));
    }
    Ok(codes)
}

/// For a look ahead: a code that looks like one counts as right; none is tried.
pub fn assumed(release: &Release, process: &str, action: &str, form: &mut Map<String, Json>) {
    for field in asked(release, process, action) {
        match form.get(&field.id) {
            Some(said) if digits(field, said).is_ok() => {
                form.insert(field.id.clone(), Json::Bool(true));
            }
            _ => {
                form.remove(&field.id);
            }
        }
    }
}

/// Six digits, however they are spaced.
fn digits(field: &Field, said: &Json) -> Answer<String> {
    let text = said.as_str().unwrap_or_default();
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits);
    }
    let sentence = Text::new("验证码是 6 位数字", "A code has six digits");
    Err(Problem::new("form-invalid").field(&field.id, "invalid", sentence))
}

fn wrong(field: &Field, left: Option<i64>) -> Problem {
    Problem::new("form-invalid").field(&field.id, "code", sentence(left))
}

/// What is said of a code that is not right; `left` guesses remain.
pub fn sentence(left: Option<i64>) -> Text {
    match left {
        Some(left) if left > 0 => Text::new(
            format!("验证码不对，还可以试 {left} 次；请再向本人核对"),
            format!("That is not the code; {left} more tries. Ask the person to read it again"),
        ),
        _ => Text::new(
            "验证码已失效（没有发过、过期、用过，或错了五次）；请重新发送，或当面核对证件",
            "There is no valid code: none was sent, it is over or used, or it was guessed wrong \
             five times. Send a new one, or look at a document in person",
        ),
    }
}
