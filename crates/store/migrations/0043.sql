-- Files of customers that were the same person (客户合并): the file that is gone leads to the one that
-- was kept, for ever, and is never searched again.
ALTER TABLE customers ADD COLUMN merged_into BIGINT REFERENCES customers (id);
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL;

-- One row for each merge. `was` is what the kept file said before, as ciphertext under its key.
CREATE TABLE customer_merges (
  id {KEY},
  kept BIGINT NOT NULL REFERENCES customers (id),
  gone BIGINT NOT NULL REFERENCES customers (id),
  was TEXT NOT NULL,
  kept_seq BIGINT NOT NULL,
  merged_at BIGINT NOT NULL,
  merged_by BIGINT NOT NULL REFERENCES people (id),
  parted_at BIGINT
);
CREATE INDEX customer_merges_kept ON customer_merges (kept);
CREATE INDEX customer_merges_gone ON customer_merges (gone);

-- What a merge moved, so that it can be taken back: cases with the version they stood at, vehicles,
-- former ownership, parties of cases, files that were merged before.
CREATE TABLE customer_moves (
  merge_id BIGINT NOT NULL REFERENCES customer_merges (id),
  kind TEXT NOT NULL CHECK (kind IN ('case', 'unit', 'past', 'party', 'file')),
  row_id BIGINT NOT NULL,
  field TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (merge_id, kind, row_id, field)
);

-- Files that look alike and are of two people, as somebody judged: not proposed again. The smaller
-- id stands first.
CREATE TABLE customer_apart (
  one BIGINT NOT NULL REFERENCES customers (id),
  other BIGINT NOT NULL REFERENCES customers (id),
  said_at BIGINT NOT NULL,
  said_by BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (one, other)
);
