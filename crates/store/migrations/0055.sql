-- A closed case asks nobody to do anything: what one may still do to it stands on its page.
DELETE FROM offers WHERE case_id IN (SELECT id FROM cases WHERE closed_at IS NOT NULL);
-- Whose case it is stands in the index: who sees their own cases alone reads no others for them.
DROP INDEX cases_org;
CREATE INDEX cases_org ON cases (org_path, id, assignee, opener, owner);
