-- A customer's e-mail address (电子邮箱), where they gave one: ciphertext under their key, and a keyed
-- hash to find them by.
ALTER TABLE customers ADD COLUMN email {BYTES};
ALTER TABLE customers ADD COLUMN email_mac {BYTES};
CREATE INDEX customers_email ON customers (email_mac) WHERE email_mac IS NOT NULL;
