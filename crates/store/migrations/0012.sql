-- Every verdict with the facts it was given on, so that a draft of the rules can be replayed over
-- them; nothing of it is personal. Where it was given the case says.
CREATE TABLE verdicts (
  id {KEY},
  case_id BIGINT NOT NULL REFERENCES cases (id),
  judged_at BIGINT NOT NULL,
  release TEXT NOT NULL,
  facts TEXT NOT NULL,
  covered BIGINT CHECK (covered IN (0, 1)),
  remedy TEXT,
  payer TEXT,
  ends TEXT,
  decided_by TEXT
);
CREATE INDEX verdicts_case ON verdicts (case_id);
CREATE INDEX verdicts_judged ON verdicts (judged_at, id);
