//! Roles. File `roles.toml`: `[[role]]` with id, title, permissions and reach.

use base::Text;
use serde::{Deserialize, Serialize};

/// What a person may be (角色).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Key of the role list, for example `service_advisor`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it may do beyond acting on cases (that stands in the processes).
    #[serde(default)]
    pub permissions: Vec<Permission>,
    /// How far it sees.
    pub reach: Reach,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// A right outside the processes. Every endpoint names exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See cases in reach.
    CaseRead,
    /// Act on cases where the process lets the role.
    CaseAct,
    /// Find and see vehicles.
    UnitRead,
    /// Register and correct vehicles.
    UnitWrite,
    /// See customers, masked.
    CustomerRead,
    /// Register and correct customers.
    CustomerWrite,
    /// See names and numbers in full; every use is journaled.
    Unmask,
    /// Ask for a verdict.
    VerdictRead,
    /// See documents of cases in reach, and print them.
    DocumentRead,
    /// Upload files.
    FileWrite,
    /// Import workbooks.
    ImportRun,
    /// See the rulebook.
    RulebookRead,
    /// Make drafts of the rulebook and edit them.
    RulebookEdit,
    /// Review drafts that others edited.
    RulebookApprove,
    /// Publish an approved draft, take a release back before its day, move cases to a release.
    RulebookPublish,
    /// See people and organisation.
    PeopleRead,
    /// Change people and organisation.
    PeopleWrite,
    /// See figures.
    FigureRead,
    /// See the part master and all classes of prices.
    PriceRead,
    /// Enter parts and prices.
    PriceEdit,
    /// See stock (库存), the accounts that count parts, and the custody of serials.
    StockRead,
    /// Enter opening stock (期初库存), within one's own scope.
    StockOpen,
    /// See all accounts (科目), those of money too.
    AccountRead,
    /// Check the journal, run maintenance.
    SystemAdmin,
}

/// How far a role sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Cases assigned to or opened by the person.
    Own,
    /// The station the role is held at.
    Station,
    /// The organisation unit and everything below it.
    Subtree,
    /// The whole company.
    Company,
}
