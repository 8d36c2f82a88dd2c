//! What another system needed for the nearest comparable job, for a sense of proportion.
//!
//! `ERPNext` 15.71.1 on Frappe 15.75.0, gunicorn with two workers, `MariaDB` 10.11, durable
//! commits, on two cores of the same kind of machine; 25,000 warranty claims in it. Medians of
//! quiet runs at 16 clients, a new connection for each request, as its workers keep none.

use super::load::Load;

/// One job of the peer.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// What the peer did.
    pub name: &'static str,
    /// Requests per second.
    rate: f64,
    /// Milliseconds.
    p50: f64,
    /// Milliseconds.
    p99: f64,
}

/// Create a warranty claim: link checks, a number, one durable insert.
pub const CLAIM_CREATE: Job =
    Job { name: "create a Warranty Claim", rate: 59.3, p50: 263.9, p99: 320.4 };
/// Read one claim.
pub const CLAIM_READ: Job =
    Job { name: "read a Warranty Claim", rate: 205.1, p50: 76.8, p99: 104.7 };
/// Twenty rows of one status by an index.
pub const CLAIM_LIST: Job =
    Job { name: "list 20 claims of a status", rate: 183.6, p50: 85.5, p99: 111.3 };
/// Clients of the peer's runs.
pub const CLIENTS: usize = 16;
/// Memory of all its processes after a cold start and a few requests, in MiB (RSS).
pub const MEMORY_MIB: u64 = 674;
/// From everything stopped to the first answer, in seconds.
pub const START_SECONDS: f64 = 1.8;

/// How the comparison is meant.
pub const NOTE: &str = "\
The peer is ERPNext 15.71.1 (Frappe 15.75.0, gunicorn with two workers, MariaDB 10.11, durable\n\
commits) on two cores of the same kind of machine, at 16 clients with a new connection for each\n\
request; both columns are measured so. Its figures are medians of quiet runs of an earlier day,\n\
and such a machine drifts by up to a factor of two unseen: read proportions, not digits. A claim\n\
there is link checks, a number and one insert; a repair order here is decided by the rulebook and\n\
writes journal, deadlines and offers as well. The lists differ in what they hold: 25,000 claims\n\
there, the cases of this run here.\n";

/// A row of the comparison: what, ours, the peer's, and how many times as many.
pub fn row(what: &str, ours: &Load, job: Job) -> String {
    let times = ours.rate() / job.rate;
    format!(
        "| {what} | {:.0}/s, p50 {:.1} ms, p99 {:.1} ms | {}: {:.0}/s, p50 {:.0} ms, p99 {:.0} ms \
         | {times:.1} × |\n",
        ours.rate(),
        ours.percentile(50),
        ours.percentile(99),
        job.name,
        job.rate,
        job.p50,
        job.p99
    )
}
