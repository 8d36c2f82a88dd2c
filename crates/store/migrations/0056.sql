-- The registers as lists: unit by unit, the newest first, without sorting.
CREATE INDEX units_place ON units (org_path, id DESC);
CREATE INDEX customers_place ON customers (org_path, id DESC);
