-- Erasure of a customer's personal data (注销): asked for, and carried out once nothing holds it.
CREATE TABLE erasure_requests (
  id {KEY},
  customer BIGINT NOT NULL REFERENCES customers (id),
  ground TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_by BIGINT NOT NULL REFERENCES people (id),
  ended_at BIGINT,
  outcome TEXT CHECK (outcome IN ('erased', 'withdrawn')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX erasure_requests_waiting ON erasure_requests (customer) WHERE ended_at IS NULL;

-- Holds that somebody put (保全): while one stands, nothing of the customer is erased. The reason
-- is ciphertext under the customer's key.
CREATE TABLE customer_holds (
  id {KEY},
  customer BIGINT NOT NULL REFERENCES customers (id),
  reason {BYTES} NOT NULL,
  through TEXT,
  put_at BIGINT NOT NULL,
  put_by BIGINT NOT NULL REFERENCES people (id),
  lifted_at BIGINT,
  lifted_by BIGINT REFERENCES people (id),
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
CREATE INDEX customer_holds_standing ON customer_holds (customer) WHERE lifted_at IS NULL;
