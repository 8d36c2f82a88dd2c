//! What customers were told, and whether it arrived: masked numbers, and never a text.

use crate::app::App;
use crate::auth::Session;
use crate::problem::Answer;
use crate::view::{PersonRef, Words};
use base::PersonId;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Personal;
use store::delivery::{Delivery, Told};
use utoipa::ToSchema;

/// A message to a customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Told)]
pub struct ToldView {
    id: String,
    /// What it was about.
    title: Words,
    /// `code`, `service`, `marketing`.
    class: String,
    /// `waiting`, `sent`, `dead` (nobody was reached), `over`.
    state: &'static str,
    /// Why it was not sent: `no_phone`, `no_email`, `no_wechat`, `no_channel`, `no_template`,
    /// `no_consent`, `refused`, `undelivered`, `unknown`, `too_late`, `replaced`, `by_hand`,
    /// `erased`, `restored`.
    why: Option<String>,
    /// When it was decided that they be told.
    made_at: String,
    /// When it is sent, where it waits.
    due_at: String,
    /// Whether it can be sent again.
    can_again: bool,
    /// Who saw to it or sent it again.
    seen_by: Option<PersonRef>,
    customer: ToldCustomer,
    case: Option<ToldCase>,
    /// The channels asked, the first first.
    deliveries: Vec<DeliveryView>,
}

/// Whom.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToldCustomer {
    id: String,
    name_masked: Option<String>,
    phone_masked: Option<String>,
}

/// The case it is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToldCase {
    id: String,
    number: String,
}

/// A channel that was asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryView {
    /// `wechat`, `sms`, `email`.
    channel: String,
    /// The masked number.
    told: Option<String>,
    /// `asking`, `sent`, `failed`, `unknown`.
    state: String,
    at: String,
    /// What the channel said where it did not take it.
    why: Option<String>,
    /// `delivered` or `failed`, as the provider reported later.
    report: Option<String>,
    /// When it did.
    reported_at: Option<String>,
    /// Why it did not arrive.
    report_why: Option<String>,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        let Delivery { channel, told, state, at, why, report, report_why } = delivery;
        let reported_at = report.as_ref().map(|(_, at)| at.to_string());
        let report = report.map(|(word, _)| word);
        Self { channel, told, state, at: at.to_string(), why, report, reported_at, report_why }
    }
}

/// Messages with the words of their rulebook and the names of who saw to them.
pub async fn views(app: &App, session: &Session, told: Vec<Told>) -> Answer<Vec<ToldView>> {
    let ids: Vec<PersonId> = told.iter().filter_map(|one| one.seen_by).collect();
    let people = app.store().people_named(&ids).await?;
    let names: BTreeMap<PersonId, PersonRef> =
        people.iter().map(|p| (p.id, PersonRef::new(p.id, p.name.reveal()))).collect();
    Ok(told.into_iter().map(|one| view(app, session, &names, one)).collect())
}

fn view(
    app: &App,
    session: &Session,
    names: &BTreeMap<PersonId, PersonRef>,
    told: Told,
) -> ToldView {
    let release = app.releases().pinned(&told.release).unwrap_or_else(|_| session.release.clone());
    let title = release.messages.get(&told.message).map(|message| Words::from(&message.title));
    let masked = |one: &Option<Personal>| one.as_ref().map(Personal::masked);
    ToldView {
        id: told.id.to_string(),
        title: title.unwrap_or_else(|| Words::key(&told.message)),
        class: told.class,
        state: told.fate.word(),
        why: told.why,
        made_at: told.made_at.to_string(),
        due_at: told.due_at.to_string(),
        can_again: told.can_again,
        seen_by: told.seen_by.and_then(|id| names.get(&id).cloned()),
        customer: ToldCustomer {
            id: told.customer.to_string(),
            name_masked: masked(&told.name),
            phone_masked: masked(&told.phone),
        },
        case: told.case.map(|(id, number)| ToldCase { id: id.to_string(), number }),
        deliveries: told.deliveries.into_iter().map(DeliveryView::from).collect(),
    }
}
