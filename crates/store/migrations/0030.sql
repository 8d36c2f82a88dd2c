-- Messages to customers (客户消息) are kept with how they fared: `waiting` for a channel, `sent`, `dead`
-- (nobody could be reached, somebody has to see to it), `over` (of no use any more, or seen to). Their
-- arguments go as soon as they are of no use.
ALTER TABLE customer_messages ADD COLUMN class TEXT NOT NULL DEFAULT 'code';
ALTER TABLE customer_messages ADD COLUMN org_path {PATH} NOT NULL DEFAULT '/';
ALTER TABLE customer_messages ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE customer_messages ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_messages ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_messages ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_messages ADD COLUMN claimed_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_messages ADD COLUMN why TEXT;
ALTER TABLE customer_messages ADD COLUMN seen_by BIGINT REFERENCES people (id);
ALTER TABLE customer_messages ADD COLUMN ended_at BIGINT;
CREATE INDEX customer_messages_due ON customer_messages (due_at) WHERE state = 'waiting';
CREATE INDEX customer_messages_dead ON customer_messages (id) WHERE state = 'dead';
CREATE INDEX customer_messages_case ON customer_messages (case_id);

-- Deliveries (发送记录): one row for each time a channel was asked, written before it is asked. `told`
-- is the masked number, as ciphertext under the customer's key.
CREATE TABLE deliveries (
  id {KEY},
  message BIGINT NOT NULL REFERENCES customer_messages (id),
  channel TEXT NOT NULL,
  told {BYTES} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asking', 'sent', 'failed', 'unknown')),
  at BIGINT NOT NULL,
  reference TEXT,
  why TEXT
);
CREATE INDEX deliveries_message ON deliveries (message);
