//! Campaigns (召回、服务活动) as a vehicle shows them.

use serde::Serialize;
use store::campaign::OpenCampaign;
use utoipa::ToSchema;

/// A campaign that is not done on a vehicle.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignRef {
    /// The campaign.
    id: String,
    number: String,
    title: String,
    /// `recall` or `service`.
    kind: String,
    /// Whether it is about a danger: the vehicle is not to be used before it is done.
    hazard: bool,
    /// Whether the vehicle is not sold and therefore held.
    held: bool,
    /// What is done.
    action: String,
    /// Until when.
    until: Option<String>,
    /// The vehicle's case in it.
    case: String,
}

impl From<&OpenCampaign> for CampaignRef {
    fn from(open: &OpenCampaign) -> Self {
        let until = Some(open.text("campaign_until")).filter(|day| !day.is_empty());
        Self {
            id: open.campaign.to_string(),
            number: open.number.clone(),
            title: open.text("campaign_title").to_owned(),
            kind: open.text("campaign_kind").to_owned(),
            hazard: open.is_hazard(),
            held: open.state == "held",
            action: open.text("campaign_action").to_owned(),
            until: until.map(str::to_owned),
            case: open.case.to_string(),
        }
    }
}
