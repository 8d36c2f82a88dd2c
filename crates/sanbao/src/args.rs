//! The command line.

mod serve;

pub use serve::{HttpsArgs, ServeArgs, Story};

use base::Lang;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Sanbao runs an after-sales service by its own standard (售后服务制度).
#[derive(Debug, Parser)]
#[command(name = "sanbao", version, arg_required_else_help = true)]
pub struct Args {
    /// Language of sentences; by default that of the terminal.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A language by its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// Lines for people.
    Text,
    /// One JSON object a line, requests included, for a collector.
    Json,
}

/// The commands that are built.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure this build on this machine (性能测量).
    Bench(BenchArgs),
    /// Check rulebooks: findings with file and line (检查制度包).
    Check(CheckArgs),
    /// Say what differs between two standards, item by item (版本比较).
    Diff(DiffArgs),
    /// Judge the three guarantees on facts (三包判定).
    Judge(JudgeArgs),
    /// Run the examples of rulebooks (运行示例).
    Test(TestArgs),
    /// Write every document of rulebooks as their examples fill it, on each paper (单据样张).
    Papers(PapersArgs),
    /// Try a draft of the rules on the past verdicts of a database (历史回放).
    Replay(ReplayArgs),
    /// Take a decision table to a spreadsheet and back, or from DMN (决策表与 Excel、DMN 互转).
    Table(TableArgs),
    /// Bring a standard's own text in, and see which of its figures nothing holds (制度原文).
    Standard(StandardArgs),
    /// Say what the files of a pack may hold, for editors (编辑器用的 JSON Schema).
    Schema(SchemaArgs),
    /// Check, compile and publish packs as a release (发布制度).
    Publish(PublishArgs),
    /// Serve the product (启动服务).
    Serve(Box<ServeArgs>),
    /// Hand a letter from standard input to the running server, for a mail server (来信).
    MailIn(MailInArgs),
    /// Write everything into one file, also while it is served; without the master key (备份).
    Backup(BackupArgs),
    /// Restore a backup into an empty place, and walk it as `verify` does (恢复).
    Restore(RestoreArgs),
    /// Change the master key that closes all personal data (主密钥).
    Key(KeyArgs),
    /// Say what is set up on this machine and what would hurt one day (体检).
    Doctor(DoctorArgs),
    /// Walk journal, seals, cases, documents and files, and name what does not fit (核对).
    Verify(VerifyArgs),
    /// Print the OpenAPI document of the HTTP interface.
    Openapi,
}

/// `sanbao test`.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// Folders of packs; a parent named by `extends` is looked up beside its child.
    #[arg(required = true)]
    pub dirs: Vec<PathBuf>,
    /// Name the examples that pass as well.
    #[arg(long)]
    pub verbose: bool,
}

/// `sanbao papers`.
#[derive(Debug, clap::Args)]
pub struct PapersArgs {
    /// Folders of packs; a parent named by `extends` is looked up beside its child.
    #[arg(required = true)]
    pub dirs: Vec<PathBuf>,
    /// Where `<document>.<paper>.html` are written.
    #[arg(long)]
    pub out: PathBuf,
    /// Only this document.
    #[arg(long)]
    pub document: Option<String>,
}

/// `sanbao standard`.
#[derive(Debug, clap::Args)]
pub struct StandardArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub way: StandardWay,
}

/// What is done with a standard's text.
#[derive(Debug, Subcommand)]
pub enum StandardWay {
    /// Split a text by its printed numbers into a first `standard.md` (导入原文).
    Import {
        /// The text, `*.docx` or `*.txt`.
        file: PathBuf,
        /// What clause ids begin with: `DW` makes `DW-7.1`.
        #[arg(long)]
        prefix: String,
        /// The pack's folder, in which `standard.md` is written; printed when absent.
        #[arg(long)]
        into: Option<PathBuf>,
        /// Write over a `standard.md` that is there already.
        #[arg(long)]
        replace: bool,
    },
    /// List the times, amounts and shares of the clauses that nothing carries yet (未落实的数字).
    Figures {
        /// Folders of packs; a parent named by `extends` is looked up beside its child.
        #[arg(required = true)]
        dirs: Vec<PathBuf>,
    },
}

/// `sanbao key`.
#[derive(Debug, clap::Args)]
pub struct KeyArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub way: KeyWay,
}

/// What is done with the master key.
#[derive(Debug, Subcommand)]
pub enum KeyWay {
    /// Make a new master key and wrap everything by it; asked again, it ends what was cut off (轮换).
    Rotate {
        /// Where the data lies.
        #[command(flatten)]
        data: DataArgs,
    },
}

/// `sanbao schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// The kind of file whose schema is printed; without one the kinds are listed.
    pub kind: Option<String>,
    /// Write all schemas into `schema/` of this folder, with a `.taplo.toml` beside them.
    #[arg(long, conflicts_with = "kind")]
    pub into: Option<PathBuf>,
}

/// `sanbao table`.
#[derive(Debug, clap::Args)]
pub struct TableArgs {
    /// Which way.
    #[command(subcommand)]
    pub way: TableWay,
}

/// The ways of a table.
#[derive(Debug, Subcommand)]
pub enum TableWay {
    /// Write a table with its sidecar as a workbook (导出为 Excel).
    Export {
        /// The table of a pack, `rulebooks/…/tables/coverage.csv`.
        table: PathBuf,
        /// The workbook to write, `*.xlsx`.
        workbook: PathBuf,
    },
    /// Read a workbook (`*.xlsx`) or a decision model (`*.dmn`) into CSV with sidecar (导入).
    Import {
        /// The workbook or model.
        file: PathBuf,
        /// Folder the tables are written to; by default that of the file.
        #[arg(long)]
        into: Option<PathBuf>,
        /// Write over tables that are there already.
        #[arg(long)]
        replace: bool,
    },
}

/// `sanbao bench`.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    /// The pack whose verdicts are measured.
    #[arg(long, default_value = "rulebooks/ebike-maker")]
    pub rulebook: PathBuf,
    /// The law pack that is its floor, where the folder is there.
    #[arg(long, default_value = "rulebooks/law-cn")]
    pub law: PathBuf,
    /// Connections that open cases at the same time.
    #[arg(long, default_value_t = 64, value_parser = at_least_one)]
    pub connections: usize,
    /// Cases to open over all connections.
    #[arg(long, default_value_t = 6_400, value_parser = at_least_one)]
    pub cases: usize,
    /// Only what needs neither store nor server: verdicts, tables, `decide`, a large release.
    #[arg(long, conflicts_with = "served")]
    pub pure: bool,
    /// Only what a running server is measured by.
    #[arg(long)]
    pub served: bool,
    /// Only lists, search and to-dos beside a million cases and five million vehicles: takes a
    /// quarter of an hour and about fifteen gigabytes beside the temporary files.
    #[arg(long, conflicts_with_all = ["pure", "served"])]
    pub large: bool,
    /// Where that company is kept, and asked again next time; forgotten without it.
    #[arg(long, requires = "large")]
    pub folder: Option<PathBuf>,
    /// Seconds that a clean build took, measured by the caller, for the page.
    #[arg(long)]
    pub build_seconds: Option<u64>,
    /// Where the page is written.
    #[arg(long)]
    pub write: Option<PathBuf>,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a number from 1".to_owned()),
        Ok(number) => Ok(number),
    }
}

/// `sanbao check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Folders of packs; a parent named by `extends` is looked up beside its child.
    #[arg(required = true)]
    pub dirs: Vec<PathBuf>,
    /// List which clauses are carried, left to people or uncovered; uncovered ones are errors.
    #[arg(long)]
    pub coverage: bool,
    /// Take each rule away in turn: an example must fail, or nothing proves the rule.
    #[arg(long)]
    pub mutants: bool,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    pub json: bool,
}

/// `sanbao diff`.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// Folder of the pack as it was, with its parents beside it.
    pub before: PathBuf,
    /// Folder of the pack as it becomes.
    pub after: PathBuf,
    /// Print one JSON array instead of sentences.
    #[arg(long)]
    pub json: bool,
}

/// `sanbao judge`.
#[derive(Debug, clap::Args)]
pub struct JudgeArgs {
    /// Folder of the pack that judges, with its parents beside it.
    #[arg(long)]
    pub rulebook: PathBuf,
    /// Folder of the law pack that is the floor (法律底线), for example `rulebooks/law-cn`.
    #[arg(long)]
    pub law: Option<PathBuf>,
    /// File of facts as JSON, one object or one a line; `-` reads them from standard input.
    #[arg(long)]
    pub facts: PathBuf,
}

/// `sanbao replay`.
#[derive(Debug, clap::Args)]
pub struct ReplayArgs {
    /// Folder of the draft, with its parents beside it.
    #[arg(long)]
    pub to: PathBuf,
    /// Folder of the rules to compare with; without one, what was decided at the time.
    #[arg(long)]
    pub from: Option<PathBuf>,
    /// Folder of the law pack that is the floor of both (法律底线), for example `rulebooks/law-cn`.
    #[arg(long)]
    pub law: Option<PathBuf>,
    /// First day of the verdicts.
    #[arg(long)]
    pub since: Option<base::Day>,
    /// Last day of the verdicts.
    #[arg(long)]
    pub until: Option<base::Day>,
    /// Name so many of the cases behind the numbers.
    #[arg(long, default_value_t = 20)]
    pub cases: usize,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Where the data lies.
#[derive(Debug, clap::Args)]
pub struct DataArgs {
    /// Folder of the data: database, master key, files.
    #[arg(long, default_value = "data")]
    pub data: PathBuf,
    /// `postgres://…` instead of the SQLite file in the data folder.
    #[arg(long)]
    pub database: Option<String>,
}

/// `sanbao mail-in`.
#[derive(Debug, clap::Args)]
pub struct MailInArgs {
    /// Where the server answers.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub to: String,
    /// The file with the word of `[mail_in]` in the channels file.
    #[arg(long, value_name = "FILE")]
    pub word_file: PathBuf,
    /// To whom it is delivered, as the mail server knows: `${original_recipient}`.
    #[arg(long)]
    pub recipient: Option<String>,
    /// Who sent it, as the mail servers told one another: `${sender}`.
    #[arg(long, allow_hyphen_values = true)]
    pub sender: Option<String>,
    /// PEM root of the server's certificate, if machines do not know it.
    #[arg(long, value_name = "FILE")]
    pub root: Option<PathBuf>,
}

/// `sanbao verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// A seal head noted earlier; it must still be among the seals.
    #[arg(long, value_name = "HEAD")]
    pub expect: Option<String>,
    /// Sum the totals of measures anew from their rows first.
    #[arg(long)]
    pub refold: bool,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `sanbao backup`.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// The file to write, `*.zip`; one that is there is not written over.
    pub file: PathBuf,
    /// Print the manifest as one JSON object instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `sanbao restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The backup to restore.
    pub file: PathBuf,
    /// A seal head noted earlier; it must be among the seals of the backup.
    #[arg(long, value_name = "HEAD")]
    pub expect: Option<String>,
    /// The key of the installation, when it does not lie in the data folder; it is copied there.
    #[arg(long, value_name = "FILE")]
    pub master_key: Option<PathBuf>,
    /// Print one JSON object instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// The empty place; nothing but `master.key` may lie in the folder.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `sanbao doctor`.
#[derive(Debug, clap::Args)]
pub struct DoctorArgs {
    /// Print a JSON array instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// The file of the identity provider: it is read, and the provider asked who it is.
    #[arg(long, value_name = "FILE")]
    pub oidc: Option<PathBuf>,
    /// The file of the channels to customers: it is read, and compared with the release in force.
    #[arg(long, value_name = "FILE")]
    pub channels: Option<PathBuf>,
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `sanbao publish`.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// Folders of packs; a parent named by `extends` is looked up beside its child.
    #[arg(required = true)]
    pub dirs: Vec<PathBuf>,
    /// First day the release is in force, `2026-12-01`; without it the `effective` of the company's
    /// pack, or tomorrow where that day is past.
    #[arg(long)]
    pub effective: Option<base::Day>,
    /// Leave out the law that the release before carried. Without this it is refused.
    #[arg(long)]
    pub without_law: bool,
    /// Where the data lies.
    #[command(flatten)]
    pub data: DataArgs,
}

impl Args {
    /// The language asked for, else that of the terminal: Chinese where `LANG` begins with `zh`.
    pub fn language(&self) -> Lang {
        match self.lang {
            Some(LangArg::Zh) => Lang::Zh,
            Some(LangArg::En) => Lang::En,
            None => of_terminal(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the binary reads the terminal's language")]
fn of_terminal() -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    if named.is_some_and(|value| value.starts_with("zh")) { Lang::Zh } else { Lang::En }
}
