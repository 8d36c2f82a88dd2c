//! Who brings the facts that expressions read.

use super::scope::FACTS;

/// Who brings a fact. Each provider that is not free costs a statement; a decision has six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provider {
    /// The submitted form.
    Form,
    /// The case itself, always read.
    Case,
    /// The session.
    Session,
    /// The clock of the command.
    Clock,
    /// The release.
    Release,
    /// People named by the form or the case.
    People,
    /// The vehicle and its components.
    Unit,
    /// The customer.
    Customer,
    /// The organisation unit that owns the case.
    Org,
    /// Earlier repairs of the vehicle.
    History,
    /// Open cases of whoever opens this one.
    Held,
    /// The money that whoever opens this one took, what is still due at the unit, and what stands
    /// open between it and the company.
    Till,
    /// What other records say against this case (疑点).
    Doubts,
    /// What the company knows of the unit beside the case: scorecards, earlier cases, and the case
    /// that opened this one.
    Standing,
    /// Ranges of numbers of campaigns (召回、服务活动), and how far the case's own has come.
    Campaign,
}

impl Provider {
    /// Whether asking it costs a statement of its own.
    pub const fn costs(self) -> bool {
        matches!(
            self,
            Self::People
                | Self::Unit
                | Self::Customer
                | Self::Org
                | Self::History
                | Self::Held
                | Self::Till
                | Self::Doubts
                | Self::Standing
                | Self::Campaign
        )
    }
}

/// Who brings what this path names, for the fact plan; `None` for an unknown root.
pub fn provider(path: &str) -> Option<Provider> {
    let (root, _) = path.split_once('.').unwrap_or((path, ""));
    let found = FACTS.iter().find(|fact| {
        let own = fact.path.replace("[]", "");
        path == own || path.starts_with(&format!("{own}.")) || own.starts_with(&format!("{path}."))
    });
    match root {
        "form" => Some(Provider::Form),
        "child" => Some(Provider::Session),
        "data" | "done" | "last_done" => Some(Provider::Case),
        "params" => Some(Provider::Release),
        _ if found.is_some() => found.map(|fact| fact.provider),
        "case" => Some(Provider::Case),
        _ => None,
    }
}
