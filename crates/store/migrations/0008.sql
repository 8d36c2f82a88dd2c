-- What stands granted on a case: approvals of an action that waits for more, requirements let pass,
-- to-dos handed on.
ALTER TABLE cases ADD COLUMN grants TEXT NOT NULL DEFAULT '{}';
-- A to-do that was handed on says by whom; of one that several people do, who did theirs already.
ALTER TABLE offers ADD COLUMN handed_by BIGINT;
ALTER TABLE offers ADD COLUMN approved TEXT NOT NULL DEFAULT '[]';
-- Deputies (代理): who holds whose office from which day through which, and who said so. A row is
-- ended, never deleted: what was done meanwhile stands on it. The reason is sealed by the key of
-- the person who is away.
CREATE TABLE deputies (
  id {KEY},
  person BIGINT NOT NULL REFERENCES people (id),
  deputy BIGINT NOT NULL REFERENCES people (id),
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  reason {BYTES} NOT NULL,
  named_by BIGINT NOT NULL REFERENCES people (id),
  named_at BIGINT NOT NULL,
  ended_by BIGINT REFERENCES people (id),
  ended_at BIGINT,
  CHECK (person <> deputy),
  CHECK (from_day <= to_day),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX deputies_person ON deputies (person);
CREATE INDEX deputies_to_day ON deputies (to_day) WHERE ended_at IS NULL;
