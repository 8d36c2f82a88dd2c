
-- What still has a text to be forgotten: all messages ever made would be looked at otherwise.
DROP INDEX customer_messages_expires;
CREATE INDEX customer_messages_text ON customer_messages (expires_at)
  WHERE state <> 'waiting' AND LENGTH(args) > 0;
