//! A company whose northern station has one of everything, and people with every right but one.

use calamine::{Data, Reader as _, Xlsx};
use rulebook::PackSource;
use rulebook::model::Permission;
use rust_xlsxwriter::Workbook;
use server::auth::password::{self, Cost};
use std::io::Cursor;
use store::file::NewFile;
use store::person::{Linking, NewPerson, Proven, RoleAt, Standing};
use testkit::{Actor, Json, Reply, TestApp, json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The password of everybody here.
pub const PASSWORD: &str = "demo1234";
/// What a repair of the north is about: in no answer to a stranger.
pub const SYMPTOM: &str = "骑到桥上突然没电";

/// The role with every right, as far as one station sees.
pub const EVERYTHING: &str = "everything";

/// The key of a permission as the document names it.
pub fn key(permission: Permission) -> String {
    let json = serde_json::to_value(permission).expect("a key");
    json.as_str().expect("a word").to_owned()
}

fn role(id: &str, reach: &str, without: Option<Permission>) -> String {
    let all = Permission::ALL.into_iter().filter(|one| Some(*one) != without);
    let permissions: Vec<String> = all.map(|one| format!("\"{}\"", key(one))).collect();
    format!(
        "\n[[role]]\nid = \"{id}\"\ntitle = {{ zh = \"{id}\", en = \"{id}\" }}\n\
         permissions = [{}]\nreach = \"{reach}\"\nclause = [\"EB-5.2.4\"]\n",
        permissions.join(", ")
    )
}

/// The packs of the program, with roles of these rights beside the standard's own: everything at
/// each reach, and everything but one.
pub fn packs() -> Vec<PackSource> {
    let mut packs = server::embedded::packs();
    let own = packs.last_mut().expect("the company's own pack");
    let roles = own.files.get_mut("roles.toml").expect("its roles");
    for reach in ["own", "station", "subtree", "company"] {
        roles.push_str(&role(&format!("{EVERYTHING}_{reach}"), reach, None));
    }
    for permission in Permission::ALL {
        roles.push_str(&role(&format!("but_{}", key(permission)), "station", Some(permission)));
    }
    packs
}

/// Takes somebody on with one role at a unit.
pub async fn hire(test: &TestApp, login: &str, role: &str, org: base::OrgId) {
    let person = NewPerson {
        login: login.into(),
        password_hash: password::hash(PASSWORD, Cost::CHEAP),
        certificate: None,
        standing: Standing {
            name: format!("某{login}"),
            org,
            roles: vec![RoleAt { role: role.into(), org }],
            ..Standing::default()
        },
    };
    test.app.store().add_person(person, None, test.now()).await.expect("somebody is taken on");
}

/// A unit by its code.
pub fn unit(test: &TestApp, code: &str) -> base::OrgId {
    test.app.orgs().by_code(code).expect("a unit").id
}

/// What the northern station has, by the words of the table.
pub struct North {
    words: Vec<(&'static str, String)>,
    /// What no answer to a stranger may hold.
    pub secrets: Vec<String>,
}

/// Gives somebody an identity at a provider.
async fn linked(test: &TestApp, login: &str) {
    let store = test.app.store();
    let person = store.login(login).await.expect("answers").expect("is there").0.id;
    let (issuer, subject) = ("https://login.example.cn".to_owned(), "7".to_owned());
    let proven = Proven { issuer, subject, name: None };
    store.link_identity(person, &proven, Linking::Own, test.now()).await.expect("linked");
}

impl North {
    /// An address or a body with what stands for its words.
    pub fn fill(&self, template: &str) -> String {
        let filled = self.words.iter().fold(template.to_owned(), |text, (word, value)| {
            text.replace(&format!("{{{word}}}"), value)
        });
        let left = ["{case}", "{unit}", "{org}", "{person}", "{file}", "{document}", "{deputy}"];
        assert!(left.iter().all(|word| !filled.contains(word)), "{filled}");
        filled
    }

    fn word(&self, word: &str) -> String {
        self.fill(&format!("{{{word}}}"))
    }

    /// Gives the northern station one of everything; `stranger` is who is not to see it.
    pub async fn build(test: &TestApp, stranger: &str) -> Self {
        let unit_id = test.sold(12).await;
        let (advisor, head) = (test.advisor().await, test.sign_in("north").await);
        let vehicle = advisor.get(&format!("units/{unit_id}")).await.expect(200);
        let case = advisor.open_repair(&unit_id, SYMPTOM).await;
        let file = judged(&advisor, &case).await;
        let page = advisor.case(&case).await.expect(200);
        let document = page.str("/documents/0/id");
        assert!(!document.is_empty(), "something is printed: {}", page.at("/documents"));
        stock(&head).await;
        let import =
            head.upload("imports?kind=opening_stock", "期初.xlsx", XLSX, &book("N9")).await;
        let body = json!({
            "person": test.person("lina").await, "deputy": test.person("wangjun").await,
            "from": "2026-11-22", "to": "2026-11-23", "reason": "出差",
        });
        let deputy = head.post("deputies", body).await.expect(201).str("/id");
        let customer = vehicle.str("/customer/id");
        let hold = json!({ "reason": "诉讼" });
        let reply = head.post(&format!("customers/{customer}/holds"), hold).await.expect(200);
        let all = reply.at("/held");
        let put = all.as_array().expect("a list").iter().find(|one| one["kind"] == "hold");
        let hold = put.and_then(|put| put["subject"].as_str()).expect("a hold").to_owned();
        // Signed in once more: opening a counter ends the session that did it.
        let counter = json!({ "name": "前台一号机", "idle_seconds": 60, "per_act": true });
        let counter = test.sign_in("north").await.post("counters", counter).await.expect(201);
        let token = json!({
            "name": "称重台", "permissions": ["case_read"], "org": unit(test, "CB"),
            "ends_on": "2026-12-01", "password": PASSWORD,
        });
        let token = advisor.post("me/tokens", token).await.expect(201).str("/id");
        linked(test, "lina").await;
        let maker = test.sign_in("linxia").await;
        let draft = json!({ "title": "试", "reason": "试" });
        let draft = maker.post("rulebook/drafts", draft).await.expect(201).str("/id");
        let delivery = untold(test, &advisor).await;
        let frame = vehicle.str("/frame_no");
        let mut words = vec![
            ("unit", unit_id.clone()),
            ("customer", customer),
            ("hold", hold),
            ("case", case),
            ("number", page.str("/number")),
            ("file", file),
            ("document", document),
            ("import", import.expect(201).str("/id")),
            ("deputy", deputy),
            ("counter", counter.str("/id")),
            ("draft", draft),
            ("token", token),
            ("delivery", delivery),
            ("org", unit(test, "CB").to_string()),
            ("person", test.person("lina").await),
            ("other", test.person(stranger).await),
            ("last4", frame[frame.len() - 4..].to_owned()),
            ("release", test.app.releases().current(test.app.today()).expect("one").hash.clone()),
        ];
        words.extend(told_outside(test).await);
        words.extend(blank(test).await);
        words.extend(asked_outside(test, &advisor).await);
        let mut north =
            Self { words, secrets: vec![frame, "N77001".into(), "TUB-16".into(), SYMPTOM.into()] };
        for word in ["unit", "customer", "case", "number", "file", "document", "person", "webhook"]
        {
            let secret = north.word(word);
            assert!(secret.len() > 6, "{word}: {secret}");
            north.secrets.push(secret);
        }
        north
    }

    /// What of the north's own an answer holds.
    pub fn found_in(&self, text: &str) -> Vec<&str> {
        self.secrets.iter().map(String::as_str).filter(|secret| text.contains(*secret)).collect()
    }
}

/// An enquiry of the north with a photo that came with it.
async fn asked_outside(test: &TestApp, advisor: &Actor<'_>) -> [(&'static str, String); 2] {
    let form = json!({ "enquiry_kind": "consultation", "message": "几点开门" });
    let enquiry = advisor.open("enquiry", None, form).await.expect(201).str("/id");
    let photo = NewFile {
        kind: "image/png".into(),
        bytes: vec![1],
        width: Some(1),
        height: Some(1),
        taken: None,
    };
    let (case, store) = (enquiry.parse().expect("an id"), test.app.store());
    let photo =
        store.add_enquiry_photo(case, None, (&photo, None), test.now()).await.expect("kept");
    [("enquiry", enquiry), ("photo", photo.to_string())]
}

/// A block of blank orders, and the first number of it.
async fn blank(test: &TestApp) -> [(&'static str, String); 2] {
    let block = json!({ "form": "work_order", "count": 2 });
    let block = test.sign_in("north").await.post("blanks", block).await.expect(201);
    [("blanks", block.str("/id")), ("blank", block.str("/first"))]
}

/// Programs that are told of the north's cases, and a try to tell one; nobody is where it is told.
async fn told_outside(test: &TestApp) -> [(&'static str, String); 4] {
    let webhook = json!({
        "org": unit(test, "CB"), "name": "ERP", "events": ["case.opened"],
        "address": "https://localhost:9/hooks",
    });
    let admin = test.administrator().await;
    let made = async || admin.post("webhooks", webhook.clone()).await.expect(201);
    let (id, ended) = (made().await.str("/webhook/id"), made().await.str("/webhook/id"));
    let tried = admin.post(&format!("webhooks/{id}/test"), json!({})).await.expect(200);
    let robot = json!({
        "org": unit(test, "CB"), "kind": "wecom", "name": "群", "events": ["case.opened"],
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678",
    });
    let robot = admin.post("robots", robot).await.expect(201).str("/id");
    [("webhook", id), ("try", tried.str("/id")), ("ended", ended), ("robot", robot)]
}

/// A message to a customer that reached nobody.
async fn untold(test: &TestApp, advisor: &Actor<'_>) -> String {
    let case = advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    judged(advisor, &case).await;
    let lines = crate::journey::lines(advisor, "li_battery", "RF-R6").await;
    let promised = test.now().plus_seconds(4 * 3600).to_string();
    let form = json!({ "lines": lines, "promised_at": promised });
    advisor.act(&case, "estimate", form).await.expect(200);
    let store = test.app.store();
    for message in store.claim_messages(5, test.now()).await.expect("claimed") {
        let dead = store::delivery::Next::Dead("refused");
        store.end_message(&message, &dead, test.now()).await.expect("ended");
    }
    advisor.get("deliveries").await.expect(200).str("/items/0/id")
}

/// Takes the vehicle in with photos and has its battery judged; one of the photos.
pub async fn judged(advisor: &Actor<'_>, case: &str) -> String {
    let page = advisor.case(case).await.expect(200).json();
    let actions = page["actions"].as_array().expect("actions");
    let check = actions.iter().find(|a| a["id"] == "double_check").expect("it is offered");
    let fields = check["form"]["fields"].as_array().expect("fields");
    let points = fields.iter().find(|f| f["id"] == "condition").expect("points")["choices"].clone();
    let points = points.as_array().expect("points").iter();
    let ticked: Json =
        points.map(|c| (c["id"].as_str().unwrap_or_default().to_owned(), json!(true))).collect();
    let photos = advisor.photos(&["front", "back", "plate", "odometer"]).await;
    let file = photos[0]["file"].as_str().expect("a file").to_owned();
    let form = json!({
        "identity_confirmed": true, "condition": ticked, "photos_in": photos,
    });
    advisor.act(case, "double_check", form).await.expect(200);
    let form = json!({
        "reproduced": true, "component": "li_battery", "fault": "low_capacity",
        "capacity": { "value": 40, "instrument": "BT-3", "temperature": 22, "charge": 100 },
    });
    advisor.act(case, "diagnose", form).await.expect(200);
    let evidence = json!({ "card": true, "card_matches": true, "invoice": true });
    advisor.act(case, "judge", json!({ "evidence": evidence })).await.expect(200);
    file
}

fn book(serial: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["库房", "配件编码", "编号", "数量", "旧件原因"],
        ["CB", "TUB-16", "", "40", ""],
        ["CB", "BAT-48-20", serial, "", ""],
    ];
    for (line, row) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(row) {
            sheet.write_string(line, column, *text).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

async fn stock(head: &Actor<'_>) {
    let import =
        head.upload("imports?kind=opening_stock", "期初.xlsx", XLSX, &book("N77001")).await;
    let apply = format!("imports/{}/apply", import.expect(201).str("/id"));
    head.post(&apply, json!({})).await.expect(200);
}

/// The text of an answer: a workbook's cells, or the body as it is.
pub fn text(reply: &Reply) -> String {
    if !reply.bytes.starts_with(b"PK") {
        return reply.text();
    }
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(reply.bytes.clone())).expect("a workbook");
    let mut out = String::new();
    for (_, range) in book.worksheets() {
        for cell in range.cells().map(|(_, _, cell)| cell).filter(|cell| **cell != Data::Empty) {
            out.push_str(&cell.to_string());
            out.push('\n');
        }
    }
    out
}
