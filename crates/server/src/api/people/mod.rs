//! Members of staff (员工): who they are, where they work, what they may do and why.

mod get;
mod identity;
mod invite;
pub mod list;
mod roles;
mod write;

pub use get::IdentityView;
pub use invite::invitation;
pub use write::{NewPersonForm, PersonForm, RoleForm, checked_login, managed, standing};

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/people`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, write::create))
        .routes(routes!(roles::roles))
        .routes(routes!(get::get, write::put))
        .routes(routes!(invite::invite))
        .routes(routes!(invite::sign_out))
        .routes(routes!(identity::end))
}
