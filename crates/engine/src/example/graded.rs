//! Examples of customers' grades.

use super::expect::differs;
use crate::grade::{Known, grade};
use base::Text;
use rulebook::model::Example;
use rulebook::{Release, Traces};
use serde_json::{Value as Json, json};

/// What is known of a customer, and the grade that follows.
pub fn run(release: &Release, example: &Example, traces: &mut Traces) -> Result<(), Text> {
    let given = example.given.get("customer").and_then(Json::as_object);
    let known = given.map(Known::of_example).unwrap_or_default();
    let found = grade(release, &known).map(|(grade, _)| grade.id.as_str());
    traces.bit.extend(found.map(str::to_owned));
    let got = json!({ "grade": found.unwrap_or("none") });
    differs("", &Json::Object(example.then.clone()), &got).map_or(Ok(()), Err)
}
