//! Posting templates filled from rows instead of a case: what a company brings along when it begins
//! (期初库存).

use crate::decision::{NewAccount, Planned, Posting};
use base::Instant;
use ledger::{Account, Header, Move, Pattern, Refused, Source, Transaction};
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::PostingTemplate;
use rulebook::model::posting::{answer_of, key_of};
use std::collections::BTreeMap;

/// The variables of a template for one row.
pub type Row = BTreeMap<String, Value>;

/// Fills a template once for each row, in as many transactions as the moves need. `rule` is what
/// account pages name as the reason; `tracked` tells which parts go by serial.
pub fn postings(
    release: &Release,
    template: &PostingTemplate,
    rows: &[Row],
    tracked: ledger::Tracked<'_>,
    (rule, occurred_at): (&str, Instant),
) -> Result<Vec<Posting>, Refused> {
    let mut moves: Vec<Move> = Vec::new();
    for row in rows {
        let keys = row.iter().filter_map(|(name, value)| Some((name.clone(), key_of(value)?)));
        let answer = |expr: &rulebook::expr::Expr| answer_of(expr.eval(row));
        moves.extend(template.fill(&release.chart, &keys.collect(), tracked, answer)?);
    }
    let made = moves.chunks(Transaction::MOST_MOVES).map(|moves| {
        let what = Planned::Moves {
            posting: template.id.clone(),
            kind: template.kind,
            moves: moves.to_vec(),
            accounts: accounts_of(release, template, moves)?,
        };
        Ok(Posting { rule: rule.to_owned(), clauses: template.clause.clone(), occurred_at, what })
    });
    made.collect()
}

/// The accounts that moves name, as the chart opens them.
pub(crate) fn accounts_of(
    release: &Release,
    template: &PostingTemplate,
    moves: &[Move],
) -> Result<Vec<NewAccount>, Refused> {
    // Which accounts it names depends neither on where it stems from nor on when.
    let header =
        Header { posting: template.id.clone(), source: Source::Import(0), occurred_at: Instant(0) };
    let transaction = Transaction::from_moves(header, moves)?;
    let accounts = release.chart.accounts_of(&transaction)?;
    Ok(accounts.into_iter().map(|account| owned(release, account)).collect())
}

fn owned(release: &Release, account: Account) -> NewAccount {
    let rule = release.chart.rule(&Pattern::parse(account.path.as_str()));
    let owner = rule.and_then(|rule| rule.owner_of(&account.path));
    NewAccount { account, owner }
}
