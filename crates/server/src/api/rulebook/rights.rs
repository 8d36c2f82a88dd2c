//! `GET /rulebook/rights`: what the consumer may claim of each part (三包权利说明).

use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{ClauseView, List, Words};
use base::{Lang, Text, Word};
use engine::why::{span_words, words_under};
use rulebook::Release;
use rulebook::rights::{Period, Right, Standard, rights as stated};
use serde::Serialize;
use utoipa::ToSchema;

/// What the consumer may claim of a part.
#[derive(Debug, Serialize, ToSchema)]
pub struct RightView {
    component: Words,
    /// How long it is covered.
    periods: Vec<PeriodView>,
    /// What is done for which fault.
    standards: Vec<StandardView>,
    /// The clauses that exclude it, for a part that is never covered.
    excluded: Vec<ClauseView>,
}

/// A length of cover (保修期限).
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodView {
    span: Words,
    /// The faults it is about; all others when empty.
    faults: Vec<Words>,
    clauses: Vec<ClauseView>,
}

/// What is done for some faults (保修范围、保修标准).
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardView {
    faults: Vec<Words>,
    /// What has to be measured or known for it: `Capacity % < 60`.
    conditions: Vec<Words>,
    /// Whether it falls under the three guarantees then.
    covered: bool,
    remedy: Words,
    clauses: Vec<ClauseView>,
}

/// What the consumer may claim of each part by the release in force, read from the tables that
/// judge.
#[utoipa::path(
    get, path = "/rulebook/rights", tag = "rulebook", operation_id = "rulebook_rights",
    responses((status = 200, body = List<RightView>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn rights(session: Allowed<perm::RulebookRead>) -> Answer<Json<List<RightView>>> {
    let release = &session.release;
    let reader = (&**release, session.lang);
    Ok(Json(List::whole(stated(release).iter().map(|right| view(reader, right)).collect())))
}

/// The release whose words are told, and in which language clauses are quoted.
type Reader<'r> = (&'r Release, Lang);

fn view(reader: Reader<'_>, right: &Right<'_>) -> RightView {
    let excluded = right.excluded.map(|clauses| ClauseView::all(reader.0, clauses, reader.1));
    RightView {
        component: (&right.component.title).into(),
        periods: right.periods.iter().map(|each| period(reader, each)).collect(),
        standards: right.standards.iter().map(|each| standard(reader, each)).collect(),
        excluded: excluded.unwrap_or_default(),
    }
}

fn period((release, lang): Reader<'_>, period: &Period<'_>) -> PeriodView {
    PeriodView {
        span: span_words(period.span).into(),
        faults: period.faults.iter().map(|id| fault(release, id)).collect(),
        clauses: ClauseView::all(release, period.clauses, lang),
    }
}

fn standard((release, lang): Reader<'_>, standard: &Standard<'_>) -> StandardView {
    let condition = |(name, title, test): &(&Word, Option<&Text>, &Word)| {
        let said = |title: &str| format!("{title} {test}");
        let title = title.cloned().unwrap_or_else(|| Text::new(name.as_str(), name.as_str()));
        Words { zh: said(&title.zh), en: said(&title.en) }
    };
    let words = words_under("remedy").into_iter().find(|(key, _)| *key == standard.remedy);
    let remedy = words.map_or_else(|| Text::new(&standard.remedy, &standard.remedy), |(_, w)| w);
    StandardView {
        faults: standard.faults.iter().map(|id| fault(release, id)).collect(),
        conditions: standard.tests.iter().map(condition).collect(),
        covered: standard.covered,
        remedy: remedy.into(),
        clauses: ClauseView::all(release, standard.clauses, lang),
    }
}

fn fault(release: &Release, id: &str) -> Words {
    let known = release.catalog.fault(id);
    known.map_or_else(|| Words { zh: id.into(), en: id.into() }, |fault| (&fault.title).into())
}
