//! A station under load: cases opened, moved on and read over HTTP, durable before the answer.

use super::http::{Answer, Connection};
use super::load::{self, Load, Plan};
use super::served::{Failed, Served};
use serde_json::{Value as Json, json};
use std::sync::Mutex;

/// What is told of a case that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its whole page, as the browser wants it.
    Page,
    /// That it is done, and where it stands.
    Done,
}

/// The desk of the demo company's first station.
pub struct Station {
    desk: Connection,
    units: Vec<String>,
}

impl Station {
    /// Signs in and looks up vehicles.
    pub fn enter(served: &Served) -> Result<Self, Failed> {
        let mut desk = served.sign_in("服务顾问")?;
        let listed = desk.send("GET", "/api/v1/cases?limit=100", &[], "")?.json();
        let items = listed["items"].as_array().cloned().unwrap_or_default();
        let units: Vec<String> = items
            .iter()
            .filter_map(|case| case["unit"]["id"].as_str().map(ToOwned::to_owned))
            .collect();
        if units.is_empty() {
            return Err(Failed::new("the demo company has no case about a vehicle"));
        }
        Ok(Self { desk, units })
    }

    /// Opens repair orders, each with a key of its own; the ids where their pages are told, and how
    /// it went.
    pub fn open(&self, name: &str, plan: Plan, told: Told) -> Result<(Vec<String>, Load), Failed> {
        let opened = Mutex::new(Vec::with_capacity(plan.requests));
        let load = load::run(&self.desk, plan, |connection, worker, n| {
            let unit = &self.units[(worker * 31 + n) % self.units.len()];
            let body = json!({
                "process": "repair_order",
                "subject": { "unit": unit },
                "form": {
                    "symptom": "充满电只能骑十公里", "urgency": "normal", "brought_by": "owner",
                },
            });
            let mut headers = vec![format!("Idempotency-Key: {name}-{worker}-{n}")];
            if told == Told::Done {
                headers.push("Prefer: return=minimal".to_owned());
            }
            let body = body.to_string();
            let answer = connection.send("POST", "/api/v1/cases", &headers, &body)?;
            if told == Told::Done {
                return answered(&answer, 204, "opening a case").map(|_| ());
            }
            let case = answered(&answer, 201, "opening a case")?;
            if let (Some(id), Ok(mut opened)) = (case["id"].as_str(), opened.lock()) {
                opened.push(id.to_owned());
            }
            Ok(())
        })?;
        Ok((opened.into_inner().unwrap_or_default(), load))
    }

    /// Does the same action on every case, spread over the connections; the pages are not told.
    pub fn act(
        &self,
        cases: &[String],
        connections: usize,
        action: &str,
        form: &Json,
    ) -> Result<Load, Failed> {
        let body = json!({ "form": form }).to_string();
        let each = cases.len() / connections;
        let plan = Plan { connections, requests: each * connections, kept: true, pace: None };
        load::run(&self.desk, plan, |connection, worker, n| {
            let id = &cases[worker * each + n];
            let path = format!("/api/v1/cases/{id}/actions/{action}");
            let headers =
                [format!("Idempotency-Key: {action}-{id}"), "Prefer: return=minimal".to_owned()];
            let answer = connection.send("POST", &path, &headers, &body)?;
            answered(&answer, 204, action).map(|_| ())
        })
    }

    /// Reads the page of one case after the other, with the acts allowed now.
    pub fn read(&self, cases: &[String], plan: Plan) -> Result<Load, Failed> {
        load::run(&self.desk, plan, |connection, worker, n| {
            let id = &cases[(worker * 37 + n) % cases.len()];
            let answer = connection.send("GET", &format!("/api/v1/cases/{id}"), &[], "")?;
            answered(&answer, 200, "reading a case").map(|_| ())
        })
    }

    /// Reads the first page of the list of one state, twenty rows.
    pub fn list(&self, plan: Plan) -> Result<Load, Failed> {
        let path = "/api/v1/cases?process=repair_order&state=received&limit=20";
        load::run(&self.desk, plan, |connection, _, _| {
            let answer = connection.send("GET", path, &[], "")?;
            answered(&answer, 200, "listing cases").map(|_| ())
        })
    }

    /// The server's own figures, asked anew: a connection that said nothing meanwhile is closed.
    pub fn metrics(&self) -> Result<String, Failed> {
        let answer = self.desk.another()?.send("GET", "/metrics", &[], "")?;
        Ok(String::from_utf8_lossy(&answer.body).into_owned())
    }
}

fn answered(answer: &Answer, expect: u16, what: &str) -> Result<Json, Failed> {
    if answer.status == expect {
        return Ok(answer.json());
    }
    let said = String::from_utf8_lossy(&answer.body).into_owned();
    Err(Failed::new(format!("{what} answered {}: {said}", answer.status)))
}
