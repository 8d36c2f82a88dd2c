//! What a company does week by week and month by month: claims, statements, forms, shelves.

use super::{Pile, Plan, Work};
use crate::script::Story;
use base::Day;
use base::time::add_days;
use serde_json::json;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A pile without anything said besides.
fn pile(process: &'static str, state: &'static str, action: &'static str) -> Pile {
    Pile { process, state, action, lain: 0, left: 0, story: Story::new() }
}

impl Pile {
    fn lain(self, lain: i64) -> Self {
        Self { lain, ..self }
    }

    fn left(self, left: u8) -> Self {
        Self { left, ..self }
    }
}

/// The round of the office and of every station.
pub fn all(plan: &mut Plan<'_>) {
    first_goods(plan);
    for day in plan.days() {
        weekly(plan, day);
        monthly(plan, day);
        for lane in 1..plan.lanes.len() {
            station_week(plan, lane, day);
            station_month(plan, lane, day);
        }
    }
}

/// The shelves are filled as the year begins, where the month's supply does not come at once.
fn first_goods(plan: &mut Plan<'_>) {
    let first = plan.zone.day(plan.begins);
    if first.day() <= 2 {
        return;
    }
    plan.step(0, plan.begins.plus_seconds(DAY / 24), Work::Supply);
    for lane in 1..plan.lanes.len() {
        let arrived = pile("stock_transfer", "shipped", "receive");
        plan.step(lane, plan.begins.plus_seconds(2 * DAY), Work::WorkOff(arrived));
    }
}

/// Monday is 1.
fn weekday(day: Day) -> i8 {
    day.weekday().to_monday_one_offset()
}

fn put(plan: &mut Plan<'_>, lane: usize, day: Day, (hour, minute): (i8, i8), pile: Pile) {
    let at = plan.on(day, hour, minute);
    plan.step(lane, at, Work::WorkOff(pile));
}

/// Puts a monthly duty into a lane also after its station went over to the story of the day.
fn duty(plan: &mut Plan<'_>, lane: usize, day: Day, (hour, minute): (i8, i8), work: Work) {
    let at = plan.on(day, hour, minute);
    if at >= plan.begins && at <= plan.ends {
        plan.lanes[lane].push(super::Stint { at, work });
    }
}

fn weekly(plan: &mut Plan<'_>, day: Day) {
    match weekday(day) {
        2 | 4 => {
            put(plan, 0, day, (10, 30), pile("claim", "submitted", "review_claim").lain(DAY / 2));
            put(plan, 0, day, (11, 0), pile("quality_feedback", "received", "pass_on"));
            put(
                plan,
                0,
                day,
                (15, 0),
                pile("quality_feedback", "passed", "give_solution").lain(4 * DAY),
            );
        }
        3 => put(
            plan,
            0,
            day,
            (14, 0),
            pile("on_site_commission", "returned", "file_report").lain(DAY),
        ),
        5 => put(
            plan,
            0,
            day,
            (14, 30),
            pile("three_guarantees_judgement", "decided", "review").lain(2 * DAY),
        ),
        _ => {}
    }
}

fn monthly(plan: &mut Plan<'_>, day: Day) {
    let last = plan.zone.day(plan.ends);
    let this_month = (day.year(), day.month()) == (last.year(), last.month());
    match day.day() {
        2 => {
            let at = plan.on(day, 9, 0);
            plan.step(0, at, Work::Supply);
        }
        3 => {
            let mut check = pile("fee_settlement", "drawn", "check_statement");
            check.story.insert("checked_papers", json!(true));
            put(plan, 0, day, (10, 0), check);
            put(plan, 0, day, (11, 30), pile("quality_report", "due", "deliver_report"));
        }
        9 => put(plan, 0, day, (10, 0), pile("quality_report", "delivered", "answer_report")),
        11 if !this_month => {
            let mut pay = pile("fee_settlement", "agreed", "pay_statement");
            pay.story.insert("paid_means", json!("transfer"));
            put(plan, 0, day, (15, 0), pay);
        }
        13 => put(plan, 0, day, (9, 30), pile("old_for_new", "requested", "coordinate")),
        18 => {
            for (minute, state, action) in
                [(0, "shipped", "sign"), (20, "signed", "count"), (40, "counted", "appraise")]
            {
                put(plan, 0, day, (9, minute), pile("old_for_new", state, action));
            }
        }
        20 => {
            put(plan, 0, day, (10, 0), pile("old_for_new", "judged", "approve"));
            put(plan, 0, day, (15, 0), pile("old_for_new", "approved", "review"));
        }
        // What the maker's warehouse received for them on the second.
        6 => put(plan, 0, day, (10, 0), pile("old_for_new", "reviewed", "issue")),
        28 => {
            let at = plan.on(day, 19, 0);
            plan.step(0, at, Work::Read);
        }
        _ => {}
    }
    // What was said before yesterday evening has been read; the rest is news.
    if add_days(day, 1) == Some(last) {
        let at = plan.on(day, 18, 0);
        plan.step(0, at, Work::Read);
    }
}

fn station_week(plan: &mut Plan<'_>, lane: usize, day: Day) {
    let idle = Plan::place(lane).map_or(0, |place| place.idle);
    match weekday(day) {
        1 | 3 | 5 => {
            let calls = pile("follow_up", "due", "answer").lain(3 * DAY).left(idle);
            put(plan, lane, day, (15, 40), calls);
            put(plan, lane, day, (16, 10), pile("follow_up", "problem_open", "problem_solved"));
        }
        2 | 6 => {
            put(plan, lane, day, (9, 20), pile("rework", "opened", "determine"));
            put(plan, lane, day, (9, 50), pile("rework", "determined", "feed_back"));
            for (minute, state, action) in [
                (10, "recorded", "investigate"),
                (30, "investigated", "answer_complaint"),
                (50, "answered", "satisfied"),
            ] {
                let found = pile("complaint", state, action).lain(DAY / 2);
                put(plan, lane, day, (11, minute), found);
            }
            put(
                plan,
                lane,
                day,
                (14, 0),
                pile("consultation", "received", "answer_now").lain(DAY / 24),
            );
            put(plan, lane, day, (14, 10), pile("consultation", "answered", "close").lain(60));
        }
        _ => {}
    }
    if weekday(day) == 5 {
        let mut claims = pile("claim", "opened", "submit_claim").left(idle / 3);
        claims.story.insert("papers_complete", json!(true));
        put(plan, lane, day, (16, 40), claims);
        put(plan, lane, day, (16, 55), pile("claim", "returned", "amend_claim"));
    }
}

fn station_month(plan: &mut Plan<'_>, lane: usize, day: Day) {
    let last = plan.zone.day(plan.ends);
    let this_month = (day.year(), day.month()) == (last.year(), last.month());
    let idle = Plan::place(lane).map_or(0, |place| place.idle);
    let off = |pile| Work::WorkOff(pile);
    match day.day() {
        1 => duty(plan, lane, day, (9, 30), Work::Count),
        4 => {
            duty(plan, lane, day, (9, 0), off(pile("quality_form", "due", "send_form")));
            duty(plan, lane, day, (9, 30), off(pile("stock_transfer", "shipped", "receive")));
        }
        // Of the last month, half of the stations have answered.
        5 if !this_month || lane.is_multiple_of(2) => {
            duty(
                plan,
                lane,
                day,
                (14, 0),
                off(pile("fee_settlement", "checked", "agree_statement")),
            );
        }
        12 if day.month() % 3 == 2 => {
            let at = plan.on(day, 10, 0);
            plan.step(lane, at, Work::OldParts);
        }
        14 => put(plan, lane, day, (10, 0), pile("old_for_new", "coordinated", "send")),
        16 if day.month() == 1 => {
            put(plan, lane, day, (10, 0), pile("station_assessment", "sent", "return_form"));
        }
        10 => put(plan, lane, day, (16, 0), pile("old_for_new", "issued", "receive")),
        27 => {
            let forms = pile("quality_form", "due", "send_form").left(idle / 2);
            duty(plan, lane, day, (10, 0), off(forms));
        }
        _ => {}
    }
}
