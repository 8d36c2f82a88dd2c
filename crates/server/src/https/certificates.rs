//! The certificate in force, and those by which we prove to an authority that a name is ours.

use rcgen::KeyPair;
use rustls::crypto::ring::default_provider;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use x509_cert::Certificate;
use x509_cert::der::Decode;

/// The protocol an authority asks by whether a name leads here (RFC 8737).
pub(super) const CHALLENGE: &[u8] = b"acme-tls/1";

/// What handshakes are answered with.
#[derive(Debug, Default)]
pub(super) struct Certificates {
    current: RwLock<Option<Arc<CertifiedKey>>>,
    challenges: RwLock<HashMap<String, Arc<CertifiedKey>>>,
}

impl Certificates {
    /// New connections get this one.
    pub(super) fn set(&self, certificate: CertifiedKey) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Some(Arc::new(certificate));
    }

    /// When the one in force was given and when it ends, in seconds since 1970.
    pub(super) fn term(&self) -> Option<(i64, i64)> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        term(current.cert.first()?)
    }

    pub(super) fn challenge(&self, name: &str, certificate: CertifiedKey) {
        let mut all = self.challenges.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(name.to_owned(), Arc::new(certificate));
    }

    pub(super) fn challenges_over(&self) {
        self.challenges.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if hello.alpn().is_some_and(|mut names| names.any(|name| name == CHALLENGE)) {
            let all = self.challenges.read().unwrap_or_else(PoisonError::into_inner);
            return all.get(hello.server_name()?).cloned();
        }
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A certificate with its chain and its key, from PEM; they must belong together.
///
/// # Errors
/// A sentence that says which of the two is wrong.
pub(super) fn certified(chain: &[u8], key: &[u8]) -> Result<CertifiedKey, String> {
    let chain = CertificateDer::pem_slice_iter(chain)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| format!("the certificate is not PEM: {e}"))?;
    let first = chain.first().ok_or("the file has no certificate (-----BEGIN CERTIFICATE-----)")?;
    term(first).ok_or("the certificate cannot be read")?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|e| format!("the key is not PEM: {e}"))?;
    CertifiedKey::from_der(chain, key, &default_provider())
        .map_err(|e| format!("certificate and key do not belong together: {e}"))
}

/// A certificate that shows whose the name is. Nobody but the authority reads it, and its extension
/// is one that no other reader knows (RFC 8737), so it is not looked at here.
///
/// # Errors
/// When the key is of no kind that can sign.
pub(super) fn shown(
    certificate: &rcgen::Certificate,
    key: &KeyPair,
) -> Result<CertifiedKey, String> {
    let secret = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let key = any_supported_type(&secret).map_err(|e| e.to_string())?;
    Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
}

fn term(certificate: &CertificateDer<'_>) -> Option<(i64, i64)> {
    let validity = Certificate::from_der(certificate).ok()?.tbs_certificate.validity;
    let seconds =
        |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).ok();
    Some((seconds(validity.not_before)?, seconds(validity.not_after)?))
}
