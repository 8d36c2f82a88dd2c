-- Orders of vehicles nobody registered, found by the frame number typed into them: keyed tokens of
-- the whole number and of its last digits.
CREATE TABLE case_frames (
  token {BYTES} NOT NULL,
  kind TEXT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (token, kind, case_id)
);
