//! A letter becomes an enquiry, or what somebody writes further in theirs.

use super::address::{MailIn, numbered};
use super::read::{Read, read};
use super::{Envelope, LONGEST};
use crate::app::App;
use crate::command::{FromOutside, act_outside, open_outside};
use crate::enquiries::{self, limits};
use crate::files;
use crate::problem::{Answer, Problem};
use base::{CaseId, CustomerId, OrgId, Text};
use data_encoding::HEXLOWER;
use rulebook::Release;
use rulebook::model::Personal;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use store::cases::LoadedCase;
use store::customer::NewCustomer;
use store::email::{masked, normal};
use store::enquiry::MOST_PHOTOS;
use store::file::NewFile;
use store::{Scope, Show, StoreError};

/// Whose keys the numbers of letters are.
const PRINCIPAL: &str = "mail";
/// Longest name kept of a sender, in characters.
const LONGEST_NAME: usize = 40;
/// Pictures smaller than this on both sides are marks of programs and signs of firms.
const SMALLEST: i64 = 64;

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// A new enquiry.
    Opened(CaseId),
    /// More in one that is there.
    Written(CaseId),
    /// It was brought before.
    Known(CaseId),
    /// No person wrote it; why.
    Dropped(&'static str),
}

/// Takes a letter that the company's mail server brings. Brought again it changes nothing, and
/// whatever was cut off is made whole.
pub async fn take(app: &App, own: &MailIn, envelope: Envelope, raw: Vec<u8>) -> Answer<Done> {
    let sender = envelope.sender.clone();
    let understood = tokio::task::spawn_blocking(move || {
        let hash = HEXLOWER.encode(&Sha256::digest(&raw));
        (read(&raw, sender.as_deref()), hash)
    });
    // A letter that breaks the reader is one that cannot be read.
    let Ok((Ok(mut letter), hash)) = understood.await else { return Err(unreadable()) };
    letter.to.extend(envelope.recipient);
    if let Some(why) = dropped(app, own, &letter) {
        return Ok(Done::Dropped(why));
    }
    let key = letter.id.as_ref().map_or(hash, |id| HEXLOWER.encode(&Sha256::digest(id)));
    let answer = store::Answer {
        principal: PRINCIPAL.to_owned(),
        key,
        // The same letter by two ways differs in its heads.
        body_hash: PRINCIPAL.to_owned(),
        status: 200,
        response: None,
    };
    let photos = drawn(app, &mut letter).await?;
    let done = match earlier(app, &answer).await? {
        Some(case) => Done::Known(case),
        None => match kept(app, own, &letter, &answer, photos.len()).await {
            Ok(done) => done,
            // The same letter beside this one was faster.
            Err(problem) => Done::Known(earlier(app, &answer).await?.ok_or(problem)?),
        },
    };
    if let Done::Opened(case) | Done::Written(case) | Done::Known(case) = done {
        keep_photos(app, case, &answer.key, &photos).await?;
    }
    Ok(done)
}

fn unreadable() -> Problem {
    Problem::new("form-invalid").field(
        "letter",
        "invalid",
        Text::new(
            "读不出这封信：没有发件人，或层次太多、太长",
            "The letter cannot be read: it has no sender, or too many parts",
        ),
    )
}

/// Why nothing is made of a letter.
fn dropped(app: &App, own: &MailIn, letter: &Read) -> Option<&'static str> {
    let ours = letter.id.as_deref().is_some_and(|id| numbered(app, id).is_some());
    let smtp = app.channels().and_then(|channels| channels.settings().smtp.as_ref());
    let from = smtp.is_some_and(|smtp| smtp.from.email.to_string() == letter.sender);
    if ours || from || own.is_own(&letter.sender) {
        return Some("own");
    }
    letter.automatic
}

async fn earlier(app: &App, answer: &store::Answer) -> Answer<Option<CaseId>> {
    let (key, hash) = (&answer.key, &answer.body_hash);
    let found = app.store().answered(&answer.principal, key, hash, app.now()).await?;
    Ok(found.and_then(|found| found.case))
}

/// The photos of a letter, drawn anew; what is none is counted with what else was sent along.
async fn drawn(app: &App, letter: &mut Read) -> Answer<Vec<NewFile>> {
    let mut photos = Vec::new();
    for picture in std::mem::take(&mut letter.pictures) {
        if i64::try_from(photos.len()).is_ok_and(|many| many >= MOST_PHOTOS) {
            letter.others += 1;
            continue;
        }
        let permit = app.limits().drawing().acquire().await;
        let _permit = permit.map_err(|_| Problem::new("internal"))?;
        let made = tokio::task::spawn_blocking(move || files::accept(picture, None)).await;
        match made {
            Ok(Ok(file)) => {
                let size = file.width.max(file.height);
                if size.is_some_and(|size| size >= SMALLEST) {
                    photos.push(NewFile { taken: None, ..file });
                }
            }
            _ => letter.others += 1,
        }
    }
    Ok(photos)
}

async fn keep_photos(app: &App, id: CaseId, key: &str, photos: &[NewFile]) -> Answer<()> {
    if photos.is_empty() {
        return Ok(());
    }
    let case = app.store().case(id, &Scope::company()).await?.state;
    for (place, file) in photos.iter().enumerate() {
        let origin = format!("{key}.{place}");
        let one = (file, Some(origin.as_str()));
        match app.store().add_enquiry_photo(id, case.customer, one, app.now()).await {
            // There already, or there are as many as it holds.
            Err(StoreError::Taken(_)) => {}
            kept => {
                kept?;
            }
        }
    }
    app.told(id, &[case.org]);
    Ok(())
}

/// The enquiry that a letter belongs to, by the address it was sent to or the letter it answers.
async fn thread(app: &App, own: &MailIn, letter: &Read) -> Answer<Option<LoadedCase>> {
    let addressed = letter.to.iter().find_map(|address| own.addressed(app, address));
    let answered = || letter.answers.iter().find_map(|id| numbered(app, id));
    let Some(case) = addressed.or_else(answered) else { return Ok(None) };
    let loaded = match app.store().case(case, &Scope::company()).await {
        Err(StoreError::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let erased = match loaded.state.customer {
        Some(customer) => app.store().customer(customer).await?.erased,
        None => false,
    };
    Ok(Some(loaded).filter(|found| found.state.process == enquiries::PROCESS && !erased))
}

async fn kept(
    app: &App,
    own: &MailIn,
    letter: &Read,
    answer: &store::Answer,
    photos: usize,
) -> Answer<Done> {
    app.limits().count(limits::LETTERS, &letter.sender, app.now())?;
    let found = thread(app, own, letter).await?;
    match found {
        Some(found) if found.state.closed_at.is_none() => {
            write(app, &found, letter, answer, photos).await.map(Done::Written)
        }
        ended => open(app, ended.as_ref(), letter, answer, photos).await.map(Done::Opened),
    }
}

async fn write(
    app: &App,
    found: &LoadedCase,
    letter: &Read,
    answer: &store::Answer,
    photos: usize,
) -> Answer<CaseId> {
    let case = &found.state;
    let id = case.id.ok_or_else(|| Problem::new("not-found"))?;
    let mut lines = vec![letter.new_text()];
    if let Some(from) = elsewhere(app, &case.data, &letter.sender).await? {
        lines.insert(0, format!("〔另一邮箱来信 · from another address: {from}〕"));
    }
    let text = said(lines, letter, photos);
    let release = app.releases().pinned(&case.release)?;
    let mut form = Map::new();
    form.insert("off_hours".to_owned(), json!(closed(app, &release, case.org)));
    let mut sealed = vec![(enquiries::MESSAGE, text)];
    sealed.extend(letter.id.clone().map(|id| (enquiries::MAIL_ID, id)));
    let known = release.forms.get("enquiry_more");
    for (field, text) in sealed {
        // Cases under rules from before letters know no such field.
        if known.is_some_and(|form| form.fields.iter().any(|known| known.id == field)) {
            let sealed = match case.customer {
                Some(customer) => app.store().seal_for(customer, Personal::Other, &text).await?,
                None => app.store().seal_for_company(Personal::Other, &text).await?,
            };
            form.insert(field.to_owned(), sealed);
        }
    }
    act_outside(app, id, enquiries::MORE, &form, Some(answer.clone())).await
}

/// The address of a letter that did not come from where the enquiry came from, masked.
async fn elsewhere(app: &App, data: &Map<String, Json>, sender: &str) -> Answer<Option<String>> {
    let Some(mut first) = data.get(enquiries::MAIL_FROM).cloned() else { return Ok(None) };
    app.store().open_sealed(&mut first, Show::Clear).await?;
    let same = first.as_str().is_some_and(|first| first.eq_ignore_ascii_case(sender));
    Ok((!same).then(|| masked(sender)))
}

async fn open(
    app: &App,
    ended: Option<&LoadedCase>,
    letter: &Read,
    answer: &store::Answer,
    photos: usize,
) -> Answer<CaseId> {
    app.limits().count(limits::LETTERS_OPENED, &letter.sender, app.now())?;
    app.limits().count(limits::ALL, "", app.now())?;
    let release = app.releases().current(app.today())?;
    let org = enquiries::desk(app, &release)?;
    let customer = who(app, org, letter).await?;
    let mut lines = Vec::new();
    if let Some(number) = ended.and_then(|ended| ended.state.number.as_deref()) {
        lines.push(format!("〔续 {number} · follows {number}〕"));
    }
    let whole = if ended.is_some() { letter.new_text() } else { letter.whole_text() };
    if !whole.starts_with(&letter.subject) {
        lines.push(letter.subject.clone());
    }
    lines.push(whole);
    let mut form = Map::new();
    form.insert("enquiry_channel".to_owned(), json!("email"));
    form.insert("off_hours".to_owned(), json!(closed(app, &release, org)));
    let name: Option<String> =
        letter.name.as_ref().map(|name| name.chars().take(LONGEST_NAME).collect());
    let personal = [
        (enquiries::MESSAGE, Personal::Other, Some(said(lines, letter, photos))),
        ("name_said", Personal::Name, name),
        (enquiries::MAIL_FROM, Personal::Other, Some(letter.sender.clone())),
        (enquiries::MAIL_SUBJECT, Personal::Other, Some(letter.subject.clone())),
        (enquiries::MAIL_ID, Personal::Other, letter.id.clone()),
    ];
    for (field, class, text) in personal {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let sealed = app.store().seal_for(customer, class, &text).await?;
            form.insert(field.to_owned(), sealed);
        }
    }
    let process = enquiries::PROCESS.to_owned();
    let open = FromOutside { process, org, customer, form, answer: Some(answer.clone()) };
    open_outside(app, &open).await
}

/// Whether the desk of that unit is closed.
fn closed(app: &App, release: &Release, org: OrgId) -> bool {
    let code = app.orgs().get(org).map(|org| org.code.clone()).unwrap_or_default();
    enquiries::closed_now(release, &code, app.zone(), app.now())
}

/// The customer who gave this address, where it is one alone; otherwise somebody new, with it and
/// the name they wrote. An address is not proof, as a number is none.
async fn who(app: &App, org: OrgId, letter: &Read) -> Answer<CustomerId> {
    let known = app.store().customers_of_email(&letter.sender).await?;
    if let [one] = known[..] {
        return Ok(one);
    }
    let name = letter.name.as_ref().map(|name| name.chars().take(LONGEST_NAME).collect());
    let new = NewCustomer { name, org: Some(org), ..NewCustomer::default() };
    let customer = app.store().add_customer(new, app.now()).await?;
    let address = normal(&letter.sender);
    let by = (None, None);
    app.store().put_customer_email(customer, address.as_deref(), by, app.now()).await?;
    Ok(customer)
}

/// What stands in the thread: the lines, no longer than there is room for, and a word on what was
/// sent along and not taken.
fn said(lines: Vec<String>, letter: &Read, photos: usize) -> String {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let mut text = lines.join("\n\n");
    if text.is_empty() {
        text = match photos {
            0 => "〔来信没有文字 · a letter without words〕".to_owned(),
            _ => "〔只有照片 · photos only〕".to_owned(),
        };
    }
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).collect();
        text.push_str("\n\n〔来信太长，后面略去 · too long, the rest is left out〕");
    }
    if letter.others > 0 {
        let many = letter.others;
        text.push_str("\n\n");
        let said = format!("〔另有 {many} 个附件没有收，只收照片 · {many} attachments not taken〕");
        text.push_str(&said);
    }
    text
}
