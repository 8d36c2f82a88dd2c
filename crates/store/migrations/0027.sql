-- Tokens (接口令牌) of programs: a part of what its person may do, at a unit and below, for a time.
-- Only the hash is kept; `shown` is the beginning that lists show.
CREATE TABLE api_tokens (
  id {KEY},
  person BIGINT NOT NULL REFERENCES people (id),
  org BIGINT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  permissions TEXT NOT NULL,
  token_hash {BYTES} NOT NULL,
  shown TEXT NOT NULL,
  made_by BIGINT NOT NULL REFERENCES people (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > made_at),
  ended_by BIGINT REFERENCES people (id),
  ended_at BIGINT,
  last_used_at BIGINT,
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (token_hash);
CREATE INDEX api_tokens_person ON api_tokens (person);
