-- A PIN (柜台口令) of one's own for shared counters: its hash, sealed under the person's key, as a few
-- digits are soon tried. After some wrong ones in a row it opens nothing until the password did.
ALTER TABLE people ADD COLUMN pin_sealed {BYTES};
ALTER TABLE people ADD COLUMN pin_misses BIGINT NOT NULL DEFAULT 0;
-- Shared counters (柜台): browsers that belong to a station. Whoever holds the token sees the lock
-- page and nothing else. An ended counter is gone; the journal of its station keeps who ended it.
CREATE TABLE shared_counters (
  id BIGINT PRIMARY KEY,
  org BIGINT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  token_hash {BYTES} NOT NULL UNIQUE,
  idle_seconds BIGINT NOT NULL CHECK (idle_seconds > 0),
  per_act BIGINT NOT NULL,
  opened_by BIGINT NOT NULL REFERENCES people (id),
  opened_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > opened_at),
  used_at BIGINT,
  misses BIGINT NOT NULL DEFAULT 0,
  missed_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX shared_counters_org ON shared_counters (org);
-- A session at a counter: which one, whether a PIN opened it, and whether its act is done.
ALTER TABLE sessions ADD COLUMN counter BIGINT REFERENCES shared_counters (id);
ALTER TABLE sessions ADD COLUMN pin BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN acted BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sessions_counter ON sessions (counter) WHERE counter IS NOT NULL;
