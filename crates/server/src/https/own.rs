//! An authority of our own, for a network that the internet does not know.
//!
//! Its root is installed once on each counter's machine, so it is bound to the names of this
//! server: whoever stole its key could not pass for a bank.

use super::certificates::{Certificates, certified};
use super::{HOUR, seconds_now};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Days a root holds: installing it anew is a walk through all stations.
const ROOT_DAYS: i64 = 3_650;
/// Days a certificate holds; each start and each month makes a new one.
const DAYS: i64 = 90;
const MONTH: i64 = 30 * 86_400;

/// The root that machines install.
pub fn authority(data: &Path) -> PathBuf {
    data.join("tls").join("authority.crt")
}

pub(super) fn load(into: &Certificates, names: &[String], folder: &Path) -> Result<(), String> {
    let issuer = issuer(names, folder)?;
    let key = made(KeyPair::generate())?;
    let mut params = made(CertificateParams::new(names))?;
    term(&mut params, DAYS)?;
    params.distinguished_name.push(DnType::CommonName, first(names)?);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    let certificate = made(params.signed_by(&key, &issuer))?;
    into.set(certified(certificate.pem().as_bytes(), key.serialize_pem().as_bytes())?);
    Ok(())
}

pub(super) async fn keep(into: &Certificates, names: &[String], folder: &Path) {
    loop {
        tokio::time::sleep(HOUR).await;
        if into.term().is_some_and(|(given, _)| seconds_now() - given < MONTH) {
            continue;
        }
        if let Err(error) = load(into, names, folder) {
            tracing::error!(%error, "the certificate could not be renewed");
        }
    }
}

/// The authority in the folder; a new one when there is none, or for other names.
fn issuer(names: &[String], folder: &Path) -> Result<Issuer<'static, KeyPair>, String> {
    let (root, secret) = (folder.join("authority.crt"), folder.join("authority.key"));
    let known = folder.join("authority.names");
    let listed = names.join("\n");
    let params = root_of(names)?;
    let there = fs::read_to_string(&known).is_ok_and(|had| had == listed) && root.is_file();
    if there {
        let pem = fs::read_to_string(&secret)
            .map_err(|e| format!("{} cannot be read: {e}", secret.display()))?;
        return Ok(Issuer::new(params, made(KeyPair::from_pem(&pem))?));
    }
    let key = made(KeyPair::generate())?;
    let certificate = made(params.self_signed(&key))?;
    let write = |path: &Path, text: &str| {
        super::acme::secret(path, text.as_bytes())
            .map_err(|e| format!("{} cannot be written: {e}", path.display()))
    };
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    write(&secret, &key.serialize_pem())?;
    write(&root, &certificate.pem())?;
    write(&known, &listed)?;
    tracing::warn!(root = %root.display(), "a new authority: install its root on each machine");
    Ok(Issuer::new(params, key))
}

/// What the root says: who it is, and for which names alone it may speak.
fn root_of(names: &[String]) -> Result<CertificateParams, String> {
    let mut params = CertificateParams::default();
    term(&mut params, ROOT_DAYS)?;
    let name = format!("Sanbao {}", first(names)?);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let permitted = names.iter().map(|name| match name.parse::<IpAddr>() {
        Ok(address) => {
            let bits = if address.is_ipv4() { 32 } else { 128 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits))
        }
        Err(_) => GeneralSubtree::DnsName(name.clone()),
    });
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: permitted.collect(),
        excluded_subtrees: vec![],
    });
    Ok(params)
}

/// From yesterday, as clocks of counters are late, for so many days.
fn term(params: &mut CertificateParams, days: i64) -> Result<(), String> {
    let day = |offset: i64| {
        let at = jiff::Timestamp::from_second(seconds_now() + offset * 86_400);
        let date = at.map_err(|e| e.to_string())?.to_zoned(jiff::tz::TimeZone::UTC).date();
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        Ok::<_, String>(date_time_ymd(i32::from(date.year()), month, day))
    };
    params.not_before = day(-1)?;
    params.not_after = day(days)?;
    Ok(())
}

fn first(names: &[String]) -> Result<&str, String> {
    names.first().map(String::as_str).ok_or_else(|| "no name was given".to_owned())
}

fn made<T>(result: Result<T, rcgen::Error>) -> Result<T, String> {
    result.map_err(|e| format!("the certificate could not be made: {e}"))
}
