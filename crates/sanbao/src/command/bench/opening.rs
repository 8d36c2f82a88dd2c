//! Opening a case over HTTP, durable before the answer, with the load on the same machine.

use super::http::Connection;
use super::served::{Failed, Served};
use super::{Figure, stopwatch};
use crate::args::BenchArgs;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Barrier};
use std::time::Duration;

/// Latencies of many requests, sorted.
struct Latencies(Vec<Duration>);

impl Latencies {
    fn percentile(&self, percent: usize) -> Duration {
        let at = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0.get(at).copied().unwrap_or_default()
    }
}

/// The rate and the latencies at `args.connections` connections.
pub fn measure(served: &mut Served, args: &BenchArgs) -> Result<Vec<Figure>, Failed> {
    let mut desk = served.sign_in("服务顾问")?;
    let units = units(&mut desk)?;
    let each = args.cases.div_ceil(args.connections);
    let gate = Arc::new(Barrier::new(args.connections + 1));
    let mut workers = Vec::new();
    for worker in 0..args.connections {
        let mut connection = desk.another()?;
        let (gate, units) = (Arc::clone(&gate), units.clone());
        workers.push(std::thread::spawn(move || -> Result<Vec<Duration>, Failed> {
            gate.wait();
            (0..each)
                .map(|n| {
                    open(&mut connection, &units[(worker * each + n) % units.len()], worker, n)
                })
                .collect()
        }));
    }
    let (latencies, took) = stopwatch::timed(|| {
        gate.wait();
        let mut all = Vec::new();
        for worker in workers {
            let done = worker.join().map_err(|_| Failed::new("a connection's thread broke"))?;
            all.extend(done?);
        }
        Ok::<_, Failed>(all)
    });
    let mut latencies = latencies?;
    latencies.sort_unstable();
    let count = latencies.len();
    let latencies = Latencies(latencies);
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
    let rate = count as f64 / took.as_secs_f64();
    let how = format!(
        "{} connections, {count} cases, journal, deadlines and offers committed before the answer",
        args.connections
    );
    let milliseconds = |span: Duration| format!("{:.1} ms", span.as_secs_f64() * 1000.0);
    let figure = |name, value| Figure { name, value, how: how.clone() };
    Ok(vec![
        figure("cases opened per second over HTTP", format!("{rate:.0}")),
        figure("opening a case, p50", milliseconds(latencies.percentile(50))),
        figure("opening a case, p99", milliseconds(latencies.percentile(99))),
    ])
}

/// Vehicles of the demo company, by id.
fn units(desk: &mut Connection) -> Result<Vec<String>, Failed> {
    let listed = desk.send("GET", "/api/v1/cases?limit=100", &[], "")?.json();
    let items = listed["items"].as_array().cloned().unwrap_or_default();
    let units: Vec<String> = items
        .iter()
        .filter_map(|case| case["unit"]["id"].as_str().map(ToOwned::to_owned))
        .collect();
    if units.is_empty() {
        return Err(Failed::new("the demo company has no case about a vehicle"));
    }
    Ok(units)
}

fn open(
    connection: &mut Connection,
    unit: &str,
    worker: usize,
    n: usize,
) -> Result<Duration, Failed> {
    let body: Json = json!({
        "process": "repair_order",
        "subject": { "unit": unit },
        "form": { "symptom": "充满电只能骑十公里", "urgency": "normal", "brought_by": "owner" },
    });
    let key = vec![format!("Idempotency-Key: bench-{worker}-{n}")];
    let text = body.to_string();
    let (answer, took) = stopwatch::timed(|| connection.send("POST", "/api/v1/cases", &key, &text));
    let answer = answer?;
    match answer.status {
        201 => Ok(took),
        status => {
            let said = String::from_utf8_lossy(&answer.body).into_owned();
            Err(Failed::new(format!("opening a case answered {status}: {said}")))
        }
    }
}
