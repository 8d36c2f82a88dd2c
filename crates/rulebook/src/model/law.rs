//! The legal floor (法律底线): what the law gives every customer, whatever a company promises.
//!
//! A pack with a file `law.toml` is a *law pack*. Its rules stand beside the company's and never
//! replace them: `law.toml` says what interrupts a term and which repairs and waits open the next
//! remedy, `tables/floor.csv` gives remedies by facts (hit policy *collect*: every row that fits
//! speaks), `tables/floor_term.csv` the shortest terms. Each row names its source and whether its
//! wording was checked: what is still to be verified is shown and never decides.
//!
//! The rest of a law pack (catalogue, `term.toml`, `tables/coverage.csv`, examples) is a shop that
//! promises nothing of its own. It is there only while no company's pack is, and lets the law be
//! tried by itself.

use super::scope::{Fact, JUDGE_FACTS, Provider, record_of};
use super::{Parameter, TermRow, WarrantyTrigger};
use crate::expr::{Type, Value};
use crate::table::Table;
use base::{Clauses, Word};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a row of the law may be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The wording was checked and it applies: it decides where it is better for the customer.
    Holds,
    /// Read in secondary text only, or not known to apply: shown, never decides (待核实).
    Verify,
    /// It would apply if a fact that nobody stated were so: shown, never decides.
    Open,
}

/// `law.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawRules {
    /// Days in repair and days waiting for parts do not count (扣除修理占用和待修的时间).
    #[serde(default)]
    pub suspension: Option<LawRule>,
    /// Repairs and waits that open the next remedy.
    #[serde(default, rename = "trigger")]
    pub triggers: Vec<WarrantyTrigger>,
}

/// A rule of the law without figures of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawRule {
    /// `holds`, `verify`, or the yes/no setting on which it hangs.
    pub status: String,
    /// Law, article and date.
    pub source: Word,
    /// Clauses.
    pub clause: Clauses,
}

/// One row of `tables/floor_term.csv`: the shortest term the law knows for a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawTerm {
    /// Parts, faults and length.
    #[serde(flatten)]
    pub row: TermRow,
    /// `holds`, `verify`, or the yes/no setting on which it hangs.
    pub status: String,
    /// Law, article and date.
    pub source: Word,
}

/// The law of a release.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Law {
    /// The packs it is from, with version, parents first.
    pub packs: Vec<(String, String)>,
    /// `law.toml`, of all law packs.
    pub rules: LawRules,
    /// Shortest terms.
    pub terms: Vec<LawTerm>,
    /// Remedies by facts: outputs `remedy`, `payer`, `status`, `source`.
    pub floor: Option<Table>,
}

impl Standing {
    /// Its word: `holds`, `verify`, `open`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Verify => "verify",
            Self::Open => "open",
        }
    }

    /// What a status says: a word, or the setting it hangs on; a setting that is not *yes* leaves
    /// the row to be verified.
    pub fn of(status: &str, settings: &BTreeMap<String, Parameter>) -> Self {
        match status {
            "holds" => Self::Holds,
            "verify" => Self::Verify,
            setting => {
                let value = settings.get(setting).and_then(|known| known.value.as_ref());
                if value.and_then(serde_json::Value::as_bool) == Some(true) {
                    Self::Holds
                } else {
                    Self::Verify
                }
            }
        }
    }
}

impl Law {
    /// A text output of every row of the floor, with the row's path.
    fn told(&self, output: &str) -> impl Iterator<Item = (String, &str)> {
        self.floor.iter().flat_map(move |floor| {
            let at = floor.outputs.iter().position(|known| known.name == output);
            let rows = (0..floor.len()).filter_map(|index| floor.row(index));
            rows.map(move |row| {
                let text = at.and_then(|at| match row.outputs.get(at) {
                    Some(Value::Text(text)) => Some(text.as_str()),
                    _ => None,
                });
                (format!("table/floor/row/{}", row.id), text.unwrap_or_default())
            })
        })
    }

    /// Every source written in it, with the path of its item for findings.
    pub fn sources(&self) -> Vec<(String, &str)> {
        let rules =
            self.rules.suspension.iter().map(|rule| ("law/suspension".into(), &*rule.source));
        let triggers = self.rules.triggers.iter().map(|trigger| {
            (format!("law/trigger/{}", trigger.id), trigger.source.as_deref().unwrap_or_default())
        });
        let terms = self.terms.iter().map(|t| (format!("law-term/{}", t.row.id), &*t.source));
        rules.chain(triggers).chain(terms).chain(self.told("source")).collect()
    }

    /// Every status written in it, with the path of its item for findings.
    pub fn statuses(&self) -> Vec<(String, &str)> {
        let rules =
            self.rules.suspension.iter().map(|rule| ("law/suspension".into(), &*rule.status));
        let triggers = self.rules.triggers.iter().map(|trigger| {
            (format!("law/trigger/{}", trigger.id), trigger.status.as_deref().unwrap_or_default())
        });
        let terms = self.terms.iter().map(|t| (format!("law-term/{}", t.row.id), &*t.status));
        let mut all: Vec<(String, &str)> = rules.chain(triggers).chain(terms).collect();
        all.extend(self.told("status"));
        all
    }
}

/// What the floor of a law pack tests beside [`JUDGE_FACTS`].
pub const LAW_FACTS: &[Fact] = &[
    Fact {
        path: "distance_sale",
        kind: "bool",
        provider: Provider::Unit,
        zh: "是否以网络、电视、电话、邮购等方式销售",
        en: "whether it was sold at a distance: online, by television, telephone or mail",
    },
    Fact {
        path: "days_since_receipt",
        kind: "number",
        provider: Provider::Clock,
        zh: "收货后天数",
        en: "days from the receipt of the goods to the report",
    },
    Fact {
        path: "user_caused",
        kind: "bool",
        provider: Provider::Form,
        zh: "是否已查明用户或外来原因",
        en: "whether a cause on the user's side or from outside is established",
    },
    Fact {
        path: "evidence.intact",
        kind: "bool",
        provider: Provider::Form,
        zh: "商品是否完好（未说明的不推定）",
        en: "whether the goods are intact; what nobody states is not presumed",
    },
];

/// The scope of a law's floor. Its keys are those of the glossary: a company's catalogue need not
/// have all of them, so they are text here.
pub fn law_scope() -> Type {
    let (mut root, more) = (record_of(JUDGE_FACTS), record_of(LAW_FACTS));
    if let (Type::Record(facts), Type::Record(more)) = (&mut root, more) {
        for (name, kind) in more {
            match (facts.get_mut(&name), kind) {
                (Some(Type::Record(known)), Type::Record(fields)) => known.extend(fields),
                (_, kind) => drop(facts.insert(name, kind)),
            }
        }
    }
    root
}
