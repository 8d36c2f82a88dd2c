//! How the product is served.

use super::{DataArgs, LogForm};
use std::path::PathBuf;

/// Which story a demonstration has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Story {
    /// A company of twelve stations with a year behind it.
    Year,
    /// A station's day with its last weeks: made in a second or two.
    Day,
}

/// `sanbao serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataArgs,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Fill an empty database with a demonstration company and show its accounts: twelve stations
    /// with a year behind them; or `--demo=day`, two of them with their last weeks.
    #[arg(
        long, value_enum, value_name = "STORY", num_args = 0..=1, require_equals = true,
        default_missing_value = "year"
    )]
    pub demo: Option<Story>,
    /// Where the clock of a demonstration begins, as `2026-11-24T23:50:00+08:00`; it runs on from
    /// there. To see what happens at midnight without waiting for it.
    #[arg(long, value_name = "INSTANT", requires = "demo")]
    pub at: Option<jiff::Timestamp>,
    /// Address on which figures are served at `/metrics`, for a collector on another machine; by
    /// default they are told to this machine only.
    #[arg(long, value_name = "ADDR")]
    pub metrics: Option<String>,
    /// How log lines are written on stderr: for people, or one JSON object each.
    #[arg(long, value_enum, default_value = "text")]
    pub log: LogForm,
    /// A proxy in front speaks HTTPS: cookies are sent over it only.
    #[arg(long)]
    pub secure: bool,
    /// Address of a proxy in front, which says in `X-Forwarded-For` whom it asks for; several by
    /// commas. Without it wrong passwords of all who come through it are counted as one machine's.
    #[arg(long, value_name = "IP", value_delimiter = ',')]
    pub proxy: Vec<std::net::IpAddr>,
    /// People sign in through the company's identity provider too: the file that says which one
    /// (docs/operations.md).
    #[arg(long, value_name = "FILE")]
    pub oidc: Option<PathBuf>,
    /// Customers are told by text message and the like: the file that says by whom and how
    /// (docs/operations.md).
    #[arg(long, value_name = "FILE")]
    pub channels: Option<PathBuf>,
    /// HTTPS by the server itself.
    #[command(flatten)]
    pub https: HttpsArgs,
}

/// HTTPS of `sanbao serve`: at most one source of the certificate.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct HttpsArgs {
    /// HTTPS with this certificate: PEM, with what leads to its root. Read again when it changes.
    #[arg(long, value_name = "FILE", requires = "key", group = "https")]
    pub certificate: Option<PathBuf>,
    /// The key of the certificate, PEM.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub key: Option<PathBuf>,
    /// HTTPS with a certificate that Let's Encrypt gives for this name and renews; its terms are
    /// agreed to. The name must lead here, port 443 be open. May be given several times.
    #[arg(long, value_name = "NAME", group = "https")]
    pub acme: Vec<String>,
    /// Where the authority writes to when something is wrong.
    #[arg(long, value_name = "EMAIL", requires = "acme")]
    pub acme_contact: Option<String>,
    /// Another authority than Let's Encrypt: the URL of its directory.
    #[arg(long, value_name = "URL", requires = "acme")]
    pub acme_directory: Option<String>,
    /// PEM root of that authority, if machines do not know it.
    #[arg(long, value_name = "FILE", requires = "acme_directory")]
    pub acme_root: Option<PathBuf>,
    /// HTTPS in a network that the internet does not know: an authority of its own for this name or
    /// address, whose root each machine installs once from `/authority.crt`. May be given several
    /// times.
    #[arg(long, value_name = "NAME", group = "https")]
    pub own_authority: Vec<String>,
    /// Address without HTTPS that leads to the one with it, as `0.0.0.0:80`.
    #[arg(long, value_name = "ADDR", requires = "https")]
    pub redirect: Option<String>,
}
