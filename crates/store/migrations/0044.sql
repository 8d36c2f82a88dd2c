-- Who a customer is to the company's WeChat account (微信), once they scanned their code: ciphertext under
-- their key, and a keyed hash to find them by.
ALTER TABLE customers ADD COLUMN wechat {BYTES};
ALTER TABLE customers ADD COLUMN wechat_mac {BYTES};
ALTER TABLE customers ADD COLUMN wechat_at BIGINT;
CREATE INDEX customers_wechat ON customers (wechat_mac) WHERE wechat_mac IS NOT NULL;
-- Words in codes that customers scan (扫码关联): each works once, for minutes, and is kept as a keyed hash.
CREATE TABLE wechat_words (
  mac {BYTES} PRIMARY KEY,
  customer BIGINT NOT NULL REFERENCES customers (id),
  expires_at BIGINT NOT NULL
);
CREATE INDEX wechat_words_customer ON wechat_words (customer);
