-- The event that holds a subscription up, as it was last told.
ALTER TABLE webhooks ADD COLUMN held_entry BIGINT;
ALTER TABLE webhooks ADD COLUMN held_event TEXT;
ALTER TABLE webhooks ADD COLUMN held_case BIGINT;
ALTER TABLE webhooks ADD COLUMN held_number TEXT;

-- An event may be skipped by a person; what was told by hand is told apart from what was told in
-- its turn. Of what was told before this version nobody knows: it counts as told by hand.
CREATE TABLE webhook_told (
  id {KEY},
  webhook BIGINT NOT NULL REFERENCES webhooks (id),
  entry BIGINT,
  event TEXT NOT NULL,
  case_id BIGINT,
  number TEXT,
  state TEXT NOT NULL CHECK (state IN ('asking', 'taken', 'failed', 'unknown', 'skipped')),
  status BIGINT,
  why TEXT,
  at BIGINT NOT NULL,
  ended_at BIGINT,
  by_hand BIGINT NOT NULL CHECK (by_hand IN (0, 1)),
  person BIGINT REFERENCES people (id)
);
INSERT INTO webhook_told (id, webhook, entry, event, case_id, number, state, status, why, at,
  ended_at, by_hand) SELECT id, webhook, entry, event, case_id, number, state, status, why, at,
  ended_at, 1 FROM webhook_tries;
DROP TABLE webhook_tries;
ALTER TABLE webhook_told RENAME TO webhook_tries;
CREATE INDEX webhook_tries_of ON webhook_tries (webhook, id);
