//! The link that leads back to an enquiry: whoever holds it reads it, so it ends with the enquiry
//! and can be withdrawn.

use super::{PROCESS, limits};
use crate::app::App;
use crate::auth::Place;
use crate::problem::{Answer, Problem};
use base::CaseId;
use rulebook::Release;
use serde_json::{Map, Value as Json};
use store::cases::LoadedCase;
use store::{Scope, StoreError};

/// How often the link was withdrawn.
const ROUND: &str = "link_round";
/// The setting that says how many days after the close it still opens.
const DAYS: &str = "enquiry_link_days";
/// Where no setting says so.
const USUAL_DAYS: i64 = 30;

/// The word of an enquiry's present link.
pub fn word(app: &App, case: CaseId, data: &Map<String, Json>) -> String {
    app.store().enquiry_word(case, round(data))
}

/// The enquiry that a word leads to, as long as its link holds. Whatever is wrong is answered the
/// same, so that nothing can be learned by trying.
pub async fn behind(app: &App, place: &Place, word: &str) -> Answer<LoadedCase> {
    app.limits().check(limits::WRONG, &place.0, app.now())?;
    let found = match app.store().enquiry_of(word) {
        Some((case, round)) => held(app, case, round).await?,
        None => None,
    };
    if let Some(found) = found {
        return Ok(found);
    }
    app.limits().count(limits::WRONG, &place.0, app.now())?;
    Err(Problem::new("not-found").detail(
        "这个链接已失效或不完整；请从短信里重新打开，或再写一条",
        "This link has ended or is not whole; open it from the message, or write anew",
    ))
}

async fn held(app: &App, case: CaseId, asked: u16) -> Answer<Option<LoadedCase>> {
    let loaded = match app.store().case(case, &Scope::company()).await {
        Err(StoreError::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let case = &loaded.state;
    let release = app.releases().pinned(&case.release)?;
    let over =
        case.closed_at.is_some_and(|at| app.now().seconds_since(at) > days(&release) * 86_400);
    let erased = match case.customer {
        Some(customer) => app.store().customer(customer).await?.erased,
        None => false,
    };
    let holds = case.process == PROCESS && round(&case.data) == asked && !over && !erased;
    Ok(holds.then_some(loaded))
}

fn round(data: &Map<String, Json>) -> u16 {
    let round = data.get(ROUND).and_then(Json::as_i64).unwrap_or(0);
    u16::try_from(round).unwrap_or(u16::MAX)
}

fn days(release: &Release) -> i64 {
    let setting = release.parameters.get(DAYS).and_then(|setting| setting.value.as_ref());
    setting.and_then(Json::as_i64).unwrap_or(USUAL_DAYS)
}
