//! Files that are likely of one person, and two files side by side.

use super::CustomerView;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::view::{List, Words};
use axum::extract::State;
use base::{CustomerId, Text};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::customer::{Alike, Compared, Forbidden, Pair};
use utoipa::{IntoParams, ToSchema};

/// Two files beside each other (疑似重复).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerPair)]
pub struct PairView {
    one: ComparedView,
    other: ComparedView,
    /// In what they are alike: `phone`, `name`, `identity`, `vehicle`, `address`.
    alike: Vec<&'static str>,
    /// Why they may not be merged now; null: they may.
    refused: Option<Words>,
}

/// A file beside another, masked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedCustomer)]
pub struct ComparedView {
    #[serde(flatten)]
    customer: CustomerView,
    made_at: String,
    vehicles: i64,
    cases: i64,
}

impl From<&Compared> for ComparedView {
    fn from(file: &Compared) -> Self {
        Self {
            customer: (&file.customer).into(),
            made_at: file.made_at.to_string(),
            vehicles: file.vehicles,
            cases: file.cases,
        }
    }
}

/// Where a page begins.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Place {
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Files that are likely the same person as this one, of those I may see: the same telephone with
/// the same name or no name, the same identity number, or the same name with the same vehicle or
/// nearly the same address. Those that somebody judged to be two people are left out.
#[utoipa::path(
    get, path = "/customers/{id}/likely", tag = "customers", operation_id = "customers_likely",
    params(("id" = String, Path)),
    responses((status = 200, body = List<PairView>), (status = 404)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn likely(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<List<PairView>>> {
    let pairs = app.store().likely_same(id, &session.scope).await?;
    Ok(Json(List::whole(views(&app, pairs).await?)))
}

/// Two files of mine side by side, masked, with what forbids to merge them.
#[utoipa::path(
    get, path = "/customers/{id}/compare/{other}", tag = "customers",
    operation_id = "customers_compare",
    params(("id" = String, Path), ("other" = String, Path)),
    responses((status = 200, body = PairView), (status = 404)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn compare(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(ids): Path<(CustomerId, CustomerId)>,
) -> Answer<Json<PairView>> {
    let pair = app.store().compare_customers(ids, &session.scope).await?;
    Ok(Json(view(&app, &pair).await?))
}

/// Pairs of files of one telephone in my scope that are likely one person.
#[utoipa::path(
    get, path = "/duplicates", tag = "customers", operation_id = "duplicates_list",
    params(Place), responses((status = 200, body = List<PairView>)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn duplicates(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Query(from): Query<Place>,
) -> Answer<Json<List<PairView>>> {
    let found = app.store().duplicates(&session.scope, from.cursor.as_deref()).await;
    let (pairs, next) = match found {
        Err(StoreError::NotFound(_)) => (vec![], None),
        found => found?,
    };
    Ok(Json(List::page(views(&app, pairs).await?, next)))
}

async fn views(app: &App, pairs: Vec<Pair>) -> Answer<Vec<PairView>> {
    let mut views = Vec::with_capacity(pairs.len());
    for pair in &pairs {
        views.push(view(app, pair).await?);
    }
    Ok(views)
}

async fn view(app: &App, pair: &Pair) -> Answer<PairView> {
    let ids = (pair.one.customer.id, pair.other.customer.id);
    let refused = app.store().merge_forbidden(ids, app.today()).await?;
    Ok(PairView {
        one: (&pair.one).into(),
        other: (&pair.other).into(),
        alike: pair.alike.iter().map(|alike: &Alike| alike.word()).collect(),
        refused: refused.map(|why| (&sentence(&why)).into()),
    })
}

/// Why two files may not be merged.
pub fn sentence(why: &Forbidden) -> Text {
    match why {
        Forbidden::Same => Text::new("两份已经是同一份资料", "Both are one file already"),
        Forbidden::Erased => Text::new(
            "其中一份的个人信息已删除，不能再合并",
            "The personal data of one of them was erased; it cannot be merged any more",
        ),
        Forbidden::Held => Text::new(
            "其中一份加了保全：先解除保全，再合并",
            "A hold stands on one of them; lift it first",
        ),
        Forbidden::ErasureAsked => Text::new(
            "其中一份有待办的注销请求：先办结或撤回，再合并",
            "An erasure of one of them waits; finish or withdraw it first",
        ),
        Forbidden::OtherIdentity => Text::new(
            "两份登记的身份证号不同，是两个人",
            "Their identity numbers differ: they are two people",
        ),
        Forbidden::Party(number) => Text::new(
            format!("未办结的 {number} 里他们是不同的当事人（例如过户的买卖双方）：办结后再合并"),
            format!("In {number}, still open, they are different parties; merge when it is closed"),
        ),
    }
}

/// The same as a refusal.
pub fn refusal(why: &Forbidden) -> Problem {
    let said = sentence(why);
    Problem::new("merge-refused").detail(said.zh, said.en)
}
