//! `POST /customers/{id}/corrections`: name, telephone or address put right, by the person's word.

use super::CustomerView;
use super::unmask::not_mine;
use crate::api::units::create::mobile;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::codes::sentence;
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::{CustomerId, Text};
use rulebook::model::MessageClass;
use rulebook::model::Permission;
use serde::{Deserialize, Serialize};
use serde_json::Map;
use store::StoreError;
use store::code::{About, Guess, ToCustomer};
use store::correction::{Correction, Proof};
use store::customer::Customer;
use utoipa::ToSchema;

/// Longest name, address and reason.
const MAX: usize = 200;
/// The message that brings a code.
const MESSAGE: &str = "correction_code";

/// A correction; what is not given stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCorrection {
    name: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    proof: Proven,
}

/// How the person is known to want it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "means", rename_all = "snake_case", deny_unknown_fields)]
pub enum Proven {
    /// A code sent to the telephone known so far, read back.
    Code {
        /// Six digits.
        code: String,
    },
    /// A document shown in person: kind and last four, never the number.
    Identity {
        /// Its kind.
        #[schema(value_type = String)]
        document: DocumentKind,
        /// Its last four characters.
        last4: String,
    },
    /// Decided by who answers for personal data.
    Officer {
        /// Why.
        reason: String,
    },
}

/// Kind of a document.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 居民身份证.
    IdentityCard,
    /// 护照.
    Passport,
    /// 居留或通行证件.
    ResidencePermit,
    /// 驾驶证.
    DrivingLicence,
}

impl DocumentKind {
    const fn word(self) -> &'static str {
        match self {
            Self::IdentityCard => "identity_card",
            Self::Passport => "passport",
            Self::ResidencePermit => "residence_permit",
            Self::DrivingLicence => "driving_licence",
        }
    }
}

/// Whether a code went out.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeSent {
    /// False where no telephone is known.
    sent: bool,
}

/// Sends a code to the telephone that is known, for a correction.
#[utoipa::path(
    post, path = "/customers/{id}/corrections/code", tag = "customers",
    operation_id = "customers_correction_code", params(("id" = String, Path)),
    responses((status = 200, body = CodeSent), (status = 404), (status = 429)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn code(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<CodeSent>> {
    let id = seen(&app, &session, id).await?.id;
    let to = ToCustomer {
        customer: id,
        message: MESSAGE.into(),
        release: session.release.hash.clone(),
        args: Map::new(),
        class: MessageClass::Code,
        about: About::Correction,
    };
    Ok(Json(CodeSent { sent: app.store().send_code(&to, session.now).await? }))
}

/// Corrects a customer's data: by a code to the telephone known so far, by a document shown in
/// person, or by who answers for personal data, with a reason. What was and what is stand in the
/// journal, closed by the person's key.
#[utoipa::path(
    post, path = "/customers/{id}/corrections", tag = "customers",
    operation_id = "customers_correct", params(("id" = String, Path)), request_body = NewCorrection,
    responses((status = 200, body = CustomerView), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn correct(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CustomerId>,
    Json(body): Json<NewCorrection>,
) -> Answer<Json<CustomerView>> {
    let customer = seen(&app, &session, id).await?;
    let id = customer.id;
    let correction = read(&body)?;
    let proof = proven(&app, &session, &customer, &body.proof).await?;
    let counter = session.counter_act();
    let by = (session.id(), counter.as_ref());
    match app.store().correct_customer(id, &correction, &proof, by, session.now).await {
        Err(StoreError::Moved) => return Err(wrong("proof.code", sentence(None))),
        done => done?,
    }
    Ok(Json((&app.store().customer(id).await?).into()))
}

async fn seen(app: &App, session: &Session, id: CustomerId) -> Answer<Customer> {
    match app.store().customer_seen(id, &session.scope).await {
        Ok(customer) if !customer.erased => Ok(customer),
        Ok(_) | Err(StoreError::NotFound(_)) => Err(not_mine()),
        Err(error) => Err(error.into()),
    }
}

fn read(body: &NewCorrection) -> Answer<Correction> {
    let text = |text: &Option<String>| text.as_deref().map(clean::text).filter(|t| !t.is_empty());
    let (name, address) = (text(&body.name), text(&body.address));
    for (field, text) in [("name", &name), ("address", &address)] {
        if text.as_ref().is_some_and(|text| text.chars().count() > MAX) {
            let most = Text::new("最多 200 个字符", "At most 200 characters");
            return Err(wrong(field, most));
        }
    }
    let phone = text(&body.phone).map(|phone| mobile(&phone)).transpose()?;
    if name.is_none() && phone.is_none() && address.is_none() {
        return Err(wrong(
            "name",
            Text::new(
                "请填写要更正的姓名、电话或住址",
                "Give the name, telephone or address that is right",
            ),
        ));
    }
    Ok(Correction { name, phone, address })
}

async fn proven(
    app: &App,
    session: &Session,
    customer: &Customer,
    proof: &Proven,
) -> Answer<Proof> {
    match proof {
        Proven::Code { code } => {
            let code: String = code.chars().filter(|c| !c.is_whitespace()).take(16).collect();
            let about = About::Correction;
            match app.store().guess_code(customer.id, about, &code, session.now).await? {
                Guess::Right(right) => Ok(Proof::Code(right)),
                Guess::Wrong(left) => Err(wrong("proof.code", sentence(Some(left)))),
                Guess::None => Err(wrong("proof.code", sentence(None))),
            }
        }
        Proven::Identity { document, last4 } => {
            let last4 = clean::code(last4);
            let fits = last4.len() == 4 && last4.bytes().all(|b| b.is_ascii_alphanumeric());
            let known = customer.id_last4.as_ref().map(store::Personal::reveal);
            if !fits {
                let sentence =
                    Text::new("证件末四位是四个字符", "The last four are four characters");
                return Err(wrong("proof.last4", sentence));
            }
            if known.is_some_and(|known| !known.eq_ignore_ascii_case(&last4)) {
                return Err(wrong(
                    "proof.last4",
                    Text::new(
                        "与登记的证件末四位不符；请核对是不是本人",
                        "These are not the last four on record; make sure it is this person",
                    ),
                ));
            }
            Ok(Proof::Document(document.word().into(), last4))
        }
        Proven::Officer { reason } => {
            if !session.may(Permission::PersonalManage) {
                return Err(wrong(
                    "proof.means",
                    Text::new(
                        "只有个人信息保护负责人可以凭理由更正；请读回验证码，或当面核对证件",
                        "Only who answers for personal data corrects by a reason; have a code read \
                         back, or look at a document in person",
                    ),
                ));
            }
            let reason: String = clean::text(reason).chars().take(MAX).collect();
            if reason.chars().count() < 2 {
                return Err(wrong("proof.reason", Text::new("请写明理由", "Say why")));
            }
            Ok(Proof::Officer(reason))
        }
    }
}

fn wrong(field: &str, sentence: Text) -> Problem {
    Problem::new("form-invalid").field(field, "invalid", sentence)
}
