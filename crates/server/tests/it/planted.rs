//! Names and numbers planted by every door of the interface lie nowhere in clear: not in the
//! database, its log, its journal, a backup's rows, what the program logs, nor in its figures.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use data_encoding::BASE64;
use rust_xlsxwriter::Workbook;
use std::io::{Read as _, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use testkit::{Json, TestApp, json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What is planted: names, numbers, an address, an identity number, and the pinyin of a name.
const PLANTED: [&str; 9] = [
    "慕容雪晴",
    "murongxueqing",
    "13955512345",
    "宇文拓海",
    "13866698765",
    "凤凰山路77号",
    "赫连勃勃",
    "13712398765",
    "320106199203077710",
];

/// What the program logs while the test runs.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Nothing planted lies in these bytes.
fn clean(bytes: &[u8], place: &str) {
    for needle in PLANTED {
        let found = bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
        assert!(!found, "{needle} lies in {place}");
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

/// Every cell of every row of a backup: texts as they are, bytes as they were; the tables read.
fn read_backup(zip: &Path) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    let mut tables = Vec::new();
    for place in 0..zip.len() {
        let mut member = zip.by_index(place).unwrap();
        let name = member.name().unwrap().into_owned();
        clean(name.as_bytes(), "a name in the backup");
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        clean(&bytes, &name);
        if !name.starts_with("tables/") {
            continue;
        }
        for line in String::from_utf8(bytes).unwrap().lines() {
            for cell in serde_json::from_str::<Vec<Json>>(line).unwrap() {
                let sealed = cell.get("b").and_then(Json::as_str);
                let inside = sealed.map(|text| BASE64.decode(text.as_bytes()).unwrap());
                clean(&inside.unwrap_or_default(), &format!("bytes of {name}"));
            }
        }
        tables.push(name);
    }
    tables
}

fn sales() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["车架号", "车型", "购车人", "手机号", "身份证号", "购车日期", "网点编码"],
        [
            "LRFR62411077701",
            "RF-R6",
            "赫连勃勃",
            "13712398765",
            "320106199203077710",
            "2026-10-01",
            "D0101",
        ],
        ["LRFR62411077702", "RF-R6", "赫连勃勃", "13712398765", "", "3/4/25", "D0101"],
    ];
    for (line, row) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(row) {
            sheet.write_string(line, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The packs of the program; a caller's identity number is asked for as well.
fn packs() -> Vec<rulebook::PackSource> {
    let mut packs = server::embedded::packs();
    let own = packs.last_mut().unwrap();
    own.files.get_mut("forms/inquiry.toml").unwrap().push_str(
        "\n[[field]]\nid = \"identity\"\ntitle = { zh = \"身份证号\", en = \"Identity number\" }\n\
         kind = \"text\"\nmax = 20\npersonal = \"id_number\"\nclause = [\"EB-10.1b\"]\n",
    );
    packs
}

/// Plants by every door: the register, a vehicle's owner, forms of cases, notes, reasons, an
/// import, a colleague, searches.
async fn plant(test: &TestApp) {
    let (advisor, officer) = (test.advisor().await, test.sign_in("guoqiang").await);
    let customer = json!({
        "name": "慕容雪晴", "phone": "13955512345", "address": "凤凰山路77号", "consent": true,
    });
    let customer = advisor.post("customers", customer).await.expect(201).str("/id");
    let unit = json!({
        "frame_no": "LRFR62411077700", "model": "RF-R6",
        "customer": { "name": "慕容雪晴", "phone": "13955512345" },
    });
    let unit = advisor.post("units", unit).await.expect(201).str("/id");
    let case = advisor.open_repair(&unit, "跑不远").await;
    let note = json!({ "text": "慕容雪晴 13955512345 来电，身份证 320106199203077710" });
    advisor.post(&format!("cases/{case}/notes"), note).await.expect(201);
    let inquiry = json!({
        "channel": "phone", "customer_name": "宇文拓海", "customer_phone": "13866698765",
        "question": "怎么充电", "identity": "320106199203077710",
    });
    let mut wrong = inquiry.clone();
    wrong["identity"] = json!("320106199203077711");
    let refused = advisor.open("consultation", None, wrong).await.expect(422);
    assert!(refused.str("/fields/0/detail").contains("校验位"), "{}", refused.text());
    let opened = advisor.open("consultation", None, inquiry).await.expect(201);
    assert_eq!(opened.str("/data/identity"), "**************7710");
    let why = json!({ "reason": "慕容雪晴 13955512345 本人来电" });
    advisor.post(&format!("customers/{customer}/unmask"), why.clone()).await.expect(200);
    let hold = json!({ "reason": "慕容雪晴诉讼 320106199203077710" });
    officer.post(&format!("customers/{customer}/holds"), hold).await.expect(200);
    let copy = officer.post(&format!("customers/{customer}/copy"), why).await.expect(200);
    assert!(!copy.header("content-disposition").contains("慕容"));
    let department = test.sign_in("linxia").await;
    let staged = department.upload("imports", "sales.xlsx", XLSX, &sales()).await.expect(201);
    let path = format!("imports/{}", staged.str("/id"));
    assert_eq!(staged.at("/counts/reject"), json!(1), "{}", staged.text());
    department.post(&format!("{path}/apply"), json!({})).await.expect(200);
    for query in ["慕容雪晴", "murongxueqing", "13955512345", "宇文拓海", "赫连勃勃"] {
        let query = query.bytes().fold(String::new(), |mut made, byte| {
            let _ = std::fmt::Write::write_fmt(&mut made, format_args!("%{byte:02X}"));
            made
        });
        let found = officer.get(&format!("customers?q={query}")).await.expect(200);
        assert_eq!(found.at("/items").as_array().unwrap().len(), 1, "{query}");
        advisor.get(&format!("units?q={query}")).await.expect(200);
        advisor.get(&format!("cases?q={query}")).await.expect(200);
    }
    // What is refused is logged no more than what is done.
    advisor.post("customers", json!({ "name": "慕容雪晴", "phone": "1395551" })).await.expect(422);
}

#[tokio::test]
async fn nothing_planted_lies_anywhere_in_clear() {
    let logged = Logged::default();
    let writer = logged.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    // For the whole process: what other threads and other tests log is looked through as well.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let test = TestApp::ruled_by(packs()).await;
    plant(&test).await;
    test.pass(10).await;

    let zip = test.folder().join("all.zip");
    let config = test.app.config();
    let config = store::Config::existing(&config.data, config.database.as_deref()).unwrap();
    store::backup::backup(&config, &zip, test.now()).await.unwrap();
    let tables = read_backup(&zip);
    for table in ["journal", "customers", "cases", "import_rows", "search_tokens", "messages"] {
        assert!(tables.contains(&format!("tables/{table}.jsonl")), "{table} was read");
    }
    let files = walk(test.folder());
    for file in &files {
        clean(file.to_string_lossy().as_bytes(), "the name of a file");
        clean(&std::fs::read(file).unwrap(), &file.display().to_string());
    }
    if test.is_on_sqlite() {
        assert!(files.iter().any(|file| file.ends_with("sanbao.db-wal")), "the log was read");
    }
    let log = logged.0.lock().unwrap().clone();
    let said = String::from_utf8_lossy(&log);
    assert!(said.contains("customers"), "requests are logged");
    clean(&log, "the log");
    let mut asked = Request::get("/metrics").body(Body::empty()).unwrap();
    let peer: SocketAddr = "127.0.0.1:5000".parse().unwrap();
    asked.extensions_mut().insert(ConnectInfo(peer));
    clean(&test.send(asked).await.expect(200).bytes, "the figures");
}
