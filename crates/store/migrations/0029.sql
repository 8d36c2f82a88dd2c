-- Who owned a vehicle before (车主沿革): one row for each owner it left, with the card they held. The
-- present owner and card stand with the vehicle.
CREATE TABLE unit_owners (
  id {KEY},
  unit BIGINT NOT NULL REFERENCES units (id),
  owner BIGINT REFERENCES customers (id),
  from_day TEXT,
  to_day TEXT NOT NULL,
  case_id BIGINT REFERENCES cases (id)
);
CREATE INDEX unit_owners_unit ON unit_owners (unit);
CREATE INDEX unit_owners_owner ON unit_owners (owner);

-- Cards that are void (作废的保修卡): found by their number for ever, and never good again.
CREATE TABLE unit_cards (
  id {KEY},
  unit BIGINT NOT NULL REFERENCES units (id),
  card_no TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('transfer', 'lost', 'damaged')),
  ended_on TEXT NOT NULL,
  case_id BIGINT REFERENCES cases (id)
);
CREATE INDEX unit_cards_unit ON unit_cards (unit);
CREATE INDEX unit_cards_no ON unit_cards (card_no);
CREATE INDEX units_card_no ON units (card_no);

-- Customers a case is about beside its own (买方、送修人): the field of its forms that names them.
CREATE TABLE case_parties (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  field TEXT NOT NULL,
  customer BIGINT NOT NULL REFERENCES customers (id),
  PRIMARY KEY (case_id, field)
);
CREATE INDEX case_parties_customer ON case_parties (customer);

-- Codes that customers read back (验证码): one at a time for each purpose, as a keyed hash.
CREATE TABLE customer_codes (
  customer BIGINT NOT NULL REFERENCES customers (id),
  about TEXT NOT NULL,
  mac {BYTES} NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  expires_at BIGINT NOT NULL,
  sent BIGINT NOT NULL DEFAULT 1,
  since BIGINT NOT NULL,
  PRIMARY KEY (customer, about)
);

-- Messages to customers (客户消息) until a channel takes them: the arguments are ciphertext under the
-- customer's key.
CREATE TABLE customer_messages (
  id {KEY},
  customer BIGINT NOT NULL REFERENCES customers (id),
  message TEXT NOT NULL,
  release TEXT NOT NULL,
  args {BYTES} NOT NULL,
  case_id BIGINT REFERENCES cases (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX customer_messages_customer ON customer_messages (customer);
CREATE INDEX customer_messages_expires ON customer_messages (expires_at);
