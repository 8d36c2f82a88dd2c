//! `GET /me/lists`, `PUT /me/lists`: how I have set up my lists (列表设置).

use crate::app::App;
use crate::auth::SignedIn;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use axum::http::StatusCode;
use base::Text;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use utoipa::ToSchema;

/// Letters of the key of a list and of a column.
const MOST_KEY: usize = 60;
/// Columns of one list.
const MOST_COLUMNS: usize = 60;
/// Filters saved for one list.
const MOST_SAVED: usize = 20;
/// Letters of the name of a filter.
const MOST_NAME: usize = 30;
/// Letters of a filter.
const MOST_QUERY: usize = 500;
/// What people type to find somebody: a name, a phone number. It is not kept.
const SEARCH: &str = "q";

/// One list as I have set it up.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSetting {
    /// Which list: the path of its page, without the leading slash.
    list: String,
    /// Columns shown, in their order; none: those the page begins with.
    #[serde(default)]
    columns: Option<Vec<String>>,
    /// Filters under a name.
    saved: Vec<SavedFilter>,
}

/// A filter under a name (保存的筛选).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedFilter {
    /// What I call it, 1 to 30 letters.
    name: String,
    /// As the address of the page has it, without the search word `q`, which may be a name.
    query: String,
}

/// What is kept of a setting; the list is the key of its row.
#[derive(Serialize, Deserialize)]
struct Kept {
    columns: Option<Vec<String>>,
    saved: Vec<SavedFilter>,
}

/// The lists that I have set up.
#[utoipa::path(
    get, path = "/me/lists", tag = "session", operation_id = "me_lists_get",
    responses((status = 200, body = List<ListSetting>)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn get(State(app): State<App>, session: SignedIn) -> Answer<Json<List<ListSetting>>> {
    let rows = app.store().list_views(session.person.id).await?;
    let read = |(list, body)| {
        let kept: Kept = serde_json::from_value(body).ok()?;
        Some(ListSetting { list, columns: kept.columns, saved: kept.saved })
    };
    Ok(Json(List::whole(rows.into_iter().filter_map(read).collect())))
}

/// Sets up one list; without columns and filters it is as it was in the beginning.
#[utoipa::path(
    put, path = "/me/lists", tag = "session", operation_id = "me_lists_put",
    request_body = ListSetting,
    responses((status = 204), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn put(
    State(app): State<App>,
    session: SignedIn,
    Json(wanted): Json<ListSetting>,
) -> Answer<StatusCode> {
    if let Some((field, why)) = wrong(&wanted) {
        return Err(Problem::new("form-invalid").sentence(why.clone()).field(field, "value", why));
    }
    let person = session.person.id;
    let ListSetting { list, columns, saved } = wanted;
    if columns.is_none() && saved.is_empty() {
        app.store().forget_list_view(person, &list).await?;
        return Ok(StatusCode::NO_CONTENT);
    }
    let body = json!(Kept { columns, saved });
    match app.store().set_list_view(person, &list, &body).await {
        Err(StoreError::Taken(_)) => Err(Problem::new("conflict").detail(
            "设置过的列表太多，请先恢复一些列表的默认设置",
            "You have set up too many lists; put some of them back first",
        )),
        done => done.map(|()| StatusCode::NO_CONTENT).map_err(Problem::from),
    }
}

/// The field that is wrong, and why.
fn wrong(setting: &ListSetting) -> Option<(&'static str, Text)> {
    let key = |word: &str| {
        let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.');
        (1..=MOST_KEY).contains(&word.len()) && word.chars().all(letters)
    };
    if !key(&setting.list) {
        let why = Text::new(
            format!("列表名由 1 到 {MOST_KEY} 个字母、数字、/、_、-、. 组成"),
            format!("A list is named by 1 to {MOST_KEY} letters, digits, /, _, - and ."),
        );
        return Some(("list", why));
    }
    let columns = setting.columns.as_deref().unwrap_or_default();
    if columns.len() > MOST_COLUMNS || !columns.iter().all(|column| key(column)) {
        let why = Text::new(
            format!("最多 {MOST_COLUMNS} 列，列名同列表名"),
            format!("At most {MOST_COLUMNS} columns, named like lists"),
        );
        return Some(("columns", why));
    }
    if setting.saved.len() > MOST_SAVED {
        let why = Text::new(
            format!("每个列表最多保存 {MOST_SAVED} 个筛选，请先删掉不用的"),
            format!("A list keeps at most {MOST_SAVED} filters; delete one first"),
        );
        return Some(("saved", why));
    }
    setting.saved.iter().find_map(|saved| wrong_filter(saved, &setting.saved))
}

fn wrong_filter(saved: &SavedFilter, all: &[SavedFilter]) -> Option<(&'static str, Text)> {
    let SavedFilter { name, query } = saved;
    if name.trim().is_empty() || name.chars().count() > MOST_NAME {
        let why = Text::new(
            format!("筛选的名称为 1 到 {MOST_NAME} 个字"),
            format!("A filter is named by 1 to {MOST_NAME} letters"),
        );
        return Some(("saved", why));
    }
    if all.iter().filter(|other| other.name == *name).count() > 1 {
        let why = Text::new(
            format!("已有名为“{name}”的筛选，请换一个名称"),
            format!("There is a filter named {name} already; choose another name"),
        );
        return Some(("saved", why));
    }
    let pairs = query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(key, _)| key));
    if query.chars().count() > MOST_QUERY || pairs.into_iter().any(|key| key == SEARCH) {
        let why = Text::new(
            format!("筛选条件最多 {MOST_QUERY} 字，且不含搜索词：搜索词可能是客户的姓名或电话"),
            format!(
                "A filter has at most {MOST_QUERY} letters and no search word, which may be \
                 somebody's name or phone number"
            ),
        );
        return Some(("saved", why));
    }
    None
}
