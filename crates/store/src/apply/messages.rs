//! Messages and work that follow a decision.

use super::{Decided, rows::Target};
use crate::code::{About, ToCustomer};
use crate::exec::Write;
use crate::exec::cell::{cells, print};
use crate::message::{NewMessage, Recipient};
use crate::{Result, Store};
use engine::Followup;
use rulebook::model::MessageClass;
use serde_json::json;

/// Messages: rows for named people in one statement, for a role by whoever holds it nearest.
pub(super) fn writes(messages: &[NewMessage], target: &Target<'_>) -> Result<Vec<Write>> {
    let release = &target.case.release;
    let mut writes = Vec::new();
    let mut rows = Vec::new();
    for NewMessage { to, message, args } in messages {
        let args = print(args)?;
        match to {
            Recipient::Person(person) => {
                rows.push(cells![*person, message, release, args, target.id, target.now]);
            }
            // See [`Store::to_customers`].
            Recipient::Customer(..) => {}
            // The casts: behind DISTINCT, PostgreSQL takes a bare parameter for text.
            Recipient::Role(role) => writes.push(Write::any(
                "INSERT INTO messages (person, message, release, args, case_id, at) \
                 SELECT DISTINCT r.person, $1, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT) \
                 FROM person_roles r \
                 JOIN people p ON p.id = r.person WHERE p.active = 1 AND r.role = $6 \
                 AND r.path <= $7 AND r.path_end > $7 AND r.path = \
                 (SELECT MAX(n.path) FROM person_roles n WHERE n.role = $6 \
                 AND n.path <= $7 AND n.path_end > $7)",
                cells![message, release, args, target.id, target.now, role, target.path],
            )),
        }
    }
    writes.extend(Write::rows(
        "INSERT INTO messages (person, message, release, args, case_id, at) VALUES",
        rows,
        "",
    ));
    Ok(writes)
}

impl Store {
    /// Messages to customers; one that brings a code has a code of its own.
    pub(super) async fn to_customers(
        &self,
        messages: &[NewMessage],
        target: &Target<'_>,
    ) -> Result<Vec<Write>> {
        let mut writes = Vec::new();
        for NewMessage { to, message, args } in messages {
            let Recipient::Customer(customer, class) = to else { continue };
            let to = ToCustomer {
                customer: *customer,
                message: message.clone(),
                release: target.case.release.clone(),
                args: args.clone(),
                class: *class,
                about: About::Case(target.id),
            };
            writes.extend(match class {
                MessageClass::Code => self.code_writes(&to, target.now).await?,
                _ => self.notice_writes(&to, target.now).await?,
            });
        }
        Ok(writes)
    }

    /// The outbox: what the server asks for, and the end of a child for its parent.
    pub(super) fn outbox_writes(
        &self,
        decided: &Decided,
        target: &Target<'_>,
    ) -> Result<Vec<Write>> {
        let mut rows = Vec::new();
        for work in &decided.outbox {
            let body = print(&work.body)?;
            rows.push(cells![self.new_id(target.now), &work.kind, target.id, body, target.now]);
        }
        for followup in &decided.decision.followups {
            if let Followup::HandOver { cases, from, to } = followup {
                let sheet = &target.case.number;
                for case in cases {
                    let id = self.new_id(target.now);
                    let body = json!({ "from": from, "to": to, "sheet": sheet }).to_string();
                    rows.push(cells![id, "hand_over", *case, body, target.now]);
                }
            }
            if let Followup::Tell { process, act } = followup {
                let id = self.new_id(target.now);
                let body = json!({ "process": process, "action": act }).to_string();
                rows.push(cells![id, "tell_children", target.id, body, target.now]);
            }
            let Followup::TellParent { state, round } = followup else { continue };
            let Some(parent) = target.case.parent else { continue };
            let body = json!({
                "parent": parent, "child": target.id, "process": target.case.process,
                "state": state, "round": round,
            });
            let id = self.new_id(target.now);
            rows.push(cells![id, "child_ended", target.id, body.to_string(), target.now]);
        }
        Ok(Write::rows("INSERT INTO outbox (id, kind, case_id, body, due_at) VALUES", rows, ""))
    }
}
