-- Repair certificates (维修上岗证), each with the case that issued it; at most one of a person
-- counts. What decides is what stands at the person; here is where it came from and how it ended.
CREATE TABLE certificates (
  id {KEY},
  person BIGINT NOT NULL REFERENCES people (id),
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  expires TEXT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  ended TEXT CHECK (ended IN ('replaced', 'withdrawn')),
  ended_at BIGINT,
  CHECK ((ended IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX certificates_number ON certificates (number);
CREATE UNIQUE INDEX certificates_current ON certificates (person) WHERE ended IS NULL;
CREATE INDEX certificates_person ON certificates (person);
