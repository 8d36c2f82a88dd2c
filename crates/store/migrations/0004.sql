-- Prices and parts that the company has entered over the rulebook's baseline. Rows never change: a
-- later one takes over. Each was entered under an import, by hand or from a workbook.

CREATE TABLE price_rows (
  id {SERIAL},
  code TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('ex_factory', 'wholesale', 'retail')),
  stars BIGINT CHECK (stars BETWEEN 0 AND 9),
  amount_fen BIGINT NOT NULL CHECK (amount_fen >= 0),
  effective_from TEXT NOT NULL,
  clause TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  import_id BIGINT NOT NULL REFERENCES imports (id)
);

CREATE TABLE part_rows (
  id {SERIAL},
  code TEXT NOT NULL,
  body TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  import_id BIGINT NOT NULL REFERENCES imports (id)
);
