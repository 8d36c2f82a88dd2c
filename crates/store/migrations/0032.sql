-- Subscriptions of other programs to what happens to cases (事件推送). Each keeps how far in the
-- journal it has told, and tells on from there: nothing is missed, and there is no second outbox.
-- The secrets are ciphertext under the company's key.
CREATE TABLE webhooks (
  id {KEY},
  org BIGINT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  events TEXT NOT NULL,
  processes TEXT NOT NULL,
  secret {BYTES} NOT NULL,
  old_secret {BYTES},
  old_until BIGINT,
  owner BIGINT NOT NULL REFERENCES people (id),
  state TEXT NOT NULL CHECK (state IN ('on', 'resting', 'ended')),
  why TEXT,
  through_txid BIGINT NOT NULL,
  through_position BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  failing_since BIGINT,
  due_at BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  made_at BIGINT NOT NULL
);
CREATE INDEX webhooks_due ON webhooks (due_at) WHERE state = 'on';

-- What a subscription was last told, try by try; the oldest go.
CREATE TABLE webhook_tries (
  id {KEY},
  webhook BIGINT NOT NULL REFERENCES webhooks (id),
  entry BIGINT,
  event TEXT NOT NULL,
  case_id BIGINT,
  number TEXT,
  state TEXT NOT NULL CHECK (state IN ('asking', 'taken', 'failed', 'unknown')),
  status BIGINT,
  why TEXT,
  at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX webhook_tries_of ON webhook_tries (webhook, id);
