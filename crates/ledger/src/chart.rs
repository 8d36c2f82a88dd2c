//! The chart of accounts (科目表): which accounts there may be, and what each counts.

use crate::pattern::Place;
use crate::template::Mistake;
use crate::{Account, Code, Commodity, Limits, Path, Pattern, Refused, Transaction};
use base::Text;
use serde::{Deserialize, Serialize};

/// What the accounts of a rule count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Money in fen.
    Fen,
    /// Pieces of the part that `{part}` names; serial by serial where the part is tracked.
    Parts,
}

/// A rule for accounts: `[[account]]` of `postings.toml`. An account is opened by the first posting
/// that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountRule {
    /// Key, by which a child pack overrides it.
    pub id: String,
    /// Name, as on account pages.
    pub title: Text,
    /// For example `stock/{warehouse}/{part}`.
    pub path: Pattern,
    /// What they count.
    pub counts: Counts,
    /// The name in the path whose key is, up to its first dot, the code of the organisation unit
    /// that owns the account and may look at it; the company's own where absent. The dot parts a
    /// station's shelf `S01` from the van of its technician `S01.zhaolei`.
    #[serde(default)]
    pub owner: Option<String>,
    /// Whether they may go below zero: the outside world.
    #[serde(default)]
    pub negative: bool,
    /// What each holds at most when it is opened; a decision may change it for one account. Zero
    /// means: nothing before a quota is decided.
    #[serde(default)]
    pub at_most: Option<i64>,
    /// Whether what stands on them is settled item by item (往来未清项): the rules read those of a
    /// unit when a statement is drawn. Such an account counts money, belongs to a unit, and its
    /// path ends with the case.
    #[serde(default)]
    pub open_items: bool,
    /// Clauses.
    pub clause: Vec<String>,
}

impl AccountRule {
    /// The part that an account of that path counts.
    pub fn part_of<'p>(&self, path: &'p crate::Path) -> Option<&'p str> {
        path.keys().nth(self.part_place()?)
    }

    /// The place of `{part}` in the path.
    pub(crate) fn part_place(&self) -> Option<usize> {
        let is_part = |place: &Place| *place == Place::Name("part".to_owned());
        match self.counts {
            Counts::Fen => None,
            Counts::Parts => self.path.places().iter().position(is_part),
        }
    }
}

impl AccountRule {
    /// The code of the organisation unit that owns the account of that path.
    pub fn owner_of(&self, path: &crate::Path) -> Option<String> {
        let named = Place::Name(self.owner.clone()?);
        let place = self.path.places().iter().position(|place| *place == named)?;
        let code = path.keys().nth(place)?.split('.').next()?;
        Some(code.to_owned())
    }
}

impl AccountRule {
    /// The words that the paths of a unit's open items begin with: `station/S01/due`; `None` where
    /// its accounts hold none.
    pub fn open_items_of(&self, unit: &str) -> Option<String> {
        let owner = Place::Name(self.owner.clone().filter(|_| self.open_items)?);
        let words = self.path.places().iter().map_while(|place| match place {
            Place::Word(word) => Some(word.as_str()),
            named @ Place::Name(_) => (*named == owner).then_some(unit),
        });
        Some(words.collect::<Vec<_>>().join("/"))
    }

    /// What an open item is about, and the case it stems from: of `station/S01/due/maker/WX-1`
    /// they are `maker` and `WX-1`.
    pub fn open_item(&self, path: &crate::Path) -> Option<(String, String)> {
        let owner = Place::Name(self.owner.clone().filter(|_| self.open_items)?);
        let of_unit = |place: &&Place| matches!(place, Place::Word(_)) || **place == owner;
        let skip = self.path.places().iter().take_while(of_unit).count();
        let mut keys: Vec<&str> = path.keys().skip(skip).collect();
        let number = keys.pop()?.to_owned();
        Some((keys.join("/"), number))
    }
}

/// All account rules of a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chart {
    /// The rules, in the order of the packs.
    pub rules: Vec<AccountRule>,
}

impl Chart {
    /// The rule that covers each path the pattern can give.
    pub fn rule(&self, pattern: &Pattern) -> Option<&AccountRule> {
        self.rules.iter().find(|rule| rule.path.covers(pattern))
    }

    /// The accounts a transaction names, as they are to be opened where they do not exist yet.
    pub fn accounts_of(&self, transaction: &Transaction) -> Result<Vec<Account>, Refused> {
        let mut accounts: Vec<Account> = Vec::new();
        for entry in transaction.entries() {
            if accounts.last().is_some_and(|account| account.path == entry.account) {
                continue;
            }
            let limits = self.limits(&entry.account, &entry.commodity)?;
            let (path, commodity) = (entry.account.clone(), entry.commodity.clone());
            accounts.push(Account { path, commodity, limits });
        }
        Ok(accounts)
    }

    fn limits(&self, path: &Path, commodity: &Commodity) -> Result<Limits, Refused> {
        let fits = |rule: &&AccountRule| match (rule.counts, commodity) {
            (Counts::Fen, Commodity::Fen) => true,
            (Counts::Parts, Commodity::Pieces(part) | Commodity::Serials(part)) => {
                rule.part_of(path) == Some(part.as_str())
            }
            _ => false,
        };
        let rule = self.rule(&Pattern::parse(path.as_str())).filter(fits);
        let rule = rule.ok_or_else(|| Refused::about(Code::RuleMissing, path.as_str()))?;
        Ok(Limits { negative: rule.negative, at_most: rule.at_most })
    }

    /// What is wrong with the rules.
    pub fn check(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            let at = format!("account {}", rule.id);
            let mut wrong = |code, zh: String, en: String| {
                mistakes.push(Mistake { code, at: at.clone(), sentence: Text::new(zh, en) });
            };
            let path = rule.path.source();
            let mut names: Vec<&str> = rule.path.names().collect();
            names.sort_unstable();
            if !rule.path.is_well_formed() || names.windows(2).any(|pair| pair[0] == pair[1]) {
                wrong(
                    "account-path",
                    format!("“{path}” 不是科目式样；应像 stock/{{warehouse}}/{{part}}，名称不重复"),
                    format!(
                        "`{path}` is no pattern; write stock/{{warehouse}}/{{part}}, each \
                             name once"
                    ),
                );
            }
            if let Some(owner) = &rule.owner
                && !rule.path.names().any(|name| name == owner)
            {
                wrong(
                    "account-owner",
                    format!("“{path}” 没有 {{{owner}}}，不能由它定归属"),
                    format!("`{path}` has no {{{owner}}} to belong to"),
                );
            }
            if rule.counts == Counts::Parts && rule.part_place().is_none() {
                wrong(
                    "account-part",
                    format!("“{path}” 记件数，要有 {{part}}"),
                    format!("`{path}` counts parts; it needs {{part}}"),
                );
            }
            if rule.at_most.is_some_and(|most| !(0..=crate::LARGEST).contains(&most)) {
                wrong(
                    "account-limit",
                    "限额不能为负".to_owned(),
                    "A limit is zero or more".to_owned(),
                );
            }
            let ends_with_case = rule.path.places().last() == Some(&Place::Name("case".to_owned()));
            let settled_alone =
                rule.counts == Counts::Fen && rule.owner.is_some() && ends_with_case;
            if rule.open_items && !settled_alone {
                wrong(
                    "account-open-items",
                    format!("“{path}” 逐笔结算,要记金额、有归属单位,并以 {{case}} 结尾"),
                    format!(
                        "`{path}` is settled item by item: it counts money, has an owner and ends \
                         with {{case}}"
                    ),
                );
            }
            for other in &self.rules[..place] {
                if rule.path.overlaps(&other.path) {
                    let (mine, theirs) = (path, other.path.source());
                    wrong(
                        "account-overlap",
                        format!("“{mine}” 与 “{theirs}” 有重叠，一个科目会有两条规则"),
                        format!("`{mine}` and `{theirs}` overlap: an account would have two rules"),
                    );
                }
            }
        }
        mistakes
    }
}
