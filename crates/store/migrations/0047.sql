-- The duty roster (值班表): who is on duty at a unit when, by day of the week (1 Monday to 7 Sunday) or on
-- one day, whose plan then stands in place of the week's. A row without a person says that nobody is.
-- What is changed ends and stays, so that it can be said who was on duty then.
CREATE TABLE duty_shifts (
  id {KEY},
  org BIGINT NOT NULL REFERENCES orgs (id),
  weekday BIGINT,
  day TEXT,
  from_minute BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  person BIGINT REFERENCES people (id),
  set_by BIGINT NOT NULL REFERENCES people (id),
  set_at BIGINT NOT NULL,
  ended_by BIGINT REFERENCES people (id),
  ended_at BIGINT,
  CHECK ((weekday IS NULL) <> (day IS NULL)),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX duty_shifts_org ON duty_shifts (org, day) WHERE ended_at IS NULL;

-- How often a unit's roster was changed: who writes over what they have not seen is told.
CREATE TABLE duty_rosters (
  org BIGINT PRIMARY KEY REFERENCES orgs (id),
  version BIGINT NOT NULL
);
