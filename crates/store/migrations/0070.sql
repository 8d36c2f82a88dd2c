-- What is heeded with a customer stands on every case of theirs: open cases by customer and process,
-- by the index alone, however many a fleet has had.
CREATE INDEX cases_customer_open ON cases (customer, closed_at, process) WHERE closed_at IS NULL;
