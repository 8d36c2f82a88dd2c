//! What can go wrong in the store, as its callers must tell it apart.

/// Why the store did not do it. Nothing is half-done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody changed the case in between; it now has this version. Answer 409.
    #[error("the case has version {current} by now")]
    Stale {
        /// The version in the database.
        current: i64,
    },
    /// Somebody moved in the ledger what this command moves too. Take the book anew and decide
    /// again; after three times answer 409.
    #[error("somebody moved the same parts or money in between")]
    Moved,
    /// There is no such thing, or it lies outside what the asker may see. Answer 404.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// Another row holds this unique value: `frame_no`, `login`, `case_number`… Answer 422.
    #[error("another row already holds this {0}")]
    Taken(&'static str),
    /// So many of them a day are enough. Answer 429.
    #[error("too many {0} today")]
    TooMany(&'static str),
    /// What was given cannot be stored, and why. Answer 422.
    #[error("{0}")]
    Invalid(String),
    /// A text holds the character NUL, which PostgreSQL cannot keep; refused on both databases
    /// alike. Answer 422.
    #[error("a text holds the character NUL")]
    Nul,
    /// The place in a list that was given is none that a list named. Answer 400.
    #[error("the cursor `{0}` is none that a list gave")]
    Cursor(String),
    /// The key of an idempotent command was used with another body. Answer 422.
    #[error("this idempotency key came with another body before")]
    KeyReused,
    /// The personal data was erased, or its key is not this installation's.
    #[error("the personal data can no longer be read: {0}")]
    Sealed(String),
    /// The disk is full or the database is read-only; reading still works. Answer 503.
    #[error("the database takes no more writes: {0}")]
    Full(String),
    /// The database cannot be reached or the queue is full; try again. Answer 503.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// A stored value is not what the schema promises; `sanbao verify` says more. Answer 500.
    #[error("a stored value is damaged: {0}")]
    Damaged(String),
    /// Anything else the database said. Answer 500.
    #[error("database: {0}")]
    Database(String),
}

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;
