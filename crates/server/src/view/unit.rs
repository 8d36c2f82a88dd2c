//! Vehicles as found and as shown.

use super::Words;
use super::campaign::CampaignRef;
use super::heed::HeedView;
use base::Day;
use rulebook::Release;
use serde::Serialize;
use store::customer::Customer;
use store::unit::{UnitFields, UnitHit};
use utoipa::ToSchema;

/// A vehicle as found.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = UnitHit)]
pub struct UnitHitView {
    pub(crate) id: String,
    pub(crate) frame_no: Option<String>,
    pub(crate) model: ModelRef,
    pub(crate) plate: Option<String>,
    pub(crate) card_no: Option<String>,
    pub(crate) matched: Option<Matched>,
    pub(crate) customer: Option<OwnerRef>,
    pub(crate) sold_on: Option<String>,
    pub(crate) org: Option<OutletRef>,
    pub(crate) in_scope: bool,
    /// The card it was found by, when that card is void.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) void_card: Option<String>,
    /// Recalls and service campaigns (召回、服务活动) that are not done on it, a danger first: on its
    /// page, in what a search found and on its cases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) campaigns: Vec<CampaignRef>,
    /// What is heeded with it and with its owner: answers of open cases that the rulebook names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) heeded: Vec<HeedView>,
}

/// A model (车型) by key and words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ModelRef {
    id: Option<String>,
    title: Words,
}

/// What a vehicle was found by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Matched {
    /// `frame`, `plate`, `card`, `serial`, `phone`, `last`, `name`, `pinyin`.
    by: String,
    value: String,
}

/// An owner, masked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnerRef {
    pub(crate) id: String,
    pub(crate) name_masked: Option<String>,
    pub(crate) phone_masked: Option<String>,
}

/// The outlet that sold it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutletRef {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl From<&Customer> for OwnerRef {
    fn from(customer: &Customer) -> Self {
        Self {
            id: customer.id.to_string(),
            name_masked: customer.name_masked(),
            phone_masked: customer.phone.as_ref().map(store::Personal::masked),
        }
    }
}

impl ModelRef {
    /// The model of a vehicle; another maker's vehicle shows its make.
    pub fn of(release: &Release, model: Option<&str>, make: Option<&str>) -> Self {
        let known = release.catalog.models.iter().find(|m| Some(m.id.as_str()) == model);
        let title = match (known, make) {
            (Some(known), _) => (&known.title).into(),
            (None, Some(make)) => Words::key(&format!("{make} {}", model.unwrap_or_default())),
            (None, None) => model.map_or_else(
                || Words { zh: "车型未知".into(), en: "Unknown model".into() },
                Words::key,
            ),
        };
        Self { id: model.map(str::to_owned), title }
    }

    /// Its words.
    pub fn words(self) -> Words {
        self.title
    }
}

impl UnitHitView {
    /// A vehicle as found by `query`.
    pub fn found(release: &Release, hit: &UnitHit, query: &str) -> Self {
        let mut view = Self::of(release, hit.id, &hit.fields, hit.owner.as_ref());
        let value = match hit.matched_by.as_str() {
            "frame" => hit.fields.frame_no.clone(),
            "plate" => hit.fields.plate.clone(),
            "card" => hit.fields.card_no.clone(),
            "name" | "pinyin" => view.customer.as_ref().and_then(|c| c.name_masked.clone()),
            "phone" => view.customer.as_ref().and_then(|c| c.phone_masked.clone()),
            _ => None,
        };
        view.matched = Some(Matched {
            by: hit.matched_by.clone(),
            value: value.unwrap_or_else(|| query.to_owned()),
        });
        view.org = outlet(hit);
        view.in_scope = hit.in_scope;
        view.void_card.clone_from(&hit.void_card);
        view
    }

    /// A vehicle as it stands in the register.
    pub fn registered(release: &Release, hit: &UnitHit) -> Self {
        let mut view = Self::of(release, hit.id, &hit.fields, hit.owner.as_ref());
        view.org = outlet(hit);
        view
    }

    /// A vehicle as named on a page.
    pub fn of(
        release: &Release,
        id: base::UnitId,
        fields: &UnitFields,
        owner: Option<&Customer>,
    ) -> Self {
        Self {
            id: id.to_string(),
            frame_no: fields.frame_no.clone(),
            model: ModelRef::of(release, fields.model.as_deref(), fields.make.as_deref()),
            plate: fields.plate.clone(),
            card_no: fields.card_no.clone(),
            matched: None,
            customer: owner.map(OwnerRef::from),
            sold_on: fields.sold_on.map(|day: Day| day.to_string()),
            org: None,
            in_scope: true,
            void_card: None,
            campaigns: vec![],
            heeded: vec![],
        }
    }
}

/// The outlet that sold a vehicle.
fn outlet(hit: &UnitHit) -> Option<OutletRef> {
    let known = hit.fields.org.zip(hit.org_name.clone());
    known.map(|(id, name)| OutletRef { id: id.to_string(), name })
}
