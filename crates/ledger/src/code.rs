//! Why a ledger refuses, in the order in which it looks.

/// Why something is refused. **The order is the order of the checks**: of several things wrong the
/// first declared is named, by the book in memory and by the store alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    // A word cannot be read.
    /// No key: empty, too long, with spaces, `/` or braces.
    KeyMalformed,
    /// No path of an account.
    PathMalformed,

    // A template cannot be filled.
    /// A variable of the posting was not given.
    VariableMissing,
    /// No account rule says what the path counts.
    RuleMissing,
    /// An amount or number of pieces came out empty: a fact is missing.
    ValueMissing,
    /// Parts are moved in whole pieces.
    PiecesNotWhole,
    /// A serial-tracked part is moved by serial number, one for each piece.
    SerialsCount,

    // The moves of a transaction.
    /// A transaction without moves.
    NoMoves,
    /// More than [`crate::Transaction::MOST_MOVES`].
    TooManyMoves,
    /// A move of nothing.
    AmountZero,
    /// A move of less than nothing: turn it round.
    AmountNegative,
    /// More than [`crate::LARGEST`] of one commodity.
    AmountTooLarge,
    /// From an account to itself.
    SameAccount,
    /// One serial moved twice in one transaction.
    SerialTwice,
    /// The moves cancel each other.
    MovesCancel,

    // The entries of a transaction, when it comes as rows.
    /// A serial where none belongs, none where one belongs, or more than one piece with it.
    SerialShape,
    /// Two rows for the same account and commodity.
    EntryTwice,
    /// The rows of a commodity do not sum to zero.
    Unbalanced,

    // The book.
    /// Another transaction has that id.
    IdTaken,
    /// There is no transaction to reverse.
    OriginalUnknown,
    /// A reversal is not reversed; post anew.
    OriginalIsReversal,
    /// It was reversed before.
    AlreadyReversed,
    /// Not the exact opposite of what it reverses.
    NotOpposite,
    /// No such account.
    AccountUnknown,
    /// The account is closed.
    AccountClosed,
    /// The account counts something else.
    WrongCommodity,
    /// Nobody holds that serial, and the account it would leave is no source.
    SerialUnknown,
    /// Another account holds that serial.
    SerialElsewhere,
    /// The balance would pass [`crate::LARGEST`].
    BalanceTooLarge,
    /// The account would hold less than nothing (库存不足、余额不足).
    BelowZero,
    /// The account would hold more than its limit (超过配额).
    OverLimit,

    // Accounts.
    /// The account exists and counts something else.
    AccountDiffers,
    /// A limit below zero.
    LimitNegative,
    /// An account is closed at zero only (有余额不得关闭).
    NotEmpty,
}

macro_rules! names {
    ($($code:ident = $name:literal;)*) => {
        impl Code {
            /// All codes, in the order of the checks.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The stable name, for example `over-limit`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }
        }
    };
}

names! {
    KeyMalformed = "key-malformed";
    PathMalformed = "path-malformed";
    VariableMissing = "variable-missing";
    RuleMissing = "rule-missing";
    ValueMissing = "value-missing";
    PiecesNotWhole = "pieces-not-whole";
    SerialsCount = "serials-count";
    NoMoves = "no-moves";
    TooManyMoves = "too-many-moves";
    AmountZero = "amount-zero";
    AmountNegative = "amount-negative";
    AmountTooLarge = "amount-too-large";
    SameAccount = "same-account";
    SerialTwice = "serial-twice";
    MovesCancel = "moves-cancel";
    SerialShape = "serial-shape";
    EntryTwice = "entry-twice";
    Unbalanced = "unbalanced";
    IdTaken = "id-taken";
    OriginalUnknown = "original-unknown";
    OriginalIsReversal = "original-is-reversal";
    AlreadyReversed = "already-reversed";
    NotOpposite = "not-opposite";
    AccountUnknown = "account-unknown";
    AccountClosed = "account-closed";
    WrongCommodity = "wrong-commodity";
    SerialUnknown = "serial-unknown";
    SerialElsewhere = "serial-elsewhere";
    BalanceTooLarge = "balance-too-large";
    BelowZero = "below-zero";
    OverLimit = "over-limit";
    AccountDiffers = "account-differs";
    LimitNegative = "limit-negative";
    NotEmpty = "not-empty";
}
