-- The ledger: what is where, who owes what, who holds which serial. See docs/ledger.md.
CREATE TABLE ledger_accounts (
  id {KEY},
  path {PATH} NOT NULL UNIQUE,
  area {PATH} NOT NULL,
  place {PATH},
  part {PATH},
  commodity TEXT NOT NULL,
  negative BIGINT NOT NULL CHECK (negative IN (0, 1)),
  at_most BIGINT CHECK (at_most >= 0),
  balance BIGINT NOT NULL DEFAULT 0
    CHECK (balance BETWEEN -9007199254740991 AND 9007199254740991),
  hot BIGINT NOT NULL CHECK (hot IN (0, 1)),
  owner BIGINT REFERENCES orgs (id),
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  CHECK (hot = 0 OR (negative = 1 AND at_most IS NULL AND closed_at IS NULL))
);
CREATE INDEX ledger_accounts_place ON ledger_accounts (area, place, part);

-- Append-only, as are the entries.
CREATE TABLE ledger_transactions (
  id {KEY},
  posting TEXT NOT NULL,
  kind TEXT,
  rule TEXT NOT NULL,
  case_id BIGINT REFERENCES cases (id),
  import_id BIGINT REFERENCES imports (id),
  reverses BIGINT UNIQUE REFERENCES ledger_transactions (id),
  actor BIGINT,
  entries BIGINT NOT NULL CHECK (entries >= 2),
  occurred_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  CHECK ((case_id IS NULL) <> (import_id IS NULL)),
  CHECK (reverses <> id),
  CHECK (occurred_at <= recorded_at)
);
CREATE INDEX ledger_transactions_case ON ledger_transactions (case_id);

CREATE TABLE ledger_entries (
  position {SERIAL},
  txid {TXID},
  transaction_id BIGINT NOT NULL REFERENCES ledger_transactions (id),
  account BIGINT NOT NULL REFERENCES ledger_accounts (id),
  serial TEXT NOT NULL DEFAULT '',
  change BIGINT NOT NULL CHECK (change <> 0),
  UNIQUE (transaction_id, account, serial)
);
CREATE INDEX ledger_entries_account ON ledger_entries (account, position);
CREATE INDEX ledger_entries_commit_order ON ledger_entries (txid, position);
CREATE INDEX ledger_entries_serial ON ledger_entries (serial, position) WHERE serial <> '';

-- Exactly one account holds a serial; born is the transaction that brought it in.
CREATE TABLE ledger_serials (
  part TEXT NOT NULL,
  serial TEXT NOT NULL,
  account BIGINT NOT NULL REFERENCES ledger_accounts (id),
  born BIGINT NOT NULL REFERENCES ledger_transactions (id),
  PRIMARY KEY (part, serial)
);
CREATE INDEX ledger_serials_account ON ledger_serials (account);
CREATE INDEX ledger_serials_serial ON ledger_serials (serial);

-- How far entries of hot accounts are folded into their balances, in the order of commits.
CREATE TABLE ledger_folded (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  txid BIGINT NOT NULL,
  position BIGINT NOT NULL
);
INSERT INTO ledger_folded (id, txid, position) VALUES (1, -1, -1);
