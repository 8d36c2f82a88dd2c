-- Drafts of the rulebook (制度草稿): what differs from the release they were made of, file by file.
-- A release that was taken back before its day stays on record and is never in force.
CREATE TABLE drafts (
  id {KEY},
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'in_review', 'approved', 'published', 'withdrawn')),
  base TEXT NOT NULL,
  owner BIGINT NOT NULL REFERENCES people (id),
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  release_hash TEXT,
  journal_seq BIGINT NOT NULL DEFAULT 0,
  journal_head {BYTES} NOT NULL,
  CHECK ((state = 'published') = (release_hash IS NOT NULL))
);
-- A file without a body is one the draft takes away.
CREATE TABLE draft_files (
  draft BIGINT NOT NULL REFERENCES drafts (id),
  pack TEXT NOT NULL,
  path TEXT NOT NULL,
  body TEXT,
  PRIMARY KEY (draft, pack, path)
);
ALTER TABLE releases ADD COLUMN withdrawn_at BIGINT;
-- Counts publications; whoever publishes takes this row first, so that two of them never pass each
-- other unseen.
INSERT INTO settings (key, value) VALUES ('publications', '0');
-- The journal takes chains of more than cases: which, the program says. Rows keep their places.
CREATE TABLE journal_11 (
  position {SERIAL},
  txid {TXID},
  id BIGINT NOT NULL,
  aggregate TEXT NOT NULL CHECK (aggregate <> ''),
  aggregate_id BIGINT NOT NULL,
  seq BIGINT NOT NULL CHECK (seq >= 1),
  prev_hash {BYTES} NOT NULL,
  hash {BYTES} NOT NULL,
  recorded_at BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  actor BIGINT,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  CHECK (occurred_at <= recorded_at)
);
INSERT INTO journal_11 (position, txid, id, aggregate, aggregate_id, seq, prev_hash, hash,
  recorded_at, occurred_at, actor, event, subject, body)
SELECT position, txid, id, aggregate, aggregate_id, seq, prev_hash, hash,
  recorded_at, occurred_at, actor, event, subject, body FROM journal ORDER BY position;
DROP TABLE journal;
ALTER TABLE journal_11 RENAME TO journal;
{RESUME_JOURNAL}
CREATE UNIQUE INDEX journal_chain ON journal (aggregate, aggregate_id, seq);
CREATE INDEX journal_commit_order ON journal (txid, position);
