-- How far a large import is: what it is at (reading, writing, stopping), rows done of how many, and
-- when it was last heard of; without a phase it waits for a person, or is over.
ALTER TABLE imports ADD COLUMN phase TEXT CHECK (phase IN ('reading', 'writing', 'stopping'));
ALTER TABLE imports ADD COLUMN done BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN total BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN beat_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX imports_phase ON imports (beat_at) WHERE phase IS NOT NULL;
-- What an import that is stopped half-way has written is found by it.
CREATE INDEX units_import ON units (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX customers_import ON customers (import_id) WHERE import_id IS NOT NULL;
