//! What is said on the telephone (规范用语): steps beside the form that takes the call down.

use base::Text;
use serde::{Deserialize, Serialize};

/// A script of a call (接线话术). `scripts.toml`: `[[script]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The process that takes such a call down; its start form stands beside the steps.
    pub process: String,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
    /// The steps, in the order they are said.
    #[serde(rename = "step")]
    pub steps: Vec<ScriptStep>,
}

/// A step of a script: what is said, and what is taken down by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptStep {
    /// Key, unique in the script.
    pub id: String,
    /// What the step is for.
    pub title: Text,
    /// What is said, with `{{ … }}` of [`SCRIPT_NAMES`].
    pub say: Text,
    /// The field of the start form that the answer goes into.
    #[serde(default)]
    pub field: Option<String>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// What a script can name: the time of day in words (早上、中午、下午、晚上), the company, who
/// speaks; who calls and from which number, and when they were promised to be called back.
pub const SCRIPT_NAMES: [&str; 6] =
    ["day_part", "company", "agent", "caller.name", "caller.phone", "call_back_at"];

/// The names between `{{` and `}}` of a text, in their order.
pub fn script_names(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim()))
}
