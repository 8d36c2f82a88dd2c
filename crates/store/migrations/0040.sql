
-- How a person has set up a list (列表设置): the columns shown and the filters saved under a name.
CREATE TABLE list_views (
  person BIGINT NOT NULL REFERENCES people (id),
  list TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (person, list)
);
