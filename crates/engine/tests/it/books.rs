//! Effects on the ledger, one line an act: what the books take, and what they refuse and why.

use base::{Instant, OrgId, PersonId, TransactionId};
use engine::decision::Outcome;
use engine::{Actor, CaseState, Command, Facts, Opening, decide, settle};
use ledger::Book;
use rulebook::Release;
use rulebook::model::{Form, Process};
use serde_json::{Map, Value as Json, json};

const NOW: Instant = Instant(1_795_222_800_000_000);

fn text(word: &str) -> Json {
    json!({ "zh": format!("{word}（中）"), "en": word })
}

/// An action that stays where it is and does one thing.
fn action(id: &str, effect: &Json) -> Json {
    json!({ "id": id, "title": text(id), "from": ["open"], "by": ["clerk"], "form": "sheet",
        "effects": [effect], "clause": ["T-1"] })
}

fn release() -> Release {
    let agent = json!({ "agent": "\"A07\"" });
    let money = json!({ "agent": "\"A07\"", "amount": "form.amount" });
    let process: Process = serde_json::from_value(json!({
        "id": "books", "title": text("books"), "number": "B{seq:4}", "subject": "none",
        "area": "stock",
        "start": { "title": text("open"), "to": "open", "by": ["clerk"] },
        "state": [{ "id": "open", "title": text("open"), "kind": "working" }],
        "action": [
            action("lend", &json!({ "post": "lend", "map": money })),
            action("repay", &json!({ "post": "repay", "map": money })),
            action("undo", &json!({ "reverse": "lend" })),
            action("quota", &json!({ "limit": "loan", "map": agent, "at_most": "form.amount" })),
            action("lift", &json!({ "limit": "loan", "map": agent, "at_most": "null" })),
            action("close", &json!({ "close_account": "loan", "map": agent })),
        ],
    }))
    .expect("a process");
    let form: Form = serde_json::from_value(json!({
        "id": "sheet", "title": text("sheet"),
        "field": [{ "id": "amount", "title": text("amount"), "kind": "money" }],
    }))
    .expect("a form");
    let chart = json!([
        { "id": "maker", "title": text("maker"), "path": "maker/{purse}", "counts": "fen",
          "negative": true, "clause": ["T-1"] },
        { "id": "loan", "title": text("loan"), "path": "agent/{agent}/loan", "counts": "fen",
          "owner": "agent", "at_most": 0, "clause": ["T-2"] },
    ]);
    let moved = |id: &str, from: &str, to: &str| {
        let vars = json!({ "agent": "key", "amount": "money" });
        let moves = json!([{ "from": from, "to": to, "amount": "amount" }]);
        let template = json!({ "id": id, "title": text(id), "vars": vars, "moves": moves,
            "clause": ["T-3"] });
        (id.to_owned(), serde_json::from_value(template).expect("a template"))
    };
    Release {
        processes: [("books".to_owned(), process)].into(),
        forms: [("sheet".to_owned(), form)].into(),
        chart: serde_json::from_value(chart).expect("a chart"),
        postings: [
            moved("lend", "maker/lent", "agent/{agent}/loan"),
            moved("repay", "agent/{agent}/loan", "maker/received"),
        ]
        .into(),
        ..Release::default()
    }
}

/// A case and its book.
struct Desk {
    release: Release,
    facts: Facts,
    book: Book,
    case: Option<CaseState>,
    next: i64,
}

impl Desk {
    fn new() -> Self {
        let facts = Facts::default();
        let mut desk = Self { release: release(), facts, book: Book::new(), case: None, next: 1 };
        assert_eq!(desk.act("open", None), "ok");
        desk
    }

    fn act(&mut self, action: &str, fen: Option<i64>) -> String {
        let roles = vec!["clerk".to_owned()];
        let opening = Opening {
            process: "books".into(),
            org: OrgId(1),
            unit: None,
            customer: None,
            parent: None,
        };
        let command = Command {
            action: Some(action.to_owned()),
            opening: self.case.is_none().then_some(opening),
            form: fen
                .map(|fen| ("amount".to_owned(), json!(fen)))
                .into_iter()
                .collect::<Map<_, _>>(),
            reason: None,
            actor: Actor::staff(PersonId(1), roles),
            occurred_at: NOW,
            late: None,
            child: None,
            handing: None,
        };
        let before = self.book.clone();
        match decide(&self.release, self.case.as_ref(), &self.facts, &command, NOW) {
            Outcome::Decided(decision) => {
                if let Err(refusal) = settle(&decision, &mut self.book, TransactionId(self.next)) {
                    self.book = before;
                    assert_eq!(refusal.code, "posting-refused");
                    assert!(!refusal.clauses.is_empty() && refusal.rule.starts_with(action));
                    return refusal.sentence.en;
                }
                self.next += 10;
                self.case = Some(decision.case);
                self.facts.posted = self
                    .book
                    .posted()
                    .filter(|(id, made)| {
                        made.reverses().is_none() && self.book.reversed_by(*id).is_none()
                    })
                    .map(|(id, made)| (id, made.clone()))
                    .collect();
                assert_eq!(self.book.verify(), []);
                "ok".to_owned()
            }
            Outcome::Refused(refusal) => refusal.code,
            Outcome::Ignored => "ignored".to_owned(),
        }
    }

    fn loan(&self) -> i64 {
        let path = ledger::Path::try_new("agent/A07/loan").expect("a path");
        self.book.account(&path).map_or(0, |state| state.balance)
    }
}

#[test]
fn a_loan_stays_within_its_quota_and_is_closed_at_zero_only() {
    let mut desk = Desk::new();
    for (act, fen, says, loan) in [
        // No quota, no loan.
        ("lend", Some(800), "agent/A07/loan may take ¥0.00 more, ¥8.00 were asked for", 0),
        ("quota", Some(2000), "ok", 0),
        ("lend", Some(800), "ok", 800),
        ("undo", None, "ok", 0),
        // What was undone is not undone again.
        ("undo", None, "ok", 0),
        ("lend", Some(800), "ok", 800),
        ("lend", Some(1300), "agent/A07/loan may take ¥12.00 more, ¥13.00 were asked for", 800),
        // A quota below what is lent refuses more, not the repayment.
        ("quota", Some(500), "ok", 800),
        ("lend", Some(1), "agent/A07/loan may take ¥0.00 more, ¥0.01 were asked for", 800),
        ("repay", Some(100), "ok", 700),
        ("repay", Some(701), "agent/A07/loan holds ¥7.00, ¥7.01 were asked for", 700),
        ("close", None, "agent/A07/loan still holds ¥7.00; settle it before it is closed", 700),
        // 8.00 were lent, 7.00 are left: the loan cannot be undone as a whole.
        ("undo", None, "agent/A07/loan holds ¥7.00, ¥8.00 were asked for", 700),
        ("lift", None, "ok", 700),
        ("lend", Some(9000), "ok", 9700),
        ("repay", Some(9700), "ok", 0),
        ("close", None, "ok", 0),
        ("lend", Some(100), "The account agent/A07/loan is closed", 0),
        ("quota", Some(100), "The account agent/A07/loan is closed", 0),
        // What moves nothing posts nothing.
        ("lend", Some(0), "ok", 0),
        ("lend", None, "posting-refused", 0),
    ] {
        assert_eq!(desk.act(act, fen), says, "{act} {fen:?}");
        assert_eq!(desk.loan(), loan, "{act} {fen:?}");
    }
}
