//! Many connections that ask at the same time, on the same machine as the server.

use super::http::Connection;
use super::served::Failed;
use super::stopwatch::{self, Watch};
use std::sync::Barrier;
use std::time::Duration;

/// How a load comes.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Connections at the same time.
    pub connections: usize,
    /// Requests over all of them.
    pub requests: usize,
    /// Whether a connection is kept for all its requests, or made anew for each.
    pub kept: bool,
    /// Requests per second over all connections, each at a set time and measured from it, so that
    /// one that has to wait for an earlier one counts the waiting; none: as fast as answers come.
    pub pace: Option<f64>,
}

impl Plan {
    /// When a connection sends its n-th request.
    fn due(self, worker: usize, n: usize) -> Option<Duration> {
        let place = u32::try_from(n * self.connections + worker).unwrap_or(u32::MAX);
        self.pace.map(|pace| Duration::from_secs_f64(f64::from(place) / pace.max(1.0)))
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Load {
    /// How long each request took, the shortest first.
    latencies: Vec<Duration>,
    took: Duration,
}

impl Load {
    /// How many requests there were.
    pub fn requests(&self) -> usize {
        self.latencies.len()
    }

    /// Requests per second over all connections.
    pub fn rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
        let requests = self.latencies.len() as f64;
        requests / self.took.as_secs_f64()
    }

    /// The time that so many percent of the requests stayed below, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent).div_ceil(100).max(1) - 1;
        self.latencies.get(at).copied().unwrap_or_default().as_secs_f64() * 1000.0
    }
}

/// Runs `request` with the session of `first`; it is told the number of the connection and of its
/// request.
pub fn run(
    first: &Connection,
    plan: Plan,
    request: impl Fn(&mut Connection, usize, usize) -> Result<(), Failed> + Sync,
) -> Result<Load, Failed> {
    let each = plan.requests.div_ceil(plan.connections);
    let gate = Barrier::new(plan.connections + 1);
    let mut connections = Vec::with_capacity(plan.connections);
    for _ in 0..plan.connections {
        connections.push(first.another()?);
    }
    std::thread::scope(|scope| {
        let worker = |worker: usize, mut connection: Connection| {
            let (gate, request) = (&gate, &request);
            move || -> Result<Vec<Duration>, Failed> {
                gate.wait();
                let watch = Watch::start();
                let one = |n| {
                    let due = plan.due(worker, n);
                    watch.wait_until(due.unwrap_or_default());
                    let (done, took) = stopwatch::timed(|| {
                        if !plan.kept {
                            connection = connection.another()?;
                        }
                        request(&mut connection, worker, n)
                    });
                    done.map(|()| due.map_or(took, |due| watch.since(due)))
                };
                (0..each).map(one).collect()
            }
        };
        let workers: Vec<_> = connections
            .into_iter()
            .enumerate()
            .map(|(number, connection)| scope.spawn(worker(number, connection)))
            .collect();
        let (latencies, took) = stopwatch::timed(|| {
            gate.wait();
            let mut all = Vec::with_capacity(plan.requests);
            for worker in workers {
                let done = worker.join().map_err(|_| Failed::new("a connection's thread broke"))?;
                all.extend(done?);
            }
            Ok::<_, Failed>(all)
        });
        let mut latencies = latencies?;
        latencies.sort_unstable();
        Ok(Load { latencies, took })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_spreads_requests_over_all_connections() {
        let plan = Plan { connections: 4, requests: 8, kept: true, pace: Some(1000.0) };
        let due = |worker, n| plan.due(worker, n).map(|due| due.as_millis());
        assert_eq!([due(0, 0), due(3, 0), due(0, 1), due(3, 1)], [0, 3, 4, 7].map(Some));
        assert_eq!(Plan { pace: None, ..plan }.due(3, 1), None);
    }

    #[test]
    fn percentiles_are_of_the_sorted_latencies() {
        let load = Load {
            latencies: (1..=200).map(Duration::from_millis).collect(),
            took: Duration::from_secs(2),
        };
        assert_eq!((load.requests(), load.rate()), (200, 100.0));
        let near = |percent, expect: f64| (load.percentile(percent) - expect).abs() < 1e-9;
        assert!(near(50, 100.0) && near(99, 198.0) && near(100, 200.0) && near(0, 1.0));
    }
}
