-- Recalls and service campaigns (召回、服务活动): the numbers they are about, and their vehicles.
CREATE TABLE campaign_ranges (
  id {KEY},
  campaign BIGINT NOT NULL REFERENCES cases (id),
  what TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  reached TEXT NOT NULL DEFAULT '',
  passed_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX campaign_ranges_of ON campaign_ranges (campaign);

CREATE TABLE campaign_units (
  campaign BIGINT NOT NULL REFERENCES cases (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  case_id BIGINT NOT NULL REFERENCES cases (id),
  at BIGINT NOT NULL,
  job BIGINT REFERENCES cases (id),
  PRIMARY KEY (campaign, unit)
);
CREATE INDEX campaign_units_unit ON campaign_units (unit);
CREATE UNIQUE INDEX campaign_units_case ON campaign_units (case_id);

-- Campaigns that ended and whose open vehicles are being closed, up to that one.
CREATE TABLE campaign_ends (
  campaign {KEY},
  reached BIGINT NOT NULL DEFAULT 0
);

-- Serials of components in the order of their numbers, without dashes, as ranges name them.
CREATE INDEX unit_components_number ON unit_components
  (component, UPPER(REPLACE(REPLACE(serial, '-', ''), ' ', ''))) WHERE to_day IS NULL;
