//! What a vehicle was before: owners, cards, components.

use super::Words;
use super::case::CaseRef;
use super::unit::OwnerRef;
use base::{CaseId, Day};
use rulebook::Release;
use serde::Serialize;
use store::unit::UnitPast;
use utoipa::ToSchema;

/// What a vehicle was before, each the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitPastView {
    /// Owners it left; only for who sold or serves the vehicle.
    owners: Vec<PastOwnerView>,
    /// Cards that are void.
    cards: Vec<VoidCardView>,
    /// Components that were taken out.
    replaced: Vec<PastComponentView>,
}

/// Somebody who owned the vehicle, masked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PastOwner)]
pub struct PastOwnerView {
    #[serde(flatten)]
    owner: Option<OwnerRef>,
    from: Option<String>,
    through: String,
    case: Option<CaseRef>,
}

/// A card that is void.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VoidCard)]
pub struct VoidCardView {
    card_no: String,
    /// `transfer`, `lost`, `damaged`.
    why: String,
    ended_on: String,
    case: Option<CaseRef>,
}

/// A component that was taken out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PastComponent)]
pub struct PastComponentView {
    component: String,
    title: Words,
    serial: Option<String>,
    from: Option<String>,
    through: String,
    /// The case that built it in.
    case: Option<CaseRef>,
}

impl UnitPastView {
    /// As shown; former owners only to who may read customers.
    pub fn of(release: &Release, past: UnitPast, with_owners: bool) -> Self {
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        let case =
            |case: Option<(CaseId, String)>| case.map(|(id, number)| CaseRef::new(id, number));
        let owners = past.owners.into_iter().filter(|_| with_owners).map(|past| PastOwnerView {
            owner: past.customer.as_ref().map(OwnerRef::from),
            from: day(past.from),
            through: past.through.to_string(),
            case: case(past.case),
        });
        let cards = past.cards.into_iter().map(|card| VoidCardView {
            card_no: card.card_no,
            why: card.why,
            ended_on: card.ended_on.to_string(),
            case: case(card.case),
        });
        let replaced = past.components.into_iter().map(|part| PastComponentView {
            title: release
                .catalog
                .component(&part.component)
                .map_or_else(|| Words::key(&part.component), |known| (&known.title).into()),
            component: part.component,
            serial: part.serial,
            from: day(part.from),
            through: part.through.to_string(),
            case: case(part.case),
        });
        Self { owners: owners.collect(), cards: cards.collect(), replaced: replaced.collect() }
    }
}
