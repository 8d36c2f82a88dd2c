//! The first administrator: a system without one prints a link, and who opens it becomes one.

use crate::app::{App, StartError};
use rulebook::Release;
use rulebook::model::Permission;

/// Page that takes a link; the token stands behind `#`, which browsers do not send.
const PAGE: &str = "/welcome";

/// Path of the page with a token.
pub fn path(token: &str) -> String {
    format!("{PAGE}#{token}")
}

/// Roles that administer the system.
pub fn administrators(release: &Release) -> Vec<&str> {
    let roles = release.roles.values();
    roles
        .filter(|role| role.permissions.contains(&Permission::SystemAdmin))
        .map(|role| role.id.as_str())
        .collect()
}

/// The link for the first administrator, while nobody can administer the system; a new one at each
/// start, so that one that got about is void.
pub async fn first_link(app: &App) -> Result<Option<String>, StartError> {
    let release = app.releases().current(app.today()).map_err(|_| StartError::NoRelease)?;
    if app.store().holders_of_roles(&administrators(&release), app.oidc().is_some()).await? > 0 {
        return Ok(None);
    }
    let token = crate::auth::new_token().map_err(|_| StartError::NoRandomness)?;
    app.store().invite_first(&token, app.now()).await?;
    Ok(Some(path(&token)))
}

/// What to print for whoever started the server, which is reached at `url`.
pub fn sentence(url: &str, link: &str) -> base::Text {
    // Nobody can type the address that stands for all.
    let url = url.replace("//0.0.0.0", "//localhost").replace("//[::]", "//localhost");
    base::Text::new(
        format!("还没有管理员。三天内打开此链接设立第一位：{url}{link}"),
        format!(
            "There is no administrator yet. Within three days, open this to become the first: \
             {url}{link}"
        ),
    )
}
