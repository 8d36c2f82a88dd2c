-- People and organisation units head chains of the journal: who added them, who changed what. The
-- chain of those that stand already begins with their first change.
ALTER TABLE people ADD COLUMN journal_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN journal_head {BYTES};
ALTER TABLE orgs ADD COLUMN journal_seq BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orgs ADD COLUMN journal_head {BYTES};
-- Invitations (邀请): whoever holds the link sets a password, once. Of a person there is one at a
-- time; one that names nobody is for the first administrator of an empty system.
CREATE TABLE invitations (
  token_hash {BYTES} PRIMARY KEY,
  person BIGINT REFERENCES people (id),
  made_by BIGINT REFERENCES people (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > made_at)
);
CREATE UNIQUE INDEX invitations_person ON invitations (COALESCE(person, 0));
