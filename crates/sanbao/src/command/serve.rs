//! `sanbao serve`: the server over a data folder, or over PostgreSQL.

use crate::args::{DataArgs, HttpsArgs, LogForm, ServeArgs, Story};
use crate::say::failed;
use base::{Lang, Text};
use server::demo::Demo;
use server::https::{Acme, Https};
use server::oidc::Settings;
use server::{App, Config};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Runs until SIGTERM or ctrl-c.
pub fn run(args: &ServeArgs, lang: Lang) -> ExitCode {
    log_as(args.log);
    small_pages();
    let mut config = config(&args.data);
    config.oidc = match args.oidc.as_deref().map(provider).transpose() {
        Ok(settings) => settings,
        Err(why) => return failed(why.get(lang)),
    };
    config.channels = match args.channels.as_deref().map(channels).transpose() {
        Ok(settings) => settings,
        Err(why) => return failed(why.get(lang)),
    };
    config.demo = args.demo.is_some();
    config.https = https(&args.https);
    config.secure = args.secure || config.https.is_some();
    config.redirect.clone_from(&args.https.redirect);
    config.proxies.clone_from(&args.proxy);
    config.metrics.clone_from(&args.metrics);
    if let Some(at) = args.at {
        config.clock = server::clock::Clock::running_from(at.into());
    }
    let first = std::cell::OnceCell::new();
    done(block_on(server::serve(
        config,
        &args.listen,
        async |app: &App| {
            if let Some(story) = args.demo {
                server::demo::seed(app, demo(story), &|months| lived(months, lang)).await?;
            }
            if let Some(link) = server::setup::first_link(app).await? {
                let _ = first.set(link);
            }
            Ok(())
        },
        |url| {
            println!("listening on {url}");
            if let Some(link) = first.get() {
                println!("{}", server::setup::sentence(url, link).get(lang));
            }
            if args.demo.is_some() {
                println!("{}", server::demo::accounts_text(lang));
            }
        },
    )))
}

/// Keeps the kernel from rounding each piece of memory up to two megabytes: a server of a hundred
/// thousand cases holds a tenth less, and answers as fast.
fn small_pages() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::debug!(%error, "the kernel keeps large pages");
    }
}

fn demo(story: Story) -> Demo {
    match story {
        Story::Year => Demo::COMPANY,
        Story::Day => Demo::Day,
    }
}

/// Says how far the year is that a first start makes, so that nobody looks at a silent terminal.
fn lived(months: usize, lang: Lang) {
    eprintln!(
        "{}",
        match lang {
            Lang::Zh => format!("演示数据：已过 {months} 个月，共 12 个月"),
            Lang::En => format!("demo: {months} of 12 months lived"),
        }
    );
}

/// The settings of the identity provider.
#[expect(clippy::disallowed_methods, reason = "the binary reads the environment, for the secret")]
pub fn provider(file: &Path) -> Result<Settings, Text> {
    Settings::read(file, |name| std::env::var(name).ok())
}

/// The settings of the channels to customers.
#[expect(clippy::disallowed_methods, reason = "the binary reads the environment, for secrets")]
pub fn channels(file: &Path) -> Result<server::channels::Settings, Text> {
    server::channels::Settings::read(file, |name| std::env::var(name).ok())
}

fn https(args: &HttpsArgs) -> Option<Https> {
    if let (Some(certificate), Some(key)) = (&args.certificate, &args.key) {
        return Some(Https::Files { certificate: certificate.clone(), key: key.clone() });
    }
    if !args.acme.is_empty() {
        return Some(Https::Acme(Acme {
            names: args.acme.clone(),
            contact: args.acme_contact.clone(),
            directory: args.acme_directory.clone(),
            root: args.acme_root.clone(),
        }));
    }
    let names = args.own_authority.clone();
    (!names.is_empty()).then_some(Https::Own { names })
}

/// The configuration over a data folder.
pub fn config(data: &DataArgs) -> Config {
    let mut config = Config::new(&data.data);
    config.database.clone_from(&data.database);
    config
}

/// Threads that serve at least. Reads of `SQLite` run on them: with as many as it has connections
/// that read, one slow list on a small machine keeps nobody else waiting.
const THREADS: usize = 4;

/// Runs a future on a runtime of its own.
pub fn block_on<T>(future: impl Future<Output = T>) -> std::io::Result<T> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(cores.max(THREADS)).enable_all().build()?;
    Ok(runtime.block_on(future))
}

/// One sentence on stderr and exit code 1, or nothing and 0.
pub fn done<E: std::fmt::Display>(result: std::io::Result<Result<(), E>>) -> ExitCode {
    let error = match result {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    eprintln!("sanbao: {error}");
    ExitCode::FAILURE
}

/// Log lines on stderr; `RUST_LOG` chooses how many.
pub fn log() {
    log_as(LogForm::Text);
}

/// Log lines in a form. A collector counts requests, a person would be buried under them.
fn log_as(form: LogForm) {
    let all = match form {
        LogForm::Text => "warn,server=info,access=warn",
        LogForm::Json => "warn,server=info,access=info",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(all));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log file is read by people and programs that know no colours. A second logger in one
    // process is no reason not to run.
    let _ = match form {
        LogForm::Text => lines.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogForm::Json => lines.json().flatten_event(true).with_ansi(false).try_init(),
    };
}
