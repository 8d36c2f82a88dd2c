//! The copy of one person's data (个人信息副本): everything held about a customer as one archive
//! that opens in any browser, in both languages.

use super::page::Page;
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use crate::view::case::fields;
use crate::view::form::text_of;
use crate::view::heeded::tag_title;
use base::{CaseId, CustomerId, Lang, Text};
use rulebook::model::FieldKind;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use store::cases::CaseQuery;
use store::{Scope, Show};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Most cases of one copy.
const MOST_CASES: u32 = 100;
/// Most bytes of photos and papers of one copy; what does not fit is named in it.
const MOST_BYTES: usize = 64 << 20;

/// The archive of a customer's copy while it grows.
struct Copy {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    bytes: usize,
    left_out: usize,
}

impl Copy {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Answer<bool> {
        if self.bytes + bytes.len() > MOST_BYTES {
            self.left_out += 1;
            return Ok(false);
        }
        self.bytes += bytes.len();
        let begun = self.zip.start_file(name, SimpleFileOptions::default());
        begun.map_err(|_| unwritten())?;
        self.zip.write_all(bytes).map_err(|_| unwritten())?;
        Ok(true)
    }
}

fn unwritten() -> Problem {
    tracing::error!("the copy of somebody's data could not be written");
    Problem::new("internal")
}

/// Everything held about a customer: fields, vehicles, cases with what was answered, papers,
/// photos, and who looked at it in full.
pub async fn archive(app: &App, session: &Session, id: CustomerId) -> Answer<Vec<u8>> {
    let zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut copy = Copy { zip, bytes: 0, left_out: 0 };
    let mut page = Page::new(&app.store().setting("company_name").await?.unwrap_or_default());
    person(app, id, &mut page).await?;
    vehicles(app, id, &mut page).await?;
    let query = CaseQuery { customer: Some(id), limit: MOST_CASES, ..CaseQuery::default() };
    let found = app.store().cases(&query, &Scope::company()).await?;
    page.section("工单与单据", "Cases and papers");
    if found.next.is_some() {
        page.note("只附最近 100 张工单。", "The latest 100 cases are here.");
    }
    for row in &found.items {
        case(app, row.id, &mut page, &mut copy).await?;
    }
    events(app, session, id, &mut page).await?;
    if copy.left_out > 0 {
        let n = copy.left_out;
        page.note(
            &format!("另有 {n} 张照片或单据因体积未附,请到服务站查看或索取。"),
            &format!("{n} photos or papers were too large for this copy; ask the station."),
        );
    }
    let html = page.finish(&app.zone().day(app.now()).to_string());
    copy.bytes = 0;
    copy.add("个人信息副本 personal-data.html", html.as_bytes())?;
    Ok(copy.zip.finish().map_err(|_| unwritten())?.into_inner())
}

async fn person(app: &App, id: CustomerId, page: &mut Page) -> Answer<()> {
    let customer = app.store().customer(id).await?;
    page.section("我们保存的您的信息", "What we hold about you");
    for (zh, en, text) in [
        ("姓名", "Name", &customer.name),
        ("电话", "Phone", &customer.phone),
        ("住址", "Address", &customer.address),
        ("证件号后四位", "Last four of the identity number", &customer.id_last4),
    ] {
        let text = text.as_ref().map_or("–", |text| text.reveal());
        page.row((zh, en), (text, text));
    }
    if let Some(email) = app.store().customer_email(id).await? {
        page.row(("电子邮箱", "E-mail address"), (&email, &email));
    }
    if let Some((openid, at)) = app.store().customer_wechat(id).await? {
        let line = format!("{openid} · {}", app.zone().day(at));
        page.row(("微信（公众号内的标识）", "WeChat (as the account knows you)"), (&line, &line));
    }
    let (zh, en) = if customer.consent { ("是", "yes") } else { ("否", "no") };
    page.row(("同意电话联系", "Agreed to be called"), (zh, en));
    if !customer.tags.is_empty() {
        let release = app.releases().current(app.today())?;
        let title = |tag: &String| tag_title(&release, tag);
        let titles: Vec<Text> = customer.tags.iter().map(title).collect();
        let zh: Vec<&str> = titles.iter().map(|title| title.zh.as_str()).collect();
        let en: Vec<&str> = titles.iter().map(|title| title.en.as_str()).collect();
        page.row(("客户标签", "Tags"), (&zh.join("、"), &en.join(", ")));
    }
    Ok(())
}

async fn vehicles(app: &App, id: CustomerId, page: &mut Page) -> Answer<()> {
    page.section("名下车辆", "Your vehicles");
    for (unit, _) in app.store().what_keeps(id, app.today()).await?.vehicles {
        let fields = app.store().unit_head(unit).await?.fields;
        let day = |day: Option<base::Day>| day.map(|day| day.to_string());
        for (zh, en, text) in [
            ("车架号", "Frame number", fields.frame_no),
            ("车型", "Model", fields.model),
            ("车牌", "Plate", fields.plate),
            ("保修卡", "Warranty card", fields.card_no),
            ("购买日期", "Bought on", day(fields.sold_on)),
            ("发票号", "Invoice", fields.invoice_no),
        ] {
            if let Some(text) = text {
                page.row((zh, en), (&text, &text));
            }
        }
        page.gap();
    }
    for (_, frame_no, from, through) in app.store().owned_before(id).await? {
        let frame = frame_no.unwrap_or_else(|| "–".into());
        let from = from.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let line = format!("{frame} · {from} – {through}");
        page.row(("曾有车辆", "Owned before"), (&line, &line));
    }
    Ok(())
}

async fn case(app: &App, id: CaseId, page: &mut Page, copy: &mut Copy) -> Answer<()> {
    let store = app.store();
    let case = store.case(id, &Scope::company()).await?.state;
    let release = app.releases().pinned(&case.release)?;
    let number = case.number.clone().unwrap_or_else(|| id.to_string());
    let process = release.processes.get(&case.process);
    let title = process.map_or_else(|| base::Text::new("", ""), |p| p.title.clone());
    page.case(&number, &title, &app.zone().day(case.opened_at).to_string());
    let mut data = Json::Object(case.data.clone());
    store.open_sealed(&mut data, Show::Clear).await?;
    let known = process.map(|p| fields(&release, p)).unwrap_or_default();
    let answers: BTreeMap<&str, &Json> = data
        .as_object()
        .into_iter()
        .flatten()
        .map(|(field, value)| (field.as_str(), value))
        .collect();
    for (field, value) in answers {
        let known = known.get(field).filter(|known| known.kind != FieldKind::Customer);
        let Some(known) = known else { continue };
        let said = |lang| text_of(&release, known, value, lang);
        let (zh, en) = (said(Lang::Zh), said(Lang::En));
        if !zh.is_empty() {
            page.row((&known.title.zh, &known.title.en), (&zh, &en));
        }
    }
    for row in store.documents(id).await? {
        let (document, html) = store.document(row.id, &Scope::company()).await?;
        let title = release.documents.get(&document.document).map(|d| d.title.clone());
        let title =
            title.unwrap_or_else(|| base::Text::new(&document.document, &document.document));
        let name = format!("papers/{number}-{}-{}.html", document.document, document.version);
        if copy.add(&name, html.as_bytes())? {
            page.link(&name, &title);
        }
    }
    for (place, file) in (1..).zip(store.case_files(id).await?) {
        let (row, bytes) = store.file(file).await?;
        let end = row.kind.rsplit('/').next().unwrap_or("bin").replace("jpeg", "jpg");
        let name = format!("photos/{number}-{place}.{end}");
        if copy.add(&name, &bytes)? {
            page.link(&name, &base::Text::new(format!("照片 {place}"), format!("Photo {place}")));
        }
    }
    Ok(())
}

/// Who looked at the data in full, and what else was done with it.
async fn events(app: &App, session: &Session, id: CustomerId, page: &mut Page) -> Answer<()> {
    let record = crate::api::customer_record(app, session, id).await?;
    page.section("谁看过、做过什么", "Who looked at it, and what was done");
    for event in record.events() {
        page.row(event.words(), (&event.line(), &event.line()));
    }
    Ok(())
}
