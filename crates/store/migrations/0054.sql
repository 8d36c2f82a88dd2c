-- What people have said that the headings of workbooks mean (列对应), by kind of import: the next
-- workbook with such a heading is read by it. An empty field: the column is not read.
CREATE TABLE import_headings (
  kind TEXT NOT NULL,
  heading TEXT NOT NULL,
  shown TEXT NOT NULL,
  field TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (kind, heading)
);
