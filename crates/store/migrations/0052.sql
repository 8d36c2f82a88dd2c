-- Blank numbered forms printed in advance (预印空白单): a block of numbers for one unit, and what
-- became of each. A number leads to one case.
CREATE TABLE blank_blocks (
  id BIGINT PRIMARY KEY,
  org BIGINT NOT NULL REFERENCES orgs (id),
  document TEXT NOT NULL,
  release TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL
);
CREATE INDEX blank_blocks_org ON blank_blocks (org, id);
CREATE TABLE blank_numbers (
  number TEXT PRIMARY KEY,
  block BIGINT NOT NULL REFERENCES blank_blocks (id),
  -- printed, used, spoilt, missing
  state TEXT NOT NULL,
  case_id BIGINT,
  person BIGINT,
  at BIGINT NOT NULL,
  note TEXT
);
CREATE INDEX blank_numbers_block ON blank_numbers (block, number);
