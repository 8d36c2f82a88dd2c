//! Filling forms plausibly: what the story says, what is required, what a refusal asked for.

use super::picture;
use super::rig::Story;
use crate::app::App;
use crate::auth::Session;
use crate::problem::Answer;
use crate::view::form::{FieldSchema, FormSchema};
use base::FileId;
use image::{ImageFormat, Rgb, RgbImage};
use rulebook::model::FieldKind;
use serde_json::{Map, Value as Json, json};
use std::io::Cursor;
use store::file::NewFile;

/// Under this name a story says which vehicle it is about, for its photographs.
pub const TURN: &str = "$vehicle";

/// A filled form.
pub async fn form(
    app: &App,
    session: &Session,
    schema: Option<&FormSchema>,
    story: &Story,
    asked: &[String],
) -> Answer<Map<String, Json>> {
    let mut form = Map::new();
    let Some(schema) = schema else { return Ok(form) };
    for field in &schema.fields {
        let told = story.get(field.id()).filter(|_| field.kind() != FieldKind::Computed);
        if let Some(value) = told {
            if field.is_visible() {
                form.insert(field.id().into(), fitting(field, value));
            }
            continue;
        }
        let wanted = field.is_required()
            || asked.iter().any(|a| a == field.id())
            || field.kind() == FieldKind::Signature
            || (field.kind() == FieldKind::Photos && !story.contains_key(simulator::year::PLAIN));
        if !field.is_visible() || !wanted || field.has_value() {
            continue;
        }
        if let Some(value) = plausible(app, session, field, story).await? {
            form.insert(field.id().into(), value);
        }
    }
    Ok(form)
}

/// What the story says, as far as the field knows it: a checklist takes its own points only.
fn fitting(field: &FieldSchema, told: &Json) -> Json {
    match (field.kind(), told) {
        (FieldKind::Checklist, Json::Object(told)) => {
            let points = field.choice_ids().into_iter();
            points.map(|id| (id.to_owned(), told.get(id).cloned().unwrap_or(json!(true)))).collect()
        }
        _ => told.clone(),
    }
}

async fn plausible(
    app: &App,
    session: &Session,
    field: &FieldSchema,
    story: &Story,
) -> Answer<Option<Json>> {
    let now = app.now();
    Ok(Some(match field.kind() {
        FieldKind::Text | FieldKind::LongText => json!("已按要求办理"),
        FieldKind::Serial => json!(format!("SN{}", now.0 % 100_000_000)),
        FieldKind::Number => json!(field.min().unwrap_or(1.0).max(1.0)),
        FieldKind::Money => json!(0),
        FieldKind::Date => json!(app.today().to_string()),
        FieldKind::Instant => json!(now.plus_seconds(4 * 3600).to_string()),
        FieldKind::YesNo => json!(true),
        FieldKind::Choice => match field.choice_ids().first() {
            Some(id) => json!(id),
            None => return Ok(None),
        },
        FieldKind::MultiChoice => json!([]),
        FieldKind::Checklist => {
            field.choice_ids().into_iter().map(|id| (id.to_owned(), json!(true))).collect()
        }
        FieldKind::Measurement => json!({ "value": 80, "instrument": "BT-3", "temperature": 22 }),
        FieldKind::Person => match field.free_candidate() {
            Some(id) => json!(id),
            None => return Ok(None),
        },
        FieldKind::Photos => {
            let mut photos = Vec::new();
            let slots = field.choice_ids();
            for slot in if slots.is_empty() { vec!["photo"] } else { slots } {
                let component = story.get("component").and_then(Json::as_str).unwrap_or_default();
                let turn = story.get(TURN).and_then(Json::as_u64).unwrap_or(0);
                let turn = usize::try_from(turn).unwrap_or(0);
                let file = photo(app, session, slot, component, turn).await?;
                let Some(file) = file else { return Ok(None) };
                photos.push(json!({ "file": file.to_string(), "slot": slot }));
            }
            json!(photos)
        }
        FieldKind::Signature => match signature(app, session).await? {
            Some(file) => {
                json!({ "file": file.to_string(), "by": "customer", "means": "pad" })
            }
            None => return Ok(None),
        },
        FieldKind::Rating => json!(5),
        FieldKind::Org => json!(session.org.id.to_string()),
        FieldKind::Lines
        | FieldKind::Parts
        | FieldKind::PeopleRows
        | FieldKind::Rows
        | FieldKind::Unit
        | FieldKind::Customer
        | FieldKind::Code
        | FieldKind::File
        | FieldKind::Computed => {
            return Ok(None);
        }
    }))
}

/// A photograph of what the slot asks for, on this vehicle and at this minute.
async fn photo(
    app: &App,
    session: &Session,
    slot: &str,
    component: &str,
    turn: usize,
) -> Answer<Option<FileId>> {
    let local = app.zone().local(app.now());
    let clock = u32::try_from(i32::from(local.hour()) * 100 + i32::from(local.minute()));
    let picture = picture::draw(slot, component, turn, clock.unwrap_or(0));
    keep(app, session, &picture, ImageFormat::Jpeg).await
}

/// A pen stroke in ink on white, a little different each time.
async fn signature(app: &App, session: &Session) -> Answer<Option<FileId>> {
    let turn = u32::try_from(app.now().0.rem_euclid(29)).unwrap_or(0);
    let mut picture = RgbImage::from_pixel(320, 120, Rgb([255, 255, 255]));
    let mut before = None;
    for t in 0..230 {
        let y = 24 + wave(t + turn, 38, 46) + wave(t, 96 + turn, 22);
        let (low, high) = (y.min(before.unwrap_or(y)), y.max(before.unwrap_or(y)));
        for y in low..=high {
            dab(&mut picture, 44 + t, y);
        }
        before = Some(y);
    }
    for t in 0..150 {
        dab(&mut picture, 90 + t, 106 - t / 14);
    }
    keep(app, session, &picture, ImageFormat::Png).await
}

/// A line that goes up and down: `height` at the half of each `period`.
fn wave(t: u32, period: u32, height: u32) -> u32 {
    let (at, half) = (t % period, period / 2);
    at.min(period - at) * height / half
}

/// The point of a pen.
fn dab(picture: &mut RgbImage, x: u32, y: u32) {
    for (x, y) in [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)] {
        if let Some(pixel) = picture.get_pixel_mut_checked(x, y) {
            *pixel = Rgb([31, 41, 55]);
        }
    }
}

async fn keep(
    app: &App,
    session: &Session,
    picture: &RgbImage,
    format: ImageFormat,
) -> Answer<Option<FileId>> {
    let mut out = Cursor::new(Vec::new());
    if picture.write_to(&mut out, format).is_err() {
        return Ok(None);
    }
    let file = NewFile {
        kind: format.to_mime_type().into(),
        bytes: out.into_inner(),
        width: Some(picture.width().into()),
        height: Some(picture.height().into()),
        taken: None,
    };
    Ok(Some(app.store().add_file(file, session.id(), app.now()).await?.id))
}
