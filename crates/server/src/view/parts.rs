//! What a field of parts (配件明细) is filled from: the shelf it is read against, or the part
//! master.

use super::Words;
use super::form::Drawing;
use engine::facts::OnHand;
use engine::form::FieldView;
use engine::{Command, form};
use rulebook::model::{Action, Part};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Most parts of a shelf shown to choose from.
const MAX_ON_SHELF: usize = 500;
/// Most parts of the part master shown to choose from.
const MAX_OF_MASTER: usize = 300;
/// Most parts of a shelf that is offered at once.
const MAX_NEAR: usize = 12;
/// Most serials of one part.
const MAX_SERIALS: usize = 200;

/// What rows of parts are chosen from and compared with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Shelf {
    /// What may be scanned or chosen.
    parts: Vec<PartView>,
    /// The rows as the form before left them: what was shipped, reserved or issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    expected: Option<Json>,
    /// Whether the books stay hidden: a count is recorded without them (盲盘).
    blind: bool,
    /// Whether it is a small shelf of its own, such as a technician's van (随车库), of which all is
    /// offered at once; what this case brought there first.
    near: bool,
}

/// A part with what lies on the shelf of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartView {
    code: String,
    title: Words,
    /// `wearing`, `electrical`, `painted`, `ordinary`.
    class: String,
    /// Whether each piece goes by its serial.
    tracked: bool,
    /// Whether the books hold any of it.
    listed: bool,
    /// Pieces the books hold; absent in a blind count.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_hand: Option<i64>,
    /// Their serials; empty where the part master is offered, and in a blind count.
    serials: Vec<String>,
}

impl PartView {
    fn of(part: &Part, held: Option<&OnHand>) -> Self {
        Self {
            code: part.code.clone(),
            title: (&part.title).into(),
            class: part.class.word().to_owned(),
            tracked: part.tracked,
            listed: held.is_some_and(|held| held.pieces != 0),
            on_hand: Some(held.map_or(0, |held| held.pieces)),
            serials: held.map_or_else(Vec::new, |held| {
                held.serials.iter().take(MAX_SERIALS).cloned().collect()
            }),
        }
    }
}

impl PartView {
    /// Without what the books hold of it: who counts is to see the shelf.
    fn blind(self) -> Self {
        Self { on_hand: None, serials: vec![], ..self }
    }
}

/// What only the books say of a row of parts.
const BOOKED: [&str; 3] = ["booked", "missing", "found"];

impl Shelf {
    /// Whether the books stay hidden.
    pub(super) fn is_blind(&self) -> bool {
        self.blind
    }

    /// The rows without what the books say of them.
    pub(super) fn hide_books(rows: &mut Json) {
        for row in rows.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut) {
            row.retain(|key, _| !BOOKED.contains(&key.as_str()));
        }
    }

    /// What a visible field of parts is filled from. A count may find what the books do not hold,
    /// so it is offered the part master behind the shelf.
    pub(super) fn of(
        drawing: &Drawing<'_>,
        view: &FieldView<'_>,
        action: &Action,
        command: &Command,
    ) -> Self {
        let facts = drawing.facts;
        let held = facts.stock.iter().filter(|(_, held)| held.pieces != 0);
        let shelf =
            held.filter_map(|(code, held)| Some(PartView::of(facts.parts.get(code)?, Some(held))));
        let shelf = shelf.take(MAX_ON_SHELF);
        let pieces = |part: &Part| {
            let pieces = facts.stock.get(&part.code).map_or(0, |held| held.pieces);
            OnHand { pieces, serials: vec![] }
        };
        let master = facts.parts.values().map(|part| PartView::of(part, Some(&pieces(part))));
        let master = master.take(MAX_OF_MASTER);
        let count = view.field.catalog.as_deref() == Some("count");
        let parts: Vec<PartView> = match view.field.catalog.as_deref() {
            // What is ordered need not be there, nor has it a serial yet.
            None | Some("order") => master.collect(),
            Some("count") => {
                let shelf: Vec<PartView> = shelf.collect();
                let known: BTreeSet<String> = shelf.iter().map(|part| part.code.clone()).collect();
                let rest = master.filter(|part| !known.contains(&part.code));
                shelf.into_iter().chain(rest).collect()
            }
            Some(_) => first_of_case(drawing, shelf.collect()),
        };
        let expected =
            view.field.value.as_ref().map(|_| first_rows(drawing, view, action, command));
        let blind = count && expected.is_none();
        let parts = if blind { parts.into_iter().map(PartView::blind).collect() } else { parts };
        let own = view.field.warehouse.is_some() && expected.is_none();
        let near = own && !parts.is_empty() && parts.len() <= MAX_NEAR;
        Self { parts, expected, blind, near }
    }
}

/// A shelf with what rows of this case have named before the rest, by part and by serial.
fn first_of_case(drawing: &Drawing<'_>, mut parts: Vec<PartView>) -> Vec<PartView> {
    let answers = drawing.case.into_iter().flat_map(|case| case.data.values());
    let rows = || answers.clone().filter_map(Json::as_array).flatten();
    let named: BTreeSet<&str> = rows().filter_map(|row| row.get("part")?.as_str()).collect();
    let serials = rows().filter_map(|row| row.get("serials")?.as_array()).flatten();
    let serials: BTreeSet<&str> = serials.filter_map(Json::as_str).collect();
    for part in &mut parts {
        part.serials.sort_by_key(|serial| !serials.contains(serial.as_str()));
    }
    parts.sort_by_key(|part| !named.contains(part.code.as_str()));
    parts
}

/// The rows the field holds before anybody touches it.
fn first_rows(
    drawing: &Drawing<'_>,
    view: &FieldView<'_>,
    action: &Action,
    command: &Command,
) -> Json {
    if !command.form.contains_key(&view.field.id) {
        return view.value.clone();
    }
    let mut untouched = command.clone();
    untouched.form = Map::new();
    untouched.action = Some(action.id.clone());
    let (release, now) = (drawing.release, drawing.app.now());
    let views = form::form_view(release, drawing.case, drawing.facts, &untouched, now);
    let own = views.into_iter().find(|first| first.field.id == view.field.id);
    own.map_or(Json::Null, |first| first.value)
}
