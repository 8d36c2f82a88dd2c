-- What a unit is to the company (网点登记) is set by cases as well as by hand: whether it works,
-- where it is, which nameplate it bears. `set_by` is the case that last said so, none where somebody
-- typed it; `supplied` that it had its first goods, as every unit had that stood before this.
ALTER TABLE orgs ADD COLUMN standing TEXT NOT NULL DEFAULT 'active'
  CHECK (standing IN ('active', 'suspended', 'closed'));
ALTER TABLE orgs ADD COLUMN city TEXT;
ALTER TABLE orgs ADD COLUMN address TEXT;
ALTER TABLE orgs ADD COLUMN phone TEXT;
ALTER TABLE orgs ADD COLUMN floor_area_dm2 BIGINT CHECK (floor_area_dm2 >= 0);
ALTER TABLE orgs ADD COLUMN nameplate TEXT;
ALTER TABLE orgs ADD COLUMN supplied BIGINT NOT NULL DEFAULT 0 CHECK (supplied IN (0, 1));
ALTER TABLE orgs ADD COLUMN set_by BIGINT;
UPDATE orgs SET supplied = 1;
CREATE UNIQUE INDEX orgs_nameplate ON orgs (nameplate);
-- Whether anybody at a unit holds a certificate is asked before each decision.
CREATE INDEX people_certified ON people (org, certificate_expires) WHERE certificate_number IS NOT NULL;
