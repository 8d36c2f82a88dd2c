-- How far an enquiry was looked at (已读): the place in its journal and the photo up to which somebody of the
-- unit has seen it. One mark for all: a queue is read by whoever sits there.
CREATE TABLE enquiry_looks (
  case_id BIGINT PRIMARY KEY REFERENCES cases (id),
  seq BIGINT NOT NULL,
  photo BIGINT NOT NULL,
  at BIGINT NOT NULL
);
