-- Identities (身份) at the company's identity provider: who somebody is there, one each. `lookup` is a
-- keyed hash of issuer and subject, `sealed` what the provider calls them, under the person's key.
CREATE TABLE identities (
  person BIGINT PRIMARY KEY REFERENCES people (id),
  issuer TEXT NOT NULL,
  lookup {BYTES} NOT NULL,
  sealed {BYTES} NOT NULL,
  linked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX identities_lookup ON identities (lookup);
-- Ways to the provider and back that somebody has begun: each holds minutes, works once, and belongs to
-- the browser that began it. Only hashes of what the browser and the address carry are kept.
CREATE TABLE provider_flows (
  state_hash {BYTES} PRIMARY KEY,
  browser_hash {BYTES} NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'confirm', 'link', 'invited')),
  fresh BIGINT NOT NULL,
  person BIGINT REFERENCES people (id),
  opener_hash {BYTES},
  begun_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX provider_flows_expires ON provider_flows (expires_at);
-- A session that the provider opened, whether its second factor counts, and when its person last
-- proved there who they are.
ALTER TABLE sessions ADD COLUMN provider BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN second BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;
