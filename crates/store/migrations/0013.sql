-- How often the same person did both, counted over a time.
CREATE INDEX journal_self_approved ON journal (recorded_at) WHERE event = 'self_approved';
