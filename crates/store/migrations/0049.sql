-- Robots of staff groups (群机器人) are subscriptions too: they read the journal forward as programs
-- do. Their keyed address and signing key lie sealed in `secret`; `address` holds the masked one.
ALTER TABLE webhooks ADD COLUMN kind TEXT NOT NULL DEFAULT 'program';
ALTER TABLE webhooks ADD COLUMN rules TEXT NOT NULL DEFAULT '[]';
ALTER TABLE webhooks ADD COLUMN lang TEXT NOT NULL DEFAULT 'zh';
