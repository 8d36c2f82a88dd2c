//! HTTPS by the server itself, asked as a browser asks: with the roots it trusts, by name.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

#[expect(dead_code, reason = "other tests ask more of a server")]
mod support;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::json;
use std::fs;
use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use support::{Answer, Folder, Served};

/// Whatever the answers of a test need not wait longer for.
const TRIES: usize = 600;
const BETWEEN: Duration = Duration::from_millis(100);

/// A port nobody listens on now.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Asks over TLS, trusting one root alone; what the handshake says when it fails.
fn asked(port: u16, name: &str, root: &str, head: &str) -> Result<Answer, String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut tls = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|e| e.to_string())?;
    tls.complete_io(&mut stream).map_err(|e| e.to_string())?;
    let mut stream = BufReader::new(StreamOwned::new(tls, stream));
    stream.get_mut().write_all(head.as_bytes()).unwrap();
    Ok(Answer::read(&mut stream))
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: sanbao.lan\r\nConnection: close\r\n\r\n")
}

fn plain(port: u16, head: &str) -> Answer {
    let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).unwrap());
    stream.get_mut().write_all(head.as_bytes()).unwrap();
    Answer::read(&mut stream)
}

fn port(served: &Served) -> u16 {
    served.host.rsplit_once(':').unwrap().1.parse().unwrap()
}

fn stopped(served: Served) {
    served.terminate();
    assert_eq!(served.end().0, Some(0));
}

#[test]
fn a_lan_has_an_authority_of_its_own() {
    let data = Folder::named("own-authority");
    let side = free_port();
    let beside = format!("127.0.0.1:{side}");
    let names = ["--own-authority", "sanbao.lan", "--own-authority", "127.0.0.1"];
    let served =
        Served::start(&data.0, &[&names[..], &["--demo=day", "--redirect", &beside]].concat());
    assert!(served.host.starts_with("sanbao.lan:"), "{}", served.host);
    let port = port(&served);

    // The root can be fetched before it is trusted, and whoever forgot the `s` is led on.
    let root = plain(side, &get("/authority.crt"));
    assert_eq!(root.status, 200);
    let led = plain(side, &get("/desk?q=1"));
    assert_eq!(led.status, 308);
    assert!(led.head.contains(&format!("location: https://sanbao.lan:{port}/desk?q=1")));

    for name in ["sanbao.lan", "127.0.0.1"] {
        let answer = asked(port, name, &root.body, &get("/healthz")).unwrap();
        assert_eq!(answer.status, 200, "{name}");
        // Who has not installed the root yet must still be let past the warning.
        assert!(!answer.head.contains("strict-transport-security"), "{}", answer.head);
    }
    let body = json!({ "login": "lina", "password": "demo1234" }).to_string();
    let sign_in = format!(
        "POST /api/v1/session HTTP/1.1\r\nHost: sanbao.lan\r\nX-Sanbao: 1\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let entered = asked(port, "sanbao.lan", &root.body, &sign_in).unwrap();
    assert_eq!(entered.status, 200, "{}", entered.body);
    assert!(entered.head.contains("; Secure"), "{}", entered.head);

    let elsewhere = asked(port, "bank.example", &root.body, &get("/healthz")).unwrap_err();
    assert!(elsewhere.contains("not valid for name"), "{elsewhere}");
    stopped(served);

    let again = Served::start(&data.0, &names);
    let same = asked(self::port(&again), "sanbao.lan", &root.body, &get("/authority.crt"));
    assert_eq!(same.unwrap().body, root.body, "a restart keeps the root the counters installed");
    stopped(again);
}

#[test]
fn a_root_of_our_own_speaks_for_no_other_name() {
    let data = Folder::named("bound-authority");
    stopped(Served::start(&data.0, &["--own-authority", "sanbao.lan"]));
    let read = |name: &str| fs::read_to_string(data.0.join("tls").join(name)).unwrap();
    // Whoever has its key gives out a certificate for another name, and serves it.
    let authority = KeyPair::from_pem(&read("authority.key")).unwrap();
    let mut root = CertificateParams::default();
    root.distinguished_name = rcgen::DistinguishedName::new();
    root.distinguished_name.push(rcgen::DnType::CommonName, "Sanbao sanbao.lan");
    let key = KeyPair::generate().unwrap();
    let bank = CertificateParams::new(["bank.example".to_owned()]).unwrap();
    let bank = bank.signed_by(&key, &rcgen::Issuer::new(root, authority)).unwrap();
    let pair = written(&data.0, &bank.pem(), &key.serialize_pem());
    let served = Served::start(&data.0, &pair.each_ref().map(String::as_str));
    let root = read("authority.crt");
    let refused = asked(port(&served), "bank.example", &root, &get("/healthz")).unwrap_err();
    assert!(refused.contains("NameConstraintViolation"), "{refused}");
    stopped(served);
}

#[test]
fn a_certificate_of_the_company_is_taken_from_files() {
    let data = Folder::named("own-files");
    let made = rcgen::generate_simple_self_signed(["sanbao.example.cn".to_owned()]).unwrap();
    let root = made.cert.pem();
    let pair = written(&data.0, &root, &made.signing_key.serialize_pem());
    let served = Served::start(&data.0, &pair.each_ref().map(String::as_str));
    let answer = asked(port(&served), "sanbao.example.cn", &root, &get("/healthz")).unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("strict-transport-security: max-age=31536000"));
    stopped(served);

    let other = KeyPair::generate().unwrap().serialize_pem();
    for (certificate, key, why) in [
        (root.as_str(), other.as_str(), "do not belong together"),
        ("nothing", other.as_str(), "no certificate"),
        (root.as_str(), "nothing", "the key is not PEM"),
    ] {
        let pair = written(&data.0, certificate, key);
        let output = Command::new(env!("CARGO_BIN_EXE_sanbao"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data.0)
            .args(pair)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(said.contains(why) && said.contains("own.crt"), "{said}");
    }
}

/// The two files, as the command line names them.
fn written(folder: &Path, certificate: &str, key: &str) -> [String; 4] {
    fs::create_dir_all(folder).unwrap();
    let (first, second) = (folder.join("own.crt"), folder.join("own.key"));
    fs::write(&first, certificate).unwrap();
    fs::write(&second, key).unwrap();
    let shown = |path: PathBuf| path.display().to_string();
    ["--certificate".into(), shown(first), "--key".into(), shown(second)]
}

/// A program that ends with the test.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn started(program: &str, options: &[&str]) -> Helper {
    let mut command = Command::new(program);
    command.args(options).env("PEBBLE_VA_NOSLEEP", "1");
    Helper(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

/// Tries until it is there.
#[expect(clippy::disallowed_methods, reason = "another program is waited for, which rings no bell")]
fn awaited<T>(mut attempt: impl FnMut() -> Result<T, String>) -> T {
    let mut why = String::new();
    for _ in 0..TRIES {
        match attempt() {
            Ok(found) => return found,
            Err(error) => why = error,
        }
        std::thread::sleep(BETWEEN);
    }
    panic!("it does not come: {why}")
}

#[test]
fn an_authority_of_the_internet_gives_a_certificate_that_is_kept() {
    if Command::new("pebble").arg("-h").output().is_err() {
        println!("LEFT OUT: no ACME authority to test with (Debian package `pebble`)");
        return;
    }
    let data = Folder::named("acme");
    fs::create_dir_all(&data.0).unwrap();
    let [ours, directory, management, names, control] = std::array::from_fn(|_| free_port());
    let local = |port: u16| format!("127.0.0.1:{port}");
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let root = made.cert.pem();
    let [_, certificate, _, key] = written(&data.0, &root, &made.signing_key.serialize_pem());
    let config = data.0.join("pebble.json");
    let settings = json!({ "pebble": {
        "listenAddress": local(directory), "managementListenAddress": local(management),
        "certificate": certificate, "privateKey": key, "httpPort": 5002, "tlsPort": ours,
    }});
    fs::write(&config, settings.to_string()).unwrap();
    let resolver = started(
        "pebble-challtestsrv",
        &[
            "-defaultIPv4",
            "127.0.0.1",
            "-defaultIPv6",
            "",
            "-dns01",
            &local(names),
            "-management",
            &local(control),
            "-http01",
            "",
            "-https01",
            "",
            "-tlsalpn01",
            "",
        ],
    );
    let authority =
        started("pebble", &["-config", &config.display().to_string(), "-dnsserver", &local(names)]);
    let trusted = awaited(|| asked(management, "localhost", &root, &get("/roots/0"))).body;

    let directory = format!("https://localhost:{directory}/dir");
    let listen = local(ours);
    let options = [
        "--listen",
        &listen,
        "--acme",
        "after-sales.example.cn",
        "--acme-directory",
        &directory,
        "--acme-root",
        &certificate,
        "--acme-contact",
        "it@example.cn",
    ];
    let served = Served::start(&data.0, &options);
    let name = "after-sales.example.cn";
    let answer = awaited(|| asked(ours, name, &trusted, &get("/healthz")));
    assert_eq!(answer.status, 200);
    stopped(served);

    // The next start asks nobody: the authority may be away.
    drop((authority, resolver));
    let served = Served::start(&data.0, &options);
    let answer = asked(ours, name, &trusted, &get("/healthz")).unwrap();
    assert!(answer.head.contains("strict-transport-security"), "{}", answer.head);
    stopped(served);
}
