//! The life of a serial.

use super::{AccountRef, Names, PartRef, Quoted, SourceCase, SourceImport};
use crate::view::{PersonRef, Words};
use serde::Serialize;
use store::accounts::CustodyOf;
use utoipa::ToSchema;

/// A serial (编号) with every hand it went through.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Custody)]
pub struct CustodyView {
    serial: String,
    part: PartRef,
    /// Who has it now; absent when the transaction that brought it in was undone.
    holder: Option<AccountRef>,
    /// From birth to now.
    moves: Vec<CustodyMoveView>,
}

/// A serial goes from one hand to another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustodyMove)]
pub struct CustodyMoveView {
    transaction: String,
    title: Words,
    /// Kind of the movement: `receipt`, `transfer`, `use`…
    kind: Option<&'static str>,
    from: AccountRef,
    to: AccountRef,
    occurred_at: String,
    recorded_at: String,
    actor: Option<PersonRef>,
    case: Option<SourceCase>,
    /// The import it stems from.
    import: Option<SourceImport>,
    /// The transaction it undoes.
    reverses: Option<String>,
}

impl CustodyView {
    /// What has to be looked up for it.
    pub fn quote(of: &CustodyOf, quoted: &mut Quoted) {
        if let Some(path) = &of.holder {
            quoted.path(path);
        }
        for moved in &of.moves {
            quoted.person(moved.actor);
            quoted.path(&moved.from);
            quoted.path(&moved.to);
        }
    }

    /// A life in words.
    pub fn of(names: &Names<'_>, of: &CustodyOf) -> Self {
        let moves = of.moves.iter().map(|moved| CustodyMoveView {
            transaction: moved.transaction.to_string(),
            title: names.posting(&moved.posting, moved.reverses.is_some()),
            kind: moved.kind.map(ledger::MovementKind::as_str),
            from: names.account(&moved.from),
            to: names.account(&moved.to),
            occurred_at: moved.occurred_at.to_string(),
            recorded_at: moved.recorded_at.to_string(),
            actor: names.person(moved.actor),
            import: SourceImport::of(moved.import.as_ref()),
            case: names.case(moved.case, moved.case_number.as_deref(), moved.process.as_deref()),
            reverses: moved.reverses.map(|id| id.to_string()),
        });
        Self {
            serial: of.serial.to_string(),
            part: names.part(of.part.as_str()),
            holder: of.holder.as_ref().map(|path| names.account(path)),
            moves: moves.collect(),
        }
    }
}
