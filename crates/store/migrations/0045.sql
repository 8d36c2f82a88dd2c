-- What a provider reports of a message later (送达回执): whether it reached the telephone, why not, when.
ALTER TABLE deliveries ADD COLUMN report TEXT CHECK (report IN ('delivered', 'failed'));
ALTER TABLE deliveries ADD COLUMN report_why TEXT;
ALTER TABLE deliveries ADD COLUMN reported_at BIGINT;
CREATE INDEX deliveries_reference ON deliveries (reference) WHERE reference IS NOT NULL;
