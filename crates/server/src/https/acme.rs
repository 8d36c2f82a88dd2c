//! A certificate from an authority on the internet (RFC 8555), which looks on port 443 whether the
//! name leads here (TLS-ALPN-01, RFC 8737): nothing but the port must be open.

use super::certificates::{Certificates, certified, shown};
use super::{HOUR, MINUTE, seconds_now};
use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, LetsEncrypt, NewAccount, NewOrder,
    Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Who is asked for which names.
#[derive(Debug, Clone, Default)]
pub struct Acme {
    /// Names that lead to this server; the first is printed.
    pub names: Vec<String>,
    /// An e-mail address the authority warns of trouble.
    pub contact: Option<String>,
    /// The authority's directory; Let's Encrypt when absent.
    pub directory: Option<String>,
    /// PEM root of an authority inside the company.
    pub root: Option<PathBuf>,
}

/// How long an authority may take to look; some wait for a quiet minute.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_mins(2));

/// What was kept of the last time: account, certificate, key.
struct Kept {
    account: PathBuf,
    certificate: PathBuf,
    key: PathBuf,
    names: PathBuf,
}

impl Kept {
    fn of(folder: &Path) -> Self {
        let file = |name: &str| folder.join(name);
        Self {
            account: file("acme-account.json"),
            certificate: file("acme.crt"),
            key: file("acme.key"),
            names: file("acme.names"),
        }
    }
}

/// Takes up the certificate of the last run, if it was for the same names.
pub(super) fn load(into: &Certificates, acme: &Acme, folder: &Path) -> Result<(), String> {
    if acme.names.is_empty() {
        return Err("no name was given".to_owned());
    }
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let kept = Kept::of(folder);
    let same = fs::read_to_string(&kept.names).is_ok_and(|had| had == acme.names.join("\n"));
    let (Ok(chain), Ok(key), true) = (fs::read(&kept.certificate), fs::read(&kept.key), same)
    else {
        return Ok(());
    };
    into.set(certified(&chain, &key)?);
    Ok(())
}

/// Asks for a certificate when there is none, and for a new one when a third of its life is left.
pub(super) async fn keep(into: &Certificates, acme: &Acme, folder: &Path) {
    let mut failed = 0;
    loop {
        let due = into.term().is_none_or(|(given, end)| end - seconds_now() < (end - given) / 3);
        if !due {
            tokio::time::sleep(HOUR).await;
            continue;
        }
        let obtained = obtain(into, acme, folder).await;
        into.challenges_over();
        match obtained {
            Ok(()) => {
                failed = 0;
                tracing::info!(names = %acme.names.join(" "), "the certificate is in force");
            }
            Err(error) => {
                failed += 1;
                tracing::warn!(%error, "the authority gave no certificate; asked again later");
                // An authority counts failures: a name that does not lead here yet must not lock
                // itself out for the week.
                tokio::time::sleep(if failed < 3 { MINUTE * 5 } else { HOUR }).await;
            }
        }
    }
}

async fn obtain(into: &Certificates, acme: &Acme, folder: &Path) -> Result<(), String> {
    let kept = Kept::of(folder);
    let account = account(acme, &kept).await?;
    let names: Vec<Identifier> = acme.names.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&names)).await.map_err(said)?;
    prove(into, &mut order).await?;
    match order.poll_ready(&PATIENCE).await.map_err(said)? {
        OrderStatus::Ready => {}
        other => {
            return Err(format!("the names were not accepted ({other:?}): do they lead here?"));
        }
    }
    let key = order.finalize().await.map_err(said)?;
    let chain = order.poll_certificate(&PATIENCE).await.map_err(said)?;
    let new = certified(chain.as_bytes(), key.as_bytes())?;
    let write = |path: &Path, text: &str| {
        secret(path, text.as_bytes()).map_err(|e| format!("{}: {e}", path.display()))
    };
    write(&kept.names, "")?;
    write(&kept.key, &key)?;
    write(&kept.certificate, &chain)?;
    write(&kept.names, &acme.names.join("\n"))?;
    into.set(new);
    Ok(())
}

/// The account of the last time, or a new one.
async fn account(acme: &Acme, kept: &Kept) -> Result<Account, String> {
    let builder = match &acme.root {
        Some(root) => Account::builder_with_root(root),
        None => Account::builder(),
    }
    .map_err(said)?;
    if let Ok(text) = fs::read(&kept.account) {
        let credentials = serde_json::from_slice(&text)
            .map_err(|e| format!("{}: {e}", kept.account.display()))?;
        return builder.from_credentials(credentials).await.map_err(said);
    }
    let contact = acme.contact.as_ref().map(|mail| format!("mailto:{mail}"));
    let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
    let new = NewAccount {
        contact: &contact,
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let directory = acme.directory.clone();
    let directory = directory.unwrap_or_else(|| LetsEncrypt::Production.url().to_owned());
    let (account, credentials) = builder.create(&new, directory, None).await.map_err(said)?;
    let text = serde_json::to_vec(&credentials).map_err(|e| e.to_string())?;
    secret(&kept.account, &text).map_err(|e| format!("{}: {e}", kept.account.display()))?;
    Ok(account)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn said(error: instant_acme::Error) -> String {
    crate::causes::told(&error)
}

/// Holds out, for each name, the certificate the authority will look for.
async fn prove(into: &Certificates, order: &mut Order) -> Result<(), String> {
    let mut all = order.authorizations();
    while let Some(next) = all.next().await {
        let mut one = next.map_err(said)?;
        match one.status {
            AuthorizationStatus::Valid => continue,
            AuthorizationStatus::Pending => {}
            other => return Err(format!("the authority will not look at a name ({other:?})")),
        }
        let name = one.identifier().to_string();
        let mut challenge = one
            .challenge(ChallengeType::TlsAlpn01)
            .ok_or("the authority does not look by TLS-ALPN-01")?;
        let digest = challenge.key_authorization().digest();
        let key = KeyPair::generate().map_err(|e| e.to_string())?;
        let mut params = CertificateParams::new([name.clone()]).map_err(|e| e.to_string())?;
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest.as_ref())];
        let certificate = params.self_signed(&key).map_err(|e| e.to_string())?;
        into.challenge(&name, shown(&certificate, &key)?);
        challenge.set_ready().await.map_err(said)?;
    }
    Ok(())
}

/// Writes a file only its owner reads, whole or not at all.
pub(super) fn secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let new = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)
}
