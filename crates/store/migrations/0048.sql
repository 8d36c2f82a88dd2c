-- Photos that came by letter: which letter and the place in it, as a hash, so that the same letter
-- brought twice leaves each photo once.
ALTER TABLE enquiry_photos ADD COLUMN origin TEXT;
CREATE UNIQUE INDEX enquiry_photos_origin ON enquiry_photos (case_id, origin);
