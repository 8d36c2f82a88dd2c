-- The list of cases in a state (待派工, 待检…) in the order it is shown: the page is found without
-- walking what has long been delivered.
CREATE INDEX cases_state ON cases (process, main_state, id);
