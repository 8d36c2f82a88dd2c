-- Chunks of an import hold fewer rows from this version on, and how many are written is counted in
-- chunks: what was being written is taken back, and can be applied again.
UPDATE imports SET phase = 'stopping' WHERE state = 'applying' AND phase = 'writing';
