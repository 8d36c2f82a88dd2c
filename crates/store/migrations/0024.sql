-- A second factor (两步验证): the secret of somebody's authenticator, sealed under their key, and the
-- last half minute whose code was used, as each code opens the door once.
ALTER TABLE people ADD COLUMN second_secret {BYTES};
ALTER TABLE people ADD COLUMN second_step BIGINT NOT NULL DEFAULT 0;
