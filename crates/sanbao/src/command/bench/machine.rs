//! What the figures were measured on.

use std::fs;
use std::process::Command;

/// What a program said that is not there, or has nothing to say.
const UNKNOWN: &str = "unknown";

/// `commit`, `machine` and `system` as one line each.
pub fn lines() -> Vec<(&'static str, String)> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown CPU".to_owned());
    let memory = line_of("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<u64>().ok())
        .map_or_else(String::new, |kib| format!(", {} GiB", kib / (1 << 20)));
    vec![
        ("commit", commit()),
        ("machine", format!("{cores} cores, {model}{memory}")),
        ("system", said("uname", &["-srm"])),
    ]
}

/// The commit; the page these lines are written to does not count as a change of it.
fn commit() -> String {
    let changed =
        ["status", "--porcelain", "-uno", "--", ":/", ":(top,exclude)docs/performance.md"];
    let dirty = if said("git", &changed) == UNKNOWN { "" } else { "-dirty" };
    said("git", &["describe", "--always"]) + dirty
}

/// Memory of a process in MiB: `VmRSS` now, `VmHWM` the most so far; `None` where the system does
/// not tell.
pub fn memory_mib(process: u32, what: &str) -> Option<u64> {
    let text = line_of(&format!("/proc/{process}/status"), what)?;
    Some(text.split(' ').next()?.parse::<u64>().ok()? / 1024)
}

/// Milliseconds of processor time that a process has used; a clock tick is 10 ms on Linux. Zero
/// where the system does not tell.
#[expect(clippy::cast_precision_loss, reason = "a figure is shown with three digits")]
pub fn cpu_ms(process: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks = after.split(' ').skip(11).take(2).filter_map(|word| word.parse::<u64>().ok());
    ticks.sum::<u64>() as f64 * 10.0
}

/// The database for tests, where the environment names one.
#[expect(clippy::disallowed_methods, reason = "the database for tests is told this way")]
pub fn postgres() -> Option<String> {
    std::env::var("SANBAO_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// Processor time of every process of a database server on this machine.
pub fn cpu_of_postgres() -> f64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().into_string().ok());
    ids.filter(|id| {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        name.trim() == "postgres"
    })
    .map(|id| cpu_ms(&id))
    .sum()
}

fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|done| String::from_utf8_lossy(&done.stdout).trim().to_owned());
    text.ok().filter(|text| !text.is_empty()).unwrap_or_else(|| UNKNOWN.to_owned())
}
