-- Knowledge articles (知识文章): what is known about a model, a component, a fault. The row is the
-- article as it stands; every version that ever stood is kept beside it.
CREATE TABLE articles (
  id {KEY},
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  tags TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('published', 'withdrawn')),
  version BIGINT NOT NULL CHECK (version >= 1),
  helped BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  journal_seq BIGINT NOT NULL,
  journal_head {BYTES} NOT NULL
);
CREATE TABLE article_versions (
  article BIGINT NOT NULL REFERENCES articles (id),
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  tags TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  person BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (article, version)
);
-- What an article is found by: pairs of characters of Chinese, words of other scripts, its tags; with
-- how much each weighs. Withdrawn articles have none.
CREATE TABLE article_grams (
  gram TEXT NOT NULL,
  article BIGINT NOT NULL REFERENCES articles (id),
  weight BIGINT NOT NULL,
  PRIMARY KEY (gram, article)
);
CREATE INDEX article_grams_article ON article_grams (article);
-- Each case counts an article once.
CREATE TABLE article_helped (
  article BIGINT NOT NULL REFERENCES articles (id),
  case_id BIGINT NOT NULL REFERENCES cases (id),
  person BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (article, case_id)
);
