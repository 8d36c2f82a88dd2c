//! Blank numbered forms: printed in advance, entered late once each, and accounted for.

use testkit::{Json, Reply, TestApp, json};

/// Two blank work orders of the northern station; their id and numbers.
async fn two(test: &TestApp) -> (String, String, String) {
    let head = test.sign_in("wangjun").await;
    let block = head.post("blanks", json!({ "form": "work_order", "count": 2 })).await.expect(201);
    (block.str("/id"), block.str("/first"), block.str("/last"))
}

fn paper(number: &str) -> Json {
    json!({ "form": {
        "paper_no": number, "happened_at": "2026-11-20T08:00:00+08:00",
        "late_what": "停电时接的车", "late_why": "停电" } })
}

async fn entered(test: &TestApp, login: &str, number: &str) -> Reply {
    let mut body = paper(number);
    body["process"] = json!("late_entry");
    test.sign_in(login).await.post("cases", body).await
}

#[tokio::test]
async fn a_blank_form_bears_its_number_and_leaves_room_for_a_pen() {
    let test = TestApp::new().await;
    let (id, first, last) = two(&test).await;
    assert!(first.starts_with("KB") && first.ends_with("-00001") && last.ends_with("-00002"));
    let head = test.sign_in("wangjun").await;
    let page = head.get(&format!("blanks/{id}/paper?paper=A5")).await.expect(200).text();
    assert_eq!(page.matches("<section class=\"sheet\">").count(), 2);
    for shown in [first.as_str(), &last, "服务工单", "<svg", "by-hand", "data-paper=\"A5\""] {
        assert!(page.contains(shown), "{shown}");
    }
    for unsaid in ["未留电话", "车主本人", "¥0", "待补依据", ">none<", ">undefined<"] {
        assert!(!page.contains(unsaid), "{unsaid} is for the pen to say");
    }
    // The next block goes on where this one ends: no number is given twice.
    let next = head.post("blanks", json!({ "form": "phone_log", "count": 3 })).await.expect(201);
    assert!(next.str("/first").ends_with("-00003"), "{}", next.text());
    for (form, count, field) in
        [("cashier_close", 5, "form"), ("work_order", 0, "count"), ("work_order", 201, "count")]
    {
        let refused = head.post("blanks", json!({ "form": form, "count": count })).await;
        assert_eq!(refused.expect(422).str("/fields/0/field"), field, "{form} {count}");
    }
    // Every form that has a blank can be printed as one.
    let forms = head.get("papers").await.expect(200);
    let forms = forms.at("/documents");
    let blank = forms.as_array().into_iter().flatten().filter(|form| form["blank"] == true);
    let mut printed = 0;
    for form in blank {
        let block = json!({ "form": form["id"], "count": 1 });
        let block = head.post("blanks", block).await.expect(201).str("/id");
        let page = head.get(&format!("blanks/{block}/paper")).await.expect(200).text();
        assert!(page.contains("by-hand") && !page.contains("¥0"), "{}", form["id"]);
        printed += 1;
    }
    assert_eq!(printed, 4);
}

#[tokio::test]
async fn a_number_is_entered_once_and_by_its_own_unit() {
    let test = TestApp::new().await;
    let (id, first, last) = two(&test).await;
    let used = entered(&test, "wangjun", &format!(" {} ", first.to_lowercase())).await.expect(201);
    let case = used.str("/number");
    let again = entered(&test, "wangjun", &first).await.expect(422).refused("form-invalid");
    assert!(again.text().contains(&case), "{}", again.text());
    let unknown = entered(&test, "wangjun", "KBCB-09999").await.expect(422);
    assert_eq!(unknown.str("/fields/0/field"), "paper_no");
    // Another unit's number is nobody's here, and says nothing of whose it is.
    let foreign = entered(&test, "hejing", &last).await.expect(422);
    assert_eq!(foreign.str("/fields/0/field"), "paper_no");
    // A paper of no block is taken as ever.
    entered(&test, "wangjun", "旧本子第 12 页").await.expect(201);

    let head = test.sign_in("wangjun").await;
    let at = |number: &str| format!("blanks/{id}/numbers/{number}");
    let no = head.post(&at(&last), json!({ "state": "spoilt" })).await.expect(422);
    assert_eq!(no.str("/fields/0/field"), "reason");
    let spoilt = json!({ "state": "spoilt", "reason": "写错" });
    head.post(&at(&last), spoilt.clone()).await.expect(200);
    entered(&test, "wangjun", &last).await.expect(422).refused("form-invalid");
    head.post(&at(&first), spoilt).await.expect(422).refused("form-invalid");
    head.post(&at(&last), json!({ "state": "missing", "reason": "盘点时没有" })).await.expect(200);
    // A form that turns up is entered: what happened is never refused.
    entered(&test, "wangjun", &last).await.expect(201);
    let register = head.get(&format!("blanks/{id}")).await.expect(200);
    assert_eq!(register.at("/block/used"), json!(2));
    assert_eq!(register.str("/numbers/0/case_number"), case);
    assert_eq!(register.str("/numbers/1/state"), "used");
}

#[tokio::test]
async fn acts_of_one_case_share_the_paper_they_stand_on() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let block = json!({ "form": "work_order", "count": 1 });
    let number = advisor.post("blanks", block).await.expect(201).str("/first");
    let at = "2026-11-20T08:00:00+08:00";
    let late = |number: &str| json!({ "paper": number, "reason": "停电", "occurred_at": at });
    let call = json!({ "called_at": "2026-11-20T07:55:00+08:00", "call_matter": "几点关门" });
    let body = json!({ "process": "phone_log", "form": call, "late": late(&number) });
    let case = advisor.post("cases", body.clone()).await.expect(201).str("/id");
    let answer = json!({ "form": { "call_answer": "六点" }, "late": late(&number) });
    advisor.post(&format!("cases/{case}/actions/answer_call"), answer).await.expect(200);
    let other = advisor.post("cases", body).await.expect(422);
    assert_eq!(other.str("/fields/0/field"), "late.paper");
}
