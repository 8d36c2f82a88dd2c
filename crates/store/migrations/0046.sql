-- Photos that people sent with an online enquiry (咨询照片), without signing in: nobody here uploaded them.
-- Their bytes are ciphertext under the key of the case's customer and end with it.
CREATE TABLE enquiry_photos (
  id {KEY},
  case_id BIGINT NOT NULL REFERENCES cases (id),
  key_id BIGINT NOT NULL REFERENCES data_keys (id),
  kind TEXT NOT NULL,
  width BIGINT,
  height BIGINT,
  sealed {BYTES} NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX enquiry_photos_case ON enquiry_photos (case_id);
