-- The first schema. Words in braces differ between the databases; see src/dialect.rs.
-- Instants are microseconds since 1970 UTC, money is fen, days are YYYY-MM-DD, JSON is text.
-- Personal data (names, numbers, addresses) is ciphertext everywhere.

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE orgs (
  id {KEY},
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent BIGINT REFERENCES orgs (id),
  path {PATH} NOT NULL CHECK (path LIKE '/%/'),
  stars BIGINT CHECK (stars BETWEEN 0 AND 9),
  registered BIGINT NOT NULL CHECK (registered IN (0, 1)),
  province TEXT
);
CREATE UNIQUE INDEX orgs_code ON orgs (code);
CREATE UNIQUE INDEX orgs_path ON orgs (path);

-- A key per person, wrapped by the master key. Erasure empties the row and keeps its date.
CREATE TABLE data_keys (
  id {KEY},
  wrapped {BYTES},
  made_at BIGINT NOT NULL,
  destroyed_at BIGINT,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE people (
  id {KEY},
  login TEXT NOT NULL,
  key_id BIGINT NOT NULL REFERENCES data_keys (id),
  name {BYTES} NOT NULL,
  org BIGINT NOT NULL REFERENCES orgs (id),
  lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
  password_hash TEXT NOT NULL,
  certificate_number TEXT,
  certificate_expires TEXT,
  skills TEXT NOT NULL,
  away_until TEXT,
  active BIGINT NOT NULL CHECK (active IN (0, 1)),
  CHECK ((certificate_number IS NULL) = (certificate_expires IS NULL))
);
CREATE UNIQUE INDEX people_login ON people (login);
CREATE INDEX people_org ON people (org);

-- A role holds at its unit and below: path up to path_end is that part of the tree.
CREATE TABLE person_roles (
  person BIGINT NOT NULL REFERENCES people (id),
  role TEXT NOT NULL,
  org BIGINT NOT NULL REFERENCES orgs (id),
  path {PATH} NOT NULL,
  path_end {PATH} NOT NULL,
  PRIMARY KEY (person, role, org)
);
CREATE INDEX person_roles_role ON person_roles (role, path);

CREATE TABLE sessions (
  token_hash {BYTES} PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES people (id),
  org BIGINT NOT NULL REFERENCES orgs (id),
  began_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL CHECK (expires_at > began_at)
);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE customers (
  id {KEY},
  key_id BIGINT NOT NULL REFERENCES data_keys (id),
  name {BYTES},
  phone {BYTES},
  address {BYTES},
  id_mac {BYTES},
  id_last4 {BYTES},
  org BIGINT REFERENCES orgs (id),
  org_path {PATH} NOT NULL,
  consent BIGINT NOT NULL CHECK (consent IN (0, 1)),
  needs TEXT NOT NULL,
  import_id BIGINT,
  made_at BIGINT NOT NULL,
  erased_at BIGINT,
  journal_seq BIGINT NOT NULL DEFAULT 0,
  journal_head {BYTES} NOT NULL,
  CHECK (erased_at IS NULL OR (name IS NULL AND phone IS NULL AND address IS NULL
    AND id_mac IS NULL AND id_last4 IS NULL))
);

-- Keyed hashes of what one may search by; the path is who sold or served.
CREATE TABLE search_tokens (
  token {BYTES} NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject IN ('unit', 'customer')),
  id BIGINT NOT NULL,
  path {PATH} NOT NULL,
  PRIMARY KEY (token, kind, subject, id, path)
);
CREATE INDEX search_tokens_subject ON search_tokens (subject, id);

CREATE TABLE units (
  id {KEY},
  frame_key TEXT,
  frame_no TEXT,
  product TEXT,
  model TEXT,
  make TEXT,
  colour TEXT,
  plate TEXT,
  card_no TEXT,
  card_state TEXT NOT NULL CHECK (card_state IN ('ok', 'lost', 'void')),
  usage TEXT,
  sale_channel TEXT,
  sold_on TEXT,
  invoice_date TEXT,
  invoice_no TEXT,
  registered_on TEXT,
  activated_on TEXT,
  manufactured_on TEXT,
  price_fen BIGINT CHECK (price_fen >= 0),
  org BIGINT REFERENCES orgs (id),
  org_path {PATH} NOT NULL,
  owner BIGINT REFERENCES customers (id),
  unverified BIGINT NOT NULL CHECK (unverified IN (0, 1)),
  marked BIGINT CHECK (marked IN (0, 1)),
  import_id BIGINT,
  made_at BIGINT NOT NULL,
  journal_seq BIGINT NOT NULL DEFAULT 0,
  journal_head {BYTES} NOT NULL,
  CHECK ((frame_key IS NULL) = (frame_no IS NULL))
);
CREATE UNIQUE INDEX units_frame_key ON units (frame_key);
CREATE INDEX units_owner ON units (owner);

CREATE TABLE unit_components (
  id {KEY},
  unit BIGINT NOT NULL REFERENCES units (id),
  component TEXT NOT NULL,
  serial TEXT,
  from_day TEXT,
  to_day TEXT,
  case_id BIGINT
);
CREATE INDEX unit_components_unit ON unit_components (unit);

CREATE TABLE unit_warnings (
  id {KEY},
  unit BIGINT NOT NULL REFERENCES units (id),
  code TEXT NOT NULL,
  body TEXT NOT NULL,
  case_id BIGINT,
  at BIGINT NOT NULL
);
CREATE INDEX unit_warnings_unit ON unit_warnings (unit);

CREATE TABLE cases (
  id {KEY},
  number TEXT NOT NULL,
  process TEXT NOT NULL,
  area TEXT NOT NULL,
  release TEXT NOT NULL,
  org BIGINT NOT NULL REFERENCES orgs (id),
  org_path {PATH} NOT NULL,
  unit BIGINT REFERENCES units (id),
  customer BIGINT REFERENCES customers (id),
  parent BIGINT REFERENCES cases (id),
  opener BIGINT,
  owner BIGINT,
  assignee BIGINT,
  main_state TEXT NOT NULL,
  main_kind TEXT NOT NULL,
  component TEXT,
  version BIGINT NOT NULL CHECK (version >= 1),
  opened_at BIGINT NOT NULL,
  closed_at BIGINT CHECK (closed_at >= opened_at),
  due_at BIGINT,
  late BIGINT NOT NULL CHECK (late IN (0, 1)),
  tracks TEXT NOT NULL,
  data TEXT NOT NULL,
  doers TEXT NOT NULL,
  journal_seq BIGINT NOT NULL CHECK (journal_seq >= 1),
  journal_head {BYTES} NOT NULL
);
CREATE UNIQUE INDEX cases_number ON cases (process, org, number);
CREATE INDEX cases_by_number ON cases (number);
CREATE INDEX cases_org ON cases (org_path, id);
CREATE INDEX cases_open ON cases (org_path, id) WHERE closed_at IS NULL;
CREATE INDEX cases_assignee ON cases (assignee) WHERE closed_at IS NULL;
CREATE INDEX cases_unit ON cases (unit);
CREATE INDEX cases_customer ON cases (customer);
CREATE INDEX cases_parent ON cases (parent);

CREATE TABLE case_lines (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  field TEXT NOT NULL,
  line BIGINT NOT NULL,
  kind TEXT NOT NULL,
  item TEXT,
  title TEXT,
  component TEXT,
  quantity BIGINT NOT NULL,
  unit_price_fen BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  payer TEXT,
  declined BIGINT NOT NULL CHECK (declined IN (0, 1)),
  old_serial TEXT,
  new_serial TEXT,
  PRIMARY KEY (case_id, field, line)
);

CREATE TABLE repairs (
  id {KEY},
  unit BIGINT NOT NULL REFERENCES units (id),
  case_id BIGINT NOT NULL REFERENCES cases (id),
  component TEXT NOT NULL,
  fault TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  waiting_parts_days BIGINT NOT NULL CHECK (waiting_parts_days >= 0),
  covered BIGINT NOT NULL CHECK (covered IN (0, 1)),
  replaced BIGINT NOT NULL CHECK (replaced IN (0, 1)),
  delivered_at BIGINT NOT NULL
);
CREATE INDEX repairs_unit ON repairs (unit, delivered_at);

CREATE TABLE deadlines (
  id {KEY},
  case_id BIGINT NOT NULL REFERENCES cases (id),
  deadline TEXT NOT NULL,
  round BIGINT NOT NULL CHECK (round >= 1),
  status TEXT NOT NULL
    CHECK (status IN ('pending', 'running', 'paused', 'breached', 'met', 'late', 'dropped')),
  started_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  warn_at BIGINT,
  warned BIGINT NOT NULL,
  paused_at BIGINT,
  paused_seconds BIGINT NOT NULL,
  paused_days BIGINT NOT NULL,
  breaches BIGINT NOT NULL,
  ended_at BIGINT,
  fire_at BIGINT,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  CHECK ((status IN ('met', 'late', 'dropped')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX deadlines_instance ON deadlines (case_id, deadline, round);
CREATE INDEX deadlines_fire ON deadlines (fire_at) WHERE fire_at IS NOT NULL;

-- To-do rows: to a role (and whoever holds it at the case's unit or above), or to one person.
CREATE TABLE offers (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  action TEXT NOT NULL,
  role TEXT NOT NULL,
  person BIGINT NOT NULL,
  org_path {PATH} NOT NULL,
  due_at BIGINT,
  deadline TEXT,
  blocked TEXT,
  PRIMARY KEY (case_id, action, role, person),
  CHECK ((role = '') <> (person = 0))
);
CREATE INDEX offers_role ON offers (role, org_path) WHERE person = 0;
CREATE INDEX offers_person ON offers (person) WHERE person <> 0;

-- Append-only; each aggregate is a chain: hash = SHA-256 over the entry and the hash before it.
CREATE TABLE journal (
  position {SERIAL},
  txid {TXID},
  id BIGINT NOT NULL,
  aggregate TEXT NOT NULL CHECK (aggregate IN ('case', 'customer', 'unit', 'import')),
  aggregate_id BIGINT NOT NULL,
  seq BIGINT NOT NULL CHECK (seq >= 1),
  prev_hash {BYTES} NOT NULL,
  hash {BYTES} NOT NULL,
  recorded_at BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  actor BIGINT,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  CHECK (occurred_at <= recorded_at)
);
CREATE UNIQUE INDEX journal_chain ON journal (aggregate, aggregate_id, seq);
CREATE INDEX journal_commit_order ON journal (txid, position);

-- Each seal is the Merkle root over the entries since the last one, chained to it.
CREATE TABLE seals (
  seq {KEY},
  through_txid BIGINT NOT NULL,
  through_position BIGINT NOT NULL,
  entries BIGINT NOT NULL CHECK (entries >= 1),
  root {BYTES} NOT NULL,
  prev {BYTES} NOT NULL,
  hash {BYTES} NOT NULL,
  sealed_at BIGINT NOT NULL
);

CREATE TABLE documents (
  id {KEY},
  case_id BIGINT NOT NULL REFERENCES cases (id),
  document TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version >= 1),
  status TEXT NOT NULL CHECK (status IN ('draft', 'frozen')),
  key_id BIGINT NOT NULL REFERENCES data_keys (id),
  html {BYTES} NOT NULL,
  content_hash {BYTES} NOT NULL,
  signature BIGINT,
  printed BIGINT NOT NULL DEFAULT 0,
  printed_at BIGINT,
  made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX documents_version ON documents (case_id, document, version);

CREATE TABLE files (
  id {KEY},
  kind TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes >= 0),
  width BIGINT,
  height BIGINT,
  taken TEXT,
  wrapped {BYTES} NOT NULL,
  content_mac {BYTES} NOT NULL,
  uploader BIGINT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL
);
CREATE INDEX files_content ON files (content_mac);
CREATE INDEX files_at ON files (at);

CREATE TABLE file_uses (
  file BIGINT NOT NULL REFERENCES files (id),
  case_id BIGINT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (file, case_id)
);

CREATE TABLE outbox (
  id {KEY},
  kind TEXT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  body TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  error TEXT,
  claimed_until BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_due ON outbox (due_at);

CREATE TABLE messages (
  id {SERIAL},
  person BIGINT NOT NULL REFERENCES people (id),
  message TEXT NOT NULL,
  release TEXT NOT NULL,
  args TEXT NOT NULL,
  case_id BIGINT REFERENCES cases (id),
  at BIGINT NOT NULL,
  read_at BIGINT
);
CREATE INDEX messages_person ON messages (person, id);
CREATE INDEX messages_unread ON messages (person) WHERE read_at IS NULL;

CREATE TABLE answers (
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status BIGINT NOT NULL,
  case_id BIGINT,
  response TEXT,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (principal, key)
);
CREATE INDEX answers_expires ON answers (expires_at);

CREATE TABLE counters (
  scope TEXT PRIMARY KEY,
  value BIGINT NOT NULL CHECK (value >= 1)
);

CREATE TABLE releases (
  hash TEXT PRIMARY KEY,
  effective TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  sources TEXT NOT NULL
);

CREATE TABLE imports (
  id {KEY},
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('staged', 'applying', 'applied', 'discarded')),
  accepted BIGINT NOT NULL,
  rejected BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  about TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  written BIGINT NOT NULL DEFAULT 0,
  journal_seq BIGINT NOT NULL DEFAULT 0,
  journal_head {BYTES} NOT NULL
);

CREATE TABLE import_rows (
  import_id BIGINT NOT NULL REFERENCES imports (id),
  row_no BIGINT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'skip')),
  kind TEXT NOT NULL,
  body {BYTES} NOT NULL,
  PRIMARY KEY (import_id, row_no)
);
