//! Figures about the server itself, as text at `/metrics`.

use axum::http::{Method, StatusCode};
use base::Instant;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Upper bounds of the latency buckets, in microseconds.
const BUCKETS: [u64; 10] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000];
/// Most label sets kept: routes × methods × statuses are few, a scan of odd paths is not.
const MAX_SERIES: usize = 2_000;

/// Counters of one process.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(String, String, u16), u64>>,
    /// By process and action.
    written: Mutex<BTreeMap<(String, String), Written>>,
    latency: [AtomicU64; BUCKETS.len() + 1],
    latency_sum: AtomicU64,
    commands: AtomicU64,
    refusals: AtomicU64,
    conflicts: AtomicU64,
    timers: AtomicU64,
    outbox: AtomicU64,
    sign_ins: AtomicU64,
    sign_ins_refused: AtomicU64,
    /// When background work last went round, in microseconds; zero: not yet.
    last_round: AtomicI64,
}

/// What the commands of one action wrote.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    commands: u64,
    statements: u64,
    most: u64,
}

/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A command was carried out.
    Command,
    /// A command was refused by the rulebook.
    Refusal,
    /// A command was decided again because somebody was quicker.
    Conflict,
    /// A deadline was advanced by the timer.
    Timer,
    /// A piece of outbox work was done.
    Outbox,
    /// Somebody signed in.
    SignIn,
    /// A sign-in failed.
    SignInRefused,
}

impl Metrics {
    /// Notes an answered request.
    pub fn request(&self, method: &Method, route: &str, status: StatusCode, micros: u64) {
        let key = (method.to_string(), route.to_owned(), status.as_u16());
        if let Ok(mut requests) = self.requests.lock()
            && (requests.len() < MAX_SERIES || requests.contains_key(&key))
        {
            *requests.entry(key).or_default() += 1;
        }
        let bucket = BUCKETS.iter().position(|b| micros <= *b).unwrap_or(BUCKETS.len());
        self.latency[bucket].fetch_add(1, Ordering::Relaxed);
        self.latency_sum.fetch_add(micros, Ordering::Relaxed);
    }

    /// Notes a command that was carried out, with the statements of its transaction.
    pub fn command(&self, process: &str, action: &str, statements: usize) {
        self.count(Count::Command);
        let statements = u64::try_from(statements).unwrap_or(u64::MAX);
        let key = (process.to_owned(), action.to_owned());
        if let Ok(mut written) = self.written.lock()
            && (written.len() < MAX_SERIES || written.contains_key(&key))
        {
            let written = written.entry(key).or_default();
            written.commands += 1;
            written.statements += statements;
            written.most = written.most.max(statements);
        }
    }

    /// Counts one more.
    pub fn count(&self, what: Count) {
        self.counter(what).fetch_add(1, Ordering::Relaxed);
    }

    /// Notes that background work went round.
    pub fn round(&self, now: Instant) {
        self.last_round.store(now.0, Ordering::Relaxed);
    }

    /// When background work last went round.
    pub fn last_round(&self) -> Option<Instant> {
        Some(self.last_round.load(Ordering::Relaxed)).filter(|at| *at != 0).map(Instant)
    }

    fn counter(&self, what: Count) -> &AtomicU64 {
        match what {
            Count::Command => &self.commands,
            Count::Refusal => &self.refusals,
            Count::Conflict => &self.conflicts,
            Count::Timer => &self.timers,
            Count::Outbox => &self.outbox,
            Count::SignIn => &self.sign_ins,
            Count::SignInRefused => &self.sign_ins_refused,
        }
    }

    /// The text exposition format that collectors read.
    pub fn text(&self) -> String {
        let mut out = String::new();
        out.push_str("# TYPE sanbao_requests_total counter\n");
        if let Ok(requests) = self.requests.lock() {
            for ((method, route, status), n) in requests.iter() {
                let _ = writeln!(
                    out,
                    "sanbao_requests_total{{method=\"{method}\",route=\"{route}\",\
                     status=\"{status}\"}} {n}"
                );
            }
        }
        out.push_str("# TYPE sanbao_request_seconds histogram\n");
        let mut total = 0;
        for (place, bound) in BUCKETS.iter().enumerate() {
            total += self.latency[place].load(Ordering::Relaxed);
            let _ = writeln!(
                out,
                "sanbao_request_seconds_bucket{{le=\"{}.{:06}\"}} {total}",
                bound / 1_000_000,
                bound % 1_000_000
            );
        }
        total += self.latency[BUCKETS.len()].load(Ordering::Relaxed);
        let sum = self.latency_sum.load(Ordering::Relaxed);
        let _ = writeln!(out, "sanbao_request_seconds_bucket{{le=\"+Inf\"}} {total}");
        let _ = writeln!(out, "sanbao_request_seconds_count {total}");
        let _ =
            writeln!(out, "sanbao_request_seconds_sum {}.{:06}", sum / 1_000_000, sum % 1_000_000);
        for (name, what) in [
            ("commands", Count::Command),
            ("refusals", Count::Refusal),
            ("conflicts", Count::Conflict),
            ("timers", Count::Timer),
            ("outbox_done", Count::Outbox),
            ("sign_ins", Count::SignIn),
            ("sign_ins_refused", Count::SignInRefused),
        ] {
            let n = self.counter(what).load(Ordering::Relaxed);
            let _ = writeln!(out, "# TYPE sanbao_{name}_total counter\nsanbao_{name}_total {n}");
        }
        self.write_commands(&mut out);
        out
    }

    /// Statements of the transactions by action, as a sum with its count, and the most of one.
    fn write_commands(&self, out: &mut String) {
        let Ok(written) = self.written.lock() else { return };
        let mut most = String::from("# TYPE sanbao_command_statements_most gauge\n");
        out.push_str("# TYPE sanbao_command_statements summary\n");
        for ((process, action), written) in written.iter() {
            let of = format!("{{process=\"{process}\",action=\"{action}\"}}");
            let _ = writeln!(out, "sanbao_command_statements_sum{of} {}", written.statements);
            let _ = writeln!(out, "sanbao_command_statements_count{of} {}", written.commands);
            let _ = writeln!(most, "sanbao_command_statements_most{of} {}", written.most);
        }
        out.push_str(&most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_summed_by_action() {
        let metrics = Metrics::default();
        for (action, statements) in [("open", 9), ("open", 11), ("judge", 7)] {
            metrics.command("repair_order", action, statements);
        }
        let text = metrics.text();
        for line in [
            "sanbao_command_statements_sum{process=\"repair_order\",action=\"open\"} 20",
            "sanbao_command_statements_count{process=\"repair_order\",action=\"open\"} 2",
            "sanbao_command_statements_most{process=\"repair_order\",action=\"open\"} 11",
            "sanbao_command_statements_sum{process=\"repair_order\",action=\"judge\"} 7",
            "sanbao_commands_total 3",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn latencies_fall_into_cumulative_buckets() {
        let metrics = Metrics::default();
        for micros in [900, 1_100, 9_000_000] {
            metrics.request(&Method::GET, "/x", StatusCode::OK, micros);
        }
        let text = metrics.text();
        for line in [
            "sanbao_request_seconds_bucket{le=\"0.001000\"} 1",
            "sanbao_request_seconds_bucket{le=\"0.002500\"} 2",
            "sanbao_request_seconds_bucket{le=\"+Inf\"} 3",
            "sanbao_requests_total{method=\"GET\",route=\"/x\",status=\"200\"} 3",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
