//! Judging what a decision asks of the ledger: the store brings a book of what it touches, the
//! answer is a refusal with rule and clause, or nothing, and then the store may write.

use crate::decision::{Decision, FieldError, Planned, Posting, Refusal};
use base::{CaseId, Text, TransactionId};
use ledger::{Book, Code, Header, Refused, Source, Transaction};

impl Posting {
    /// The transaction it makes for what it stems from; `None` for what is no transaction (a quota,
    /// a closing).
    pub fn transaction(&self, source: Source) -> Result<Option<Transaction>, Refused> {
        let header = |posting| Header { posting, source, occurred_at: self.occurred_at };
        match &self.what {
            Planned::Moves { posting, moves, .. } => {
                Transaction::from_moves(header(posting.clone()), moves).map(Some)
            }
            Planned::Reversal { of, original } => {
                let posting = original.header().posting.clone();
                Ok(Some(original.reversal(*of, header(posting))))
            }
            Planned::Limit { .. } | Planned::Close { .. } => Ok(None),
        }
    }
}

/// Posts everything a decision asks for to the book, in its order, or says what the book refuses;
/// then the book is to be thrown away. It needs the accounts, serials and earlier transactions that
/// the postings touch, no more. Transactions are numbered from `first`.
pub fn settle(
    decision: &Decision,
    book: &mut Book,
    first: TransactionId,
) -> Result<(), Box<Refusal>> {
    let source = Source::Case(decision.case.id.unwrap_or(CaseId(0)));
    for (posting, number) in decision.postings.iter().zip(first.0..) {
        post(book, posting, source, TransactionId(number))
            .map_err(|refused| Box::new(refusal(decision, posting, &refused)))?;
    }
    Ok(())
}

/// Posts what an import brings to the book, or says what the book refuses, with what would make it
/// pass; as [`settle`] does for a decision.
pub fn settle_import(
    postings: &[Posting],
    import: i64,
    book: &mut Book,
    first: TransactionId,
) -> Result<(), Box<(Refused, Option<Text>)>> {
    for (posting, number) in postings.iter().zip(first.0..) {
        post(book, posting, Source::Import(import), TransactionId(number)).map_err(|refused| {
            let remedy = remedy(refused.code);
            Box::new((refused, remedy))
        })?;
    }
    Ok(())
}

fn post(
    book: &mut Book,
    posting: &Posting,
    source: Source,
    id: TransactionId,
) -> Result<(), Refused> {
    match &posting.what {
        Planned::Moves { accounts, .. } => {
            for new in accounts {
                book.open(new.account.clone())?;
            }
        }
        Planned::Limit { account, at_most } => {
            book.open(account.account.clone())?;
            book.limit(&account.account.path, *at_most)?;
        }
        Planned::Close { path } => {
            book.close(path)?;
        }
        Planned::Reversal { .. } => {}
    }
    if let Some(transaction) = posting.transaction(source)? {
        book.post(id, transaction)?;
    }
    Ok(())
}

/// What the ledger refuses, as a refusal of the action.
fn refusal(decision: &Decision, posting: &Posting, refused: &Refused) -> Refusal {
    let action = posting.rule.split('/').next().unwrap_or_default();
    let case = &decision.case;
    Refusal {
        code: "posting-refused".to_owned(),
        process: case.process.clone(),
        state: case.full_state("main").unwrap_or_default(),
        action: action.to_owned(),
        rule: posting.rule.clone(),
        clauses: posting.clauses.clone(),
        sentence: refused.sentence(),
        remedy: remedy(refused.code),
        grade: Some(rulebook::model::Grade::Block),
        fields: Vec::<FieldError>::new(),
        account: refused
            .holder
            .clone()
            .or_else(|| refused.about.contains('/').then(|| refused.about.clone())),
    }
}

/// What would make it pass, where that is more than the sentence says.
pub(crate) fn remedy(code: Code) -> Option<Text> {
    let (zh, en) = match code {
        Code::BelowZero => (
            "先入库、调拨，或把数量改成现有的",
            "Receive or transfer some first, or ask for what is there",
        ),
        Code::OverLimit => {
            ("先清还一部分，或由有权的人调整限额", "Pay some back, or have the quota changed")
        }
        Code::SerialUnknown => {
            ("核对编号；新件先入库", "Check the number; receive a new part first")
        }
        Code::SerialElsewhere => (
            "核对编号；确在手中的，先办调拨或盘点",
            "Check the number; if you hold it, transfer it or count the stock",
        ),
        Code::SerialsCount => ("逐件扫描编号", "Scan each piece"),
        Code::AlreadyReversed | Code::OriginalIsReversal => {
            ("需要更正的，另行记账", "Post anew what has to be corrected")
        }
        _ => return None,
    };
    Some(Text::new(zh, en))
}
